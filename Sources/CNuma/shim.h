#ifndef ZONEWISE_CNUMA_SHIM_H
#define ZONEWISE_CNUMA_SHIM_H
#include <numa.h>
#endif

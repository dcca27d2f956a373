#ifndef ZONEWISE_CYAML_SHIM_H
#define ZONEWISE_CYAML_SHIM_H
#include <yaml.h>
#endif

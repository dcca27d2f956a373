#ifndef ZONEWISE_CNUMA_SHIM_H
#define ZONEWISE_CNUMA_SHIM_H
#include <numa.h>

/* numa_nodes_ptr is a mutable global, which Swift 6 refuses to touch; libnuma sets it once. */
static inline int zonewise_numa_has_node(unsigned node) {
  return numa_bitmask_isbitset(numa_nodes_ptr, node);
}
#endif

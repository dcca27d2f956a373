#include "CNuma.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

struct bitmask;

/* Of numa.h, whose package building would else need. Null where nothing was linked in. */
#define LINKED __attribute__((weak))
LINKED int numa_available(void);
LINKED int numa_max_node(void);
LINKED int numa_bitmask_isbitset(const struct bitmask *, unsigned);
LINKED long long numa_node_size64(int, long long *);
LINKED int numa_distance(int, int);
LINKED struct bitmask *numa_allocate_cpumask(void);
LINKED void numa_bitmask_free(struct bitmask *);
LINKED int numa_node_to_cpus(int, struct bitmask *);
LINKED unsigned numa_bitmask_weight(const struct bitmask *);
extern LINKED struct bitmask *numa_nodes_ptr;

static struct {
  __typeof__(&numa_available) available;
  __typeof__(&numa_max_node) max_node;
  __typeof__(&numa_bitmask_isbitset) is_set;
  __typeof__(&numa_node_size64) size;
  __typeof__(&numa_distance) distance;
  __typeof__(&numa_allocate_cpumask) allocate;
  __typeof__(&numa_bitmask_free) free;
  __typeof__(&numa_node_to_cpus) cpus;
  __typeof__(&numa_bitmask_weight) weight;
  struct bitmask **nodes;
} numa;
static int is_there;

static void load(void) {
  if (numa_available) {
    numa.available = numa_available;
    numa.max_node = numa_max_node;
    numa.is_set = numa_bitmask_isbitset;
    numa.size = numa_node_size64;
    numa.distance = numa_distance;
    numa.allocate = numa_allocate_cpumask;
    numa.free = numa_bitmask_free;
    numa.cpus = numa_node_to_cpus;
    numa.weight = numa_bitmask_weight;
    numa.nodes = &numa_nodes_ptr;
  } else {
    void *library = dlopen("libnuma.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    /* A symbol without a version is the newest. */
    numa.available = (__typeof__(numa.available))dlsym(library, "numa_available");
    numa.max_node = (__typeof__(numa.max_node))dlsym(library, "numa_max_node");
    numa.is_set = (__typeof__(numa.is_set))dlsym(library, "numa_bitmask_isbitset");
    numa.size = (__typeof__(numa.size))dlsym(library, "numa_node_size64");
    numa.distance = (__typeof__(numa.distance))dlsym(library, "numa_distance");
    numa.allocate = (__typeof__(numa.allocate))dlsym(library, "numa_allocate_cpumask");
    numa.free = (__typeof__(numa.free))dlsym(library, "numa_bitmask_free");
    numa.cpus = (__typeof__(numa.cpus))dlsym(library, "numa_node_to_cpus");
    numa.weight = (__typeof__(numa.weight))dlsym(library, "numa_bitmask_weight");
    numa.nodes = (struct bitmask **)dlsym(library, "numa_nodes_ptr");
  }
  is_there = numa.available && numa.max_node && numa.is_set && numa.size && numa.distance && numa.allocate
      && numa.free && numa.cpus && numa.weight && numa.nodes && numa.available() >= 0;
}

int zonewise_numa_last_node(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_there ? numa.max_node() : -1;
}

int zonewise_numa_has_node(unsigned node) { return numa.is_set(*numa.nodes, node); }

long long zonewise_numa_size(int node) {
  long long free = 0;
  return numa.size(node, &free);
}

int zonewise_numa_distance(int from, int to) { return numa.distance(from, to); }

int zonewise_numa_cpu_count(int node) {
  struct bitmask *cpus = numa.allocate();
  if (!cpus) return -1;
  int count = numa.cpus(node, cpus) == 0 ? (int)numa.weight(cpus) : -1;
  numa.free(cpus);
  return count;
}

/* libnuma, where it is: linked into a static executable (Scripts/build), else loaded when it is asked for
   something, so that a machine without it still runs zonewise. */
#ifndef ZONEWISE_CNUMA_H
#define ZONEWISE_CNUMA_H

/* Its last node; negative where libnuma is not there, or the kernel has no NUMA policy. */
int zonewise_numa_last_node(void);

/* What follows is to be asked only where there is a last node. */
int zonewise_numa_has_node(unsigned node);
long long zonewise_numa_size(int node);
int zonewise_numa_distance(int from, int to);
/* Negative where it could not be read. */
int zonewise_numa_cpu_count(int node);
#endif

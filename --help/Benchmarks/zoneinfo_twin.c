// Reads a zoneinfo as ParseZoneinfo.swift does, as plainly as C can: every counter of every zone and every
// cpu's list, names by their first eight bytes. `zoneinfo-twin FILE RUNS` prints bytes, a sum and the
// median nanoseconds of a parse. Built by Benchmarks/peers; not shipped.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t word(const char *at, size_t length) {
  uint64_t value = 0;
  memcpy(&value, at, length < 8 ? length : 8);
  return value;
}

// One slot for each name that was seen; all lines are "name number" or "name: number".
static uint64_t table[4096];

static uint64_t parse(const char *text, size_t size) {
  const char *at = text, *end = text + size;
  uint64_t zones = 0;
  memset(table, 0, sizeof table);
  while (at < end) {
    const char *line = memchr(at, '\n', (size_t)(end - at));
    if (!line) line = end;
    while (at < line && *at == ' ') at++;
    const char *name = at;
    while (at < line && *at != ' ') at++;
    uint64_t key = word(name, (size_t)(at - name));
    if (key == word("Node", 4)) zones++;
    while (at < line && *at == ' ') at++;
    uint64_t value = 0;
    while (at < line && (unsigned)(*at - '0') < 10) value = value * 10 + (uint64_t)(*at++ - '0');
    table[(key * 0x9E3779B97F4A7C15u) >> 52] += value;
    at = line + 1;
  }
  uint64_t sum = zones;
  for (size_t index = 0; index < 4096; index++) sum ^= table[index];
  return sum;
}

static int later(const void *left, const void *right) {
  long a = *(const long *)left, b = *(const long *)right;
  return (a > b) - (a < b);
}

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: zoneinfo-twin FILE RUNS\n"), 64;
  FILE *file = fopen(arguments[1], "r");
  if (!file) return perror(arguments[1]), 2;
  size_t size = 0, room = 1 << 20;
  char *text = malloc(room);
  for (size_t got; text && (got = fread(text + size, 1, room - size, file)) > 0; size += got)
    if (size + got == room) text = realloc(text, room *= 2);
  int runs = atoi(arguments[2]);
  long *times = calloc((size_t)(runs > 0 ? runs : 1), sizeof *times);
  if (!text || !times || runs < 1) return 64;
  uint64_t sum = 0;
  for (int run = 0; run < runs; run++) {
    struct timespec from, to;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    sum += parse(text, size);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    times[run] = (to.tv_sec - from.tv_sec) * 1000000000L + to.tv_nsec - from.tv_nsec;
  }
  qsort(times, (size_t)runs, sizeof *times, later);
  printf("%zu %llu %ld\n", size, (unsigned long long)sum, times[runs / 2]);
}

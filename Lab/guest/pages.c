/* What the pages of a memory block are, counted from /proc/kpageflags as zonewise counts them. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "lab.h"

enum { ABSENT, RESERVED, FREE, KERNEL, USER, HUGE, UNCLEAR, POISONED, KINDS };

/* include/uapi/linux/kernel-page-flags.h; UPTODATE, LRU, MMAP, ANON, SWAPCACHE, SWAPBACKED,
 * UNEVICTABLE and MLOCKED are of user pages and page cache only. */
static int kind_of(uint64_t flags)
{
	static const struct {
		int bit, kind;
	} signs[] = {{20, ABSENT}, {32, RESERVED}, {19, POISONED}, {10, FREE}, {7, KERNEL},
		     {26, KERNEL}, {17, HUGE},     {3, USER},	  {5, USER},  {11, USER},
		     {12, USER},   {13, USER},     {14, USER},	  {18, USER}, {33, USER}};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (flags >> signs[i].bit & 1)
			return signs[i].kind;
	return UNCLEAR;
}

void tally_block(int number, unsigned long block_size)
{
	static uint64_t flags[4096];
	unsigned long pages = block_size / sysconf(_SC_PAGESIZE), done = 0, counts[KINDS] = {0};
	off_t place = (off_t)number * pages * sizeof(*flags);
	int fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	char name[40];

	while (fd >= 0 && done < pages) {
		size_t wanted = pages - done < 4096 ? pages - done : 4096;
		ssize_t got = pread(fd, flags, wanted * sizeof(*flags), place);

		if (got <= 0)
			break;
		for (size_t i = 0; i < got / sizeof(*flags); i++)
			counts[kind_of(flags[i])]++;
		done += got / sizeof(*flags);
		place += got;
	}
	if (fd >= 0)
		close(fd);
	snprintf(name, sizeof(name), "memory%d", number);
	result("pages", name, "%lu\t%lu\t%lu\t%lu\t%lu\t%lu\t%lu\t%lu", counts[ABSENT],
	       counts[RESERVED], counts[FREE], counts[KERNEL], counts[USER], counts[HUGE],
	       counts[UNCLEAR], counts[POISONED]);
}

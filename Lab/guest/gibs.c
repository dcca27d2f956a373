/*
 * What lies in every aligned GiB of memory: /proc/kpageflags, summed up. A gigantic page needs one
 * of which every page is free or can be moved away.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"

/* Bits of Documentation/admin-guide/mm/pagemap.rst. */
enum { LRU = 5, SLAB = 7, BUDDY = 10, NOPAGE = 20, PGTABLE = 26, RESERVED = 32 };

struct counts {
	unsigned pages, none, reserved, buddy, slab, tables, user, other;
};

static void count(struct counts *counts, uint64_t flags)
{
	counts->pages++;
	if (flags & 1ULL << NOPAGE)
		counts->none++;
	else if (flags & 1ULL << RESERVED)
		counts->reserved++;
	else if (flags & 1ULL << BUDDY)
		counts->buddy++;
	else if (flags & 1ULL << SLAB)
		counts->slab++;
	else if (flags & 1ULL << PGTABLE)
		counts->tables++;
	else if (flags & 1ULL << LRU)
		counts->user++;
	else /* the body of a free block, of a slab, or the kernel's own */
		counts->other++;
}

static void tell(unsigned number, const struct counts *counts)
{
	char name[20];

	snprintf(name, sizeof(name), "%u", number);
	result("gib", name, "none %u reserved %u buddy %u slab %u tables %u user %u other %u", counts->none,
	       counts->reserved, counts->buddy, counts->slab, counts->tables, counts->user, counts->other);
}

void look_at_gibs(void)
{
	static uint64_t flags[1 << 16];
	size_t in_a_gib = (1UL << 30) / sysconf(_SC_PAGESIZE);
	int fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	struct counts counts = {0};
	unsigned number = 0;
	ssize_t got;

	while (fd >= 0 && (got = read(fd, flags, sizeof(flags))) > 0)
		for (size_t i = 0; i < got / sizeof(*flags); i++) {
			count(&counts, flags[i]);
			if (counts.pages == in_a_gib) {
				tell(number++, &counts);
				memset(&counts, 0, sizeof(counts));
			}
		}
	if (fd >= 0)
		close(fd);
}

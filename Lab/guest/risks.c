/* More ways to occupy memory, and settings of this program that show in its /proc folder. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lab.h"

static void occupy_locked(size_t bytes)
{
	char *at = map_memory(bytes, PROT_READ | PROT_WRITE);

	if (mlock(at, bytes) < 0) {
		say("lab: mlock: %s", strerror(errno));
		_exit(1);
	}
}

void hold_locked(size_t bytes)
{
	in_child("locked", occupy_locked, bytes);
}

/* Pipe buffers: kernel memory that no counter names. */
static void occupy_pipes(size_t bytes)
{
	static char page[4096];
	struct rlimit many = {1 << 20, 1 << 20};
	size_t taken = 0;
	int ends[2];

	setrlimit(RLIMIT_NOFILE, &many);
	while (taken < bytes && pipe2(ends, O_NONBLOCK) == 0)
		while (taken < bytes && write(ends[1], page, sizeof(page)) == sizeof(page))
			taken += sizeof(page);
}

void hold_pipes(size_t bytes)
{
	in_child("pipes", occupy_pipes, bytes);
}

#ifndef SYS_memfd_secret
#define SYS_memfd_secret (-1) /* ENOSYS: not on every architecture */
#endif

static void occupy_secret(size_t bytes)
{
	int fd = syscall(SYS_memfd_secret, 0);
	char *at = MAP_FAILED;

	if (fd >= 0 && ftruncate(fd, bytes) == 0)
		at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED) {
		say("lab: secret memory: %s", strerror(errno));
		_exit(1);
	}
	memset(at, 1, bytes);
}

void hold_secret(size_t bytes)
{
	struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};

	/* Secret memory is locked by nature and counts against the limit. */
	setrlimit(RLIMIT_MEMLOCK, &unlimited);
	in_child("secret", occupy_secret, bytes);
}

/* Like mkswap and swapon: version 1, the last page, the signature at the end of the first page. */
void swap_on(const char *device)
{
	size_t page = sysconf(_SC_PAGESIZE);
	char header[page];
	int fd = open(device, O_RDWR | O_CLOEXEC), problem = 0;
	off_t size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
	unsigned *info = (unsigned *)(header + 1024);

	memset(header, 0, page);
	info[0] = 1;
	info[1] = size / page - 1;
	memcpy(header + page - 10, "SWAPSPACE2", 10);
	if (fd < 0 || pwrite(fd, header, page, 0) < 0 || fsync(fd) < 0)
		problem = errno;
	if (fd >= 0)
		close(fd);
	if (!problem && swapon(device, 0) < 0)
		problem = errno;
	result("swap-on", device, "%s", problem ? strerrorname_np(problem) : "ok");
}

/* Pages that compress badly (to about half), pushed out to swap at once. */
static void occupy_swap(size_t bytes)
{
	size_t page = sysconf(_SC_PAGESIZE);
	char *at = map_memory(bytes, PROT_READ | PROT_WRITE);
	unsigned long long seed = 88172645463325252ULL;

	madvise(at, bytes, MADV_NOHUGEPAGE);
	for (size_t offset = 0; offset < bytes; offset += page) {
		for (size_t i = 0; i < page / 2; i += sizeof(seed)) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			memcpy(at + offset + i, &seed, sizeof(seed));
		}
	}
	if (madvise(at, bytes, MADV_PAGEOUT) < 0)
		say("lab: paging out: %s", strerror(errno));
}

void hold_swapped(size_t bytes)
{
	in_child("swapped", occupy_swap, bytes);
}

/* The limit that services inherit from /init. */
void set_lock_limit(void)
{
	struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};

	setrlimit(RLIMIT_MEMLOCK, &unlimited);
}

/* Drivers find some devices some time after they were loaded. */
void wait_for_path(const char *path)
{
	for (int left = 600; access(path, F_OK) && left > 0; left--)
		usleep(100000);
	result("wait-path", path, "%s", access(path, F_OK) ? strerrorname_np(errno) : "ok");
}

void unmount(const char *path)
{
	result("unmount", path, "%s", umount2(path, MNT_DETACH) ? strerrorname_np(errno) : "ok");
}

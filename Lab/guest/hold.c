/* Ways to occupy memory, each of the kind that one of the tool's risks is about. */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

void in_child(const char *action, void (*occupy)(size_t), size_t bytes)
{
	int done[2], status;
	char ok;
	pid_t child;

	if (pipe2(done, O_CLOEXEC) < 0)
		return;
	child = fork();
	if (child == 0) {
		occupy(bytes);
		write_all(done[1], "", 1);
		pause();
		_exit(0);
	}
	close(done[1]);
	if (read(done[0], &ok, 1) == 1) {
		result(action, "held", "%zu bytes by pid %d", bytes, (int)child);
	} else {
		waitpid(child, &status, 0);
		result(action, "killed", "by signal %d", WTERMSIG(status));
	}
	close(done[0]);
}

char *map_memory(size_t bytes, int protection)
{
	char *at = mmap(NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED) {
		say("lab: mapping %zu bytes: %s", bytes, strerror(errno));
		_exit(1);
	}
	return at;
}

/* How much address space one last-level page table covers. */
static size_t table_reach(void)
{
	size_t page = sysconf(_SC_PAGESIZE);

	return page / 8 * page;
}

/*
 * Reading maps the shared zero page: each read in a fresh stretch costs one page table and nothing
 * else. Read-only and without huge pages, or the kernel would map the huge zero page instead.
 */
static void occupy_page_tables(size_t bytes)
{
	size_t reach = table_reach(), page = sysconf(_SC_PAGESIZE), span = bytes / page * reach;
	char *at = map_memory(span, PROT_READ);

	madvise(at, span, MADV_NOHUGEPAGE);
	for (size_t offset = 0; offset < span; offset += reach)
		(void)*(volatile char *)(at + offset);
}

void hold_page_tables(size_t bytes)
{
	in_child("page-tables", occupy_page_tables, bytes);
}

static void occupy_anonymous(size_t bytes)
{
	size_t page = sysconf(_SC_PAGESIZE);
	char *at = map_memory(bytes, PROT_READ | PROT_WRITE);

	for (size_t offset = 0; offset < bytes; offset += page)
		at[offset] = 1;
}

void hold_anonymous(size_t bytes)
{
	in_child("anonymous", occupy_anonymous, bytes);
}

static size_t fill(const char *path, int flags, size_t bytes)
{
	static char chunk[1 << 20];
	size_t written = 0;
	int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0600);

	if (fd < 0) {
		say("lab: %s: %s", path, strerror(errno));
		return 0;
	}
	memset(chunk, 'z', sizeof(chunk));
	while (written < bytes) {
		ssize_t done = write(fd, chunk, sizeof(chunk));
		if (done <= 0)
			break;
		written += done;
	}
	close(fd);
	return written;
}

void hold_ramfs(size_t bytes)
{
	mkdir("/ramfs", 0755);
	if (mount("none", "/ramfs", "ramfs", 0, NULL) < 0)
		say("lab: mounting ramfs: %s", strerror(errno));
	result("ramfs", "written", "%zu bytes", fill("/ramfs/fill", O_CREAT, bytes));
}

/* The page cache of a block device itself (what file system metadata uses), filled by reading. */
void hold_block_cache(const char *device, size_t bytes)
{
	static char chunk[1 << 20];
	size_t got = 0;
	ssize_t step = 1;
	int fd = open(device, O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && got < bytes && (step = read(fd, chunk, sizeof(chunk))) > 0)
		got += step;
	result("block-cache", device, "%zu bytes%s%s", got, fd < 0 || step < 0 ? ": " : "",
	       fd < 0 || step < 0 ? strerror(errno) : "");
	/* Left open: the last close of a block device drops its cache. */
}

/* A long-term pin: buffers registered with io_uring, as storage and network engines do. */
static void occupy_pin(size_t bytes)
{
	const size_t most = 1UL << 30; /* io_uring's limit for one buffer */
	struct io_uring_params parameters = {0};
	struct iovec buffers[64];
	unsigned count = 0;
	int ring = syscall(SYS_io_uring_setup, 4, &parameters);

	for (; bytes > 0 && count < 64; count++) {
		size_t size = bytes < most ? bytes : most;
		char *at = map_memory(size, PROT_READ | PROT_WRITE);

		/* Filled first, so that the pages are where user memory goes and have to move. */
		memset(at, 1, size);
		buffers[count] = (struct iovec){at, size};
		bytes -= size;
	}
	if (ring < 0 || syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, buffers, count)) {
		say("lab: registering buffers: %s", strerror(errno));
		_exit(1);
	}
}

void hold_pin(size_t bytes)
{
	struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};

	setrlimit(RLIMIT_MEMLOCK, &unlimited);
	in_child("pin", occupy_pin, bytes);
}

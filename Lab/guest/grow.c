/*
 * How much more unmovable memory the kernel really can take: a child makes it take more and more
 * until the OOM killer comes, and its parent notes how far it got by the kernel's own counters.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

/* Shared with the child, so that the count outlives it. */
struct progress {
	volatile unsigned long units;
	volatile long long counter_bytes;
};

static struct progress *shared_progress(void)
{
	return mmap(NULL, sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
}

static void run_until_oom(const char *action, void (*grow)(struct progress *), size_t unit,
			  const char *counter)
{
	struct progress *progress = shared_progress();
	long long before = counter ? number_in("/proc/meminfo", counter) : 0;
	int status;
	pid_t child = fork();

	if (child == 0) {
		write_file("/proc/self/oom_score_adj", "1000");
		grow(progress);
		_exit(1);
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	result(action, "ended", WIFSIGNALED(status) ? "signal %d" : "exit %d",
	       WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	result(action, "unit-bytes", "%zu", unit);
	result(action, "units", "%lu", progress->units);
	result(action, "taken-bytes", "%llu", (unsigned long long)progress->units * unit);
	if (counter) {
		result(action, "counter", "%s", counter);
		result(action, "counter-before-bytes", "%lld", before * 1024);
		result(action, "counter-last-bytes", "%lld", progress->counter_bytes);
	}
	munmap(progress, sysconf(_SC_PAGESIZE));
}

static void grow_page_tables(struct progress *progress)
{
	size_t page = sysconf(_SC_PAGESIZE), reach = page / 8 * page, span = reach << 20;
	char *at = mmap(NULL, span, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		_exit(2);
	madvise(at, span, MADV_NOHUGEPAGE);
	for (size_t offset = 0; offset < span; offset += reach) {
		(void)*(volatile char *)(at + offset);
		progress->units++;
		if (progress->units % 256 == 0)
			progress->counter_bytes = number_in("/proc/meminfo", "PageTables") * 1024;
	}
}

void grow_page_tables_until_oom(void)
{
	run_until_oom("page-tables-until-oom", grow_page_tables, sysconf(_SC_PAGESIZE),
		      "PageTables");
}

/* Pipe buffers: pages that no counter of /proc/meminfo names. */
static void grow_pipes(struct progress *progress)
{
	static char page[65536];
	struct rlimit many = {1 << 20, 1 << 20};
	long size = sysconf(_SC_PAGESIZE);
	int ends[2];

	setrlimit(RLIMIT_NOFILE, &many);
	while (pipe2(ends, O_NONBLOCK) == 0)
		while (write(ends[1], page, size) == size)
			progress->units++;
	_exit(2);
}

void grow_pipes_until_oom(void)
{
	run_until_oom("pipes-until-oom", grow_pipes, sysconf(_SC_PAGESIZE), NULL);
}

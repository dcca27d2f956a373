/*
 * A leak: a child takes a little of one kind of kernel memory every few seconds, for as long as the
 * machine lets it, and is looked at as a monitor would look. When it ends is what a forecast from
 * what was seen before is held against.
 */
#include <errno.h>
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
#include <time.h>
#include <unistd.h>

#include "lab.h"

/* Page tables of a region that is only read: nothing else grows with them. */
static void leak_page_tables(size_t bytes)
{
	size_t page = sysconf(_SC_PAGESIZE), reach = page / 8 * page, span = bytes / page * reach;
	char *at = map_memory(span, PROT_READ);

	madvise(at, span, MADV_NOHUGEPAGE);
	for (size_t offset = 0; offset < span; offset += reach)
		(void)*(volatile char *)(at + offset);
}

/* Names on a tmpfs, as a cache does that never forgets: dentries and inodes. */
static void leak_slab(size_t bytes)
{
	static unsigned count;
	long long before = number_in("/proc/meminfo", "Slab");
	char path[40];

	if (count == 0) {
		mkdir("/leak", 0755);
		mount("none", "/leak", "tmpfs", 0, "nr_inodes=0");
	}
	while ((size_t)(number_in("/proc/meminfo", "Slab") - before) << 10 < bytes)
		for (unsigned i = 0; i < 256; i++) {
			snprintf(path, sizeof(path), "/leak/%u", count++);
			if (mknod(path, S_IFREG, 0) < 0)
				_exit(errno);
		}
}

/* Buffers that are registered with io_uring and never given back; user memory that has to leave Movable. */
static void leak_pins(size_t bytes)
{
	struct io_uring_params parameters = {0};
	struct iovec buffer = {map_memory(bytes, PROT_READ | PROT_WRITE), bytes};
	int ring = syscall(SYS_io_uring_setup, 4, &parameters);

	memset(buffer.iov_base, 1, bytes);
	if (ring < 0 || syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &buffer, 1))
		_exit(errno);
}

static const struct {
	const char *name;
	void (*leak)(size_t bytes);
} kinds[] = {
	{"page-tables", leak_page_tables},
	{"slab", leak_slab},
	{"pins", leak_pins},
};

static void run_leak(const char *kind, size_t step, unsigned seconds)
{
	struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY}, many = {1 << 16, 1 << 16};

	setrlimit(RLIMIT_MEMLOCK, &unlimited);
	setrlimit(RLIMIT_NOFILE, &many);
	write_file("/proc/self/oom_score_adj", "1000");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		while (!strcmp(kinds[i].name, kind)) {
			kinds[i].leak(step);
			sleep(seconds);
		}
	_exit(0);
}

/* Work that comes and goes: pipes' pages, other sizes at other times, by a fixed sequence. */
static void run_churn(size_t most)
{
	static char page[65536];
	struct rlimit many = {1 << 16, 1 << 16};
	ssize_t size = sysconf(_SC_PAGESIZE);
	unsigned long state = 20261129;

	setrlimit(RLIMIT_NOFILE, &many);
	for (;;) {
		static int ends[4096][2];
		size_t bytes, taken = 0, count = 0;

		state = state * 6364136223846793005UL + 1442695040888963407UL;
		bytes = (state >> 33) % (most + 1);
		while (taken < bytes && count < 4096 && pipe2(ends[count], 04000) == 0) {
			while (taken < bytes && write(ends[count][1], page, size) == size)
				taken += size;
			count++;
		}
		sleep(1 + (state >> 60));
		for (; count > 0; count--) {
			close(ends[count - 1][0]);
			close(ends[count - 1][1]);
		}
	}
}

/* A capture of now, named by its second. */
static void capture(struct tar *tar, time_t now)
{
	char prefix[40], stamp[40], manifest[200];
	struct tm parts;

	gmtime_r(&now, &parts);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &parts);
	snprintf(manifest, sizeof(manifest), "zonewise-capture 1\ntool lab\nmachine x86_64\ntaken %s\nredacted no\n",
		 stamp);
	snprintf(prefix, sizeof(prefix), "captures/%lld/", (long long)now);
	tar->prefix = prefix;
	dump_machine(tar);
	tar_file(tar, "/zonewise/manifest", 0644, manifest, strlen(manifest));
	tar->prefix = "";
}

/* leak KIND STEP SECONDS CHURN EVERY MOST: STEP bytes each SECONDS, captures EVERY so many seconds, MOST seconds long. */
void leak_memory(char *words, struct tar *tar)
{
	const char *kind = strsep(&words, " ");
	size_t numbers[5] = {0};
	long long kills = number_in("/proc/vmstat", "oom_kill ");
	time_t start = time(NULL), next = start;
	pid_t leaking, churning;
	int status = 0;

	for (int i = 0; i < 5 && words; i++)
		numbers[i] = strtoull(strsep(&words, " "), NULL, 0);
	churning = fork();
	if (churning == 0)
		run_churn(numbers[2]);
	leaking = fork();
	if (leaking == 0)
		run_leak(kind, numbers[0], numbers[1]);
	result("leak", "began", "%lld", (long long)start);
	while (waitpid(leaking, &status, WNOHANG) == 0 &&
	       number_in("/proc/vmstat", "oom_kill ") == kills &&
	       (size_t)(time(NULL) - start) < numbers[4]) {
		if (time(NULL) >= next) {
			capture(tar, time(NULL));
			say("lab: leak: %lld s", (long long)(time(NULL) - start));
			next += numbers[3];
		}
		usleep(200000);
	}
	result("leak", "ended", "%lld", (long long)time(NULL));
	result("leak", "kills", "%lld", number_in("/proc/vmstat", "oom_kill ") - kills);
	result("leak", "end",
	       WIFEXITED(status) ? "exit %d" : WIFSIGNALED(status) ? "signal %d" : "running %d",
	       WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	kill(leaking, SIGKILL);
	kill(churning, SIGKILL);
	waitpid(churning, NULL, 0);
}

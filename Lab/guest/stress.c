/*
 * A machine filled as hosts in use are, and then a demand of kernel memory of one kind or another.
 *
 * What takes memory is a child that keeps it. Whoever is killed, `vmstat` tells: a machine has
 * survived when its count of OOM kills is what it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

static const char data_file[] = "/data/sparse";

static size_t page_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

/* mount-data DEVICE: the file system with one sparse file: reading its holes makes page cache without a disk's work. */
void mount_data(const char *device)
{
	mkdir("/data", 0755);
	result("mount-data", device, "%s",
	       mount(device, "/data", "ext4", MS_RDONLY, NULL) ? strerrorname_np(errno) : "ok");
}

/* fill-cache SIZE: page cache of a file, as reading leaves it. */
void fill_cache(size_t bytes)
{
	static char chunk[1 << 17];
	size_t got = 0;
	ssize_t step = 1;
	int fd = open(data_file, O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && got < bytes && (step = read(fd, chunk, sizeof(chunk))) > 0)
		got += step;
	result("fill-cache", "read", "%zu bytes%s%s", got, fd < 0 || step < 0 ? ": " : "",
	       fd < 0 || step < 0 ? strerror(errno) : "");
	if (fd >= 0)
		close(fd);
}

/* Managed pages of the Movable zones, in bytes. */
static size_t movable_bytes(void)
{
	size_t pages = 0;
	struct text text;

	if (read_file("/proc/zoneinfo", &text) < 0)
		return 0;
	for (char *at = text.data; (at = strstr(at, "zone  Movable\n")); at++)
		pages += strtoull(strstr(at, "managed") + 7, NULL, 10);
	free(text.data);
	return pages * page_size();
}

/*
 * So much that the page cache which is oldest then is the first of the kernel zones. The lists are a
 * ring: a file fills Movable first, then the kernel zones, and then takes its own oldest pages' place.
 */
size_t until_kernel_zones_are_oldest(void)
{
	return (number_in("/proc/meminfo", "MemAvailable") << 10) + movable_bytes();
}

/* take-huge PERCENT: huge pages of the pool, of all Movable; nothing writes to them, so that the lab's host pays little. */
void take_huge_pages(size_t percent)
{
	size_t pages = movable_bytes() / 100 * percent >> 21;
	char text[24];

	snprintf(text, sizeof(text), "%zu", pages);
	write_file("/proc/sys/vm/nr_hugepages", text);
	result("take-huge", text, "%lld", number_in("/proc/meminfo", "HugePages_Total"));
}

struct progress {
	volatile size_t bytes;
	volatile int done;
};

static struct progress *shared_progress(void)
{
	return mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
}

static void occupy_anonymous(struct progress *progress, size_t bytes)
{
	char *at = map_memory(bytes, PROT_READ | PROT_WRITE);

	for (size_t offset = 0; offset < bytes; offset += page_size()) {
		at[offset] = 1;
		progress->bytes = offset + page_size();
		if (offset % (256 << 20) == 0)
			say("lab: %zu MiB", offset >> 20);
	}
}

/* Shared memory of a tmpfs: user memory that only swap can take. */
static void occupy_tmpfs(struct progress *progress, size_t bytes)
{
	static char chunk[1 << 16];
	int fd;

	mkdir("/tmpfs", 0755);
	if (mount("none", "/tmpfs", "tmpfs", 0, "size=1T") < 0)
		say("lab: mounting tmpfs: %s", strerror(errno));
	fd = open("/tmpfs/fill", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	while (progress->bytes < bytes && write(fd, chunk, sizeof(chunk)) > 0)
		progress->bytes += sizeof(chunk);
}

static void take_page_tables(struct progress *progress, size_t bytes)
{
	size_t page = page_size(), reach = page / 8 * page, span = bytes / page * reach;
	char *at = map_memory(span, PROT_READ);

	madvise(at, span, MADV_NOHUGEPAGE);
	for (size_t offset = 0; offset < span; offset += reach) {
		(void)*(volatile char *)(at + offset);
		progress->bytes += page;
		if (progress->bytes % (32 << 20) == 0)
			say("lab: %zu MiB", progress->bytes >> 20);
	}
}

static void take_pipes(struct progress *progress, size_t bytes)
{
	static char page[65536];
	ssize_t size = page_size();
	int ends[2];

	while (progress->bytes < bytes && pipe2(ends, O_NONBLOCK) == 0)
		while (progress->bytes < bytes && write(ends[1], page, size) == size)
			progress->bytes += size;
}

/* What a field of /proc/meminfo has grown by; slab comes in many sizes, so its own counter is asked. */
static size_t grown(const char *field, long long before)
{
	long long now = number_in("/proc/meminfo", field);

	return now > before ? (now - before) << 10 : 0;
}

static void take_sockets(struct progress *progress, size_t bytes)
{
	long long before = number_in("/proc/meminfo", "Slab");
	int ends[2];

	for (unsigned count = 1; progress->bytes < bytes; count++) {
		if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) < 0)
			_exit(errno);
		if (count % 256 == 0)
			progress->bytes = grown("Slab", before);
	}
}

static void take_socket_buffers(struct progress *progress, size_t bytes)
{
	static char data[16384];
	int ends[2];

	while (progress->bytes < bytes && socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends) == 0)
		while (progress->bytes < bytes && send(ends[1], data, sizeof(data), 0) > 0)
			progress->bytes += sizeof(data);
}

/* Names on a tmpfs: dentries and inodes that stay as long as the files. */
static void take_files(struct progress *progress, size_t bytes)
{
	long long before = number_in("/proc/meminfo", "Slab");
	char path[40];

	mkdir("/names", 0755);
	mount("none", "/names", "tmpfs", 0, "nr_inodes=0");
	for (unsigned count = 1; progress->bytes < bytes; count++) {
		snprintf(path, sizeof(path), "/names/%u", count);
		if (mknod(path, S_IFREG, 0) < 0)
			_exit(errno);
		if (count % 256 == 0)
			progress->bytes = grown("Slab", before);
	}
}

/* Names that are not there: dentries that pressure takes back. */
static void take_dentries(struct progress *progress, size_t bytes)
{
	long long before = number_in("/proc/meminfo", "SReclaimable");
	struct stat status;
	char path[40];

	for (unsigned count = 1; progress->bytes < bytes && count < 20000000; count++) {
		snprintf(path, sizeof(path), "/data/%u", count);
		(void)!stat(path, &status);
		if (count % 1024 == 0)
			progress->bytes = grown("SReclaimable", before);
	}
}

/* Cgroups with the memory and pids controllers: slab, and percpu on each cpu. */
static void take_cgroups(struct progress *progress, size_t bytes)
{
	long long slab = number_in("/proc/meminfo", "Slab"), percpu = number_in("/proc/meminfo", "Percpu");
	char path[60];
	unsigned count;

	mkdir("/cgroup", 0755);
	if (mount("none", "/cgroup", "cgroup2", 0, NULL) < 0)
		_exit(errno);
	write_file("/cgroup/cgroup.subtree_control", "+memory +pids +cpu +io");
	for (count = 1; progress->bytes < bytes; count++) {
		snprintf(path, sizeof(path), "/cgroup/pod%u", count);
		if (mkdir(path, 0755) < 0)
			_exit(errno);
		if (count % 16 == 0)
			progress->bytes = grown("Slab", slab) + grown("Percpu", percpu);
	}
	result("cgroups", "made", "%u, slab %zu, percpu %zu", count, grown("Slab", slab),
	       grown("Percpu", percpu));
	say("lab: cgroups %u slab %zu percpu %zu", count, grown("Slab", slab), grown("Percpu", percpu));
}

/* Processes that sleep: stacks, tasks, and their page tables. */
static void take_tasks(struct progress *progress, size_t bytes)
{
	long long stacks = number_in("/proc/meminfo", "KernelStack");

	for (unsigned count = 1; progress->bytes < bytes; count++) {
		pid_t child = fork();

		if (child < 0)
			_exit(errno);
		if (child == 0) {
			pause();
			_exit(0);
		}
		progress->bytes = grown("KernelStack", stacks);
	}
}

/* Pages for KSM to look through; each has its own contents, so that none is merged. Done when all were scanned. */
static void take_scanned_pages(struct progress *progress, size_t bytes)
{
	char *at = map_memory(bytes, PROT_READ | PROT_WRITE);

	madvise(at, bytes, MADV_NOHUGEPAGE);
	for (size_t offset = 0; offset < bytes; offset += page_size())
		*(size_t *)(at + offset) = offset + 1;
	madvise(at, bytes, MADV_MERGEABLE);
	write_file("/sys/kernel/mm/ksm/pages_to_scan", "20000");
	write_file("/sys/kernel/mm/ksm/run", "1");
	for (int left = 1200; number_in("/sys/kernel/mm/ksm/full_scans", "") < 2 && left > 0; left--)
		usleep(100000);
	progress->bytes = bytes;
}

static const struct {
	const char *name;
	void (*take)(struct progress *progress, size_t bytes);
} kinds[] = {
	{"anonymous", occupy_anonymous}, {"tmpfs", occupy_tmpfs}, {"page-tables", take_page_tables},
	{"pipes", take_pipes}, {"sockets", take_sockets}, {"socket-buffers", take_socket_buffers},
	{"files", take_files}, {"dentries", take_dentries}, {"cgroups", take_cgroups},
	{"tasks", take_tasks}, {"ksm", take_scanned_pages},
};

static void take(const char *kind, struct progress *progress, size_t bytes)
{
	struct rlimit many = {1 << 20, 1 << 20};

	setrlimit(RLIMIT_NOFILE, &many);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].name, kind))
			kinds[i].take(progress, bytes);
	progress->done = 1;
}

/* Those that hold what was taken. */
static pid_t holders[32];
static unsigned held;

/* let-go: they end, all of them at once, and their pages go to the free lists of the cpus. */
void let_go(void)
{
	for (unsigned i = 0; i < held; i++)
		kill(holders[i], SIGKILL);
	while (held > 0)
		waitpid(holders[--held], NULL, 0);
}

/*
 * take KIND SIZE [CPU]: a child takes that much and keeps it, on that cpu. SIZE of the form N% is a
 * share of all Movable zones. It is first in line for the OOM killer unless it is user memory.
 */
void take_memory(char *words)
{
	struct progress *progress = shared_progress();
	char *kind = strsep(&words, " "), *size = strsep(&words, " "), *suffix = "";
	size_t bytes = size ? strtoull(size, &suffix, 0) : 0;
	cpu_set_t cpus;
	int is_user = !strcmp(kind, "anonymous") || !strcmp(kind, "tmpfs") || !strcmp(kind, "ksm");
	long long kills = number_in("/proc/vmstat", "oom_kill ");
	pid_t child;

	bytes = *suffix == '%' ? movable_bytes() / 100 * bytes : *suffix == 'M' ? bytes << 20 : bytes;
	child = fork();
	if (child == 0) {
		CPU_ZERO(&cpus);
		CPU_SET(words ? atoi(words) : 0, &cpus);
		sched_setaffinity(0, sizeof(cpus), &cpus);
		write_file("/proc/self/oom_score_adj", is_user ? "0" : "1000");
		take(kind, progress, bytes);
		for (;;)
			pause();
	}
	while (!progress->done && waitpid(child, NULL, WNOHANG) == 0) /* or dead */
		usleep(50000);
	if (progress->done && held < sizeof(holders) / sizeof(*holders))
		holders[held++] = child;
	result("take", kind, "%s %zu of %zu bytes, %lld kills", progress->done ? "had" : "died after",
	       (size_t)progress->bytes, bytes, number_in("/proc/vmstat", "oom_kill ") - kills);
	say("lab: %s %s %zu of %zu bytes", kind, progress->done ? "had" : "died after",
	    (size_t)progress->bytes, bytes);
	munmap(progress, page_size());
}

/* look NAME: counters only, which is quick enough for between the actions. */
void look(char *name, struct tar *tar)
{
	static const char *const files[] = {"/proc/zoneinfo", "/proc/meminfo", "/proc/vmstat",
					    "/proc/buddyinfo", "/proc/pagetypeinfo"};
	char prefix[80];

	snprintf(prefix, sizeof(prefix), "%s/", name);
	tar->prefix = prefix;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		dump_file(tar, files[i]);
	tar->prefix = "";
}

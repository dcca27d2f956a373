/*
 * Runs the machine, or a part of it, out of memory in a way that is known:
 *
 *     oom KIND [NUMBER] [in PLACE]
 *
 * A child does it, first in line for the OOM killer; whatever it did the kernel's report of it is in
 * the log. PLACE binds the child: `policy NODE`, `cpuset NODE`, `cgroup1 SIZE`, `cgroup2 SIZE`.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/mempolicy.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

enum { MOST_PIPES = 1 << 18 };

static size_t page_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

static size_t bytes_in(const char *word)
{
	char *suffix;
	size_t size = word ? strtoull(word, &suffix, 0) : 0;

	return word && *suffix == 'M' ? size << 20 : size;
}

/* Free memory of all zones of that name, as /proc/zoneinfo has it: what a report should tell. */
static void tell_free(const char *when, const char *zone)
{
	long long pages = 0;
	char header[40];
	struct text text;

	if (read_file("/proc/zoneinfo", &text) < 0)
		return;
	snprintf(header, sizeof(header), "zone %8s\n", zone);
	for (char *at = text.data; (at = strstr(at, header)); at++)
		pages += strtoll(strstr(at, "pages free") + 10, NULL, 10);
	free(text.data);
	say("lab: %s %s free %lld kB", when, zone, pages * (long long)(page_size() >> 10));
}

static void tell_all_free(const char *when)
{
	tell_free(when, "Movable");
	tell_free(when, "Normal");
	tell_free(when, "DMA32");
}

/* --- What can be used up. Each goes on until the child is killed or refused. --- */

static char *map(size_t bytes, int protection)
{
	char *at = mmap(NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		_exit(2);
	madvise(at, bytes, MADV_NOHUGEPAGE);
	return at;
}

static void touch(size_t bytes)
{
	char *at = map(bytes, PROT_READ | PROT_WRITE);

	for (size_t offset = 0; offset < bytes; offset += page_size())
		at[offset] = 1;
}

static void use_anonymous(size_t number)
{
	touch(number ? number : 1UL << 36);
}

static void use_locked(size_t number)
{
	mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
	use_anonymous(number);
}

static void use_page_tables(size_t number)
{
	size_t page = page_size(), reach = page / 8 * page, span = reach << 20;
	char *at = map(span, PROT_READ);

	(void)number;
	for (size_t offset = 0; offset < span; offset += reach)
		(void)*(volatile char *)(at + offset);
}

/* Pipe buffers: GFP_HIGHUSER, which a cpuset binds and ZONE_MOVABLE does not take. */
static void use_pipes(size_t number)
{
	static char page[65536];
	int ends[2];

	(void)number;
	while (pipe2(ends, O_NONBLOCK) == 0)
		while (write(ends[1], page, page_size()) == (ssize_t)page_size())
			;
}

static void use_files(const char *type)
{
	static char chunk[1 << 16];
	int fd;

	mkdir("/files", 0755);
	if (mount("none", "/files", type, 0, strcmp(type, "tmpfs") ? NULL : "size=64G") < 0)
		_exit(3);
	fd = open("/files/fill", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	while (fd >= 0 && write(fd, chunk, sizeof(chunk)) > 0)
		;
}

static void use_ramfs(size_t number)
{
	(void)number;
	use_files("ramfs");
}

static void use_tmpfs(size_t number)
{
	(void)number;
	use_files("tmpfs");
}

/*
 * Every other page of the kernel's stays taken, so that much is free in pieces of one page. Pipe
 * buffers can't be moved: compaction gets nowhere. The pages come one after the other, and go by
 * turns to one pipe that is kept and one that is closed.
 */
static void take_every_other_page(void)
{
	static char page[65536];
	static int closed[MOST_PIPES];
	struct sysinfo info;
	int count = 0, full = 0;

	write_file("/proc/sys/vm/min_free_kbytes", "1024");
	while (!full && count < MOST_PIPES) {
		int kept[2], other[2];

		if (pipe2(kept, O_NONBLOCK) < 0 || pipe2(other, O_NONBLOCK) < 0)
			break;
		for (int i = 0; i < 16; i++)
			if (write(kept[1], page, page_size()) < 0 ||
			    write(other[1], page, page_size()) < 0)
				full = 1;
		closed[count++] = other[0];
		closed[count++] = other[1];
		sysinfo(&info);
		full |= info.freeram * info.mem_unit < 6 << 20;
	}
	while (count > 0)
		close(closed[--count]);
}

/* Keys of one size, held: order 3 up to 32 KiB with its header, order 4 above. */
static void use_keys(size_t number)
{
	static char payload[1 << 16];
	char name[20];

	write_file("/proc/sys/kernel/keys/root_maxbytes", "2000000000");
	take_every_other_page();
	for (int i = 0; i < 100000; i++) {
		snprintf(name, sizeof(name), "key %d", i);
		if (syscall(SYS_add_key, "user", name, payload, number, -2 /* the process's keyring */) < 0)
			_exit(errno);
	}
}

/* Ancillary data of one size for a socket: one block for as long as the call takes. */
static void use_control_data(size_t number)
{
	struct msghdr message = {0};
	int sockets[2];

	write_file("/proc/sys/net/core/optmem_max", "16000000");
	take_every_other_page();
	socketpair(AF_UNIX, SOCK_DGRAM, 0, sockets);
	message.msg_control = map(number, PROT_READ);
	message.msg_controllen = number;
	sendmsg(sockets[0], &message, 0);
	_exit(errno);
}

/* Runs `use` in a process of its own and comes back when it has what it wants. */
static pid_t holder(void (*use)(size_t), size_t number)
{
	int done[2];
	char byte;
	pid_t child;

	if (pipe(done) < 0)
		return -1;
	child = fork();
	if (child == 0) {
		write_file("/proc/self/oom_score_adj", "-1000");
		use(number);
		write_all(done[1], "", 1);
		pause();
	}
	close(done[1]);
	if (read(done[0], &byte, 1) != 1)
		say("lab: the holder is gone");
	close(done[0]);
	return child;
}

/* All of node 0, down to where requests begin to go elsewhere. */
static void use_node_0(size_t number)
{
	unsigned long node = 1;
	char *at = map(1UL << 36, PROT_READ | PROT_WRITE);

	syscall(SYS_set_mempolicy, MPOL_BIND, &node, 64);
	for (; number_in("/sys/devices/system/node/node0/meminfo", "MemFree:") << 10 > (long long)number;)
		for (int i = 0; i < 16; i++, at += page_size())
			*at = 1;
}

/*
 * Without nested paging KVM gives every virtual CPU a page below 4 GiB (GFP_DMA32). Node 0, which
 * has all of that, is filled first.
 */
static void use_low_zone(size_t number)
{
	/* From linux/kvm.h, which architectures without KVM lack. */
	enum { MOST_CPUS = 200, CREATE_VM = _IO(0xAE, 0x01), CREATE_VCPU = _IO(0xAE, 0x41) };
	int module = open("/modules/kvm-amd.ko", O_RDONLY), kvm, machine = -1;

	syscall(SYS_delete_module, "kvm_amd", 0);
	if (syscall(SYS_finit_module, module, "npt=0", 0) < 0)
		say("lab: loading kvm_amd: %s", strerror(errno));
	kvm = open("/dev/kvm", O_RDWR);
	/* Or the kernel keeps tens of MiB for huge pages, and kills before it refuses. */
	write_file("/proc/sys/vm/min_free_kbytes", "2048");
	holder(use_node_0, number);
	tell_all_free("filled");
	for (int i = 0; i < 200000; i++) {
		if (i % MOST_CPUS == 0)
			machine = ioctl(kvm, CREATE_VM, 0);
		if (ioctl(machine, CREATE_VCPU, i % MOST_CPUS) < 0) {
			say("lab: virtual CPU %d: %s", i, strerror(errno));
			_exit(errno);
		}
	}
}

/* User memory that went to the kernel zones when Movable was full, and stays when Movable is not. */
static void use_with_stuck_pages(size_t number)
{
	pid_t first = holder(use_anonymous, number & 0xffffffff);

	holder(use_anonymous, number >> 32);
	kill(first, SIGKILL);
	waitpid(first, NULL, 0);
	tell_all_free("stuck");
	use_page_tables(0);
}

static const struct {
	const char *name;
	void (*use)(size_t number);
} kinds[] = {
	{"anonymous", use_anonymous}, {"locked", use_locked}, {"page-tables", use_page_tables},
	{"pipes", use_pipes}, {"ramfs", use_ramfs}, {"tmpfs", use_tmpfs}, {"keys", use_keys},
	{"control-data", use_control_data}, {"low-zone", use_low_zone},
	{"stuck", use_with_stuck_pages},
};

/* --- Where the child is bound to. --- */

static int enter_cgroup(const char *type, const char *options, const char *limit_file,
			const char *limit)
{
	char path[100], pid[20];

	mkdir("/cgroup", 0755);
	if (mount("none", "/cgroup", type, 0, options) < 0)
		return errno;
	write_file("/cgroup/cgroup.subtree_control", "+memory +cpuset");
	mkdir("/cgroup/box", 0755);
	snprintf(path, sizeof(path), "/cgroup/box/%s", limit_file);
	if (write_file(path, limit))
		return errno;
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	return write_file("/cgroup/box/cgroup.procs", pid);
}

static int enter(const char *place, const char *value)
{
	if (!strcmp(place, "policy")) {
		unsigned long nodes = 1UL << atoi(value);
		return syscall(SYS_set_mempolicy, MPOL_BIND, &nodes, 64) < 0 ? errno : 0;
	}
	if (!strcmp(place, "cpuset"))
		return enter_cgroup("cgroup2", NULL, "cpuset.mems", value);
	if (!strcmp(place, "cgroup2"))
		return enter_cgroup("cgroup2", NULL, "memory.max", value);
	return enter_cgroup("cgroup", "memory", "memory.limit_in_bytes", value);
}

static void child(const char *kind, size_t number, const char *place, const char *value)
{
	struct rlimit many = {1 << 20, 1 << 20}, locked = {RLIM_INFINITY, RLIM_INFINITY};
	int problem = place ? enter(place, value) : 0;

	if (problem)
		say("lab: %s %s: %s", place, value, strerror(problem));
	write_file("/proc/self/oom_score_adj", "1000");
	setrlimit(RLIMIT_NOFILE, &many);
	setrlimit(RLIMIT_MEMLOCK, &locked);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].name, kind))
			kinds[i].use(number);
	_exit(1);
}

void run_out_of_memory(char *words)
{
	char *kind = strsep(&words, " "), *number = NULL, *place = NULL, *value = NULL;
	size_t wanted;
	int status;
	pid_t pid;

	if (words && strncmp(words, "in ", 3))
		number = strsep(&words, " ");
	if (words && strsep(&words, " ")) {
		place = strsep(&words, " ");
		value = words;
	}
	wanted = bytes_in(number);
	if (number && strchr(number, '+'))
		wanted = bytes_in(number) | bytes_in(strchr(number, '+') + 1) << 32;
	tell_all_free("before");
	pid = fork();
	if (pid == 0)
		child(kind, wanted, place, value);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	/* Files outlive who wrote them. */
	umount2("/files", MNT_DETACH);
	say("lab: the child ended with %s %d", WIFSIGNALED(status) ? "signal" : "code",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	tell_all_free("after");
}

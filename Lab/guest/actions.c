/* The action script: one action a line, words apart by blanks. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lab.h"

static const char blocks_folder[] = "/sys/devices/system/memory";

/* memparse()'s suffixes, as on the kernel command line. */
static size_t size_of(const char *word)
{
	char *suffix;
	size_t size = word ? strtoull(word, &suffix, 0) : 0;

	switch (word ? *suffix : 0) {
	case 'G':
		size <<= 10; /* fall through */
	case 'M':
		size <<= 10; /* fall through */
	case 'K':
		size <<= 10;
	}
	return size;
}

/* dump NAME: the machine as it is now, under NAME/ in the archive. */
static void dump(char *rest, struct tar *tar)
{
	char prefix[80];

	snprintf(prefix, sizeof(prefix), "%s/", rest);
	tar->prefix = prefix;
	dump_machine(tar);
	tar->prefix = "";
}

/* host WORDS: has the host do something to the machine, and waits until it says so. */
static void ask_host(char *rest, struct tar *tar)
{
	char answer[200];
	struct termios settings;
	size_t used = 0;
	int fd = open("/dev/ttyS2", O_RDWR | O_NOCTTY | O_CLOEXEC);

	(void)tar;
	if (fd < 0) {
		result("host", rest, "no control port: %s", strerror(errno));
		return;
	}
	tcgetattr(fd, &settings);
	cfmakeraw(&settings);
	tcsetattr(fd, TCSANOW, &settings);
	write_all(fd, rest, strlen(rest));
	write_all(fd, "\n", 1);
	while (used + 1 < sizeof(answer) && read(fd, answer + used, 1) == 1 && answer[used] != '\n')
		used++;
	answer[used] = '\0';
	close(fd);
	result("host", rest, "%s", answer);
}

static int is_block(const struct dirent *entry)
{
	return !strncmp(entry->d_name, "memory", 6) && entry->d_name[6] >= '0' &&
	       entry->d_name[6] <= '9';
}

static int by_number(const struct dirent **a, const struct dirent **b)
{
	return atoi((*a)->d_name + 6) - atoi((*b)->d_name + 6);
}

static int count_blocks(int online_only)
{
	struct dirent **entries;
	int count = scandir(blocks_folder, &entries, is_block, by_number), found = 0;

	for (int i = 0; i < count; i++) {
		char path[400];

		snprintf(path, sizeof(path), "%s/%s/online", blocks_folder, entries[i]->d_name);
		found += !online_only || number_in(path, "") == 1;
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return found;
}

/* Hot-add ends some time after the device came; a minute is plenty, even under emulation. */
static void wait_for_blocks(const char *action, char *wanted, int online_only)
{
	for (int left = 600; count_blocks(online_only) < atoi(wanted) && left > 0; left--)
		usleep(100000);
	result(action, wanted, "%d", count_blocks(online_only));
}

/* wait-online N: until N memory blocks are online. */
static void wait_online(char *rest, struct tar *tar)
{
	(void)tar;
	wait_for_blocks("wait-online", rest, 1);
}

/* wait-present N: until there are N memory blocks, online or not. */
static void wait_present(char *rest, struct tar *tar)
{
	(void)tar;
	wait_for_blocks("wait-present", rest, 0);
}

/* write PATH VALUE */
static void write_value(char *rest, struct tar *tar)
{
	char *path = strsep(&rest, " ");
	int problem = write_file(path, rest ? rest : "");

	(void)tar;
	result("write", path, "%s: %s", rest ? rest : "", problem ? strerrorname_np(problem) : "ok");
}

/*
 * blocks STATE [FIRST [LAST]]: writes STATE to every memory block's state, one after the other,
 * and notes the errno of each. A block that went offline comes back online before the next.
 */
static void try_blocks(char *rest, struct tar *tar)
{
	char *state = strsep(&rest, " "), *word = strsep(&rest, " ");
	int first = word ? atoi(word) : 0, last = rest ? atoi(rest) : (word ? first : 1 << 30);
	struct dirent **entries;
	int count = scandir(blocks_folder, &entries, is_block, by_number);

	(void)tar;
	for (int i = 0; i < count; i++) {
		char path[400];
		int number = atoi(entries[i]->d_name + 6), problem;

		if (number < first || number > last)
			continue;
		snprintf(path, sizeof(path), "%s/%s/state", blocks_folder, entries[i]->d_name);
		/* The kernel retries a transient failure for ever; only a signal ends that. */
		alarm(60);
		problem = write_file(path, state);
		alarm(0);
		result(state, entries[i]->d_name, "%s", problem ? strerrorname_np(problem) : "ok");
		if (!problem && !strcmp(state, "offline") && !word)
			write_file(path, "online");
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/* pages: what the pages of every memory block are (pages.c), one result a block. */
static void tally_pages(char *rest, struct tar *tar)
{
	char path[400];
	struct dirent **entries;
	struct text size;
	unsigned long bytes = 0;
	int count = scandir(blocks_folder, &entries, is_block, by_number);

	(void)rest;
	(void)tar;
	snprintf(path, sizeof(path), "%s/block_size_bytes", blocks_folder);
	if (read_file(path, &size) == 0) {
		bytes = strtoul(size.data, NULL, 16);
		free(size.data);
	}
	for (int i = 0; i < count; i++) {
		tally_block(atoi(entries[i]->d_name + 6), bytes);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

#define HOLDS(name, call)                                                                         \
	static void name(char *rest, struct tar *tar)                                             \
	{                                                                                         \
		(void)tar;                                                                        \
		(void)rest;                                                                       \
		call;                                                                             \
	}

HOLDS(page_tables, hold_page_tables(size_of(rest)))
HOLDS(anonymous, hold_anonymous(size_of(rest)))
HOLDS(ramfs, hold_ramfs(size_of(rest)))
HOLDS(block_cache, hold_block_cache("/dev/vda", size_of(rest)))
HOLDS(pin, hold_pin(size_of(rest)))
HOLDS(oom_page_tables, grow_page_tables_until_oom())
HOLDS(oom_pipes, grow_pipes_until_oom())
HOLDS(locked, hold_locked(size_of(rest)))
HOLDS(pipes, hold_pipes(size_of(rest)))
HOLDS(secret, hold_secret(size_of(rest)))
HOLDS(swapped, hold_swapped(size_of(rest)))
HOLDS(swap_device, swap_on(rest))
HOLDS(lock_limit, set_lock_limit())
HOLDS(wait_path, wait_for_path(rest))
HOLDS(no_mount, unmount(rest))
HOLDS(rdma_link, add_rdma(rest))
HOLDS(rdma_pin, hold_rdma(size_of(rest)))
HOLDS(vfio_pin, hold_vfio(size_of(rest)))
HOLDS(load_later, load_modules("/modules/later"))
HOLDS(oom, run_out_of_memory(rest))
HOLDS(data, mount_data(rest))
HOLDS(cache, fill_cache(strcmp(rest, "oldest") ? size_of(rest) : until_kernel_zones_are_oldest()))
HOLDS(huge_pages, take_huge_pages(size_of(rest)))
HOLDS(take, take_memory(rest))
HOLDS(gibs, look_at_gibs())
HOLDS(let_everything_go, let_go())

static const struct {
	const char *name;
	void (*run)(char *rest, struct tar *tar);
} actions[] = {
	{"dump", dump},
	{"host", ask_host},
	{"wait-online", wait_online},
	{"wait-present", wait_present},
	{"write", write_value},
	{"pages", tally_pages},
	{"blocks", try_blocks},
	{"page-tables", page_tables},
	{"anonymous", anonymous},
	{"ramfs", ramfs},
	{"block-cache", block_cache},
	{"pin", pin},
	{"page-tables-until-oom", oom_page_tables},
	{"pipes-until-oom", oom_pipes},
	{"locked", locked},
	{"pipes", pipes},
	{"secret", secret},
	{"swapped", swapped},
	{"swap-on", swap_device},
	{"lock-limit-off", lock_limit},
	{"wait-path", wait_path},
	{"unmount", no_mount},
	{"rdma-link", rdma_link},
	{"rdma-pin", rdma_pin},
	{"vfio-pin", vfio_pin},
	{"load-later", load_later},
	{"oom", oom},
	{"mount-data", data},
	{"fill-cache", cache},
	{"take", take},
	{"take-huge", huge_pages},
	{"look", look},
	{"gibs", gibs},
	{"let-go", let_everything_go},
	{"leak", leak_memory},
};

void run_action(char *line, struct tar *tar)
{
	char *name = strsep(&line, " ");

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (!strcmp(name, actions[i].name)) {
			say("lab: %s %s", name, line ? line : "");
			actions[i].run(line ? line : name + strlen(name), tar);
			return;
		}
	say("lab: unknown action %s", name);
	result("script", name, "unknown action");
}

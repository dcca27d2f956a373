/* What a machine says about its memory, as the files of a root directory. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static const char *const files[] = {
	"/proc/cmdline", "/proc/version", "/proc/zoneinfo", "/proc/meminfo", "/proc/vmstat",
	"/proc/buddyinfo", "/proc/pagetypeinfo", "/proc/iomem", "/proc/swaps", "/proc/modules",
	"/proc/config.gz", "/proc/sys/kernel/osrelease", "/proc/sys/kernel/hostname",
	"/proc/sys/kernel/ostype", "/sys/kernel/kexec_crash_size", "/sys/devices/system/cpu/online",
	"/sys/devices/system/cpu/possible", "/sys/devices/system/cpu/present",
	"/sys/firmware/acpi/tables/SRAT", "/sys/kernel/mm/transparent_hugepage/enabled",
	"/sys/kernel/mm/transparent_hugepage/defrag",
	"/sys/kernel/mm/transparent_hugepage/shmem_enabled", "/sys/kernel/mm/lru_gen/enabled",
	"/sys/kernel/mm/numa/demotion_enabled",
};

static const char *const trees[] = {
	"/proc/sys/vm", "/sys/devices/system/node", "/sys/devices/system/memory",
	"/sys/module/memory_hotplug/parameters", "/sys/kernel/mm/hugepages",
	"/sys/kernel/mm/cma", "/sys/devices/virtual/memory_tiering", "/sys/firmware/memmap", "/etc", "/usr/lib/udev",
};

/* Entries that tell nothing about memory, or act when they are touched. */
static const char *const skipped[] = {
	"power", "uevent", "subsystem", "compact", "probe", "soft_offline_page",
	"hard_offline_page", "compact_memory", "drop_caches", "stat_refresh", "bind", "unbind",
	"new_id", "remove_id", "module", "memory_failure",
};

int is_dumped(const struct dirent *entry)
{
	for (size_t i = 0; i < sizeof(skipped) / sizeof(*skipped); i++)
		if (!strcmp(entry->d_name, skipped[i]))
			return 0;
	return entry->d_name[0] != '.';
}

/* Links between nodes and memory blocks; others lead to what isn't dumped. */
static int is_kept_link(const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	return !strncmp(name, "memory", 6) || !strncmp(name, "node", 4);
}

void dump_file(struct tar *tar, const char *path)
{
	struct stat status;
	struct text text;

	if (stat(path, &status) < 0 || read_file(path, &text) < 0)
		return;
	tar_file(tar, path, status.st_mode, text.data, text.size);
	free(text.data);
}

static void dump_tree(struct tar *tar, const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_dumped, alphasort);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		char child[PATH_MAX], target[PATH_MAX] = "";

		snprintf(child, sizeof(child), "%s/%s", path, name);
		if (entries[i]->d_type == DT_DIR)
			dump_tree(tar, child);
		else if (entries[i]->d_type == DT_LNK) {
			if (is_kept_link(child) && readlink(child, target, sizeof(target) - 1) > 0)
				tar_link(tar, child, target);
		} else
			dump_file(tar, child);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/* User processes only: a kernel thread has no executable and pins nothing. */
static void dump_processes(struct tar *tar)
{
	struct dirent *entry;
	DIR *proc = opendir("/proc");

	while (proc && (entry = readdir(proc))) {
		char path[PATH_MAX], target[PATH_MAX];

		snprintf(path, sizeof(path), "/proc/%s/exe", entry->d_name);
		if (atoi(entry->d_name) <= 0 || readlink(path, target, sizeof(target)) < 0)
			continue;
		snprintf(path, sizeof(path), "/proc/%s/status", entry->d_name);
		dump_file(tar, path);
		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		dump_file(tar, path);
		snprintf(path, sizeof(path), "/proc/%s/limits", entry->d_name);
		dump_file(tar, path);
	}
	if (proc)
		closedir(proc);
}

/* The kernel log as dmesg prints it: without the <priority> in front of every line. */
static void dump_log(struct tar *tar)
{
	enum { READ_ALL = 3, BUFFER_SIZE = 10 };
	int size = klogctl(BUFFER_SIZE, NULL, 0);
	char *log = malloc(size + 1), *to = log;
	int got = klogctl(READ_ALL, log, size);

	log[got > 0 ? got : 0] = '\0';
	for (char *from = log; *from;) {
		char *end = strchrnul(from, '\n');
		char *text = *from == '<' && strchr(from, '>') ? strchr(from, '>') + 1 : from;

		memmove(to, text, end - text);
		to += end - text;
		*to++ = '\n';
		from = *end ? end + 1 : end;
	}
	tar_file(tar, "/dmesg", 0644, log, to - log);
	free(log);
}

void dump_machine(struct tar *tar)
{
	struct text noted = results();

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		dump_file(tar, files[i]);
	for (size_t i = 0; i < sizeof(trees) / sizeof(*trees); i++)
		dump_tree(tar, trees[i]);
	dump_devices(tar);
	dump_processes(tar);
	dump_log(tar);
	if (noted.size)
		tar_file(tar, "/lab/results.tsv", 0644, noted.data, noted.size);
}

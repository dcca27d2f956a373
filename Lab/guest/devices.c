/*
 * Devices that matter to memory, as sysfs has them: links in bus and class folders, and the files
 * of what they lead to. Buses and classes themselves are kept as empty folders: that one is not
 * there tells that the host has no such device.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int is_zram(const struct dirent *entry)
{
	return !strncmp(entry->d_name, "zram", 4);
}

/* The names in a folder, each to `act` with its path; for a link also where it leads. */
static void each(struct tar *tar, const char *folder, int (*wanted)(const struct dirent *),
		 void (*act)(struct tar *tar, const char *path, const char *target))
{
	struct dirent **entries;
	int count = scandir(folder, &entries, wanted, alphasort);

	for (int i = 0; i < count; i++) {
		char path[PATH_MAX], target[PATH_MAX] = "";

		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		if (entries[i]->d_type == DT_LNK)
			(void)!readlink(path, target, sizeof(target) - 1);
		act(tar, path, target);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static void keep_folder(struct tar *tar, const char *path, const char *target)
{
	(void)target;
	tar_folder(tar, path);
}

static void keep_file(struct tar *tar, const char *path, const char *target)
{
	struct stat status;

	if (!*target && stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
	    (status.st_mode & 0444))
		dump_file(tar, path);
}

/* A link to a device, with the files of the device's own folder. */
static void keep_device(struct tar *tar, const char *path, const char *target)
{
	char real[PATH_MAX];

	if (!*target || !realpath(path, real))
		return;
	tar_link(tar, path, target);
	each(tar, real, is_dumped, keep_file);
}

/* A CXL device tells in folders of its own how much of it is RAM and how much is persistent. */
static void keep_cxl(struct tar *tar, const char *path, const char *target)
{
	char real[PATH_MAX], size[PATH_MAX + 16];

	keep_device(tar, path, target);
	if (!*target || !realpath(path, real))
		return;
	snprintf(size, sizeof(size), "%s/ram/size", real);
	dump_file(tar, size);
	snprintf(size, sizeof(size), "%s/pmem/size", real);
	dump_file(tar, size);
}

static void keep_driver(struct tar *tar, const char *path, const char *target)
{
	(void)target;
	tar_folder(tar, path);
	each(tar, path, is_dumped, keep_device);
}

void dump_devices(struct tar *tar)
{
	each(tar, "/sys/bus", is_shown, keep_folder);
	each(tar, "/sys/class", is_shown, keep_folder);
	if (access("/sys/block", F_OK) == 0)
		tar_folder(tar, "/sys/block");
	each(tar, "/sys/block", is_zram, keep_device);
	each(tar, "/sys/bus/nd/devices", is_dumped, keep_device);
	each(tar, "/sys/bus/dax/devices", is_dumped, keep_device);
	each(tar, "/sys/bus/cxl/devices", is_dumped, keep_cxl);
	each(tar, "/sys/bus/vdpa/devices", is_dumped, keep_device);
	each(tar, "/sys/bus/dax/drivers", is_dumped, keep_driver);
	each(tar, "/sys/bus/virtio/drivers", is_dumped, keep_driver);
	each(tar, "/sys/class/infiniband", is_dumped, keep_device);
	each(tar, "/sys/class/vfio", is_dumped, keep_device);
	each(tar, "/sys/module/zswap/parameters", is_dumped, keep_file);
}

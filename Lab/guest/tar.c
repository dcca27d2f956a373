/* A ustar stream, to a port or to memory: the simplest archive that keeps names, sizes and symbolic links. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type;
	char link[100], magic[6], version[2], user[32], group[32], major[8], minor[8];
	char prefix[155], padding[12];
};

_Static_assert(sizeof(struct header) == 512, "a ustar header is one block");

void write_all(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size > 0) {
		ssize_t done = write(fd, at, size);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			say("lab: the dump port failed: %s", strerror(errno));
			return;
		}
		at += done;
		size -= done;
	}
}

static void put(struct tar *tar, const void *data, size_t size)
{
	if (!tar->memory) {
		write_all(tar->fd, data, size);
		return;
	}
	if (size > tar->room) {
		say("lab: the dump port failed: the dump is larger than it");
		return;
	}
	memcpy(tar->memory, data, size);
	tar->memory += size;
	tar->room -= size;
}

/* ustar splits a long name at a slash into a prefix (155) and a name (100). */
static int set_name(struct header *header, const char *name)
{
	size_t length = strlen(name);
	const char *cut;

	if (length <= sizeof(header->name)) {
		memcpy(header->name, name, length);
		return 0;
	}
	cut = strchr(name + length - sizeof(header->name) - 1, '/');
	if (!cut || cut == name || (size_t)(cut - name) > sizeof(header->prefix))
		return -1;
	memcpy(header->prefix, name, cut - name);
	memcpy(header->name, cut + 1, strlen(cut + 1));
	return 0;
}

static void member(struct tar *tar, const char *path, unsigned mode, char type, const char *link,
		   size_t size)
{
	struct header header = {0};
	char name[512];
	unsigned sum = 0;

	while (*path == '/')
		path++;
	snprintf(name, sizeof(name), "%s%s", tar->prefix, path);
	if (set_name(&header, name) < 0 || strlen(link) > sizeof(header.link)) {
		say("lab: name too long for the dump: %s", name);
		return;
	}
	snprintf(header.mode, sizeof(header.mode), "%07o", mode & 07777);
	snprintf(header.uid, sizeof(header.uid), "%07o", 0);
	snprintf(header.gid, sizeof(header.gid), "%07o", 0);
	snprintf(header.size, sizeof(header.size), "%011lo", (unsigned long)size);
	snprintf(header.mtime, sizeof(header.mtime), "%011o", 0);
	header.type = type;
	memcpy(header.link, link, strlen(link));
	memcpy(header.magic, "ustar", 6);
	memcpy(header.version, "00", 2);
	memset(header.checksum, ' ', sizeof(header.checksum));
	for (size_t i = 0; i < sizeof(header); i++)
		sum += ((unsigned char *)&header)[i];
	snprintf(header.checksum, sizeof(header.checksum), "%06o", sum);
	put(tar, &header, sizeof(header));
}

void tar_file(struct tar *tar, const char *path, unsigned mode, const char *data, size_t size)
{
	static const char zeros[512];

	member(tar, path, mode, '0', "", size);
	put(tar, data, size);
	if (size % sizeof(zeros))
		put(tar, zeros, sizeof(zeros) - size % sizeof(zeros));
}

void tar_link(struct tar *tar, const char *path, const char *target)
{
	member(tar, path, 0777, '2', target, 0);
}

void tar_folder(struct tar *tar, const char *path)
{
	member(tar, path, 0755, '5', "", 0);
}

void tar_end(struct tar *tar)
{
	static const char zeros[1024];

	put(tar, zeros, sizeof(zeros));
}

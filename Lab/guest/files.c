/* Whole small files in and out, as proc and sysfs want it: one open, read to the end. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"

int read_file(const char *path, struct text *text)
{
	size_t room = 65536;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	text->size = 0;
	text->data = NULL;
	if (fd < 0)
		return -1;
	text->data = malloc(room + 1);
	for (;;) {
		ssize_t got = read(fd, text->data + text->size, room - text->size);
		if (got < 0) {
			int problem = errno;
			close(fd);
			free(text->data);
			text->data = NULL;
			errno = problem;
			return -1;
		}
		text->size += got;
		if (got == 0)
			break;
		if (text->size == room)
			text->data = realloc(text->data, (room *= 2) + 1);
	}
	text->data[text->size] = '\0';
	close(fd);
	return 0;
}

int write_file(const char *path, const char *value)
{
	int problem = 0, fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	if (write(fd, value, strlen(value)) < 0)
		problem = errno;
	close(fd);
	return problem;
}

long long number_in(const char *path, const char *key)
{
	struct text text;
	long long value = -1;
	char *found;

	if (read_file(path, &text) < 0)
		return -1;
	found = strstr(text.data, key);
	if (found)
		value = strtoll(found + strlen(key) + strspn(found + strlen(key), ": \t"), NULL, 10);
	free(text.data);
	return value;
}

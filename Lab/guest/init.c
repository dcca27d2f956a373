/*
 * /init of the lab's guests: mounts, loads the modules it was given, does what /actions says,
 * writes the machine's files as a tar stream to the second serial port and powers off.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include "lab.h"


void say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(stdout, format, arguments);
	va_end(arguments);
	fputc('\n', stdout);
	fflush(stdout);
}

static void mount_all(void)
{
	static const struct {
		const char *type, *where;
	} mounts[] = {{"proc", "/proc"}, {"sysfs", "/sys"}, {"devtmpfs", "/dev"}};

	for (size_t i = 0; i < sizeof(mounts) / sizeof(*mounts); i++) {
		mkdir(mounts[i].where, 0755);
		if (mount("none", mounts[i].where, mounts[i].type, 0, NULL) < 0)
			say("lab: mounting %s: %s", mounts[i].where, strerror(errno));
	}
	if (freopen("/dev/console", "r+", stdout))
		setvbuf(stdout, NULL, _IOLBF, 0);
}

/* A list of files in /modules, already decompressed and in loading order. */
void load_modules(const char *names)
{
	struct text list;
	char *rest, *name;

	if (read_file(names, &list) < 0)
		return;
	for (rest = list.data; (name = strsep(&rest, "\n"));) {
		char path[300];
		int fd;

		if (!*name)
			continue;
		snprintf(path, sizeof(path), "/modules/%s", name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) < 0 && errno != EEXIST))
			result("load", name, "%s", strerrorname_np(errno));
		if (fd >= 0)
			close(fd);
	}
	free(list.data);
}

/* The port that /port names: Lab/arches.py. One of virtio-serial may come a little after its driver. */
static int open_dump_port(struct tar *tar)
{
	struct termios settings;
	struct stat status;
	struct text port;

	if (read_file("/port", &port) < 0)
		return -1;
	for (int left = 100; access(port.data, F_OK) && left > 0; left--)
		usleep(100000);
	tar->fd = open(port.data, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (tar->fd < 0 || fstat(tar->fd, &status) < 0) {
		say("lab: no dump port %s: %s", port.data, strerror(errno));
		return -1;
	}
	if (S_ISREG(status.st_mode)) { /* a PCI device's memory */
		tar->room = status.st_size;
		tar->memory = mmap(NULL, tar->room, PROT_READ | PROT_WRITE, MAP_SHARED, tar->fd, 0);
		if (tar->memory == MAP_FAILED) {
			say("lab: no dump port %s: %s", port.data, strerror(errno));
			return -1;
		}
		return 0;
	}
	/* Raw: a tty would otherwise turn every \n of the archive into \r\n. */
	if (tcgetattr(tar->fd, &settings) == 0) {
		cfmakeraw(&settings);
		cfsetspeed(&settings, B115200);
		tcsetattr(tar->fd, TCSANOW, &settings);
	}
	return 0;
}

static void run_actions(struct tar *tar)
{
	struct text script;
	char *rest, *line;

	if (read_file("/actions", &script) < 0)
		return;
	for (rest = script.data; (line = strsep(&rest, "\n"));)
		if (*line)
			run_action(line, tar);
	free(script.data);
}

int main(void)
{
	struct tar tar = {.fd = -1, .prefix = ""};

	mount_all();
	sethostname("lab", 3);
	load_modules("/modules/list");
	if (open_dump_port(&tar) == 0) {
		run_actions(&tar);
		tar_end(&tar);
		tcdrain(tar.fd);
		say("lab: dumped");
	}
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}

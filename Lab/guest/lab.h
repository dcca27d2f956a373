/* What the parts of the lab's guest program share. */
#ifndef LAB_H
#define LAB_H

#include <stddef.h>

/* tar.c: a ustar stream on a file descriptor, or in memory that the host sees. */
struct tar {
	int fd;
	char *memory; /* where the next byte goes, NULL for the descriptor */
	size_t room;
	const char *prefix; /* folder that every member goes under, "" for none */
};

void tar_file(struct tar *tar, const char *path, unsigned mode, const char *data, size_t size);
void tar_link(struct tar *tar, const char *path, const char *target);
void tar_folder(struct tar *tar, const char *path);
void tar_end(struct tar *tar);
void write_all(int fd, const void *data, size_t size);

/* files.c */
struct text {
	char *data;
	size_t size;
};

int read_file(const char *path, struct text *text); /* 0, or -1 with errno set */
int write_file(const char *path, const char *value); /* 0, or an errno */
long long number_in(const char *path, const char *key); /* first number after key, -1 if none */

/* dump.c */
struct dirent;
void dump_machine(struct tar *tar);
void dump_file(struct tar *tar, const char *path);
int is_dumped(const struct dirent *entry);

/* devices.c */
void dump_devices(struct tar *tar);

/* actions.c: runs one line of the action script. */
void run_action(char *line, struct tar *tar);

/* pages.c: the pages of one memory block, as a result. */
void tally_block(int number, unsigned long block_size);

/* results.c: key/value lines that go into every dump as lab/results.tsv. */
void result(const char *action, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
struct text results(void);

/* init.c */
void load_modules(const char *list);
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* hold.c: memory that stays taken until the machine stops. */
void hold_page_tables(size_t bytes);
void hold_anonymous(size_t bytes);
void hold_ramfs(size_t bytes);
void hold_block_cache(const char *device, size_t bytes);
void hold_pin(size_t bytes);

/* Runs `occupy` in a child that keeps what it took; comes back when the child is done or dead. */
void in_child(const char *action, void (*occupy)(size_t), size_t bytes);
char *map_memory(size_t bytes, int protection);

/* risks.c */
void hold_locked(size_t bytes);
void hold_pipes(size_t bytes);
void hold_secret(size_t bytes);
void hold_swapped(size_t bytes);
void swap_on(const char *device);
void set_lock_limit(void);
void wait_for_path(const char *path);
void unmount(const char *path);

/* pinners.c */
void add_rdma(const char *netdev);
void hold_rdma(size_t bytes);
void hold_vfio(size_t bytes);

/* grow.c */
void grow_page_tables_until_oom(void);
void grow_pipes_until_oom(void);

/* stress.c */
void mount_data(const char *device);
void fill_cache(size_t bytes);
size_t until_kernel_zones_are_oldest(void);
void take_huge_pages(size_t percent);
void take_memory(char *words);
void let_go(void);
void look(char *name, struct tar *tar);

/* leak.c */
void leak_memory(char *words, struct tar *tar);

/* gibs.c */
void look_at_gibs(void);

/* oom.c */
void run_out_of_memory(char *words);

#endif

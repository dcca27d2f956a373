/*
 * The part of libarchive that zonewise calls. libarchive's own headers bring <sys/stat.h> with
 * them, whose types would become this module's for the whole program; CArchive.c includes both, so
 * that the compiler holds these declarations to libarchive's.
 */
#ifndef ZONEWISE_CARCHIVE_H
#define ZONEWISE_CARCHIVE_H
#include <stddef.h>
#include <stdint.h>

struct archive;
struct archive_entry;

enum { ZONEWISE_ARCHIVE_EOF = 1, ZONEWISE_ARCHIVE_OK = 0, ZONEWISE_ARCHIVE_WARN = -20 };

enum zonewise_entry_kind {
  ZONEWISE_ENTRY_FILE,
  ZONEWISE_ENTRY_LINK,
  ZONEWISE_ENTRY_DIRECTORY,
  ZONEWISE_ENTRY_OTHER,
};

/* Reading */
typedef long zonewise_read_callback(struct archive *, void *client, const void **buffer);
struct archive *archive_read_new(void);
int archive_read_free(struct archive *);
int archive_read_next_header(struct archive *, struct archive_entry **);
long archive_read_data(struct archive *, void *, size_t);
int64_t archive_filter_bytes(struct archive *, int);
int archive_errno(struct archive *);
const char *archive_error_string(struct archive *);

/* Enables tar and single files, packed with gzip, bzip2, xz or zstd; 0 where that fails. */
int zonewise_archive_support(struct archive *);
int zonewise_archive_open(struct archive *, void *client, zonewise_read_callback *);
/* Whether the stream is no archive but one compressed file. */
int zonewise_archive_is_raw(struct archive *);

/* Entries */
struct archive_entry *archive_entry_new(void);
void archive_entry_free(struct archive_entry *);
const char *archive_entry_pathname(struct archive_entry *);
const char *archive_entry_pathname_utf8(struct archive_entry *);
const char *archive_entry_symlink(struct archive_entry *);
const char *archive_entry_hardlink(struct archive_entry *);
int64_t archive_entry_size(struct archive_entry *);
int archive_entry_sparse_count(struct archive_entry *);
enum zonewise_entry_kind zonewise_entry_kind(struct archive_entry *);

/* Writing */
struct archive *archive_write_new(void);
int archive_write_free(struct archive *);
int archive_write_close(struct archive *);
int archive_write_open_fd(struct archive *, int descriptor);
int archive_write_header(struct archive *, struct archive_entry *);
long archive_write_data(struct archive *, const void *, size_t);
/* A tar, packed with gzip (without a time in its header) or plain; 0 where that fails. */
int zonewise_archive_format(struct archive *, int is_packed);
/* A file or, where is_file is 0, a directory; readable by all. */
void zonewise_set_entry(struct archive_entry *, const char *path, int is_file, int64_t size,
                        int64_t time);
#endif

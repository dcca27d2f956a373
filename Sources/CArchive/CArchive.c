#include "CArchive.h"

#include <archive.h>
#include <archive_entry.h>

_Static_assert((int)ZONEWISE_ARCHIVE_EOF == ARCHIVE_EOF, "ARCHIVE_EOF");
_Static_assert((int)ZONEWISE_ARCHIVE_OK == ARCHIVE_OK, "ARCHIVE_OK");
_Static_assert((int)ZONEWISE_ARCHIVE_WARN == ARCHIVE_WARN, "ARCHIVE_WARN");

/* Formats and filters one by one: those that are not named stay out of a static executable. */
int zonewise_archive_support(struct archive *archive) {
  return archive_read_support_format_tar(archive) == ARCHIVE_OK
      && archive_read_support_format_raw(archive) == ARCHIVE_OK
      && archive_read_support_filter_gzip(archive) == ARCHIVE_OK
      && archive_read_support_filter_bzip2(archive) == ARCHIVE_OK
      && archive_read_support_filter_xz(archive) == ARCHIVE_OK
      && archive_read_support_filter_zstd(archive) == ARCHIVE_OK;
}

int zonewise_archive_open(struct archive *archive, void *client, zonewise_read_callback *read) {
  return archive_read_open(archive, client, NULL, read, NULL);
}

int zonewise_archive_is_raw(struct archive *archive) {
  return archive_format(archive) == ARCHIVE_FORMAT_RAW;
}

enum zonewise_entry_kind zonewise_entry_kind(struct archive_entry *entry) {
  switch (archive_entry_filetype(entry)) {
  case AE_IFREG: return ZONEWISE_ENTRY_FILE;
  case AE_IFLNK: return ZONEWISE_ENTRY_LINK;
  case AE_IFDIR: return ZONEWISE_ENTRY_DIRECTORY;
  default: return ZONEWISE_ENTRY_OTHER;
  }
}

int zonewise_archive_format(struct archive *archive, int is_packed) {
  if (archive_write_set_format_ustar(archive) != ARCHIVE_OK) return 0;
  if (!is_packed) return 1;
  return archive_write_add_filter_gzip(archive) == ARCHIVE_OK
      && archive_write_set_filter_option(archive, "gzip", "timestamp", NULL) == ARCHIVE_OK;
}

void zonewise_set_entry(struct archive_entry *entry, const char *path, int is_file, int64_t size,
                        int64_t time) {
  archive_entry_set_pathname(entry, path);
  archive_entry_set_filetype(entry, is_file ? AE_IFREG : AE_IFDIR);
  archive_entry_set_perm(entry, is_file ? 0644 : 0755);
  archive_entry_set_size(entry, size);
  archive_entry_set_mtime(entry, time, 0);
}

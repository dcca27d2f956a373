#ifndef ZONEWISE_CARCHIVE_SHIM_H
#define ZONEWISE_CARCHIVE_SHIM_H
#include <archive.h>
#include <archive_entry.h>

/* AE_IFMT and its kin are casts, which Swift does not import. */
enum zonewise_entry_kind {
  ZONEWISE_ENTRY_FILE,
  ZONEWISE_ENTRY_LINK,
  ZONEWISE_ENTRY_DIRECTORY,
  ZONEWISE_ENTRY_OTHER,
};

static inline enum zonewise_entry_kind zonewise_entry_kind(struct archive_entry *entry) {
  switch (archive_entry_filetype(entry)) {
  case AE_IFREG: return ZONEWISE_ENTRY_FILE;
  case AE_IFLNK: return ZONEWISE_ENTRY_LINK;
  case AE_IFDIR: return ZONEWISE_ENTRY_DIRECTORY;
  default: return ZONEWISE_ENTRY_OTHER;
  }
}

/* Formats and filters one by one: those that are not named stay out of a static executable. */
static inline int zonewise_archive_support(struct archive *archive) {
  return archive_read_support_format_tar(archive) == ARCHIVE_OK
      && archive_read_support_format_raw(archive) == ARCHIVE_OK
      && archive_read_support_filter_gzip(archive) == ARCHIVE_OK
      && archive_read_support_filter_bzip2(archive) == ARCHIVE_OK
      && archive_read_support_filter_xz(archive) == ARCHIVE_OK
      && archive_read_support_filter_zstd(archive) == ARCHIVE_OK;
}
/* A file or, where is_file is 0, a directory; readable by all. */
static inline void zonewise_set_kind(struct archive_entry *entry, int is_file) {
  archive_entry_set_filetype(entry, is_file ? AE_IFREG : AE_IFDIR);
  archive_entry_set_perm(entry, is_file ? 0644 : 0755);
}
#endif

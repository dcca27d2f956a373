#ifndef ZONEWISE_CSQLITE_SHIM_H
#define ZONEWISE_CSQLITE_SHIM_H
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast that Swift can't see: SQLite takes a copy of the text. */
static inline int zonewise_sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}
#endif

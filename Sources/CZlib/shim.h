#ifndef ZONEWISE_CZLIB_SHIM_H
#define ZONEWISE_CZLIB_SHIM_H
#include <zlib.h>

/* inflateInit2 is a macro, which Swift can't call. 32: gzip or zlib, told from the header. */
static inline int zonewise_inflate_init(z_stream *stream) {
  return inflateInit2(stream, 15 + 32);
}
#endif

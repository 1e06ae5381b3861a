// SPDX-License-Identifier: Apache-2.0
#ifndef CGRAPHVIZ_RENDER_H
#define CGRAPHVIZ_RENDER_H

#include <stddef.h>

/// What became of a rendering.
typedef enum {
  CLEW_RENDER_OK = 0,
  CLEW_RENDER_PARSE = 1,
  CLEW_RENDER_LAYOUT = 2,
  CLEW_RENDER_OUTPUT = 3,
  CLEW_RENDER_CONTEXT = 4,
} clew_render_status;

/// Renders a graph in Graphviz's language whose nodes are placed, over a background of xdot operations.
///
/// The background is set as an attribute here, not in the language, so that its texts need no second
/// escaping. On success `*bytes` holds `*length` bytes for `clew_render_free`. In every case
/// `messages` (of `capacity` bytes) holds what the library said, cut to fit. Not thread-safe.
clew_render_status clew_render(
  const char *dot, const char *background, const char *format,
  char **bytes, size_t *length, char *messages, size_t capacity);

/// Places the nodes `n0`, `n1`, … of a graph in Graphviz's language by an engine such as `neato`.
///
/// On success `places` holds x and y of each of the `count` nodes, in points, y upwards. `messages` as
/// for `clew_render`. Not thread-safe.
clew_render_status clew_place(
  const char *dot, const char *engine, size_t count, double *places, char *messages,
  size_t capacity);

/// Frees what `clew_render` gave.
void clew_render_free(char *bytes);

/// Limits this process for good: address space in bytes, processor seconds, no file written, no core.
///
/// Returns 0, or the error number of the limit that could not be set.
int clew_limit_process(size_t memory, unsigned seconds);

/// Reads standard input to its end, at most `limit` bytes, into memory for `free`; NULL on failure.
char *clew_read_input(size_t limit, size_t *length);

/// Opens a nameless file in memory that holds the bytes, to be read from its start; -1 on failure.
///
/// A worker takes its request from it: a pipe would end the writer where the worker dies early.
int clew_input_file(const void *bytes, size_t length);

/// Writes all bytes to standard output (1) or standard error (2); 0 on success.
int clew_write_all(int descriptor, const char *bytes, size_t length);

#endif

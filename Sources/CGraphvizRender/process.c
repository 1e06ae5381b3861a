// SPDX-License-Identifier: Apache-2.0
#include "CGraphvizRender.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int clew_limit_process(size_t memory, unsigned seconds) {
  // Font caches are written where none exists: a refused write must be an error, not the end.
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit = {memory, memory};
  if (setrlimit(RLIMIT_AS, &limit) != 0) return errno;
  limit.rlim_cur = seconds;
  limit.rlim_max = seconds + 1;
  if (setrlimit(RLIMIT_CPU, &limit) != 0) return errno;
  limit.rlim_cur = limit.rlim_max = 0;
  if (setrlimit(RLIMIT_CORE, &limit) != 0) return errno;
  if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return errno;
  return 0;
}

char *clew_read_input(size_t limit, size_t *length) {
  size_t capacity = 1 << 16;
  char *bytes = malloc(capacity);
  *length = 0;
  while (bytes != NULL) {
    if (*length == capacity) {
      char *larger = capacity < limit ? realloc(bytes, capacity *= 2) : NULL;
      if (larger == NULL) break;
      bytes = larger;
    }
    ssize_t got = read(0, bytes + *length, capacity - *length);
    if (got == 0) return bytes;
    if (got < 0 && errno != EINTR) break;
    if (got > 0) *length += (size_t)got;
  }
  free(bytes);
  return NULL;
}

int clew_write_all(int descriptor, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t put = write(descriptor, bytes, length);
    if (put < 0 && errno != EINTR) return errno;
    if (put > 0) {
      bytes += put;
      length -= (size_t)put;
    }
  }
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#ifdef __linux__
#define _GNU_SOURCE
#endif
#include "CGraphvizRender.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef __linux__
#include <sys/mman.h>
#endif
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

int clew_input_file(const void *bytes, size_t length) {
#ifdef __linux__
  int descriptor = memfd_create("clew-request", MFD_CLOEXEC);
#else
  FILE *file = tmpfile();
  int descriptor = file != NULL ? dup(fileno(file)) : -1;
  if (file != NULL) fclose(file);
#endif
  if (descriptor < 0) return -1;
  if (clew_write_all(descriptor, bytes, length) != 0 || lseek(descriptor, 0, SEEK_SET) != 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
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

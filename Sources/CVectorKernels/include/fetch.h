// SPDX-License-Identifier: Apache-2.0
// Asks for memory before it is needed, which Swift has no word for.

#ifndef CLEW_FETCH_H
#define CLEW_FETCH_H

/// Brings the cache line of an address nearer. Any address will do: nothing is read, and an address
/// that is not mapped is passed over.
static inline __attribute__((always_inline)) void clew_fetch(const void *address) {
  __builtin_prefetch(address);
}

#endif

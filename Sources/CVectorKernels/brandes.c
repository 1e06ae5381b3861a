// SPDX-License-Identifier: Apache-2.0

#include "include/brandes.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define WIDEST
#endif
#define INLINE static inline __attribute__((always_inline))

// Eight lanes of numbers, of masks over them, and of levels. The compiler cuts a vector into as
// many as the processor needs. Each lane is added up by itself, four arcs at a time, in
// the order of the arcs: that their number is a multiple of four lets the processor foresee the ends
// of most loops.
typedef double lanes __attribute__((vector_size(64), may_alias));
typedef int64_t masks __attribute__((vector_size(64)));
typedef uint8_t levels __attribute__((vector_size(8), may_alias));
typedef int8_t marks __attribute__((vector_size(8)));

// Macros, since a function that takes wide vectors belongs to one processor.
#define EVERYWHERE(x) \
  ((levels){(uint8_t)(x), (uint8_t)(x), (uint8_t)(x), (uint8_t)(x), (uint8_t)(x), (uint8_t)(x), \
            (uint8_t)(x), (uint8_t)(x)})
#define LANES_AT(node, level) __builtin_convertvector((marks)((node) == (level)), masks)
#define ONLY(numbers, mask) ((lanes)((masks)(numbers) & (mask)))

// Bit b of a byte as the lowest bit of byte b.
INLINE uint64_t spread(uint64_t byte) {
  uint64_t low = (byte & 15) * UINT64_C(0x00204081) & UINT64_C(0x01010101);
  uint64_t high = (byte >> 4) * UINT64_C(0x00204081) & UINT64_C(0x01010101);
  return high << 32 | low;
}

INLINE void settle(
    const struct clew_brandes *space, int32_t v, uint64_t new, int64_t level,
    int64_t ends[CLEW_BRANDES_OCTETS]) {
  uint64_t *known = (uint64_t *)space->levels;
  int64_t n = space->nodeCount;
  for (int64_t o = 0; o < CLEW_BRANDES_OCTETS; o++) {
    uint64_t bits = new >> (8 * o) & 255;
    // A level replaces 255, lane by lane.
    known[o * n + v] ^= spread(bits) * (uint64_t)(255 ^ level);
    // Written over by the next node where this one has no lane.
    space->entries[o * (8 * n + 1) + ends[o]] = v;
    ends[o] += bits != 0;
  }
}

INLINE int64_t search(
    const struct clew_brandes *space, const int32_t *sources, int64_t count) {
  int64_t n = space->nodeCount, first = space->first, last = space->last;
  uint64_t *seen = space->seen, *found = space->found, *wave = space->wave;
  int32_t *front = space->front, *next = space->next;
  int64_t ends[CLEW_BRANDES_OCTETS] = {0};
  // The last node is there to fill the arcs up with: seen by all, and next to no level. Its numbers
  // are masked out, but to load them is slow as long as nothing was ever written to their page.
  memset(space->paths + 8 * (n - 1), 0, 64);
  memset(space->shares + 8 * (n - 1), 0, 64);
  seen[n - 1] = ~UINT64_C(0);
  found[n - 1] = 0;
  for (int64_t o = 0; o < CLEW_BRANDES_OCTETS; o++)
    memset(space->levels + 8 * (o * n + n - 1), 254, 8);
  for (int64_t o = 0; o < CLEW_BRANDES_OCTETS; o++)
    memset(space->levels + 8 * (o * n + first), 255, (size_t)(8 * (last - first)));
  memset(seen + first, 0, (size_t)(8 * (last - first)));
  memset(found + first, 0, (size_t)(8 * (last - first)));
  int64_t width = 0;
  for (int64_t s = 0; s < count; s++) {
    front[width++] = sources[s];
    seen[sources[s]] = wave[sources[s]] = UINT64_C(1) << s;
    settle(space, sources[s], UINT64_C(1) << s, 0, ends);
  }
  int64_t level = 0;
  for (int64_t o = 0; o < CLEW_BRANDES_OCTETS; o++) space->starts[256 * o] = 0;
  while (width > 0) {
    level++;
    if (level > CLEW_BRANDES_LEVELS) return 0;
    for (int64_t o = 0; o < CLEW_BRANDES_OCTETS; o++)
      space->starts[256 * o + level] = (int32_t)ends[o];
    int64_t met = 0;
    for (int64_t i = 0; i < width; i++) {
      int32_t v = front[i];
      uint64_t bits = wave[v];
      for (int32_t a = space->offsets[v]; a < space->offsets[v + 1]; a++) {
        int32_t w = space->targets[a];
        uint64_t new = bits & ~seen[w];
        next[met] = w;
        met += new != 0 && found[w] == 0;
        found[w] |= new;
      }
    }
    for (int64_t i = 0; i < met; i++) {
      int32_t w = next[i];
      uint64_t new = found[w];
      found[w] = 0;
      seen[w] |= new;
      wave[w] = new;
      settle(space, w, new, level, ends);
    }
    int32_t *swap = front;
    front = next;
    next = swap;
    width = met;
  }
  return level;
}

WIDEST int64_t clew_brandes_search(
    const struct clew_brandes *space, const int32_t *sources, int64_t count) {
  return search(space, sources, count);
}

// Lanes that are not on the level at hand hold anything, and are masked out wherever they are read.
INLINE int count(
    const struct clew_brandes *space, int64_t octet, int64_t levelCount, const int32_t *sources,
    int64_t sourceCount) {
  const levels *level = (const levels *)space->levels + octet * space->nodeCount;
  const int32_t *entries = space->entries + octet * (8 * space->nodeCount + 1);
  const int32_t *starts = space->starts + 256 * octet;
  const int32_t *offsets = space->backOffsets, *origins = space->origins;
  lanes *paths = (lanes *)space->paths, *shares = (lanes *)space->shares;
  for (int64_t s = 0; s < sourceCount; s++)
    paths[sources[s]] = (lanes){1, 1, 1, 1, 1, 1, 1, 1};
  for (int64_t l = 1; l < levelCount; l++) {
    levels here = EVERYWHERE(l), above = EVERYWHERE(l - 1);
    for (int32_t i = starts[l]; i < starts[l + 1]; i++) {
      int32_t v = entries[i];
      lanes sum = {0};
      for (int32_t a = offsets[v]; a < offsets[v + 1]; a += 4) {
        const int32_t *u = origins + a;
        lanes p0 = ONLY(paths[u[0]], LANES_AT(level[u[0]], above));
        lanes p1 = ONLY(paths[u[1]], LANES_AT(level[u[1]], above));
        lanes p2 = ONLY(paths[u[2]], LANES_AT(level[u[2]], above));
        lanes p3 = ONLY(paths[u[3]], LANES_AT(level[u[3]], above));
        sum += (p0 + p1) + (p2 + p3);
      }
      masks mask = LANES_AT(level[v], here);
      paths[v] = (lanes)(((masks)sum & mask) | ((masks)paths[v] & ~mask));
    }
  }
  masks isInfinite = {0};
  levels none = EVERYWHERE(255);
  for (int64_t v = space->first; v < space->last; v++) {
    double mass = space->masses[v];
    lanes masses = {mass, mass, mass, mass, mass, mass, mass, mass};
    shares[v] = masses / paths[v];
    isInfinite |= (masks)(paths[v] - paths[v] != 0.0) & ~LANES_AT(level[v], none);
  }
  int64_t any = 0;
  for (int lane = 0; lane < 8; lane++) any |= isInfinite[lane];
  return any == 0;
}

WIDEST int clew_brandes_nodes(
    const struct clew_brandes *space, int64_t octet, int64_t levelCount, const int32_t *sources,
    int64_t sourceCount, const double *own, double *sums) {
  if (!count(space, octet, levelCount, sources, sourceCount)) return 0;
  const levels *level = (const levels *)space->levels + octet * space->nodeCount;
  const int32_t *entries = space->entries + octet * (8 * space->nodeCount + 1);
  const int32_t *starts = space->starts + 256 * octet;
  const int32_t *offsets = space->offsets, *targets = space->targets;
  lanes *paths = (lanes *)space->paths, *shares = (lanes *)space->shares, *total = (lanes *)sums;
  lanes masses;
  memcpy(&masses, own, sizeof masses);
  // Nothing is below the last level, and a source is not between others.
  for (int64_t l = levelCount - 2; l > 0; l--) {
    levels here = EVERYWHERE(l), below = EVERYWHERE(l + 1);
    for (int32_t i = starts[l]; i < starts[l + 1]; i++) {
      int32_t v = entries[i];
      lanes sum = {0};
      for (int32_t a = offsets[v]; a < offsets[v + 1]; a += 4) {
        const int32_t *w = targets + a;
        lanes s0 = ONLY(shares[w[0]], LANES_AT(level[w[0]], below));
        lanes s1 = ONLY(shares[w[1]], LANES_AT(level[w[1]], below));
        lanes s2 = ONLY(shares[w[2]], LANES_AT(level[w[2]], below));
        lanes s3 = ONLY(shares[w[3]], LANES_AT(level[w[3]], below));
        sum += (s0 + s1) + (s2 + s3);
      }
      masks mask = LANES_AT(level[v], here);
      sum = ONLY(sum, mask);
      shares[v] += sum;
      total[v] += ONLY(paths[v], mask) * sum * masses;
    }
  }
  return 1;
}

WIDEST int clew_brandes_edges(
    const struct clew_brandes *space, int64_t octet, int64_t levelCount, const int32_t *sources,
    int64_t sourceCount, const double *own, const int32_t *edges, double *sums) {
  if (!count(space, octet, levelCount, sources, sourceCount)) return 0;
  const levels *level = (const levels *)space->levels + octet * space->nodeCount;
  const int32_t *entries = space->entries + octet * (8 * space->nodeCount + 1);
  const int32_t *starts = space->starts + 256 * octet;
  const int32_t *offsets = space->offsets, *targets = space->targets;
  lanes *paths = (lanes *)space->paths, *shares = (lanes *)space->shares;
  lanes masses;
  memcpy(&masses, own, sizeof masses);
  for (int64_t l = levelCount - 2; l >= 0; l--) {
    levels here = EVERYWHERE(l), below = EVERYWHERE(l + 1);
    for (int32_t i = starts[l]; i < starts[l + 1]; i++) {
      int32_t v = entries[i];
      masks mask = LANES_AT(level[v], here);
      lanes carried = ONLY(paths[v] * masses, mask);
      lanes sum = {0};
      for (int32_t a = offsets[v]; a < offsets[v + 1]; a++) {
        int32_t w = targets[a];
        masks isBelow = LANES_AT(level[w], below) & mask;
        if (__builtin_reduce_or(isBelow) == 0) continue;
        lanes share = ONLY(shares[w], isBelow);
        sum += share;
        lanes part = carried * share;
        sums[edges[a]] += ((part[0] + part[4]) + (part[1] + part[5])) +
                          ((part[2] + part[6]) + (part[3] + part[7]));
      }
      shares[v] += sum;
    }
  }
  return 1;
}

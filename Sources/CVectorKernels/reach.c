// SPDX-License-Identifier: Apache-2.0

#include "include/reach.h"

#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx512vpopcntdq", "avx2", "default")))
#else
#define WIDEST
#endif

// The compiler cuts a vector of 512 bits into as many as the processor needs.
typedef uint64_t lanes __attribute__((vector_size(64), may_alias));
typedef unsigned __int128 fixed;

#define IS_ANY(x) (__builtin_reduce_or(x) != 0)

WIDEST int64_t clew_reach_push(
    const struct clew_reach *reach, const int32_t *front, int64_t frontCount,
    const int32_t *offsets, const int32_t *targets, int32_t *list) {
  const lanes *seen = (const lanes *)reach->seen;
  const lanes *wave = (const lanes *)reach->wave;
  lanes *found = (lanes *)reach->found;
  int64_t count = 0;
  for (int64_t i = 0; i < frontCount; i++) {
    int32_t v = front[i];
    lanes bits = wave[v];
    for (int32_t a = offsets[v]; a < offsets[v + 1]; a++) {
      int32_t w = targets[a];
      lanes new = bits & ~seen[w];
      if (!IS_ANY(new)) continue;
      lanes old = found[w];
      if (!IS_ANY(old)) list[count++] = w;
      found[w] = old | new;
    }
  }
  return count;
}

WIDEST int64_t clew_reach_pull(
    const struct clew_reach *reach, const uint64_t *all, int64_t first, int64_t last,
    const int32_t *offsets, const int32_t *sources, int32_t *list) {
  const lanes *seen = (const lanes *)reach->seen;
  lanes *found = (lanes *)reach->found;
  lanes every = *(const lanes *)all;
  int64_t count = 0;
  for (int64_t v = first; v < last; v++) {
    lanes open = every & ~seen[v];
    if (!IS_ANY(open)) continue;
    lanes union_ = {0};
    int32_t a = offsets[v], end = offsets[v + 1];
    // Four at a time, so that asking whether all is found costs little.
    for (; a + 4 <= end; a += 4) {
      union_ |= (seen[sources[a]] | seen[sources[a + 1]]) |
                (seen[sources[a + 2]] | seen[sources[a + 3]]);
      if (!IS_ANY(open & ~union_)) {
        a = end;
        break;
      }
    }
    for (; a < end; a++) union_ |= seen[sources[a]];
    lanes new = open & union_;
    if (!IS_ANY(new)) continue;
    found[v] = new;
    list[count++] = (int32_t)v;
  }
  return count;
}

static inline __attribute__((always_inline)) void add(uint64_t sum[2], uint64_t count, uint64_t x) {
  fixed total = ((fixed)sum[1] << 64 | sum[0]) + (fixed)count * x;
  sum[0] = (uint64_t)total;
  sum[1] = (uint64_t)(total >> 64);
}

static inline __attribute__((always_inline)) uint64_t reciprocal(int64_t x) {
  uint64_t d = (uint64_t)x;
  return ((UINT64_C(1) << 63) + d / 2) / d;
}

WIDEST int64_t clew_reach_settle(
    const struct clew_reach *reach, const int32_t *list, int64_t count, int64_t level,
    const int32_t *offsets, int32_t *touched, int64_t *touchedCount) {
  lanes *seen = (lanes *)reach->seen;
  const lanes *found = (const lanes *)reach->found;
  const lanes *planes = (const lanes *)reach->planes;
  int64_t planeCount = reach->planeCount;
  uint64_t here = reciprocal(level), next = reciprocal(level + 1), last = reciprocal(level + 2);
  uint64_t distance = (uint64_t)level;
  int64_t arcs = 0;
  for (int64_t i = 0; i < count; i++) {
    int32_t v = list[i];
    lanes new = found[v];
    lanes old = seen[v];
    if (!IS_ANY(old)) touched[(*touchedCount)++] = v;
    seen[v] = old | new;
    arcs += offsets[v + 1] - offsets[v];
    uint64_t nodes = __builtin_reduce_add(__builtin_elementwise_popcount(new));
    struct clew_reach_sums *sums = &reach->sums[v];
    sums->reached += nodes;
    sums->distance += nodes * distance;
    add(sums->reciprocal, nodes, here);
    if (planeCount == 0) continue;
    lanes weighted = {0};
    for (int64_t p = 0; p < planeCount; p++)
      weighted += __builtin_elementwise_popcount(new & planes[p]) << p;
    uint64_t leaves = __builtin_reduce_add(weighted);
    sums->reached += leaves;
    sums->distance += leaves * (distance + 1);
    add(sums->reciprocal, leaves, next);
    add(sums->beyond, nodes, next);
    add(sums->beyond, leaves, last);
  }
  return arcs;
}

void clew_reach_alone(
    struct clew_reach_sums *sums, int32_t node, const int32_t *offsets, const int32_t *sources,
    const int32_t *leaves, const uint64_t *reciprocals, int32_t *marks, int32_t mark,
    int32_t *queue) {
  struct clew_reach_sums total = *sums;
  int64_t front = 0, end = 1;
  uint64_t level = 0;
  queue[0] = node;
  marks[node] = mark;
  for (;;) {
    int64_t last = end;
    uint64_t hanging = 0;
    for (int64_t i = front; i < last; i++) {
      int32_t v = queue[i];
      for (int32_t a = offsets[v], stop = offsets[v + 1]; a < stop; a++) {
        int32_t w = sources[a];
        if (marks[w] == mark) continue;
        marks[w] = mark;
        queue[end++] = w;
        hanging += (uint64_t)leaves[w];
      }
    }
    if (end == last) break;
    level++;
    front = last;
    uint64_t nodes = (uint64_t)(end - last);
    total.reached += nodes + hanging;
    total.distance += nodes * level + hanging * (level + 1);
    add(total.reciprocal, nodes, reciprocals[level]);
    if (hanging > 0) add(total.reciprocal, hanging, reciprocals[level + 1]);
    if (leaves[node] == 0) continue;
    // Only what hangs on the node asks for these.
    add(total.beyond, nodes, reciprocals[level + 1]);
    add(total.beyond, hanging, reciprocals[level + 2]);
  }
  *sums = total;
}

WIDEST int64_t clew_reach_mark(
    const struct clew_reach *reach, const int32_t *list, int64_t count, const int32_t *offsets,
    int32_t *touched, int64_t *touchedCount, uint64_t *moved) {
  lanes *seen = (lanes *)reach->seen;
  const lanes *found = (const lanes *)reach->found;
  lanes any = {0};
  int64_t arcs = 0;
  for (int64_t i = 0; i < count; i++) {
    int32_t v = list[i];
    lanes new = found[v];
    lanes old = seen[v];
    if (!IS_ANY(old)) touched[(*touchedCount)++] = v;
    seen[v] = old | new;
    any |= new;
    arcs += offsets[v + 1] - offsets[v];
  }
  *(lanes *)moved = any;
  return arcs;
}

WIDEST void clew_reach_clear(uint64_t *words, const int32_t *list, int64_t count) {
  lanes zero = {0};
  for (int64_t i = 0; i < count; i++) ((lanes *)words)[list[i]] = zero;
}

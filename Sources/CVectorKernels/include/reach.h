// SPDX-License-Identifier: Apache-2.0
// Up to 512 breadth-first searches at once, one to a bit.

#ifndef CLEW_REACH_H
#define CLEW_REACH_H

#include <stdint.h>

#define CLEW_REACH_LANES 512
#define CLEW_REACH_WORDS 8

/// What the distances to one node add up to. A reciprocal is a whole number of 2^-63, rounded, and
/// its sum has 128 bits: the lower half first.
struct clew_reach_sums {
  uint64_t reached;
  uint64_t distance;
  uint64_t reciprocal[2];
  /// The sum of 1 / (distance + 1).
  uint64_t beyond[2];
};

/// One step of the searches. Nodes have `CLEW_REACH_WORDS` words each in `seen` (searches that have
/// reached the node), `wave` (those that reached it in the step before; zero unless it is in
/// `front`) and `found` (zero for every node outside a step; filled by one step and then settled).
/// These three are aligned to 64 bytes.
struct clew_reach {
  uint64_t *seen;
  uint64_t *wave;
  uint64_t *found;
  struct clew_reach_sums *sums;
  /// The searches of which bit `p` of the number of leaves is set, for each plane p.
  const uint64_t *planes;
  int64_t planeCount;
};

/// Finds the nodes that the nodes in `front` lead to, and writes them to `list`, each once.
///
/// @param offsets the arcs that leave a node: those of node u stand in `targets` from `offsets[u]`
///   to before `offsets[u + 1]`.
/// @return the number of nodes found.
int64_t clew_reach_push(
    const struct clew_reach *reach, const int32_t *front, int64_t frontCount,
    const int32_t *offsets, const int32_t *targets, int32_t *list);

/// Does what `clew_reach_push` does by asking each node from `first` to before `last` which of the
/// searches `all` have seen the nodes that lead to it.
///
/// @param offsets the arcs that lead to a node, and in `sources` the nodes that they come from.
/// @return the number of nodes found.
int64_t clew_reach_pull(
    const struct clew_reach *reach, const uint64_t *all, int64_t first, int64_t last,
    const int32_t *offsets, const int32_t *sources, int32_t *list);

/// Ends a step: adds what was found to the sums, as found at distance `level`, and to `seen`; writes
/// the nodes that no search had seen before to the end of `touched`.
///
/// @return the number of arcs that leave the nodes of `list`.
int64_t clew_reach_settle(
    const struct clew_reach *reach, const int32_t *list, int64_t count, int64_t level,
    const int32_t *offsets, int32_t *touched, int64_t *touchedCount);

/// Searches from one node alone and adds what the distances to the others add up to, with their
/// leaves 1 further, to the sums of the node: what the searches from all others would add to it.
///
/// @param sums the sums of the node.
/// @param offsets the arcs that lead to a node, and in `sources` the nodes that they come from.
/// @param leaves the number of leaves of each node.
/// @param reciprocals at d, 1 / d as a whole number of 2^-63, for every d up to one more than the
///   number of nodes.
/// @param marks a number for each node that is less than `mark`, which the nodes found will have.
/// @param queue room for every node.
void clew_reach_alone(
    struct clew_reach_sums *sums, int32_t node, const int32_t *offsets, const int32_t *sources,
    const int32_t *leaves, const uint64_t *reciprocals, int32_t *marks, int32_t mark,
    int32_t *queue);

/// Ends a step that only asks how far the searches get: adds what was found to `seen`, writes the
/// nodes that no search had seen before to the end of `touched`, and the searches that found any
/// node to `moved`, which has `CLEW_REACH_WORDS` words and is aligned to 64 bytes.
///
/// @return the number of arcs that leave the nodes of `list`.
int64_t clew_reach_mark(
    const struct clew_reach *reach, const int32_t *list, int64_t count, const int32_t *offsets,
    int32_t *touched, int64_t *touchedCount, uint64_t *moved);

/// Sets the words of the nodes in `list` to zero.
void clew_reach_clear(uint64_t *words, const int32_t *list, int64_t count);

#endif

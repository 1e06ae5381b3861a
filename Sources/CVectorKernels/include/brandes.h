// SPDX-License-Identifier: Apache-2.0
// Shortest paths from up to 64 sources at once, counted eight sources at a time.

#ifndef CLEW_BRANDES_H
#define CLEW_BRANDES_H

#include <stdint.h>

#define CLEW_BRANDES_LANES 8
#define CLEW_BRANDES_OCTETS 8
/// The most levels, that of the source included, that a search may have.
#define CLEW_BRANDES_LEVELS 250

/// A network, and space for searches of its nodes from `first` to before `last`, which no arc
/// leaves. Numbers in eight lanes are aligned to 64 bytes.
///
/// Those of the eight sources of an octet stand in one number or eight: source s is lane s % 8 of
/// octet s / 8.
struct clew_brandes {
  /// The arcs that leave a node: those of node u stand in `targets` from `offsets[u]` to before
  /// `offsets[u + 1]`. Their number is a multiple of four: as many as it takes lead to the last node
  /// of the network, which has no other arcs and stands for none.
  const int32_t *offsets, *targets;
  /// Likewise the arcs that lead to a node, and in `origins` the nodes that they come from.
  const int32_t *backOffsets, *origins;
  /// The number of nodes of the network, the last one included.
  int64_t nodeCount;
  int64_t first, last;

  /// For each octet, of each node, the level in each lane; 255 where no path leads.
  uint8_t *levels;
  /// For each octet, the nodes of each level: a node as often as its levels differ. There are eight
  /// times as many places to an octet as nodes, and one more.
  int32_t *entries;
  /// For each octet, where the entries of each level begin, and where those of the last end: 256
  /// places to an octet.
  int32_t *starts;
  /// Of each node, the sources that have reached it, those that do so now and those that just did.
  uint64_t *seen, *found, *wave;
  /// Two lists of nodes.
  int32_t *front, *next;

  /// Of each node: the number of paths in each lane.
  double *paths;
  /// Of each node: (mass + dependency) / paths.
  double *shares;
  /// Of each node, the number of nodes that it stands for.
  const double *masses;
};

/// Finds the levels of the nodes and the entries of each octet.
///
/// @param count the number of sources, at most 64.
/// @return the number of levels; 0 when there are more than `CLEW_BRANDES_LEVELS`, of which nothing
///   is left behind.
int64_t clew_brandes_search(
    const struct clew_brandes *space, const int32_t *sources, int64_t count);

/// Counts the paths from the sources of an octet, and adds what they have pass through each node to
/// the eight lanes of its sum. Levels and entries are those of the search before.
///
/// @param own the masses of the sources; 0 in lanes without.
/// @param sums eight lanes of each node.
/// @return whether all numbers of paths are finite.
int clew_brandes_nodes(
    const struct clew_brandes *space, int64_t octet, int64_t levelCount, const int32_t *sources,
    int64_t count, const double *own, double *sums);

/// Does what `clew_brandes_nodes` does for the arcs that leave the nodes.
///
/// @param edges for each arc, the place of its sum in `sums`.
int clew_brandes_edges(
    const struct clew_brandes *space, int64_t octet, int64_t levelCount, const int32_t *sources,
    int64_t count, const double *own, const int32_t *edges, double *sums);

#endif

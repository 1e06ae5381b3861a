# SPDX-License-Identifier: Apache-2.0
"""How two answers are compared: number by number, or by how good the groups are that they found."""
import math

# Each library iterates to its own tolerance.
TOLERANCE = {"pagerank": 1e-6, "eigenvector": 1e-6, "hubs": 1e-6, "katz": 1e-6}
# Known up to a factor.
SCALED = ["eigenvector", "hubs"]
MODULARITY = ["leiden", "louvain", "label-propagation"]
# How much of the peer's modularity one search of Clew's must find. Where a network has no groups
# to speak of, single Louvain searches of one library lie 5 % apart (igraph, ba2000).
LEAST_SHARE = {"leiden": 0.99, "louvain": 0.95}
GROUPS = [*MODULARITY, "infomap"]


def by_largest(values):
    largest = max(map(abs, values))
    return [value / largest for value in values]


def disagreement(task, ours, theirs):
    """The largest relative difference; infinite where the answers are not comparable."""
    if len(ours) != len(theirs) or not all(map(math.isfinite, [*ours, *theirs])):
        return math.inf
    if task in SCALED:
        ours, theirs = by_largest(ours), by_largest(theirs)
    scale = 1e-12 if task == "pagerank" else 1.0
    return max(abs(a - b) / max(abs(a), abs(b), scale) for a, b in zip(ours, theirs))


def ends(pairs, groups):
    """For each group the edges inside, and the edge ends its nodes have."""
    inside, total = {}, {}
    for a, b in pairs:
        for node in (a, b):
            total[groups[node]] = total.get(groups[node], 0) + 1
        if groups[a] == groups[b]:
            inside[groups[a]] = inside.get(groups[a], 0) + 1
    return inside, total


def modularity(pairs, groups):
    inside, total = ends(pairs, groups)
    m = len(pairs)
    return sum(inside.get(g, 0) / m - (k / (2 * m)) ** 2 for g, k in total.items())


def codelength(pairs, groups):
    """Bits a step of a walk takes by the map equation with two levels."""
    def plogp(flow):
        return flow * math.log2(flow) if flow > 0 else 0

    inside, total = ends(pairs, groups)
    both = 2 * len(pairs)
    degree = {}
    for pair in pairs:
        for node in pair:
            degree[node] = degree.get(node, 0) + 1
    leaving = {g: (k - 2 * inside.get(g, 0)) / both for g, k in total.items()}
    return (plogp(sum(leaving.values())) - 2 * sum(map(plogp, leaving.values()))
            - sum(plogp(k / both) for k in degree.values())
            + sum(plogp(leaving[g] + k / both) for g, k in total.items()))


def comparable(task, pairs, values):
    """The numbers to compare: of groups only how good they are."""
    if task in GROUPS:
        return [(modularity if task in MODULARITY else codelength)(pairs, values)]
    return values


def judge(task, ours, theirs):
    """How far apart two answers are, in words, and whether that is too far."""
    if task in GROUPS:
        words = f"{'Q' if task in MODULARITY else 'L'} {ours[0]:.4f}, {theirs[0]:.4f}"
        if task == "label-propagation":  # maximises nothing, and draws decide: no answer is wrong
            return words, not math.isfinite(ours[0])
        if task == "infomap":
            return words, not ours[0] <= 1.01 * theirs[0]
        return words, not ours[0] >= LEAST_SHARE[task] * theirs[0]
    worst = disagreement(task, ours, theirs)
    return f"{worst:.0e}", not worst <= TOLERANCE.get(task, 1e-9)

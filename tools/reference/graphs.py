# SPDX-License-Identifier: Apache-2.0
"""The graphs that reference numbers are computed on: named ones and seeded random ones."""

import random
from dataclasses import dataclass


@dataclass
class Sample:
    """An edge list with what its edges mean."""

    name: str
    origin: str
    directed: bool
    nodes: int
    edges: list
    weighting: str | None = None
    weights: list | None = None


def samples():
    """All graphs, in the order in which their files are written."""
    yield Sample("path-7", "the chain of 7 nodes", False, 7, [(i, i + 1) for i in range(6)])
    yield Sample("star-8", "node 0 tied to 7 others", False, 8, [(0, i) for i in range(1, 8)])
    yield Sample("cycle-9-directed", "the directed ring of 9 nodes", True, 9,
                 [(i, (i + 1) % 9) for i in range(9)])
    yield Sample("petersen", "the Petersen graph", False, 10, _petersen())
    yield Sample("kite", "the kite of Krackhardt (1990)", False, 10, _kite())
    yield Sample("barbell", "two complete graphs of 5 nodes joined by a chain of 2", False, 12,
                 _barbell())
    yield Sample("clubs", "two planted groups of 17 with leaders 0 and 33, seed 34", False, 34,
                 _clubs(34))
    yield Sample("scattered", "sparse random graph in several components, seed 5", False, 40,
                 _random(40, 34, False, 5))
    yield Sample("random", "random graph of 60 nodes, seed 6", False, 60, _random(60, 150, False, 6))
    yield Sample("random-directed", "random directed graph of 40 nodes, seed 7", True, 40,
                 _random(40, 110, True, 7))
    yield Sample("scattered-directed", "sparse random directed graph, seed 8", True, 40,
                 _random(40, 46, True, 8))
    # Strengths that are powers of two make lengths that add up exactly, so that equally short
    # paths are equal in any program.
    yield _weighted("strength", "random graph, strengths 1/2 to 4, seed 9", 40, 90, False, 9,
                    "strength", lambda r: r.choice([0.5, 1.0, 2.0, 4.0]))
    yield _weighted("strength-directed", "random directed graph, strengths 1/2 to 4, seed 10", 40,
                    120, True, 10, "strength", lambda r: r.choice([0.5, 1.0, 2.0, 4.0]))
    yield _weighted("strength-real", "random graph, real strengths, seed 11", 40, 100, False, 11,
                    "strength", lambda r: round(r.uniform(0.1, 9), 3))
    yield _weighted("length", "random graph, whole lengths 1 to 5, seed 12", 40, 90, False, 12,
                    "length", lambda r: float(r.randint(1, 5)))
    yield _weighted("length-directed", "random directed graph, whole lengths 1 to 5, seed 13", 40,
                    120, True, 13, "length", lambda r: float(r.randint(1, 5)))


def _petersen():
    edges = []
    for i in range(5):
        edges += [(i, (i + 1) % 5), (i, i + 5), (i + 5, (i + 2) % 5 + 5)]
    return edges


def _kite():
    return [(0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5), (3, 4), (3, 5),
            (3, 6), (4, 6), (5, 6), (5, 7), (6, 7), (7, 8), (8, 9)]


def _barbell():
    def clique(first):
        return [(first + a, first + b) for a in range(5) for b in range(a + 1, 5)]

    return clique(0) + [(4, 5), (5, 6), (6, 7)] + clique(7)


def _clubs(seed):
    draw = random.Random(seed)
    edges = set()
    for leader, members in ((0, range(1, 17)), (33, range(17, 33))):
        for member in members:
            if draw.random() < 0.7:
                edges.add(tuple(sorted((leader, member))))
        for member in members:
            other = draw.choice(members)
            if other != member:
                edges.add(tuple(sorted((member, other))))
    for _ in range(8):
        edges.add((draw.randrange(17), draw.randrange(17, 34)))
    return sorted(edges)


def _random(nodes, count, directed, seed):
    draw = random.Random(seed)
    edges = []
    seen = set()
    while len(edges) < count:
        a, b = draw.randrange(nodes), draw.randrange(nodes)
        key = (a, b) if directed else tuple(sorted((a, b)))
        if a != b and key not in seen:
            seen.add(key)
            edges.append((a, b))
    return edges


def _weighted(name, origin, nodes, count, directed, seed, weighting, weight):
    edges = _random(nodes, count, directed, seed)
    draw = random.Random(seed + 1000)
    return Sample(name, origin, directed, nodes, edges, weighting, [weight(draw) for _ in edges])

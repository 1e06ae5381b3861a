# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Reference/Cohesion/weighted-clustering.json: Barrat's coefficients by igraph, Onnela's
by networkx, on simple undirected graphs. Nodes with fewer than two neighbours count 0 in both."""
import json
import pathlib
import random

import igraph
import networkx


def case(name, nodes, count, weight):
    generator = random.Random(name)
    pairs = [(a, b) for a in range(nodes) for b in range(a + 1, nodes)]
    edges = sorted(generator.sample(pairs, count))
    weights = [weight(generator) for _ in edges]
    graph = igraph.Graph(n=nodes, edges=edges)
    barrat = graph.transitivity_local_undirected(mode="zero", weights=weights)
    other = networkx.Graph()
    other.add_nodes_from(range(nodes))
    other.add_weighted_edges_from((a, b, w) for (a, b), w in zip(edges, weights))
    onnela = networkx.clustering(other, weight="weight")
    return {
        "name": name, "nodes": nodes, "edges": edges, "weights": weights,
        "barrat": barrat, "onnela": [float(onnela[v]) for v in range(nodes)],
    }


cases = [
    case("sparse", 20, 40, lambda g: g.randint(1, 9)),
    case("dense", 15, 70, lambda g: round(g.uniform(0.01, 3), 3)),
    case("wide", 16, 60, lambda g: 10 ** g.randint(-4, 4)),
]
versions = {"igraph": igraph.__version__, "networkx": networkx.__version__}
path = pathlib.Path(__file__).parents[2] / "Tests/Reference/Cohesion/weighted-clustering.json"
path.parent.mkdir(exist_ok=True)
lines = ",\n".join(json.dumps(c) for c in cases)
path.write_text('{"versions": %s, "cases": [\n%s\n]}\n' % (json.dumps(versions), lines))

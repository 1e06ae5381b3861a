# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Reference/Communities/potts.json: the constant Potts model by leidenalg and igraph.

Needs python-igraph and leidenalg. Run it from anywhere:

    python3 tools/reference/potts.py

Both tools value one given partition of each graph at several resolutions, and both look for the
best division: the best value of 50 searches run until stable is kept. The script stops when the
tools differ by more than 1e-9 on the value of the given partition.
"""

import json
import pathlib
import random

import igraph
import leidenalg

import graphs

FILE = pathlib.Path(__file__).resolve().parents[2] / "Tests/Reference/Communities/potts.json"
NAMES = ["clubs", "random", "strength", "random-directed", "strength-directed"]
CONVENTION = (
    "sum over groups of inside strength - resolution * pairs, ordered pairs when directed: "
    "leidenalg CPMVertexPartition.quality(), halved when undirected; igraph community_leiden("
    "objective_function=CPM).quality * m + resolution * n / 2 (undirected only)")


def main():
    result = {"tools": {"igraph": igraph.__version__, "leidenalg": leidenalg.__version__},
              "convention": CONVENTION, "graphs": []}
    for sample in graphs.samples():
        if sample.name in NAMES:
            result["graphs"].append(known(sample))
    FILE.write_text(json.dumps(result) + "\n")


def known(sample):
    graph = igraph.Graph(n=sample.nodes, edges=sample.edges, directed=sample.directed)
    weights = sample.weights or [1.0] * len(sample.edges)
    third = -(-sample.nodes // 3)
    partition = [i // third for i in range(sample.nodes)]
    values = []
    for resolution in [0.05, 0.2, 1.0]:
        entry = {"resolution": resolution}
        given = leidenalg.CPMVertexPartition(
            graph, initial_membership=partition, weights=weights, resolution_parameter=resolution)
        share = 1 if sample.directed else 2
        entry["leidenalg"] = given.quality() / share
        entry["best-leidenalg"] = max(
            leidenalg.find_partition(
                graph, leidenalg.CPMVertexPartition, weights=weights, n_iterations=-1, seed=seed,
                resolution_parameter=resolution).quality() / share for seed in range(50))
        if not sample.directed:
            entry["igraph"] = by_igraph(graph, weights, partition, resolution)
            random.seed(1)
            entry["best-igraph"] = max(
                brought(graph, weights, resolution, graph.community_leiden(
                    objective_function="CPM", weights=weights, resolution=resolution,
                    n_iterations=-1).quality) for _ in range(50))
            if abs(entry["igraph"] - entry["leidenalg"]) > 1e-9:
                raise SystemExit(f"{sample.name}: {entry} differ")
        values.append(entry)
    return {"name": sample.name, "partition": partition, "values": values}


def by_igraph(graph, weights, partition, resolution):
    """The value from igraph's contraction: loops hold what lies inside, `size` the nodes."""
    groups = graph.copy()
    groups.es["weight"] = weights
    groups.vs["size"] = 1
    groups.contract_vertices(partition, combine_attrs={"size": "sum"})
    inside = sum(e["weight"] for e in groups.es if e.is_loop())
    return inside - resolution * sum(k * (k - 1) / 2 for k in groups.vs["size"])


def brought(graph, weights, resolution, quality):
    return quality * sum(weights) + resolution * graph.vcount() / 2


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Reference/Communities/infomap.json: map equation lengths of the program infomap.

Needs infomap and python-igraph. Run it from anywhere:

    python3 tools/reference/infomap_lengths.py

Convention: two levels, infomap's defaults (directed: teleportation 0.15 to links, not recorded);
the best of 50 trials. Nodes without edges stand alone. igraph's length is that of its own search, on
undirected graphs without self-loops, where both programs measure alike.
"""

import json
import pathlib
import warnings

import igraph
import infomap

import graphs

PATH = (pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Reference" / "Communities"
        / "infomap.json")


def samples():
    for sample in graphs.samples():
        if sample.weighting != "length":
            yield sample
    loops = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3), (0, 0), (4, 4)]
    weights = [1.0, 2.0, 0.5, 1.0, 4.0, 2.0, 0.25, 3.0, 1.5]
    for directed in (False, True):
        suffix = "-directed" if directed else ""
        yield graphs.Sample("loops" + suffix, "two triangles, self-loops", directed, 6, loops)
        yield graphs.Sample("loops-strength" + suffix, "the same with strengths", directed, 6, loops,
                            "strength", weights)


def entry(sample):
    weights = sample.weights or [1.0] * len(sample.edges)
    search = infomap.Infomap(
        two_level=True, silent=True, directed=sample.directed, num_trials=50, seed=7)
    for (a, b), weight in zip(sample.edges, weights):
        search.add_link(a, b, weight)
    search.run()
    modules = search.get_modules()
    found = {
        "name": sample.name, "direction": "directed" if sample.directed else "undirected",
        "nodes": sample.nodes, "edges": [list(edge) for edge in sample.edges],
        "weights": sample.weights,
        "partition": [modules.get(node, 1000 + node) for node in range(sample.nodes)],
        "codelength": search.codelength, "oneModule": search.one_level_codelength,
    }
    if not sample.directed and all(a != b for a, b in sample.edges):
        graph = igraph.Graph(sample.nodes, sample.edges)
        found["igraph"] = graph.community_infomap(edge_weights=weights, trials=50).codelength
    return found


def main():
    warnings.simplefilter("ignore")
    PATH.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(entry(sample)) for sample in samples()]
    versions = {"infomap": infomap.__version__, "igraph": igraph.__version__}
    text = '{"versions": ' + json.dumps(versions) + ',\n"graphs": [\n' + ",\n".join(lines) + "\n]}\n"
    PATH.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

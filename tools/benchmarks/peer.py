# SPDX-License-Identifier: Apache-2.0
"""A worker: loads one graph into one library, then times the task each line of input names."""
import importlib
import json
import resource
import sys
import time


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def igraph_tasks(n, pairs):
    igraph = importlib.import_module("igraph")
    g = igraph.Graph(n=n, edges=pairs)

    def sizes(parts):
        size = parts.sizes()
        return [size[group] for group in parts.membership]

    return {
        "betweenness": g.betweenness,
        "harmonic": lambda: [h * (n - 1) for h in g.harmonic_centrality()],
        "core": g.coreness,
        "clustering": lambda: g.transitivity_local_undirected(mode="zero"),
        "pagerank": g.pagerank,
        "components": (g.connected_components, sizes),
    }


def networkit_tasks(n, pairs, threads):
    nk = importlib.import_module("networkit")
    nk.setNumberOfThreads(threads)
    g = nk.Graph(n)
    for source, target in pairs:
        g.addEdge(source, target)

    def sizes(parts):
        size = parts.getComponentSizes()
        return [size[parts.componentOfNode(v)] for v in range(n)]

    return {
        # NetworKit counts each pair of an undirected graph in both orders.
        "betweenness": lambda: [b / 2 for b in nk.centrality.Betweenness(g).run().scores()],
        "harmonic": lambda: nk.centrality.HarmonicCloseness(g, False).run().scores(),
        "core": lambda: nk.centrality.CoreDecomposition(g).run().scores(),
        "components": (lambda: nk.components.ConnectedComponents(g).run(), sizes),
    }


def networkx_tasks(n, pairs):
    nx = importlib.import_module("networkx")
    g = nx.Graph()
    g.add_nodes_from(range(n))
    g.add_edges_from(pairs)

    def values(function, *arguments, **options):
        return lambda: list(map(function(g, *arguments, **options).get, range(n)))

    return {
        "betweenness": values(nx.betweenness_centrality, normalized=False),
        "harmonic": values(nx.harmonic_centrality),
        "core": values(nx.core_number),
        "clustering": values(nx.clustering),
        "pagerank": values(nx.pagerank, tol=1e-14, max_iter=1000),
    }


def main():
    library, path, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(path) as file:
        n = int(file.readline().split()[0])
        pairs = [tuple(map(int, line.split())) for line in file]
    if library == "networkit":
        tasks = networkit_tasks(n, pairs, threads)
    else:
        tasks = {"igraph": igraph_tasks, "networkx": networkx_tasks}[library](n, pairs)
    print(json.dumps(sorted(tasks)), flush=True)
    for line in sys.stdin:
        task = tasks[line.strip()]
        # A pair is what is timed and what only brings its answer into the common form.
        compute, convert = task if isinstance(task, tuple) else (task, list)
        cpu, wall = processor_seconds(), time.monotonic()
        answer = compute()
        cpu, wall = processor_seconds() - cpu, time.monotonic() - wall
        print(json.dumps({"cpu": cpu, "wall": wall, "values": list(convert(answer))}), flush=True)


main()

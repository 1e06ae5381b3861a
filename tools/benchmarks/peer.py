# SPDX-License-Identifier: Apache-2.0
"""A worker: loads one graph into one library, then times the task each line of input names.

A task is a pair: what is timed, and what brings its answer into the numbers all libraries are
compared by, outside the timed part.
"""
import importlib
import json
import math
import resource
import sys
import time
import warnings


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def flags(members, count):
    values = [0] * count
    for member in members:
        values[member] = 1
    return values


def most_tied(n, pairs):
    """The eight nodes of most ties, of equal ones the first, and the largest number of ties."""
    degree = [0] * n
    for pair in pairs:
        for node in pair:
            degree[node] += 1
    return sorted(range(n), key=lambda v: (-degree[v], v))[:8], max(1, *degree)


def hops(rows, unreached):
    return [-1 if d >= unreached else d for row in rows for d in row]


def igraph_tasks(n, pairs, lengths, threads):
    igraph = importlib.import_module("igraph")
    numpy = importlib.import_module("numpy")
    g = igraph.Graph(n=n, edges=pairs)
    array = numpy.array(pairs, dtype=numpy.int64)

    def sizes(parts):
        size = parts.sizes()
        return [size[group] for group in parts.membership]

    def wasserman_faust(values):
        return [0 if c != c else c * (size - 1) / (n - 1)
                for c, size in zip(values, sizes(g.connected_components()))]

    def triangles(values):
        return [round(c * d * (d - 1) / 2) for c, d in zip(values, g.degree())]

    def members(parts):
        return parts.membership

    hubs, _ = most_tied(n, pairs)
    tasks = {
        "betweenness": (g.betweenness, list),
        "weighted-betweenness": (lambda: g.betweenness(weights=lengths), list),
        "edge-betweenness": (g.edge_betweenness, list),
        "harmonic": (g.harmonic_centrality, lambda values: [h * (n - 1) for h in values]),
        "closeness": (g.closeness, wasserman_faust),
        "degree": (g.degree, list),
        "core": (g.coreness, list),
        "clustering": (lambda: g.transitivity_local_undirected(mode="zero"), list),
        "triangles": (lambda: g.transitivity_local_undirected(mode="zero"), triangles),
        "pagerank": (g.pagerank, list),
        "eigenvector": (g.eigenvector_centrality, list),
        "components": (g.connected_components, sizes),
        "bridges": (g.bridges, lambda edges: flags(edges, len(pairs))),
        "articulation": (g.articulation_points, lambda nodes: flags(nodes, n)),
        "leiden": (lambda: g.community_leiden(objective_function="modularity"),
                   members),
        "louvain": (g.community_multilevel, members),
        "label-propagation": (g.community_label_propagation, members),
        "infomap": (lambda: g.community_infomap(trials=1), members),
        "diameter": (g.diameter, lambda steps: [steps]),
        "eccentricity": (g.eccentricity, list),
        "spanning-forest": (lambda: g.spanning_tree(weights=lengths, return_tree=False),
                            lambda edges: [sum(lengths[edge] for edge in edges)]),
        "blocks": (g.biconnected_components, lambda blocks: sorted(blocks.sizes())),
        "bfs": (lambda: g.distances(source=hubs), lambda rows: hops(rows, math.inf)),
        "shortest-paths": (lambda: g.distances(source=hubs[:1], weights=lengths),
                           lambda rows: hops(rows, math.inf)),
        "hubs": (g.hub_score, list),
        "weighted-clustering": (
            lambda: g.transitivity_local_undirected(mode="zero", weights=lengths), list),
        "build": (lambda: igraph.Graph(n=n, edges=array), lambda graph: graph.degree()),
    }
    if not g.is_connected():
        del tasks["eigenvector"], tasks["hubs"]  # igraph warns that its values then mean nothing
    return tasks


def leidenalg_tasks(n, pairs, lengths, threads):
    leidenalg = importlib.import_module("leidenalg")
    g = importlib.import_module("igraph").Graph(n=n, edges=pairs)
    kind = leidenalg.ModularityVertexPartition
    return {"leiden": (lambda: leidenalg.find_partition(g, kind, seed=1),
                       lambda parts: parts.membership)}


def infomap_tasks(n, pairs, lengths, threads):
    network = importlib.import_module("infomap").Infomap(
        args="--two-level --silent --num-trials 1 --num-threads 1")
    network.add_links(pairs)

    def groups(result):
        # Nodes without ties are no part of its network: each is a group of its own.
        found = result.modules()
        return [found.get(v, -1 - v) for v in range(n)]

    return {"infomap": (network.run, groups)}


def networkit_tasks(n, pairs, lengths, threads):
    nk = importlib.import_module("networkit")
    numpy = importlib.import_module("numpy")
    nk.setNumberOfThreads(threads)
    columns = numpy.array(pairs, dtype=numpy.int64).T.copy()
    ones = numpy.ones(len(pairs))
    g = nk.GraphFromCoo((ones, (columns[0], columns[1])), n=n, weighted=False)
    weighted = nk.GraphFromCoo((numpy.array(lengths, dtype=float), (columns[0], columns[1])),
                               n=n, weighted=True)
    g.indexEdges()
    centrality = nk.centrality

    def run(make):
        return lambda: make().run()

    def scores(algorithm):
        return algorithm.scores()

    def sizes(parts):
        size = parts.getComponentSizes()
        return [size[parts.componentOfNode(v)] for v in range(n)]

    def halves(values):
        # NetworKit counts each pair of an undirected graph in both orders.
        return [b / 2 for b in values]

    def of_edges(algorithm):
        values = algorithm.edgeScores()
        return halves(values[g.edgeId(a, b)] for a, b in pairs)

    def pagerank():
        rank = centrality.PageRank(g, 0.85, 1e-13,
                                   distributeSinks=centrality.SinkHandling.DistributeSinks)
        rank.norm = centrality.Norm.l1norm
        return rank.run()

    def group(algorithm):
        return algorithm.getPartition().getVector()

    def searches():
        return [nk.distance.BFS(g, hub, False).run().getDistances() for hub in hubs]

    hubs, _ = most_tied(n, pairs)
    unreached = sys.float_info.max
    variant = centrality.ClosenessVariant.GENERALIZED
    tasks = {
        "betweenness": (run(lambda: centrality.Betweenness(g)), lambda a: halves(a.scores())),
        "weighted-betweenness": (run(lambda: centrality.Betweenness(weighted)),
                                 lambda a: halves(a.scores())),
        "edge-betweenness": (run(lambda: centrality.Betweenness(g, False, True)), of_edges),
        "harmonic": (run(lambda: centrality.HarmonicCloseness(g, False)), scores),
        "closeness": (run(lambda: centrality.Closeness(g, True, variant)), scores),
        "core": (run(lambda: centrality.CoreDecomposition(g)), scores),
        "clustering": (run(lambda: centrality.LocalClusteringCoefficient(g)), scores),
        "pagerank": (pagerank, scores),
        "components": (run(lambda: nk.components.ConnectedComponents(g)), sizes),
        "leiden": (run(lambda: nk.community.ParallelLeiden(g)),
                   group),
        "louvain": (run(lambda: nk.community.PLM(g)), group),
        "label-propagation": (run(lambda: nk.community.PLP(g)), group),
        "top-closeness": (run(lambda: centrality.TopCloseness(g, min(10, n))),
                          lambda a: a.topkScoresList()[:10]),
        "diameter": (run(lambda: nk.distance.Diameter(g, nk.distance.DiameterAlgo.EXACT)),
                     lambda a: [a.getDiameter()[0]]),
        "bfs": (searches, lambda rows: hops(rows, unreached)),
        "shortest-paths": (run(lambda: nk.distance.Dijkstra(weighted, hubs[0], False)),
                           lambda a: hops([a.getDistances()], unreached)),
        "build": (lambda: nk.GraphFromCoo((ones, (columns[0], columns[1])), n=n, weighted=False),
                  lambda graph: [graph.degree(v) for v in range(n)]),
    }
    if any(g.degree(v) == 0 for v in range(n)):
        del tasks["pagerank"]  # NetworKit differs from igraph and networkx on isolated nodes
    return tasks


def networkx_tasks(n, pairs, lengths, threads):
    nx = importlib.import_module("networkx")

    def build():
        graph = nx.Graph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from(pairs)
        return graph

    g = build()
    nx.set_edge_attributes(g, dict(zip(pairs, lengths)), "length")

    def values(function, **options):
        return (lambda: function(g, **options), lambda found: [found[v] for v in range(n)])

    _, most = most_tied(n, pairs)
    return {
        "betweenness": values(nx.betweenness_centrality, normalized=False),
        "weighted-betweenness": values(
            nx.betweenness_centrality, normalized=False, weight="length"),
        "edge-betweenness": (lambda: nx.edge_betweenness_centrality(g, normalized=False),
                             lambda found: [found[pair] for pair in pairs]),
        "harmonic": values(nx.harmonic_centrality),
        "closeness": values(nx.closeness_centrality),
        "core": values(nx.core_number),
        "clustering": values(nx.clustering),
        "triangles": values(nx.triangles),
        "pagerank": values(nx.pagerank, tol=1e-14, max_iter=1000),
        "katz": values(nx.katz_centrality, alpha=0.5 / most, normalized=False, tol=1e-14,
                       max_iter=1000),
        "articulation": (lambda: list(nx.articulation_points(g)), lambda found: flags(found, n)),
        "build": (build, lambda graph: [graph.degree(v) for v in range(n)]),
    }


def main():
    # igraph says on standard error that hubs of an undirected graph are known otherwise too.
    warnings.filterwarnings("ignore", "Hub and authority")
    library, path, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(path) as file:
        n = int(file.readline().split()[0])
        rows = [tuple(map(int, line.split())) for line in file]
    tasks = {"igraph": igraph_tasks, "infomap": infomap_tasks, "leidenalg": leidenalg_tasks,
             "networkit": networkit_tasks, "networkx": networkx_tasks}[library](
                 n, [row[:2] for row in rows], [row[2] for row in rows], threads)
    print(json.dumps(sorted(tasks)), flush=True)
    for line in sys.stdin:
        compute, convert = tasks[line.strip()]
        cpu, wall = processor_seconds(), time.monotonic()
        answer = compute()
        cpu, wall = processor_seconds() - cpu, time.monotonic() - wall
        print(json.dumps({"cpu": cpu, "wall": wall, "values": list(convert(answer))}), flush=True)


main()

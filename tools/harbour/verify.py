#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks networkx and igraph whether they find what is planted in datasets/harbour.

Needs networkx 3.4 or later and igraph 0.11 or later; prints the figures and ends with 1 if one is missed.
"""
import itertools
import random
import sys

sys.dont_write_bytecode = True
import igraph
import networkx as nx

import generate


def graph_of(case, keep):
    """The undirected graph of all ties, with their number as weight."""
    graph = nx.Graph()
    graph.add_nodes_from(name for name in case.community if keep(name))
    for _, pairs in case.relationships + case.events:
        for a, b in pairs:
            if keep(a) and keep(b):
                tie(graph, a, b)
    return graph


def tie(graph, a, b):
    graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0})["weight"] + 1)


def persons_of(case):
    """Persons tied by relationships, meetings and seizures among them, and by calls of their phones."""
    graph = graph_of(case, lambda name: name.startswith("person:"))
    users = {}
    for schema, pairs in case.relationships:
        if schema == "Use":
            users.setdefault(pairs[0][1], []).append(pairs[0][0])
    for schema, pairs in case.events:
        if schema == "Call":
            for a, b in itertools.product(users[pairs[0][0]], users[pairs[0][1]]):
                tie(graph, a, b)
    return graph


def agreement(case, graph, groups):
    label = {name: i for i, group in enumerate(groups) for name in group}
    names = [n for n in graph if case.community[n]]
    order = sorted(set(filter(None, case.community.values())))
    return igraph.compare_communities([label[n] for n in names],
                                      [order.index(case.community[n]) for n in names], method="nmi")


def report(case, title, graph):
    betweenness = nx.betweenness_centrality(graph)
    ranking = sorted(graph, key=lambda n: (-betweenness[n], n))
    print("%s: %d nodes, %d edges, %d components" % (
        title, len(graph), graph.number_of_edges(), nx.number_connected_components(graph)))
    for weight in (None, "weight"):
        scores = [agreement(case, graph, nx.community.louvain_communities(graph, weight=weight, seed=seed))
                  for seed in range(20)]
        print("  Louvain, %s, 20 seeds: NMI %.3f to %.3f, mean %.3f" % (
            "ties counted" if weight else "ties alike", min(scores), max(scores), sum(scores) / 20))
    names = list(graph)
    place = {n: i for i, n in enumerate(names)}
    plain = igraph.Graph(len(names), [(place[a], place[b]) for a, b in graph.edges()])
    weights = [d["weight"] for _, _, d in graph.edges(data=True)]
    agreed = []
    for kind in (None, weights):
        igraph.set_random_number_generator(random.Random(1))
        found = plain.community_leiden("modularity", weights=kind, n_iterations=-1)
        groups = [[names[i] for i in group] for group in found]
        agreed.append(agreement(case, graph, groups))
        print("  Leiden, %s: %d communities, modularity %.4f, NMI %.3f" % (
            "ties counted" if kind else "ties alike", len(groups), plain.modularity(found, weights=kind),
            agreed[-1]))
    for i, group in enumerate(groups):
        odd = {}
        for n in group:
            odd.setdefault(case.community[n], []).append(n)
        if "-v" in sys.argv:
            print("   ", i, {k: (len(v), v if len(v) < 6 else "") for k, v in odd.items()})
    print("  betweenness:", ", ".join("%s %.3f (degree %d)" % (n, betweenness[n], graph.degree(n)) for n in ranking[:8]))
    degrees = sorted(graph, key=lambda n: -graph.degree(n))
    print("  degree:", ", ".join("%s %d" % (n, graph.degree(n)) for n in degrees[:8]),
          "| coordinator's place", 1 + sum(graph.degree(n) > graph.degree("person:P001") for n in graph))
    return min(agreed), 1 + ranking.index("person:P001"), 1 + ranking.index("person:P010")


def main():
    case = generate.Case()
    print("entities %d, relationships %d, events %d, together %d" % (
        len(case.community), len(case.relationships), len(case.events),
        len(case.relationships) + len(case.events)))
    everything = graph_of(case, lambda name: True)
    entities = graph_of(case, lambda name: not name.startswith("investigation:"))
    persons = persons_of(case)
    report(case, "All entities", everything)
    nmi, rank, _ = report(case, "All entities but investigations", entities)
    _, among, _ = report(case, "Persons", persons)
    cuts = set(nx.articulation_points(persons))
    parted = persons.copy()
    parted.remove_node("person:P010")
    crew = {n for n in parted if case.community[n] == "port"}
    cell = {n for n in parted if case.community[n] == "cell"}
    apart = not any(nx.has_path(parted, a, b) for a in crew for b in cell)
    print("broker a cut node among persons:", "person:P010" in cuts, "| crew and cell apart without him:", apart)
    print("cut nodes among persons:", sorted(cuts))
    good = nmi > 0.8 and rank <= 3 and among <= 3 and "person:P010" in cuts and apart
    good = good and 140 <= len(case.community) <= 165
    good = good and 380 <= len(case.relationships) + len(case.events) <= 430
    print("as planted" if good else "NOT as planted")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

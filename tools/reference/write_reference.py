# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Reference/*.json: what networkx and igraph find on named and seeded graphs.

Needs networkx, python-igraph, leidenalg, numpy and scipy. Run it from anywhere:

    python3 tools/reference/write_reference.py

Each number is computed by both tools where both have the measure; where a tool follows another
convention its number is brought to ours, and the convention says how. The script stops when the
tools differ by more than 1e-9, so that no file holds a number that is in dispute.
"""

import json
import math
import pathlib
import platform

import igraph
import leidenalg
import networkx as nx
import numpy
import scipy

import graphs

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Reference"

CONVENTIONS = {
    "lengths": "a path measures edges by their length, or by 1 / strength, or as 1",
    "degree": "edge ends; nx degree, in_degree, out_degree; igraph degree(mode)",
    "strength": "sums of strengths; nx degree(weight); igraph strength(mode)",
    "betweenness": "share of pairs: nx betweenness_centrality(normalized=True); igraph "
    "betweenness divided by (n-1)(n-2)/2, directed by (n-1)(n-2)",
    "edge-betweenness": "share of pairs: nx edge_betweenness_centrality(normalized=True); igraph "
    "edge_betweenness divided by n(n-1)/2, directed by n(n-1)",
    "closeness": "inward distances, (k/(n-1)) (k/S) with k nodes at finite distance and S their "
    "sum: nx closeness_centrality(wf_improved=True); igraph closeness(mode=in, normalized=True) "
    "times k/(n-1), 0 where k is 0",
    "out-closeness": "the same with outward distances: nx on the reversed graph; igraph mode=out",
    "closeness-component": "k/S, null where k is 0: nx closeness_centrality(wf_improved=False); "
    "igraph closeness(mode=in, normalized=True)",
    "closeness-padded": "(n-1)/(S + n (n-1-k)), from the distances of nx and of igraph",
    "harmonic": "sum of 1/distance, inward: nx harmonic_centrality; igraph "
    "harmonic_centrality(mode=in, normalized=False)",
    "out-harmonic": "the same outward: nx on the reversed graph; igraph mode=out",
    "eigenvector": "inward, on the largest component (directed: strong; of equal ones that of the "
    "first node), squares adding up to 1, null elsewhere: nx eigenvector_centrality_numpy; igraph "
    "eigenvector_centrality, scaled",
    "pagerank": "damping 0.85, dangling nodes go anywhere: nx pagerank(tol=1e-15); igraph pagerank",
    "katz": "inward, beta 1, alpha 0.85 over the largest eigenvalue (0: over the largest in-strength): "
    "nx katz_centrality_numpy(normalized=False); igraph get_adjacency_sparse, solved by numpy",
    "hubs, authorities": "squares adding up to 1, only where the largest singular value is alone: nx "
    "hits; igraph hub_score, authority_score, scaled",
    "restart": "PageRank from `shares` (node, weight), where dangling nodes go too: nx "
    "pagerank(personalization, tol=1e-15); igraph personalized_pagerank(reset)",
    "core": "directed: in + out: nx core_number; igraph coreness(mode=all)",
    "clustering": "directions ignored, 0 below degree 2: nx clustering; igraph "
    "transitivity_local_undirected(mode=zero)",
    "density": "directed: arcs/(n(n-1)): nx density; igraph density",
    "reciprocity": "share of arcs returned: nx overall_reciprocity; igraph reciprocity",
    "transitivity": "directions ignored: nx transitivity; igraph transitivity_undirected(zero)",
    "average-clustering": "directions ignored, 0 below degree 2: nx average_clustering; igraph "
    "transitivity_avglocal_undirected(mode=zero)",
    "triangles": "directions ignored: nx triangles; igraph list_triangles",
    "degree-assortativity": "directions ignored: nx degree_assortativity_coefficient; igraph "
    "assortativity_degree(directed=False)",
    "mean-distance, diameter": "in ties, directions ignored, on the largest component: nx "
    "average_shortest_path_length, diameter; igraph average_path_length, diameter",
    "components, strong-components": "for each node the first node of its component",
    "articulation-points, bridges": "directions ignored, a pair tied both ways being one tie",
    "modularity": "of `partition`, strengths as weights, directed by Leicht and Newman: nx "
    "modularity; igraph modularity(directed=True)",
    "optimum": "the highest modularity there is: igraph community_optimal_modularity (at most 40 "
    "nodes, undirected); else leidenalg, the best of 100 seeds run until stable, a lower bound",
}


def reference(sample):
    """The contents of one file."""
    given = {
        "name": sample.name, "origin": sample.origin,
        "direction": "directed" if sample.directed else "undirected",
        "weighting": sample.weighting, "nodes": sample.nodes,
        "edges": [list(edge) for edge in sample.edges], "weights": sample.weights,
    }
    both = Pair(sample)
    return {
        "graph": given,
        "versions": {
            "python": platform.python_version(), "networkx": nx.__version__,
            "igraph": igraph.__version__, "leidenalg": leidenalg.__version__,
            "numpy": numpy.__version__, "scipy": scipy.__version__,
        },
        "conventions": CONVENTIONS,
        "nodes": agreed(sample, both.node_measures()),
        "edges": agreed(sample, both.edge_measures()),
        "figures": agreed(sample, both.figures()),
        "groups": agreed(sample, both.groups()),
        "modularity": both.modularity(),
        "restart": both.restart(sample),
    }


class Pair:
    """One graph in both tools."""

    def __init__(self, sample):
        self.sample = sample
        self.n = sample.nodes
        self.directed = sample.directed
        weights = sample.weights or [1.0] * len(sample.edges)
        is_length = sample.weighting == "length"
        self.strengths = None if is_length else weights
        self.lengths = weights if is_length else [1 / w for w in weights]
        self.nx = (nx.DiGraph if self.directed else nx.Graph)()
        self.nx.add_nodes_from(range(self.n))
        for (a, b), weight, length in zip(sample.edges, weights, self.lengths):
            self.nx.add_edge(a, b, strength=weight, length=length)
        self.ig = igraph.Graph(self.n, sample.edges, directed=self.directed)
        self.nx_simple = nx.Graph(self.nx.to_undirected()) if self.directed else self.nx
        self.ig_simple = self.ig.as_undirected(mode="collapse") if self.directed else self.ig

    def node_measures(self):
        n, g, h = self.n, self.nx, self.ig
        backwards = g.reverse() if self.directed else g
        pairs = (n - 1) * (n - 2) / (1 if self.directed else 2)
        measures = {
            "degree": (row(g.degree(), n), h.degree()),
            "in-degree": (row((g.in_degree if self.directed else g.degree)(), n), h.degree(mode="in")),
            "out-degree": (row((g.out_degree if self.directed else g.degree)(), n),
                           h.degree(mode="out")),
            "betweenness": (
                row(nx.betweenness_centrality(g, weight="length"), n),
                [b / pairs for b in h.betweenness(directed=self.directed, weights=self.lengths)]),
            "closeness": (row(nx.closeness_centrality(g, distance="length"), n),
                          self.ig_closeness("in", scaled=True)),
            "out-closeness": (row(nx.closeness_centrality(backwards, distance="length"), n),
                              self.ig_closeness("out", scaled=True)),
            "closeness-component": (self.nx_component_closeness(),
                                    self.ig_closeness("in", scaled=False)),
            "closeness-padded": (self.padded(self.nx_distances()), self.padded(self.ig_distances())),
            "harmonic": (row(nx.harmonic_centrality(g, distance="length"), n),
                         h.harmonic_centrality(mode="in", weights=self.lengths, normalized=False)),
            "out-harmonic": (row(nx.harmonic_centrality(backwards, distance="length"), n),
                             h.harmonic_centrality(
                                 mode="out", weights=self.lengths, normalized=False)),
            "core": (row(nx.core_number(g), n), h.coreness(mode="all")),
            "clustering": (row(nx.clustering(self.nx_simple), n),
                           self.ig_simple.transitivity_local_undirected(mode="zero")),
            "triangles": (row(nx.triangles(self.nx_simple), n),
                          [sum(v in t for t in self.ig_simple.list_triangles()) for v in range(n)]),
            "eccentricity": ([max(nx.single_source_shortest_path_length(self.nx_simple, v).values())
                              for v in range(n)], self.ig_simple.eccentricity()),
        }
        if self.strengths is not None:
            measures.update(self.strength_measures())
        return measures

    def strength_measures(self):
        n, g, h = self.n, self.nx, self.ig
        into = g.in_degree if self.directed else g.degree
        out = g.out_degree if self.directed else g.degree
        measures = {
            "strength": (row(g.degree(weight="strength"), n), h.strength(weights=self.strengths)),
            "in-strength": (row(into(weight="strength"), n),
                            h.strength(mode="in", weights=self.strengths)),
            "out-strength": (row(out(weight="strength"), n),
                             h.strength(mode="out", weights=self.strengths)),
            "pagerank": (
                row(nx.pagerank(g, alpha=0.85, tol=1e-15, max_iter=100000, weight="strength"), n),
                h.pagerank(damping=0.85, weights=self.strengths)),
        }
        measures["katz"] = self.katz()
        measures.update(self.hubs_and_authorities())
        core = self.largest(strong=self.directed)
        part = g.subgraph(core)
        if part.number_of_edges() > 0:
            values = nx.eigenvector_centrality_numpy(part, weight="strength")
            sign = 1 if sum(values.values()) > 0 else -1
            first = [sign * values[u] if u in values else None for u in range(n)]
            sub = h.copy()
            sub.es["strength"] = self.strengths
            sub.vs["node"] = list(range(n))
            sub = sub.induced_subgraph(sorted(core))
            scores = sub.eigenvector_centrality(weights="strength")
            norm = math.sqrt(sum(s * s for s in scores))
            second = [None] * n
            for node, score in zip(sub.vs["node"], scores):
                second[node] = score / norm
            measures["eigenvector"] = (first, second)
        return measures

    def matrices(self):
        # Entry (u, v) is the strength of the edges from u to v.
        self.ig.es["strength"] = self.strengths
        return (nx.to_numpy_array(self.nx, nodelist=range(self.n), weight="strength"),
                self.ig.get_adjacency_sparse("strength").toarray())

    def katz(self):
        first, second = self.matrices()
        radius = max(abs(numpy.linalg.eigvals(first)))
        alpha = 0.85 / (radius if radius > 1e-9 else first.sum(axis=0).max())
        values = nx.katz_centrality_numpy(
            self.nx, alpha=alpha, beta=1.0, normalized=False, weight="strength")
        solved = numpy.linalg.solve(numpy.eye(self.n) - alpha * second.T, numpy.ones(self.n))
        return (row(values, self.n), solved.tolist())

    def hubs_and_authorities(self):
        singular = numpy.linalg.svd(self.matrices()[0], compute_uv=False)
        if singular[1] > 0.999 * singular[0]:
            return {}
        weighed = nx.DiGraph() if self.directed else nx.Graph()
        weighed.add_nodes_from(range(self.n))
        weighed.add_weighted_edges_from(self.nx.edges(data="strength"))
        hubs, authorities = nx.hits(weighed, tol=1e-15)
        return {
            "hubs": (unit(row(hubs, self.n)), unit(self.ig.hub_score(weights=self.strengths))),
            "authorities": (unit(row(authorities, self.n)),
                            unit(self.ig.authority_score(weights=self.strengths))),
        }

    def restart(self, sample):
        if self.strengths is None:
            return None
        shares = {0: 1.0, 3: 2.5, self.n - 1: 0.5}
        reset = [shares.get(node, 0.0) for node in range(self.n)]
        return {"shares": list(shares.items())} | agreed(sample, {"pagerank": (
            row(nx.pagerank(self.nx, alpha=0.85, personalization=shares, tol=1e-15,
                            max_iter=100000, weight="strength"), self.n),
            self.ig.personalized_pagerank(damping=0.85, reset=reset, weights=self.strengths))})

    def largest(self, strong):
        parts = (nx.strongly_connected_components if strong else nx.connected_components)(self.nx)
        return max(parts, key=lambda part: (len(part), -min(part)))

    def nx_distances(self):
        # Inward: to each node from the others.
        table = [[math.inf] * self.n for _ in range(self.n)]
        for source, found in nx.all_pairs_dijkstra_path_length(self.nx, weight="length"):
            for target, distance in found.items():
                table[target][source] = distance
        return table

    def ig_distances(self):
        table = self.ig.distances(mode="in", weights=self.lengths)
        return [list(distances) for distances in table]

    def padded(self, table):
        result = []
        for node, distances in enumerate(table):
            finite = [d for other, d in enumerate(distances) if other != node and d < math.inf]
            missing = self.n - 1 - len(finite)
            result.append((self.n - 1) / (sum(finite) + self.n * missing))
        return result

    def nx_component_closeness(self):
        values = nx.closeness_centrality(self.nx, distance="length", wf_improved=False)
        return [values[u] if values[u] > 0 else None for u in range(self.n)]

    def ig_closeness(self, mode, scaled):
        values = self.ig.closeness(mode=mode, weights=self.lengths, normalized=True)
        result = []
        for node, value in enumerate(values):
            reached = len(self.ig.subcomponent(node, mode=mode)) - 1
            if reached == 0:
                result.append(0.0 if scaled else None)
            else:
                result.append(value * reached / (self.n - 1) if scaled else value)
        return result

    def edge_measures(self):
        values = nx.edge_betweenness_centrality(self.nx, weight="length")
        first = [values[edge if edge in values else edge[::-1]] for edge in self.sample.edges]
        pairs = self.n * (self.n - 1) / (1 if self.directed else 2)
        second = self.ig.edge_betweenness(directed=self.directed, weights=self.lengths)
        return {"edge-betweenness": (first, [value / pairs for value in second])}

    def figures(self):
        g, h, simple, ig_simple = self.nx, self.ig, self.nx_simple, self.ig_simple
        largest = simple.subgraph(max(
            nx.connected_components(simple), key=lambda part: (len(part), -min(part))))
        ig_largest = ig_simple.induced_subgraph(sorted(largest.nodes))
        figures = {
            "density": (nx.density(g), h.density()),
            "transitivity": (nx.transitivity(simple), ig_simple.transitivity_undirected(mode="zero")),
            "average-clustering": (nx.average_clustering(simple),
                                   ig_simple.transitivity_avglocal_undirected(mode="zero")),
            "triangles": (sum(nx.triangles(simple).values()) // 3, len(ig_simple.list_triangles())),
            "mean-distance": (nx.average_shortest_path_length(largest),
                              ig_largest.average_path_length()),
            "diameter": (nx.diameter(largest), ig_largest.diameter()),
            "largest-core": (max(nx.core_number(simple).values()), max(ig_simple.coreness())),
            "isolates": (nx.number_of_isolates(simple), ig_simple.degree().count(0)),
            "weak-components": (nx.number_connected_components(simple),
                                len(ig_simple.connected_components())),
            "articulation-points": (len(list(nx.articulation_points(simple))),
                                    len(ig_simple.articulation_points())),
            "bridges": (len(list(nx.bridges(simple))), len(ig_simple.bridges())),
        }
        degrees = {degree for degree in ig_simple.degree() if degree > 0}
        if len(degrees) > 1:
            figures["degree-assortativity"] = (
                nx.degree_assortativity_coefficient(simple),
                ig_simple.assortativity_degree(directed=False))
        if self.directed:
            figures["reciprocity"] = (nx.overall_reciprocity(g), h.reciprocity())
            figures["strong-components"] = (nx.number_strongly_connected_components(g),
                                            len(h.connected_components(mode="strong")))
        return figures

    def groups(self):
        g, h, simple = self.nx, self.ig, self.nx_simple
        points = (sorted(nx.articulation_points(simple)),
                  sorted(self.ig_simple.articulation_points()))
        bridges = (sorted(sorted(edge) for edge in nx.bridges(simple)),
                   sorted(sorted(self.ig_simple.es[e].tuple) for e in self.ig_simple.bridges()))
        groups = {
            "components": (firsts(nx.connected_components(simple)),
                           firsts(h.connected_components(mode="weak"))),
            "articulation-points": points,
            "bridges": bridges,
        }
        if self.directed:
            groups["strong-components"] = (firsts(nx.strongly_connected_components(g)),
                                           firsts(h.connected_components(mode="strong")))
        return groups

    def modularity(self):
        if self.strengths is None:
            return None
        partition = [node * 3 // self.n for node in range(self.n)]
        parts = [{u for u in range(self.n) if partition[u] == k} for k in range(3)]
        result = {"partition": partition, "values": []}
        for resolution in (1.0, 0.5, 2.0):
            first = nx.community.modularity(
                self.nx, parts, weight="strength", resolution=resolution)
            second = self.ig.modularity(
                partition, weights=self.strengths, resolution=resolution, directed=True)
            check(f"{self.sample.name} modularity", first, second)
            result["values"].append(
                {"resolution": resolution, "networkx": first, "igraph": second})
        if self.n <= 40 and not self.directed:
            best = self.ig.community_optimal_modularity(weights=self.strengths)
            result["optimum"] = {
                "value": self.ig.modularity(best.membership, weights=self.strengths),
                "proven": True}
        else:
            kind = leidenalg.ModularityVertexPartition
            found = [leidenalg.find_partition(
                self.ig, kind, weights=self.strengths, n_iterations=-1, seed=seed)
                for seed in range(100)]
            result["optimum"] = {"value": max(p.modularity if not self.directed else p.quality()
                                              for p in found), "proven": False}
        return result


def row(values, n):
    values = dict(values)
    return [values[node] for node in range(n)]


def unit(values):
    norm = math.sqrt(sum(value * value for value in values))
    return [value / norm for value in values]


def firsts(parts):
    label = {}
    for part in parts:
        for node in part:
            label[node] = min(part)
    return [label[node] for node in sorted(label)]


def agreed(sample, measures):
    """Both tools' numbers, once they were seen to agree."""
    result = {}
    for word, (first, second) in measures.items():
        check(f"{sample.name} {word}", first, second)
        result[word] = {"networkx": first, "igraph": second}
    return result


def check(what, first, second):
    if isinstance(first, list):
        if len(first) != len(second):
            raise SystemExit(f"{what}: {len(first)} and {len(second)} values")
        for index, (a, b) in enumerate(zip(first, second)):
            check(f"{what} [{index}]", a, b)
    elif first is None or second is None:
        if first is not second:
            raise SystemExit(f"{what}: {first} and {second}")
    elif not abs(first - second) <= 1e-9 * max(1, abs(first)):
        raise SystemExit(f"{what}: {first} and {second}")


def text(value, depth=0):
    """JSON with one line for each list, so that a change of one measure is a change of one line."""
    if not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = " " * (depth + 1)
    rows = [f"{pad}{json.dumps(key)}: {text(entry, depth + 1)}" for key, entry in value.items()]
    return "{\n" + ",\n".join(rows) + "\n" + " " * depth + "}"


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for sample in graphs.samples():
        path = FOLDER / f"{sample.name}.json"
        path.write_text(text(reference(sample)) + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()

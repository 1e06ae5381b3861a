# SPDX-License-Identifier: Apache-2.0
"""Runs Clew and the peers in turn on the same graphs, checks the answers, prints the ratios.

A ratio is a peer's time divided by Clew's: above 1, Clew is ahead.
"""
import argparse
import contextlib
import importlib.util
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

import quality
import tables
import workers

# All pairs of nodes are visited: such a task runs only where n times m is within --limit.
QUADRATIC = ["betweenness", "weighted-betweenness", "edge-betweenness", "harmonic", "closeness",
             "top-closeness", "diameter", "eccentricity"]
LINEAR = ["degree", "core", "clustering", "weighted-clustering", "triangles", "pagerank",
          "eigenvector", "katz", "hubs", "components", "bridges", "articulation", "blocks",
          "spanning-forest", "bfs", "shortest-paths", "leiden", "louvain", "label-propagation",
          "infomap", "build"]
# A new process for each measurement.
ONCE = [*workers.LOADING, "start"]
START_GRAPH = "crim100"
THREADED = ["networkit"]  # the other peers run on one thread whatever they are told
# Outside the short form networkx is asked only for what no other peer has, on graphs this small.
NETWORKX_TASKS, NETWORKX_EDGES = ["katz"], 50_000


class Comparison:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.rows, self.failures = [], []

    def read(self, graph):
        edges = self.folder / graph
        subprocess.run([self.options.program, graph, "edges", edges], check=True)
        with open(edges) as file:
            n, m = map(int, file.readline().split())
            self.pairs = [tuple(map(int, line.split()[:2])) for line in file]
        return edges, edges.with_name(f"{graph}.ties"), n, m

    def graph(self, graph):
        edges, ties, n, m = self.read(graph)
        tasks = [task for task in self.options.task if task not in ONCE
                 and (task in LINEAR or n * m <= self.options.limit)]
        with contextlib.ExitStack() as stack:
            self.workers = []
            for threads in self.options.threads if tasks else []:
                self.start(stack, workers.clew, self.options.program, graph, threads, self.folder)
            for peer in self.options.peers if tasks else []:
                if peer == "networkx" and not self.options.short and m > NETWORKX_EDGES:
                    continue
                for threads in self.options.threads if peer in THREADED else [1]:
                    self.start(stack, workers.peer, peer, edges, threads)
            for task in tasks:
                self.task(graph, n, m, task)
        self.workers = [workers.load_clew(self.options.program, ties, self.folder)] + [
            workers.load_peer(peer, ties) for peer in self.options.peers
            if peer in workers.STARTS and (peer != "networkx" or self.options.short)]
        for task in workers.LOADING:
            if task in self.options.task:
                self.task(graph, n, m, task)

    def start_up(self):
        """Whole commands on a file of a hundred nodes."""
        _, ties, n, m = self.read(START_GRAPH)
        self.workers = [workers.start_clew(self.options.command, ties)] + [
            workers.start_peer(peer, ties) for peer in self.options.peers
            if peer in workers.STARTS]
        self.task(START_GRAPH, n, m, "start")

    def start(self, stack, make, *arguments):
        try:
            worker = make(*arguments)
        except workers.Ended as ended:
            return self.failed(str(ended))
        stack.callback(worker.close)
        if worker.name == "networkx" and not self.options.short:
            worker.tasks = NETWORKX_TASKS
        self.workers.append(worker)

    def failed(self, line):
        print(f"failed: {line}", file=sys.stderr, flush=True)
        self.failures.append(line)

    def task(self, graph, n, m, task):
        measured = {}
        for _ in range(self.options.runs):
            for worker in [w for w in self.workers if task in w.tasks]:
                try:
                    answer = worker.measure(task)
                except workers.Ended as ended:
                    self.failed(f"{ended}, on {graph}")
                    self.workers.remove(worker)
                    measured.pop(worker, None)
                    continue
                answer["values"] = quality.comparable(task, self.pairs, answer["values"])
                measured.setdefault(worker, []).append(answer)
        ours = {w.threads: runs for w, runs in measured.items() if w.name == "Clew"}
        for threads, mine in ours.items():
            others = mine + next(iter(ours.values()))
            # Text, since an undefined score (NaN) equals nothing, not even itself.
            if any(repr(run["values"]) != repr(mine[0]["values"]) for run in others):
                self.failed(f"Clew gives different values for {task} on {graph} in another run")
            for worker, theirs in measured.items():
                if worker.name == "Clew" or worker.threads != threads and worker.name in THREADED:
                    continue
                verdicts = [quality.judge(task, mine[0]["values"], run["values"])
                            for run in theirs]
                words, wrong = next((v for v in verdicts if v[1]), verdicts[0])
                if wrong:
                    self.failed(f"Clew and {worker.name} disagree on {task} of {graph}: {words}")
                middle = {(who, kind): statistics.median(run[kind] for run in runs)
                          for who, runs in (("clew", mine), ("peer", theirs))
                          for kind in ("cpu", "wall")}
                kibibytes = {f"{who}_{kind}": statistics.median(run[kind] for run in runs)
                             for who, runs in (("clew", mine), ("peer", theirs))
                             for kind in ("peak", "start") if kind in runs[0]}
                self.row({"task": task, "graph": graph, "nodes": n, "edges": m,
                          "peer": worker.name, "threads": threads,
                          "peer_threads": worker.threads, "runs": len(mine),
                          "clew_cpu": middle["clew", "cpu"], "peer_cpu": middle["peer", "cpu"],
                          "clew_wall": middle["clew", "wall"],
                          "peer_wall": middle["peer", "wall"],
                          "agreement": words, "agrees": not wrong, **kibibytes})

    def row(self, row):
        self.rows.append(row)
        print(tables.line(row), flush=True)
        if self.options.json:
            self.options.json.write_text(json.dumps(self.rows, indent=1) + "\n")


def growth(options, folder):
    """Times Clew alone over growing graphs; the exponent is the slope on logarithmic axes."""
    linear = [10**4, 10**5, 10**6] + ([10**7] if options.long else [])
    print("| task | shape | edges | seconds | exponent |\n| --- | --- | --- | --- | --- |")
    for shape, per_node in (("ba", 5), ("crim", 1.3)):
        for tasks, sizes in ((LINEAR, linear), (QUADRATIC, [1_000, 3_000, 9_000])):
            wanted = [task for task in options.task if task in tasks]
            points = {task: [] for task in wanted}
            for size in sizes if wanted else []:
                graph = f"{shape}{round(size / per_node)}"
                worker = workers.clew(options.program, graph, 1, folder)
                with contextlib.closing(worker):
                    for task in wanted:
                        runs = [worker.measure(task, wants_values=False)["cpu"]
                                for _ in range(options.runs)]
                        points[task].append((size, max(statistics.median(runs), 1e-6)))
            for task, found in points.items():
                slope = statistics.linear_regression(
                    [math.log(m) for m, _ in found], [math.log(t) for _, t in found]).slope
                times = ", ".join(f"{t:.2g}" for _, t in found)
                print(f"| {task} | {shape} | {sizes[0]:,} to {sizes[-1]:,} | {times} "
                      f"| {slope:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--short", action="store_true", help="tiny graphs, agreement only")
    parser.add_argument("--growth", action="store_true", help="how Clew's time grows, no peers")
    parser.add_argument("--long", action="store_true", help="growth up to 10^7 edges")
    parser.add_argument("--graph", nargs="+", metavar="SHAPE+SIZE", default=[
        "ba3000", "ba10000", "crim5000", "crim10000", "planted10000", "rmat14", "rmat16"],
        help="rmat, ba, crim or planted with a size, as in ba3000")
    parser.add_argument("--task", nargs="+", choices=QUADRATIC + LINEAR + ONCE,
                        default=QUADRATIC + LINEAR + ONCE, metavar="TASK")
    parser.add_argument("--peers", nargs="+", default=[
        "igraph", "networkit", "leidenalg", "infomap", "networkx"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--limit", type=float, default=2e8,
                        help="the largest n times m for tasks that visit all pairs")
    parser.add_argument("--json", type=pathlib.Path, help="write the results to this file")
    parser.add_argument("--markdown", type=pathlib.Path, help="write the ratios to this file")
    parser.add_argument("--command", type=pathlib.Path,
                        help="the clew command whose start is timed; else the one beside PROGRAM")
    options = parser.parse_args()
    options.command = options.command or pathlib.Path(options.program).with_name("clew")
    if options.short:
        options.graph, options.runs = ["crim200", "rmat7"], 1
        options.threads = [1]  # networks this small stay on one thread
    for peer in options.peers[:]:
        if importlib.util.find_spec(peer) is None:
            print(f"skipped: {peer} is not installed", file=sys.stderr)
            options.peers.remove(peer)
    with tempfile.TemporaryDirectory() as name:
        if options.growth:
            return growth(options, pathlib.Path(name))
        comparison = Comparison(options, pathlib.Path(name))
        print(tables.HEAD)
        for graph in options.graph:
            comparison.graph(graph)
        if "start" in options.task:
            if options.command.exists():
                comparison.start_up()
            else:
                print(f"skipped: start, no {options.command.name} is built", file=sys.stderr)
    if options.markdown:
        options.markdown.write_text(tables.markdown(comparison.rows))
    if comparison.failures:
        sys.exit("\n".join(["Not all is well:", *comparison.failures]))


main()

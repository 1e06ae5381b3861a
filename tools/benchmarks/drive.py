# SPDX-License-Identifier: Apache-2.0
"""Runs Clew and the peers in turn on the same graphs, checks the answers, prints the ratios."""
import argparse
import importlib.util
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

TASKS = ["betweenness", "harmonic", "core", "clustering", "pagerank", "components"]
TOLERANCE = {"pagerank": 1e-6}  # iterated to a tolerance by each library; the others are exact


def clew_run(program, graph, threads, task, folder):
    out = folder / "values"
    done = subprocess.run([program, graph, str(threads), out, task],
                          check=True, capture_output=True, text=True)
    return json.loads(done.stdout) | {"values": list(map(float, out.read_text().split()))}


def disagreement(task, ours, theirs):
    """The largest relative difference; infinite where the answers are not comparable."""
    if len(ours) != len(theirs) or not all(map(math.isfinite, [*ours, *theirs])):
        return math.inf
    scale = 1e-12 if task == "pagerank" else 1.0
    return max(abs(a - b) / max(abs(a), abs(b), scale) for a, b in zip(ours, theirs))


def compare(options, graph, task, worker, folder):
    ours, theirs, worst = [], [], 0.0
    for _ in range(options.runs):
        ours.append(clew_run(options.program, graph, options.threads, task, folder))
        worker.stdin.write(task + "\n")
        worker.stdin.flush()
        theirs.append(json.loads(worker.stdout.readline()))
        worst = max(worst, disagreement(task, ours[-1]["values"], theirs[-1]["values"]))
    middle = lambda runs: statistics.median(run["cpu"] for run in runs)
    return middle(ours), middle(theirs), worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--short", action="store_true", help="tiny graphs, agreement only")
    parser.add_argument("--graph", nargs="+", default=["ba10000", "rmat14"])
    parser.add_argument("--task", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--peers", nargs="+", default=["igraph", "networkit"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    if options.short:
        options.graph, options.runs = ["ba200", "rmat7"], 1
        options.peers = ["igraph", "networkit", "networkx"]
    failed = False
    print("| task | graph | peer | Clew s | peer s | ratio | disagreement |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for graph in options.graph:
            edges = folder / graph
            subprocess.run([options.program, graph, "edges", edges], check=True)
            for peer in options.peers:
                if importlib.util.find_spec(peer) is None:
                    print(f"skipped: {peer} is not installed", file=sys.stderr)
                    continue
                command = [sys.executable, pathlib.Path(__file__).with_name("peer.py"),
                           peer, edges, str(options.threads)]
                with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      text=True) as worker:
                    offered = json.loads(worker.stdout.readline())
                    for task in (t for t in options.task if t in offered):
                        ours, theirs, worst = compare(options, graph, task, worker, folder)
                        failed |= worst > TOLERANCE.get(task, 1e-9)
                        print(f"| {task} | {graph} | {peer} | {ours:.4f} | {theirs:.4f} "
                              f"| {theirs / max(ours, 1e-6):.1f} | {worst:.1e} |", flush=True)
                    worker.stdin.close()
    if failed:
        sys.exit("Answers disagree.")


main()

# SPDX-License-Identifier: Apache-2.0
"""Clew and the peers as processes that hold a graph and time one task after another."""
import csv
import json
import pathlib
import resource
import subprocess
import sys
import time

LOADING = ["load", "load-names"]
# What a user would type to have betweenness of a small file, a score a line in the order of nodes.
STARTS = {
    "igraph": """
import igraph, sys
g = igraph.Graph.Read_Edgelist(sys.argv[1], directed=False)
pairs = (g.vcount() - 1) * (g.vcount() - 2) / 2
print(*[b / pairs for b in g.betweenness()])
""",
    "networkit": """
import networkit, sys
g = networkit.graphio.EdgeListReader(" ", 0).read(sys.argv[1])
print(*networkit.centrality.Betweenness(g, normalized=True).run().scores())
""",
    "networkx": """
import networkx, sys
g = networkx.read_edgelist(sys.argv[1], nodetype=int)
found = networkx.betweenness_centrality(g)
print(*[found[v] for v in sorted(found)])
""",
}


class Ended(Exception):
    """A worker ended or answered with something that is no measurement."""


class Worker:
    """A process that first says which tasks it knows and then answers each with a measurement."""

    def __init__(self, name, threads, command, values=None):
        self.name, self.threads, self.values = name, threads, values
        self.process = subprocess.Popen([str(word) for word in command], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.tasks = self.read("loading the graph")

    def read(self, doing):
        line = self.process.stdout.readline()
        try:
            return json.loads(line)
        except ValueError:
            if line:
                self.process.kill()
            status = self.process.wait()
            how = f"signal {-status}" if status < 0 else f"exit status {status}"
            said = f", its last line was {line.strip()!r}" if line else ""
            raise Ended(f"{self.name} on {self.threads} thread{'s'[:self.threads - 1]} ended while "
                        f"{doing} ({how}{said})") from None

    def measure(self, task, wants_values=True):
        try:
            self.process.stdin.write(task + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # what it last said, or did not say, tells more
        answer = self.read(f"running {task}")
        if self.values and wants_values:
            answer["values"] = list(map(float, self.values.read_text().split()))
        return answer

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()


def clew(program, graph, threads, folder):
    values = folder / f"values-{threads}"
    return Worker("Clew", threads, [program, graph, threads, values], values)


def peer(library, edges, threads):
    script = pathlib.Path(__file__).with_name("peer.py")
    return Worker(library, threads, [sys.executable, script, library, edges, threads])


class Once:
    """Measures tasks that need a new process each time."""

    def __init__(self, name, measures):
        self.name, self.threads, self.measures, self.tasks = name, 1, measures, list(measures)

    def measure(self, task):
        return self.measures[task]()

    def close(self):
        pass


def output(name, doing, command):
    done = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE)
    if done.returncode:
        raise Ended(f"{name} ended while {doing} (exit status {done.returncode})")
    return done.stdout


def load_clew(program, ties, folder):
    values = folder / "values-load"

    def measure():
        answer = json.loads(output("Clew", "loading", [program, "load", ties, values]))
        answer["values"] = list(map(float, values.read_text().split()))
        return answer
    return Once("Clew", {"load": measure, "load-names": measure})


def load_peer(library, ties):
    script = pathlib.Path(__file__).with_name("load.py")

    def measure(task):
        return json.loads(output(library, task, [sys.executable, script, library, task, ties]))
    return Once(library, {task: lambda task=task: measure(task) for task in LOADING})


def start(name, command, scores):
    """From the start of a process to its answer; scores finds the numbers in what it says."""
    def measure():
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        said = output(name, "starting", command)
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - wall
        return {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
                "wall": wall, "values": scores(said)}
    return Once(name, {"start": measure})


def start_clew(command, ties):
    def scores(said):
        rows = csv.DictReader(said.splitlines())
        found = sorted((int(row["id"]), float(row["betweenness"])) for row in rows)
        return [score for _, score in found]
    return start("Clew", [command, "centrality", ties, "--measure", "betweenness",
                          "--format", "csv", "-q"], scores)


def start_peer(library, ties):
    return start(library, [sys.executable, "-c", STARTS[library], ties],
                 lambda said: list(map(float, said.split())))

# SPDX-License-Identifier: Apache-2.0
"""Times how Clew and igraph read one GraphML file, in turn and each time in a new process.

Usage: graphml.py PROGRAM [EDGES [RUNS]], where PROGRAM is the built ClewBenchmarks. Python must have igraph.
Processor seconds and peak memory of the process; the best of the runs.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

PEER = """
import igraph, json, resource, sys, time
start = time.process_time()
graph = igraph.Graph.Read_GraphML(sys.argv[1])
print(json.dumps({"cpu": time.process_time() - start, "edges": graph.ecount(),
                  "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


def write(path, edges):
    """A graph with names of nodes and weights of edges, as igraph writes it."""
    import igraph
    random.seed(1)
    graph = igraph.Graph.Erdos_Renyi(n=edges // 10, m=edges)
    graph.vs["name"] = [f"p{node}" for node in range(graph.vcount())]
    graph.es["weight"] = [random.randint(1, 400) / 8 for _ in range(graph.ecount())]
    graph.write_graphml(str(path))


def output(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    program = sys.argv[1]
    edges = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with tempfile.TemporaryDirectory() as folder:
        path, values = pathlib.Path(folder) / "g.graphml", pathlib.Path(folder) / "values"
        write(path, edges)
        results = {"Clew": [], "igraph": []}
        for _ in range(runs):
            results["Clew"].append(output(program, "load", str(path), str(values)))
            results["igraph"].append(output(sys.executable, "-c", PEER, str(path)))
            assert int(values.read_text().split()[-1]) == results["igraph"][-1]["edges"]
        print(f"GraphML of {edges} edges, {path.stat().st_size >> 20} MiB")
        for name, found in results.items():
            cpu = min(result["cpu"] for result in found)
            peak = min(result["peak"] for result in found)
            print(f"{name:8} {cpu:6.2f} s {peak >> 10:6} MiB")


if __name__ == "__main__":
    main()

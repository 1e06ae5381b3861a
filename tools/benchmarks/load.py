# SPDX-License-Identifier: Apache-2.0
"""Times how one library reads a file of ties, and says how much memory the process held at most."""
import importlib
import json
import pathlib
import resource
import sys
import time


def igraph_reader(path, names):
    graph = importlib.import_module("igraph").Graph
    if names:
        return (lambda: graph.Read_Ncol(path, names=True, weights=False, directed=False),
                lambda g: (sum(d > 0 for d in g.degree()), g.ecount()))
    return (lambda: graph.Read_Edgelist(path, directed=False),
            lambda g: (sum(d > 0 for d in g.degree()), g.ecount()))


def networkit_reader(path, names):
    nk = importlib.import_module("networkit")
    nk.setNumberOfThreads(1)
    # Names in any order are what the reader calls not continuous.
    reader = nk.graphio.EdgeListReader(" ", 0, "#", not names, False)
    return (lambda: reader.read(path),
            lambda g: (sum(g.degree(v) > 0 for v in g.iterNodes()), g.numberOfEdges()))


def networkx_reader(path, names):
    nx = importlib.import_module("networkx")
    return (lambda: nx.read_edgelist(path, nodetype=str if names else int, data=False),
            lambda g: (g.number_of_nodes(), g.number_of_edges()))


READERS = {"igraph": igraph_reader, "networkit": networkit_reader, "networkx": networkx_reader}


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_memory():
    """In KiB; 0 where the system does not tell. getrusage would include the starting process."""
    status = pathlib.Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def main():
    library, task, path = sys.argv[1:]
    read, count = READERS[library](path, task == "load-names")
    start, cpu, wall = peak_memory(), processor_seconds(), time.monotonic()
    graph = read()
    cpu, wall = processor_seconds() - cpu, time.monotonic() - wall
    peak = peak_memory()
    print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak, "start": start,
                      "values": list(map(float, count(graph)))}))


if __name__ == "__main__":
    main()

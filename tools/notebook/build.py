#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write notebooks-export/first-look.ipynb and execute it on the output of tools/demo.

Usage: build.py [--demo DIR] [--output FILE]

The notebook reads what Clew wrote (CSV, GraphML, JSON) with pandas and networkx, draws the ranking
and the communities, and computes the same numbers again with networkx: a difference of more than
1e-9 stops it. Needs nbformat, nbclient, ipykernel, pandas, networkx, matplotlib (tools/requirements.txt).
"""

import argparse
import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = pathlib.Path(__file__).resolve().parents[2]

CELLS = [
    ("markdown", """
# A first look at a case, in Python

`tools/demo` imported the example case in `datasets/harbour` and wrote tables, a graph and a chart into
`demo-output`. This notebook reads them with pandas and networkx, draws the ranking and the communities,
and computes the same numbers again, so that you can see that they agree and how to go on from here.

Scores describe the recorded ties, not the persons: association is not guilt. All persons and companies
of this case are invented.
"""),
    ("code", """
import json
import os
import pathlib

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd

folder = pathlib.Path(os.environ.get("CLEW_DEMO_OUTPUT", "../demo-output"))


def read_table(name):
    # Every column as text first: an identifier such as +39… or 0039… must stay what it is. Clew puts an
    # apostrophe before a text that a spreadsheet would take for a formula; it comes off here.
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    return table.apply(lambda column: column.str.removeprefix("'"))


centrality = read_table("centrality.csv")
measures = [name for name in centrality.columns if name not in ("rank", "id", "name", "schema")]
centrality[measures] = centrality[measures].apply(pd.to_numeric)
members = read_table("communities.csv")
graph = nx.read_graphml(folder / "network.graphml")
print(f"{len(centrality)} ranked entities, {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")
centrality.head(10)
"""),
    ("markdown", """
## The ranking

Betweenness counts how many of the shortest paths between others run through an entity: who or what
connects the parts. The convention of each column stands in `centrality.json`.
"""),
    ("code", """
results = json.loads((folder / "centrality.json").read_text(encoding="utf-8"))
print(results["convention"]["betweenness"])

top = centrality.sort_values("betweenness", ascending=False).head(15).iloc[::-1]
figure, axis = plt.subplots(figsize=(8, 5))
axis.barh(top["name"] + "  (" + top["schema"] + ")", top["betweenness"], color="#0072B2")
axis.set_xlabel("betweenness (share of shortest paths between others)")
axis.spines[["top", "right"]].set_visible(False)
figure.tight_layout()
plt.show()
"""),
    ("markdown", """
## The communities

Groups with more ties inside than chance would put there. Position carries no meaning beyond proximity.
"""),
    ("code", """
simple = nx.Graph(graph.to_undirected())
simple.remove_edges_from(list(nx.selfloop_edges(simple)))
community = dict(zip(members["id"], members["community"].astype(int)))
palette = ["#0072B2", "#D55E00", "#009E73", "#7A4FA3", "#8A6D00", "#B5478C", "#00687A", "#8B3A2B", "#555555"]
colours = [palette[min(community[node] - 1, len(palette) - 1)] for node in simple]
figure, axis = plt.subplots(figsize=(9, 7))
positions = nx.spring_layout(simple, seed=4, k=0.22, iterations=200)
nx.draw_networkx_edges(simple, positions, ax=axis, edge_color="#BBBBBB", width=0.7)
nx.draw_networkx_nodes(simple, positions, ax=axis, node_color=colours, node_size=45)
people = centrality[centrality["schema"].isin(["Person", "Company"])]
largest = people.sort_values("betweenness", ascending=False).head(7)
nx.draw_networkx_labels(
    simple, {node: at + [0, 0.035] for node, at in positions.items()}, ax=axis, font_size=8,
    bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.8},
    labels={row.id: row.name_ for row in largest.rename(columns={"name": "name_"}).itertuples()})
axis.set_axis_off()
figure.tight_layout()
plt.show()
members.groupby("community", sort=False).agg(size=("id", "count"), first=("name", lambda names: ", ".join(names[:3])))
"""),
    ("markdown", """
## The same numbers from networkx

Betweenness, degree and closeness of every ranked entity, and the modularity of the division, computed
again. A difference of more than 10⁻⁹ stops the notebook.
"""),
    ("code", """
def largest_difference(column, reference):
    ours = dict(zip(centrality["id"], centrality[column]))
    return max(abs(value - reference[node]) for node, value in ours.items())


checks = {
    "degree": largest_difference("degree", dict(simple.degree())),
    "betweenness": largest_difference("betweenness", nx.betweenness_centrality(simple)),
    "closeness": largest_difference("closeness", nx.closeness_centrality(simple)),
    "pagerank": largest_difference("pagerank", nx.pagerank(simple, tol=1e-14, max_iter=10_000)),
}
groups = {}
for node, number in community.items():
    groups.setdefault(number, set()).add(node)
division = json.loads((folder / "communities.json").read_text(encoding="utf-8"))
modularity = division["results"]["figures"]["modularity"]
checks["modularity"] = abs(modularity - nx.community.modularity(simple, groups.values()))
for name, difference in checks.items():
    print(f"{name:12} largest difference {'below 1e-9' if difference < 1e-9 else difference}")
    assert difference < 1e-9, name
"""),
]


def build() -> nbformat.NotebookNode:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python"}
    for number, (kind, text) in enumerate(CELLS, 1):
        text = text.strip("\n")
        if kind == "markdown":
            cell = nbformat.v4.new_markdown_cell(text)
        else:
            cell = nbformat.v4.new_code_cell(text)
        cell["id"] = f"cell-{number}"
        notebook.cells.append(cell)
    return notebook


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--demo", default=str(ROOT / "demo-output"), help="the folder that tools/demo wrote")
    parser.add_argument("--output", default=str(ROOT / "notebooks-export" / "first-look.ipynb"))
    arguments = parser.parse_args()
    demo = pathlib.Path(arguments.demo).resolve()
    needed = ["centrality.csv", "centrality.json", "communities.csv", "communities.json", "network.graphml"]
    missing = [name for name in needed if not (demo / name).exists()]
    if missing:
        print(f"{demo} lacks {', '.join(missing)}: run tools/demo first.", file=sys.stderr)
        return 66
    os.environ["CLEW_DEMO_OUTPUT"] = str(demo)
    notebook = build()
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", record_timing=False,
        resources={"metadata": {"path": str(ROOT / "notebooks-export")}})
    try:
        client.execute()
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        return 1
    for cell in notebook.cells:
        cell.get("metadata", {}).pop("execution", None)
    nbformat.validate(notebook)
    nbformat.write(notebook, arguments.output)
    print(f"{arguments.output} written and executed")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""The tables of a comparison: every row with its times, and ratios alone, task by graph."""

HEAD = ("| task | graph | peer | threads | Clew cpu s | peer cpu s | ratio "
        "| Clew wall s | peer wall s | ratio | agreement |\n" + "| --- " * 11 + "|")


def ratio(row, kind):
    return row[f"peer_{kind}"] / max(row[f"clew_{kind}"], 1e-6)


def short(value):
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def line(row):
    times = " | ".join(f"{row[f'clew_{kind}']:.5f} | {row[f'peer_{kind}']:.5f} "
                       f"| {short(ratio(row, kind))}" for kind in ("cpu", "wall"))
    threads = f"{row['threads']} : {row['peer_threads']}"
    return (f"| {row['task']} | {row['graph']} | {row['peer']} | {threads} | {times} "
            f"| {row['agreement']}{memory(row)} |")


def memory(row):
    """The most a process held once the graph was read, and how much of it was there before."""
    if not row.get("clew_peak") or not row.get("peer_peak"):
        return ""
    ours, theirs = (f"{row[f'{who}_peak'] / 1024:.0f} ({row[f'{who}_start'] / 1024:.0f})"
                    for who in ("clew", "peer"))
    return f"; MiB {ours}, {theirs}"


def pivot(rows, kind):
    graphs = list(dict.fromkeys(row["graph"] for row in rows))
    lines = ["| task | peer | " + " | ".join(graphs) + " |", "| --- " * (2 + len(graphs)) + "|"]
    cells = {(row["task"], row["peer"], row["graph"]): short(ratio(row, kind)) for row in rows}
    for task, peer in dict.fromkeys((row["task"], row["peer"]) for row in rows):
        found = (cells.get((task, peer, graph), "–") for graph in graphs)
        lines.append(f"| {task} | {peer} | " + " | ".join(found) + " |")
    return "\n".join(lines)


def markdown(rows):
    parts = []
    for threads in dict.fromkeys(row["threads"] for row in rows):
        some = [row for row in rows if row["threads"] == threads]
        if threads == 1:
            parts.append("One thread, processor time:\n\n" + pivot(some, "cpu"))
        else:
            parts.append(f"{threads} threads, wall time (peers other than NetworKit have one):\n\n"
                         + pivot(some, "wall"))
    some = [row for row in rows if row["threads"] == 1]
    for title, prefix in (("Modularity", "Q "), ("Codelength in bits", "L ")):
        found = [row for row in some if row["agreement"].startswith(prefix)]
        if found:
            parts.append(f"{title} found, Clew's first:\n\n" + "\n".join(
                f"- {row['task']}, {row['graph']}, {row['peer']}: {row['agreement'][2:]}"
                for row in found))
    found = [row for row in some if memory(row)]
    if found:
        parts.append("Peak memory of the process after loading, in brackets what it held before, "
                     "Clew's first:\n\n" + "\n".join(
                         f"- {row['task']}, {row['graph']}, {row['peer']}: {memory(row)[2:]}"
                         for row in found))
    return "\n\n".join(parts) + "\n"

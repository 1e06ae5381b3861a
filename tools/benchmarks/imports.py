# SPDX-License-Identifier: Apache-2.0
"""Import a table of calls by Clew and by what a person would write in Python, on the same file.

Usage: imports.py CLEW [--rows 5000000] [--phones 200000] [--runs 1] [--short]

The peers put the same columns into one SQLite table with an index on each end, in one transaction:
csv with executemany, and pandas with to_sql. They check nothing, keep no source, grade, line or hash
and no entities, and cannot take an import back. Clew then makes the network of all calls, twice: the
second time it opens the one that it has kept. Each runs in a process of its own. The short form asserts
that all have the same rows; no form asserts a time.
"""
import argparse
import csv
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

TABLE = """
CREATE TABLE call (start INTEGER, caller INTEGER REFERENCES phone, called INTEGER REFERENCES phone,
  seconds INTEGER, type TEXT, imei TEXT)
"""
INDICES = ["CREATE INDEX call_caller ON call (caller)", "CREATE INDEX call_called ON call (called)"]


def phones(folder, base):
    base.execute("CREATE TABLE phone (id INTEGER PRIMARY KEY, number TEXT UNIQUE)")
    with open(folder / "phones.csv") as file:
        numbers = file.read().split()[1:]
    base.executemany("INSERT INTO phone VALUES (?, ?)", enumerate(numbers))
    return {number: row for row, number in enumerate(numbers)}


def with_csv(folder, base):
    from datetime import datetime
    known = phones(folder, base)
    base.execute(TABLE)
    with open(folder / "calls.csv", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        base.executemany(
            "INSERT INTO call VALUES (?, ?, ?, ?, ?, ?)",
            ((int(datetime.fromisoformat(start).timestamp() * 1000), known[caller], known[called],
              int(seconds), kind, imei)
             for start, caller, called, seconds, kind, imei in rows))


def with_pandas(folder, base):
    import pandas
    known = phones(folder, base)
    calls = pandas.read_csv(folder / "calls.csv", dtype={
        "caller": str, "called": str, "type": str, "imei": str}, parse_dates=["start"])
    calls["start"] = calls["start"].astype("int64")
    for end in ("caller", "called"):
        calls[end] = calls[end].map(known)
    calls.to_sql("call", base, index=False, chunksize=100_000)


def peer(name, folder, path):
    base = sqlite3.connect(path)
    with base:
        {"csv": with_csv, "pandas": with_pandas}[name](folder, base)
        for index in INDICES:
            base.execute(index)
    print(base.execute("SELECT count(*) FROM call").fetchone()[0])


def measured(command):
    """Seconds of wall and processor time, the most memory in MiB, and what was printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # GNU time tells the memory of this one child.
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *map(str, command)], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    cpu = sum(getattr(after, field) - getattr(before, field)
              for field in ("ru_utime", "ru_stime"))
    return wall, cpu, int(done.stderr.split()[-1]) / 1024, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clew", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--phones", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="2,000 rows: agreement only")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--into", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        return peer(options.peer, options.clew, options.into)
    if options.short:
        options.rows, options.phones = 2_000, 100
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, pathlib.Path(__file__).with_name("calls.py"), folder,
                        "--rows", str(options.rows), "--phones", str(options.phones)], check=True)
        print("| task | by | seconds | processor | rows a second | MiB |\n"
              "| --- | --- | --- | --- | --- | --- |")
        for _ in range(options.runs):
            run(options, folder)


def run(options, folder):
    clew, case = options.clew.resolve(), folder / "calls.case"
    for old in folder.glob("*.case*"):
        old.unlink()

    def row(task, by, result, rows=options.rows):
        wall, cpu, memory, _ = result
        print(f"| {task} | {by} | {wall:.2f} | {cpu:.2f} | {rows / wall:,.0f} | {memory:.0f} |",
              flush=True)

    subprocess.run([clew, "new", "--quiet", case], check=True)
    row("import", "clew", measured(
        [clew, "import", case, "--mapping", folder / "mapping.yaml", folder / "phones.csv",
         folder / "calls.csv"]))
    for name in ("csv", "pandas"):
        path = folder / f"{name}.db"
        path.unlink(missing_ok=True)
        result = measured([sys.executable, __file__, folder, "--peer", name, "--into", path])
        if int(result[3]) != options.rows:
            sys.exit(f"{name} has {result[3]} rows, not {options.rows}")
        row("import", f"{name} and sqlite3", result)
    shown = measured([clew, "show", case, "--format", "csv", "--table", "events"])
    if f"Call,{options.rows}" not in shown[3]:
        sys.exit(f"the case does not have {options.rows} calls:\n{shown[3]}")
    row("show", "clew", shown)
    row("count by month", "clew", measured(
        [clew, "ties", case, "--sum", "duration", "--window", "month"]))
    row("network", "clew", measured([clew, "snapshot", case]))
    first = measured([clew, "centrality", case, "--measure", "degree"])
    row("kept network", "clew", first)
    for kept in folder.glob("calls.case.kept-*"):
        kept.unlink()
    again = measured([clew, "centrality", case, "--measure", "degree"])
    if first[3] != again[3]:
        sys.exit("the kept network gives another result than the case")


main()

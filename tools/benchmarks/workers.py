# SPDX-License-Identifier: Apache-2.0
"""Clew and the peers as processes that hold a graph and time one task after another."""
import json
import pathlib
import subprocess
import sys


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

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draw networks in every layout and style and put the pictures on one page, to be looked at.

Usage: contact-sheet.py [--clew PROGRAM] [--dpi N] [--limit SECONDS] FOLDER INPUT...

Each INPUT is a case or a graph file. FOLDER gets a PNG for each picture and index.html, which shows them with
the figures that `clew diagram --figures` counts: node overlaps, label collisions, lines through icons and what
lies outside the page. A picture that fails or takes longer than the limit stands there with its message.
"""

import argparse
import html
import pathlib
import subprocess
import sys

LAYOUTS = ["auto", "dot", "neato", "fdp", "sfdp", "twopi", "circo", "osage", "patchwork"]
STYLES = ["investigation", "greyscale", "presentation", "dark"]
FAULTS = ["node overlaps", "label collisions", "region names on nodes", "outside the page"]


def looks() -> list[tuple[str, str]]:
    """Every layout in the usual style, and the other styles in the usual layout."""
    return [(layout, STYLES[0]) for layout in LAYOUTS] + [("auto", style) for style in STYLES[1:]]


def draw(program: str, source: str, picture: pathlib.Path, layout: str, style: str, dpi: int, limit: int) -> dict:
    command = [program, "diagram", source, "--layout", layout, "--style", style, "--dpi", str(dpi), "--figures",
               "--quiet", "-o", str(picture)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"message": f"not drawn within {limit} s"}
    if done.returncode != 0:
        return {"message": done.stderr.strip() or f"exit {done.returncode}"}
    return dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clew", default=".build/debug/clew")
    parser.add_argument("--dpi", type=int, default=72)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("inputs", nargs="+")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    page = ["<!doctype html><meta charset=utf-8><title>Contact sheet</title>",
            "<style>body{font:14px sans-serif}figure{display:inline-block;width:46%;margin:1%}",
            "img{width:100%;border:1px solid #999}.bad{color:#a3001b}</style>"]
    faulty = 0
    for number, source in enumerate(options.inputs, 1):
        page.append(f"<h2>{html.escape(pathlib.Path(source).name)}</h2>")
        for layout, style in looks():
            picture = options.folder / f"{number}-{layout}-{style}.png"
            figures = draw(options.clew, source, picture, layout, style, options.dpi, options.limit)
            bad = "message" in figures or any(figures.get(name) != "0" for name in FAULTS)
            faulty += bad
            words = figures.get("message") or ", ".join(f"{name} {value}" for name, value in figures.items())
            print(f"{source} {layout} {style}: {words}", flush=True)
            shown = "" if "message" in figures else f'<img src="{picture.name}" alt="">'
            page.append(f'<figure>{shown}<figcaption class="{"bad" if bad else "good"}"><b>{layout}, {style}</b> '
                        f"{html.escape(words)}</figcaption></figure>")
    (options.folder / "index.html").write_text("\n".join(page) + "\n", encoding="utf-8")
    print(f"{options.folder / 'index.html'}: {faulty} pictures with a fault")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write the command reference of the guide from the command tree of a built clew.

Usage: commands.py [--clew PROGRAM] [--check]

Reads `clew --experimental-dump-help` (JSON) and writes Sources/Clew/Clew.docc/Guides/CommandReference.md, so
that the page holds every command and option with the words of its help. --check says whether the page is up
to date and writes nothing.
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "Sources" / "Clew" / "Clew.docc" / "Guides" / "CommandReference.md"


def spelled(argument: dict) -> str:
    if argument["kind"] == "positional":
        name = f"<{argument.get('valueName', 'value')}>"
        return name + ("…" if argument.get("isRepeating") else "")
    names = []
    for name in argument.get("names", []):
        dashes = "-" if name["kind"] == "short" else "--"
        names.append(dashes + name["name"])
    names.sort(key=len)
    value = "" if argument["kind"] == "flag" else f" <{argument.get('valueName', 'value')}>"
    return ", ".join(names) + value


def described(argument: dict) -> str:
    text = " ".join(argument.get("abstract", "").split()).replace("|", "\\|")
    values = argument.get("allValues")
    if values and not any(value in text for value in values):
        text += " One of " + ", ".join(f"`{value}`" for value in values) + "."
    default = argument.get("defaultValue")
    if default and "[default" not in text:
        text += f" Default: `{default}`."
    return text.strip()


def page(tree: dict) -> str:
    lines = [
        "# Command reference", "",
        "Every command with its options, in the words of `clew help COMMAND`.", "",
        "Every command also has `-h`, `--help`; `clew --version` prints the version.", "",
    ]
    for command in tree["command"]["subcommands"]:
        if command.get("shouldDisplay") is False or command["commandName"] in ("help", "__render"):
            continue
        lines += [f"## clew {command['commandName']}", "", command["abstract"], ""]
        discussion, _, examples = command.get("discussion", "").partition("Example")
        if discussion.strip():
            lines += [" ".join(discussion.split()), ""]
        if examples:
            calls = [line.strip() for line in examples.splitlines() if line.strip().startswith("clew ")]
            lines += ["```"] + calls + ["```", ""]
        groups: dict[str, list[dict]] = {}
        for argument in command.get("arguments", []):
            names = [name["name"] for name in argument.get("names", [])]
            if argument.get("shouldDisplay") is False or {"help", "version"} & set(names):
                continue
            groups.setdefault(argument.get("sectionTitle") or "", []).append(argument)
        for title, arguments in groups.items():
            if title:
                lines += [f"**{title[0].upper() + title[1:]}**", ""]
            lines += ["| | |", "| --- | --- |"]
            lines += [f"| `{spelled(argument)}` | {described(argument)} |" for argument in arguments]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clew", default=str(ROOT / ".build" / "debug" / "clew"))
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    dump = subprocess.run([arguments.clew, "--experimental-dump-help"], capture_output=True, check=True)
    text = page(json.loads(dump.stdout))
    if arguments.check:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{PAGE} is not what the command tree says: run tools/guide/commands.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

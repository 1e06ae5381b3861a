#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write a table of invented phone calls, its phones and a mapping into a folder, from a seed.

Usage: calls.py FOLDER [--rows 5000000] [--phones 200000] [--seed 1]

The numbers are of no country; few of them make most of the calls, as in a real extract.
"""

import argparse
import pathlib
import random
import time

MAPPING = """\
grading: admiralty
sources:
  operator: { kind: callRecords, grade: A2, handling: H1 }
files:
  - file: phones.csv
    source: operator
    entities:
      - { id: "phone:{number}", schema: Phone, properties: { number: number } }
  - file: calls.csv
    source: operator
    events:
      - schema: Call
        time: start
        participants: { caller: "phone:{caller}", receiver: "phone:{called}" }
        properties: { duration: seconds, callType: type, imei: imei }
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--phones", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "mapping.yaml").write_text(MAPPING)
    numbers = sorted(draw.sample(range(10**8), options.phones))
    phones = [f"+9990{number:08d}" for number in numbers]
    devices = [f"35{draw.randrange(10**13):013d}" for _ in phones]
    with open(options.folder / "phones.csv", "w") as file:
        file.write("number\n")
        file.writelines(phone + "\n" for phone in phones)
    draw.shuffle(phones)
    now, count = 1_672_531_200, options.phones
    with open(options.folder / "calls.csv", "w") as file:
        file.write("start,caller,called,seconds,type,imei\n")
        for start in range(0, options.rows, 10_000):
            lines = []
            for _ in range(min(10_000, options.rows - start)):
                now += draw.randrange(13)
                caller = int(count * draw.random() ** 3)
                called = int(count * draw.random() ** 2)
                stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
                kind = "sms" if caller % 3 == 0 else "voice"
                lines.append(f"{stamp},{phones[caller]},{phones[called]},{now % 601},{kind},"
                             f"{devices[caller]}\n")
            file.writelines(lines)


main()

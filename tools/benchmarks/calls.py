#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write a table of invented phone calls, its phones, a register and a mapping, from a seed.

Usage: calls.py FOLDER [--rows 5000000] [--phones 200000] [--persons 0] [--seed 1]

The numbers are of no country; few of them make most of the calls, as in a real extract. Persons have
invented names; the first of them are the holders of the phones.
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

REGISTER_SOURCE = """\
  register: { kind: register, grade: B2, handling: H1 }
"""

REGISTER = """\
  - file: persons.csv
    source: register
    entities:
      - { id: "person:{id}", schema: Person, properties: { name: name, birthDate: born } }
  - file: holders.csv
    source: register
    relationships:
      - id: "holder:{number}"
        schema: Use
        ends: { user: "person:{id}", object: "phone:{number}" }
"""

ONSETS = "B D F G K L M N P R S T V Z Br Dr Gl Kr Pl St Tr Sch".split()
VOWELS = "a e i o u ai ei ou".split()
CODAS = ["", "", "", "n", "r", "l", "s", "m"]


def words(draw, count):
    """So many different invented words of two or three syllables."""
    made = {}
    while len(made) < count:
        word = "".join(draw.choice(ONSETS).lower() + draw.choice(VOWELS) + draw.choice(CODAS)
                       for _ in range(draw.choice((2, 2, 3))))
        made[word.capitalize()] = None
    return list(made)


def write_register(folder, draw, persons, phones):
    given, family = words(draw, 2_000), words(draw, 40_000)
    with open(folder / "persons.csv", "w") as file:
        file.write("id,name,born\n")
        for number in range(persons):
            name = f"{draw.choice(given)} {family[int(len(family) * draw.random() ** 2)]}"
            born = f"{draw.randrange(1940, 2006)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"
            file.write(f"{number:07d},{name},{born}\n")
    with open(folder / "holders.csv", "w") as file:
        file.write("id,number\n")
        file.writelines(f"{number:07d},{phone}\n" for number, phone in zip(range(persons), phones))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--phones", type=int, default=200_000)
    parser.add_argument("--persons", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    mapping = MAPPING
    if options.persons:
        mapping = mapping.replace("files:\n", REGISTER_SOURCE + "files:\n").replace(
            "  - file: calls.csv", REGISTER + "  - file: calls.csv")
    (options.folder / "mapping.yaml").write_text(mapping)
    numbers = sorted(draw.sample(range(10**8), options.phones))
    phones = [f"+9990{number:08d}" for number in numbers]
    devices = [f"35{draw.randrange(10**13):013d}" for _ in phones]
    with open(options.folder / "phones.csv", "w") as file:
        file.write("number\n")
        file.writelines(phone + "\n" for phone in phones)
    if options.persons:
        write_register(options.folder, random.Random(options.seed), options.persons, phones)
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

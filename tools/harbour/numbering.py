# SPDX-License-Identifier: Apache-2.0
"""Random numbers that depend on the seed alone, and numbers of ships, boxes, telephones, accounts."""
import datetime


class Random:
    """SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195)."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def below(self, bound):
        """A whole number in 0 ..< bound; the bias is under 2^-40 for the bounds used here."""
        return self.next() % bound

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[self.below(len(items))]


def imo(stem):
    return "IMO" + stem + str(sum(int(d) * w for d, w in zip(stem, range(7, 1, -1))) % 10)


def container(serial):
    """An ISO 6346 number of an owner code that is not in use."""
    stem = "ZXQU%06d" % serial
    values = {}
    value = 10
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        if value % 11 == 0:
            value += 1
        values[letter] = value
        value += 1
    total = sum((values[c] if c in values else int(c)) << i for i, c in enumerate(stem))
    return stem + str(total % 11 % 10)


def phone_number(digits):
    return "+447700" + digits


def iban(index, bank):
    return "XV00" + bank.upper().replace(" ", "")[:4] + "%010d" % (4100 + 37 * index)


def day(text):
    return datetime.date(*(int(part) for part in text.split("-")))

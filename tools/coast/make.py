#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the coastlines of route maps from the countries of Natural Earth.

Natural Earth (naturalearthdata.com) is in the public domain. Its countries at 1:110 million come with
geopandas 0.14.4, the last version that carries them (naturalearth_lowres). What only one country has of
its outline is coast; what two share is a border.

    tools/coast/make.py GEOPANDAS.whl > Sources/Diagrams/Map/coast.txt

Each line is a coast (`c`, closed) or a border (`b`): longitude and latitude of its first point in hundredths of a
degree, then the steps from point to point.
"""

import io
import struct
import sys
import zipfile

MEMBER = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp"


def rings(data):
    """The outlines in a shapefile of polygons, as lists of points in hundredths of a degree."""
    at = 100
    while at < len(data):
        _, length = struct.unpack(">ii", data[at:at + 8])
        record = data[at + 8:at + 8 + 2 * length]
        at += 8 + 2 * length
        kind, = struct.unpack("<i", record[:4])
        if kind != 5:
            raise SystemExit(f"a shape of kind {kind}, expected polygons")
        parts, count = struct.unpack("<ii", record[36:44])
        starts = list(struct.unpack(f"<{parts}i", record[44:44 + 4 * parts])) + [count]
        numbers = struct.unpack(f"<{2 * count}d", record[44 + 4 * parts:44 + 4 * parts + 16 * count])
        points = [(round(100 * numbers[2 * i]), round(100 * numbers[2 * i + 1])) for i in range(count)]
        for first, last in zip(starts, starts[1:]):
            ring = [points[first]]
            ring += [b for a, b in zip(points[first:last], points[first + 1:last]) if a != b]
            if len(ring) > 3:
                yield ring


def chains(edges):
    """Edges joined end to end into as few lines as possible, in a fixed order."""
    following = {}
    for a, b in edges:
        following.setdefault(a, []).append(b)
    for ends in following.values():
        ends.sort(reverse=True)
    arriving = {}
    for _, b in edges:
        arriving[b] = arriving.get(b, 0) + 1
    result = []
    starts = sorted(p for p in following if arriving.get(p, 0) < len(following[p]))
    while any(following.values()):
        start = next((p for p in starts if following.get(p)), None)
        if start is None:
            start = min(p for p, ends in following.items() if ends)
        line = [start]
        while following.get(line[-1]):
            line.append(following[line[-1]].pop())
        result.append(line)
    return result


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        data = wheel.read(MEMBER)
    owners = {}
    for ring in rings(data):
        for a, b in zip(ring, ring[1:]):
            owners.setdefault((min(a, b), max(a, b)), []).append((a, b))
    # Where the world is cut at 180 degrees and at the pole the rings run along the cut; who draws them
    # leaves these edges out.
    coasts = [ends[0] for ends in owners.values() if len(ends) == 1]
    borders = sorted(edge for edge, ends in owners.items() if len(ends) > 1)
    out = io.StringIO()
    out.write("# Coastlines and borders at 1:110 million. Source: Natural Earth, public domain. Made by tools/coast/make.py.\n")
    for mark, edges in (("c", coasts), ("b", borders)):
        for line in chains(edges):
            steps = [line[0]] + [(b[0] - a[0], b[1] - a[1]) for a, b in zip(line, line[1:])]
            out.write(mark + " " + " ".join(f"{x} {y}" for x, y in steps) + "\n")
    sys.stdout.write(out.getvalue())


main()

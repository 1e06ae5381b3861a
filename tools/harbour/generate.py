#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes datasets/harbour: a fictional cocaine-import network over a fictional port.

    tools/harbour/generate.py            write the files
    tools/harbour/generate.py --check    say whether the committed files are what would be written

Python 3.9 or later, standard library only. The generator of random numbers is written out below, so
that the bytes depend on the seed alone. mapping.yaml is written by hand and only checksummed here.
"""
import datetime
import hashlib
import itertools
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cast import (ACCOUNTS, ADDRESSES, COMMUNITIES, COMPANIES, INVESTIGATED, INVESTIGATIONS, PERSONS,
                  PHONES, PORTS, VEHICLES, VESSELS)
from numbering import Random, container, day, iban, imo, phone_number
from readme import readme
from ties import (DIRECTORS, EMPLOYEES, FAMILY, FLOWS, HOMES, KNOWN, LINES, MEETINGS, OWNERS,
                  REPORTS, SEATS)

SEED = 20240607
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "datasets", "harbour")
BY_HAND = "mapping.yaml"


class Case:
    """Everything in the case: tables as they are written, entities and ties as they are counted."""

    def __init__(self):
        self.random = Random(SEED)
        self.tables = {}
        self.community = {}
        self.relationships = []
        self.events = []
        self.mistakes = []
        self.numbers = {p[0]: phone_number(p[1]) for p in PHONES}
        self.ibans = {a[0]: iban(i, a[2]) for i, a in enumerate(ACCOUNTS)}
        self.boxes = [container(100 + 37 * i) for i in range(7)]
        # A typing mistake: the check digit of the fourth container is one too high.
        self.boxes[3] = self.boxes[3][:-1] + str((int(self.boxes[3][-1]) + 1) % 10)
        self.arrivals = []
        self.people()
        self.business()
        self.things()
        self.cargo()
        self.seen()
        self.traffic()
        self.money()

    def table(self, name, header, rows):
        self.tables[name] = (header, rows)

    def entity(self, name, community):
        assert name not in self.community, name
        self.community[name] = community

    def relationship(self, schema, first, second):
        self.relationships.append((schema, [(first, second)]))

    def event(self, schema, *pairs):
        """An event and the pairs of entities that it ties."""
        self.events.append((schema, list(pairs)))

    def mistake(self, kind, file, row, column, what, entities=()):
        """Row counts from 0; the header is line 1."""
        self.mistakes.append({
            "kind": kind, "file": file, "line": row + 2, "column": column, "what": what,
            "entities": list(entities)})

    def people(self):
        rows = []
        for (key, name, latin, alias, born, category, minor, role, community, does) in PERSONS:
            self.entity("person:" + key, community)
            rows.append([key, name, latin, alias, born, category, minor, role, does])
        self.table("persons.csv", ["id", "full_name", "latin_name", "alias", "born", "category",
                                   "minor", "crime_role", "occupation"], rows)
        self.mistake("duplicate", "persons.csv", 57, "full_name",
                     "the same man as P016 under another spelling: same birth date, telephone and flat",
                     ["person:P016", "person:P058"])
        rows = []
        for first, second, relation in FAMILY:
            rows.append([first, second, relation])
            self.relationship("Family", "person:" + first, "person:" + second)
        self.table("family.csv", ["person_id", "relative_id", "relation"], rows)
        rows = []
        for first, second, since, grade in KNOWN:
            rows.append([first, second, since, grade])
            self.relationship("Associate", "person:" + first, "person:" + second)
        self.table("known_associates.csv", ["person_id", "associate_id", "since", "grade"], rows)
        rows = []
        for row in REPORTS:
            rows.append(list(row))
            self.relationship("UnknownLink" if row[7] == "rumour" else "Associate",
                              "person:" + row[5], "person:" + row[6])
        self.table("informant_reports.csv", ["report", "date", "informant", "grade", "handling",
                                             "person_a", "person_b", "relation", "text"], rows)
        rumour = [r[7] for r in REPORTS].index("rumour")
        self.mistake("rumour", "informant_reports.csv", rumour, "grade",
                     "a rumour without direction, graded E4: not to be trusted",
                     ["person:" + REPORTS[rumour][5], "person:" + REPORTS[rumour][6]])
        rows = []
        for key, name, lead, opened, closed in INVESTIGATIONS:
            self.entity("investigation:" + key, None)
            rows.append([key, name, lead, opened, closed, ";".join(INVESTIGATED[key])])
            for subject in INVESTIGATED[key]:
                self.relationship("UnderInvestigation", "investigation:" + key, "person:" + subject)
        self.table("investigations.csv", ["id", "name", "lead", "opened", "closed", "subjects"], rows)

    def business(self):
        rows = []
        for key, street, town, country, community in ADDRESSES:
            self.entity("address:" + key, community)
            rows.append([key, street, town, country])
        self.table("addresses.csv", ["id", "street", "town", "country"], rows)
        rows = []
        for key, name, number, form, country, founded, business, community in COMPANIES:
            self.entity("company:" + key, community)
            self.relationship("Location", "company:" + key, "address:" + SEATS[key])
            rows.append([key, name, number, form, country, founded, business, SEATS[key]])
        self.table("companies.csv", ["id", "name", "registration_number", "legal_form", "country",
                                     "founded", "business", "address_id"], rows)
        born = {p[0]: p[4] for p in PERSONS}
        rows = []
        for person, company, position, start, end in DIRECTORS:
            month = born[person][:7]
            if person == "P028":
                month = "1985-05"
            rows.append([company, person, position, month, start, end])
            self.relationship("Directorship", "person:" + person, "company:" + company)
        self.table("company_officers.csv", ["company_id", "person_id", "position", "born",
                                            "appointed", "resigned"], rows)
        for index, row in enumerate(rows):
            if row[1] == "P028":
                self.mistake("contradiction", "company_officers.csv", index, "born",
                             "the register has the year 1985, the police files 1958",
                             ["person:P028"])
            if not row[4]:
                self.mistake("missing date", "company_officers.csv", index, "appointed",
                             "no date of appointment", ["person:" + row[1], "company:" + row[0]])
        rows = []
        for owner, company, share, start, end in OWNERS:
            rows.append([owner, "person" if owner[0] == "P" else "company", company, share, start, end])
            self.relationship("Ownership", holder(owner), "company:" + company)
        self.table("shareholders.csv", ["holder_id", "holder_type", "company_id", "share_percent",
                                        "from", "to"], rows)
        rows = []
        for person, company, since in EMPLOYEES:
            rows.append([person, company, since])
            self.relationship("Employment", "person:" + person, "company:" + company)
        self.table("employees.csv", ["person_id", "company_id", "since"], rows)
        rows = []
        for person, address in HOMES.items():
            rows.append([person, address])
            self.relationship("Location", "person:" + person, "address:" + address)
        self.table("residents.csv", ["person_id", "address_id"], rows)

    def things(self):
        of = dict((p[0], p[8]) for p in PERSONS)
        of.update((c[0], c[7]) for c in COMPANIES)
        rows = []
        for key, _, users in PHONES:
            number = self.numbers[key]
            self.entity("phone:" + number, of[users[0][0]])
            for person, start, end, standing in users:
                rows.append([number, person, start, end, standing])
                self.relationship("Use", "person:" + person, "phone:" + number)
        self.table("phones.csv", ["number", "user_id", "from", "to", "standing"], rows)
        rows = []
        names = dict((p[0], p[2] or p[1]) for p in PERSONS)
        names.update((c[0], c[1]) for c in COMPANIES)
        for key, owner, bank in ACCOUNTS:
            self.entity("account:" + self.ibans[key], of[owner])
            self.relationship("Holding", holder(owner), "account:" + self.ibans[key])
            name = "ZUIDHAL EXOTIC FRUIT N.V." if owner == "C01" else names[owner]
            rows.append([self.ibans[key], bank, owner, "person" if owner[0] == "P" else "company", name])
        self.table("accounts.csv", ["iban", "bank", "holder_id", "holder_type", "holder_name"], rows)
        self.mistake("misspelling", "accounts.csv", 0, "holder_name",
                     "the bank writes the name of C01 another way than the register", ["company:C01"])
        rows = []
        for key, plate, kind, owner, drivers in VEHICLES:
            self.entity("vehicle:" + key, of[owner])
            self.relationship("Ownership", holder(owner), "vehicle:" + key)
            for driver in filter(None, drivers.split(";")):
                self.relationship("Use", "person:" + driver, "vehicle:" + key)
            rows.append([key, plate, kind, owner, "person" if owner[0] == "P" else "company", drivers])
        self.table("vehicles.csv", ["id", "plate", "kind", "owner_id", "owner_type", "drivers"], rows)

    def cargo(self):
        rows = []
        for stem, name, flag in VESSELS:
            self.entity("vessel:" + imo(stem), "transport")
            rows.append([imo(stem), name, flag])
        self.table("vessels.csv", ["imo", "name", "flag"], rows)
        rows = []
        for code, name, country, latitude, longitude in PORTS:
            self.entity("port:" + code, "transport")
            rows.append([code, name, country, str(latitude), str(longitude)])
        self.table("ports.csv", ["locode", "name", "country", "latitude", "longitude"], rows)
        rows = []
        for index, number in enumerate(self.boxes):
            self.entity("container:" + number, "transport")
            rows.append([number, "45R1", "reefer"])
        self.table("containers.csv", ["number", "size_type", "kind"], rows)
        self.mistake("wrong check digit", "containers.csv", 3, "number",
                     "the last digit is not the check digit of ISO 6346", ["container:" + self.boxes[3]])
        shipments, calls, moves = [], [], []
        arrival = day("2023-03-06")
        for index in range(6):
            key = "S%02d" % (index + 1)
            self.arrivals.append(arrival)
            self.entity("shipment:" + key, "fronts")
            boxes = self.boxes[5:7] if index == 5 else [self.boxes[index]]
            vessel = imo(VESSELS[index % 2][0])
            consignee = "C03" if index == 3 else "C01"
            agent = "P022" if index in (1, 4) else "P029"
            loaded = arrival - datetime.timedelta(days=self.random.between(13, 17))
            shipments.append([
                key, "HLDX%06d" % (230100 + 911 * index), "C06", consignee, agent, vessel,
                ";".join(boxes), str(loaded), str(arrival), "bananas" if index % 3 else "limes",
                str(self.random.between(18000, 23500))])
            for party in ("company:C06", "company:" + consignee, "person:" + agent):
                self.relationship("Role", party, "shipment:" + key)
            for box in boxes:
                self.relationship("Carriage", "shipment:" + key, "container:" + box)
                self.relationship("Carriage", "container:" + box, "vessel:" + vessel)
            stops = [("XSCAI", loaded), ("XVHAL", arrival)]
            if index == 4:
                stops.insert(1, ("XTTES", arrival - datetime.timedelta(days=6)))
            for port, date in stops:
                left = date + datetime.timedelta(days=self.random.between(1, 3))
                calls.append([vessel, port, str(date), str(left)])
                self.event("PortCall", ("vessel:" + vessel, "port:" + port))
            for box in boxes:
                out = arrival + datetime.timedelta(days=self.random.between(2, 5))
                stamp = "%sT%02d:%02d:00Z" % (out, self.random.between(5, 21), self.random.below(60))
                lorry = self.random.pick(["V01", "V02"])
                moves.append([stamp, box, "XVHAL", lorry, "A05", "PIN %06d" % self.random.below(1000000)])
                self.event("ContainerMove", ("port:XVHAL", "address:A05"))
                self.relationship("Carriage", "container:" + box, "vehicle:" + lorry)
            arrival += datetime.timedelta(days=self.random.between(96, 122))
        moves[3][0] = ""
        self.table("shipments.csv", ["id", "bill_of_lading", "consignor", "consignee", "agent",
                                     "vessel_imo", "containers", "loaded", "arrived", "goods",
                                     "weight_kg"], shipments)
        self.table("vessel_calls.csv", ["imo", "locode", "arrived", "departed"], calls)
        self.table("container_moves.csv", ["time", "container", "port", "vehicle", "destination",
                                           "release"], moves)
        self.mistake("missing date", "container_moves.csv", 3, "time", "no time of the gate-out",
                     ["container:" + moves[3][1]])
        rows = []
        for number, index, kilos, arrested in (("Z-2023-031", 2, "1160.5", "P033"),
                                               ("Z-2024-017", 4, "842", "P031"),
                                               ("Z-2024-040", None, "23.7", "P055;P053")):
            if index is None:
                rows.append([number, "2024-10-30", "A08", "cocaine", kilos, "", "V04", arrested])
                seized = "vehicle:V04"
            else:
                # The box was let through the gate and opened at the cold store.
                place = "A05"
                out = next(m[0][:10] for m in moves if m[1] == self.boxes[index])
                date = day(out) + datetime.timedelta(days=1)
                rows.append([number, str(date), place, "cocaine", kilos, self.boxes[index], "", arrested])
                seized = "container:" + self.boxes[index]
            self.event("Seizure", *[("person:" + p, seized) for p in arrested.split(";")])
        self.table("seizures.csv", ["number", "date", "address_id", "substance", "weight_kg", "container",
                                    "vehicle", "arrested"], rows)

    def near_an_arrival(self, start, end):
        """A day between two days, more often than not within ten days of a ship's arrival."""
        for _ in range(50):
            if self.random.below(10) < 6:
                found = self.random.pick(self.arrivals) + datetime.timedelta(days=self.random.between(-8, 4))
            else:
                found = start + datetime.timedelta(days=self.random.below((end - start).days + 1))
            if start <= found <= end:
                return found
        return start

    def seen(self):
        rows = []
        for people, place in MEETINGS:
            date = self.near_an_arrival(day("2023-02-06"), day("2024-12-20"))
            present = people.split(" ")
            address = place if place[0] == "A" and place[1:].isdigit() else ""
            rows.append([str(date), "%02d:%02d" % (self.random.between(9, 22), self.random.pick([0, 15, 30, 45])),
                         address, "" if address else place, ";".join(present)])
            there = ["person:" + p for p in present] + (["address:" + address] if address else [])
            self.event("Meeting", *itertools.combinations(there, 2))
        rows.sort(key=lambda row: (row[0], row[1], row[4]))
        rows = [["M-%03d" % (i + 1)] + row for i, row in enumerate(rows)]
        undated = next(i for i, row in enumerate(rows) if row[5] == "P004;P047")
        rows[undated][1] = rows[undated][2] = ""
        self.table("surveillance_meetings.csv", ["id", "date", "time", "address_id", "place", "present"], rows)
        self.mistake("missing date", "surveillance_meetings.csv", undated, "date",
                     "the observer wrote no date", ["person:P004", "person:P047"])

    def traffic(self):
        rows = []
        for first, second, count in LINES:
            start, end = day("2023-01-20"), day("2024-12-20")
            for line in (first, second):
                if line == "F07":
                    end = day("2024-02-28")
                if line == "F08":
                    start = day("2024-03-01")
                if line in ("F22", "F25"):
                    start = max(start, day("2023-06-06"))
            for _ in range(count):
                date = self.near_an_arrival(start, end)
                caller, receiver = (first, second) if self.random.below(3) else (second, first)
                rows.append(["%sT%02d:%02d:%02dZ" % (date, self.random.between(6, 23), self.random.below(60),
                                                     self.random.below(60)),
                             self.numbers[caller], self.numbers[receiver],
                             str(self.random.between(8, 420)),
                             self.random.pick(["voice", "voice", "voice", "sms"])])
        rows.sort()
        for row in rows:
            if row[4] == "sms":
                row[3] = "0"
            self.event("Call", ("phone:" + row[1], "phone:" + row[2]))
        self.table("call_records.csv", ["start", "caller", "called", "seconds", "type"], rows)

    def money(self):
        rows = []
        for payer, payee, count, low, high, reference in FLOWS:
            for _ in range(count):
                date = self.near_an_arrival(day("2023-02-01"), day("2024-12-20"))
                amount = self.random.between(low, high)
                rows.append([date, self.ibans[payer], self.ibans[payee],
                             "%d.%02d" % (amount, self.random.pick([0, 0, 50, 75])), "EUR", reference])
        rows.sort()
        for row in rows:
            # The bank writes the day first.
            row[0] = "%02d/%02d/%04d" % (row[0].day, row[0].month, row[0].year)
            self.event("Payment", ("account:" + row[1], "account:" + row[2]))
        self.table("payments.csv", ["booked", "from_iban", "to_iban", "amount", "currency", "reference"], rows)

    def truth(self):
        members = {}
        for name, community in self.community.items():
            members.setdefault(community, []).append(name)
        both = [p for p in INVESTIGATED["I01"] if p in INVESTIGATED["I02"]]
        return {
            "dataset": "harbour",
            "seed": SEED,
            "counts": {
                "entities": len(self.community),
                "relationships": len(self.relationships),
                "events": len(self.events),
            },
            "communities": [
                {"id": key, "name": name, "members": members[key]} for key, name in COMMUNITIES.items()],
            "coordinator": {
                "entity": "person:P001",
                "lieutenants": ["person:P%03d" % i for i in (2, 3, 4, 5, 6)],
                "what": "meets and calls only his lieutenants, his lawyer and his bodyguard"},
            "broker": {
                "entity": "person:P010",
                "what": "the only person between the port crew and everybody else: a cut node among persons",
                "separates": ["port", "cell"]},
            "accountant": {
                "entity": "person:P039", "between": ["money", "fronts"]},
            "front": {
                "entity": "company:C01",
                "ring": ["company:C01", "company:C03", "company:C04", "company:C02"],
                "sharedDirector": "person:P021",
                "sharedDirectorOf": ["company:C%02d" % i for i in (1, 2, 3, 4, 5)],
                "sharedAddress": "address:A01",
                "sharedAddressOf": ["company:C%02d" % i for i in (1, 2, 3, 4, 5)],
                "moneyRing": ["account:" + self.ibans[b] for b in ("B01", "B03", "B04", "B02")]},
            "duplicates": [["person:P016", "person:P058"]],
            "inBothInvestigations": ["person:" + p for p in both],
            "neverRanked": {
                "victims": ["person:" + p[0] for p in PERSONS if p[5] == "X"],
                "witnesses": ["person:" + p[0] for p in PERSONS if p[5] == "W"],
                "minors": ["person:" + p[0] for p in PERSONS if p[6]]},
            "expected": {
                "communitiesAgreement": {"measure": "normalised mutual information", "atLeast": 0.8},
                "coordinatorRankByBetweenness": {"among": "all entities but investigations", "atMost": 3},
                "brokerRankByBetweennessAmongPersons": {"among": "persons", "atMost": 3},
                "coordinatorRankByBetweennessAmongPersons": {"among": "persons", "atMost": 3},
                "brokerIsCutNode": {"among": "persons"}},
            "mistakes": self.mistakes,
        }


def holder(key):
    return ("person:" if key[0] == "P" else "company:") + key


def csv(header, rows):
    """RFC 4180 with line feeds."""
    def cell(text):
        if any(c in text for c in ",\"\r\n"):
            return '"' + text.replace('"', '""') + '"'
        return text
    assert all(len(row) == len(header) for row in rows)
    return "".join(",".join(cell(text) for text in row) + "\n" for row in [header] + rows)


def files():
    case = Case()
    out = {name: csv(*table).encode() for name, table in case.tables.items()}
    truth = case.truth()
    out["truth.json"] = (json.dumps(truth, ensure_ascii=False, indent=2) + "\n").encode()
    summed = dict(out)
    by_hand = os.path.join(FOLDER, BY_HAND)
    if os.path.exists(by_hand):
        with open(by_hand, "rb") as file:
            summed[BY_HAND] = file.read()
    sums = [(name, hashlib.sha256(summed[name]).hexdigest()) for name in sorted(summed)]
    rows = {name: len(table[1]) for name, table in case.tables.items()}
    out["README.md"] = readme(truth, rows, sums).encode()
    return out


def main():
    wanted = files()
    if sys.argv[1:] == ["--check"]:
        wrong = []
        for name in sorted(wanted):
            try:
                with open(os.path.join(FOLDER, name), "rb") as file:
                    if file.read() != wanted[name]:
                        wrong.append(name + ": differs from what the generator writes")
            except FileNotFoundError:
                wrong.append(name + ": is missing")
        for name in sorted(os.listdir(FOLDER)):
            if name not in wanted and name != BY_HAND:
                wrong.append(name + ": is not written by the generator")
        print("\n".join(wrong) if wrong else "datasets/harbour: %d files as generated" % len(wanted))
        return 1 if wrong else 0
    if sys.argv[1:]:
        print(__doc__)
        return 64
    for name, data in wanted.items():
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())

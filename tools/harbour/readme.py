# SPDX-License-Identifier: Apache-2.0
"""The README of the harbour case: its text, and the counts and checksums that the generator fills in."""
from cast import COMPANIES, PERSONS

TEXT = """\
# Harbour: a fictional cocaine-import network

A case as an analyst would have it: plain tables from a company register, call records, a bank's disclosure,
port and freight records, surveillance, informants, seizures and police files, over the years 2023 and 2024. Bananas
and limes from Puerto Caimarí (Sanvaria, XS) come to the Port of Haldermond (Veldmark, XV); some boxes hold more.

**Everything is invented**: persons, companies, towns, countries, ships. Country codes XS, XT and XV are from the range
that ISO 3166-1 leaves to users. Telephone numbers are from +44 7700 900000–900999, which Ofcom keeps for
drama. Account numbers have the country XV and the check digits 00, which no IBAN has. Ships' numbers begin with 00, which
no IMO number does. The containers' owner code ZXQ was chosen as one not in use. A likeness to anybody is chance.

Origin: `tools/harbour/generate.py`, seed {seed}; `tools/harbour/generate.py --check` says whether these files are what it
writes. Licence: Apache-2.0, as the whole project. How to cite: the harbour case of Clew.

{entities} entities, {relationships} relationships and {events} events ({together} together), stated by sources of seven
kinds and graded by the Admiralty system with Europol's handling codes:

| source | kind | grade | handling | tables |
| --- | --- | --- | --- | --- |
| company-register | register | A1 | H0 | companies, company_officers, shareholders, addresses |
| port-records | register | A2 | H0 | ports, vessels, vessel_calls, containers, container_moves, shipments |
| call-records | call records | A2 | H1 | phones, call_records |
| bank-disclosure | bank records | A2 | H2 | accounts, payments |
| seizure-records | seizure record | A1 | H1 | seizures |
| surveillance | surveillance | B2 | H1 | surveillance_meetings |
| informant-7, informant-12 | informant report | each row its own: B3 to E4 | H2, H3 | informant_reports |
| police-files | police file | B2; some rows their own | H1 | persons, family, known_associates, employees, residents, vehicles, investigations |

`mapping.yaml` says how the tables become a case: `clew new harbour.case`, then
`clew import harbour.case datasets/harbour --mapping datasets/harbour/mapping.yaml`.

## The truth

Nobody who investigates knows it, so it stands in no table; `truth.json` states it for tests.

**Six communities.** Investigations belong to none. Cargo, ships and ports count to transport; telephones, accounts and
vehicles to their first user or holder.

| community | entities | persons |
| --- | ---: | --- |
{communities}
**The coordinator is Ruben Vandersteyl-Oort (P001).** He meets and calls his five lieutenants, his lawyer and his bodyguard,
and nobody else. Seven persons are tied to him, fewer than to a lashing foreman at the quay (ten), and yet more shortest paths
run through him than through anybody: each lieutenant alone leads to one part of the network: P002 to the money, P003 to
the fronts, P004 to the street, P005 to the port, P006 to the haulage.

**The broker is Yannick Loosveldt-Mørk (P010),** a logistics agent. Between the port crew and everybody else there is
only he: take him out, and no path of persons leads from the crew to the coordination cell. He changed his telephone in March 2024
(F07 before, F08 after).

**The accountant is Leopold Quillaert (P039),** between the launderers and the fronts: auditor of Blauwkade Holding, owner of
Marlowe Ridge, which holds 45 % of it.

**The front is Zuidhal Exotic Fruits NV (C01).** It owns 60 % of Tropadel (C03), which owns Oriflor (C04), which owns 55 % of Blauwkade
Holding (C02), which owns 80 % of Zuidhal: a ring. One man, Egbert Rietmolenaar (P021), is a director of five companies
(C01 to C05), all at one address, Spiegelkaai 7, box 12 (A01). Money goes round as well: Zuidhal pays
Tropadel, which pays Oriflor, which pays Blauwkade, which pays Zuidhal. Cash comes in through the exchange office (C12), in sums just under 10,000.

**Two investigations overlap**: TIDEGATE (the port) and GLASSQUAY (the money) share {both}. The second has its own record P058 of a man whom
the first has as P016.

**The three ports** have coordinates for maps, which are invented: they lie in the open sea, where no port is.

**Not to be ranked**: P056 is a victim, P020 and P027 are witnesses, P017 was born in 2007.

## The planted mistakes

{mistakes}
## Does analysis find it?

`tools/harbour/verify.py` asks networkx 3.6.1 and igraph 1.0.0 on two undirected graphs: all entities but investigations
(147 nodes, 331 edges), and persons (58 nodes, 97 edges; a call ties the users of the two phones). An event ties the ends of its arc; a meeting
ties all present and the place.

| | entities | persons |
| --- | --- | --- |
| Leiden against the six communities, every tie alike: NMI | 0.955 (7 communities) | 0.953 (7) |
| the same, ties counted: NMI | 0.882 (9) | 0.984 (7) |
| Louvain, 20 seeds, every tie alike: mean NMI | 0.807 | 0.946 |
| place of the coordinator by betweenness (value, degree) | 3rd (0.184, 9) | 1st (0.539, 7) |
| place of the broker by betweenness (value, degree) | 4th (0.179, 6) | 3rd (0.290, 7) |
| place of the coordinator by degree | 8th | 2nd, with the broker |
| is the broker a cut node that parts the crew from the cell? | | yes |

## Files

| file | rows | SHA-256 |
| --- | ---: | --- |
{files}"""


def readme(truth, rows, sums):
    names = {"person:" + p[0]: p[2] or p[1] for p in PERSONS}
    names.update({"company:" + c[0]: c[1] for c in COMPANIES})
    counts = truth["counts"]
    communities = []
    for community in truth["communities"]:
        ids = [m.split(":")[1] for m in community["members"] if m.startswith("person:")]
        communities.append("| %s | %d | %s |\n" % (
            community["name"], len(community["members"]), spans(ids)))
    mistakes = "| what | where | which |\n| --- | --- | --- |\n"
    for mistake in truth["mistakes"]:
        mistakes += "| %s | `%s:%d`, %s | %s |\n" % (
            mistake["kind"], mistake["file"], mistake["line"], mistake["column"], mistake["what"])
    files = "".join("| `%s` | %s | `%s` |\n" % (n, rows.get(n, ""), s) for n, s in sums)
    both = " and ".join("%s (%s)" % (names[p], p.split(":")[1]) for p in truth["inBothInvestigations"])
    return TEXT.format(
        seed=truth["seed"], entities=counts["entities"], relationships=counts["relationships"],
        events=counts["events"], together=counts["relationships"] + counts["events"],
        communities="".join(communities), mistakes=mistakes, files=files, both=both)


def spans(ids):
    """P001, P002, P003, P058 as "P001–P003, P058"."""
    numbers = sorted(int(i[1:]) for i in ids)
    parts = []
    start = previous = numbers[0]
    for number in numbers[1:] + [None]:
        if number is not None and number == previous + 1:
            previous = number
            continue
        parts.append("P%03d" % start if start == previous else "P%03d–P%03d" % (start, previous))
        start = previous = number
    return ", ".join(parts)

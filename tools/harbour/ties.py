# SPDX-License-Identifier: Apache-2.0
"""How the cast of the harbour case is tied together; the bulk of it is drawn in generate.py."""

# person, company, position, from, to
DIRECTORS = [
    ("P021", "C01", "managing director", "2021-09-14", ""),
    ("P021", "C02", "managing director", "2021-03-02", ""),
    ("P021", "C03", "director", "2022-01-20", ""),
    ("P021", "C04", "director", "2022-04", ""),
    ("P021", "C05", "director", "", ""),
    ("P028", "C03", "managing director", "2022-01-20", ""),
    ("P028", "C04", "secretary", "2022-04", ""),
    ("P028", "C15", "director", "2020-12-01", "2023-11-30"),
    ("P024", "C01", "secretary", "2021-09-14", ""),
    ("P024", "C02", "secretary", "2021-03-02", ""),
    ("P024", "C05", "secretary", "2022", ""),
    ("P022", "C01", "director", "2022-02-01", ""),
    ("P025", "C06", "managing director", "2019-06-11", ""),
    ("P026", "C06", "director", "2020-01-15", ""),
    ("P030", "C07", "managing director", "1998-05-04", ""),
    ("P030", "C08", "director", "2022-10-01", ""),
    ("P034", "C08", "director", "2016-01-01", ""),
    ("P037", "C09", "managing director", "2017-02-13", ""),
    ("P036", "C10", "managing director", "2012-07-19", ""),
    ("P039", "C11", "managing director", "1994-01-03", ""),
    ("P039", "C02", "auditor", "2021-03-02", ""),
    ("P039", "C15", "director", "2020-12-01", ""),
    ("P040", "C12", "managing director", "2014-11-25", ""),
    ("P041", "C13", "managing director", "2004-08-30", ""),
    ("P042", "C14", "managing director", "2015-05-06", ""),
    ("P047", "C17", "managing director", "2018-03-15", ""),
    ("P049", "C18", "managing director", "2019-09-09", ""),
]

# owner, company, percentage, from, to
OWNERS = [
    ("C02", "C01", "80", "2021-09-14", ""),
    ("P021", "C01", "20", "2021-09-14", ""),
    ("C01", "C03", "60", "2022-01-20", ""),
    ("P028", "C03", "40", "2022-01-20", ""),
    ("C03", "C04", "100", "2022-04", ""),
    ("C04", "C02", "55", "2022-06-01", ""),
    ("C15", "C02", "45", "2021-03-02", ""),
    ("P024", "C05", "100", "2022", ""),
    ("P025", "C06", "70", "2019-06-11", ""),
    ("C05", "C06", "30", "2022-09-01", ""),
    ("P030", "C07", "100", "1998-05-04", ""),
    ("P030", "C08", "50", "2022-10-01", ""),
    ("P034", "C08", "50", "2009-10-01", ""),
    ("P037", "C09", "100", "2017-02-13", ""),
    ("P036", "C10", "100", "2012-07-19", ""),
    ("P039", "C11", "100", "1994-01-03", ""),
    ("P040", "C12", "100", "2014-11-25", ""),
    ("P041", "C13", "100", "2004-08-30", ""),
    ("P042", "C14", "50", "2015-05-06", ""),
    ("C15", "C14", "50", "2021-07-01", ""),
    ("P039", "C15", "100", "2020-12-01", ""),
    ("P047", "C17", "100", "2018-03-15", ""),
    ("P049", "C18", "100", "2019-09-09", ""),
]

SEATS = {
    "C01": "A01", "C02": "A01", "C03": "A01", "C04": "A01", "C05": "A01", "C06": "A02",
    "C07": "A04", "C08": "A05", "C09": "A04", "C10": "A04", "C11": "A06", "C12": "A06",
    "C13": "A06", "C14": "A06", "C15": "A07", "C16": "A03", "C17": "A08", "C18": "A08",
}

HOMES = {
    "P001": "A09", "P009": "A09", "P016": "A10", "P058": "A10", "P017": "A10", "P054": "A08",
    "P057": "A08",
}

EMPLOYEES = [
    ("P012", "C16", "2011-05-02"), ("P013", "C16", "2016-09-01"), ("P015", "C16", "2014-03-17"),
    ("P018", "C16", "2015-01-05"), ("P020", "C16", "1995-06-12"), ("P011", "C16", "2009-02-23"),
    ("P023", "C01", "2021-10-01"), ("P027", "C01", "2022-06-20"), ("P031", "C07", "2017-04-10"),
    ("P032", "C07", "2022-11-14"), ("P033", "C07", "2020-08-03"), ("P035", "C08", "2018-01-22"),
    ("P038", "C08", "2021-05-17"), ("P044", "C12", "2023-02-01"), ("P050", "C18", "2022-07-04"),
    ("P051", "C17", "2021-03-08"),
]

FAMILY = [
    ("P011", "P017", "uncle"), ("P030", "P037", "spouse"), ("P040", "P044", "aunt"),
    ("P047", "P054", "son-in-law"), ("P021", "P024", "cousin"), ("P052", "P053", "partner"),
]

# Who is seen with whom: each line one meeting, with its place.
MEETINGS = [
    ("P001 P002", "A09"), ("P001 P003", "restaurant De Vuurtoren"), ("P001 P004", "A09"),
    ("P001 P006", "golf course Sint-Halde"), ("P001 P005 P009", "A09"), ("P001 P008", "law office"),
    ("P001 P002", "restaurant De Vuurtoren"), ("P001 P006", "A09"),
    ("P005 P010", "marina Zilverbeke"), ("P005 P010", "motorway services Halderdal"),
    ("P010 P011 P013", "café Het Anker"), ("P010 P011 P014", "café Het Anker"),
    ("P011 P012 P015 P016", "A10"), ("P011 P016 P017", "A10"),
    ("P003 P022", "A01"), ("P024 P039", "hotel Belvoir"),
    ("P021 P022 P025", "A01"), ("P021 P028", "A01"), ("P001 P003", "A09"),
    ("P030 P034 P037", "A04"), ("P006 P030", "lorry park Oosterhalle"),
    ("P039 P040 P043", "A06"), ("P002 P039", "hotel Belvoir"),
    ("P004 P047", "gym Zilverbeke"), ("P047 P048 P049", "A08"), ("P049 P050 P052", "A08"),
]

# report, date, informant, grade, handling, first, second, relation, what was said
REPORTS = [
    ("R-001", "2023-02-11", "informant-7", "C3", "H2", "P011", "P012", "associate", "work the night shift together and split the money"),
    ("R-002", "2023-02-11", "informant-7", "C3", "H2", "P011", "P018", "associate", "the guard lets the boys through gate 4"),
    ("R-003", "2023-03-20", "informant-7", "C3", "H2", "P013", "P015", "associate", "she moves the box, he brings it to the blind row"),
    ("R-004", "2023-04-28", "informant-7", "B3", "H2", "P011", "P019", "associate", "the chandler carries bags off the ship"),
    ("R-005", "2023-05-30", "informant-7", "C3", "H2", "P015", "P016", "associate", "hide in the box together"),
    ("R-006", "2023-06-15", "informant-12", "D3", "H2", "P036", "P031", "associate", "built a false floor into the trailer"),
    ("R-007", "2023-07-02", "informant-12", "D3", "H2", "P036", "P033", "associate", "repairs his lorry without invoice"),
    ("R-008", "2023-08-24", "informant-12", "C3", "H2", "P047", "P048", "associate", "takes ten at a time"),
    ("R-009", "2023-09-10", "informant-12", "C3", "H2", "P049", "P051", "associate", "sells from the kitchen door"),
    ("R-010", "2023-10-05", "informant-12", "D4", "H3", "P048", "P053", "associate", "supplies the clubs"),
    ("R-011", "2023-11-19", "informant-12", "C3", "H2", "P047", "P055", "associate", "pays the courier by the trip"),
    ("R-012", "2024-01-14", "informant-7", "C3", "H2", "P012", "P018", "associate", "grew up in the same street"),
    ("R-013", "2024-02-22", "informant-12", "E4", "H3", "P048", "P041", "rumour", "people say they know each other from before"),
    ("R-014", "2024-04-03", "informant-12", "D3", "H2", "P053", "P051", "associate", "share a flat above the bar"),
    ("R-015", "2024-05-21", "informant-12", "C3", "H2", "P005", "P056", "associate", "beat him over a debt"),
    ("R-016", "2024-06-30", "informant-7", "C3", "H2", "P013", "P018", "associate", "she tells him which camera is off"),
    ("R-017", "2024-08-17", "informant-12", "C3", "H2", "P056", "P049", "associate", "owed her for two deliveries"),
    ("R-018", "2024-10-09", "informant-12", "C4", "H2", "P057", "P052", "associate", "rents him the room, knows nothing"),
]

# What the case files of the two investigations state: first, second, since, grade
KNOWN = [
    ("P005", "P009", "2023-03", "B2"), ("P007", "P005", "2023-05-02", "B2"),
    ("P007", "P009", "2023-06-19", "B3"), ("P008", "P007", "2023-09-01", "B3"),
    ("P002", "P008", "2024-01-15", "B2"), ("P014", "P013", "2023-08-30", "B2"),
    ("P025", "P026", "2023-01-01", "A2"), ("P029", "P022", "2023-02-14", "B2"),
    ("P029", "P025", "2023-02-14", "B3"), ("P023", "P022", "2023-01-08", "A2"),
    ("P032", "P031", "2024-02-01", "B2"), ("P033", "P032", "2023-11-11", "B3"),
    ("P035", "P034", "2023-02-20", "B2"), ("P038", "P035", "2023-02-20", "B2"),
    ("P041", "P042", "2023-12-03", "B2"), ("P043", "P046", "2024-03-18", "B3"),
    ("P045", "P044", "2023-04-25", "B2"), ("P041", "P040", "2023-07-21", "B2"),
    ("P046", "P041", "2024-05-09", "B3"), ("P054", "P055", "2023-10-29", "B2"),
    ("P022", "P027", "2023-01-08", "A2"), ("P024", "P028", "2023-10-20", "B2"),
    ("P039", "P041", "2023-12-03", "B3"), ("P025", "P021", "2023-06-27", "B3"),
    ("P050", "P052", "2023-06-06", "B2"), ("P056", "P050", "2024-05-21", "B3"),
]

# Who calls whom, and how often in two years.
LINES = [
    ("F01", "F02", 2), ("F01", "F03", 2), ("F01", "F04", 2), ("F01", "F05", 2), ("F01", "F06", 2),
    ("F05", "F07", 1), ("F05", "F08", 1),
    ("F07", "F09", 3), ("F08", "F09", 2), ("F07", "F10", 2), ("F08", "F11", 2), ("F09", "F12", 2),
    ("F09", "F13", 3), ("F10", "F12", 2), ("F12", "F13", 2), ("F11", "F10", 2), ("F09", "F10", 2),
    ("F07", "F12", 1), ("F08", "F13", 1),
    ("F03", "F14", 1), ("F14", "F15", 4), ("F14", "F16", 3), ("F15", "F16", 2),
    ("F06", "F17", 1), ("F17", "F18", 4), ("F17", "F19", 3), ("F18", "F19", 3),
    ("F02", "F20", 1), ("F20", "F21", 3), ("F21", "F22", 3), ("F20", "F22", 2),
    ("F04", "F23", 1), ("F23", "F24", 4), ("F24", "F25", 4), ("F23", "F25", 2),
]

# From account, to account, how many, smallest and largest amount, reference
FLOWS = [
    ("B14", "B09", 2, 6200, 9400, "takings"),
    ("B12", "B09", 3, 9100, 9900, "family support"),
    ("B13", "B09", 4, 9100, 9900, "savings"),
    ("B09", "B11", 4, 24000, 61000, "correspondent settlement"),
    ("B11", "B10", 2, 90000, 240000, "loan"),
    ("B11", "B02", 2, 60000, 150000, "shareholder loan"),
    ("B02", "B01", 3, 50000, 120000, "capital"),
    ("B01", "B03", 2, 18000, 42000, "invoice"),
    ("B03", "B04", 2, 18000, 42000, "dividend"),
    ("B04", "B02", 2, 18000, 42000, "loan repayment"),
    ("B04", "B05", 2, 12000, 30000, "advice"),
    ("B01", "B06", 3, 45000, 98000, "bananas"),
    ("B01", "B07", 1, 3100, 5200, "transport"),
    ("B08", "B07", 3, 1900, 3600, "shuttle"),
    ("B01", "B08", 1, 2400, 4800, "cold storage"),
]

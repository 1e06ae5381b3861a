# SPDX-License-Identifier: Apache-2.0
"""The cast of the harbour case: who and what there is, and to which community each is planted.

Everything here is invented. Communities: cell, port, fronts, transport, money, street.
"""

COMMUNITIES = {
    "cell": "Coordination cell",
    "port": "Port and extraction crew",
    "fronts": "Front companies",
    "transport": "Transport and storage",
    "money": "Money laundering",
    "street": "Wholesale and retail distribution",
}

# id, name, name in Latin letters (where the name is in another script), alias, born, category code,
# minor, role in the crime script, community, what he or she does
PERSONS = [
    ("P001", "Ruben Vandersteyl-Oort", "", "De Loods", "1969-11-02", "S", "", "finance", "cell", "property developer"),
    ("P002", "Ιωάννης Καλλεργώτης", "Ioannis Kallergotis", "the Banker", "1974-03-17", "S", "", "finance", "cell", "consultant"),
    ("P003", "Saskia Brandewinder", "", "", "1979-07-30", "S", "", "import", "cell", "fruit broker"),
    ("P004", "Драган Велимирадов", "Dragan Velimiradov", "Gagi", "1976-01-21", "V", "", "wholesale", "cell", "gym owner"),
    ("P005", "Кирил Тъмнополски", "Kiril Tamnopolski", "", "1981-12-09", "V", "", "enforcement", "cell", "security contractor"),
    ("P006", "Aurélien Saint-Brévaux", "", "Monsieur A.", "1977-05-25", "S", "", "transport", "cell", "freight consultant"),
    ("P007", "Siobhán O'Darragh-Quill", "", "", "1988-09-14", "S", "", "facilitation", "cell", "phone shop owner"),
    ("P008", "Cornelis d'Ambreville", "", "", "1964-02-28", "C", "", "facilitation", "cell", "lawyer"),
    ("P009", "Mihkel Rõugemaa", "", "", "1985-06-03", "S", "", "enforcement", "cell", "driver and bodyguard"),
    ("P010", "Yannick Loosveldt-Mørk", "", "Kapitein", "1978-08-19", "S", "", "facilitation", "port", "logistics agent"),
    ("P011", "Δημοσθένης Βουρλιώτακος", "Dimosthenis Vourliotakos", "Dimos", "1980-10-11", "S", "", "extraction", "port", "lashing foreman"),
    ("P012", "Joris Kraaneveld-Toth", "", "", "1983-04-07", "S", "", "extraction", "port", "crane operator"),
    ("P013", "Çağla Yıldırgan", "", "", "1990-02-15", "S", "", "corruption", "port", "terminal planner"),
    ("P014", "Bram Tollenspieker", "", "", "1972-12-24", "S", "", "corruption", "port", "customs officer"),
    ("P015", "Łukasz Brzeźnicowski", "", "", "1987-07-08", "S", "", "extraction", "port", "straddle carrier driver"),
    ("P016", "يوسف بن هضرمي", "Youssef Ben-Hadrami", "Joe", "1995-05-05", "S", "", "extraction", "port", ""),
    ("P017", "Rayan Oulad-Zerqa", "", "", "2007-03-12", "S", "yes", "extraction", "port", "pupil"),
    ("P018", "Nuno Alvarinhês", "", "", "1984-11-27", "S", "", "corruption", "port", "gate guard"),
    ("P019", "Thorbjørn Hákonsvik", "", "", "1970-09-01", "C", "", "extraction", "port", "ship chandler"),
    ("P020", "Marijke Onderwater-Blom", "", "", "1968-06-18", "W", "", "", "port", "shift leader"),
    ("P021", "Egbert Rietmolenaar", "", "", "1951-01-13", "S", "", "import", "fronts", "company director"),
    ("P022", "Valentina Caravelli-Roux", "", "", "1982-08-22", "S", "", "import", "fronts", "import manager"),
    ("P023", "Pieter-Jan Zegelaar", "", "", "1975-10-30", "C", "", "facilitation", "fronts", "customs declarant"),
    ("P024", "Ottilie Fährmann-Groß", "", "", "1966-04-16", "S", "", "facilitation", "fronts", "company secretary"),
    ("P025", "Eusebio Marañas Quintuco", "", "Don Sebo", "1962-03-03", "S", "", "import", "fronts", "exporter"),
    ("P026", "Iñaki Belzuntegi", "", "", "1973-09-21", "N", "", "import", "fronts", "packing-house manager"),
    ("P027", "Anouk Verrekijker", "", "", "1997-12-12", "W", "", "", "fronts", "office clerk"),
    ("P028", "Zdeněk Půlkrábek", "", "", "1958-05-29", "S", "", "facilitation", "fronts", "company director"),
    ("P029", "陈海澜", "Chen Hailan", "", "1986-02-04", "N", "", "import", "fronts", "shipping agent"),
    ("P030", "Gerrit Vostrak", "", "", "1967-07-07", "S", "", "transport", "transport", "haulier"),
    ("P031", "Vasile Drumeșanu", "", "", "1989-01-31", "S", "", "transport", "transport", "lorry driver"),
    ("P032", "Олександр Дорогович", "Oleksandr Dorohovych", "Sasha", "1984-10-19", "C", "", "transport", "transport", "lorry driver"),
    ("P033", "Mehmet Yolcugil", "", "", "1991-03-26", "C", "", "transport", "transport", "lorry driver"),
    ("P034", "Wout Koelemeij", "", "", "1971-11-15", "S", "", "storage", "transport", "cold store foreman"),
    ("P035", "Ferenc Raktárosy", "", "", "1980-06-06", "S", "", "storage", "transport", "warehouse keeper"),
    ("P036", "Ugo Saldatorino", "", "", "1977-12-02", "V", "", "facilitation", "transport", "mechanic"),
    ("P037", "Hélène Routhier-Camp", "", "", "1985-08-08", "S", "", "transport", "transport", "dispatcher"),
    ("P038", "Bálint Emelővári", "", "", "1993-04-20", "N", "", "storage", "transport", "forklift driver"),
    ("P039", "Leopold Quillaert", "", "", "1963-10-05", "S", "", "laundering", "money", "accountant"),
    ("P040", "Надежда Обменникова", "Nadezhda Obmennikova", "", "1972-02-19", "S", "", "laundering", "money", "exchange office owner"),
    ("P041", "Aram Goharentz", "", "", "1969-05-11", "S", "", "laundering", "money", "jeweller"),
    ("P042", "Sunniva Tomtebø", "", "", "1980-03-23", "C", "", "laundering", "money", "estate agent"),
    ("P043", "فريد الصرافي", "Farid as-Sarrafi", "", "1965-09-09", "S", "", "laundering", "money", "grocer"),
    ("P044", "Jolien Pauwaert", "", "", "2001-07-17", "S", "", "laundering", "money", "student"),
    ("P045", "Tiago Mealhada-Cruz", "", "", "1999-11-08", "S", "", "laundering", "money", "unemployed"),
    ("P046", "林算舟", "Lin Suanzhou", "", "1992-06-25", "S", "", "laundering", "money", "crypto broker"),
    ("P047", "Bogdan Străjerescu", "", "Bobi", "1975-04-12", "V", "", "wholesale", "street", "restaurant owner"),
    ("P048", "Fabrizio Montelvago", "", "", "1984-01-09", "S", "", "wholesale", "street", "car dealer"),
    ("P049", "Élodie Marchefroid", "", "", "1986-10-27", "S", "", "wholesale", "street", "car wash owner"),
    ("P050", "Jayden Okwusogu", "", "Jay", "1998-08-14", "S", "", "retail", "street", ""),
    ("P051", "Milan Krátkonohý", "", "", "1994-02-06", "S", "", "retail", "street", "waiter"),
    ("P052", "Amal Tizguine", "", "", "1996-12-30", "S", "", "retail", "street", ""),
    ("P053", "Sven Åkerblad-Nyqvist", "", "", "1990-05-18", "S", "", "retail", "street", "DJ"),
    ("P054", "Γεωργία Αποθηκάρη", "Georgia Apothikari", "", "1959-03-08", "N", "", "storage", "street", "pensioner"),
    ("P055", "Dylan Rijwielaar", "", "", "2002-09-29", "S", "", "transport", "street", "courier"),
    ("P056", "Thijs Wolkenaar", "", "", "1993-07-01", "X", "", "", "street", "market trader"),
    ("P057", "Ragnhildur Svansdóttir", "", "", "1988-04-04", "N", "", "", "street", "landlady"),
    # The same man as P016, entered a second time by the other investigation.
    ("P058", "Yusuf Benhadrami", "", "Joe", "1995-05-05", "S", "", "extraction", "port", ""),
]

# id, name, number, form, country, founded, business, community
COMPANIES = [
    ("C01", "Zuidhal Exotic Fruits NV", "VM 0100.417", "NV", "XV", "2021-09-14", "fruit import", "fronts"),
    ("C02", "Blauwkade Holding NV", "VM 0100.388", "NV", "XV", "2021-03-02", "holding", "fronts"),
    ("C03", "Tropadel Trading BV", "VM 0100.452", "BV", "XV", "2022-01-20", "fruit trade", "fronts"),
    ("C04", "Oriflor Invest Ltd", "TS-77120", "Ltd", "XT", "2022-04", "investment", "fronts"),
    ("C05", "Lumenreef Consultants Ltd", "TS-77341", "Ltd", "XT", "2022", "consultancy", "fronts"),
    ("C06", "Caimarí Frutas del Sur SA", "S-20-118-903", "SA", "XS", "2019-06-11", "fruit export", "fronts"),
    ("C07", "Vostrak Haulage NV", "VM 0093.771", "NV", "XV", "1998-05-04", "road haulage", "transport"),
    ("C08", "Koudhaven Cold Store NV", "VM 0097.206", "NV", "XV", "2009-10-01", "cold storage", "transport"),
    ("C09", "Estuary Forwarding BV", "VM 0099.640", "BV", "XV", "2017-02-13", "freight forwarding", "transport"),
    ("C10", "Garage Saldatorino", "VM 0098.015", "BV", "XV", "2012-07-19", "vehicle repair", "transport"),
    ("C11", "Kantoor Quillaert BV", "VM 0091.233", "BV", "XV", "1994-01-03", "accountancy", "money"),
    ("C12", "Aurum Wisselkantoor BV", "VM 0098.870", "BV", "XV", "2014-11-25", "currency exchange", "money"),
    ("C13", "Goharentz Juwelen BV", "VM 0095.512", "BV", "XV", "2004-08-30", "jewellery", "money"),
    ("C14", "Duinzicht Vastgoed NV", "VM 0099.018", "NV", "XV", "2015-05-06", "real estate", "money"),
    ("C15", "Marlowe Ridge Holdings Ltd", "TS-70092", "Ltd", "XT", "2020-12-01", "holding", "money"),
    ("C16", "Haldermond Container Terminal NV", "VM 0061.004", "NV", "XV", "1986-04-01", "container terminal", "port"),
    ("C17", "Taverna Óstria", "VM 0099.933", "BV", "XV", "2018-03-15", "restaurant", "street"),
    ("C18", "Glanshal Car Wash BV", "VM 0100.061", "BV", "XV", "2019-09-09", "car wash", "street"),
]

ADDRESSES = [
    ("A01", "Spiegelkaai 7, box 12", "Haldermond", "XV", "fronts"),
    ("A02", "Muelle Tres, Bodega 9", "Puerto Caimarí", "XS", "fronts"),
    ("A03", "Noorderdok, Quay 1180", "Haldermond", "XV", "port"),
    ("A04", "Vrachtlaan 44", "Oosterhalle", "XV", "transport"),
    ("A05", "IJskade 3", "Haldermond", "XV", "transport"),
    ("A06", "Wisselplein 18", "Haldermond", "XV", "money"),
    ("A07", "Bay Chambers, Suite 40", "Port Tessaly", "XT", "money"),
    ("A08", "Marktgang 61", "Zilverbeke", "XV", "street"),
    ("A09", "Duinweg 2", "Sint-Halde", "XV", "cell"),
    ("A10", "Lijnbaan 115, flat 6B", "Haldermond", "XV", "port"),
]

# id, last digits, users (person, from, to, fact or assessment)
PHONES = [
    ("F01", "900101", [("P001", "2023-01-10", "", "assessment")]),
    ("F02", "900102", [("P002", "2023-01-10", "", "assessment")]),
    ("F03", "900103", [("P003", "2023-01-12", "", "fact")]),
    ("F04", "900104", [("P004", "2023-01-15", "", "fact")]),
    ("F05", "900105", [("P005", "2023-02-01", "", "fact")]),
    ("F06", "900106", [("P006", "2023-01-12", "", "fact")]),
    ("F07", "900110", [("P010", "2023-01-20", "2024-02-28", "fact")]),
    ("F08", "900111", [("P010", "2024-03-01", "", "assessment")]),
    ("F09", "900112", [("P011", "2023-01-20", "", "fact")]),
    ("F10", "900113", [("P013", "2023-03-05", "", "fact")]),
    ("F11", "900114", [("P014", "2023-03-05", "", "fact")]),
    ("F12", "900115", [("P015", "2023-02-11", "", "fact")]),
    ("F13", "900116", [("P016", "2023-04-02", "", "fact"), ("P058", "2023-09", "", "assessment")]),
    ("F14", "900122", [("P022", "2023-01-08", "", "fact")]),
    ("F15", "900123", [("P023", "2023-01-08", "", "fact")]),
    ("F16", "900125", [("P025", "2023-01-08", "", "fact")]),
    ("F17", "900130", [("P030", "2023-01-02", "", "fact")]),
    ("F18", "900131", [("P031", "2023-01-02", "2024-01-31", "fact"), ("P032", "2024-02-01", "", "assessment")]),
    ("F19", "900135", [("P035", "2023-02-20", "", "fact")]),
    ("F20", "900139", [("P039", "2023-01-02", "", "fact")]),
    ("F21", "900140", [("P040", "2023-01-02", "", "fact")]),
    ("F22", "900143", [("P043", "2023-05-14", "", "fact")]),
    ("F23", "900147", [("P047", "2023-01-30", "", "fact")]),
    ("F24", "900149", [("P049", "2023-03-19", "", "fact")]),
    ("F25", "900150", [("P050", "2023-06-06", "", "fact")]),
]

# id, holder (person or company), bank
ACCOUNTS = [
    ("B01", "C01", "Halderbank"), ("B02", "C02", "Halderbank"), ("B03", "C03", "Halderbank"),
    ("B04", "C04", "Tessaly Trust"), ("B05", "C05", "Tessaly Trust"), ("B06", "C06", "Banco Sanvario"),
    ("B07", "C07", "Veldspaar"), ("B08", "C08", "Veldspaar"), ("B09", "C12", "Halderbank"),
    ("B10", "C14", "Halderbank"), ("B11", "C15", "Tessaly Trust"), ("B12", "P044", "Veldspaar"),
    ("B13", "P045", "Veldspaar"), ("B14", "C17", "Veldspaar"),
]

# The number without its check digit, name, flag. Such low numbers are not given to ships.
VESSELS = [
    ("001237", "Estrela Caimarí", "XS"),
    ("001873", "Halder Trader", "XV"),
]

# The coordinates are invented and lie in the open sea: no such port is there.
PORTS = [
    ("XVHAL", "Port of Haldermond", "XV", 52.6, 3.6),
    ("XSCAI", "Puerto Caimarí", "XS", 3.9, -78.6),
    ("XTTES", "Port Tessaly", "XT", 15.2, -66.5),
]

VEHICLES = [
    ("V01", "1-HLD-044", "tractor unit", "C07", "P031;P033"),
    ("V02", "1-HLD-051", "tractor unit", "C07", "P032"),
    ("V03", "1-HLD-302", "refrigerated van", "C08", "P038"),
    ("V04", "1-HLD-777", "estate car", "P055", ""),
]

INVESTIGATIONS = [
    ("I01", "TIDEGATE", "Port police", "2023-02-06", ""),
    ("I02", "GLASSQUAY", "Financial crime unit", "2023-10-16", ""),
]

INVESTIGATED = {
    "I01": ["P003", "P006", "P010", "P011", "P013", "P014", "P015", "P016", "P030", "P031", "P034", "P022", "P047"],
    "I02": ["P002", "P010", "P021", "P022", "P024", "P028", "P039", "P040", "P041", "P043", "P058", "P001"],
}

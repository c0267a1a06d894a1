#!/usr/bin/env python3
"""Prints names of countries, provinces and large cities, one a line: used to split LOC into GPE and PLACE in training.

Sources: Debian package iso-codes (ISO 3166-1, -2, -3; LGPL-2.1+) and the city names of tzdata (public domain).
    python3 train/make_gpe_list.py > gpe.txt; cat train/gpe_extra.tsv >> gpe.txt
"""
import json
import os

names = set()
for part in ("3166-1", "3166-2", "3166-3"):
    with open(f"/usr/share/iso-codes/json/iso_{part}.json", encoding="utf-8") as file:
        for entry in json.load(file)[part]:
            for key in ("name", "common_name", "official_name"):
                if key in entry:
                    names.add(entry[key].split(",")[0].split(" (")[0])
for continent in ("Africa", "America", "Asia", "Australia", "Europe"):
    for _, _, files in os.walk(f"/usr/share/zoneinfo/{continent}"):
        names.update(name.replace("_", " ") for name in files)
print("\n".join(sorted(names)))

#!/usr/bin/env python3
"""Keeps the sentences on which two parses agree: silver trees for `train_model --silver`.

usage: select_silver.py A.conllu B.conllu > SILVER.conllu

A and B hold the same sentences with the same tokens (`whowhom parse` with two models). A sentence of 6 to 45 tokens
is kept, as in A, when tag, head and universal relation agree on at least 95 % of its tokens. The last column says
which name label a token has: NER=B-ORG, NER=O and so on where the two agree, NER=* (any) where they do not and for
the types that rules find and the network does not know.
"""
import sys

SHORTEST, LONGEST, AGREEMENT = 6, 45, 0.95


def sentences(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            fields = line.split("\t")
            if fields[0].isdigit():
                rows.append(fields)
    if rows:
        yield rows


def agreement(a, b):
    same = sum(x[3] == y[3] and x[6] == y[6] and x[7].split(":")[0] == y[7].split(":")[0] for x, y in zip(a, b))
    return same / len(a)


def name(row):
    label = next((part[4:] for part in row[9].split("|") if part.startswith("NER=")), "O")
    kind = label[2:]
    if kind in ("DATE", "MONEY", "QUANTITY", "PERCENT"):
        return "O"
    return label if label == "O" or kind in ("PERSON", "ORG", "GPE", "PLACE", "EVENT", "WORK") else "*"


seen = kept = 0
for a, b in zip(sentences(sys.argv[1]), sentences(sys.argv[2])):
    seen += 1
    if [x[1] for x in a] != [x[1] for x in b]:
        sys.exit("sentence %d: the tokens differ; parse the same text with both models" % seen)
    if SHORTEST <= len(a) <= LONGEST and agreement(a, b) >= AGREEMENT:
        kept += 1
        names = [name(x) if name(x) == name(y) else "*" for x, y in zip(a, b)]
        print("\n".join("\t".join(x[:8] + ["_", "NER=" + n]) for x, n in zip(a, names)) + "\n")
print("%d of %d sentences kept" % (kept, seen), file=sys.stderr)

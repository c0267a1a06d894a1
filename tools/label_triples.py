#!/usr/bin/env python3
"""Labels surface triples for train_confidence.

usage: label_triples.py SCORER_DIR BENCH TRIPLES.tsv > labelled.tsv
SCORER_DIR holds oieval.py with sentences/ and gold/; BENCH is carb or lsoie; the development part is used.
Each output line: label (0..1), sentence id, features.  CaRB: the best F1 against any gold tuple.
LSOIE: 1 if verb and two arguments match; triples it does not judge are left out."""
import os
import sys

sys.path.insert(0, os.path.abspath(sys.argv[1]))
import oieval  # noqa: E402

bench = sys.argv[2]
gold = oieval.load_gold(bench, 'dev')
for line in open(sys.argv[3], encoding='utf-8'):
    fields = line.rstrip('\n').split('\t')
    features = fields[-1][2:]
    if fields[0] not in gold:
        continue
    rest = [fields[3]] + fields[5:-1]
    if rest == ['\\N']:
        rest = []
    triple = oieval.Ext(fields[2], [fields[1]] + rest, 1.0)
    tuples = gold[fields[0]]['tuples']
    if bench == 'carb':
        label = max((oieval.f1(*oieval.carb_pair(oieval.Ext(t['pred'], t['args'], 1), triple)) for t in tuples), default=0)
    else:
        tuples = [t for t in tuples if len([a for a in t['args'] if a.strip()]) >= 2]
        if not {t['pred'].lower().split()[-1] for t in tuples} & set(triple.pred.lower().split()):
            continue
        label = 1.0 if any(oieval.lsoie_match(t, triple) for t in tuples) else 0.0
    print('%.4f %s %s' % (label, fields[0], features))

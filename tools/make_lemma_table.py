#!/usr/bin/env python3
"""Makes models/lemmas.tsv from the train files of UD treebanks: the lemma of every form seen with a tag.

usage: make_lemma_table.py TREEBANK-train.conllu... > models/lemmas.tsv
A form that has several lemmas under one tag gets the most frequent one. Proper nouns, numbers, symbols and forms seen once whose
lemma is the form itself are left out: the model does those. AMBIGUOUS: plurals of two nouns whose lemma in news is not the
one that these treebanks have."""
import collections
import sys

KEPT = {"VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET"}
AMBIGUOUS = {("bases", "NOUN"): "base", ("freed", "VERB"): "free"}
counts = collections.defaultdict(collections.Counter)
for path in sys.argv[1:]:
    for line in open(path, encoding="utf-8"):
        columns = line.rstrip("\n").split("\t")
        if len(columns) == 10 and columns[0].isdigit() and columns[3] in KEPT and "Typo=Yes" not in columns[5]:
            form = columns[1].lower().replace("’", "'")
            lemma = columns[2]
            if form.isascii() and "_" not in form and "\t" not in form:
                counts[form, columns[3]][lemma] += 1
print("# The lemma of forms by universal tag, from the train files of UD English EWT and GUM (open genres); see lemmas.md.")
print("form\tupos\tlemma")
for (form, upos), lemmas in sorted(counts.items()):
    lemma, count = max(lemmas.items(), key=lambda item: (item[1], item[0]))
    lemma = AMBIGUOUS.get((form, upos), lemma)
    if count > 1 or lemma.lower() != form:
        print(f"{form}\t{upos}\t{lemma}")

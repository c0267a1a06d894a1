#!/usr/bin/env python3
"""Pairwise precision and recall of "the same actor": are two names that mean the same one actor in the graph, and others not?

usage: merge_pairs.py WHOWHOM GOLD... [--documents N] [--show N]

GOLD  *.conllu  GUM with Entity= whose last field is the Wikipedia title of a named entity: gold across articles.
      *.jsonl   Re-DocRED {"id","title","sents":[[token]],"entities":[[{"s":sentence,"b":begin,"e":end,"type":..}]]}: gold within articles.
Every document becomes an article of running text; all of them are added to one new graph (a temporary folder, removed at the end).
The gold mentions are names: the head of the smallest span is a proper noun (GUM), all that are given (Re-DocRED), of people,
organisations and places. A gold mention is found if a name of the graph has the same span, ends with it and holds its head, or lies
within it and holds its head. Over the mentions found, each pair of names is one decision. Within: pairs of one article. Across: pairs of wordings of two articles, one pair
for each two articles, however often they name it there. Pairs that are the same word for word count too; "different wording" leaves them
out, which are the pairs that need a decision. Mentions found without an actor stand for nobody: such pairs count against recall.
"""
import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

NAMED = {'person', 'organization', 'place'}  # GUM's types
DOCRED = {'PER', 'ORG', 'LOC'}
FIELDS = 'group type infstat salience centering minspan link identity'.split()


class Document:
    """Running text with the byte range of each token, and the gold mentions: (begin, end, head begin, gold identity)."""

    def __init__(self, name):
        self.name, self.text, self.tokens, self.gold, self.date = name, '', [], [], None

    def add(self, form, space):
        begin = len(self.text.encode())
        self.text += form
        self.tokens.append((begin, len(self.text.encode())))
        if space:
            self.text += ' '


def read_gum(path):
    document, opened, heads = None, [], []
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('# newdoc id'):
            document, opened, heads = Document(line.split('=', 1)[1].strip()), [], []
            yield document
        elif line.startswith('# meta::dateCreated'):
            date = line.split('=', 1)[1].strip()
            document.date = date if re.fullmatch(r'\d{4}-\d\d-\d\d', date) else None
        elif line.startswith('# newpar') and document.text:
            document.text = document.text.rstrip() + '\n\n'
        if not line or line.startswith('#'):
            continue
        column = line.split('\t')
        if '-' in column[0]:  # "don't": its words stand below, written together
            first, last = map(int, column[0].split('-'))
            heads.append((last - first + 1, 'SpaceAfter=No' not in column[9]))
            continue
        if '.' in column[0]:
            continue
        space = 'SpaceAfter=No' not in column[9]
        if heads:
            left, after = heads.pop()
            space = after if left == 1 else False
            if left > 1:
                heads.append((left - 1, after))
        document.add(column[1], space)
        index = len(document.tokens) - 1
        document.tags = getattr(document, 'tags', []) + [column[3]]
        entity = re.search(r'(?:^|\|)Entity=([^|]*)', column[9])
        for bracket in re.findall(r'\([^()]*\)?|[^()]+\)', entity.group(1) if entity else ''):
            if bracket.startswith('('):
                opened.append((index, bracket.strip('()')))
                if not bracket.endswith(')'):
                    continue
                start, fields = opened.pop()
            else:
                group = bracket.rstrip(')')
                at = max(i for i, (_, f) in enumerate(opened) if f.split('-')[0] == group)
                start, fields = opened.pop(at)
            value = dict(zip(FIELDS, fields.split('-', len(FIELDS) - 1)))
            if value.get('type') not in NAMED or not value.get('identity'):
                continue
            head = start + int(value['minspan'].split(',')[0]) - 1
            if document.tags[head] == 'PROPN':
                document.gold.append((document.tokens[start][0], document.tokens[index][1], document.tokens[head][0], value['identity']))


def read_docred(path):
    for line in open(path, encoding='utf-8'):
        row = json.loads(line)
        document, starts = Document(row['id']), []
        for sentence in row['sents']:
            starts.append(len(document.tokens))
            for i, form in enumerate(sentence):
                after = sentence[i + 1] if i + 1 < len(sentence) else ''
                closes = re.fullmatch(r"[.,;:!?)\]%]|'s|n't", after) is not None
                document.add(form, not closes and form not in '([' and after != '-' and form != '-')
        for number, entity in enumerate(row['entities']):
            for mention in entity:
                if mention['type'] not in DOCRED:
                    continue
                first, last = starts[mention['s']] + mention['b'], starts[mention['s']] + mention['e'] - 1
                document.gold.append((document.tokens[first][0], document.tokens[last][1], document.tokens[first][0], f'{row["id"]}#{number}'))
        yield document


def nodes_of(run):
    """(base actor, type) -> the node that stands for it after identity across articles."""
    nodes = json.loads(run('actors', '-n', '1000000', '-f', 'json'))
    out = {}
    for node in nodes:
        for name in (node['also'] or '').split('; '):
            out.setdefault((name, node['type']), (node['actor'], node['type']))
    for node in nodes:
        out[node['actor'], node['type']] = (node['actor'], node['type'])
    return out


def find(mentions, gold):
    """The mention that names what the gold span names; None if there is none."""
    begin, end, head, _ = gold
    fitting = [m for m in mentions if m['begin'] == begin and m['end'] == end]
    if not fitting:  # "President Ada Holm" for "Ada Holm"; "Ada Holm" for "the late Ada Holm"
        fitting = [m for m in mentions if m['end'] == end and m['begin'] <= head]
    if not fitting:  # "Paris" for "Paris, France"
        fitting = [m for m in mentions if begin <= m['begin'] <= head < m['end'] <= end]
    return min(fitting, key=lambda m: abs(m['begin'] - begin) + abs(m['end'] - end), default=None)


class Counts:
    def __init__(self):
        self.same = self.gold = self.system = 0
        self.wrong, self.missed = Counter(), Counter()

    def add(self, is_gold, is_system, what):
        self.gold += is_gold
        self.system += is_system
        self.same += is_gold and is_system
        if is_system and not is_gold:
            self.wrong[what] += 1
        if is_gold and not is_system:
            self.missed[what] += 1

    def line(self, name):
        p = 100 * self.same / self.system if self.system else 0
        r = 100 * self.same / self.gold if self.gold else 0
        f = 2 * p * r / (p + r) if p + r else 0
        return f'{name:34s} P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}   gold pairs {self.gold}, joined {self.system}'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('whowhom')
    parser.add_argument('gold', nargs='+')
    parser.add_argument('--documents', type=int, default=0, help='the first N documents of each file')
    parser.add_argument('--show', type=int, default=0, help='print the N most frequent wrong and missed pairs')
    args = parser.parse_args()
    documents = []
    for path in args.gold:
        reader = read_docred(path) if path.endswith('.jsonl') else read_gum(path)
        documents += list(itertools.islice(reader, args.documents or None))
    with tempfile.TemporaryDirectory() as folder:
        articles, graph = os.path.join(folder, 'articles.jsonl'), os.path.join(folder, 'graph')
        with open(articles, 'w', encoding='utf-8') as out:
            for document in documents:
                out.write(json.dumps({'id': document.name, 'text': document.text, 'date': document.date}) + '\n')

        def run(command, *options):
            done = subprocess.run([args.whowhom, command, *options, '-g', graph, '-q'], capture_output=True, text=True)
            if done.returncode not in (0, 1):
                sys.exit(done.stderr)
            return done.stdout

        run('add', articles, '--force')
        records = os.path.join(folder, 'records.jsonl')
        run('export', 'jsonl', '-o', records)
        node = nodes_of(run)
        found = {}
        for line in open(records, encoding='utf-8'):
            row = json.loads(line)
            if row['kind'] == 'document':
                found[row['path']] = row
    total = aligned = 0
    within, within_other, across, across_other = Counts(), Counts(), Counts(), Counts()
    by_identity = defaultdict(lambda: defaultdict(set))  # node or gold -> document -> wordings
    named = []                                           # (document, gold, node, wording) once per document
    for document in documents:
        row = found.get(document.name)
        total += len(document.gold)
        if row is None:
            continue
        text = document.text.encode()
        # The store cleans its text: offsets move by what cleaning drops, so both are compared by the text around.
        if row['text'].encode() != text:
            row = align(row, text)
        names = [m for m in row['mentions'] if m['kind'] == 'name']
        here = []
        for gold in document.gold:
            mention = find(names, gold)
            if mention is None:
                continue
            aligned += 1
            actor = node.get((mention['actor'], mention['type'])) if mention['actor'] else None
            here.append((gold[3], actor, text[gold[0]:gold[1]].decode()))
        for one, two in itertools.combinations(here, 2):
            same = one[1] is not None and one[1] == two[1]
            what = (one[2], two[2], str(one[1]), str(two[1]))
            within.add(one[0] == two[0], same, what)
            if one[2] != two[2]:
                within_other.add(one[0] == two[0], same, what)
        named += [(document.name, *entry) for entry in dict.fromkeys(here)]
    seen = set()
    for one, two in itertools.combinations(named, 2):
        if one[0] == two[0]:
            continue
        is_gold, same = one[1] == two[1], one[2] is not None and one[2] == two[2]
        key = (one[0], two[0], one[1], two[1], one[3], two[3])
        if not (is_gold or same) or key in seen:
            continue
        seen.add(key)
        what = (one[3], two[3], str(one[2]), str(two[2]))
        across.add(is_gold, same, what)
        if one[3] != two[3]:
            across_other.add(is_gold, same, what)
    has_across = any(not p.endswith('.jsonl') for p in args.gold)
    print(f'{len(documents)} documents, {total} gold names, {aligned} of them found as names')
    print(within.line('within articles'))
    print(within_other.line('within articles, different wording'))
    if has_across:
        print(across.line('across articles'))
        print(across_other.line('across articles, different wording'))
    for title, counts in (('within', within), ('across', across))[:2 if has_across else 1]:
        for kind in ('wrong', 'missed'):
            for what, count in getattr(counts, kind).most_common(args.show):
                print(title, kind, count, ' | '.join(what))


def align(row, text):
    """The mentions of a stored document with offsets into the text that was given."""
    stored = row['text'].encode()
    places, at = {}, 0
    for i, byte in enumerate(stored):
        if chr(byte).isspace():
            places[i] = at
            continue
        while at < len(text) and text[at] != byte:
            at += 1
        places[i] = at
        at += 1
    places[len(stored)] = at
    mentions = []
    for mention in row['mentions']:
        last = places.get(mention['end'] - 1, 0)
        mentions.append(dict(mention, begin=places.get(mention['begin'], 0), end=last + 1))
    return dict(row, mentions=mentions)


if __name__ == '__main__':
    main()

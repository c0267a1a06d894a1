#!/usr/bin/env python3
"""Statement records (JSONL on stdin) -> one who-did-what-to-whom line per pair, for event scorers.

Each line: id, subject, subject_alt (actor names), predicate, object, object_alt, event, cameo, countries.
The object and every argument that names an actor give a line; with neither, the first prepositional argument does.
Symmetric statements with several subjects give a line per pair."""
import json
import sys

NO_RELATION = {'time', 'place', 'content', 'purpose', 'condition', 'cause', 'manner'}


def names(phrase):
    out = [phrase.get('actor')] if phrase.get('actor') else []
    return out + [m.get('actor') or m.get('name') for m in phrase.get('members', []) if m.get('actor') or m.get('name')]


def member_name(member):
    return member.get('actor') or member.get('name')


def is_actor(phrase):
    return bool(names(phrase))


for line in sys.stdin:
    record = json.loads(line)
    if record.get('kind') != 'statement':
        continue
    subject = record.get('subject') or {}
    targets = [record['object']] if record.get('object') else []
    prepositional = [a for a in record.get('arguments', []) if a['role'] not in NO_RELATION]
    targets += [a for a in prepositional if is_actor(a)]
    if not targets:
        targets = prepositional[:1]
    base = {'id': record['path'], 'predicate': record['predicate']['lemma'] + ' ' + record['predicate']['text'],
            'event': record.get('class') if record.get('class') != 'STATEMENT' else None, 'cameo': record.get('cameo')}
    rows = []
    for target in targets or [{}]:
        rows.append(dict(base, subject=subject.get('text', ''), subject_alt=names(subject), object=target.get('text', ''),
                         object_alt=names(target), subject_country=subject.get('country'),
                         object_country=target.get('country')))
    members = subject.get('members') or []
    if record.get('symmetric') and len(members) > 1:
        rows.append(dict(base, subject=member_name(members[0]), subject_country=members[0].get('country'),
                         object=member_name(members[1]), object_country=members[1].get('country')))
    for row in list(rows):  # several who act: a line each, as in the graph
        for member in members if len(members) > 1 and 'subject_alt' in row else []:
            rows.append(dict(row, subject_alt=[member_name(member)], subject_country=member.get('country')))
    for row in rows:
        print(json.dumps(row))

#!/usr/bin/env python3
"""Statement records (JSONL on stdin) -> one who-did-what-to-whom line per pair, for event scorers.

usage: records_to_events.py [--all] < records.jsonl

Each line: id, subject, subject_alt (actor names), predicate, object, object_alt, event, cameo, countries.
Only events (class other than null and STATEMENT) give lines; --all takes every statement. A pair needs a who: a
statement without a subject gives none. The targets of a statement are its object where that acts (a person, group,
body or state, named or not) or is of a country and holds no other target, and the actors among its prepositional
arguments; without any, those of a country; without one, its object; without one, the first prepositional argument. Several who act give a line each, as they give an edge each in the graph; a symmetric
statement gives a line per pair of its subjects.
"""
import itertools
import json
import sys

NO_RELATION = {'time', 'place', 'content', 'purpose', 'condition', 'cause', 'manner'}
ACTING = {'PERSON', 'GROUP', 'ORG', 'GPE'}
WITH_ALL = '--all' in sys.argv[1:]


def names(phrase):
    members = [m['actor'] for m in phrase.get('members', []) if m.get('actor')]
    return ([phrase['actor']] if phrase.get('actor') else []) + members


def lies_in(part, whole):
    return whole.get('begin', 0) <= part.get('begin', -1) and part.get('end', 0) <= whole.get('end', 0)


def targets_of(record):
    phrases = [record['object']] if record.get('object') else []
    prepositional = [a for a in record.get('arguments', []) if a['role'] not in NO_RELATION]
    named = [p for p in prepositional if names(p)]
    actors = [o for o in phrases if names(o) or o.get('type') in ACTING
              or (o.get('country') and not any(lies_in(p, o) for p in named))] + named
    # "lifted tariffs on Chinese goods": without an actor, what is of a country
    actors = actors or [p for p in phrases + prepositional if p.get('country')]
    if record.get('symmetric') and len((record.get('subject') or {}).get('members') or []) > 1:
        return actors  # the others who act are the targets
    return actors or phrases or prepositional[:1] or [{}]


for line in sys.stdin:
    record = json.loads(line)
    if record.get('kind') != 'statement':
        continue
    event = record.get('class') if record.get('class') != 'STATEMENT' else None
    if not event and not WITH_ALL:
        continue
    subject = record.get('subject') or {}
    if not subject.get('text'):
        continue
    members = subject.get('members') or []
    base = {'id': record['path'], 'predicate': record['predicate']['lemma'] + ' ' + record['predicate']['text'],
            'event': event, 'cameo': record.get('cameo')}
    rows = []
    for target in targets_of(record):
        row = dict(base, subject=subject.get('text', ''), subject_alt=names(subject), object=target.get('text', ''),
                   object_alt=names(target), subject_country=subject.get('country'), object_country=target.get('country'))
        if len(members) > 1:
            rows += [dict(row, subject_alt=[m['actor']], subject_country=m.get('country')) for m in members]
        else:
            rows.append(row)
    if record.get('symmetric') and len(members) > 1:
        rows += [dict(base, subject=a['actor'], subject_country=a.get('country'), object=b['actor'],
                      object_country=b.get('country')) for a, b in itertools.combinations(members, 2)]
    for row in rows:
        print(json.dumps(row))

#!/usr/bin/env python3
"""Statement records (JSONL on stdin) -> one who-did-what-to-whom line per pair, for event scorers.

usage: records_to_events.py [--events] [--object]
  --events  only statements with an event class other than STATEMENT
  --object  one line per statement: its subject and object, no arguments
Each line: id, subject, subject_alt (actor names), predicate, object, object_alt, event, cameo, countries.
The object and every argument that names an actor give a line; with neither, the first prepositional argument does.
Actors that one phrase holds ("Kenya and Chad") give a line each. Symmetric statements with several subjects give a
line per pair. No line comes twice."""
import json
import sys

NO_RELATION = {'time', 'place', 'content', 'purpose', 'condition', 'cause', 'manner'}


def names(phrase):
    out = [phrase.get('actor')] if phrase.get('actor') else []
    return out + [m.get('actor') or m.get('name') for m in phrase.get('members', []) if m.get('actor') or m.get('name')]


def ends(phrase):
    """(text, names, country) of every actor that the phrase stands for."""
    members = [m for m in phrase.get('members', []) if m.get('country')]
    if len({m['country'] for m in members}) > 1:
        return [(phrase.get('text', ''), [m.get('actor') or m.get('name')], m['country']) for m in members]
    return [(phrase.get('text', ''), names(phrase), phrase.get('country'))]


def targets_of(record, object_only):
    targets = [record['object']] if record.get('object') else []
    if object_only:
        return targets
    prepositional = [a for a in record.get('arguments', []) if a['role'] not in NO_RELATION]
    targets += [a for a in prepositional if names(a)]
    return targets or prepositional[:1]


def pairs_of(record, object_only):
    subjects = ends(record.get('subject') or {})
    if record.get('symmetric') and len(subjects) > 1:
        for i, first in enumerate(subjects):
            for second in subjects[i + 1:]:
                yield first, second
    members = names(record.get('subject') or {})
    if record.get('symmetric') and len(subjects) == 1 and len(members) > 1:
        yield (members[0], [], None), (members[1], [], None)
    for target in targets_of(record, object_only) or [{}]:
        for subject in subjects:
            for other in ends(target):
                yield subject, other


def main():
    seen = set()
    for line in sys.stdin:
        record = json.loads(line)
        if record.get('kind') != 'statement':
            continue
        event = record.get('class') if record.get('class') != 'STATEMENT' else None
        if '--events' in sys.argv and not event:
            continue
        for (subject, subject_names, source), (target, target_names, aim) in pairs_of(record, '--object' in sys.argv):
            row = {'id': record['path'],
                   'predicate': record['predicate']['lemma'] + ' ' + record['predicate']['text'],
                   'event': event, 'cameo': record.get('cameo'), 'subject': subject, 'subject_alt': subject_names,
                   'object': target, 'object_alt': target_names, 'subject_country': source, 'object_country': aim}
            text = json.dumps(row)
            if text not in seen:
                seen.add(text)
                print(text)


if __name__ == '__main__':
    main()

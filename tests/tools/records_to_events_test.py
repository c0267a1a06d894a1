#!/usr/bin/env python3
"""Pairs that tools/records_to_events.py makes of statement records: usage: records_to_events_test.py TOOL."""
import json
import subprocess
import sys
import unittest

TOOL = sys.argv.pop()


def actor(name, country=None):
    return {'text': name, 'actor': name, 'country': country}


def record(**fields):
    base = {'kind': 'statement', 'path': 'a', 'class': 'ASSAULT', 'cameo': '18', 'object': None, 'arguments': [],
            'subject': actor('Norland', 'NOR'), 'predicate': {'lemma': 'attack', 'text': 'attacked'}}
    return dict(base, **fields)


def pairs(*records, options=()):
    text = ''.join(json.dumps(r) + '\n' for r in records)
    out = subprocess.run([sys.executable, TOOL, *options], input=text, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in out.stdout.splitlines()]
    return [((row.get('subject_alt') or [row['subject']])[0], (row.get('object_alt') or [row['object']])[0]) for row in rows]


def several(*names):
    return {'text': ' and '.join(names), 'actor': None, 'members': [{'actor': n, 'country': None} for n in names]}


class Pairs(unittest.TestCase):
    def test_the_object_is_the_target(self):
        self.assertEqual(pairs(record(object=actor('Sudland'))), [('Norland', 'Sudland')])

    def test_an_actor_behind_a_preposition_goes_before_a_thing_as_object(self):
        launched = record(object={'text': 'an attack', 'actor': None},
                          arguments=[dict(actor('Sudland'), role='on'), dict(actor('Friday'), role='time')])
        self.assertEqual(pairs(launched), [('Norland', 'Sudland')])

    def test_people_without_a_name_are_met_like_actors(self):
        deported = record(object={'text': 'two men', 'actor': None, 'type': 'GROUP'}, arguments=[dict(actor('Sudland'), role='to')])
        self.assertEqual(pairs(deported), [('Norland', 'two men'), ('Norland', 'Sudland')])
        moved = record(object={'text': 'two chairs', 'actor': None, 'type': 'THING'}, arguments=[dict(actor('Sudland'), role='to')])
        self.assertEqual(pairs(moved), [('Norland', 'Sudland')])

    def test_what_is_of_a_country_is_met_unless_it_holds_the_target(self):
        towns = {'text': 'Sudlander towns', 'actor': None, 'country': 'SUD', 'begin': 10, 'end': 25}
        shelled = record(object=towns, arguments=[dict(actor('Ostland'), role='after', begin=40, end=47)])
        self.assertEqual(pairs(shelled), [('Norland', 'Sudlander towns'), ('Norland', 'Ostland')])
        inside = record(object=towns, arguments=[dict(actor('Sudland'), role='town of', begin=10, end=19)])
        self.assertEqual(pairs(inside), [('Norland', 'Sudland')])

    def test_without_a_who_there_is_no_pair(self):
        self.assertEqual(pairs(record(subject=None, object=actor('Sudland'))), [])

    def test_a_thing_that_two_agree_on_is_no_target(self):
        signed = record(subject=several('A', 'B'), symmetric=True, object={'text': 'a pact', 'actor': None})
        self.assertEqual(pairs(signed), [('A', 'B')])

    def test_without_any_actor_the_object_then_the_first_argument(self):
        port = {'text': 'the port', 'actor': None}
        self.assertEqual(pairs(record(object=port)), [('Norland', 'the port')])
        self.assertEqual(pairs(record(arguments=[dict(port, role='on')])), [('Norland', 'the port')])
        self.assertEqual(pairs(record()), [('Norland', '')])

    def test_without_an_actor_what_is_of_a_country(self):
        lifted = record(object={'text': 'tariffs', 'actor': None},
                        arguments=[{'text': 'Sudlander goods', 'actor': None, 'country': 'SUD', 'role': 'on'}])
        self.assertEqual(pairs(lifted), [('Norland', 'Sudlander goods')])

    def test_each_target_and_each_who_acts_give_a_line(self):
        two = record(subject=several('Norland', 'Ostland'), arguments=[dict(actor(n), role='on') for n in ('A', 'B')])
        self.assertEqual(sorted(pairs(two)), [('Norland', 'A'), ('Norland', 'B'), ('Ostland', 'A'), ('Ostland', 'B')])

    def test_those_who_meet_give_a_line_a_pair(self):
        met = record(subject=several('A', 'B', 'C'), symmetric=True)
        self.assertEqual([p for p in pairs(met) if p[1]], [('A', 'B'), ('A', 'C'), ('B', 'C')])
        self.assertEqual([p for p in pairs(dict(met, symmetric=False)) if p[1]], [])

    def test_what_is_no_event_gives_nothing_unless_asked_for(self):
        said = record(**{'class': 'STATEMENT', 'object': actor('Sudland')})
        none = record(**{'class': None, 'object': actor('Sudland')})
        self.assertEqual(pairs(said, none), [])
        self.assertEqual(len(pairs(said, none, options=['--all'])), 2)
        self.assertEqual(pairs({'kind': 'document', 'id': 'x'}, options=['--all']), [])


unittest.main()

#!/usr/bin/env python3
"""How many PETRARCH records keep their actor codes.

usage: petrarch_conformance.py WHOWHOM RECORDS.jsonl DICTIONARY... [--category AGENT,ACTOR,DATE] [--show]

RECORDS: lines {"id","category","date":"YYYYMMDD","text","gold":[{"source_code","target_code"}]}. DICTIONARY: actor and
agent dictionaries in the PETRARCH format. Every run of words of a record's sentence is put to `identify` on the record's
date; a verb ends a run, as the parser tags it. A code of the gold is found if it is the code of such a run, and of the longest runs that have a code (a shorter
run inside a longer one does not count: "Arnor" in "Arnor cleric"). A record holds if all its codes are found. Records
without a code, or with a code of nobody ("---GOV"), are counted apart.
"""
import json
import os
import subprocess
import sys
import tempfile

LONGEST = 10  # words of a run


def run(arguments, text=""):
    done = subprocess.run(arguments, input=text.encode(), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return done.stdout.decode()


def verbs(program, rows):
    """For each record the byte offsets at which its verbs begin."""
    articles = "".join(json.dumps({"id": str(n), "text": row["text"]}) + "\n" for n, row in enumerate(rows))
    found, at = [], 0
    parses = run([program, "parse", "-f", "json", "--input", "jsonl"], articles)
    while at < len(parses.rstrip()):
        sentences, end = json.JSONDecoder().raw_decode(parses[at:].lstrip())
        at += len(parses[at:]) - len(parses[at:].lstrip()) + end
        tokens = [token for sentence in sentences for token in sentence["tokens"]]
        found.append({token["begin"] for token in tokens if token["upos"] in ("VERB", "AUX")})
    return found


def runs(text, verb_offsets):
    """(begin, end, words) of every run of at most LONGEST words without a verb between marks of punctuation."""
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append((word, len(text[:at].encode()) in verb_offsets))
        at += len(word)
    for begin in range(len(words)):
        for end in range(begin + 1, min(len(words), begin + LONGEST) + 1):
            if words[end - 1][1]:
                break
            yield begin, end, " ".join(word for word, _ in words[begin:end]).rstrip(".,")
            if words[end - 1][0].endswith(","):
                break


def main():
    options = [a for a in sys.argv[1:] if a.startswith("--")]
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) < 3:
        sys.exit(__doc__)
    program, records, dictionaries = arguments[0], arguments[1], arguments[2:]
    wanted = {"ACTOR", "AGENT", "AGENTS", "DATE"}
    for option in options:
        if option.startswith("--category="):
            wanted = set(option.split("=", 1)[1].split(","))
    with open(records, encoding="utf-8") as lines:
        rows = [r for r in map(json.loads, lines) if r["category"] in wanted]
    with tempfile.TemporaryDirectory() as folder:
        graph = os.path.join(folder, "graph")
        for dictionary in dictionaries:
            run([program, "-g", graph, "-q", "knowledge", "add", dictionary])
        asked, phrases = [], []
        verb_offsets = verbs(program, rows)
        for number, row in enumerate(rows):
            day = f'{row["date"][:4]}-{row["date"][4:6]}-{row["date"][6:8]}'
            for begin, end, words in runs(row["text"], verb_offsets[number]):
                phrases.append(f"{len(asked)}\t{words}\t{day}\n")
                asked.append((number, begin, end))
        codes = [[] for _ in rows]
        for line in run([program, "-g", graph, "identify", "-"], "".join(phrases)).splitlines():
            answer = json.loads(line)
            if answer.get("code"):
                number, begin, end = asked[int(answer["id"])]
                codes[number].append((begin, end, answer["code"]))
    held = apart = 0
    for row, found in zip(rows, codes):
        gold = {c for g in row["gold"] for c in (g["source_code"], g["target_code"]) if c}
        if not gold or any(c.startswith("---") for c in gold):
            apart += 1
            continue
        # Of nested runs the longest whose code says most counts.
        seen = {code for begin, end, code in found
                if not any(b <= begin and end <= e and len(c) > len(code) for b, e, c in found)}
        if gold <= seen:
            held += 1
        elif "--show" in options:
            print(row["id"], "wants", sorted(gold - seen), "has", sorted(seen), "|", row["text"][:110])
    print(f"{held} of {len(rows) - apart} records hold; {apart} have no code, or one of nobody")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Compares what the program extracts from samples/ with statements/*.gold.jsonl.

usage: run_statements.py WHOWHOM [--samples DIR] [--gold DIR] [--list] [--keep DIR]

The gold counts bytes in the article as it lies in samples/ (05: its paragraphs joined by an empty line, 06: its
"text"); the program counts in the cleaned text. So each gold sentence is looked up in the cleaned text and its
spans move along. Statements that the program finds in the headline are left out, the gold covers the body
only. --list prints what was missed and what came too much. Always exits 0.
"""
import argparse, glob, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def key(path):
    base = os.path.basename(path)
    return "06" if base.startswith("harbour-20201211") else base[:2]


def move(record, text):
    """The record with its spans in `text`; None where the sentence is not found."""
    sentence = record["text"]
    at = text.find(sentence)
    if at < 0:
        at = text.translate(STRAIGHT).find(sentence.translate(STRAIGHT))
    if at < 0:
        return None
    raw, start = sentence.encode(), record["begin"]

    def place(byte):
        chars = len(raw[:byte - start].decode())
        return len(text[:at + chars].encode())

    def shift(value):
        if isinstance(value, dict):
            out = {k: shift(v) for k, v in value.items()}
            if isinstance(value.get("begin"), int):
                out["begin"], out["end"] = place(value["begin"]), place(value["end"])
            return out
        return [shift(v) for v in value] if isinstance(value, list) else value

    return shift(record)


def overlap(a, b):
    if not a or not b or a.get("begin") is None or b.get("begin") is None:
        return not a and not b
    return a["begin"] < b["end"] and b["begin"] < a["end"]


def show(r):
    name = lambda x: (x or {}).get("text") or "-"
    return "%s | %s | %s%s%s" % (name(r.get("subject")), r["predicate"]["text"], name(r.get("object")),
                                 " | " + r["modality"] if r["modality"] != "asserted" else "",
                                 " | not" if r["polarity"] == "negative" else "")


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("program")
    p.add_argument("--samples", default=os.path.join(ROOT, "samples"))
    p.add_argument("--gold", default=os.path.join(HERE, "statements"))
    p.add_argument("--list", action="store_true")
    p.add_argument("--keep", help="leave the two files there")
    a = p.parse_args()
    done = subprocess.run([a.program, "extract", a.samples], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        print("extract failed (exit %d): %s" % (done.returncode, done.stderr.strip()))
        return
    records = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    docs = {key(r["path"]): r for r in records if r["kind"] == "document"}
    system = []
    for r in records:
        if r["kind"] != "statement":
            continue
        d = docs.get(key(r["path"]))
        if d and d.get("title") and (r.get("text") or "").strip() == d["title"].strip():
            continue
        system.append(r)
    gold, lost = [], []
    for path in sorted(glob.glob(os.path.join(a.gold, "*.gold.jsonl"))):
        with open(path, encoding="utf8") as f:
            for line in f:
                r = json.loads(line)
                d = docs.get(key(r["path"]))
                m = move(r, d["text"]) if d else None
                if m is None:
                    lost.append(r)
                    continue
                m["doc"], m["path"] = d["id"], d["path"]
                gold.append(m)
    for text in sorted({r["text"] for r in lost}):
        print("not in the cleaned text (its statements count as missed below): " + text)
    gold += lost
    with tempfile.TemporaryDirectory() as tmp:
        where = a.keep or tmp
        os.makedirs(where, exist_ok=True)
        names = [os.path.join(where, n) for n in ("gold.jsonl", "system.jsonl")]
        for name, rs in zip(names, (gold, system)):
            with open(name, "w", encoding="utf8") as f:
                f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rs)
        r = subprocess.run([a.program, "eval", "statements"] + names, capture_output=True, text=True)
        print(r.stdout + r.stderr)
    left = {id(r): r for r in system}
    missed = []
    for g in gold:
        hit = next((s for s in left.values() if key(s["path"]) == key(g["path"]) and
                    overlap(g["predicate"], s["predicate"]) and overlap(g["subject"], s["subject"]) and
                    overlap(g["object"], s["object"])), None)
        if hit is None:
            missed.append(g)
        else:
            del left[id(hit)]
    form = []
    for g in missed:
        for s in system:
            if key(s["path"]) == key(g["path"]) and overlap(g["predicate"], s["predicate"]) and \
                    overlap(g["subject"], s["subject"]) and (
                        not g["object"] or overlap(g["object"], s["predicate"]) or
                        any(overlap(g["object"], x) for x in s.get("arguments") or [] if x.get("begin") is not None)):
                form.append(g)
                break
    split = [s for s in left.values() if "conj-split" in (s.get("rules") or [])]
    roles = [s for s in left.values() if set(s.get("rules") or []) & {"possessive", "apposition", "title", "role-of"}]
    print("of %d missed, %d differ in form only (the gold's object stands in the predicate or in an argument)" %
          (len(missed), len(form)))
    print("of %d too much, %d are further halves of a coordination that the gold keeps in one statement, "
          "%d are possessives, titles and appositions" % (len(left), len(split), len(roles)))
    form = {id(g) for g in form}
    print("article  gold  system  missed  too much   (plain count of overlaps)")
    for k in sorted({key(g["path"]) for g in gold}):
        count = lambda rs: sum(key(r["path"]) == k for r in rs)
        print("%-7s %5d %7d %7d %9d" % (k, count(gold), count(system), count(missed), count(left.values())))
    if a.list:
        print("\nmissed:")
        for g in missed:
            print("  %s %s%s" % (key(g["path"]), show(g), "   [form only]" if id(g) in form else ""))
        print("\ntoo much:")
        for s in left.values():
            print("  %s %s   {%s}" % (key(s["path"]), show(s), ",".join(s.get("rules") or [])))


if __name__ == "__main__":
    main()
    sys.exit(0)

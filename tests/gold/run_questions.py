#!/usr/bin/env python3
"""Asks the program every question of questions.tsv and prints the share answered rightly.

usage: run_questions.py WHOWHOM [--samples DIR] [--questions TSV] [--kind KIND] [--json FILE] [--quiet]

A question with answers is right when the program exits 0, every answer stands in some cell of its rows
and no forbidden string does (case and accents are ignored). "a~b" in an answer: one of the two is enough. A question without answers
is right when the program exits 1 (no result; a row that says so, as "no record of it" or a count of 0, is no
answer) or 2 (not understood). The column "strict" leaves the cells named "sentence" out: there the answer
must have come out as an answer, not only in the evidence shown next to it. Always exits 0: this measures,
it does not judge.
"""
import argparse, collections, csv, json, os, subprocess, sys, tempfile, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def cells(value, strict=False):
    if isinstance(value, dict):
        for k, v in value.items():
            if not (strict and k == "sentence"):
                yield from cells(v, strict)
    elif isinstance(value, list):
        for v in value:
            yield from cells(v, strict)
    elif value is not None:
        yield str(value)


def rows_of(out):
    out = out.strip()
    if not out:
        return []
    try:
        value = json.loads(out)
    except ValueError:
        value = []
        for line in out.splitlines():
            try:
                value.append(json.loads(line))
            except ValueError:
                value.append(line)
    if isinstance(value, dict):
        for key in ("rows", "results", "answers"):
            if isinstance(value.get(key), list):
                return value[key]
        return [value]
    return value if isinstance(value, list) else [value]


def plain(text):
    """Without case and accents: Guaidó and Guaido are one name."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def judge(question, code, rows, strict=False):
    text = plain("\n".join(c for r in rows for c in cells(r, strict)))
    answers = [a for a in question["answers"].split("|") if a]
    forbidden = [f for f in question["forbidden"].split("|") if f]
    if not answers:
        if code in (1, 2):
            return True, ""
        return False, "invented %d rows (exit %d)" % (len(rows), code)
    if code == 2:
        return False, "not understood"
    if code == 1 or (code == 0 and not rows):
        return False, "no result"
    if code != 0:
        return False, "exit %d" % code
    missing = [a for a in answers if not any(plain(x.strip()) in text for x in a.split("~"))]
    wrong = [f for f in forbidden if plain(f) in text]
    why = []
    if missing:
        why.append("lacks " + ", ".join(missing))
    if wrong:
        why.append("has " + ", ".join(wrong))
    return not why, "; ".join(why)


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("program")
    p.add_argument("--samples", default=os.path.join(ROOT, "samples"))
    p.add_argument("--questions", default=os.path.join(HERE, "questions.tsv"))
    p.add_argument("--kind")
    p.add_argument("--json", help="write every verdict there")
    p.add_argument("--quiet", action="store_true", help="no list of misses")
    a = p.parse_args()
    with open(a.questions, encoding="utf8", newline="") as f:
        questions = [q for q in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
                     if not a.kind or q["kind"] == a.kind]
    verdicts = []
    with tempfile.TemporaryDirectory() as tmp:
        graph = os.path.join(tmp, "graph.db")
        done = subprocess.run([a.program, "add", a.samples, "-g", graph, "-q"], capture_output=True, text=True)
        if done.returncode not in (0, 3):
            print("add failed (exit %d): %s" % (done.returncode, done.stderr.strip()))
            return
        for q in questions:
            try:
                r = subprocess.run([a.program, "ask", q["question"], "-g", graph, "-f", "json", "-n", "200"],
                                   capture_output=True, text=True, timeout=60)
                code, rows, err = r.returncode, rows_of(r.stdout), r.stderr.strip()
            except subprocess.TimeoutExpired:
                code, rows, err = 124, [], "timeout"
            right, why = judge(q, code, rows)
            strict = judge(q, code, rows, True)[0]
            verdicts.append(dict(q, right=right, strict=strict, why=why, exit=code, rows=rows, stderr=err))
    kinds = collections.OrderedDict()
    for v in verdicts:
        k = kinds.setdefault(v["kind"], [0, 0, 0])
        k[0] += v["right"]
        k[1] += 1
        k[2] += v["strict"]
    kinds["all"] = [sum(column) for column in zip(*kinds.values())] or [0, 0, 0]
    print("%-14s %6s %6s %7s %7s" % ("kind", "right", "asked", "share", "strict"))
    for k, (r, n, s) in kinds.items():
        print("%-14s %6d %6d %6.1f%% %6.1f%%" % (k, r, n, 100.0 * r / max(n, 1), 100.0 * s / max(n, 1)))
    if not a.quiet:
        print("\nmisses:")
        for v in verdicts:
            if not v["right"]:
                print("%s [%s] %s  -> %s" % (v["id"], v["kind"], v["question"], v["why"]))
    if a.json:
        with open(a.json, "w", encoding="utf8") as f:
            json.dump(verdicts, f, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
    sys.exit(0)

#!/usr/bin/env python3
"""Reads whowhom's exports with the programs they are for. See README.md; exit status 77 = skipped, with the reason."""
import argparse
import csv
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXPORTS = {
    "graph.gexf": ["gexf"],
    "graph-1.2.gexf": ["gexf", "--gexf-version", "1.2"],
    "graph.graphml": ["graphml"],
    "graph-yed.graphml": ["graphml", "--dialect", "yed"],
    "graph.csv": ["csv"],
    "graph.ttl": ["ttl"],
    "graph.dot": ["dot"],
    "records.jsonl": ["jsonl"],
    "events.tsv": ["events"],
    "dyads.tsv": ["events", "--dyads", "month"],
    "page.html": ["html", "--title", "Samples"],
}


def skip(reason):
    print("skipped: " + reason)
    sys.exit(77)


def without_controls(text):
    """What XML, CSV and the others can hold of a text: no control and no bidi characters."""
    return "".join(c for c in text if c in "\t\n\r" or not (
        ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F or c in "\u061c\u200e\u200f\ufffe\uffff"
        or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"))


def need_program(name, package):
    path = shutil.which(name)
    if path is None:
        skip(f"{name} is not installed (package {package})")
    return path


def need_module(name, package):
    try:
        return importlib.import_module(name)
    except ImportError:
        skip(f"Python module {name} is not installed (package {package})")


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        print(done.stdout[-4000:], done.stderr[-4000:])
        raise SystemExit(f"exit status {done.returncode}: {' '.join(map(str, command))}")
    return done


def same(what, found, expected):
    print(f"{what}: {found}, ours {expected}")
    if found != expected:
        raise SystemExit(f"{what} differ: {found} instead of {expected}")


def rows(path, delimiter=","):
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter, quoting=quoting, strict=True))


def counts(folder):
    return len(rows(folder / "graph.nodes.csv")), len(rows(folder / "graph.edges.csv"))


def make(args):
    shutil.rmtree(args.folder, ignore_errors=True)
    args.folder.mkdir(parents=True)
    graph = args.folder / "graph.db"
    run(args.whowhom, "-q", "-g", graph, "add", args.samples)
    for name, words in EXPORTS.items():
        run(args.whowhom, "-q", "-g", graph, "export", *words, "-o", args.folder / name)
    nodes, edges = counts(args.folder)
    print(f"{nodes} nodes, {edges} edges")
    if min(nodes, edges) < 50:
        raise SystemExit("the samples should give more than that")


def check(args):
    for name in (*EXPORTS, "graph.edges.csv"):
        if name not in ("graph.csv", "page.html"):
            run(args.whowhom, "check-export", args.folder / name)


def xmllint(args):
    program = need_program("xmllint", "libxml2-utils")
    for name in ("graph.gexf", "graph-1.2.gexf", "graph.graphml", "graph-yed.graphml"):
        run(program, "--noout", args.folder / name)
    schema = os.environ.get("WHOWHOM_GEXF_RNG")
    if not schema:
        skip("all files are well-formed; WHOWHOM_GEXF_RNG names no RELAX NG schema of GEXF 1.3")
    run(program, "--noout", "--huge", "--relaxng", schema, args.folder / "graph.gexf")


def networkx(args):
    nx = need_module("networkx", "python3-networkx")
    for name, graph in (("graph-1.2.gexf", nx.read_gexf(args.folder / "graph-1.2.gexf")),
                        ("graph.graphml", nx.read_graphml(args.folder / "graph.graphml", force_multigraph=True)),
                        ("graph-yed.graphml", nx.read_graphml(args.folder / "graph-yed.graphml", force_multigraph=True))):
        same(name, (graph.number_of_nodes(), graph.number_of_edges()), counts(args.folder))
        if not graph.is_directed():
            raise SystemExit(name + " is read as undirected")


def igraph(args):
    module = need_module("igraph", "python3-igraph")
    for name in ("graph.graphml", "graph-yed.graphml"):
        graph = module.Graph.Read_GraphML(str(args.folder / name))
        same(name, (graph.vcount(), graph.ecount()), counts(args.folder))


def rdf(args):
    found = []
    edges = counts(args.folder)[1]
    if shutil.which("rapper"):
        done = run("rapper", "-q", "-i", "turtle", "-o", "ntriples", args.folder / "graph.ttl")
        statement = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement>"
        same("rapper statements", sum(statement in line for line in done.stdout.splitlines()), edges)
        found.append("rapper")
    try:
        import rdflib
        graph = rdflib.Graph().parse(str(args.folder / "graph.ttl"), format="turtle")
        same("rdflib statements", len(list(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))), edges)
        found.append("rdflib")
    except ImportError:
        pass
    if not found:
        skip("neither rapper nor rdflib is installed (packages raptor2-utils, python3-rdflib)")


def dot(args):
    program = need_program("dot", "graphviz")
    text = run(program, "-Tcanon", args.folder / "graph.dot").stdout
    ours = (args.folder / "graph.dot").read_text(encoding="utf-8")
    same("arrows", text.count(" -> "), ours.count("\" -> \""))


def tables(args):
    nodes = {row["Id"] for row in rows(args.folder / "graph.nodes.csv")}
    for edge in rows(args.folder / "graph.edges.csv"):
        if edge["Source"] not in nodes or edge["Target"] not in nodes or None in edge or None in edge.values():
            raise SystemExit("edge " + edge["Id"] + " has no ends or too many cells")
    events = rows(args.folder / "events.tsv", "\t")
    for event in events:
        if None in event or None in event.values() or not event["Event Date"]:
            raise SystemExit("event " + event["Event ID"] + " has a wrong number of cells")
    same("event ids", len({event["Event ID"] for event in events}), len(events))
    paired = sum(bool(e["Source Country"] and e["Target Country"]) for e in events)
    same("events of dyads", sum(int(row["Events"]) for row in rows(args.folder / "dyads.tsv", "\t")), paired)
    try:
        import pandas
        frame = pandas.read_csv(args.folder / "events.tsv", sep="\t", quoting=csv.QUOTE_NONE)
        same("pandas", frame.shape, (len(events), len(events[0])))
    except ImportError:
        print("pandas is not installed: read with the csv module alone")


def node_modules(name):
    need_program("node", "nodejs")
    folder = Path(os.environ.get("WHOWHOM_NODE_MODULES", HERE / "node_modules"))
    if not (folder / name).is_dir():
        skip(f"npm package {name} is not installed (npm ci --prefix tests/interop, or set WHOWHOM_NODE_MODULES)")
    return {**os.environ, "WHOWHOM_NODE_MODULES": str(folder)}


def graphology(args):
    environment = node_modules("graphology-gexf")
    done = run("node", HERE / "graphology.js", args.folder / "graph.gexf", env=environment)
    found = json.loads(done.stdout)
    same("graphology", (found["nodes"], found["edges"]), counts(args.folder))
    if not found["placed"]:
        raise SystemExit("nodes without position, size or colour")


def gephi(args):
    jar = os.environ.get("WHOWHOM_GEPHI_TOOLKIT", "")
    if not jar or not Path(jar).is_file():
        skip("WHOWHOM_GEPHI_TOOLKIT names no gephi-toolkit jar (see README.md)")
    java = need_program("java", "default-jdk-headless")
    done = run(java, "-Djava.awt.headless=true", "-cp", jar, HERE / "GephiImport.java", args.folder / "graph.gexf",
               args.folder / "gephi.pdf")
    print(done.stdout)
    found = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    same("gephi", (int(found["nodes"]), int(found["edges"])), counts(args.folder))
    same("gephi severe problems", int(found["severe"]), 0)
    same("gephi dynamic", found["dynamic"], "true")
    same("gephi nodes with place, size and label", int(found["placed"]), counts(args.folder)[0])
    edges = rows(args.folder / "graph.edges.csv")
    same("gephi weight", float(found["weight"]), float(sum(float(row["Weight"]) for row in edges)))
    days = sorted(row[key] for row in edges + rows(args.folder / "graph.nodes.csv")
                  for key in ("first_seen", "last_seen") if row[key])
    same("gephi days", (found["first"], found["last"]), (days[0], days[-1]))
    columns = found["edge columns"].split() if "edge columns" in found else []
    wanted = [name for name in edges[0] if name not in ("Id", "Source", "Target", "Type", "Weight")]
    same("gephi edge attributes", sorted(set(wanted) - {column.split(":")[0] for column in columns}), [])
    same("gephi sentences", int(found["sentences"]), sum(bool(row["sentence"]) for row in edges))
    if (args.folder / "gephi.pdf").stat().st_size < 5000:
        raise SystemExit("the picture of Gephi is empty")


def browser(args):
    environment = node_modules("playwright-core")
    chromium = os.environ.get("WHOWHOM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        skip("chromium is not installed (package chromium)")
    done = run("node", HERE / "browser.js", args.folder / "page.html", chromium, args.folder, env=environment)
    print(done.stdout)


HOSTILE = ("=cmd|' /C calc'!A0 \"quoted\" <script>alert('x')</script> ]]> -- <!-- & &lt; \\N \\G \\ \x00\x01\x1b[31m "
           "\u202eevil\u202c \u2066iso\u2069 \U0001f600 \u6f22 {{DATA}} %s javascript:alert(1) end\\")


def hostile_record(number, day, length):
    """An article of one sentence whose every text is hostile. Ids are made up: `merge` takes them as they are."""
    subject, verb, target = f"{number} {HOSTILE}{'x' * length}", "accused", f"target {number} {HOSTILE}"
    sentence = f"{subject} {verb} {target}"
    size = lambda text: len(text.encode())
    begin = size(subject) + 1
    actor = lambda text, first: {"text": text, "begin": first, "end": first + size(text), "actor": text, "type": "PERSON",
                                 "country": None, "sector": None, "head": text}
    document = {"schema": 1, "kind": "document", "id": f"{number:032x}", "path": f"{number}{HOSTILE}", "title": HOSTILE,
                "url": f"javascript:alert({number})", "outlet": HOSTILE, "author": HOSTILE, "date": day, "lang": "en",
                "text": sentence, "extractor": "test", "mentions": []}
    statement = {"schema": 1, "kind": "statement", "id": f"{number + 100:032x}", "doc": document["id"],
                 "path": document["path"], "sentence": 0, "begin": 0, "end": size(sentence), "text": sentence,
                 "subject": actor(subject, 0),
                 "predicate": {"text": verb, "lemma": "accuse", "begin": begin, "end": begin + size(verb)},
                 "object": actor(target, begin + size(verb) + 1), "arguments": [], "polarity": "positive",
                 "modality": "asserted", "attribution": [], "content": [], "class": "ACCUSE", "mode": None,
                 "cameo": "11", "quad": "verbal-conflict", "scale": -3.5, "time": None, "place": None,
                 "published": day, "implicit": False, "rules": ["test"], "confidence": 0.9}
    return [document, statement]


def xml_values(path):
    """Every attribute and text of an XML file, read by expat."""
    root = xml.etree.ElementTree.parse(path).getroot()
    return {value for item in root.iter() for value in (*item.attrib.values(), item.text or "")}


def hostile(args):
    folder = args.folder / "hostile"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    records = [record for number, length in ((1, 0), (2, 20000)) for record in hostile_record(number, "2020-01-03", length)]
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    (folder / "bytes.txt").write_bytes(b"Title \xff\xc0\n\nOn Monday Iran accused \xfe Iraq of lying \x00 about <b>oil</b>.\n")
    graph = folder / "graph.db"
    run(args.whowhom, "-q", "-g", graph, "merge", source)
    run(args.whowhom, "-q", "-g", graph, "add", "--force", folder / "bytes.txt")
    for name, words in EXPORTS.items():
        run(args.whowhom, "-q", "-g", graph, "export", *words, "-o", folder / name)
    for theme in ("light", "print"):
        run(args.whowhom, "-q", "-g", graph, "render", "--theme", theme, "--title", HOSTILE.replace("\x00", ""),
            "-o", folder / f"{theme}.svg")
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in ("in.jsonl", "bytes.txt", "records.jsonl"):
            text = path.read_bytes().decode("utf-8", errors="strict")
            if any(c in text for c in "\x00\x01\x1b\u202e\u2066"):
                raise SystemExit(f"{path.name} holds a control character")
    sentences = {without_controls(record["text"]) for record in records if record["kind"] == "statement"}
    labels = {without_controls(record["subject"]["text"]) for record in records if record["kind"] == "statement"}

    def holds(name, values, wanted):
        values = set(values)
        lost = [text[:80] for text in wanted if text not in values]
        print(f"{name}: {len(wanted) - len(lost)} of {len(wanted)} texts come back")
        if lost:
            raise SystemExit(f"{name} lost {lost}")

    for name in ("graph.gexf", "graph-1.2.gexf", "graph.graphml", "graph-yed.graphml"):
        holds(name, xml_values(folder / name), sentences | labels)
    for theme in ("light", "print"):
        values = xml_values(folder / f"{theme}.svg")
        if any(value.lower().startswith(("javascript:", "data:")) for value in values):
            raise SystemExit("the picture links to a script")
        tags = {item.tag.rsplit("}", 1)[1] for item in xml.etree.ElementTree.parse(folder / f"{theme}.svg").iter()}
        if tags & {"script", "foreignObject", "image"}:
            raise SystemExit(f"the picture has elements {tags}")
    cells = [row["sentence"] for row in rows(folder / "graph.edges.csv")]
    nodes = [row["Label"].removeprefix("'") for row in rows(folder / "graph.nodes.csv")]
    holds("csv", cells + nodes, sentences | labels)
    for name in ("graph.nodes.csv", "graph.edges.csv"):
        for row in rows(folder / name):
            if any(cell[:1] in ("=", "+", "@", "\t", "\r") for cell in row.values()):
                raise SystemExit("a cell would run as a formula")
    holds("events.tsv", [row["Sentence"] for row in rows(folder / "events.tsv", "\t")], sentences)
    found = [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    holds("records.jsonl", [record["text"] for record in found if record["kind"] == "statement"],
          {record["text"] for record in records if record["kind"] == "statement"})
    page = (folder / "page.html").read_text(encoding="utf-8")
    if page.count("<script") != 2 or "javascript:alert" in re.sub(r'"(\\.|[^"\\])*"', "", page):
        raise SystemExit("the page holds a script that is not its own")
    data = json.loads(re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', page, re.S)[1])
    holds("page.html", ["".join(part for part, _ in item["sentence"]) for edge in data["edges"] for item in edge["evidence"]],
          sentences)
    if any(document["url"] for document in data["documents"]):
        raise SystemExit("the page links to a script")
    if shutil.which("dot"):
        run("dot", "-Tcanon", folder / "graph.dot")
    if shutil.which("rapper"):
        run("rapper", "-q", "-c", "-i", "turtle", folder / "graph.ttl")
    try:
        import rdflib
        triples = rdflib.Graph().parse(str(folder / "graph.ttl"), format="turtle")
        holds("graph.ttl", [str(value) for value in triples.objects() if isinstance(value, rdflib.Literal)], sentences | labels)
    except ImportError:
        print("rdflib is not installed")
    for name in (*EXPORTS, "graph.edges.csv"):
        if name not in ("graph.csv", "page.html"):
            run(args.whowhom, "check-export", folder / name)


def records(args):
    """Lossless: what `export jsonl` writes, merged into another graph, gives the same records and the same GEXF."""
    again = args.folder / "again.db"
    shutil.rmtree(again, ignore_errors=True)
    run(args.whowhom, "-q", "-g", again, "merge", args.folder / "records.jsonl")
    run(args.whowhom, "-q", "-g", again, "verify")
    for name in ("records.jsonl", "graph.gexf", "graph.ttl", "events.tsv", "page.html"):
        run(args.whowhom, "-q", "-g", again, "export", *EXPORTS[name], "-o", args.folder / f"again-{name}")
        same(name, (args.folder / f"again-{name}").read_bytes() == (args.folder / name).read_bytes(), True)


CHECKS = (make, check, xmllint, networkx, igraph, rdf, dot, tables, graphology, gephi, browser, hostile, records)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("check", choices=[function.__name__ for function in CHECKS])
    parser.add_argument("--whowhom", type=Path, required=True)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    next(function for function in CHECKS if function.__name__ == args.check)(args)


if __name__ == "__main__":
    main()

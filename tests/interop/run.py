#!/usr/bin/env python3
"""Reads whowhom's exports with the programs they are for. See README.md; exit status 77 = skipped, with the reason."""
import argparse
import csv
import importlib
import json
import os
import shutil
import subprocess
import sys
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
    "events.tsv": ["events"],
    "dyads.tsv": ["events", "--dyads", "month"],
    "page.html": ["html", "--title", "Samples"],
}


def skip(reason):
    print("skipped: " + reason)
    sys.exit(77)


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
    for name in ("graph.gexf", "graph-1.2.gexf", "graph.graphml", "graph-yed.graphml", "graph.ttl", "graph.edges.csv"):
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
    if (args.folder / "gephi.pdf").stat().st_size < 5000:
        raise SystemExit("the picture of Gephi is empty")


def browser(args):
    environment = node_modules("playwright-core")
    chromium = os.environ.get("WHOWHOM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        skip("chromium is not installed (package chromium)")
    done = run("node", HERE / "browser.js", args.folder / "page.html", chromium, args.folder, env=environment)
    print(done.stdout)


CHECKS = (make, check, xmllint, networkx, igraph, rdf, dot, tables, graphology, gephi, browser)


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

"""Engines of Python beside the store, on the edges and questions that peers_bench left: peers.py FOLDER

Each engine answers what it is made for; each answer is compared with that of the store. An engine whose package is
missing is skipped, and said to be. Times are CPU milliseconds of this process (all threads): the cost of handing rows
to Python is in them.
"""
import csv
import os
import sys
import time


def read_rows(path):
    with open(path, newline="") as file:
        return [[int(cell) for cell in row] for row in csv.reader(file, delimiter="\t")]


def signed(value):
    """Ids have 64 bits; the engines have signed numbers."""
    return value - (1 << 64) if value >= 1 << 63 else value


class World:
    def __init__(self, folder):
        self.folder = folder
        self.edges = [tuple(map(signed, row)) for row in read_rows(folder + "/edges.tsv")]
        questions = read_rows(folder + "/questions.tsv")
        self.nodes = [signed(v) for v in questions[0]]
        self.relations = [signed(v) for v in questions[1]]
        self.pairs = [(signed(a), signed(b)) for a, b in questions[2:]]
        answers = read_rows(folder + "/answers.tsv")
        # Each question was asked twice there.
        self.neighbours, self.relation, self.top = answers[0][0], answers[0][2], answers[0][4]
        self.two_hops, self.paths = answers[1]


class Report:
    def __init__(self):
        self.is_equal = True

    def ask(self, engine, what, expected, work):
        times = []
        for _ in range(2):
            begin = time.process_time()
            answer = work()
            times.append((time.process_time() - begin) * 1e3)
            if answer != expected:
                self.is_equal = False
                print(f"{engine}: {what}: ANSWERS DIFFER, {answer} for {expected}")
        print(f"{engine:10} {what:28} {times[0]:10.2f} / {times[1]:10.2f} ms cpu, first / again", flush=True)


def with_duckdb(world, report):
    import duckdb

    db = duckdb.connect(world.folder + "/duckdb")
    begin = time.process_time()
    db.execute("create table edge as select * from read_csv(?, delim='\t', header=false,"
               " columns={'s':'ubigint','p':'ubigint','o':'ubigint','n':'ubigint'})", [world.folder + "/edges.tsv"])
    db.execute("create index by_s on edge(s)")
    print(f"duckdb {duckdb.__version__}: load {(time.process_time() - begin) * 1e6 / len(world.edges):.2f} us an edge")
    unsigned = lambda v: v % (1 << 64)
    rows = lambda sql, v: db.execute(sql, [unsigned(v)]).fetchall()
    report.ask("duckdb", "1,000 neighbour look-ups", world.neighbours,
               lambda: sum(len(rows("select * from edge where s=?", v)) for v in world.nodes))
    report.ask("duckdb", "all edges of 20 relations", world.relation,
               lambda: sum(len(rows("select * from edge where p=?", v)) for v in world.relations))
    report.ask("duckdb", "top 20 of 20 relations", world.top,
               lambda: sum(r[3] for v in world.relations
                           for r in rows("select * from edge where p=? order by n desc limit 20", v)))


def with_kuzu(world, report):
    import kuzu

    with open(world.folder + "/kuzu_nodes.csv", "w") as file:
        file.writelines(f"{v}\n" for v in sorted({e[0] for e in world.edges} | {e[2] for e in world.edges}))
    with open(world.folder + "/kuzu_edges.csv", "w") as file:
        file.writelines(f"{s},{o},{p},{n}\n" for s, p, o, n in world.edges)
    db = kuzu.Connection(kuzu.Database(world.folder + "/kuzu"), num_threads=2)
    begin = time.process_time()
    db.execute("create node table N(id int64, primary key(id))")
    db.execute("create rel table E(from N to N, p int64, n int64)")
    db.execute(f"copy N from '{world.folder}/kuzu_nodes.csv' (header=false)")
    db.execute(f"copy E from '{world.folder}/kuzu_edges.csv' (header=false)")
    print(f"kuzu {kuzu.__version__}: load {(time.process_time() - begin) * 1e6 / len(world.edges):.2f} us an edge")

    def rows(cypher, v):
        result = db.execute(cypher, {"v": v})
        found = []
        while result.has_next():
            found.append(result.get_next())
        return found

    report.ask("kuzu", "1,000 neighbour look-ups", world.neighbours,
               lambda: sum(len(rows("match (a:N)-[e:E]->(b:N) where a.id=$v return b.id,e.p,e.n", v))
                           for v in world.nodes))
    report.ask("kuzu", "all edges of 20 relations", world.relation,
               lambda: sum(len(rows("match (a:N)-[e:E]->(b:N) where e.p=$v return a.id,b.id,e.n", v))
                           for v in world.relations))
    report.ask("kuzu", "top 20 of 20 relations", world.top,
               lambda: sum(r[2] for v in world.relations
                           for r in rows("match (a:N)-[e:E]->(b:N) where e.p=$v return a.id,b.id,e.n"
                                         " order by e.n desc limit 20", v)))


def numbered(world):
    ids = sorted({e[0] for e in world.edges} | {e[2] for e in world.edges})
    return {v: i for i, v in enumerate(ids)}


def with_igraph(world, report):
    import igraph

    number = numbered(world)
    graph = igraph.Graph(n=len(number), edges=[(number[e[0]], number[e[2]]) for e in world.edges], directed=True)
    print(f"igraph {igraph.__version__}")

    def two_hops():
        return sum(len(graph.neighborhood(number[v], order=2, mode="out", mindist=2)) for v in world.nodes[:100])

    def paths():
        lengths = (graph.distances(number[a], number[b], mode="all")[0][0] for a, b in world.pairs)
        return sum(int(d) for d in lengths if d != float("inf"))

    report.ask("igraph", "100 two-hop questions", world.two_hops, two_hops)
    report.ask("igraph", "100 shortest paths", world.paths, paths)


def with_networkx(world, report):
    import networkx

    graph = networkx.DiGraph()
    graph.add_edges_from((e[0], e[2]) for e in world.edges)
    both = graph.to_undirected(as_view=False)
    print(f"networkx {networkx.__version__}")

    def two_hops():
        total = 0
        for v in world.nodes[:100]:
            near = set(graph[v]) | {v}
            far = set()
            for w in near - {v}:
                far.update(graph[w])
            total += len(far - near)
        return total

    def paths():
        total = 0
        for a, b in world.pairs:
            try:
                total += len(networkx.bidirectional_shortest_path(both, a, b)) - 1
            except networkx.NetworkXNoPath:
                pass
        return total

    report.ask("networkx", "100 two-hop questions", world.two_hops, two_hops)
    report.ask("networkx", "100 shortest paths", world.paths, paths)


def main():
    if len(sys.argv) != 2 or not os.path.exists(sys.argv[1] + "/answers.tsv"):
        sys.exit("usage: peers.py FOLDER (one that peers_bench made)")
    world = World(sys.argv[1])
    report = Report()
    for engine in (with_duckdb, with_kuzu, with_igraph, with_networkx):
        try:
            engine(world, report)
        except ImportError as error:
            print(f"{engine.__name__[5:]}: skipped, {error}")
    print("all answers are equal" if report.is_equal else "ANSWERS DIFFER")
    sys.exit(0 if report.is_equal else 1)


if __name__ == "__main__":
    main()

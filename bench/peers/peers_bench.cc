// The store beside SQLite and LMDB on the same edges and questions: peers_bench STORE FOLDER
// STORE is one that storage_bench made; FOLDER takes the peers' files and must not exist. Answers are
// compared; `flat` is the store's flat view. Edges, questions and answers are left in FOLDER as TSV for
// peers.py, which asks engines of Python.
#include <lmdb.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "../storage_world.h"
#include "whowhom/graph/csr.h"
#include "whowhom/graph/view.h"
#include "whowhom/storage/store.h"

namespace whowhom::bench {
namespace {

using storage::EdgePattern;
using storage::EdgeSummary;

struct Edge {
  uint64_t s, p, o, n;
};

[[noreturn]] void Stop(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}
template <typename T>
T Need(Result<T> result) {
  if (!result.ok()) Stop(result.error().message);
  return std::move(result).value();
}
void Need(const Status& status) {
  if (!status.ok()) Stop(status.error().message);
}

// The questions that every engine answers; `neighbours` and `relation` count edges, `top` sums the statements
// of the twenty strongest pairs of a relation.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual const char* name() const = 0;
  virtual uint64_t Neighbours(uint64_t s) = 0;
  virtual uint64_t Relation(uint64_t p) = 0;
  virtual uint64_t Top(uint64_t p) = 0;
};

class Ours : public Engine {
 public:
  explicit Ours(const std::string& path)
      : store_(Need(storage::Store::Open(path, {}))), snapshot_(store_->TakeSnapshot()) {}
  const char* name() const override { return "whowhom"; }
  uint64_t Neighbours(uint64_t s) override {
    EdgePattern pattern;
    pattern.subject = NodeId{s};
    return Count(pattern);
  }
  uint64_t Relation(uint64_t p) override {
    EdgePattern pattern;
    pattern.relation = RelationId{p};
    return Count(pattern);
  }
  uint64_t Top(uint64_t p) override {
    uint64_t sum = 0;
    for (const EdgeSummary& edge : Need(snapshot_->TopOfRelation({p}, 20))) sum += edge.statements;
    return sum;
  }
  std::vector<Edge> AllEdges() {
    std::vector<Edge> edges;
    Need(snapshot_->ScanEdges({}, [&](const EdgeSummary& e) {
      edges.push_back({e.key.subject.value, e.key.relation.value, e.key.object.value, e.statements});
      return true;
    }));
    return edges;
  }

 private:
  uint64_t Count(const EdgePattern& pattern) {
    uint64_t count = 0;
    Need(snapshot_->ScanEdges(pattern, [&](const EdgeSummary&) { return ++count > 0; }));
    return count;
  }
  std::unique_ptr<storage::Store> store_;
  std::shared_ptr<const storage::Snapshot> snapshot_;
};

// The flat view, made and cached before the clock starts.
class Flat : public Engine {
 public:
  explicit Flat(const std::string& path)
      : store_(Need(storage::Store::Open(path, {}))),
        view_(Need(graph::View::Build(store_->TakeSnapshot(), {.automatic_identity = false}))),
        csr_(Need(graph::CsrGraph::Open(*view_))) {}
  const char* name() const override { return "flat"; }
  uint64_t Neighbours(uint64_t s) override {
    const std::optional<uint32_t> vertex = csr_->VertexOf(NodeId{s});
    if (!vertex) return 0;
    const graph::CsrTopology topology = csr_->topology();
    return Read(topology.out_offset[*vertex], topology.out_offset[*vertex + 1],
                [](uint64_t at) { return static_cast<uint32_t>(at); });
  }
  uint64_t Relation(uint64_t p) override {
    const auto [begin, end] = RangeOf(p);
    return Read(begin, end, [&](uint64_t at) { return csr_->relation_edge()[at]; });
  }
  uint64_t Top(uint64_t p) override {
    const auto [begin, end] = RangeOf(p);
    std::vector<uint32_t> counts;
    for (uint64_t at = begin; at < end; ++at)
      counts.push_back(csr_->edges()[csr_->relation_edge()[at]].statements);
    const auto last = counts.begin() + static_cast<ptrdiff_t>(std::min<size_t>(20, counts.size()));
    std::partial_sort(counts.begin(), last, counts.end(), std::greater<>());
    return std::accumulate(counts.begin(), last, uint64_t{0});
  }

 private:
  std::pair<uint64_t, uint64_t> RangeOf(uint64_t p) const {
    const std::span<const uint64_t> relations = csr_->relations();
    const auto found = std::lower_bound(relations.begin(), relations.end(), p);
    if (found == relations.end() || *found != p) return {0, 0};
    const auto at = static_cast<size_t>(found - relations.begin());
    return {csr_->relation_offset()[at], csr_->relation_offset()[at + 1]};
  }
  // Reads key and counts of each edge, as the peers' rows are read.
  template <typename EdgeOf>
  uint64_t Read(uint64_t begin, uint64_t end, const EdgeOf& edge_of) {
    uint64_t count = 0;
    for (uint64_t at = begin; at < end; ++at) {
      const uint32_t edge = edge_of(at);
      const storage::EdgeKey key = csr_->KeyOf(edge);
      read_ =
          read_ + key.subject.value + key.relation.value + key.object.value + csr_->edges()[edge].statements;
      ++count;
    }
    return count;
  }
  std::unique_ptr<storage::Store> store_;
  std::shared_ptr<const graph::View> view_;
  std::shared_ptr<const graph::CsrGraph> csr_;
  volatile uint64_t read_ = 0;
};

class Sqlite : public Engine {
 public:
  Sqlite(const std::string& path, const std::vector<Edge>& edges) : path_(path) {
    if (!edges.empty()) Load(edges);
    Open();
    neighbours_ = Prepare("select s,p,o,n from spo where s=?");
    relation_ = Prepare("select s,p,o,n from spo where p=?");
    top_ = Prepare("select s,p,o,n from spo where p=? order by n desc limit 20");
  }
  ~Sqlite() override {
    for (sqlite3_stmt* statement : {neighbours_, relation_, top_}) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  const char* name() const override { return "SQLite"; }
  uint64_t Neighbours(uint64_t s) override { return Run(neighbours_, s, false); }
  uint64_t Relation(uint64_t p) override { return Run(relation_, p, false); }
  uint64_t Top(uint64_t p) override { return Run(top_, p, true); }

 private:
  void Open() {
    if (sqlite3_open(path_.c_str(), &db_) != SQLITE_OK) Stop("SQLite does not open");
  }
  void Exec(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      Stop(std::string("SQLite: ") + sqlite3_errmsg(db_));
  }
  sqlite3_stmt* Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) != SQLITE_OK) Stop(sqlite3_errmsg(db_));
    return statement;
  }
  static void Bind(sqlite3_stmt* statement, int index, uint64_t value) {
    sqlite3_bind_int64(statement, index, static_cast<int64_t>(value));
  }
  void Load(const std::vector<Edge>& edges) {
    Open();
    Exec(
        "pragma journal_mode=wal; pragma synchronous=normal; begin;"
        "create table spo(s,p,o,n,primary key(s,p,o)) without rowid");
    sqlite3_stmt* insert = Prepare("insert into spo values(?,?,?,?)");
    for (const Edge& edge : edges) {
      Bind(insert, 1, edge.s);
      Bind(insert, 2, edge.p);
      Bind(insert, 3, edge.o);
      Bind(insert, 4, edge.n);
      if (sqlite3_step(insert) != SQLITE_DONE) Stop(sqlite3_errmsg(db_));
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    // The index that serves the top of a relation: what a user of SQLite who asks for it would make.
    Exec("create index pno on spo(p,n,o,s); create index osp on spo(o,s,p); commit");
    sqlite3_close(db_);
  }
  uint64_t Run(sqlite3_stmt* statement, uint64_t value, bool sum) {
    Bind(statement, 1, value);
    uint64_t result = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const auto count = static_cast<uint64_t>(sqlite3_column_int64(statement, 3));
      result += sum ? count : 1;
    }
    sqlite3_reset(statement);
    return result;
  }
  std::string path_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* neighbours_ = nullptr;
  sqlite3_stmt* relation_ = nullptr;
  sqlite3_stmt* top_ = nullptr;
};

class Lmdb : public Engine {
 public:
  Lmdb(const std::string& path, const std::vector<Edge>& edges) {
    std::filesystem::create_directories(path);
    Check(mdb_env_create(&env_));
    Check(mdb_env_set_maxdbs(env_, 4));
    Check(mdb_env_set_mapsize(env_, size_t{64} << 30));
    Check(mdb_env_open(env_, path.c_str(), edges.empty() ? MDB_RDONLY : 0, 0644));
    Check(mdb_txn_begin(env_, nullptr, edges.empty() ? MDB_RDONLY : 0, &txn_));
    for (int i = 0; i < 2; ++i) {
      Check(mdb_dbi_open(txn_, i == 0 ? "spo" : "pno", edges.empty() ? 0 : MDB_CREATE, &tables_[i]));
    }
    if (!edges.empty()) Load(edges);
  }
  ~Lmdb() override {
    mdb_txn_abort(txn_);
    mdb_env_close(env_);
  }
  const char* name() const override { return "LMDB"; }
  uint64_t Neighbours(uint64_t s) override { return Scan(0, s, UINT64_MAX, false); }
  uint64_t Relation(uint64_t p) override { return Scan(1, p, UINT64_MAX, false); }
  uint64_t Top(uint64_t p) override { return Scan(1, p, 20, true); }

 private:
  static void Check(int code) {
    if (code != 0) Stop(std::string("LMDB: ") + mdb_strerror(code));
  }
  static std::string Key(std::initializer_list<uint64_t> parts) {
    std::string key;
    for (uint64_t part : parts) {
      for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(part >> shift));
    }
    return key;
  }
  void Load(const std::vector<Edge>& edges) {
    for (int table = 0; table < 2; ++table) {
      std::vector<std::pair<std::string, uint64_t>> rows;
      for (const Edge& e : edges) {
        rows.emplace_back(table == 0 ? Key({e.s, e.p, e.o}) : Key({e.p, ~e.n, e.o, e.s}), e.n);
      }
      std::sort(rows.begin(), rows.end());
      for (auto& [key, count] : rows) {
        MDB_val k{key.size(), key.data()};
        MDB_val v{sizeof count, &count};
        Check(mdb_put(txn_, tables_[table], &k, &v, MDB_APPEND));
      }
    }
    Check(mdb_txn_commit(txn_));
    Check(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn_));
  }
  uint64_t Scan(int table, uint64_t first, uint64_t limit, bool sum) {
    MDB_cursor* cursor = nullptr;
    Check(mdb_cursor_open(txn_, tables_[table], &cursor));
    const std::string prefix = Key({first});
    MDB_val key{prefix.size(), const_cast<char*>(prefix.data())};
    MDB_val value{};
    uint64_t result = 0;
    int code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
    for (uint64_t rows = 0; code == 0 && rows < limit; ++rows) {
      if (std::memcmp(key.mv_data, prefix.data(), prefix.size()) != 0) break;
      uint64_t count = 0;
      std::memcpy(&count, value.mv_data, sizeof count);
      result += sum ? count : 1;
      code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    }
    mdb_cursor_close(cursor);
    return result;
  }
  MDB_env* env_ = nullptr;
  MDB_txn* txn_ = nullptr;
  MDB_dbi tables_[2] = {};
};

struct Questions {
  std::vector<uint64_t> nodes;
  std::vector<uint64_t> relations;
  std::vector<std::pair<uint64_t, uint64_t>> pairs;  // for shortest paths
};

std::vector<uint64_t> Ask(Engine* engine, const Questions& questions) {
  std::vector<uint64_t> answers;
  const auto measure = [&](const char* what, const std::vector<uint64_t>& ids,
                           const std::function<uint64_t(uint64_t)>& ask) {
    for (const char* round : {"first", "again"}) {
      uint64_t sum = 0;
      const Times begin = Now();
      for (uint64_t id : ids) sum += ask(id);
      const Times spent = Now() - begin;
      std::printf("%-8s %-34s %-6s %10.3f ms cpu %10.3f ms wall  answer %llu\n", engine->name(), what, round,
                  spent.cpu * 1e3, spent.wall * 1e3, static_cast<unsigned long long>(sum));
      answers.push_back(sum);
    }
  };
  measure("1,000 neighbour look-ups", questions.nodes, [&](uint64_t id) { return engine->Neighbours(id); });
  measure("all edges of 20 relations", questions.relations,
          [&](uint64_t id) { return engine->Relation(id); });
  measure("top 20 of 20 relations", questions.relations, [&](uint64_t id) { return engine->Top(id); });
  return answers;
}

// Vertices that were seen in this round, and how far away; a new round forgets them at once.
class Marks {
 public:
  explicit Marks(uint32_t vertices) : round_of_(vertices), steps_(vertices) {}
  void Begin() { ++round_; }
  bool Has(uint32_t vertex) const { return round_of_[vertex] == round_; }
  uint32_t steps(uint32_t vertex) const { return steps_[vertex]; }
  // False if it was seen before.
  bool Add(uint32_t vertex, uint32_t steps) {
    if (Has(vertex)) return false;
    round_of_[vertex] = round_;
    steps_[vertex] = steps;
    return true;
  }

 private:
  uint32_t round_ = 0;
  std::vector<uint32_t> round_of_;
  std::vector<uint32_t> steps_;
};

// Vertices that are reached in two steps along the edges, without the start and its neighbours.
uint64_t TwoHops(const graph::CsrTopology& topology, uint32_t start, Marks* marks) {
  const auto follow = [&](uint32_t vertex, const auto& visit) {
    for (uint64_t e = topology.out_offset[vertex]; e < topology.out_offset[vertex + 1]; ++e) {
      visit(topology.target[e]);
    }
  };
  marks->Begin();
  marks->Add(start, 0);
  std::vector<uint32_t> near;
  follow(start, [&](uint32_t vertex) {
    if (marks->Add(vertex, 1)) near.push_back(vertex);
  });
  uint64_t reached = 0;
  for (uint32_t middle : near) {
    follow(middle, [&](uint32_t vertex) { reached += marks->Add(vertex, 2) ? 1 : 0; });
  }
  return reached;
}

// Steps between two vertices along edges of either direction, from both ends; 0 = there is no way.
uint64_t PathLength(const graph::CsrTopology& topology, uint32_t from, uint32_t to, Marks* marks) {
  if (from == to) return 0;
  marks[0].Begin();
  marks[1].Begin();
  marks[0].Add(from, 0);
  marks[1].Add(to, 0);
  std::vector<uint32_t> front[2] = {{from}, {to}};
  for (uint32_t steps[2] = {0, 0}; !front[0].empty() && !front[1].empty();) {
    const int side = front[0].size() <= front[1].size() ? 0 : 1;
    std::vector<uint32_t> next;
    ++steps[side];
    // Both sides are complete up to their last step, so the first meeting is a shortest one.
    const auto meets = [&](uint32_t vertex) {
      if (marks[1 - side].Has(vertex)) return true;
      if (marks[side].Add(vertex, steps[side])) next.push_back(vertex);
      return false;
    };
    for (uint32_t vertex : front[side]) {
      for (uint64_t e = topology.out_offset[vertex]; e < topology.out_offset[vertex + 1]; ++e) {
        if (meets(topology.target[e])) return steps[side] + marks[1 - side].steps(topology.target[e]);
      }
      for (uint64_t i = topology.in_offset[vertex]; i < topology.in_offset[vertex + 1]; ++i) {
        const uint32_t source = topology.source[topology.in_edge[i]];
        if (meets(source)) return steps[side] + marks[1 - side].steps(source);
      }
    }
    front[side] = std::move(next);
  }
  return 0;
}

void PrintGraph(const char* what, const Times& spent, uint64_t answer) {
  std::printf("%-8s %-34s %-6s %10.3f ms cpu %10.3f ms wall  answer %llu\n", "whowhom", what, "again",
              spent.cpu * 1e3, spent.wall * 1e3, static_cast<unsigned long long>(answer));
}

// 100 two-hop questions and 100 shortest paths on the flat view, made before the clock starts.
std::vector<uint64_t> AskGraph(const std::string& store_path, const Questions& questions) {
  const auto store = Need(storage::Store::Open(store_path, {}));
  // Nodes as the peers have them: none merged.
  const auto view = Need(graph::View::Build(store->TakeSnapshot(), {.automatic_identity = false}));
  const auto csr = Need(graph::CsrGraph::Open(*view));
  const graph::CsrTopology topology = csr->topology();
  Marks marks[2] = {Marks(topology.vertex_count()), Marks(topology.vertex_count())};
  uint64_t reached = 0;
  Times begin = Now();
  for (int i = 0; i < 100; ++i) {
    reached += TwoHops(topology, *csr->VertexOf(NodeId{questions.nodes[static_cast<size_t>(i)]}), marks);
  }
  PrintGraph("100 two-hop questions", Now() - begin, reached);
  uint64_t steps = 0;
  begin = Now();
  for (const auto& [from, to] : questions.pairs) {
    steps += PathLength(topology, *csr->VertexOf(NodeId{from}), *csr->VertexOf(NodeId{to}), marks);
  }
  PrintGraph("100 shortest paths", Now() - begin, steps);
  return {reached, steps};
}

void WriteTsv(const std::string& path, const std::vector<std::vector<uint64_t>>& rows) {
  std::ofstream file(path);
  for (const std::vector<uint64_t>& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) file << (i > 0 ? "\t" : "") << row[i];
    file << "\n";
  }
}

Times Timed(const std::function<void()>& work) {
  const Times begin = Now();
  work();
  return Now() - begin;
}

int Run(const std::string& store, const std::string& folder) {
  std::filesystem::create_directories(folder);
  Questions questions;
  std::vector<Edge> edges = Ours(store).AllEdges();
  World world(edges.size(), 5);
  for (int i = 0; i < 1000; ++i) questions.nodes.push_back(edges[world.random()() % edges.size()].s);
  for (int i = 30; i < 50; ++i)
    questions.relations.push_back(ToRelationId(ComputeRelationHash(World::Verb(i))).value);
  for (int i = 0; i < 100; ++i) {
    questions.pairs.emplace_back(edges[world.random()() % edges.size()].s,
                                 edges[world.random()() % edges.size()].o);
  }
  std::vector<std::vector<uint64_t>> rows;
  for (const Edge& edge : edges) rows.push_back({edge.s, edge.p, edge.o, edge.n});
  WriteTsv(folder + "/edges.tsv", rows);
  rows = {questions.nodes, questions.relations};
  for (const auto& [from, to] : questions.pairs) rows.push_back({from, to});
  WriteTsv(folder + "/questions.tsv", rows);
  rows.clear();
  const Times sqlite = Timed([&] { Sqlite(folder + "/sqlite", edges); });
  const Times lmdb = Timed([&] { Lmdb(folder + "/lmdb", edges); });
  std::printf("edges %zu; loading edges alone: SQLite %.2f us cpu each, LMDB %.2f\n", edges.size(),
              sqlite.cpu * 1e6 / static_cast<double>(edges.size()),
              lmdb.cpu * 1e6 / static_cast<double>(edges.size()));
  edges.clear();
  Ours ours(store);
  Sqlite peer_sqlite(folder + "/sqlite", {});
  Lmdb peer_lmdb(folder + "/lmdb", {});
  const std::vector<uint64_t> expected = Ask(&ours, questions);
  const std::vector<uint64_t> of_graph = AskGraph(store, questions);
  WriteTsv(folder + "/answers.tsv", {expected, of_graph});
  Flat flat(store);
  bool is_equal = true;
  for (Engine* engine : std::initializer_list<Engine*>{&flat, &peer_sqlite, &peer_lmdb})
    is_equal = Ask(engine, questions) == expected && is_equal;
  std::printf(is_equal ? "all answers are equal\n" : "ANSWERS DIFFER\n");
  return is_equal ? 0 : 1;
}

}  // namespace
}  // namespace whowhom::bench

int main(int argc, char** argv) {
  if (argc != 3 || std::filesystem::exists(argv[2])) {
    std::fprintf(stderr, "usage: peers_bench STORE NEW_FOLDER\n");
    return 2;
  }
  return whowhom::bench::Run(argv[1], argv[2]);
}

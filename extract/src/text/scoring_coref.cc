#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "whowhom/extract/scoring.h"

namespace whowhom::extract {
namespace {

// More clusters in one document make CEAF's cubic matching too slow.
constexpr size_t kMaxClusters = 2000;

struct Span {
  size_t begin = 0;  // tokens, counted through the file
  size_t end = 0;
  friend auto operator<=>(const Span&, const Span&) = default;
};

struct CorefFile {
  std::vector<size_t> document_starts;  // token numbers
  size_t tokens = 0;
  std::vector<std::pair<Span, std::string>> mentions;  // with the cluster's id
};

using Cluster = std::set<Span>;
using Clusters = std::vector<Cluster>;

std::vector<std::string_view> Columns(std::string_view line) {
  std::vector<std::string_view> columns;
  while (true) {
    const size_t tab = line.find('\t');
    columns.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos || columns.size() > 32) return columns;
    line.remove_prefix(tab + 1);
  }
}

class CorefReader {
 public:
  CorefReader(std::string_view bytes, std::string path) : bytes_(bytes), path_(std::move(path)) {}

  Result<CorefFile> Run() {
    size_t number = 0;
    while (!bytes_.empty()) {
      const size_t end = bytes_.find('\n');
      std::string_view line = bytes_.substr(0, end);
      bytes_.remove_prefix(end == std::string_view::npos ? bytes_.size() : end + 1);
      ++number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty()) {
        FlushRuns();
      } else if (line.front() == '#') {
        if (line.starts_with("# newdoc") || line.starts_with("#begin document")) StartDocument();
      } else if (!TokenLine(line)) {
        return InvalidInput(path_ + ":" + std::to_string(number) + ": found " +
                            std::to_string(Columns(line).size()) +
                            " columns, expected 10 (CoNLL-U) or at least 3 (coreference in the last)");
      }
    }
    FlushRuns();
    if (file_.document_starts.empty()) file_.document_starts.push_back(0);
    return std::move(file_);
  }

 private:
  void StartDocument() {
    FlushRuns();
    open_.clear();
    if (file_.document_starts.empty() || file_.document_starts.back() != file_.tokens)
      file_.document_starts.push_back(file_.tokens);
  }

  bool TokenLine(std::string_view line) {
    const auto columns = Columns(line);
    if (columns.size() < 3) return false;
    const std::string_view id = columns[0];
    const bool conllu = columns.size() == 10;
    if (conllu && (id.find('-') != std::string_view::npos || id.find('.') != std::string_view::npos))
      return true;
    if (file_.document_starts.empty()) file_.document_starts.push_back(0);
    if (conllu) {
      Misc(columns[9]);
    } else {
      Brackets(columns.back());
      Run({});
    }
    ++file_.tokens;
    return true;
  }

  void Misc(std::string_view misc) {
    std::set<std::string> clusters;
    while (!misc.empty()) {
      const size_t bar = misc.find('|');
      const std::string_view part = misc.substr(0, bar);
      if (part.starts_with("Entity=")) Brackets(part.substr(7));
      if (part.starts_with("Coref=")) {
        std::string_view list = part.substr(6);
        while (!list.empty()) {
          const size_t comma = list.find(',');
          clusters.emplace(list.substr(0, comma));
          if (comma == std::string_view::npos) break;
          list.remove_prefix(comma + 1);
        }
      }
      if (bar == std::string_view::npos) break;
      misc.remove_prefix(bar + 1);
    }
    Run(clusters);
  }

  // Coref=: consecutive tokens of a cluster are one mention.
  void Run(const std::set<std::string>& clusters) {
    for (auto it = runs_.begin(); it != runs_.end();) {
      if (clusters.contains(it->first)) {
        ++it;
        continue;
      }
      file_.mentions.push_back({{it->second, file_.tokens}, it->first});
      it = runs_.erase(it);
    }
    for (const std::string& cluster : clusters) runs_.emplace(cluster, file_.tokens);
  }
  void FlushRuns() { Run({}); }

  // "(2-abstract-new(3-person)", "2)": opening and closing brackets with ids.
  void Brackets(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      if (text[at] == '(') {
        const size_t id_end = std::min(text.find_first_of("-()|[", at + 1), text.size());
        const std::string id(text.substr(at + 1, id_end - at - 1));
        const size_t stop = std::min(text.find_first_of("()|", id_end), text.size());
        if (stop < text.size() && text[stop] == ')') {
          file_.mentions.push_back({{file_.tokens, file_.tokens + 1}, id});
          at = stop + 1;
        } else {
          open_[id].push_back(file_.tokens);
          at = stop;
        }
        continue;
      }
      const size_t stop = std::min(text.find_first_of("()|", at), text.size());
      if (stop < text.size() && text[stop] == ')') {
        const std::string_view inner = text.substr(at, stop - at);
        Close(std::string(inner.substr(0, std::min(inner.find_first_of("-["), inner.size()))));
      }
      at = stop < text.size() && text[stop] == '(' ? stop : stop + 1;
    }
  }

  void Close(const std::string& id) {
    const auto found = open_.find(id);
    if (found == open_.end() || found->second.empty()) return;
    file_.mentions.push_back({{found->second.back(), file_.tokens + 1}, id});
    found->second.pop_back();
  }

  std::string_view bytes_;
  std::string path_;
  CorefFile file_;
  std::map<std::string, size_t> runs_;
  std::map<std::string, std::vector<size_t>> open_;
};

// Clusters by document; documents are those of gold.
std::vector<Clusters> ByDocument(const CorefFile& file, const std::vector<size_t>& starts, bool singletons) {
  std::vector<std::map<std::string, Cluster>> named(starts.size());
  std::set<Span> seen;
  for (const auto& [span, id] : file.mentions) {
    if (!seen.insert(span).second) continue;  // one cluster a mention
    const auto next = std::upper_bound(starts.begin(), starts.end(), span.begin);
    named[static_cast<size_t>(next - starts.begin()) - 1][id].insert(span);
  }
  std::vector<Clusters> documents(starts.size());
  for (size_t d = 0; d < named.size(); ++d) {
    for (auto& [id, cluster] : named[d]) {
      if (cluster.size() > 1 || singletons) documents[d].push_back(std::move(cluster));
    }
  }
  return documents;
}

std::map<Span, size_t> IndexOf(const Clusters& clusters) {
  std::map<Span, size_t> index;
  for (size_t c = 0; c < clusters.size(); ++c) {
    for (const Span& span : clusters[c]) index.emplace(span, c);
  }
  return index;
}

// Right and possible points of one side.
struct Points {
  double right = 0;
  double all = 0;
};

size_t Common(const Cluster& a, const Cluster& b) {
  size_t common = 0;
  for (const Span& span : a) common += b.contains(span);
  return common;
}

Points Muc(const Clusters& key, const std::map<Span, size_t>& response) {
  Points points;
  for (const Cluster& cluster : key) {
    std::set<size_t> parts;
    size_t alone = 0;
    for (const Span& span : cluster) {
      if (const auto found = response.find(span); found != response.end()) {
        parts.insert(found->second);
      } else {
        ++alone;
      }
    }
    points.right += static_cast<double>(cluster.size() - parts.size() - alone);
    points.all += static_cast<double>(cluster.size() - 1);
  }
  return points;
}

Points BCubed(const Clusters& key, const Clusters& response, const std::map<Span, size_t>& index) {
  Points points;
  for (const Cluster& cluster : key) {
    std::map<size_t, size_t> shared;
    for (const Span& span : cluster) {
      if (const auto found = index.find(span); found != index.end()) ++shared[found->second];
    }
    for (const auto& [other, count] : shared)
      points.right += static_cast<double>(count * count) / static_cast<double>(cluster.size());
    points.all += static_cast<double>(cluster.size());
  }
  (void)response;
  return points;
}

double Links(size_t mentions) {
  return mentions == 1 ? 1 : static_cast<double>(mentions) * (static_cast<double>(mentions) - 1) / 2;
}

// Link-based entity-aware: Moosavi and Strube 2016.
Points Lea(const Clusters& key, const Clusters& response, const std::map<Span, size_t>& index) {
  Points points;
  for (const Cluster& cluster : key) {
    std::map<size_t, size_t> shared;
    for (const Span& span : cluster) {
      if (const auto found = index.find(span); found != index.end()) ++shared[found->second];
    }
    double resolved = 0;
    for (const auto& [other, count] : shared) {
      if (cluster.size() == 1) {
        resolved += response[other].size() == 1 ? 1 : 0;  // a singleton links to itself
      } else {
        resolved += static_cast<double>(count) * (static_cast<double>(count) - 1) / 2;
      }
    }
    points.right += static_cast<double>(cluster.size()) * resolved / Links(cluster.size());
    points.all += static_cast<double>(cluster.size());
  }
  return points;
}

// The largest sum of a one-to-one matching (Kuhn-Munkres with potentials, O(rows^2 columns)). REQUIRES: rows
// <= columns.
double BestMatching(const std::vector<std::vector<double>>& value, size_t rows, size_t columns) {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  std::vector<double> row_potential(rows + 1, 0), column_potential(columns + 1, 0);
  std::vector<size_t> match(columns + 1, 0), way(columns + 1, 0);
  for (size_t row = 1; row <= rows; ++row) {
    match[0] = row;
    size_t column = 0;
    std::vector<double> least(columns + 1, kInfinite);
    std::vector<bool> used(columns + 1, false);
    do {
      used[column] = true;
      const size_t current = match[column];
      double delta = kInfinite;
      size_t next = 0;
      for (size_t c = 1; c <= columns; ++c) {
        if (used[c]) continue;
        const double cost = -value[current - 1][c - 1] - row_potential[current] - column_potential[c];
        if (cost < least[c]) least[c] = cost, way[c] = column;
        if (least[c] < delta) delta = least[c], next = c;
      }
      for (size_t c = 0; c <= columns; ++c) {
        if (used[c]) {
          row_potential[match[c]] += delta;
          column_potential[c] -= delta;
        } else {
          least[c] -= delta;
        }
      }
      column = next;
    } while (match[column] != 0);
    do {
      match[column] = match[way[column]];
      column = way[column];
    } while (column != 0);
  }
  double sum = 0;
  for (size_t c = 1; c <= columns; ++c) {
    if (match[c] != 0) sum += value[match[c] - 1][c - 1];
  }
  return sum;
}

// CEAF with the entity similarity phi4.
double CeafSum(const Clusters& gold, const Clusters& system) {
  const Clusters& small = gold.size() <= system.size() ? gold : system;
  const Clusters& large = gold.size() <= system.size() ? system : gold;
  if (small.empty()) return 0;
  std::vector<std::vector<double>> value(small.size(), std::vector<double>(large.size(), 0));
  const auto index = IndexOf(large);
  for (size_t r = 0; r < small.size(); ++r) {
    std::set<size_t> touched;
    for (const Span& span : small[r]) {
      if (const auto found = index.find(span); found != index.end()) touched.insert(found->second);
    }
    for (const size_t c : touched) {
      value[r][c] = 2.0 * static_cast<double>(Common(small[r], large[c])) /
                    static_cast<double>(small[r].size() + large[c].size());
    }
  }
  return BestMatching(value, small.size(), large.size());
}

void AddPoints(const Points& recall, const Points& precision, Agreement* agreement) {
  agreement->correct += recall.right;
  agreement->gold += recall.all;
  agreement->correct_in_system += precision.right;
  agreement->system += precision.all;
}

}  // namespace

Result<std::vector<ScoreRow>> ScoreCoreference(std::string_view gold_bytes, std::string_view system_bytes,
                                               bool singletons) {
  WHOWHOM_TRY(const CorefFile gold_file, CorefReader(gold_bytes, "gold").Run());
  WHOWHOM_TRY(const CorefFile system_file, CorefReader(system_bytes, "system").Run());
  if (gold_file.tokens != system_file.tokens) {
    return InvalidInput("gold has " + std::to_string(gold_file.tokens) + " tokens, system " +
                        std::to_string(system_file.tokens) + "; both must hold the same tokens");
  }
  const auto gold = ByDocument(gold_file, gold_file.document_starts, singletons);
  const auto system = ByDocument(system_file, gold_file.document_starts, singletons);
  Agreement mentions, muc, b_cubed, ceaf, lea;
  for (size_t d = 0; d < gold.size(); ++d) {
    if (gold[d].size() > kMaxClusters || system[d].size() > kMaxClusters) {
      return ResourceLimit("document " + std::to_string(d + 1) + " has more than " +
                           std::to_string(kMaxClusters) + " clusters");
    }
    const auto gold_index = IndexOf(gold[d]), system_index = IndexOf(system[d]);
    mentions.gold += static_cast<double>(gold_index.size());
    mentions.system += static_cast<double>(system_index.size());
    for (const auto& [span, cluster] : gold_index) mentions.Count(system_index.contains(span) ? 1 : 0);
    AddPoints(Muc(gold[d], system_index), Muc(system[d], gold_index), &muc);
    AddPoints(BCubed(gold[d], system[d], system_index), BCubed(system[d], gold[d], gold_index), &b_cubed);
    AddPoints(Lea(gold[d], system[d], system_index), Lea(system[d], gold[d], gold_index), &lea);
    const double sum = CeafSum(gold[d], system[d]);
    AddPoints({sum, static_cast<double>(gold[d].size())}, {sum, static_cast<double>(system[d].size())},
              &ceaf);
  }
  const double mean = (muc.f1() + b_cubed.f1() + ceaf.f1()) / 3;
  return std::vector<ScoreRow>{{"mentions", mentions, true, 0}, {"MUC", muc, true, 0},
                               {"B3", b_cubed, true, 0},        {"CEAF-e", ceaf, true, 0},
                               {"LEA", lea, true, 0},           {"CoNLL mean", {}, false, mean}};
}

}  // namespace whowhom::extract

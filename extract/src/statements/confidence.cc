#include "statements/confidence.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "whowhom/core/tsv.h"

namespace whowhom::extract::statements {

namespace {

constexpr std::string_view kMagic = "whowhom-confidence ";
constexpr int kVersion = 1;

std::string Bucket(std::string_view name, size_t count) {
  const char* size = count == 0    ? "0"
                     : count == 1  ? "1"
                     : count == 2  ? "2"
                     : count <= 4  ? "3-4"
                     : count <= 7  ? "5-7"
                     : count <= 12 ? "8-12"
                                   : "13+";
  return std::string(name) + "=" + size;
}

std::string MarginBucket(double margin) {
  return margin <= 0 ? "none" : margin < 0.5 ? "tiny" : margin < 2 ? "small" : margin < 5 ? "fair" : "large";
}

}  // namespace

std::vector<std::string> FeaturesOf(const Tree& tree, const Fact& fact, std::string_view part,
                                    const TokenSet& last) {
  std::vector<std::string> out;
  for (std::string_view rule : fact.rules) {
    std::string feature = "rule=" + std::string(rule);
    if (std::find(out.begin(), out.end(), feature) == out.end()) out.push_back(std::move(feature));
  }
  const Slot& left = fact.is_passive ? fact.object : fact.subject;
  out.push_back("part=" + std::string(part));
  out.push_back("first=" + std::string(fact.rules.empty() ? "" : fact.rules.front()) + "+" +
                std::string(part));
  out.push_back(Bucket("subject", left.tokens.size()));
  out.push_back(Bucket("predicate", fact.predicate.size()));
  out.push_back(Bucket("last", last.size()));
  out.push_back(Bucket("arguments", fact.args.size()));
  out.push_back("sentence=" + std::string(tree.size() <= 12   ? "short"
                                          : tree.size() <= 25 ? "middle"
                                          : tree.size() <= 40 ? "long"
                                                              : "huge"));
  out.push_back("clause=" + std::string(ToString(tree.rel(fact.clause))));
  if (left.head != kNoToken) {
    out.push_back("subject-tag=" + std::string(ToString(tree.upos(static_cast<uint32_t>(left.head)))));
  }
  if (!left.tokens.empty() && !fact.predicate.empty()) {
    const bool before = left.tokens.back() < fact.predicate.front();
    const uint32_t gap = before ? fact.predicate.front() - left.tokens.back() - 1 : 0;
    out.push_back(before ? Bucket("gap", gap) : "gap=behind");
  }
  if (!last.empty() && !fact.predicate.empty()) {
    const bool behind = last.front() > fact.predicate.back();
    out.push_back(behind ? Bucket("reach", last.front() - fact.predicate.back() - 1) : "reach=before");
  }
  double margin = tree.token(fact.clause).margin;
  if (left.head != kNoToken)
    margin = std::min<double>(margin, tree.token(static_cast<uint32_t>(left.head)).margin);
  out.push_back("margin=" + MarginBucket(margin));
  return out;
}

Result<ConfidenceModel> ConfidenceModel::Load(const std::string& path) {
  ConfidenceModel model;
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) {
    model.weights_["bias"] = 0.85;  // 0.70: what rules alone deserve, measured on the development parts
    return model;
  }
  WHOWHOM_TRY(const std::string content, ReadFile(path, size_t{1} << 24));
  size_t number = 0;
  for (size_t at = 0; at < content.size();) {
    const size_t end = std::min(content.find('\n', at), content.size());
    const std::string_view line = std::string_view(content).substr(at, end - at);
    at = end + 1;
    if (++number == 1) {
      int version = 0;
      const bool known =
          line.starts_with(kMagic) &&
          std::from_chars(line.data() + kMagic.size(), line.data() + line.size(), version).ec == std::errc();
      if (!known) return Error{ErrorCode::kCorruption, "reading " + path + ": not a confidence model"};
      if (version > kVersion) {
        return Error{ErrorCode::kNewerVersion, "reading " + path + ": format " + std::to_string(version) +
                                                   ", this program knows " + std::to_string(kVersion)};
      }
      continue;
    }
    if (line.empty() || line[0] == '#') continue;
    const size_t tab = line.find('\t');
    double weight = 0;
    const bool good =
        tab != std::string_view::npos &&
        std::from_chars(line.data() + tab + 1, line.data() + line.size(), weight).ec == std::errc() &&
        std::isfinite(weight);
    if (!good) {
      return Error{ErrorCode::kCorruption,
                   "reading " + path + ", line " + std::to_string(number) + ": expected feature<TAB>weight"};
    }
    model.weights_[std::string(line.substr(0, tab))] = weight;
  }
  if (number == 0) return Error{ErrorCode::kCorruption, "reading " + path + ": empty"};
  return model;
}

double ConfidenceModel::Score(const std::vector<std::string>& features) const {
  double sum = 0;
  auto add = [&](const std::string& feature) {
    auto it = weights_.find(feature);
    if (it != weights_.end()) sum += it->second;
  };
  add("bias");
  for (const std::string& feature : features) add(feature);
  const double score = 1.0 / (1.0 + std::exp(-sum));
  return std::clamp(std::round(score * 100) / 100, 0.01, 0.99);
}

}  // namespace whowhom::extract::statements

#include "report_row.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "evidence.h"

namespace whowhom::graph {
namespace {

class ByteWriter {
 public:
  void Number(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  void Text(std::string_view text) {
    Number(text.size());
    bytes_.append(text);
  }
  void Real(double value) {
    const auto bits = std::bit_cast<uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) bytes_.push_back(static_cast<char>(bits >> shift));
  }
  void Fixed(uint64_t value) { AppendOrdered(value, &bytes_); }
  void Days(const std::optional<DayRange>& days) {
    Number(days.has_value());
    if (!days) return;
    Number(Unsigned(days->from));
    Number(Unsigned(days->to));
  }
  std::string Take() { return std::move(bytes_); }

 private:
  static uint64_t Unsigned(Day day) { return static_cast<uint32_t>(day.number); }
  std::string bytes_;
};

// Past the end of the bytes everything reads as zero and `ok` is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  bool ok() const { return ok_; }
  uint64_t Number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<uint8_t>(Bytes(1).empty() ? 0 : last_.front());
      value |= uint64_t{byte & 0x7FU} << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    ok_ = false;
    return 0;
  }
  std::string Text() { return std::string(Bytes(Number())); }
  double Real() {
    uint64_t bits = 0;
    const std::string_view bytes = Bytes(sizeof bits);
    for (size_t i = 0; i < bytes.size(); ++i) bits |= uint64_t{static_cast<uint8_t>(bytes[i])} << (8 * i);
    return std::bit_cast<double>(bits);
  }
  uint64_t Fixed() {
    const std::string_view bytes = Bytes(sizeof(uint64_t));
    return bytes.empty() ? 0 : ReadOrdered(bytes, 0);
  }
  std::optional<DayRange> Days() {
    if (Number() == 0) return std::nullopt;
    const Day from = ReadDay();
    return DayRange{from, ReadDay()};
  }

 private:
  Day ReadDay() { return Day{static_cast<int32_t>(static_cast<uint32_t>(Number()))}; }
  std::string_view Bytes(uint64_t size) {
    if (size > bytes_.size()) {
      ok_ = false;
      bytes_ = {};
      return last_ = {};
    }
    last_ = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return last_;
  }
  std::string_view bytes_;
  std::string_view last_;
  bool ok_ = true;
};

void WriteEvidence(const EdgeEvidence& evidence, ByteWriter* out) {
  out->Fixed(evidence.statement.hash.high);
  out->Fixed(evidence.statement.hash.low);
  out->Fixed(evidence.doc.hash.high);
  out->Fixed(evidence.doc.hash.low);
  out->Text(evidence.sentence);
  out->Number(evidence.span.begin);
  out->Number(evidence.span.end);
  out->Number(evidence.marks.size());
  for (const ByteSpan& mark : evidence.marks) {
    out->Number(mark.begin);
    out->Number(mark.end);
  }
  for (const std::string* text :
       {&evidence.title, &evidence.outlet, &evidence.path, &evidence.url, &evidence.speaker}) {
    out->Text(*text);
  }
  out->Number(evidence.published.has_value());
  if (evidence.published) out->Number(static_cast<uint32_t>(evidence.published->number));
  out->Days(evidence.days);
  out->Real(evidence.confidence);
}

ByteSpan ReadSpan(ByteReader* in) {
  const auto begin = static_cast<uint32_t>(in->Number());
  return {begin, static_cast<uint32_t>(in->Number())};
}

EdgeEvidence ReadEvidence(ByteReader* in) {
  EdgeEvidence evidence;
  evidence.statement.hash.high = in->Fixed();
  evidence.statement.hash.low = in->Fixed();
  evidence.doc.hash.high = in->Fixed();
  evidence.doc.hash.low = in->Fixed();
  evidence.sentence = in->Text();
  evidence.span = ReadSpan(in);
  const uint64_t marks = in->Number();
  for (uint64_t i = 0; i < marks && in->ok(); ++i) evidence.marks.push_back(ReadSpan(in));
  for (std::string* text :
       {&evidence.title, &evidence.outlet, &evidence.path, &evidence.url, &evidence.speaker}) {
    *text = in->Text();
  }
  if (in->Number() != 0) evidence.published = Day{static_cast<int32_t>(static_cast<uint32_t>(in->Number()))};
  evidence.days = in->Days();
  evidence.confidence = in->Real();
  return evidence;
}

}  // namespace

void AppendOrdered(uint64_t value, std::string* key) {
  for (int shift = 56; shift >= 0; shift -= 8) key->push_back(static_cast<char>(value >> shift));
}
void AppendOrdered32(uint32_t value, std::string* key) {
  for (int shift = 24; shift >= 0; shift -= 8) key->push_back(static_cast<char>(value >> shift));
}
uint64_t ReadOrdered(std::string_view key, size_t at) {
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof value; ++i) value = value << 8 | static_cast<uint8_t>(key[at + i]);
  return value;
}
uint32_t ReadOrdered32(std::string_view key, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < sizeof value; ++i) value = value << 8 | static_cast<uint8_t>(key[at + i]);
  return value;
}

std::string EncodeReport(const Report& report) {
  ByteWriter out;
  out.Number(static_cast<uint64_t>(report.event_class));
  out.Number(static_cast<uint64_t>(report.quad));
  out.Real(report.scale.value_or(std::numeric_limits<double>::quiet_NaN()));
  out.Real(report.worth);
  out.Text(report.cameo);
  out.Text(report.place);
  out.Text(report.place_country);
  out.Number(report.sentence_number);
  WriteEvidence(report.evidence, &out);
  return out.Take();
}

std::optional<Report> DecodeReport(std::string_view bytes) {
  ByteReader in(bytes);
  Report report;
  report.event_class = static_cast<EventClass>(in.Number());
  report.quad = static_cast<Quad>(in.Number());
  const double scale = in.Real();
  if (scale == scale) report.scale = scale;
  report.worth = in.Real();
  report.cameo = in.Text();
  report.place = in.Text();
  report.place_country = in.Text();
  report.sentence_number = static_cast<uint32_t>(in.Number());
  report.evidence = ReadEvidence(&in);
  if (!in.ok()) return std::nullopt;
  return report;
}

Status ForEachOccurrence(const ViewImpl& view, const OccurrenceVisitor& visit) {
  const Identity& identity = view.identity();
  Status problem;
  std::vector<storage::EdgeKey> seen;  // of the statement
  const auto visit_edges = [&](const Statement& statement, uint32_t sequence, const Document* document) {
    seen.clear();
    for (const Overlay::Edge& edge : view.overlay().EdgesOfStatement(statement)) {
      Occurrence occurrence{statement, sequence, edge.key};
      storage::EdgeKey& key = occurrence.key;
      if (key.subject.value != 0) key.subject = identity.SurvivorOf(key.subject);
      if (key.object.value != 0) key.object = identity.SurvivorOf(key.object);
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
      seen.push_back(key);
      problem = visit(occurrence, document);
      if (!problem.ok()) return false;
    }
    return true;
  };
  WHOWHOM_TRY_STATUS(view.snapshot().ScanArticles(
      [&](DocId, const Document* document, const std::vector<Statement>& statements) {
        for (uint32_t sequence = 0; sequence < statements.size(); ++sequence) {
          if (view.IsHidden(statements[sequence])) continue;
          if (!visit_edges(statements[sequence], sequence, document)) return false;
        }
        return true;
      }));
  return problem;
}

Report ReportOf(const Occurrence& occurrence, const Document* document) {
  const Statement& statement = occurrence.statement;
  Report report;
  report.event_class = statement.event_class;
  report.quad = statement.quad;
  report.scale = statement.scale;
  report.worth = WorthOf(statement);
  report.cameo = statement.cameo;
  if (statement.place) {
    report.place = statement.place->name;
    report.place_country = statement.place->country;
  }
  report.sentence_number = statement.sentence + 1;
  report.evidence = DescribeIn(statement, document);
  return report;
}

}  // namespace whowhom::graph

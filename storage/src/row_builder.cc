#include "row_builder.h"

#include "keys.h"
#include "values.h"

namespace whowhom::storage {
namespace {

constexpr std::string_view kGone = "-";  // a row of `top` that an edge leaves
constexpr uint64_t kTopMemoryShare = 8;

bool IsActorRow(std::string_view value) {
  const std::optional<NodeRow> row = value.empty() ? std::nullopt : Decode<NodeRow>(value);
  return row && row->is_actor();
}

uint32_t StatementsOf(std::string_view value) {
  const std::optional<EdgeRow> row = value.empty() ? std::nullopt : Decode<EdgeRow>(value);
  return row ? row->statements : 0;
}

}  // namespace

RowBuilder::RowBuilder(RowBuilderOptions options)
    : options_(std::move(options)),
      rows_(options_.folder, "rows", options_.memory_bytes - options_.memory_bytes / kTopMemoryShare,
            options_.min_free_bytes),
      top_(options_.folder, "top", options_.memory_bytes / kTopMemoryShare, options_.min_free_bytes) {}

Status RowBuilder::Add(const Article& article) {
  WHOWHOM_TRY(const ArticleRows rows, RowsOf(article));
  for (const Row& row : rows.own) WHOWHOM_TRY_STATUS(rows_.Add(row.key, row.value));
  for (const Row& row : rows.shares) {
    WHOWHOM_TRY_STATUS(rows_.Add(row.key, row.value));
    if (static_cast<Family>(row.key.front()) != Family::kSpo) continue;
    WHOWHOM_TRY_STATUS(rows_.Add(PosOfSpo(row.key, &key_), row.value));
    WHOWHOM_TRY_STATUS(rows_.Add(OspOfSpo(row.key, &key_), row.value));
  }
  totals_.documents += article.document ? 1 : 0;
  totals_.statements += article.statements.size();
  return {};
}

void RowBuilder::Count(std::string_view key, std::string_view before, std::string_view after) {
  const uint64_t step = before.empty() && !after.empty() ? 1 : 0;
  switch (static_cast<Family>(key.front())) {
    case Family::kNode:
      totals_.nodes += step;
      totals_.actors += static_cast<uint64_t>(int64_t{IsActorRow(after)} - int64_t{IsActorRow(before)});
      break;
    case Family::kRelation:
      totals_.relations += step;
      break;
    case Family::kSpo:
      totals_.edges += step;
      break;
    case Family::kAlias:
      totals_.aliases += step;
      break;
    default:
      break;
  }
}

Status RowBuilder::NoteEdge(std::string_view key, std::string_view before, std::string_view after) {
  const std::optional<EdgeKey> edge = ReadEdgeKey(key);
  const uint32_t old_count = StatementsOf(before);
  const uint32_t new_count = StatementsOf(after);
  if (old_count == new_count) return {};
  if (old_count >= kTopStatements) WHOWHOM_TRY_STATUS(top_.Add(TopKey(*edge, old_count), kGone));
  if (new_count >= kTopStatements) WHOWHOM_TRY_STATUS(top_.Add(TopKey(*edge, new_count), EmptyValue()));
  return {};
}

Status RowBuilder::EmitTop(const Visitor& visit) {
  is_top_emitted_ = true;
  return top_.Merge([&](std::string_view key, std::string_view value) {
    return visit(key, value == kGone ? std::nullopt : std::optional<std::string_view>(value));
  });
}

Status RowBuilder::Emit(std::string_view key, std::string_view value, const Visitor& visit) {
  const auto tag = static_cast<uint8_t>(key.front());
  if (!is_top_emitted_ && tag > static_cast<uint8_t>(Family::kTop)) WHOWHOM_TRY_STATUS(EmitTop(visit));
  std::string before;
  std::string after;
  const bool is_sum = KindOf(tag) != RowKind::kUnique;
  if (is_sum && options_.find_existing) {
    WHOWHOM_TRY(const std::optional<std::string> existing, options_.find_existing(key));
    if (existing) {
      before = *existing;
      std::optional<SumResult> sum = SumRows(tag, before, value, /*subtract=*/false);
      if (!sum || sum->outcome != SumOutcome::kOk) {
        return Corruption("adding to a row of " + std::string(FamilyName(tag)) +
                          ": it is damaged or belongs to another name; run `verify`");
      }
      after = std::move(sum->value);
      value = after;
    }
  }
  Count(key, before, value);
  if (static_cast<Family>(tag) == Family::kSpo) WHOWHOM_TRY_STATUS(NoteEdge(key, before, value));
  return visit(key, value);
}

Status RowBuilder::Build(const Visitor& visit) {
  WHOWHOM_TRY_STATUS(
      rows_.Merge([&](std::string_view key, std::string_view value) { return Emit(key, value, visit); }));
  return is_top_emitted_ ? Status() : EmitTop(visit);
}

}  // namespace whowhom::storage

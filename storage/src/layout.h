// Files of a store's folder and the small rows that describe the store as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whowhom::storage {

// The layout of keys and values. A change = a new number, a migration step, a store in tests/compat and a
// line in docs/formats/keys.md.
inline constexpr uint32_t kSchemaVersion = 2;
inline constexpr std::string_view kSchemaRow = "schema";
inline constexpr std::string_view kTotalsRow = "totals";

// Edges with fewer statements have no row in `top`: those with one are most of all, and need no order.
inline constexpr uint32_t kTopStatements = 2;

inline std::string TablesFolder(const std::string& store) { return store + "/tables"; }
// Tables that are being built beside the store's own; they take their place at the end.
inline std::string NewTablesFolder(const std::string& store) { return store + "/tables.new"; }
inline std::string TemporaryFolder(const std::string& store) { return store + "/tmp"; }
inline std::string JournalFile(const std::string& store) { return store + "/commits.log"; }
inline std::string LockFile(const std::string& store) { return store + "/writer.lock"; }

// Sizes of the whole store, kept in step by every change.
struct Totals {
  uint64_t documents = 0, statements = 0, nodes = 0, actors = 0, relations = 0, edges = 0, aliases = 0;
  friend bool operator==(const Totals&, const Totals&) = default;
};
std::string Encode(const Totals& totals);
std::optional<Totals> DecodeTotals(std::string_view value);

std::string EncodeSchema(uint32_t version);
std::optional<uint32_t> DecodeSchema(std::string_view value);

}  // namespace whowhom::storage

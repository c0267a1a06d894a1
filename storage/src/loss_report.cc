#include "loss_report.h"

#include <algorithm>

#include "keys.h"
#include "layout.h"
#include "writer.h"

namespace whowhom::storage {
namespace {

constexpr size_t kMaxNamed = 20;

// Whether the tables show no sign of a change. Judgements leave none that could be looked up by document.
Result<bool> IsMissing(const CommittedChange& change, const Database& database) {
  if (change.action == CommitAction::kJudged || change.action == CommitAction::kBulk) return true;
  WHOWHOM_TRY(const std::optional<std::string> doc, database.Get(DocKey(Family::kDoc, change.doc), nullptr));
  WHOWHOM_TRY(const std::optional<std::string> evidence,
              database.Get(DocKey(Family::kDocEvidence, change.doc), nullptr));
  const bool is_there = doc || evidence;
  return is_there != (change.action == CommitAction::kAdded);
}

std::string Describe(const CommittedChange& change) {
  const std::string name =
      "d:" + ToHex(change.doc.hash) + (change.path.empty() ? "" : " (" + change.path + ")");
  switch (change.action) {
    case CommitAction::kAdded:
      return "add again: " + name;
    case CommitAction::kRetracted:
      return "retract again: " + name;
    case CommitAction::kJudged:
      return "repeat: one judgement (same, differ, rename, reject ...)";
    case CommitAction::kBulk:
      return "repeat: one bulk load";
  }
  return "repeat: an unknown change";
}

// The changes of a first entry are what an earlier opening found missing.
std::vector<CommittedChange> Suspects(const JournalContent& journal, const CommitMark& mark) {
  std::vector<CommittedChange> changes;
  for (size_t i = 0; i < journal.entries.size(); ++i) {
    const JournalEntry& entry = journal.entries[i];
    if (i > 0 && entry.mark.number <= mark.number) continue;
    for (const CommittedChange& change : entry.changes) {
      // A judgement or a bulk load cannot be looked up: it is told once.
      const bool is_document =
          change.action == CommitAction::kAdded || change.action == CommitAction::kRetracted;
      if (is_document || entry.mark.number > mark.number) changes.push_back(change);
    }
  }
  return changes;
}

}  // namespace

Result<std::vector<std::string>> ReportLoss(const std::string& store_path, const JournalContent& journal,
                                            Database* database, bool may_write) {
  std::vector<std::string> warnings;
  WHOWHOM_TRY(const CommitMark mark, ReadCommitMark(*database));
  std::vector<CommittedChange> missing;
  for (const CommittedChange& change : Suspects(journal, mark)) {
    WHOWHOM_TRY(const bool is_missing, IsMissing(change, *database));
    if (is_missing) missing.push_back(change);
  }
  const uint64_t last = journal.entries.empty() ? 0 : journal.entries.back().mark.number;
  if (journal.is_missing && mark.number > 0) {
    warnings.push_back("the file commits.log of " + store_path +
                       " is gone: whether the last changes were lost cannot be told; add the latest articles "
                       "again to be sure");
  }
  if (journal.is_damaged) {
    warnings.push_back("the file commits.log of " + store_path +
                       " is damaged: whether the last changes were lost cannot be told; add the latest "
                       "articles again to be sure");
  }
  if (last > mark.number) {
    warnings.push_back("the log of the store " + store_path + " lost its end: commits " +
                       std::to_string(mark.number + 1) + " to " + std::to_string(last) +
                       " were acknowledged and are gone");
  } else if (!missing.empty()) {
    warnings.push_back("changes of the store " + store_path +
                       " that an earlier opening found lost are still missing");
  }
  for (size_t i = 0; i < std::min(missing.size(), kMaxNamed); ++i) warnings.push_back(Describe(missing[i]));
  if (missing.size() > kMaxNamed) {
    warnings.push_back("and " + std::to_string(missing.size() - kMaxNamed) + " more changes");
  }
  const bool has_notes = !journal.entries.empty() && !journal.entries.front().changes.empty();
  const bool is_in_step = !journal.is_missing && !journal.is_damaged && last <= mark.number && !has_notes;
  if (may_write && !is_in_step) {
    WHOWHOM_TRY_STATUS(Journal::Replace(JournalFile(store_path), {mark, missing}));
  }
  return warnings;
}

}  // namespace whowhom::storage

// Binary form of judgements (docs/formats/keys.md#judgement).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "whowhom/storage/store.h"

namespace whowhom::storage {

// `undone_by` is not stored: it follows from the kUndo judgements.
std::string EncodeJudgement(const Judgement& judgement);
std::optional<Judgement> DecodeJudgement(uint64_t sequence, std::string_view value);

}  // namespace whowhom::storage

#include "judgement_codec.h"

#include "coding.h"
#include "values.h"

namespace whowhom::storage {

std::string EncodeJudgement(const Judgement& judgement) {
  std::string value = EmptyValue();
  PutFixed8(static_cast<uint8_t>(judgement.kind), &value);
  PutVarint(judgement.arguments.size(), &value);
  for (const std::string& argument : judgement.arguments) PutString(argument, &value);
  PutString(judgement.why, &value);
  PutString(judgement.date, &value);
  return value;
}

std::optional<Judgement> DecodeJudgement(uint64_t sequence, std::string_view value) {
  ByteReader reader(value);
  if (reader.Fixed8() != kFormat) return std::nullopt;
  Judgement judgement;
  judgement.sequence = sequence;
  const uint8_t kind = reader.Fixed8();
  if (kind < static_cast<uint8_t>(JudgementKind::kSame) ||
      kind > static_cast<uint8_t>(JudgementKind::kKnowledgeRemove)) {
    return std::nullopt;
  }
  judgement.kind = static_cast<JudgementKind>(kind);
  judgement.arguments.resize(reader.Count());
  for (std::string& argument : judgement.arguments) argument = reader.String();
  judgement.why = reader.String();
  judgement.date = reader.String();
  if (!reader.done()) return std::nullopt;
  return judgement;
}

}  // namespace whowhom::storage

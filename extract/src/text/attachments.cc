#include "text/attachments.h"

#include <algorithm>
#include <utility>

#include "text/main_clauses.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract {
namespace {

constexpr int kMaxSteps = 4;  // from the deed up to the object: "the leaders of the states of changing"

// Only base forms follow a modal, so "May said", "Will told" hold a name (Quirk et al. 1985, 3.21).
void RepairModalNames(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    Token& token = tokens[i];
    const Token& verb = tokens[i + 1];
    const bool is_modal = token.upos == Upos::kAux && token.xpos == "MD" && !token.form.empty() &&
                          IsUpper(DecodeUtf8(token.form, 0).value);
    const bool is_past = verb.upos == Upos::kVerb && (verb.xpos == "VBD" || verb.xpos == "VBN") &&
                         ToLower(verb.form) != verb.lemma;
    if (!is_modal || !is_past || token.head != static_cast<int32_t>(i + 1)) continue;
    int32_t subject = -1;
    for (size_t k = 0; k < tokens.size(); ++k) {
      const bool is_subject =
          tokens[k].head == static_cast<int32_t>(i + 1) && Universal(tokens[k].deprel) == Deprel::kNsubj;
      if (is_subject && k != i) subject = static_cast<int32_t>(k);
    }
    // "Theresa May told": the given name before it has been taken for the whole.
    const auto at = static_cast<uint32_t>(i);
    const bool is_surname =
        i > 0 && tokens[i - 1].upos == Upos::kPropn && subject == static_cast<int32_t>(i - 1);
    if (subject >= 0 && !is_surname) continue;
    token.upos = Upos::kPropn;
    token.xpos = "NNP";
    token.lemma = token.form;
    token.feats = "Number=Sing";
    token.deprel = is_surname ? Deprel::kFlat : Deprel::kNsubj;
    if (is_surname) token.head = subject;
    auto place = sentence->names.begin();
    while (place != sentence->names.end() && place->end < at) ++place;
    if (place != sentence->names.end() && place->end == at && is_surname) {
      place->end = at + 1;
    } else {
      while (place != sentence->names.end() && place->end <= at) ++place;
      if (place == sentence->names.end() || place->begin > at)
        sentence->names.insert(place, {at, at + 1, NameType::kPerson});
    }
  }
}

// "Lena Hart" as two subjects of one verb: the words of a person's name are one.
void RepairPersonNames(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  for (const NameSpan& name : sentence->names) {
    if (name.type != NameType::kPerson || name.end > tokens.size()) continue;
    const auto first = static_cast<int32_t>(name.begin);
    for (uint32_t i = name.begin + 1; i < name.end; ++i) {
      Token& token = tokens[i];
      if (token.head < 0 || token.head != tokens[name.begin].head || token.xpos != "NNP") continue;
      for (Token& other : tokens) {
        if (other.head == static_cast<int32_t>(i)) other.head = first;
      }
      token.head = first;
      token.deprel = Deprel::kFlat;
      for (Token* word : {&token, &tokens[name.begin]}) {
        if (word->upos == Upos::kPropn) continue;
        word->upos = Upos::kPropn;
        word->lemma = word->form;
        word->feats = "Number=Sing";
      }
    }
  }
}

// The verb that a day before it dates: the next word, past its auxiliaries and adverbs.
int32_t VerbBehind(const std::vector<Token>& tokens, size_t day) {
  for (size_t i = day + 1; i < tokens.size() && i <= day + 3; ++i) {
    if (tokens[i].upos == Upos::kVerb) return static_cast<int32_t>(i);
    if (tokens[i].upos == Upos::kAux && tokens[i].head > static_cast<int32_t>(i)) return tokens[i].head;
    if (tokens[i].upos != Upos::kAux && tokens[i].upos != Upos::kAdv) break;
  }
  return -1;
}

}  // namespace

// "denied for three days that a missile hit the jet", "told the council that it believed Oslo had paid": a
// clause that has its subject and its object lacks nothing, so its "that" is no pronoun. It does not describe
// the days; of another noun it says what is told.
void AttachmentRepair::RepairDeniedContent(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 1; i < tokens.size(); ++i) {
    Token& that = tokens[i];
    if (ToLower(that.form) != "that" || that.deprel != Deprel::kObj || that.head <= static_cast<int32_t>(i))
      continue;
    Token& clause = tokens[static_cast<size_t>(that.head)];
    if (clause.deprel != Deprel::kAclRelcl || clause.head < 0) continue;
    const Token& noun = tokens[static_cast<size_t>(clause.head)];
    const bool is_time =
        units_.contains(noun.lemma) && Universal(noun.deprel) == Deprel::kObl && noun.head >= 0;
    bool has_subject = false;
    bool has_object = false;
    for (size_t k = 0; k < tokens.size(); ++k) {
      if (k == i || tokens[k].head != that.head) continue;
      has_subject = has_subject || Universal(tokens[k].deprel) == Deprel::kNsubj;
      has_object = has_object || tokens[k].deprel == Deprel::kObj || tokens[k].deprel == Deprel::kCcomp;
    }
    if (!has_subject || !has_object) continue;
    that.upos = Upos::kSconj;
    that.xpos = "IN";
    that.deprel = Deprel::kMark;
    clause.deprel = is_time ? Deprel::kCcomp : Deprel::kAcl;
    if (is_time) clause.head = noun.head;
  }
}

// "told reporters he had warned her": a clause that lacks nothing does not describe the reporters.
void AttachmentRepair::RepairToldContent(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 2; i < tokens.size(); ++i) {
    Token& clause = tokens[i];
    if (clause.deprel != Deprel::kAclRelcl || clause.head < 0 || clause.head > static_cast<int32_t>(i))
      continue;
    int32_t at = clause.head;  // "a crowd of supporters": up to what was told
    for (int step = 0; step < 2 && Universal(tokens[static_cast<size_t>(at)].deprel) == Deprel::kNmod &&
                       tokens[static_cast<size_t>(at)].head >= 0;
         ++step)
      at = tokens[static_cast<size_t>(at)].head;
    const Token& told = tokens[static_cast<size_t>(at)];
    const bool is_told = (told.deprel == Deprel::kObj || told.deprel == Deprel::kIobj) && told.head >= 0 &&
                         told.head < at && tellers_.contains(tokens[static_cast<size_t>(told.head)].lemma);
    if (!is_told) continue;
    bool has_subject = false, has_object = false, has_pronoun = false;
    for (const Token& other : tokens) {
      if (other.head != static_cast<int32_t>(i)) continue;
      has_subject = has_subject || Universal(other.deprel) == Deprel::kNsubj;
      has_object = has_object || other.deprel == Deprel::kObj || other.deprel == Deprel::kCcomp ||
                   other.deprel == Deprel::kCop || other.deprel == Deprel::kAuxPass;
      has_pronoun = has_pronoun || other.xpos.starts_with("W") || other.deprel == Deprel::kMark;
    }
    if (!has_subject || !has_object || has_pronoun) continue;
    clause.head = told.head;
    clause.deprel = Deprel::kCcomp;
  }
}

// "escaped an attempt on the day she returned": the day is when she returned, not the attempt.
void AttachmentRepair::RepairDaysOfClauses(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 3; i < tokens.size(); ++i) {
    Token& clause = tokens[i];
    if (clause.deprel != Deprel::kAclRelcl || clause.head < 0) continue;
    int32_t subject = -1;
    bool has_pronoun = false;
    for (size_t k = 0; k < tokens.size(); ++k) {
      if (tokens[k].head != static_cast<int32_t>(i)) continue;
      if (Universal(tokens[k].deprel) == Deprel::kNsubj && subject < 0) subject = static_cast<int32_t>(k);
      has_pronoun = has_pronoun || tokens[k].xpos.starts_with("W");
    }
    if (subject < 2 || has_pronoun || subject > static_cast<int32_t>(i)) continue;
    int32_t first = subject;
    for (int32_t k = 0; k < subject; ++k) {
      if (tokens[static_cast<size_t>(k)].head == subject) first = std::min(first, k);
    }
    const int32_t day = first - 1;
    const bool is_day = day > clause.head && units_.contains(tokens[static_cast<size_t>(day)].lemma) &&
                        Universal(tokens[static_cast<size_t>(day)].deprel) == Deprel::kObl;
    if (is_day) clause.head = day;
  }
}

// "thousands of dollars to people including Hart": Hart is one of the people, no sum.
void AttachmentRepair::RepairInstances(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 1; i < tokens.size(); ++i) {
    if (ToLower(tokens[i].form) != "including" || tokens[i].head <= static_cast<int32_t>(i)) continue;
    Token& named = tokens[static_cast<size_t>(tokens[i].head)];
    if (Universal(named.deprel) != Deprel::kNmod || named.head < 0) continue;
    const auto whole = static_cast<uint32_t>(named.head);
    const bool is_sum =
        partitives_.contains(ToLower(tokens[whole].form)) ||
        std::any_of(sentence->names.begin(), sentence->names.end(), [&](const NameSpan& name) {
          const bool is_amount = name.type == NameType::kMoney || name.type == NameType::kQuantity;
          return is_amount && name.begin <= whole && whole < name.end;
        });
    const size_t before = tokens[i - 1].form == "," && i > 1 ? i - 2 : i - 1;
    const bool is_plural = tokens[before].xpos == "NNS" || tokens[before].xpos == "NNPS";
    if (is_sum && is_plural && before > whole) named.head = static_cast<int32_t>(before);
  }
}

// "the consulate in Basra, a city in the south": a noun for places explains the place just before it.
void AttachmentRepair::RepairPlaces(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 2; i < tokens.size(); ++i) {
    Token& noun = tokens[i];
    if (noun.deprel != Deprel::kAppos || noun.head < 0 || !places_.contains(noun.lemma)) continue;
    size_t comma = i;
    while (comma > 0 && tokens[comma].form != ",") --comma;
    if (comma == 0) continue;
    for (const NameSpan& name : sentence->names) {
      if (name.end != comma || name.type != NameType::kGpe) continue;
      // The name's head, which leads up to what the noun was hung on.
      size_t head = name.begin;
      while (tokens[head].head >= static_cast<int32_t>(name.begin) &&
             tokens[head].head < static_cast<int32_t>(name.end))
        head = static_cast<size_t>(tokens[head].head);
      if (tokens[head].head == noun.head && tokens[head].deprel == Deprel::kNmod)
        noun.head = static_cast<int32_t>(head);
    }
  }
}

// "Israel Friday reimposed blockades", "President Bush Monday met": the day is no part of the name.
void AttachmentRepair::RepairDays(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (!days_.contains(ToLower(tokens[i].form))) continue;
    const int32_t verb = VerbBehind(tokens, i);
    if (verb < 0) continue;
    const auto day = static_cast<int32_t>(i);
    Token& name = tokens[i - 1];
    const Deprel relation = tokens[i].deprel;
    if (relation == Deprel::kNsubj && tokens[i].head == verb && name.head == day &&
        name.upos == Upos::kPropn) {
      name.head = verb;  // the parser took the day for the head of the name
      name.deprel = Deprel::kNsubj;
      for (Token& other : tokens) {
        if (other.head == day) other.head = day - 1;
      }
    } else if (relation != Deprel::kFlat && relation != Deprel::kCompound &&
               relation != Deprel::kNmodUnmarked) {
      continue;
    } else if (tokens[i].head >= day || tokens[i].head < 0) {
      continue;
    }
    tokens[i].head = verb;
    tokens[i].deprel = Deprel::kOblUnmarked;
  }
}

Result<AttachmentRepair> AttachmentRepair::Load(const std::string& data_dir) {
  WHOWHOM_TRY(const TsvTable table, ReadTsv(data_dir + "/statements/accusations.tsv"));
  WHOWHOM_TRY(const size_t verb, table.Column("verb"));
  WHOWHOM_TRY(const size_t target, table.Column("target"));
  WHOWHOM_TRY(const size_t act, table.Column("act"));
  AttachmentRepair repair;
  for (const TsvRow& row : table.rows) {
    if (row.fields[target] != "obj" || row.fields[act] == "obj") continue;
    repair.deed_prepositions_[row.fields[verb]].insert(row.fields[act]);
  }
  WHOWHOM_TRY(const TsvTable calendar, ReadTsv(data_dir + "/time/calendar.tsv"));
  for (const TsvRow& row : calendar.rows) {
    if (row.fields.size() >= 2 && row.fields[1] == "weekday") repair.days_.insert(row.fields[0]);
    if (row.fields.size() >= 2 && row.fields[1] == "unit") repair.units_.insert(row.fields[0]);
  }
  WHOWHOM_TRY(const TsvTable nouns, ReadTsv(data_dir + "/statements/relational_nouns.tsv"));
  for (const TsvRow& row : nouns.rows) {
    if (row.fields.size() >= 2 && row.fields[1] == "place") repair.places_.insert(row.fields[0]);
  }
  WHOWHOM_TRY(const TsvTable partitives, ReadTsv(data_dir + "/statements/partitives.tsv"));
  for (const TsvRow& row : partitives.rows) {
    if (!row.fields.empty()) repair.partitives_[row.fields[0]] = row.fields.size() > 1 ? row.fields[1] : "";
  }
  WHOWHOM_TRY(const TsvTable reporting, ReadTsv(data_dir + "/statements/reporting_verbs.tsv"));
  for (const TsvRow& row : reporting.rows) {
    if (row.fields.size() >= 2 && row.fields[1] == "say") repair.tellers_.insert(row.fields[0]);
  }
  repair.days_.insert({"today", "yesterday", "tomorrow"});
  return repair;
}

void AttachmentRepair::Repair(Sentence* sentence) const {
  RepairModalNames(sentence);
  RepairPersonNames(sentence);
  RepairDays(sentence);
  RepairDeeds(sentence);
  RepairNamedDeeds(sentence);
  RepairDeniedContent(sentence);
  RepairToldContent(sentence);
  RepairDaysOfClauses(sentence);
  text::RepairVerblessClause(sentence);
  text::RepairLostVerb(sentence);
  text::RepairDueTo(sentence);
  text::RepairOpeningParticiple(sentence);
  text::RepairSharedObject(sentence);
  text::RepairByNoMeans(sentence);
  RepairPlaces(sentence);
  RepairInstances(sentence);
}

void AttachmentRepair::LiftCounted(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 0; i + 2 < tokens.size(); ++i) {
    const auto known = partitives_.find(ToLower(tokens[i].form));
    if (known == partitives_.end() || ToLower(tokens[i + 1].form) != "of") continue;
    const auto counter = static_cast<int32_t>(i);
    const Token& of = tokens[i + 1];
    if (of.head <= counter || of.deprel != Deprel::kCase) continue;
    const auto noun = static_cast<size_t>(of.head);
    const bool is_counted = Universal(tokens[noun].deprel) == Deprel::kNmod && tokens[noun].head == counter &&
                            (tokens[noun].upos == Upos::kNoun || tokens[noun].upos == Upos::kPropn);
    bool has_article = known->second.empty();
    for (size_t k = 0; k < i; ++k)
      has_article = has_article || (tokens[k].head == counter && ToLower(tokens[k].form) == known->second);
    if (!is_counted || !has_article) continue;
    tokens[noun].head = tokens[i].head;
    tokens[noun].deprel = tokens[i].deprel;
    tokens[i].head = of.head;
    tokens[i].deprel = Deprel::kNummod;
    for (size_t k = 0; k < tokens.size(); ++k) {
      if (tokens[k].head != counter || k == noun) continue;
      const bool belongs =
          k < i && (tokens[k].deprel == Deprel::kDet || tokens[k].deprel == Deprel::kAmod ||
                    tokens[k].deprel == Deprel::kAdvmod || tokens[k].deprel == Deprel::kNummod);
      if (!belongs) tokens[k].head = static_cast<int32_t>(noun);
    }
    tokens[i + 1].head = counter;
    tokens[i + 1].deprel = Deprel::kFixed;
  }
}

// "accused Norland of piracy": piracy is what it is accused of, where the accused is a name that ends before.
void AttachmentRepair::RepairNamedDeeds(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 1; i < tokens.size(); ++i) {
    const Token& marker = tokens[i];
    if (marker.deprel != Deprel::kCase || marker.head <= static_cast<int32_t>(i)) continue;
    Token& deed = tokens[static_cast<size_t>(marker.head)];
    if (deed.deprel != Deprel::kNmod || deed.head < 0 || deed.head > marker.head) continue;
    const Token& accused = tokens[static_cast<size_t>(deed.head)];
    if (accused.deprel != Deprel::kObj || accused.head < 0) continue;
    const auto found = deed_prepositions_.find(tokens[static_cast<size_t>(accused.head)].lemma);
    const bool fits = found != deed_prepositions_.end() && found->second.contains(ToLower(marker.form));
    const auto at = static_cast<uint32_t>(deed.head);
    const bool ends_name =
        std::any_of(sentence->names.begin(), sentence->names.end(),
                    [&](const NameSpan& name) { return name.begin <= at && at < name.end && name.end == i; });
    if (!fits || !ends_name) continue;
    deed.head = accused.head;
    deed.deprel = Deprel::kObl;
  }
}

void AttachmentRepair::RepairDeeds(Sentence* sentence) const {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 1; i < tokens.size(); ++i) {
    const Token& marker = tokens[i];
    const bool opens = marker.deprel == Deprel::kMark && marker.head > static_cast<int32_t>(i);
    if (!opens) continue;
    Token& deed = tokens[static_cast<size_t>(marker.head)];
    if (deed.xpos != "VBG" || Universal(deed.deprel) != Deprel::kAcl) continue;
    int32_t noun = deed.head;
    for (int step = 0; step < kMaxSteps && noun >= 0; ++step) {
      const Token& token = tokens[static_cast<size_t>(noun)];
      if (token.deprel == Deprel::kObj && token.head >= 0) {
        const auto found = deed_prepositions_.find(tokens[static_cast<size_t>(token.head)].lemma);
        if (found != deed_prepositions_.end() && found->second.contains(ToLower(marker.form))) {
          deed.head = token.head;
          deed.deprel = Deprel::kAdvcl;
        }
        break;
      }
      if (token.deprel != Deprel::kNmod && token.deprel != Deprel::kConj) break;
      noun = token.head;
    }
  }
}

}  // namespace whowhom::extract

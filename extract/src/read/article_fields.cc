#include "read/article_fields.h"

#include <utility>

#include "read/dates.h"
#include "read/formats.h"
#include "read/normalize.h"
#include "read/strings.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

constexpr int kPlainTextRank = 1;  // the field is called "text", or was named by the user

std::string CleanValue(std::string_view value) { return CollapseBlanks(NormalizeText(value)); }

bool HoldsMarkup(std::string_view text) {
  const size_t open = text.find('<');
  if (open == std::string_view::npos) return false;
  return text.find("</p>") != std::string_view::npos || text.find("<br") != std::string_view::npos ||
         text.find("</div>") != std::string_view::npos || text.find("<p>") != std::string_view::npos;
}

void TakeDate(const Lexicon& lexicon, std::string_view field, std::string_view url, Article* article,
              std::vector<std::string>* notes) {
  if (const std::optional<FoundDate> found = ParseDateField(lexicon, field)) {
    if (found->day) {
      article->date = found->day;
      article->date_source = "metadata";
      return;
    }
    notes->push_back("date \"" + std::string(field.substr(0, 60)) + "\": " + found->problem);
  }
  article->date = DateFromUrl(lexicon, url);
  if (article->date) article->date_source = "url";
}

}  // namespace

FieldNames::FieldNames(const Lexicon& lexicon, const ReadOptions& options) : lexicon_(lexicon) {
  const auto set = [this](FieldRole role, const std::string& name) {
    given_[static_cast<size_t>(role)] = LowerAscii(name);
  };
  set(FieldRole::kText, options.field_text);
  set(FieldRole::kTitle, options.field_title);
  set(FieldRole::kDate, options.field_date);
  set(FieldRole::kUrl, options.field_url);
  set(FieldRole::kId, options.field_id);
  set(FieldRole::kOutlet, options.field_outlet);
}

FieldName FieldNames::Find(std::string_view name) const {
  constexpr FieldName kUnknown{FieldRole::kText, INT_MAX};
  if (name.empty() || name.size() > 64) return kUnknown;
  const std::string lower = LowerAscii(name);
  for (size_t role = 0; role < kFieldRoles; ++role) {
    if (given_[role] == lower) return {static_cast<FieldRole>(role), 0};
  }
  const FieldName* found = Lexicon::Find(lexicon_.fields, lower);
  // Where the user named the field, no other one is guessed.
  if (found == nullptr || !given_[static_cast<size_t>(found->role)].empty()) return kUnknown;
  return *found;
}

void ArticleFields::Clear() {
  for (std::string& text : values_) text.clear();
  ranks_.fill(INT_MAX);
}

void ArticleFields::Set(FieldName name, std::string_view text) {
  const auto role = static_cast<size_t>(name.role);
  if (name.rank == INT_MAX || text.empty() || name.rank >= ranks_[role]) return;
  values_[role].assign(text);
  ranks_[role] = name.rank;
}

void ArticleFields::Append(FieldName name, std::string_view text, std::string_view separator) {
  const auto role = static_cast<size_t>(name.role);
  if (name.rank == INT_MAX || text.empty() || name.rank > ranks_[role]) return;
  if (name.rank < ranks_[role]) {
    Set(name, text);
    return;
  }
  values_[role].append(separator);
  values_[role].append(text);
}

void ArticleFields::Emit(const std::string& place, uint64_t offset, ReadContext* context) {
  std::string& text = value(FieldRole::kText);
  if (!IsAscii(text) && !IsValidUtf8(text)) text = RepairUtf8(text).text;
  const std::string id = CleanValue(value(FieldRole::kId));
  if (ranks_[0] > kPlainTextRank && HoldsMarkup(text)) {
    RawArticle raw;
    raw.path = id.empty() ? place : id;
    raw.given_id = id;
    raw.title = CleanValue(value(FieldRole::kTitle));
    raw.url = CleanValue(value(FieldRole::kUrl));
    raw.outlet = CleanValue(value(FieldRole::kOutlet));
    raw.author = CleanValue(value(FieldRole::kAuthor));
    raw.language = CleanValue(value(FieldRole::kLanguage));
    Article dated;
    TakeDate(context->lexicon, value(FieldRole::kDate), raw.url, &dated, &raw.notes);
    raw.date = dated.date;
    raw.date_source = dated.date_source;
    AddHtmlFragment(text, context->lexicon, &raw);
    context->EmitPage(std::move(raw), offset);
    return;
  }
  ReadArticle read;
  Article& article = read.article;
  BlankControls(&text);
  article.text = std::move(text);
  article.given_id = id;
  article.path = id.empty() ? place : id;
  article.title = CleanValue(value(FieldRole::kTitle));
  article.url = CleanValue(value(FieldRole::kUrl));
  article.outlet = CleanValue(value(FieldRole::kOutlet));
  article.author = CleanValue(value(FieldRole::kAuthor));
  if (std::string language = CleanValue(value(FieldRole::kLanguage)); !language.empty())
    article.language = std::move(language);
  TakeDate(context->lexicon, value(FieldRole::kDate), article.url, &article, &read.notes);
  context->EmitGiven(std::move(read), offset);
}

}  // namespace whowhom::extract::read

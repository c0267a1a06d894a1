#include "whowhom/extract/time_normalizer.h"

#include <algorithm>
#include <utility>

#include "events/time_matcher.h"

namespace whowhom::extract {
namespace {

constexpr uint32_t kTenseWindow = 8;  // tokens on either side in which the tense of a clause is looked for

class Normalizer final : public TimeNormalizer {
 public:
  explicit Normalizer(TimeLexicon lexicon) : lexicon_(std::move(lexicon)) {}

  std::vector<TimeMatch> Find(const Sentence& sentence, std::optional<Day> published) const override {
    TimeMatcher matcher(lexicon_, sentence);
    std::vector<TimePhrase> phrases = matcher.FindAll();
    std::vector<TimeMatch> matches;
    for (size_t i = 0; i < phrases.size(); ++i) {
      TimeMatch match = Place(matcher, sentence, phrases[i], published);
      if (i + 1 < phrases.size() && IsRange(matcher, phrases[i], phrases[i + 1])) {
        TimeMatch last = Place(matcher, sentence, phrases[i + 1], published);
        if (match.days && last.days && match.days->from <= last.days->to) {
          match.days->to = last.days->to;
          match.end = last.end;
          match.grain = std::max(match.grain, last.grain);
          match.is_future = match.is_future || last.is_future;
          ++i;
        }
      } else {
        OpenEnd(matcher, phrases[i], published, &match);
      }
      matches.push_back(match);
    }
    return matches;
  }

 private:
  // -1 past, 1 future, 0 unknown: what the word says about the time of its clause.
  int TenseOf(const TimeMatcher& matcher, const Sentence& sentence, uint32_t at) const {
    const Token& token = sentence.tokens[at];
    if (lexicon_.IsCue("future", matcher.Word(at))) return 1;
    bool is_infinitive =
        matcher.Word(at) == "to" && at + 1 < sentence.tokens.size() &&
        (sentence.tokens[at + 1].xpos == "VB" || sentence.tokens[at + 1].upos == Upos::kVerb);
    if (is_infinitive) return 1;
    bool is_past_verb =
        token.xpos == "VBD" || token.xpos == "VBN" || lexicon_.IsCue("past", matcher.Word(at));
    return is_past_verb ? -1 : 0;
  }

  // The nearest word with a tense to the left, else to the right, within the part of the sentence between
  // semicolons.
  bool IsFuture(const TimeMatcher& matcher, const Sentence& sentence, const TimePhrase& phrase) const {
    if (phrase.direction != 0) return phrase.direction > 0;
    if (phrase.relation == TimeRelation::kNext || phrase.kind == TimeKind::kAhead) return true;
    for (uint32_t at = phrase.begin, steps = 0; at > 0 && steps < kTenseWindow; ++steps) {
      --at;
      if (matcher.Word(at) == ";") break;
      // "was expected on Friday": the participle decides before its auxiliary is seen
      if (int tense = TenseOf(matcher, sentence, at); tense != 0) return tense > 0;
    }
    for (uint32_t at = phrase.end; at < sentence.tokens.size() && at < phrase.end + kTenseWindow; ++at) {
      if (matcher.Word(at) == ";") break;
      if (int tense = TenseOf(matcher, sentence, at); tense != 0) return tense > 0;
    }
    return false;
  }

  TimeMatch Place(const TimeMatcher& matcher, const Sentence& sentence, TimePhrase phrase,
                  std::optional<Day> published) const {
    bool future = IsFuture(matcher, sentence, phrase);
    if (phrase.kind == TimeKind::kAhead) {  // "in two days" may be a length
      bool said_future = matcher.Word(phrase.end - 1) == "time";
      TimePhrase neutral = phrase;
      neutral.kind = TimeKind::kVague;
      if (!said_future && !IsFuture(matcher, sentence, neutral)) phrase.kind = TimeKind::kDuration;
      future = phrase.kind == TimeKind::kAhead;
    }
    PlacedTime placed = Resolve(phrase, published, future);
    TimeMatch match;
    match.begin = phrase.begin;
    match.end = phrase.end;
    match.days = placed.days;
    match.grain = placed.grain;
    match.is_duration = phrase.kind == TimeKind::kDuration;
    bool lies_ahead = placed.days && published && placed.days->from > *published;
    match.is_future = lies_ahead || (!placed.days && future && phrase.kind != TimeKind::kDuration);
    return match;
  }

  // "between 2010 and 2012", "from Monday to Friday", "Monday through Friday"
  bool IsRange(const TimeMatcher& matcher, const TimePhrase& first, const TimePhrase& last) const {
    if (last.begin != first.end + 1) return false;
    const std::string& link = matcher.Word(first.end);
    bool has_opening = first.begin > 0 && lexicon_.IsCue("between", matcher.Word(first.begin - 1));
    if (has_opening && lexicon_.IsCue("and", link)) return true;
    return link == "-" || link == "through" || link == "to";
  }

  // "since Friday" runs up to publication, "until Friday" from it.
  void OpenEnd(const TimeMatcher& matcher, const TimePhrase& phrase, std::optional<Day> published,
               TimeMatch* match) const {
    if (phrase.begin == 0 || !match->days || !published) return;
    const std::string& word = matcher.Word(phrase.begin - 1);
    if (lexicon_.IsCue("since", word) && match->days->from <= *published) match->days->to = *published;
    bool is_limit = lexicon_.IsCue("until", word) && word != "before" && word != "through";
    if (is_limit && match->days->to >= *published) match->days->from = *published;
  }

  TimeLexicon lexicon_;
};

}  // namespace

Result<std::unique_ptr<TimeNormalizer>> TimeNormalizer::Load(const std::string& data_dir) {
  WHOWHOM_TRY(TimeLexicon lexicon, TimeLexicon::Load(data_dir + "/time"));
  return std::unique_ptr<TimeNormalizer>(std::make_unique<Normalizer>(std::move(lexicon)));
}

}  // namespace whowhom::extract

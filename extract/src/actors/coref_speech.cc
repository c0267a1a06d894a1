// Who speaks: the pronouns of quotes, reports and turns.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "actors/coref.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

constexpr size_t kMinQuestions = 3;           // that make an article an interview
constexpr uint32_t kMaxQuotedSentences = 5;   // looked ahead for who speaks at the end of a quote
constexpr uint32_t kMaxSpeakerSentences = 3;  // looked back for whom a quote's "she said" means

const Token& HeadToken(const AnalyzedArticle& article, const MentionInfo& mention) {
  return article.sentences[mention.place.sentence].tokens[mention.place.head];
}

bool IsSubject(const AnalyzedArticle& article, const MentionInfo& mention) {
  const Deprel deprel = HeadToken(article, mention).deprel;
  return deprel == Deprel::kNsubj || deprel == Deprel::kNsubjPass;
}

// Who a sentence is about: the subject of its main verb, outside quotes; -1 if there is none.
int32_t MainSubjectOf(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                      uint32_t sentence) {
  for (const MentionInfo& mention : MentionsIn(mentions, sentence)) {
    if (mention.in_quote || !IsSubject(article, mention)) continue;
    const Token& head = HeadToken(article, mention);
    if (head.head < 0 || mention.is_coordination) continue;
    if (article.sentences[sentence].tokens[static_cast<size_t>(head.head)].deprel == Deprel::kRoot)
      return static_cast<int32_t>(mention.order);
  }
  return -1;
}

// "The Front ruled and [says] it rules": the verb whose subject one that has none shares.
int32_t VerbWithSubject(const std::vector<Token>& tokens, int32_t verb) {
  for (int step = 0; step < 4 && verb >= 0; ++step) {
    const bool has_one = std::any_of(tokens.begin(), tokens.end(), [verb](const Token& token) {
      return token.head == verb && (token.deprel == Deprel::kNsubj || token.deprel == Deprel::kNsubjPass);
    });
    if (has_one || tokens[static_cast<size_t>(verb)].deprel != Deprel::kConj) break;
    verb = tokens[static_cast<size_t>(verb)].head;
  }
  return verb;
}

bool IsClosingQuote(const std::string& form) { return form == "”" || form == "''" || form == "\""; }

bool IsOpeningQuote(const std::string& form) { return form == "“" || form == "``" || form == "\""; }

// Who speaks outside quotes, by sentence: the label that the input gives ("# speaker = Holm"); else, where an
// article asks its listener at least kMinQuestions times, paragraphs that end in a question against all
// others. Empty: the article itself.
std::vector<std::string> TurnsOf(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions) {
  constexpr std::string_view kLabel = "# speaker = ";
  const std::vector<Sentence>& sentences = article.sentences;
  std::vector<std::string> turns(sentences.size());
  bool is_labelled = false;
  for (size_t s = 0; s < sentences.size(); ++s) {
    for (const std::string& comment : sentences[s].comments) {
      if (comment.starts_with(kLabel)) turns[s] = comment.substr(kLabel.size()), is_labelled = true;
    }
  }
  if (is_labelled) return turns;
  std::set<uint32_t> asks;  // blocks that speak to "you"
  for (const MentionInfo& mention : mentions) {
    const bool is_you = mention.pronoun != nullptr && mention.person == 2 && !mention.in_quote;
    if (is_you) asks.insert(sentences[mention.place.sentence].block);
  }
  std::set<uint32_t> questions;
  for (size_t s = 0; s < sentences.size(); ++s) {
    const bool is_last = s + 1 == sentences.size() || sentences[s + 1].block != sentences[s].block;
    const bool is_question =
        is_last && !sentences[s].tokens.empty() && sentences[s].tokens.back().form == "?";
    if (is_question && asks.contains(sentences[s].block)) questions.insert(sentences[s].block);
  }
  if (questions.size() < kMinQuestions) return turns;
  for (size_t s = 0; s < sentences.size(); ++s)
    turns[s] = questions.contains(sentences[s].block) ? "question" : "answer";
  return turns;
}

}  // namespace

std::span<const MentionInfo> MentionsIn(const std::vector<MentionInfo>& mentions, uint32_t sentence) {
  const auto before = [](const MentionInfo& mention, uint32_t at) { return mention.place.sentence < at; };
  const auto begin = std::lower_bound(mentions.begin(), mentions.end(), sentence, before);
  return {begin, std::lower_bound(begin, mentions.end(), sentence + 1, before)};
}

int32_t SpeakerOf(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                  const MentionInfo& quoted) {
  // The subject of a verb outside the quote, in this sentence or the two around it within the paragraph.
  const uint32_t here = quoted.place.sentence;
  const auto subject_in = [&](uint32_t s) -> int32_t {
    int32_t best = -1;
    for (const MentionInfo& mention : MentionsIn(mentions, s)) {
      if (mention.in_quote || mention.is_relative || !IsSubject(article, mention)) continue;
      if (mention.place.type == EntityType::kThing && mention.place.kind != MentionKind::kPronoun) continue;
      best = static_cast<int32_t>(mention.order);
      const Token& head = HeadToken(article, mention);
      if (head.head >= 0) {
        const Deprel governor = article.sentences[s].tokens[static_cast<size_t>(head.head)].deprel;
        if (governor == Deprel::kRoot || governor == Deprel::kParataxis) return best;
      }
    }
    return best;
  };
  int32_t speaker = subject_in(here);
  for (uint32_t back = 1; speaker < 0 && back <= 2 && back <= here; ++back) {
    if (article.sentences[here - back].block != article.sentences[here].block) break;
    speaker = subject_in(here - back);
  }
  for (uint32_t ahead = 1; speaker < 0 && ahead <= kMaxQuotedSentences; ++ahead) {
    const bool is_here = here + ahead < article.sentences.size() &&
                         article.sentences[here + ahead].block == article.sentences[here].block;
    if (!is_here) break;
    speaker = subject_in(here + ahead);
  }
  return speaker;
}

int32_t WhoSaysI(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                 const MentionInfo& quoted) {
  const bool is_he_or_she = quoted.gender == 'm' || quoted.gender == 'f';
  if (!quoted.in_quote || !is_he_or_she) return -1;
  const std::vector<Token>& tokens = article.sentences[quoted.place.sentence].tokens;
  // "said 'he did not know'" is half a report: only a quote that opens a sentence is somebody's own words.
  uint32_t open = quoted.place.begin;
  while (open > 0 && !IsOpeningQuote(tokens[open - 1].form)) --open;
  if (open > 1 || tokens[open].form.empty() || tokens[open].form[0] < 'A' || tokens[open].form[0] > 'Z')
    return -1;
  return SpeakerOf(article, mentions, quoted);
}

void CorefResolver::JoinQuotes(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                               Clusters* clusters) const {
  std::unordered_map<int32_t, int32_t> first_we;  // speaker's cluster -> its "we"
  int32_t unknown_speaker = -1;
  for (const MentionInfo& mention : mentions) {
    if (mention.pronoun == nullptr || mention.person != 1 || !mention.in_quote) continue;
    const int32_t speaker = SpeakerOf(article, mentions, mention);
    if (speaker < 0) {
      if (unknown_speaker >= 0 && mention.number != 's')
        clusters->Join(unknown_speaker, static_cast<int32_t>(mention.order));
      if (mention.number != 's') unknown_speaker = static_cast<int32_t>(mention.order);
      continue;
    }
    const int32_t self = static_cast<int32_t>(mention.order);
    if (mention.number == 's') {
      if (clusters->Compatible(speaker, self)) clusters->Join(speaker, self);
    } else {
      const auto [it, fresh] = first_we.emplace(clusters->Find(speaker), self);
      if (!fresh) clusters->Join(it->second, self);
    }
  }
  JoinVoices(article, mentions, clusters);
}

// "I" outside quotes is the voice of its turn, "you" whoever is spoken to: in an interview each is the other.
void CorefResolver::JoinVoices(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                               Clusters* clusters) const {
  const std::vector<std::string> turns = TurnsOf(article, mentions);
  std::set<std::string> speakers;
  for (const std::string& turn : turns) {
    if (!turn.empty()) speakers.insert(turn);
  }
  std::map<std::string, int32_t> singular, plural, addressed;  // by whose voice it is
  for (const MentionInfo& mention : mentions) {
    const int32_t self = static_cast<int32_t>(mention.order);
    const bool is_voice = mention.pronoun != nullptr && mention.person != 3 && !mention.in_quote;
    if (!is_voice) continue;
    const std::string& turn = turns[mention.place.sentence];
    const bool is_of_two = speakers.size() == 2 && !turn.empty();
    std::map<std::string, int32_t>* voices = mention.number == 's' ? &singular : &plural;
    std::string whose = turn;
    if (mention.person == 2) {
      voices = is_of_two ? &singular : &addressed;
      if (is_of_two) whose = turn == *speakers.begin() ? *speakers.rbegin() : *speakers.begin();
    }
    const auto [it, fresh] = voices->emplace(whose, self);
    if (!fresh && clusters->Compatible(it->second, self)) clusters->Join(it->second, self);
  }
  for (const auto& [turn, voice] : singular) {  // "Holm:" before her words: Ada Holm of the article
    if (turn.empty()) continue;
    for (const MentionInfo& mention : mentions) {
      const bool is_named = mention.place.kind == MentionKind::kName && !mention.words.empty() &&
                            mention.place.type == EntityType::kPerson &&
                            mention.words.back() == NormalizeName(turn);
      if (!is_named || !clusters->Compatible(static_cast<int32_t>(mention.order), voice)) continue;
      clusters->Join(static_cast<int32_t>(mention.order), voice);
      break;
    }
  }
}

// "Ada Holm warned that ... . '...', she said.": who speaks at the end of a quote is whom the sentence before
// the quote was about.
void CorefResolver::JoinSpeakers(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                                 Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    const bool is_he_or_she = mention.pronoun != nullptr && mention.pronoun->kind == "personal" &&
                              mention.person == 3 && (mention.gender == 'm' || mention.gender == 'f');
    if (!is_he_or_she || mention.in_quote || !IsSubject(article, mention)) continue;
    const Sentence& sentence = article.sentences[mention.place.sentence];
    const bool ends_quote =
        mention.place.begin > 0 && IsClosingQuote(sentence.tokens[mention.place.begin - 1].form);
    if (!ends_quote) continue;
    for (uint32_t back = 1; back <= kMaxSpeakerSentences && back <= mention.place.sentence; ++back) {
      const int32_t subject = MainSubjectOf(article, mentions, mention.place.sentence - back);
      if (subject < 0) continue;
      const int32_t self = static_cast<int32_t>(mention.order);
      const Cluster& cluster = clusters->Of(subject);
      const bool is_person = cluster.is_person || cluster.type == EntityType::kPerson;
      if (is_person && cluster.number != 'p' && clusters->Compatible(subject, self))
        clusters->Join(subject, self);
      break;
    }
  }
}

// "The Northern Fleet said [it] had sunk a ship": the subject of what is said or thought is who says it, if
// the pronoun can mean it.
void CorefResolver::JoinReported(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                                 Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    const bool is_third = mention.pronoun != nullptr && mention.pronoun->kind == "personal" &&
                          mention.person == 3 && !mention.in_quote && IsSubject(article, mention);
    if (!is_third) continue;
    const std::vector<Token>& tokens = article.sentences[mention.place.sentence].tokens;
    const int32_t said = HeadToken(article, mention).head;
    if (said < 0 || tokens[static_cast<size_t>(said)].deprel != Deprel::kCcomp) continue;
    const int32_t says = VerbWithSubject(tokens, tokens[static_cast<size_t>(said)].head);
    for (const MentionInfo& speaker : MentionsIn(mentions, mention.place.sentence)) {
      const Token& head = HeadToken(article, speaker);
      const bool is_actor = speaker.place.kind == MentionKind::kName ||
                            (speaker.place.kind == MentionKind::kNominal && speaker.is_definite &&
                             speaker.reading.agent != nullptr);
      const bool speaks = is_actor && !speaker.is_coordination && head.deprel == Deprel::kNsubj &&
                          head.head == says && speaker.order < mention.order;
      if (!speaks) continue;
      const int32_t other = static_cast<int32_t>(speaker.order);
      const Cluster& cluster = clusters->Of(other);
      const bool is_person = cluster.type == EntityType::kPerson;
      const bool is_body = cluster.type == EntityType::kOrg || cluster.type == EntityType::kGpe;
      const bool fits = mention.gender == 'n' ? is_body : mention.number == 's' ? is_person : false;
      const int32_t self = static_cast<int32_t>(mention.order);
      if (fits && clusters->Compatible(other, self)) clusters->Join(other, self);
      break;
    }
  }
}

}  // namespace whowhom::extract::actors

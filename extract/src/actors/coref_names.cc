// Names that mean the same one, and what stands beside a name.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "actors/coref.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

std::string Initials(const std::vector<std::string>& words, bool with_small) {
  std::string out;
  for (const std::string& word : words) {
    if (!with_small && (word == "of" || word == "for" || word == "and" || word == "the" || word == "in"))
      continue;
    if (!word.empty()) out.push_back(word[0]);
  }
  return out;
}

// "NAVCENT" of "Naval Forces Central Command": beginnings of words in their order.
bool IsBuiltOf(std::string_view letters, const std::vector<std::string>& words) {
  size_t used = 0;  // of the letters
  size_t parts = 0;
  for (const std::string& word : words) {
    size_t same = 0;
    while (same < word.size() && used + same < letters.size() && word[same] == letters[used + same]) ++same;
    used += same;
    parts += same > 0 ? 1 : 0;
  }
  return used == letters.size() && parts > 1;
}

using PeopleByName = std::unordered_map<std::string, std::vector<int32_t>>;  // full names, in text order

// Of the people of an article who bear a surname (or given name) the one whose full name stands there most
// often; of equals the first, whom the article is about. -1 if the mention can be none of them.
int32_t MostNamed(const std::vector<int32_t>& bearers, int32_t mention, const Clusters& clusters) {
  std::map<int32_t, size_t> counts;
  for (const int32_t bearer : bearers) ++counts[clusters.Find(bearer)];
  int32_t best = -1;
  size_t most = 0;
  for (const int32_t bearer : bearers) {
    const size_t count = counts[clusters.Find(bearer)];
    if (count > most && clusters.Compatible(bearer, mention)) best = bearer, most = count;
  }
  return best;
}

}  // namespace

// Names: known actors, equal names, acronyms, surnames, short forms. The latest fitting cluster wins.
void CorefResolver::JoinNames(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                              Clusters* clusters) const {
  (void)article;
  std::unordered_map<std::string, int32_t> by_key, by_initials, by_head_word, by_last, by_body;
  PeopleByName by_surname, by_first;
  std::unordered_map<std::string, std::pair<int32_t, int32_t>> bodies;  // noun -> first and last that it ends
  std::unordered_map<ActorId, int32_t> by_actor;
  const auto join = [&](const std::unordered_map<std::string, int32_t>& map, const std::string& key,
                        int32_t mention) {
    const auto found = map.find(key);
    if (found == map.end() || !clusters->Compatible(found->second, mention)) return false;
    clusters->Join(found->second, mention);
    return true;
  };
  const auto join_person = [&](const PeopleByName& map, const std::string& name, int32_t mention) {
    const auto found = map.find(name);
    const int32_t bearer = found == map.end() ? -1 : MostNamed(found->second, mention, *clusters);
    if (bearer >= 0) clusters->Join(bearer, mention);
    return bearer >= 0;
  };
  // Long names first give their short forms wherever these stand (a headline's surname precedes the full
  // name).
  std::vector<int32_t> order;
  for (const MentionInfo& mention : mentions) {
    if (mention.place.kind == MentionKind::kName && !mention.key.empty())
      order.push_back(static_cast<int32_t>(mention.order));
  }
  for (int pass = 0; pass < 2; ++pass) {
    for (const int32_t index : order) {
      const MentionInfo& mention = mentions[static_cast<size_t>(index)];
      const bool is_long = mention.words.size() > 1;
      if ((pass == 0) != is_long) continue;
      const ActorId actor = clusters->Of(index).actor;
      const bool sure = actor != kNoActor && mention.reading.use != NameUse::kShort;
      bool joined = join(by_key, mention.key, index);
      if (!joined && sure) {
        const auto found = by_actor.find(actor);
        if (found != by_actor.end()) clusters->Join(found->second, index), joined = true;
      }
      const bool person = mention.place.type == EntityType::kPerson;
      // "Lena Blair ... Blair": not the one who is known by that surname alone.
      const bool is_guess = !joined && !is_long && person && actor != kNoActor && !sure &&
                            !mention.reading.titled && !mention.words.empty();
      if (is_guess) {
        const auto bearers = by_surname.find(mention.words.back());
        const bool is_known_here =
            bearers == by_surname.end() ||
            std::any_of(bearers->second.begin(), bearers->second.end(),
                        [&](int32_t bearer) { return clusters->Of(bearer).actor == actor; });
        if (!is_known_here) clusters->ForgetActor(index);
      }
      if (!joined && !mention.words.empty()) {
        const std::string& last = mention.words.back();
        if (!is_long) {
          joined = person && (join_person(by_surname, last, index) || join_person(by_first, last, index));
          const bool is_place =
              mention.place.type == EntityType::kGpe || mention.place.type == EntityType::kPlace;
          if (!joined && !person)
            joined = join(by_initials, last, index) || (!is_place && join(by_head_word, last, index));
          if (!joined && mention.place.type != EntityType::kGpe) {
            joined = join_person(by_surname, last, index) || (!person && join(by_last, last, index));
          }
        } else if (mention.reading.titled && mention.reading.name_end == mention.reading.name_begin + 1) {
          joined = join_person(by_surname, last, index);
        }
      }
      by_key[mention.key] = index;
      if (sure) by_actor[actor] = index;
      const PhraseReading& reading = mention.reading;
      const size_t name_words = reading.name_end > reading.name_begin ? reading.name_end - reading.name_begin
                                                                      : mention.words.size();
      if (is_long && person && name_words > 1) {
        by_surname[mention.words.back()].push_back(index);
        if (reading.name_begin < mention.tokens.size())
          by_first[mention.tokens[reading.name_begin].lower].push_back(index);
      } else if (is_long && !person) {
        const std::string& noun = mention.words.back();
        if (mention.place.type == EntityType::kOrg && gazetteer_->FindAgent(noun) != nullptr) {
          by_body[noun] = index;
          bodies.try_emplace(noun, index, index).first->second.second = index;
        }
        by_initials[Initials(mention.words, false)] = index;
        by_initials[Initials(mention.words, true)] = index;
        if (mention.place.type == EntityType::kOrg && mention.words.front().size() > 3 &&
            gazetteer_->Find(mention.words.front()).empty() &&
            gazetteer_->FindAgent(mention.words.front()) == nullptr) {
          by_head_word[mention.words.front()] = index;
        }
        // "Cyclone Ada": "Ada".
        const std::string& last = mention.words.back();
        if (mention.place.type != EntityType::kGpe && last.size() > 3 && gazetteer_->Find(last).empty() &&
            gazetteer_->FindAgent(last) == nullptr)
          by_last[last] = index;
      }
    }
  }
  for (const MentionInfo& mention :
       mentions) {  // "the Agency": what ends the name of one body of the article
    const bool is_bare = mention.place.kind == MentionKind::kNominal && mention.tokens.size() == 2 &&
                         mention.tokens.front().lower == "the" && mention.tokens.back().capital;
    if (!is_bare) continue;
    const auto found = bodies.find(mention.tokens.back().lower);
    const bool is_one =
        found != bodies.end() && clusters->Find(found->second.first) == clusters->Find(found->second.second);
    if (is_one) join(by_body, found->first, static_cast<int32_t>(mention.order));
  }
}

// What stands side by side whatever the tree says: "Foreign Office Minister Ada Holm", "Ada Holm, commander
// of the fleet", "Northern Harbour Guild (NHG)".
void CorefResolver::JoinNeighbours(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                                   Clusters* clusters) const {
  for (size_t m = 0; m < mentions.size(); ++m) {
    const MentionInfo& left = mentions[m];
    const Sentence& sentence = article.sentences[left.place.sentence];
    for (size_t n = m + 1; n < mentions.size() && n < m + 6; ++n) {
      const MentionInfo& right = mentions[n];
      if (right.place.sentence != left.place.sentence) break;
      uint32_t left_end = left.place.end;  // "the Northern Harbour Guild's (NHG) ships"
      if (left_end < sentence.tokens.size() && sentence.tokens[left_end].xpos == "POS") ++left_end;
      if (right.place.begin < left_end || right.place.begin > left_end + 1) continue;
      const std::string between = right.place.begin == left_end ? "" : sentence.tokens[left_end].form;
      if (left_end > left.place.end && between != "(") continue;
      const int32_t a = static_cast<int32_t>(left.order);
      const int32_t b = static_cast<int32_t>(right.order);
      const auto is_role = [this](const MentionInfo& mention) { return SaysAnOffice(mention, *gazetteer_); };
      const auto is_person = [&](const MentionInfo& mention) {
        return !is_role(mention) && mention.place.kind == MentionKind::kName &&
               mention.place.type == EntityType::kPerson;
      };
      const bool comma = between == ",";
      // "used against a former spy, Prime Minister Ada Holm said": not one who has an office of her own.
      const bool is_other = comma && left.is_indefinite && right.reading.titled && !right.is_apposition;
      const bool role = ((comma || between.empty()) && is_role(left) && is_person(right) && !is_other) ||
                        (comma && is_person(left) && is_role(right));
      const std::string& letters = right.key;
      const bool bracket = (between == "(" || between == "-LRB-") && right.words.size() == 1 &&
                           letters.size() > 1 && left.words.size() > 1 &&
                           left.place.kind == MentionKind::kName && right.place.kind == MentionKind::kName;
      size_t matched = 0;  // each letter begins a word, in order
      for (const std::string& word : left.words) {
        if (bracket && matched < letters.size() && word[0] == letters[matched]) ++matched;
      }
      const bool is_built = bracket && letters.size() > 3 && IsBuiltOf(letters, left.words);
      const bool acronym = is_built || (bracket && matched >= 2 && matched + 1 >= letters.size());
      // "Jaish al-Holm (Army of Holm)": one name of a body in brackets behind another.
      const auto is_body = [](const MentionInfo& mention) {
        return mention.place.kind == MentionKind::kName && mention.words.size() > 1 &&
               (mention.place.type == EntityType::kOrg || mention.place.type == EntityType::kGroup);
      };
      const std::string behind =
          right.place.end < sentence.tokens.size() ? sentence.tokens[right.place.end].form : "";
      const bool is_alias = (between == "(" || between == "-LRB-") && (behind == ")" || behind == "-RRB-") &&
                            is_body(left) && is_body(right);
      if ((role || acronym || is_alias) && clusters->Compatible(a, b)) clusters->Join(a, b);
    }
  }
}

}  // namespace whowhom::extract::actors

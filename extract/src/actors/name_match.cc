#include "whowhom/extract/name_match.h"

#include <algorithm>
#include <set>

#include "actors/gazetteer.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract {

std::string_view ToString(NameVerdict verdict) {
  switch (verdict) {
    case NameVerdict::kSame:
      return "same";
    case NameVerdict::kUnsure:
      return "unsure";
    case NameVerdict::kDiffer:
      return "differ";
  }
  return "differ";
}

std::string TransliterationKey(std::string_view word) {
  // Pairs of letters that romanisations of Arabic, Persian, Slavic and Chinese names vary in. Longest first.
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"sch", "s"}, {"kh", "h"}, {"gh", "g"},  {"dh", "d"}, {"th", "t"}, {"ph", "f"},
      {"sh", "s"},  {"zh", "j"}, {"dj", "j"},  {"ck", "k"}, {"ou", "u"}, {"oo", "u"},
      {"ee", "i"},  {"ei", "i"}, {"ai", "i"},  {"ay", "i"}, {"ey", "i"}, {"yi", "i"},
      {"iy", "i"},  {"ii", "i"}, {"ya", "ia"}, {"ts", "s"}, {"tz", "s"}, {"w", "v"},
      {"q", "k"},   {"c", "k"},  {"z", "s"},   {"y", "i"},  {"o", "u"},  {"e", "i"}};
  std::string out;
  for (size_t i = 0; i < word.size();) {
    if (word[i] == '\'' || word[i] == ' ') {
      ++i;
      continue;
    }
    std::string_view piece = word.substr(i, 1);
    size_t used = 1;
    for (const auto& [from, to] : kPairs) {
      if (word.substr(i).starts_with(from)) {
        piece = to;
        used = from.size();
        break;
      }
    }
    for (char c : piece) {
      if (out.empty() || out.back() != c) out.push_back(c);
    }
    i += used;
  }
  return out;
}

namespace {

using actors::ActorId;
using actors::Gazetteer;
using actors::kNoActor;
using actors::NameEntry;
using actors::NameUse;

constexpr size_t kMaxNameBytes = 1000;
constexpr size_t kMaxKeys = 8;

// Cyrillic and Greek letters that look like Latin ones.
struct Lookalike {
  char32_t letter;
  char latin;
};
constexpr Lookalike kLookalikes[] = {{0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'},
                                     {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'}, {0x456, 'i'},
                                     {0x455, 's'}, {0x3BF, 'o'}, {0x3B1, 'a'}, {0x3C1, 'p'}};

struct Plain {
  std::string text;
  bool mixed_scripts = false;
};

// Folds look-alike letters in words that also hold Latin ones.
Plain FoldLookalikes(const std::string& normalized) {
  Plain plain;
  bool latin = false;
  bool other = false;
  std::string folded;
  for (size_t i = 0; i < normalized.size();) {
    const CodePoint point = DecodeUtf8(normalized, i);
    char replacement = 0;
    for (const Lookalike& pair : kLookalikes) {
      if (pair.letter == point.value) replacement = pair.latin;
    }
    if (point.value < 0x250 && IsLetter(point.value)) latin = true;
    if (replacement != 0) {
      other = true;
      folded.push_back(replacement);
    } else {
      folded.append(normalized, i, point.length);
    }
    i += point.length;
  }
  plain.mixed_scripts = latin && other;
  plain.text = plain.mixed_scripts ? folded : normalized;
  return plain;
}

std::vector<std::string> Words(std::string_view text) { return actors::SplitList(text, ' '); }

size_t EditDistance(const std::string& a, const std::string& b, size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

bool IsParticle(const std::string& word) {
  return word == "al" || word == "el" || word == "ul" || word == "ibn" || word == "bin";
}

struct Parsed {
  std::string full;                // normalised, without honorifics
  std::vector<std::string> words;  // of `full`, without particles
  std::string generation;          // "jr", "sr", "ii"
  bool mixed_scripts = false;
  ActorId known = kNoActor;
};

class Matcher final : public NameMatcher {
 public:
  explicit Matcher(Gazetteer gazetteer) : gazetteer_(std::move(gazetteer)) {}

  NameMatch Match(const NamedActor& left, const NamedActor& right) const override {
    const bool swap = right.name < left.name;  // symmetric by construction
    const NamedActor& a = swap ? right : left;
    const NamedActor& b = swap ? left : right;
    const Parsed one = Parse(a);
    const Parsed two = Parse(b);
    NameMatch match;
    if (one.known != kNoActor && two.known != kNoActor) {
      const bool same = one.known == two.known;
      match.reasons.push_back(same ? "both are known names of " + gazetteer_.actor(one.known).name
                                   : "known as two different actors");
      return Finish(match, same ? 0.99 : 0.02);
    }
    if (one.words.empty() || two.words.empty()) return Finish(match, 0);
    const bool person_clash = (a.type == EntityType::kPerson) != (b.type == EntityType::kPerson);
    if (person_clash) {
      match.reasons.push_back("one is a person, the other is not");
      return Finish(match, one.full == two.full ? 0.2 : 0.02);
    }
    const bool country_clash = !a.country.empty() && !b.country.empty() && a.country != b.country;
    double score =
        a.type == EntityType::kPerson ? PersonScore(one, two, &match) : BodyScore(one, two, &match);
    if (country_clash) {
      match.reasons.push_back("different countries: " + a.country + ", " + b.country);
      score *= a.type == EntityType::kPerson ? 0.6 : 0.35;
    } else if (!a.country.empty() && a.country == b.country) {
      match.reasons.push_back("same country: " + a.country);
      score = std::min(0.97, score + (score > 0.4 ? 0.04 : 0));
    }
    if (one.mixed_scripts || two.mixed_scripts) {
      match.reasons.push_back("letters of two scripts in one word");
      score = std::min(score, 0.6);
    }
    return Finish(match, score);
  }

  std::vector<std::string> BlockingKeys(const NamedActor& actor) const override {
    const Parsed parsed = Parse(actor);
    std::set<std::string> keys;
    if (parsed.known != kNoActor) keys.insert("k:" + actors::NameKey(gazetteer_.actor(parsed.known).name));
    if (parsed.words.empty()) return {keys.begin(), keys.end()};
    if (actor.type == EntityType::kPerson) {
      keys.insert("s:" + TransliterationKey(parsed.words.back()).substr(0, 4));
    } else {
      keys.insert("f:" + actors::Squeeze(parsed.full));
      const std::string initials = Initials(parsed.words);
      if (initials.size() > 1) keys.insert("i:" + initials);
      if (parsed.words.size() == 1 && parsed.full.size() <= 8) keys.insert("i:" + parsed.full);
      for (const std::string& word : parsed.words) {
        if (keys.size() >= kMaxKeys) break;
        if (word.size() > 2 && gazetteer_.FindAgent(word) == nullptr)
          keys.insert("w:" + TransliterationKey(word).substr(0, 5));
      }
      std::vector<std::string> sorted = parsed.words;
      std::sort(sorted.begin(), sorted.end());
      std::string all;
      for (const std::string& word : sorted) all += word + " ";
      if (keys.size() < kMaxKeys) keys.insert("b:" + all);
    }
    return {keys.begin(), keys.end()};
  }

  std::string CanonicalName(std::string_view name, EntityType type) const override {
    const ActorId id = Known(name.substr(0, kMaxNameBytes), type);
    return id == kNoActor ? std::string() : gazetteer_.actor(id).name;
  }

 private:
  static NameMatch Finish(NameMatch match, double score) {
    match.score = score;
    match.verdict =
        score >= 0.8 ? NameVerdict::kSame : (score >= 0.3 ? NameVerdict::kUnsure : NameVerdict::kDiffer);
    return match;
  }

  ActorId Known(std::string_view name, EntityType type) const {
    ActorId found = kNoActor;
    for (const NameEntry& entry : gazetteer_.Find(actors::NameKey(name))) {
      const auto& actor = gazetteer_.actor(entry.actor);
      if (entry.use != NameUse::kName || actor.is_place) continue;
      if ((actor.type == EntityType::kPerson) != (type == EntityType::kPerson)) continue;
      if (entry.acronym && ToLower(name) == name) continue;
      if (found != kNoActor) return kNoActor;  // several: the name proves nothing
      found = entry.actor;
    }
    return found;
  }

  Parsed Parse(const NamedActor& actor) const {
    Parsed parsed;
    std::string_view name = std::string_view(actor.name).substr(0, kMaxNameBytes);
    const Plain plain = FoldLookalikes(NormalizeName(name));
    parsed.mixed_scripts = plain.mixed_scripts;
    std::vector<std::string> words = Words(plain.text);
    size_t begin = 0;
    while (begin + 1 < words.size() &&
           (words[begin] == "the" ||
            (actor.type == EntityType::kPerson && gazetteer_.FindTitle(words[begin]) != nullptr)))
      ++begin;
    size_t end = words.size();
    if (actor.type == EntityType::kPerson && end > begin + 1) {
      const std::string& last = words[end - 1];
      if (last == "jr" || last == "sr" || last == "ii" || last == "iii" || last == "junior" ||
          last == "senior") {
        parsed.generation = last == "junior" ? "jr" : (last == "senior" ? "sr" : last);
        --end;
      }
    }
    for (size_t i = begin; i < end; ++i) {
      if (!parsed.full.empty()) parsed.full += ' ';
      parsed.full += words[i];
      std::string word = words[i];
      word.erase(
          std::remove_if(word.begin(), word.end(), [](char c) { return c == ',' || c == '(' || c == ')'; }),
          word.end());
      if (!IsParticle(word) && !word.empty() && word != "of" && word != "for" && word != "and" &&
          word != "the")
        parsed.words.push_back(word);
    }
    if (parsed.generation.empty() && !parsed.mixed_scripts) {
      parsed.known = Known(name, actor.type);
      if (parsed.known == kNoActor) parsed.known = Known(parsed.full, actor.type);
    }
    return parsed;
  }

  // Words that are one name in two spellings: 1 equal, 0.9 by sound, 0.7 one letter apart, 0 else.
  static double WordLikeness(const std::string& a, const std::string& b) {
    if (a == b) return 1;
    if (TransliterationKey(a) == TransliterationKey(b)) return 0.9;
    const std::string one = TransliterationKey(a);
    const std::string two = TransliterationKey(b);
    if (one.size() >= 5 && two.size() >= 5 && EditDistance(one, two, 1) <= 1) return 0.7;
    return 0;
  }

  double PersonScore(const Parsed& a, const Parsed& b, NameMatch* match) const {
    if (!a.generation.empty() && !b.generation.empty() && a.generation != b.generation) {
      match->reasons.push_back("different generations: " + a.generation + ", " + b.generation);
      return 0.05;
    }
    const bool equal = a.full == b.full;
    if (equal && a.words.size() > 1) {
      match->reasons.push_back("same full name");
      return a.generation == b.generation ? 0.92 : 0.5;
    }
    const double surname = WordLikeness(a.words.back(), b.words.back());
    if (surname == 0) {
      match->reasons.push_back("different surnames");
      return 0.03;
    }
    match->reasons.push_back(surname == 1 ? "same surname" : "surnames sound alike");
    if (a.words.size() == 1 || b.words.size() == 1) {
      match->reasons.push_back("surname only");
      return 0.45 * surname;
    }
    const std::string& first = a.words.front();
    const std::string& other = b.words.front();
    double score = 0;
    if (const double given = WordLikeness(first, other); given > 0) {
      match->reasons.push_back(given == 1 ? "same given name" : "given names sound alike");
      score = 0.9 * surname * given;
      if (a.words.size() > 2 && b.words.size() > 2) {
        const std::string& middle = a.words[1];
        const std::string& second = b.words[1];
        const bool fits = WordLikeness(middle, second) > 0 ||
                          ((middle.size() == 1 || second.size() == 1) && middle[0] == second[0]);
        if (!fits) {
          match->reasons.push_back("different middle names");
          score *= 0.5;
        }
      } else if (a.words.size() != b.words.size()) {
        score *= 0.95;
      }
    } else if ((first.size() == 1 || other.size() == 1) && first[0] == other[0]) {
      match->reasons.push_back("initial fits the given name");
      score = 0.7 * surname;
    } else if (std::find(a.words.begin(), a.words.end() - 1, other) != a.words.end() - 1 ||
               std::find(b.words.begin(), b.words.end() - 1, first) != b.words.end() - 1) {
      match->reasons.push_back("one given name among the others");
      score = 0.7 * surname;
    } else {
      match->reasons.push_back("different given names");
      score = 0.05;
    }
    return score;
  }

  static std::string Initials(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out.push_back(word[0]);
    return out;
  }

  double BodyScore(const Parsed& a, const Parsed& b, NameMatch* match) const {
    if (a.full == b.full || actors::Squeeze(a.full) == actors::Squeeze(b.full)) {
      match->reasons.push_back("same name");
      const bool generic = gazetteer_.FindAgent(a.full) != nullptr;
      if (generic) match->reasons.push_back("a name that many bodies bear");
      return generic ? 0.5 : 0.93;
    }
    std::vector<std::string> one = a.words;
    std::vector<std::string> two = b.words;
    std::sort(one.begin(), one.end());
    std::sort(two.begin(), two.end());
    if (one == two) {
      match->reasons.push_back("same words");
      return 0.85;
    }
    const auto acronym = [](const Parsed& shorter, const Parsed& longer) {
      return shorter.words.size() == 1 && longer.words.size() > 1 && shorter.full.size() > 1 &&
             shorter.full == Initials(longer.words);
    };
    if (acronym(a, b) || acronym(b, a)) {
      match->reasons.push_back("one is the initials of the other");
      return 0.65;
    }
    size_t shared = 0;
    size_t special = 0;  // shared words that are not kinds of bodies
    for (const std::string& word : a.words) {
      for (const std::string& other : b.words) {
        if (WordLikeness(word, other) > 0.8) {
          ++shared;
          if (gazetteer_.FindAgent(word) == nullptr && gazetteer_.Find(word).empty()) ++special;
          break;
        }
      }
    }
    const size_t smaller = std::min(a.words.size(), b.words.size());
    const size_t larger = std::max(a.words.size(), b.words.size());
    if (shared == smaller && special > 0) {
      match->reasons.push_back(smaller == larger ? "words sound alike" : "one name holds the other");
      return smaller == larger ? 0.82 : 0.55;
    }
    match->reasons.push_back("different words");
    return 0.4 * static_cast<double>(shared) / static_cast<double>(larger) * (special > 0 ? 1 : 0.4);
  }

  Gazetteer gazetteer_;
};

}  // namespace

Result<std::unique_ptr<NameMatcher>> NameMatcher::Load(const std::string& data_dir) {
  WHOWHOM_TRY(Gazetteer gazetteer, Gazetteer::Load(data_dir));
  return std::unique_ptr<NameMatcher>(std::make_unique<Matcher>(std::move(gazetteer)));
}

}  // namespace whowhom::extract

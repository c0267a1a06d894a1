#include <algorithm>

#include "actors/coref.h"
#include "actors/transliteration.h"

namespace whowhom::extract::actors {
namespace {

void AddUnique(std::vector<std::string>* list, const std::string& item) {
  if (!item.empty() && std::find(list->begin(), list->end(), item) == list->end()) list->push_back(item);
}

bool Overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string& word) { return std::find(b.begin(), b.end(), word) != b.end(); });
}

bool IsBody(EntityType type) {
  return type == EntityType::kOrg || type == EntityType::kGpe || type == EntityType::kGroup;
}

// The words of a person's name; what only says an office ("the U.S. Secretary of State") is no name.
void AddPersonWords(const MentionInfo& mention, const Gazetteer& gazetteer, Cluster* cluster) {
  const PhraseReading& reading = mention.reading;
  if (mention.place.type != EntityType::kPerson || SaysAnOffice(mention, gazetteer)) return;
  std::vector<std::string> words = mention.words;
  if (reading.titled) {
    words.clear();
    for (size_t i = reading.name_begin; i < reading.name_end && i < mention.tokens.size(); ++i)
      words.push_back(mention.tokens[i].lower);
  }
  std::vector<std::string> full;
  for (const std::string& word : words) {
    AddUnique(&cluster->person_words, word);
    if (std::string key = TransliterationKey(word); !key.empty()) full.push_back(std::move(key));
  }
  if (full.size() > 1) cluster->full_names.push_back(std::move(full));
}

// "Ali Abedzadeh" and "Amir Ali Hajizadeh": a common given name proves nothing. One surname does, and so does
// a name that holds the other whole.
bool MayBeOneName(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto holds = [](const std::vector<std::string>& whole, const std::vector<std::string>& part) {
    return std::all_of(part.begin(), part.end(), [&](const std::string& word) {
      return std::find(whole.begin(), whole.end(), word) != whole.end();
    });
  };
  // "Ada Holm" and "Eva Holm" are two, "Ada Holm" and "A. Holm" may be one.
  const bool is_one_family = a.back() == b.back() && a.front().front() == b.front().front();
  return is_one_family || holds(a, b) || holds(b, a);
}

bool HaveOneName(const Cluster& one, const Cluster& two) {
  if (one.full_names.empty() || two.full_names.empty()) return true;
  return std::any_of(one.full_names.begin(), one.full_names.end(), [&](const auto& a) {
    return std::any_of(two.full_names.begin(), two.full_names.end(),
                       [&](const auto& b) { return MayBeOneName(a, b); });
  });
}

}  // namespace

bool SaysAnOffice(const MentionInfo& mention, const Gazetteer& gazetteer) {
  const PhraseReading& reading = mention.reading;
  if (mention.place.kind == MentionKind::kPronoun || reading.titled || reading.agent == nullptr) return false;
  if (reading.agent->kind != AgentKind::kPerson || mention.number == 'p') return false;
  if (reading.name_begin == reading.name_end) return true;
  // "Harbour Office Minister": a name inside, but the head is the office.
  const Agent* head = gazetteer.FindAgent(mention.head_lemma);
  return mention.words.size() > 1 && head != nullptr && head->kind == AgentKind::kPerson;
}

Clusters::Clusters(const Gazetteer* gazetteer, const std::vector<MentionInfo>& mentions)
    : gazetteer_(gazetteer), mentions_(mentions), parent_(mentions.size()), clusters_(mentions.size()) {
  for (size_t m = 0; m < mentions.size(); ++m) {
    parent_[m] = static_cast<int32_t>(m);
    const MentionInfo& mention = mentions[m];
    Cluster& cluster = clusters_[m];
    cluster.mentions = {static_cast<int32_t>(m)};
    cluster.last = static_cast<int32_t>(m);
    cluster.type = mention.place.type;
    cluster.gender = mention.gender;
    cluster.number = mention.number;
    cluster.is_person = mention.is_person;
    cluster.is_seat = mention.is_seat;
    if (mention.place.kind == MentionKind::kName) {
      cluster.has_name = true;
      cluster.longest = mention.key;
      AddUnique(&cluster.names, mention.key);
      AddPersonWords(mention, *gazetteer_, &cluster);
      if (mention.reading.use == NameUse::kName || mention.reading.use == NameUse::kCapital ||
          mention.reading.use == NameUse::kShort) {
        cluster.actor = mention.reading.actor;
      }
      if (mention.reading.titled && mention.reading.agent != nullptr)
        AddUnique(&cluster.lemmas, mention.reading.agent->phrase);
    } else if (mention.place.kind == MentionKind::kNominal) {
      AddUnique(&cluster.lemmas, mention.head_lemma);
    }
    if (!mention.reading.role.empty()) AddUnique(&cluster.lemmas, mention.reading.role);
  }
}

int32_t Clusters::Find(int32_t mention) const {
  while (parent_[static_cast<size_t>(mention)] != mention) {
    int32_t& above = parent_[static_cast<size_t>(mention)];
    above = parent_[static_cast<size_t>(above)];
    mention = above;
  }
  return mention;
}

bool Clusters::Compatible(int32_t a, int32_t b) const {
  const Cluster& one = Of(a);
  const Cluster& two = Of(b);
  if (one.gender != 0 && two.gender != 0 && one.gender != two.gender) return false;
  if (one.actor != kNoActor && two.actor != kNoActor && one.actor != two.actor) return false;
  if ((one.is_seat && two.actor != kNoActor) || (two.is_seat && one.actor != kNoActor)) return false;
  if (one.has_name && two.has_name && one.type != two.type &&
      (one.type == EntityType::kPerson) != (two.type == EntityType::kPerson)) {
    return false;
  }
  if (!one.person_words.empty() && !two.person_words.empty() &&
      !Overlap(one.person_words, two.person_words) && (one.actor == kNoActor || one.actor != two.actor)) {
    return false;  // two people's names without a common word
  }
  if (!HaveOneName(one, two) && (one.actor == kNoActor || one.actor != two.actor)) return false;
  const auto plural_clash = [](const Cluster& x, const Cluster& y) {
    return x.number == 's' && y.number == 'p' && !IsBody(x.type);
  };
  return !plural_clash(one, two) && !plural_clash(two, one);
}

void Clusters::Join(int32_t a, int32_t b) {
  int32_t root = Find(a);
  int32_t other = Find(b);
  if (root == other) return;
  if (other < root) std::swap(root, other);  // the earlier mention leads: deterministic
  Cluster& keep = clusters_[static_cast<size_t>(root)];
  Cluster& gone = clusters_[static_cast<size_t>(other)];
  parent_[static_cast<size_t>(other)] = root;
  std::vector<int32_t> merged;
  merged.reserve(keep.mentions.size() + gone.mentions.size());
  std::merge(keep.mentions.begin(), keep.mentions.end(), gone.mentions.begin(), gone.mentions.end(),
             std::back_inserter(merged));
  keep.mentions = std::move(merged);
  keep.last = keep.mentions.back();
  if (keep.actor == kNoActor) keep.actor = gone.actor;
  if (!keep.has_name && gone.has_name) keep.type = gone.type;
  if (keep.type == EntityType::kThing) keep.type = gone.type;
  if (keep.gender == 0) keep.gender = gone.gender;
  if (keep.number == 0) keep.number = gone.number;
  keep.is_person = keep.is_person || gone.is_person;
  keep.has_name = keep.has_name || gone.has_name;
  keep.is_seat = keep.is_seat || gone.is_seat;
  // What is "he" or "she" is a person, whatever the name tagger said of an unknown name.
  const bool human = keep.gender == 'm' || keep.gender == 'f';
  if (human && keep.actor == kNoActor && keep.has_name && keep.type != EntityType::kPerson)
    keep.type = EntityType::kPerson, keep.is_person = true;
  if (gone.longest.size() > keep.longest.size()) keep.longest = gone.longest;
  for (const std::string& name : gone.names) AddUnique(&keep.names, name);
  for (const std::string& word : gone.person_words) AddUnique(&keep.person_words, word);
  keep.full_names.insert(keep.full_names.end(), gone.full_names.begin(), gone.full_names.end());
  for (const std::string& lemma : gone.lemmas) AddUnique(&keep.lemmas, lemma);
  gone.mentions.clear();
}

void Clusters::ForgetActor(int32_t mention) {
  Cluster& cluster = clusters_[static_cast<size_t>(Find(mention))];
  if (cluster.mentions.size() > 1) return;
  cluster.actor = kNoActor;
  cluster.gender = 0;
}

void Clusters::AddRole(int32_t mention, const std::string& lemma) {
  AddUnique(&clusters_[static_cast<size_t>(Find(mention))].lemmas, lemma);
}

}  // namespace whowhom::extract::actors

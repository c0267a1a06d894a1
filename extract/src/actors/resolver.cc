// Identity within the article: mentions -> clusters -> base actors.
#include <algorithm>
#include <map>
#include <set>

#include "actors/coref.h"
#include "actors/coref_model.h"
#include "actors/layer.h"
#include "actors/mention.h"
#include "actors/phrase.h"
#include "whowhom/core/hash.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"
#include "whowhom/extract/actors.h"

namespace whowhom::extract {
namespace actors {
namespace {

constexpr uint32_t kHomeMentions = 4;  // of a state in an article that is about it
constexpr size_t kMaxActorName = 300;  // bytes; a longer "name" is not one

bool IsActorType(EntityType type) {
  return type == EntityType::kPerson || type == EntityType::kOrg || type == EntityType::kGpe ||
         type == EntityType::kGroup;
}

// "protesters", "officials": of whom, only the article tells. Copies of it mean the same ones.
std::string CrowdOf(const AnalyzedArticle& article) {
  return ToHex(Hasher().Add("crowd").Add(article.article.text).Finish().high);
}

// Gives each cluster its base actor.
class BaseActors {
 public:
  BaseActors(const Gazetteer& gazetteer, const PhraseReader& reader, const AnalyzedArticle& article,
             const std::vector<MentionInfo>& mentions, const Clusters& clusters)
      : gazetteer_(gazetteer), reader_(reader), article_(article), mentions_(mentions), clusters_(clusters) {
    FindHome();
  }

  ActorRef Of(int32_t root) const {
    const Cluster& cluster = clusters_.Of(root);
    if (cluster.actor != kNoActor) return Known(cluster.actor);
    if (const ActorId holder = HolderIn(cluster); holder != kNoActor) return Known(holder);
    // "the two leaders" of those named before: they, and nobody of that name.
    const bool stands_for_several =
        std::any_of(cluster.mentions.begin(), cluster.mentions.end(), [&](int32_t m) {
          return mentions_[static_cast<size_t>(m)].is_coordination &&
                 mentions_[static_cast<size_t>(m)].parts.size() > 1;
        });
    if (stands_for_several && cluster.mentions.size() > 1) return {};
    if (const int32_t name = LongestName(cluster); name >= 0) {
      const MentionInfo& mention = mentions_[static_cast<size_t>(name)];
      // "ran for President": an office is nobody's name.
      const bool is_office = mention.words.size() == 1 && SaysAnOffice(mention, gazetteer_);
      if (!is_office)
        return IsOfficeAlone(mention) ? FromOffice(cluster, mention) : FromName(cluster, mention);
    }
    for (const int32_t m : cluster.mentions) {
      const MentionInfo& mention = mentions_[static_cast<size_t>(m)];
      if (mention.place.kind != MentionKind::kNominal) continue;
      ActorRef actor = FromNominal(mention);
      if (!actor.name.empty()) return actor;
    }
    return {};
  }

  // The person in office that a role phrase of the cluster means on the article's day.
  ActorId HolderIn(const Cluster& cluster) const {
    if (!article_.article.date) return kNoActor;
    for (const int32_t m : cluster.mentions) {
      const MentionInfo& mention = mentions_[static_cast<size_t>(m)];
      const PhraseReading& reading = mention.reading;
      // "Iran's Supreme Leader" may be tagged as a name; it still says an office and names nobody.
      const bool names_nobody =
          mention.place.kind == MentionKind::kNominal ||
          (mention.place.kind == MentionKind::kName && reading.name_begin == reading.name_end);
      if (!names_nobody || mention.number != 's' || reading.former) continue;
      if (reading.agent == nullptr || reading.agent->kind != AgentKind::kPerson) continue;
      const std::string country = reading.country.empty() ? HomeOf(mention) : reading.country;
      if (mention.is_indefinite || country.empty()) continue;
      const std::string role = gazetteer_.RoleOf(reading.role, country);
      if (role.empty()) continue;
      const ActorId holder = gazetteer_.HolderOf(country, role, *article_.article.date);
      if (holder != kNoActor && MayBeCalled(gazetteer_.actor(holder), cluster)) return holder;
    }
    return kNoActor;
  }

  // "Ada Holm, leader of a party in Norland", is not the leader of Norland: whoever holds an office has none
  // but his own names.
  static bool MayBeCalled(const KnownActor& holder, const Cluster& cluster) {
    if (cluster.person_words.empty()) return true;
    const std::string name = " " + NormalizeName(holder.name) + " ";
    return std::any_of(
        cluster.person_words.begin(), cluster.person_words.end(),
        [&](const std::string& word) { return name.find(" " + word + " ") != std::string::npos; });
  }

  ActorRef Known(ActorId id) const {
    const KnownActor& actor = gazetteer_.actor(id);
    const PhraseReader::Standing standing = reader_.StandingOf(id, article_.article.date);
    ActorRef ref;
    ref.name = actor.name;
    ref.type = actor.type;
    ref.country = standing.country;
    ref.sector = actor.is_state ? "GOV" : standing.sector;
    return ref;
  }

 private:
  int32_t LongestName(const Cluster& cluster) const {
    int32_t best = -1;
    for (const int32_t m : cluster.mentions) {
      const MentionInfo& mention = mentions_[static_cast<size_t>(m)];
      if (mention.place.kind != MentionKind::kName || mention.key.empty()) continue;
      // "President" + "Reagan" read as two names of one person: the title is not what he is called.
      if (gazetteer_.FindTitle(mention.key) != nullptr && best >= 0) continue;
      if (best >= 0 && gazetteer_.FindTitle(mentions_[static_cast<size_t>(best)].key) != nullptr) best = -1;
      // "Former President of Norland" is longer than "Ada Holm" and no name.
      const bool is_office = SaysAnOffice(mention, gazetteer_);
      const bool was_office = best >= 0 && SaysAnOffice(mentions_[static_cast<size_t>(best)], gazetteer_);
      const bool is_longer = best < 0 || mention.key.size() > mentions_[static_cast<size_t>(best)].key.size();
      if (best < 0 || (is_office == was_office ? is_longer : was_office)) best = m;
    }
    return best;
  }

  ActorRef FromName(const Cluster& cluster, const MentionInfo& mention) const {
    ActorRef ref;
    if (!IsActorType(cluster.type) && cluster.type != EntityType::kPlace &&
        cluster.type != EntityType::kEvent)
      return ref;
    ref.type = cluster.type;
    ref.name = DisplayName(mention);
    for (const int32_t m : cluster.mentions) {
      const PhraseReading& reading = mentions_[static_cast<size_t>(m)].reading;
      if (ref.country.empty()) ref.country = reading.country;
      if (ref.sector.empty() && reading.sector != "UNK") ref.sector = reading.sector;
    }
    for (const int32_t m : cluster.mentions) {  // "Defence Minister Ada Holm" where all is about Norland
      const MentionInfo& titled = mentions_[static_cast<size_t>(m)];
      const bool is_officer = ref.country.empty() && ref.type == EntityType::kPerson && titled.reading.titled;
      if (!is_officer) continue;
      const std::string home = HomeOf(titled);
      if (!home.empty() && !gazetteer_.RoleOf(titled.reading.role, home).empty()) ref.country = home;
    }
    if (ref.name.size() > kMaxActorName) return {};
    return ref;
  }

  // "the Prime Minister" tagged as a name: an office and whose it is not said.
  static bool IsOfficeAlone(const MentionInfo& mention) {
    const PhraseReading& reading = mention.reading;
    return reading.actor == kNoActor && reading.agent != nullptr &&
           reading.agent->kind == AgentKind::kPerson && reading.name_begin >= reading.name_end &&
           reading.country.empty();
  }

  // That of the state that the article is about, else one that is this article's alone: another article's
  // Prime Minister is somebody else.
  ActorRef FromOffice(const Cluster& cluster, const MentionInfo& mention) const {
    ActorRef ref = FromName(cluster, mention);
    if (ref.name.empty() || ref.type != EntityType::kPerson) return ref;
    const std::string home = HomeOf(mention);
    const std::string adjective = home.empty() ? std::string() : gazetteer_.AdjectiveOf(home);
    const bool is_one = !adjective.empty() && !gazetteer_.RoleOf(mention.reading.role, home).empty();
    if (is_one) {
      ref.name.insert(0, adjective + " ");
      ref.country = home;
    } else {
      ref.discriminator = CrowdOf(article_);
    }
    return ref;
  }

  // The name as written, without determiner, title and possessive ending.
  std::string DisplayName(const MentionInfo& mention) const {
    const Sentence& sentence = article_.sentences[mention.place.sentence];
    uint32_t begin = mention.place.begin;
    uint32_t end = mention.place.end;
    const PhraseReading& reading = mention.reading;
    if (reading.name_end > reading.name_begin &&
        (reading.titled || mention.place.type == EntityType::kPerson)) {
      begin = mention.place.begin + static_cast<uint32_t>(reading.name_begin);
      end = mention.place.begin + static_cast<uint32_t>(reading.name_end);
    }
    for (const NameSpan& name : sentence.names) {
      if (name.begin <= mention.place.head && mention.place.head < name.end) {
        begin = std::max(begin, name.begin);
        end = std::min(end, name.end);
        if (begin >= end) begin = name.begin, end = name.end;
      }
    }
    return Join(sentence, begin, end);
  }

  std::string Join(const Sentence& sentence, uint32_t begin, uint32_t end) const {
    while (begin + 1 < end &&
           gazetteer_.Is(WordClass::kDeterminer, NormalizeName(sentence.tokens[begin].form)))
      ++begin;
    while (end > begin + 1 &&
           (sentence.tokens[end - 1].xpos == "POS" || sentence.tokens[end - 1].upos == Upos::kPunct))
      --end;
    std::string out;
    for (uint32_t i = begin; i < end; ++i) {
      out += sentence.tokens[i].form;
      if (i + 1 < end && sentence.tokens[i].space_after) out += ' ';
    }
    return out;
  }

  // "Iranian officials", "protesters", "Pentagon spokesman": bodies and groups that stand for themselves.
  ActorRef FromNominal(const MentionInfo& mention) const {
    ActorRef ref;
    const PhraseReading& reading = mention.reading;
    const KnownActor* owner = OwnerOf(mention);
    const bool is_homeland =
        mention.head_lemma == "country" || mention.head_lemma == "nation" || mention.head_lemma == "homeland";
    if (owner != nullptr && owner->type == EntityType::kPerson && is_homeland && mention.number != 'p') {
      const ActorId state = gazetteer_.StateOf(owner->country);  // "his country"
      if (state != kNoActor) return Known(state);
    }
    if (owner != nullptr && owner->type == EntityType::kPerson) {  // "his administration"
      const std::string surname = owner->name.substr(owner->name.rfind(' ') + 1);
      const Token& head = article_.sentences[mention.place.sentence].tokens[mention.place.head];
      const std::string name = surname + " " + head.form;
      const PhraseReader::Choice choice = reader_.Choose(NameKey(name), name, article_.article.date, false);
      if (choice.actor != kNoActor && gazetteer_.actor(choice.actor).type == EntityType::kOrg)
        return Known(choice.actor);
    }
    const bool demonym =
        reading.actor != kNoActor && (reading.use == NameUse::kDemonym || reading.use == NameUse::kAdjective);
    // "the Trump administration", "the Saudi-led coalition": the whole phrase is a known body.
    const bool known = reading.actor != kNoActor && !demonym && mention.number != 'p' &&
                       (gazetteer_.actor(reading.actor).type == EntityType::kOrg ||
                        gazetteer_.actor(reading.actor).type == EntityType::kGroup);
    if (reading.agent == nullptr && known) return Known(reading.actor);
    const bool is_people = demonym && mention.place.type != EntityType::kThing;
    if (reading.agent == nullptr && !is_people) return ref;
    if (reading.agent != nullptr && reading.agent->kind == AgentKind::kPlace) return ref;
    const bool plural = mention.number == 'p';
    const bool group = demonym || (reading.agent != nullptr && reading.agent->kind != AgentKind::kPerson);
    const bool is_states = owner != nullptr && owner->is_state;  // "its armed forces"
    const bool tied = !reading.country.empty() || HasName(mention) || is_states;
    if (reading.agent != nullptr && !tied && !plural && group) {  // "the government"
      const std::string home = IsBodyOfState(mention) ? HomeOf(mention) : std::string();
      const std::string of_home = home.empty() ? std::string() : gazetteer_.AdjectiveOf(home);
      if (!of_home.empty()) {
        ref.name = of_home + " " + NominalName(mention);
        ref.type = EntityType::kOrg;
        ref.country = home;
        ref.sector = reading.sector;
        return ref;
      }
    }
    if (!plural && !tied) return ref;  // "a man", "the group": nobody in particular
    if (!plural && !group && mention.is_indefinite && !tied) return ref;
    if (reading.agent != nullptr && reading.agent->kind == AgentKind::kVehicle) return ref;
    ref.name = NominalName(mention);
    const std::string adjective = is_states ? gazetteer_.AdjectiveOf(owner->country) : std::string();
    if (!adjective.empty() && !ref.name.empty()) ref.name.insert(0, adjective + " ");
    if (ref.name.empty() || ref.name.size() > kMaxActorName) return {};
    const std::string of_state =
        !plural && gazetteer_.Is(WordClass::kStateBody, NormalizeName(ref.name)) && !reading.country.empty()
            ? gazetteer_.AdjectiveOf(reading.country)
            : std::string();
    if (!of_state.empty()) ref.name.insert(0, of_state + " ");  // "the government of Norland"
    ref.type = plural ? EntityType::kGroup : (group ? EntityType::kOrg : EntityType::kPerson);
    // "an Israeli soldier": another one in the next article; an office is one.
    const bool is_anyone =
        ref.type == EntityType::kPerson && gazetteer_.RoleOf(reading.role, reading.country).empty();
    if (!tied || is_anyone) ref.discriminator = CrowdOf(article_);
    ref.country = reading.country.empty() && is_states ? owner->country : reading.country;
    ref.sector = reading.sector == "UNK" ? "" : reading.sector;
    return ref;
  }

  // The known actor that a possessive pronoun at the start of the phrase stands for; null if there is none.
  const KnownActor* OwnerOf(const MentionInfo& mention) const {
    const Token& first = article_.sentences[mention.place.sentence].tokens[mention.place.begin];
    if ((first.xpos != "PRP$" && first.xpos != "WP$") || mention.place.begin == mention.place.head)
      return nullptr;
    for (size_t i = mention.order; i < mentions_.size(); ++i) {  // it stands inside the phrase, so behind it
      const EntityMention& place = mentions_[i].place;
      if (place.sentence != mention.place.sentence || place.begin > mention.place.begin) break;
      if (place.head != mention.place.begin) continue;
      const Cluster& cluster = clusters_.Of(clusters_.Find(static_cast<int32_t>(i)));
      return cluster.actor == kNoActor ? nullptr : &gazetteer_.actor(cluster.actor);
    }
    return nullptr;
  }

  // The state that an article is about: at least kHomeMentions of its names and adjectives, and three in
  // five.
  void FindHome() {
    std::map<std::string, uint32_t> counts;
    uint32_t total = 0;
    for (const MentionInfo& mention : mentions_) {
      if (mention.place.kind == MentionKind::kPronoun || mention.reading.country.empty()) continue;
      ++counts[mention.reading.country];
      ++total;
    }
    for (const auto& [country, count] : counts) {
      if (count >= kHomeMentions && count * 5 >= total * 3) home_ = country;
    }
    for (const MentionInfo& mention : mentions_) {
      const std::string& country = mention.reading.country;
      if (!country.empty() && country != home_) foreign_.insert(mention.place.sentence);
    }
  }

  // The state that a body or office without a state belongs to: the article's, unless the sentence speaks of
  // another or somebody is quoted. Empty if none.
  std::string HomeOf(const MentionInfo& mention) const {
    if (home_.empty() || mention.in_quote || !mention.reading.country.empty()) return {};
    return foreign_.contains(mention.place.sentence) ? std::string() : home_;
  }

  // "the government", "the army": one of its kind in a state, and nothing more said of it.
  bool IsBodyOfState(const MentionInfo& mention) const {
    const PhraseReading& reading = mention.reading;
    const bool is_state_sector = reading.sector == "GOV" || reading.sector == "MIL" ||
                                 reading.sector == "LEG" || reading.sector == "JUD";
    const bool is_bare = mention.tokens.size() <= 3 && mention.tokens.front().lower == "the";
    return is_state_sector && is_bare && gazetteer_.Is(WordClass::kStateBody, JoinWords(mention.words));
  }
  static std::string JoinWords(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
  }

  bool HasName(const MentionInfo& mention) const {
    const Sentence& sentence = article_.sentences[mention.place.sentence];
    for (const NameSpan& name : sentence.names) {
      if (name.begin >= mention.place.begin && name.end <= mention.place.end &&
          name.type != NameType::kDate && name.type != NameType::kMoney && name.type != NameType::kQuantity &&
          name.type != NameType::kPercent)
        return true;
    }
    return false;
  }

  // The words up to the head, without determiners and numbers; a state's possessive becomes its adjective.
  std::string NominalName(const MentionInfo& mention) const {
    const Sentence& sentence = article_.sentences[mention.place.sentence];
    std::string out;
    for (uint32_t i = mention.place.begin; i <= mention.place.head; ++i) {
      const Token& token = sentence.tokens[i];
      const std::string lower = NormalizeName(token.form);
      if (token.xpos == "POS" || token.upos == Upos::kPunct) {
        if (token.form == "-" && !out.empty()) out += '-';
        continue;
      }
      const bool first = out.empty();
      if (first && (gazetteer_.Is(WordClass::kDeterminer, lower) || lower == "not" ||
                    gazetteer_.Is(WordClass::kQuantifier, lower) || token.upos == Upos::kNum ||
                    token.upos == Upos::kPron || token.upos == Upos::kAdp || token.upos == Upos::kAdv)) {
        continue;
      }
      std::string word = token.form;
      if (i < mention.place.head && (token.deprel == Deprel::kNmodPoss || token.deprel == Deprel::kCompound ||
                                     token.deprel == Deprel::kAmod)) {
        const PhraseReader::Choice choice = reader_.Choose(NameKey(word), word, article_.article.date, false);
        if (choice.actor != kNoActor && gazetteer_.actor(choice.actor).is_state) {
          const std::string adjective = gazetteer_.AdjectiveOf(gazetteer_.actor(choice.actor).country);
          if (!adjective.empty()) word = adjective;
        }
      }
      if (!out.empty() && out.back() != '-') out += ' ';
      out += word;
    }
    return out;
  }

  const Gazetteer& gazetteer_;
  const PhraseReader& reader_;
  const AnalyzedArticle& article_;
  const std::vector<MentionInfo>& mentions_;
  const Clusters& clusters_;
  std::string home_;            // ISO code; empty: the article is about several states, or none
  std::set<uint32_t> foreign_;  // sentences that speak of other states
};

class Resolver final : public ActorResolver {
 public:
  Resolver(Gazetteer gazetteer, std::optional<CorefModel> model, std::string version)
      : gazetteer_(std::move(gazetteer)),
        model_(std::move(model)),
        reader_(&gazetteer_),
        version_(std::move(version)) {}

  void Resolve(AnalyzedArticle* article) const override {
    const MentionFinder finder(&gazetteer_, &reader_);
    article->mentions.clear();
    if (HoldsStoryDiscard(article->article.text)) return;
    std::vector<MentionInfo> mentions = finder.Find(*article);
    Clusters clusters(&gazetteer_, mentions);
    const CorefResolver coref(&gazetteer_, model_ ? &*model_ : nullptr);
    coref.Resolve(*article, &mentions, &clusters);
    Publish(mentions, clusters, article);
  }

  ActorMeaning Identify(std::string_view phrase, std::optional<Day> date,
                        std::string_view context) const override {
    const std::vector<PhraseToken> tokens = reader_.Split(phrase.substr(0, 20000));
    const PhraseReading reading = reader_.Read(tokens, date, context.substr(0, 20000));
    ActorMeaning meaning;
    if (gazetteer_.has_codes()) meaning.code = reader_.Code(tokens, date);
    meaning.country = reading.country;
    meaning.sector = reading.sector;
    meaning.confidence = reading.confidence;
    meaning.role = reading.role;
    if (reading.actor != kNoActor && reading.use != NameUse::kDemonym && reading.use != NameUse::kAdjective) {
      meaning.actor = gazetteer_.actor(reading.actor).name;
      meaning.type = gazetteer_.actor(reading.actor).type;
      return meaning;
    }
    if (reading.agent != nullptr) {
      const bool person = reading.agent->kind == AgentKind::kPerson;
      meaning.type = reading.plural ? EntityType::kGroup : (person ? EntityType::kPerson : EntityType::kOrg);
      const std::string role =
          reading.country.empty() || reading.plural ? "" : gazetteer_.RoleOf(reading.role, reading.country);
      if (!role.empty()) meaning.role = role;
      if (!role.empty() && date && !reading.former && reading.name.empty()) {
        const ActorId holder = gazetteer_.HolderOf(reading.country, role, *date);
        if (holder != kNoActor) meaning.actor = gazetteer_.actor(holder).name;
      }
    } else if (reading.actor != kNoActor) {
      meaning.type = EntityType::kGroup;
    } else if (reading.titled) {
      meaning.type = EntityType::kPerson;
    }
    if (meaning.actor.empty()) meaning.actor = reading.name;
    return meaning;
  }

  const std::string& version() const override { return version_; }

 private:
  bool HoldsStoryDiscard(const std::string& text) const {
    if (gazetteer_.story_discards().empty()) return false;
    const std::string plain = " " + NormalizeName(text) + " ";
    for (const std::string& phrase : gazetteer_.story_discards()) {
      if (plain.find(" " + phrase + " ") != std::string::npos) return true;
    }
    return false;
  }

  void Publish(const std::vector<MentionInfo>& mentions, const Clusters& clusters,
               AnalyzedArticle* article) const {
    const BaseActors base(gazetteer_, reader_, *article, mentions, clusters);
    std::map<int32_t, ActorRef> actors;
    std::map<int32_t, int32_t> numbers;
    for (const MentionInfo& mention : mentions) {
      const int32_t root = clusters.Find(static_cast<int32_t>(mention.order));
      if (actors.count(root)) continue;
      ActorRef actor = base.Of(root);
      if (gazetteer_.IsDiscarded(NameKey(actor.name))) actor = {};
      actors.emplace(root, std::move(actor));
    }
    article->mentions.clear();
    // Clusters get their numbers in text order; those a group stands for get one too.
    std::set<int32_t> numbered;
    for (const MentionInfo& mention : mentions) {
      const int32_t self = static_cast<int32_t>(mention.order);
      if (clusters.Of(self).mentions.size() > 1) numbered.insert(clusters.Find(self));
      if (!mention.is_coordination) continue;
      for (const int32_t part : mention.parts) numbered.insert(clusters.Find(part));
    }
    const auto number_of = [&](int32_t root) {
      return numbers.emplace(root, static_cast<int32_t>(numbers.size())).first->second;
    };
    for (const MentionInfo& mention : mentions) {
      const int32_t root = clusters.Find(static_cast<int32_t>(mention.order));
      const Cluster& cluster = clusters.Of(root);
      EntityMention out = mention.place;
      out.actor = actors[root];
      const bool linked = cluster.mentions.size() > 1;
      for (const int32_t m : cluster.mentions) {  // what a group in the cluster stands for
        const MentionInfo& other = mentions[static_cast<size_t>(m)];
        if (!other.is_coordination || !out.members.empty()) continue;
        for (const int32_t part : other.parts) out.members.push_back(number_of(clusters.Find(part)));
      }
      if (mention.is_coordination && !linked) continue;
      if (out.actor.name.empty() && !linked && out.type == EntityType::kThing) continue;
      const bool speaker = mention.pronoun != nullptr &&
                           (mention.person == 1 || mention.gender == 'm' || mention.gender == 'f');
      if (out.kind == MentionKind::kPronoun && !linked && !speaker) continue;
      if (!out.actor.name.empty())
        out.type = out.actor.type;
      else if (out.type == EntityType::kThing)
        out.type = cluster.type;
      if (numbered.count(root) != 0) out.cluster = number_of(root);
      out.role =
          mention.reading.titled || mention.place.kind == MentionKind::kNominal ? mention.reading.role : "";
      article->mentions.push_back(std::move(out));
    }
  }

  Gazetteer gazetteer_;
  std::optional<CorefModel> model_;  // absent: rules alone
  PhraseReader reader_;
  std::string version_;
};

}  // namespace
}  // namespace actors

Result<std::unique_ptr<ActorResolver>> ActorResolver::Load(const std::string& data_dir,
                                                           const std::string& models_dir,
                                                           const std::vector<std::string>& user_layers) {
  WHOWHOM_TRY(actors::Gazetteer gazetteer, actors::Gazetteer::Load(data_dir));
  Hasher hasher;
  for (const char* name : {"countries", "organisations", "people", "places", "agents", "titles", "pronouns",
                           "phrase_words", "given_names", "common_surnames", "roles"}) {
    WHOWHOM_TRY(const std::string content, ReadFile(data_dir + "/actors/" + name + ".tsv"));
    hasher.Add(content);
  }
  std::optional<actors::CorefModel> model;
  Result<actors::CorefModel> loaded =
      models_dir.empty() ? NotFound("") : actors::CorefModel::Load(models_dir + "/coref.model");
  if (loaded.ok()) {
    hasher.Add(loaded->Serialize());
    model = std::move(loaded).value();
  } else if (loaded.error().code != ErrorCode::kNotFound && loaded.error().code != ErrorCode::kIo) {
    return loaded.error();  // a damaged model is an error, a missing one is not
  }
  std::vector<actors::Layer> layers;  // all are read before any is applied
  for (const std::string& path : user_layers) {
    WHOWHOM_TRY(const std::string content, ReadFile(path));
    WHOWHOM_TRY(actors::Layer layer, actors::ParseLayer(content, path));
    layers.push_back(std::move(layer));
    hasher.Add(content);
  }
  for (const actors::Layer& layer : layers) actors::ApplyLayer(layer, &gazetteer);
  gazetteer.Finish();
  return std::unique_ptr<ActorResolver>(std::make_unique<actors::Resolver>(
      std::move(gazetteer), std::move(model), ToHex(hasher.Finish()).substr(0, 12)));
}

Result<KnowledgeSummary> InspectKnowledge(const std::string& path) {
  WHOWHOM_TRY(const std::string content, ReadFile(path));
  WHOWHOM_TRY(const actors::Layer layer, actors::ParseLayer(content, path));
  return KnowledgeSummary{std::string(actors::ToString(layer.kind)), layer.entries(),
                          ToHex(HashBytes(content))};
}

}  // namespace whowhom::extract

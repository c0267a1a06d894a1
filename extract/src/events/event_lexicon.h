// The event lexicon in memory: data/events/*.tsv -> entries that look at a frame and say what kind of act it
// is.
//
// Files (data/README.md gives source and licence):
//   classes.tsv       class -> CAMEO root, quad class, scale, definition
//   modes.tsv         class, mode -> CAMEO root where it differs, scale, definition
//   sets.tsv          named sets of nouns, used in conditions as `@set`
//   verbs.tsv         verb -> class and mode
//   frames.tsv        verb + conditions on its arguments -> class and mode, with example and counter-example
//   nouns.tsv         event noun -> class, mode, verb, prepositions of agent and target
//   groups.tsv        verb -> group of verbs that work alike ("launch", "mount", "stage" do an act; "lift",
//   "end" stop it) combinations.tsv  group x class of the noun or clause below the verb -> class of the whole
//
// Conditions (all must hold; `_` stands for a blank inside a word):
//   o  o-  o*  o!          an object, none, an actor as object, an object that is no actor
//   o=ban|curb  o@weapon|x its head (a set, then further sets or words); m=... a modifier of it; n=... a noun
//   below it ("wave of attacks": n=attack) p=on  p=on:word|word  p=on@set    an argument with this
//   preposition (and head) s*  s=word  s@set  ss=JUD|COP     the subject: an actor, its head, its sector;
//   os=... the object's sector c  c-  c=word  c@set  c*  c!      a complement clause, none, its verb, with
//   the same or another subject; not  pos                          the polarity
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "events/verb_lemmas.h"
#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/extract/event_coder.h"

namespace whowhom::extract {

using WordSet = std::unordered_set<std::string>;

// What kind of act a verb with its arguments, or an event noun, names.
struct Act {
  EventClass event_class = EventClass::kNone;
  std::string mode;
  std::string cameo;  // only where it differs from that of class and mode
  std::string entry;  // what decided
  bool empty() const { return event_class == EventClass::kNone; }
};

struct FrameCondition {
  enum class Subject : uint8_t {
    kObject,
    kModifier,
    kObjectNoun,
    kArgument,
    kSubject,
    kContent,
    kSubjectSector,
    kObjectSector
  };
  enum class Test : uint8_t { kPresent, kAbsent, kActor, kThing, kWords, kNegative, kPositive };
  Subject subject = Subject::kObject;
  Test test = Test::kPresent;
  std::string preposition;  // of kArgument
  WordSet words;            // of kWords
};

struct FrameEntry {
  std::vector<FrameCondition> conditions;
  Act act;        // event_class kNone: matches, and says that it is no event
  int score = 0;  // how specific; the highest wins, ties go to the earlier line
};

struct EventNoun {
  Act act;
  std::string verb;
};

// What a group of verbs makes of the act below it.
struct Combination {
  bool passes = false;  // the class of the whole is that of the part
  Act act;              // else this
  bool mode_from_part = false;
};

struct ClassInfo {
  EventClass event_class = EventClass::kNone;
  std::string cameo;
  Quad quad = Quad::kNone;
  std::optional<double> scale;
  std::string definition;
};

struct ModeInfo {
  EventClass event_class = EventClass::kNone;
  std::string mode;
  std::string cameo;  // empty = as the class
  std::optional<double> scale;
  std::string definition;
};

// Immutable after Load; thread-safe.
class EventLexicon {
 public:
  // kIo or kInvalidInput with file and line.
  static Result<EventLexicon> Load(const std::string& events_dir);

  const std::vector<ClassInfo>& classes() const { return classes_; }
  const std::vector<ModeInfo>& modes() const { return modes_; }
  const ClassInfo* FindClass(EventClass event_class) const;
  const ModeInfo* FindMode(EventClass event_class, std::string_view mode) const;
  const WordSet* FindSet(std::string_view name) const;
  const std::vector<FrameEntry>* FindEntries(const std::string& verb) const;
  const std::vector<std::string>* FindGroups(const std::string& verb) const;
  const EventNoun* FindNoun(const std::string& noun) const;
  // `kind` is 'n' (noun) or 'c' (clause); `part` is the act below, negated or not; the most specific row or
  // null.
  const Combination* FindCombination(const std::string& group, char kind, const Act& part,
                                     bool negative) const;
  const VerbLemmas& lemmas() const { return lemmas_; }
  size_t entry_count() const { return entry_count_; }
  size_t noun_count() const { return nouns_.size(); }

 private:
  Status LoadClasses(const std::string& dir);
  Status LoadSets(const std::string& path);
  Status LoadVerbs(const std::string& path, bool has_conditions);
  Status LoadNouns(const std::string& path);
  Status LoadGroups(const std::string& path);
  Status LoadCombinations(const std::string& path);
  Result<FrameCondition> ParseCondition(std::string_view text) const;

  std::vector<ClassInfo> classes_;
  std::vector<ModeInfo> modes_;
  std::map<std::string, WordSet, std::less<>> sets_;
  std::unordered_map<std::string, std::vector<FrameEntry>> entries_;
  std::unordered_map<std::string, std::vector<std::string>> groups_;
  std::unordered_map<std::string, EventNoun> nouns_;
  std::unordered_map<std::string, Combination> combinations_;  // "GROUP/n/CLASS.mode"
  VerbLemmas lemmas_;
  size_t entry_count_ = 0;
};

// True for AGREE to RETREAT, the cooperative half of the classes.
bool IsCooperative(EventClass event_class);
// True for PROTEST to ASSAULT, the material conflict.
bool IsMaterialConflict(EventClass event_class);

}  // namespace whowhom::extract

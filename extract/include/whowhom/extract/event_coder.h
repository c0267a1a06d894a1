// What kind of event a statement is: PLOVER class and mode, CAMEO root, quad class, scale, from
// data/events/*.tsv.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"

namespace whowhom::extract {

// What the coder needs to know of a statement; all strings are lemmas in lower case.
struct EventFrame {
  std::string verb;         // "accuse", "call on", "carry out", "attack" (the verb of a nominalisation)
  std::string object_head;  // head lemma of the object: "sanction" in "impose sanctions on"; empty = none
  std::vector<std::string> object_modifiers;  // lemmas of its modifiers: "military", "economic"
  std::vector<std::string>
      object_nouns;  // heads of PPs below the object: "withdrawal" in "order a withdrawal"
  std::vector<std::pair<std::string, std::string>>
      arguments;  // (preposition, head lemma): ("on", "Iran"), ("of", "attack")
  std::string
      content_verb;  // verb of a complement clause: "withdraw" in "agreed to withdraw", "promised to ..."
  bool content_negative = false;
  // Optional detail of the clause, which decides what the promise, threat or demand is about:
  std::string content_object;  // head lemma of the content verb's object: "sanction" in "threatened to impose
                               // sanctions"
  std::vector<std::pair<std::string, std::string>>
      content_arguments;      // like `arguments`, of the content verb
  std::string content_modal;  // its modal auxiliary: "must" in "said that Iran must withdraw"; empty = none
  // The content verb's subject is this statement's subject ("it said it would withdraw", every "agreed to
  // ...").
  bool content_subject_is_self = true;
  // The verb below the content verb in one chain, with its own object and arguments: "close" in "said it
  // intends to close the border".
  std::string content_inner_verb, content_inner_object;
  std::vector<std::pair<std::string, std::string>> content_inner_arguments;
  // Surface forms in lower case with Penn tags, optional: where given, they decide about the lemma of the
  // (first word of the) verb, since a tagger's lemmas may be wrong.
  std::string verb_form, verb_tag;
  std::string content_form, content_tag;
  // The content verb shares the subject in one chain ("agreed to share", "began shelling"): where the lexicon
  // does not know the outer verb, the inner one decides.
  bool content_is_chain = false;
  bool has_condition = false;  // "if ..." hangs on the act: "threatened to attack if"
  std::string modal;           // modal auxiliary of `verb` itself: "must", "may", "will"; empty = none
  std::string
      subject_head;  // head lemma of the subject, optional: "airstrike" and "earthquake" kill differently
  bool subject_is_actor = false;
  bool object_is_actor = false;
  std::string subject_country, object_country, subject_sector, object_sector;
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  bool is_future = false;
};

struct EventCode {
  EventClass event_class = EventClass::kNone;
  std::string mode;
  std::string cameo;  // root, two digits
  Quad quad = Quad::kNone;
  std::optional<double> scale;
  std::string entry;  // the lexicon entry that decided, for explain
};

// Immutable after loading; thread-safe.
class EventCoder {
 public:
  static Result<std::unique_ptr<EventCoder>> Load(const std::string& data_dir);
  virtual ~EventCoder() = default;
  // kNone if not an event. Rules of the PLOVER codebook: future meetings and promises are AGREE, announced
  // withdrawal is CONCEDE, carried out RETREAT; refused cooperation is REJECT; orders inside one government
  // are no events.
  virtual EventCode Code(const EventFrame& frame) const = 0;
  // The ontology in our own words, for `whowhom schema`.
  virtual std::string Describe() const = 0;
};

}  // namespace whowhom::extract

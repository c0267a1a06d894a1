// The notation of example frames in data/events/frames.tsv and in the tests:
//   "impose o=sanction* s=Germany* ss=GOV m=economic p=on:Iran c=withdraw not future"
// verb first (several words until the first `x=`), `*` marks an actor, `_` stands for a blank; `chain`: the
// content verb shares the subject, `if`: a condition hangs on the act.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>

#include "whowhom/extract/event_coder.h"

namespace whowhom::extract {

inline EventFrame ParseFrame(const std::string& text) {
  EventFrame frame;
  std::istringstream stream(text);
  std::string word;
  while (stream >> word) {
    size_t equals = word.find('=');
    if (word == "not") frame.polarity = Polarity::kNegative;
    if (word == "future") frame.is_future = true;
    if (word == "cnot") frame.content_negative = true;
    if (word == "cother") frame.content_subject_is_self = false;
    if (word == "chain") frame.content_is_chain = true;
    if (word == "if") frame.has_condition = true;
    if (word == "chain" || word == "if") continue;
    if (word == "not" || word == "future" || word == "cnot" || word == "cother") continue;
    if (equals == std::string::npos) {
      frame.verb += (frame.verb.empty() ? "" : " ") + word;
      continue;
    }
    std::string key = word.substr(0, equals);
    std::string value = word.substr(equals + 1);
    bool is_actor = !value.empty() && value.back() == '*';
    if (is_actor) value.pop_back();
    std::replace(value.begin(), value.end(), '_', ' ');
    size_t colon = value.find(':');
    if (key == "o") frame.object_head = value, frame.object_is_actor = is_actor;
    if (key == "s") frame.subject_head = value, frame.subject_is_actor = is_actor;
    if (key == "m") frame.object_modifiers.push_back(value);
    if (key == "n") frame.object_nouns.push_back(value);
    if (key == "c") frame.content_verb = value;
    if (key == "co") frame.content_object = value;
    if (key == "cm") frame.content_modal = value;
    if (key == "modal") frame.modal = value;
    if (key == "ss") frame.subject_sector = value, frame.subject_is_actor = true;
    if (key == "os") frame.object_sector = value;
    if (key == "sc") frame.subject_country = value;
    if (key == "oc") frame.object_country = value;
    if (key == "p")
      frame.arguments.emplace_back(value.substr(0, colon),
                                   colon == std::string::npos ? "" : value.substr(colon + 1));
    if (key == "cp") {
      frame.content_arguments.emplace_back(value.substr(0, colon),
                                           colon == std::string::npos ? "" : value.substr(colon + 1));
    }
    if (key == "mod") frame.modality = ParseModality(value).value_or(Modality::kAsserted);
  }
  return frame;
}

}  // namespace whowhom::extract

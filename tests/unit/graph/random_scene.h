// Random graphs for property tests.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "unit/graph/scene.h"

namespace whowhom::graph::testing {

using Random = std::mt19937;

inline int Pick(Random* random, int below) {
  return static_cast<int>((*random)() % static_cast<uint32_t>(below));
}

// A few articles about actors Name0 ... Name7, some of them things, with claims, denials, plans and days.
inline Scene RandomScene(Random* random) {
  const EntityType kTypes[] = {EntityType::kPerson, EntityType::kGpe, EntityType::kOrg, EntityType::kThing};
  const EventClass kClasses[] = {EventClass::kNone, EventClass::kAccuse, EventClass::kAssault,
                                 EventClass::kConsult};
  Scene scene;
  int actors = 3 + Pick(random, 5), documents = 2 + Pick(random, 5);
  auto actor = [&] {
    int i = Pick(random, actors);
    return Actor{"Name" + std::to_string(i), kTypes[i % 4], i % 2 == 0 ? "AAA" : "BBB", "", ""};
  };
  for (int d = 0; d < documents; ++d) {
    std::vector<Line> lines;
    int count = 1 + Pick(random, 6);
    for (int i = 0; i < count; ++i) {
      Line line;
      if (Pick(random, 8) != 0) line.subject = actor();
      line.lemma = line.verb = "verb" + std::to_string(Pick(random, 3));
      if (Pick(random, 5) != 0) line.object = actor();
      if (Pick(random, 3) == 0)
        line.arguments.push_back(Arg("with", "Name1", {"Name1", EntityType::kGpe, "BBB", "", ""}));
      if (line.subject.name.empty() && line.object.name.empty()) line.object = actor();
      line.event_class = kClasses[Pick(random, 4)];
      line.polarity = Pick(random, 4) == 0 ? Polarity::kNegative : Polarity::kPositive;
      line.modality = Pick(random, 4) == 0 ? Modality::kPlanned : Modality::kAsserted;
      if (Pick(random, 3) == 0) line.speaker = Group("Speaker" + std::to_string(Pick(random, 2)));
      if (Pick(random, 2) == 0) line.time = "2020-01-" + std::to_string(10 + Pick(random, 15));
      lines.push_back(std::move(line));
    }
    scene.Article("doc" + std::to_string(d), "2020-01-" + std::to_string(10 + Pick(random, 15)), lines);
  }
  return scene;
}

}  // namespace whowhom::graph::testing

// Proves that the installed package compiles and links: reads a record and computes its edges.
#include <cstdio>

#include "whowhom/core/edge.h"
#include "whowhom/core/record_json.h"

int main() {
  const auto record = whowhom::ParseRecord(
      R"({"schema":1,"kind":"statement","doc":"00000000000000000000000000000001",)"
      R"("subject":{"text":"Pompeo","begin":0,"end":6,"actor":"Mike Pompeo","type":"PERSON"},)"
      R"("predicate":{"text":"accused","lemma":"accuse","begin":7,"end":14},)"
      R"("object":{"text":"Iran","begin":15,"end":19,"actor":"Iran","type":"GPE"}})");
  if (!record.ok()) return 1;
  const auto edges = whowhom::EdgesOf(std::get<whowhom::Statement>(*record));
  std::printf("%s -> %s -> %s\n", edges[0].subject.label.c_str(), edges[0].relation.c_str(),
              edges[0].object.label.c_str());
  return edges.size() == 1 ? 0 : 1;
}

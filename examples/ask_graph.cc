// The library in one page: opens a store read-only, asks a question, prints the rows and where each is
// proved.
//
//   ask_graph STORE DATA_DIR "who accused whom"
#include <cstdio>
#include <string>

#include "whowhom/graph/question.h"
#include "whowhom/graph/view.h"
#include "whowhom/storage/store.h"

namespace {

whowhom::Status Run(const std::string& path, const std::string& data_dir, const std::string& question) {
  using namespace whowhom;
  WHOWHOM_TRY(auto store, storage::Store::Open(path, {}));
  WHOWHOM_TRY(auto view, graph::View::Build(store->TakeSnapshot()));
  WHOWHOM_TRY(auto reader, graph::QuestionReader::Load(data_dir, nullptr));
  WHOWHOM_TRY(auto reply, graph::Ask(*reader, *view, question, {}, {}));
  for (const std::string& note : reply.interpretation.notes) std::printf("(%s)\n", note.c_str());
  for (const graph::AnswerRow& row : reply.answer.rows) {
    std::printf("%s - %s - %s: %u statements, %u sources, %s\n", row.subject.c_str(), row.relation.c_str(),
                row.object.c_str(), row.statements, row.independent_sources,
                row.edges.empty() ? "" : graph::FormatEdgeId(row.edges[0]).c_str());
    if (row.evidence) std::printf("    %s\n", row.evidence->sentence.c_str());
  }
  if (reply.answer.rows.empty()) std::printf("no result; searched: %s\n", reply.searched.c_str());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: ask_graph STORE DATA_DIR QUESTION\n");
    return 2;
  }
  whowhom::Status status = Run(argv[1], argv[2], argv[3]);
  if (status.ok()) return 0;
  std::fprintf(stderr, "%s\n", status.error().message.c_str());
  return 4;
}

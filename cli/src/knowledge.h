// The user's own knowledge of a graph: files copied beside the store and recorded in it by hash.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "context.h"
#include "whowhom/core/result.h"
#include "whowhom/storage/store.h"

namespace whowhom::cli {

struct KnowledgeLayer {
  std::string name;  // file name as added
  std::string hash;  // of its content
  std::string path;  // where the copy lies: GRAPH/knowledge/HASH/NAME
};

// The layers in force, in the order added. kCorruption if a copy is missing or changed.
Result<std::vector<KnowledgeLayer>> KnowledgeLayers(const storage::Snapshot& snapshot,
                                                    const std::string& graph_path);

// Checks that the file can be read as knowledge, copies it, records it. kInvalidInput names line and reason;
// nothing is half-applied.
Status AddKnowledge(storage::Store* store, const std::string& graph_path, const std::string& file,
                    const std::string& why);
// By file name or hash. kNotFound.
Status RemoveKnowledge(storage::Store* store, const std::string& graph_path, const std::string& name,
                       const std::string& why);

// Paths of the knowledge files of the graph; none if there is no graph.
Result<std::vector<std::string>> GraphKnowledge(const Context& context);

// The pipeline with the knowledge files of the graph, if there is a graph.
Result<std::unique_ptr<extract::Pipeline>> LoadGraphPipeline(const Context& context);

}  // namespace whowhom::cli

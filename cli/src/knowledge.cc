#include "knowledge.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "whowhom/core/tsv.h"
#include "whowhom/extract/actors.h"

namespace whowhom::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxKnowledgeBytes = size_t{256} << 20;

Status Record(storage::Store* store, storage::JudgementKind kind, const KnowledgeLayer& layer,
              const std::string& why) {
  WHOWHOM_TRY(const auto writer, store->NewWriter());
  storage::Judgement judgement;
  judgement.kind = kind;
  judgement.arguments = {layer.hash, layer.name};
  judgement.why = why;
  WHOWHOM_TRY([[maybe_unused]] const uint64_t number, writer->Append(std::move(judgement)));
  return writer->Commit();
}

}  // namespace

Result<std::vector<KnowledgeLayer>> KnowledgeLayers(const storage::Snapshot& snapshot,
                                                    const std::string& graph_path) {
  std::vector<KnowledgeLayer> layers;
  WHOWHOM_TRY(const auto judgements, snapshot.Judgements());
  for (const storage::Judgement& judgement : judgements) {
    if (judgement.undone_by != 0 || judgement.arguments.size() < 2) continue;
    const std::string& hash = judgement.arguments[0];
    const std::string name = fs::path(judgement.arguments[1]).filename().string();
    std::erase_if(layers, [&hash](const KnowledgeLayer& layer) { return layer.hash == hash; });
    if (judgement.kind != storage::JudgementKind::kKnowledgeAdd) continue;
    layers.push_back({name, hash, graph_path + "/knowledge/" + hash + "/" + name});
  }
  std::erase_if(layers, [](const KnowledgeLayer& layer) { return layer.hash.size() != 32; });
  for (const KnowledgeLayer& layer : layers) {
    const auto content = ReadFile(layer.path, kMaxKnowledgeBytes);
    if (!content.ok() || ToHex(HashBytes(*content)) != layer.hash) {
      return Corruption("reading the knowledge file " + layer.path +
                        ": missing or changed; `whowhom knowledge remove " + layer.name +
                        "` and add it again");
    }
  }
  return layers;
}

Status AddKnowledge(storage::Store* store, const std::string& graph_path, const std::string& file,
                    const std::string& why) {
  WHOWHOM_TRY(const std::string content, ReadFile(file, kMaxKnowledgeBytes));
  WHOWHOM_TRY(const auto resources, extract::FindResources());
  WHOWHOM_TRY([[maybe_unused]] const auto checked,
              extract::ActorResolver::Load(resources.data_dir, resources.models_dir, {file}));
  KnowledgeLayer layer;
  layer.name = fs::path(file).filename().string();
  layer.hash = ToHex(HashBytes(content));
  const std::string folder = graph_path + "/knowledge/" + layer.hash;
  std::error_code error;
  fs::create_directories(folder, error);
  layer.path = folder + "/" + layer.name;
  std::ofstream copy(layer.path, std::ios::binary | std::ios::trunc);
  copy << content;
  copy.close();
  if (!copy) return IoError("writing " + layer.path + ": the copy could not be made");
  return Record(store, storage::JudgementKind::kKnowledgeAdd, layer, why);
}

Status RemoveKnowledge(storage::Store* store, const std::string& graph_path, const std::string& name,
                       const std::string& why) {
  const auto snapshot = store->TakeSnapshot();
  WHOWHOM_TRY(const auto judgements, snapshot->Judgements());
  const std::string file_name = fs::path(name).filename().string();
  for (auto it = judgements.rbegin(); it != judgements.rend(); ++it) {
    const bool is_it = it->kind == storage::JudgementKind::kKnowledgeAdd && it->undone_by == 0 &&
                       it->arguments.size() >= 2 &&
                       (it->arguments[0] == name || it->arguments[1] == file_name);
    if (is_it)
      return Record(store, storage::JudgementKind::kKnowledgeRemove,
                    {it->arguments[1], it->arguments[0], graph_path}, why);
  }
  return NotFound("no knowledge file \"" + name.substr(0, 200) +
                  "\" in this graph (see `whowhom knowledge list`)");
}

Result<std::vector<std::string>> GraphKnowledge(const Context& context) {
  std::vector<std::string> paths;
  std::error_code error;
  if (!fs::exists(context.graph_path() + "/knowledge", error)) return paths;
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadOnly));
  WHOWHOM_TRY(const auto layers, KnowledgeLayers(*store->TakeSnapshot(), context.graph_path()));
  for (const KnowledgeLayer& layer : layers) paths.push_back(layer.path);
  return paths;
}

Result<std::unique_ptr<extract::Pipeline>> LoadGraphPipeline(const Context& context) {
  WHOWHOM_TRY(std::vector<std::string> paths, GraphKnowledge(context));
  return context.LoadPipeline(std::move(paths));
}

}  // namespace whowhom::cli

// Joins trained networks to one model whose scores are their average.
//
//   join_models OUT.model A.model B.model ...
#include <cstdio>
#include <fstream>
#include <memory>
#include <vector>

#include "neural/features.h"
#include "neural/model_file.h"
#include "neural/model_join.h"

int main(int argc, char** argv) {
  namespace neural = whowhom::extract::neural;
  if (argc < 4) {
    std::fprintf(stderr, "usage: join_models OUT.model A.model B.model ...\n");
    return 2;
  }
  std::vector<std::unique_ptr<neural::ModelFile>> files;
  std::vector<const neural::ModelFile*> pointers;
  for (int i = 2; i < argc; ++i) {
    auto file = neural::ModelFile::Open(argv[i], neural::FeatureFingerprint());
    if (!file.ok()) {
      std::fprintf(stderr, "%s\n", file.error().message.c_str());
      return 1;
    }
    pointers.push_back(file->get());
    files.push_back(std::move(*file));
  }
  auto bytes = neural::JoinModels(pointers);
  if (!bytes.ok()) {
    std::fprintf(stderr, "%s\n", bytes.error().message.c_str());
    return 1;
  }
  std::ofstream out(argv[1], std::ios::binary | std::ios::trunc);
  out.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
  out.close();
  if (!out.good()) {
    std::fprintf(stderr, "cannot write %s\n", argv[1]);
    return 3;
  }
  return 0;
}

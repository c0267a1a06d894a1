// Wires the readers of the single formats (reader.h).
#include "whowhom/extract/reader.h"

#include <utility>

#include "read/context.h"
#include "read/formats.h"
#include "read/kind.h"
#include "read/source.h"

namespace whowhom::extract {
namespace {

using read::BufferedSource;
using read::ByteSource;
using read::FileKind;
using read::KindGuess;
using read::Lexicon;
using read::ReadContext;

class FileReader : public Reader {
 public:
  explicit FileReader(std::unique_ptr<Lexicon> lexicon) : lexicon_(std::move(lexicon)) {}

  void ReadPath(const std::string& path, const ReadOptions& options, bool explain,
                ArticleSink* sink) const override {
    ReadContext context(*lexicon_, options, explain, sink);
    Result<std::unique_ptr<ByteSource>> source = read::OpenFile(path);
    if (!source.ok()) {
      context.Fail(path, 0, source.error().message);
      return;
    }
    ReadSource(source.value().get(), path, 0, &context);
  }

  void ReadBytes(std::string_view bytes, const std::string& name, const ReadOptions& options, bool explain,
                 ArticleSink* sink) const override {
    ReadContext context(*lexicon_, options, explain, sink);
    const std::unique_ptr<ByteSource> source = read::OpenMemory(bytes);
    ReadSource(source.get(), name, 0, &context);
  }

  void ReadJsonLines(int file_descriptor, const ReadOptions& options, ArticleSink* sink) const override {
    ReadContext context(*lexicon_, options, false, sink);
    const std::unique_ptr<ByteSource> source = read::OpenDescriptor(file_descriptor);
    BufferedSource buffered(source.get());
    context.Fail("-", 0, "JSON Lines cannot be read yet");
  }

 private:
  void ReadSource(ByteSource* source, const std::string& path, int depth, ReadContext* context) const {
    (void)depth;
    BufferedSource buffered(source);
    const KindGuess guess = read::GuessKind(*lexicon_, buffered.Peek(read::kSniffBytes), path);
    switch (guess.kind) {
      case FileKind::kEmpty:
        context->Fail(path, 0, "is empty", true);
        break;
      case FileKind::kBinary:
        context->Fail(path, 0, "is " + guess.detail + ", not an article");
        break;
      case FileKind::kText:
        ReadWhole(&buffered, path, context, read::ReadTextPage);
        break;
      default:
        context->Fail(path, 0, "is of a kind that cannot be read yet");
        break;
    }
    if (!buffered.status().ok()) context->Fail(path, buffered.offset(), buffered.status().error().message);
  }

  template <typename PageReader>
  static void ReadWhole(BufferedSource* source, const std::string& path, ReadContext* context,
                        PageReader read_page) {
    bool truncated = false;
    const std::string bytes = source->TakeAll(read::kMaxPageBytes, &truncated);
    if (truncated) {
      context->Fail(
          path, read::kMaxPageBytes,
          "is larger than " + std::to_string(read::kMaxPageBytes >> 20) + " MiB; the rest was not read");
    }
    read_page(bytes, path, context);
  }

  std::unique_ptr<Lexicon> lexicon_;
};

}  // namespace

Result<std::unique_ptr<Reader>> Reader::Load(const std::string& data_dir) {
  WHOWHOM_TRY(std::unique_ptr<Lexicon> lexicon, Lexicon::Load(data_dir));
  return std::unique_ptr<Reader>(std::make_unique<FileReader>(std::move(lexicon)));
}

}  // namespace whowhom::extract

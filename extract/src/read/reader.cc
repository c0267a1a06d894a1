// Wires the readers of the single formats (reader.h).
#include "whowhom/extract/reader.h"

#include <utility>

#include "read/archive.h"
#include "read/context.h"
#include "read/encoding.h"
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
  FileReader(std::unique_ptr<Lexicon> lexicon, std::unique_ptr<LanguageDetector> language)
      : lexicon_(std::move(lexicon)), language_(std::move(language)) {}

  void ReadPath(const std::string& path, const ReadOptions& options, bool explain,
                ArticleSink* sink) const override {
    ReadContext context(*lexicon_, *language_, options, explain, sink);
    Result<std::unique_ptr<ByteSource>> source = read::OpenFile(path, options.bytes_read);
    if (!source.ok()) {
      context.Fail(path, 0, source.error().message);
      return;
    }
    ReadSource(source.value().get(), path, 0, &context);
  }

  void ReadBytes(std::string_view bytes, const std::string& name, const ReadOptions& options, bool explain,
                 ArticleSink* sink) const override {
    ReadContext context(*lexicon_, *language_, options, explain, sink);
    const std::unique_ptr<ByteSource> source = read::OpenMemory(bytes);
    ReadSource(source.get(), name, 0, &context);
  }

  void ReadJsonLines(int file_descriptor, const ReadOptions& options, ArticleSink* sink) const override {
    ReadContext context(*lexicon_, *language_, options, false, sink);
    const std::unique_ptr<ByteSource> source = read::OpenDescriptor(file_descriptor);
    BufferedSource buffered(source.get());
    read::ReadJsonLineStream(&buffered, "-", &context);
    if (!buffered.status().ok()) context.Fail("-", buffered.offset(), buffered.status().error().message);
  }

 private:
  void ReadSource(ByteSource* source, const std::string& path, int depth, ReadContext* context) const {
    BufferedSource buffered(source);
    const std::string_view head = buffered.Peek(read::kSniffBytes);
    const KindGuess guess = read::GuessKind(*lexicon_, head, NameWithin(path));
    // Wide encodings are turned into UTF-8 as a whole; the streaming readers need bytes.
    const bool streams =
        guess.kind == FileKind::kJson || guess.kind == FileKind::kJsonLines || guess.kind == FileKind::kTable;
    if (streams && read::IsWideEncoding(head)) {
      bool truncated = false;
      const std::string text = read::DecodeBytes(buffered.TakeAll(read::kMaxPageBytes, &truncated), {}).text;
      if (truncated)
        context->Fail(path, read::kMaxPageBytes, "is too large for its encoding; the rest was not read");
      const std::unique_ptr<ByteSource> converted = read::OpenMemory(text);
      BufferedSource again(converted.get());
      Dispatch(guess, &again, path, depth, context);
    } else {
      Dispatch(guess, &buffered, path, depth, context);
    }
    if (!buffered.status().ok()) context->Fail(path, buffered.offset(), buffered.status().error().message);
  }

  // "a.csv.gz" holds "a.csv"; the name after '!' is a member's.
  static std::string_view NameWithin(std::string_view path) {
    for (const std::string_view packed : {".gz", ".bz2", ".xz", ".zst"}) {
      if (path.ends_with(packed)) return path.substr(0, path.size() - packed.size());
    }
    return path;
  }

  void Dispatch(const KindGuess& guess, BufferedSource* source, const std::string& path, int depth,
                ReadContext* context) const {
    switch (guess.kind) {
      // An unreadable file looks empty; then its own reason is reported.
      case FileKind::kEmpty:
        if (source->status().ok()) context->Fail(path, 0, "is empty", true);
        break;
      case FileKind::kBinary:
        context->Fail(path, 0, "is " + guess.detail + ", not an article");
        break;
      case FileKind::kText:
        ReadWhole(source, path, context, read::ReadTextPage);
        break;
      case FileKind::kHtml:
        ReadWhole(source, path, context, read::ReadHtmlPage);
        break;
      case FileKind::kFeed:
        ReadWhole(source, path, context, read::ReadFeed);
        break;
      case FileKind::kJson:
        read::ReadJsonDocument(source, path, context);
        break;
      case FileKind::kJsonLines:
        read::ReadJsonLineStream(source, path, context);
        break;
      case FileKind::kTable:
        read::ReadTable(source, guess.delimiter, path, context);
        break;
      case FileKind::kArchive:
        Unpack(source, path, depth, context);
        break;
    }
  }

  void Unpack(BufferedSource* source, const std::string& path, int depth, ReadContext* context) const {
    if (depth >= read::kMaxArchiveDepth) {
      context->Fail(path, 0, "archives are nested deeper than " + std::to_string(read::kMaxArchiveDepth));
      return;
    }
    read::ReadArchive(source, path, context,
                      [this, depth, context](ByteSource* member, const std::string& name) {
                        ReadSource(member, name, depth + 1, context);
                      });
  }

  template <typename PageReader>
  static void ReadWhole(BufferedSource* source, const std::string& path, ReadContext* context,
                        PageReader read_page) {
    bool truncated = false;
    const std::string bytes = source->TakeAll(read::kMaxPageBytes, &truncated);
    // Half a page would be an article that nobody wrote; the caller reports why it broke off.
    if (!source->status().ok()) return;
    if (truncated) {
      context->Fail(
          path, read::kMaxPageBytes,
          "is larger than " + std::to_string(read::kMaxPageBytes >> 20) + " MiB; the rest was not read");
    }
    read_page(bytes, path, context);
  }

  std::unique_ptr<Lexicon> lexicon_;
  std::unique_ptr<LanguageDetector> language_;
};

}  // namespace

Result<std::unique_ptr<Reader>> Reader::Load(const std::string& data_dir) {
  WHOWHOM_TRY(std::unique_ptr<Lexicon> lexicon, Lexicon::Load(data_dir));
  WHOWHOM_TRY(std::unique_ptr<LanguageDetector> language, LanguageDetector::Load(data_dir));
  return std::unique_ptr<Reader>(std::make_unique<FileReader>(std::move(lexicon), std::move(language)));
}

}  // namespace whowhom::extract

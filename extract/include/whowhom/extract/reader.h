// Files of any kind -> cleaned articles.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/extract/article.h"

namespace whowhom::extract {

struct ReadOptions {
  std::optional<Day> date;                      // overrides what the article says
  std::string outlet;                           // likewise; empty = what the article says
  bool force_language = false;                  // keep articles that are not in English
  size_t max_article_bytes = size_t{16} << 20;  // an article whose text is longer is refused
  // Of a longer text the beginning is kept, up to a line or word end, and the rest reported. Language
  // analysis sets it: its time and memory grow with the text.
  size_t max_kept_bytes = SIZE_MAX;
  std::string field_text, field_title, field_date, field_url, field_id,
      field_outlet;  // JSON/CSV names; empty = guess
  // Counts the bytes taken from files, packed as they are, for telling how far a run is; may be null.
  std::atomic<uint64_t>* bytes_read = nullptr;
};

// What was dropped while cleaning and why; for `clean --explain`.
struct DroppedBlock {
  std::string text;
  std::string reason;  // "caption", "comment form", "share bar", "teaser", "byline" ...
};

struct ReadArticle {
  Article article;
  std::vector<DroppedBlock> dropped;  // only filled when asked
  std::vector<std::string> notes;     // what was wrong or missing: "no publication date was found"
};

struct ReadFailure {
  std::string path;     // of the file or archive member
  uint64_t offset = 0;  // byte or record within it
  std::string reason;
  bool skipped = false;  // skipped on purpose (language, empty) and not an error
};

// Receives articles and failures in input order. Return false from OnArticle to stop reading.
class ArticleSink {
 public:
  virtual ~ArticleSink() = default;
  virtual bool OnArticle(ReadArticle article) = 0;
  virtual void OnFailure(const ReadFailure& failure) = 0;
};

// Immutable after loading; thread-safe.
class Reader {
 public:
  // data/reader_*.tsv.
  static Result<std::unique_ptr<Reader>> Load(const std::string& data_dir);
  virtual ~Reader() = default;

  // A file of any supported kind, recognised by content: text, HTML, JSON, JSON Lines, RSS/Atom, CSV/TSV; gz,
  // zip, tar.gz of these. Streams; memory is bounded by the largest article.
  virtual void ReadPath(const std::string& path, const ReadOptions& options, bool explain,
                        ArticleSink* sink) const = 0;
  // Bytes from stdin or a test. `name` is used as path and as a hint.
  virtual void ReadBytes(std::string_view bytes, const std::string& name, const ReadOptions& options,
                         bool explain, ArticleSink* sink) const = 0;
  // Article JSON Lines from a stream descriptor (stdin): one article a line.
  virtual void ReadJsonLines(int file_descriptor, const ReadOptions& options, ArticleSink* sink) const = 0;
};

// All files below `paths` (files, folders, globs) in sorted order; links are followed once, loops reported.
struct FileList {
  std::vector<std::string> files;
  std::vector<ReadFailure> failures;
};
FileList ListFiles(const std::vector<std::string>& paths);

}  // namespace whowhom::extract

// CSV and TSV with a header row.
#include <algorithm>
#include <string>
#include <vector>

#include "read/article_fields.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "read/normalize.h"
#include "read/strings.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

constexpr size_t kMaxCells = 1000;

// Splits the bytes of a source into rows. RFC 4180: cells may be quoted, quotes are doubled, quoted cells may
// hold line ends. In TSV a quote is a plain character unless the cell starts with one and ends with one.
class RowReader {
 public:
  RowReader(BufferedSource* source, char delimiter, size_t max_row)
      : source_(source), delimiter_(delimiter), max_row_(max_row) {}

  // False at the end. too_large: the row was longer than max_row; its cells are not to be used.
  bool Next(std::vector<std::string>* cells, bool* too_large) {
    cells->clear();
    *too_large = false;
    std::string cell;
    size_t size = 0;
    bool quoted = false;
    bool any = false;
    for (;;) {
      if (pos_ >= chunk_.size() && !Refill()) {
        if (any) Add(cells, &cell);
        return any;
      }
      const char c = chunk_[pos_++];
      any = true;
      if (++size > max_row_) *too_large = true;
      if (quoted) {
        if (c != '"') {
          if (!*too_large) cell.push_back(c);
        } else if (PeekByte() == '"') {
          ++pos_;
          if (!*too_large) cell.push_back('"');
        } else {
          quoted = false;
        }
        continue;
      }
      if (c == '"' && cell.empty()) {
        quoted = true;
      } else if (c == delimiter_) {
        Add(cells, &cell);
      } else if (c == '\n') {
        if (!cell.empty() && cell.back() == '\r') cell.pop_back();
        Add(cells, &cell);
        return true;
      } else if (!*too_large) {
        cell.push_back(c);
      }
    }
  }
  uint64_t offset() const { return base_ + pos_; }

 private:
  void Add(std::vector<std::string>* cells, std::string* cell) {
    if (cells->size() < kMaxCells) cells->push_back(std::move(*cell));
    cell->clear();
  }
  int PeekByte() {
    if (pos_ >= chunk_.size() && !Refill()) return -1;
    return static_cast<unsigned char>(chunk_[pos_]);
  }
  bool Refill() {
    base_ += chunk_.size();
    pos_ = 0;
    chunk_ = source_->Take(size_t{1} << 16);
    return !chunk_.empty();
  }

  BufferedSource* source_;
  char delimiter_;
  size_t max_row_;
  std::string_view chunk_;
  size_t pos_ = 0;
  uint64_t base_ = 0;
};

std::string ToUtf8(const std::string& cell) {
  if (IsAscii(cell) || IsValidUtf8(cell)) return cell;
  return DecodeBytes(cell, "WINDOWS-1252").text;
}

}  // namespace

void ReadTable(BufferedSource* source, char delimiter, const std::string& path, ReadContext* context) {
  if (source->Peek(3) == "\xEF\xBB\xBF") source->Take(3);
  RowReader rows(source, delimiter, context->options.max_article_bytes * 2);
  const FieldNames names(context->lexicon, context->options);
  std::vector<std::string> cells;
  bool too_large = false;
  if (!rows.Next(&cells, &too_large)) return;
  std::vector<FieldName> columns;
  bool has_text = false;
  for (const std::string& cell : cells) {
    std::string name = LowerAscii(Trim(ToUtf8(cell)));
    std::replace(name.begin(), name.end(), ' ', '_');
    columns.push_back(names.Find(name));
    has_text = has_text || (columns.back().rank != INT_MAX && columns.back().role == FieldRole::kText);
  }
  if (!has_text) {
    context->Fail(path, 0, "the table has no column that holds text; name it with the text field option");
    return;
  }
  ArticleFields fields;
  for (uint64_t row = 1; !context->stopped(); ++row) {
    const uint64_t offset = rows.offset();
    if (!rows.Next(&cells, &too_large)) return;
    const std::string place = path + "#" + std::to_string(row);
    if (too_large) {
      context->Fail(place, offset, "the row is too large");
      continue;
    }
    if (cells.size() == 1 && Trim(cells[0]).empty()) continue;
    fields.Clear();
    for (size_t i = 0; i < cells.size() && i < columns.size(); ++i) fields.Set(columns[i], ToUtf8(cells[i]));
    if (fields.has_text()) {
      fields.Emit(place, offset, context);
    } else {
      context->Fail(place, offset, "the row has no text", true);
    }
  }
}

}  // namespace whowhom::extract::read

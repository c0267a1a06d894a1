// Table files made from rows that come in order, and how they get into a store.
#pragma once

#include <rocksdb/sst_file_writer.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "journal.h"
#include "layout.h"

namespace whowhom::storage {

// How the rows of a file lie on disk; rows of another shape begin a new file.
struct TableShape {
  bool has_filter = true;
  bool has_large_blocks = false;
  friend bool operator==(const TableShape&, const TableShape&) = default;
};

// Thread-compatible.
class TableBuilder {
 public:
  TableBuilder(std::string folder, uint64_t min_free_bytes);
  // REQUIRES: keys rise; before Finish all of them lie above the meta rows and below the commit row.
  Status Add(std::string_view key, const std::optional<std::string_view>& value);
  // In a file of its own, so that damage to other rows does not reach it: for rows that describe the store.
  Status AddAlone(std::string_view key, std::string_view value);
  // Adds the rows that describe the store; closes the files. `before` is the commit that the rows build on.
  struct Finished {
    std::vector<std::string> files;  // in the order of keys; they do not overlap
    CommitMark mark;
  };
  Result<Finished> Finish(const Totals& totals, const CommitMark& before);
  // Closes the files and adds nothing: for rows that were a whole store's.
  Result<std::vector<std::string>> FinishCopy();

 private:
  Status OpenFile(const TableShape& shape);
  Status CloseFile();

  std::string folder_;
  uint64_t min_free_bytes_;
  std::unique_ptr<rocksdb::SstFileWriter> file_;
  TableShape shape_;  // of file_
  std::vector<std::string> files_;
  uint64_t unchecked_bytes_ = 0;  // written since the free space was last looked at
  uint64_t digest_ = 0;
  uint64_t rows_ = 0;
};

// Ingests the files in one atomic step. What is in the log is moved to tables first (7.8.3 misorders
// otherwise).
Status IngestTables(Database* database, const std::vector<std::string>& files);

// Makes a database of the files at `folder`, which must not exist.
Status MakeTables(const std::string& folder, const std::vector<std::string>& files);

// All rows of a database, as they are, in a new one at `folder` whose files are those that a bulk load makes.
// REQUIRES: nobody writes meanwhile. `scratch` (on the same disk) takes the files on their way.
Status RewriteTables(const std::shared_ptr<Database>& database, const std::string& scratch,
                     uint64_t min_free_bytes, const std::string& folder);

// Puts `fresh` in the place of `folder` in one atomic step and removes what was there.
Status SwapFolders(const std::string& fresh, const std::string& folder);

}  // namespace whowhom::storage

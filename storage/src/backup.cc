#include "backup.h"

#include <rocksdb/utilities/backup_engine.h>

#include <filesystem>
#include <set>

namespace whowhom::storage {
namespace {

rocksdb::BackupEngineOptions MakeBackupOptions(const std::string& folder) {
  rocksdb::BackupEngineOptions options(folder);
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.sync = true;
  return options;
}

// The bytes of the database's files that the folder does not hold yet.
uint64_t NewBytes(const Database& database, const std::string& folder) {
  std::set<std::string> held;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/shared_checksum", error)) {
    const std::string name = entry.path().filename().string();
    held.insert(name.substr(0, name.find('_')));
  }
  uint64_t bytes = 0;
  std::vector<rocksdb::LiveFileMetaData> files;
  database.db()->GetLiveFilesMetaData(&files);
  for (const rocksdb::LiveFileMetaData& file : files) {
    const std::string name = std::filesystem::path(file.name).stem().string();
    if (!held.contains(name)) bytes += file.size;
  }
  uint64_t memtable_bytes = 0;
  database.db()->GetIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &memtable_bytes);
  return bytes + memtable_bytes;
}

}  // namespace

Status MakeBackup(const Database& database, const std::string& folder, uint64_t min_free_bytes) {
  if (!database.is_writable()) {
    return InvalidInput("backing up to " + folder + ": the store was opened for reading only");
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return IoError("making the backup folder " + folder + ": " + error.message());
  WHOWHOM_TRY_STATUS(CheckFreeSpace(folder, min_free_bytes + NewBytes(database, folder)));
  rocksdb::BackupEngine* raw = nullptr;
  rocksdb::IOStatus status =
      rocksdb::BackupEngine::Open(rocksdb::Env::Default(), MakeBackupOptions(folder), &raw);
  if (!status.ok()) return ToError(status, "opening the backups in " + folder);
  const std::unique_ptr<rocksdb::BackupEngine> engine(raw);
  rocksdb::CreateBackupOptions options;
  rocksdb::BackupID id = 0;
  status = engine->CreateNewBackup(options, database.db(), &id);
  if (!status.ok()) return ToError(status, "making a backup in " + folder);
  status = engine->VerifyBackup(id, /*verify_with_checksum=*/true);
  if (!status.ok()) return ToError(status, "reading back the backup in " + folder);
  return {};
}

Status RestoreTables(const std::string& folder, const std::string& tables_folder, uint64_t min_free_bytes) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder + "/meta", error)) {
    return NotFound("restoring from " + folder + ": there is no backup in this folder");
  }
  rocksdb::BackupEngineReadOnly* raw = nullptr;
  rocksdb::IOStatus status =
      rocksdb::BackupEngineReadOnly::Open(rocksdb::Env::Default(), MakeBackupOptions(folder), &raw);
  if (!status.ok()) return ToError(status, "opening the backups in " + folder);
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(raw);
  rocksdb::BackupInfo latest;
  if (!engine->GetLatestBackupInfo(&latest).ok())
    return NotFound("restoring from " + folder + ": there is no whole backup in this folder");
  status = engine->VerifyBackup(latest.backup_id, /*verify_with_checksum=*/true);
  if (!status.ok()) return ToError(status, "checking the latest backup in " + folder);
  const std::string parent = std::filesystem::path(tables_folder).parent_path().string();
  WHOWHOM_TRY_STATUS(CheckFreeSpace(parent, min_free_bytes + latest.size));
  status = engine->RestoreDBFromBackup(latest.backup_id, tables_folder, tables_folder);
  if (!status.ok()) return ToError(status, "restoring from " + folder);
  return {};
}

}  // namespace whowhom::storage

// gz, zip, tar and the like through libarchive, streamed. Nothing is ever written to disk, so names of
// members can do no harm; they only appear in paths ("news.zip!a/b.html").
#pragma once

#include <functional>
#include <string>

#include "read/context.h"
#include "read/source.h"

namespace whowhom::extract::read {

// Bombs are stopped by these; each member and each archive is measured while it is unpacked.
inline constexpr uint64_t kMaxRatio = 100;                  // unpacked : packed bytes, beyond kRatioFree
inline constexpr uint64_t kRatioFree = uint64_t{16} << 20;  // bytes that may be unpacked at any ratio
inline constexpr uint64_t kMaxUnpackedBytes = uint64_t{1} << 40;  // of one archive
inline constexpr uint64_t kMaxMembers = 10'000'000;
inline constexpr int kMaxArchiveDepth = 3;  // archives within archives

using MemberReader = std::function<void(ByteSource* member, const std::string& path)>;

// Calls `read` for each regular file in the archive in stored order. Links, devices and encrypted members are
// reported.
void ReadArchive(BufferedSource* source, const std::string& path, ReadContext* context,
                 const MemberReader& read);

}  // namespace whowhom::extract::read

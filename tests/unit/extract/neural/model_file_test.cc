// The container of a model: what goes in comes out, and damage is named.
#include "neural/model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tiny_model.h"

namespace whowhom::extract::neural {
namespace {

using ::testing::HasSubstr;

std::string SmallFile() {
  ModelFileWriter writer;
  writer.AddFloat32("exact", 2, 3, std::vector<float>{1, 2, 3, 4, 5, 6});
  writer.AddFloat16("half", 1, 2, std::vector<float>{0.5f, -2.0f});
  writer.AddInt8Rows("bytes", 2, 2, std::vector<float>{1.0f, -0.5f, 0.0f, 0.0f});
  writer.AddBytes("lines", "one\ntwo\n");
  return writer.Finish("features", Hash128{1, 2});
}

TEST(Half, RoundTripsEveryHalf) {
  for (uint32_t half = 0; half < 0x10000; ++half) {
    float value = FloatOf(static_cast<uint16_t>(half));
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(FloatOf(HalfOf(value))));
    } else {
      ASSERT_EQ(HalfOf(value), half);
    }
  }
}

TEST(Half, RoundsToNearestEvenAndSaturates) {
  EXPECT_EQ(FloatOf(HalfOf(1.0f + 1.0f / 2048)), 1.0f);
  EXPECT_EQ(FloatOf(HalfOf(1.0f + 3.0f / 2048)), 1.0f + 2.0f / 1024);
  EXPECT_EQ(FloatOf(HalfOf(65519.0f)), 65504.0f);
  EXPECT_TRUE(std::isinf(FloatOf(HalfOf(65520.0f))));
  EXPECT_EQ(FloatOf(HalfOf(-1e-9f)), 0.0f);
}

TEST(ModelFile, ReadsWhatWasWritten) {
  TemporaryFile file(SmallFile());
  auto model = ModelFile::Open(file.path(), "features");
  ASSERT_TRUE(model.ok()) << model.error().message;
  EXPECT_EQ((*model)->GetFloats("exact", 2, 3).value(), (std::vector<float>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ((*model)->GetFloats("half", 1, 2).value(), (std::vector<float>{0.5f, -2.0f}));
  EXPECT_EQ((*model)->GetLines("lines").value(), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ((*model)->training_data(), (Hash128{1, 2}));
  auto rows = (*model)->Get("bytes", TensorType::kInt8Rows, 2, 2);
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(static_cast<int8_t>(rows->data[0]), 127);
  EXPECT_EQ(static_cast<int8_t>(rows->data[1]), -64);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(rows->data.data()) % 64, 0U);
}

TEST(ModelFile, NamesAMissingOrMisshapenTensor) {
  TemporaryFile file(SmallFile());
  auto model = ModelFile::Open(file.path(), "features");
  ASSERT_TRUE(model.ok());
  auto missing = (*model)->GetFloats("absent", 1, 1);
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("absent"));
  auto misshapen = (*model)->GetFloats("exact", 3, 2);
  ASSERT_FALSE(misshapen.ok());
  EXPECT_EQ(misshapen.error().code, ErrorCode::kCorruption);
}

TEST(ModelFile, RefusesEveryTruncation) {
  std::string bytes = SmallFile();
  for (size_t length = 0; length < bytes.size(); length += 13) {
    TemporaryFile file(bytes.substr(0, length));
    auto model = ModelFile::Open(file.path(), "features");
    ASSERT_FALSE(model.ok()) << length;
    EXPECT_EQ(model.error().code, ErrorCode::kCorruption);
    EXPECT_THAT(model.error().message, HasSubstr(file.path()));
  }
}

TEST(ModelFile, RefusesEveryFlippedByte) {
  std::string bytes = SmallFile();
  for (size_t at = 0; at < bytes.size(); at += at < 128 ? 1 : 5) {
    if (at >= 72 && at < 128) continue;  // reserved bytes of the header
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    TemporaryFile file(damaged);
    bool is_training_hash = at >= 40 && at < 56;  // informative: it may say anything
    EXPECT_EQ(ModelFile::Open(file.path(), "features").ok(), is_training_hash) << at;
  }
}

TEST(ModelFile, NamesTheReasonOfRefusal) {
  TemporaryFile file(SmallFile());
  auto features = ModelFile::Open(file.path(), "other features");
  ASSERT_FALSE(features.ok());
  EXPECT_EQ(features.error().code, ErrorCode::kInvalidInput);
  EXPECT_THAT(features.error().message, HasSubstr("features"));

  std::string newer = SmallFile();
  newer[8] = 9;
  file.Write(newer);
  auto version = ModelFile::Open(file.path(), "features");
  ASSERT_FALSE(version.ok());
  EXPECT_EQ(version.error().code, ErrorCode::kNewerVersion);

  std::string magic = SmallFile();
  magic[0] = 'X';
  file.Write(magic);
  auto wrong = ModelFile::Open(file.path(), "features");
  ASSERT_FALSE(wrong.ok());
  EXPECT_THAT(wrong.error().message, HasSubstr("magic"));

  auto absent = ModelFile::Open(file.path() + ".absent", "features");
  ASSERT_FALSE(absent.ok());
  EXPECT_EQ(absent.error().code, ErrorCode::kIo);
  EXPECT_FALSE(ModelFile::Open("/tmp", "features").ok());
}

}  // namespace
}  // namespace whowhom::extract::neural

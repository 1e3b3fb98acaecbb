#include "hubs/sample_block.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "hubs/bus.h"

namespace hubs {

namespace {

// The test vector of the node convention: s=7, t=1790000000000000, r=100, n=2, three i16 channels.
constexpr const char* kVector =
    "a661760161730761741b00065bfeda25e0006172fb4059000000000000616e026164d84d4c0100feff03000400fbff"
    "0600";

base::Bytes hex(const std::string& text) {
  base::Bytes bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(text.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

SampleBlock vectorBlock() {
  return {.sequence = 7,
          .timeMicros = 1'790'000'000'000'000,
          .rate = 100,
          .rows = 2,
          .channels = 3,
          .values = {1, -2, 3, 4, -5, 6}};
}

}  // namespace

TEST(SampleBlock, ReadsTheTestVector) {
  const auto block = decodeSampleBlock(hex(kVector), 3);

  ASSERT_TRUE(block.ok()) << block.error().message;
  EXPECT_EQ(block->sequence, 7u);
  EXPECT_EQ(block->timeMicros, 1'790'000'000'000'000);
  EXPECT_EQ(block->rate, 100);
  EXPECT_EQ(block->rows, 2u);
  EXPECT_EQ(block->channels, 3u);
  EXPECT_TRUE(block->raw);
  EXPECT_EQ(block->values, std::vector<float>({1, -2, 3, 4, -5, 6}));
}

TEST(SampleBlock, WritesTheTestVector) {
  EXPECT_EQ(encodeCbor(vectorBlock(), SampleType::I16), hex(kVector));
}

TEST(SampleBlock, EveryFieldAndTypeSurvives) {
  SampleBlock block = vectorBlock();
  block.boot = 0xdeadbeef;
  block.clock = 2;
  block.lost = 12;
  block.aboutRevision = 3;
  block.values = {1, 2, 3, 4, 5, 6};

  for (const SampleType type : {SampleType::U8, SampleType::I8, SampleType::U16, SampleType::I16,
                                SampleType::I32, SampleType::F32}) {
    const auto read = decodeSampleBlock(encodeCbor(block, type), 3);

    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->boot, block.boot);
    EXPECT_EQ(read->clock, block.clock);
    EXPECT_EQ(read->lost, block.lost);
    EXPECT_EQ(read->aboutRevision, block.aboutRevision);
    EXPECT_EQ(read->values, block.values);
  }
}

TEST(SampleBlock, IntegersAreRoundedAndHeldInTheirRange) {
  SampleBlock block = vectorBlock();
  block.values = {1.6F, -1.6F, 1e9F, -1e9F, std::nanf(""), 127};

  const auto read = decodeSampleBlock(encodeCbor(block, SampleType::I8), 3);

  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->values, std::vector<float>({2, -2, 127, -128, 0, 127}));
}

TEST(SampleBlock, JsonCarriesPhysicalUnitsAndGaps) {
  SampleBlock block = vectorBlock();
  block.values = {1.5F, -2, 3, 4, std::nanf(""), 6};

  const auto read = decodeSampleBlock(encodeJson(block), 3);

  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_FALSE(read->raw);
  EXPECT_EQ(read->values[0], 1.5F);
  EXPECT_TRUE(std::isnan(read->values[4]));
}

TEST(SampleBlock, NonFiniteNumbersStayForTheCallerToMask) {
  SampleBlock block = vectorBlock();
  block.values = {std::numeric_limits<float>::infinity(), std::nanf(""), 1e-45F, 0, 0, 0};

  const auto cbor = decodeSampleBlock(encodeCbor(block, SampleType::F32), 3);
  const auto json =
      decodeSampleBlock(toBytes(R"({"v":1,"s":0,"t":0,"r":1,"n":1,"d":[[1e308,null,1e-320]]})"), 3);

  ASSERT_TRUE(cbor.ok());
  EXPECT_TRUE(std::isinf(cbor->values[0]));
  EXPECT_TRUE(std::isnan(cbor->values[1]));
  ASSERT_TRUE(json.ok()) << json.error().message;
  EXPECT_TRUE(std::isinf(json->values[0]));
  EXPECT_TRUE(std::isnan(json->values[1]));
}

TEST(SampleBlock, RefusesWhatDoesNotFit) {
  for (const char* bad : {
           R"({"v":2,"s":0,"t":0,"r":1,"n":1,"d":[[1,2,3]]})",
           R"({"v":1,"s":-1,"t":0,"r":1,"n":1,"d":[[1,2,3]]})",
           R"({"v":1,"s":0,"t":"now","r":1,"n":1,"d":[[1,2,3]]})",
           R"({"v":1,"s":0,"t":-5,"r":1,"n":1,"d":[[1,2,3]]})",
           R"({"v":1,"s":0,"t":9223372036854775807,"r":1,"n":1,"d":[[1,2,3]]})",
           R"({"v":1,"s":0,"t":0,"r":-1,"n":1,"d":[[1,2,3]]})",
           R"({"v":1,"s":0,"t":0,"r":1e12,"n":1,"d":[[1,2,3]]})",
           R"({"v":1,"s":0,"t":0,"r":1,"n":2,"d":[[1,2,3]]})",
           R"({"v":1,"s":0,"t":0,"r":1,"n":1,"d":[[1,2]]})",
           R"({"v":1,"s":0,"t":0,"r":1,"n":1,"d":[1,2,3]})",
           R"({"v":1,"s":0,"t":0,"r":1,"n":1,"d":[["nan",2,3]]})",
           R"({"v":1,"s":0,"t":0,"r":1,"n":1})",
           R"([1,2,3])",
       }) {
    const auto block = decodeSampleBlock(toBytes(bad), 3);
    ASSERT_FALSE(block.ok()) << bad;
    EXPECT_EQ(block.error().code, base::ErrorCode::Corrupt) << bad;
  }
}

TEST(SampleBlock, RefusesAnUnknownNumberTypeAndTooManyValues) {
  base::Bytes untyped = hex(kVector);
  untyped[untyped.size() - 14] = 99;  // the number behind the tag's first byte
  SampleBlock large = vectorBlock();
  large.rows = 70'000;
  large.channels = 1;
  large.values.assign(70'000, 1);

  EXPECT_FALSE(decodeSampleBlock(untyped, 3).ok());
  EXPECT_FALSE(decodeSampleBlock(encodeCbor(large, SampleType::U8), 1).ok());
  EXPECT_FALSE(decodeSampleBlock(hex(kVector), 4).ok());
  EXPECT_FALSE(decodeSampleBlock(hex(kVector), 0).ok());
}

TEST(SampleBlock, EveryTruncationOfTheVectorIsRefused) {
  const base::Bytes whole = hex(kVector);

  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decodeSampleBlock(std::span(whole).first(length), 3).ok()) << length;
  }
}

}  // namespace hubs

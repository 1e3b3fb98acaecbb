#include "hubs/codec.h"

#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hubs/bus.h"

namespace hubs {

namespace {

using Json = nlohmann::json;

base::Bytes hex(const std::string& text) {
  base::Bytes bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(text.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

bool isCorrupt(const base::Result<Json>& result) {
  return !result && result.error().code == base::ErrorCode::Corrupt;
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) {
    text += piece;
  }
  return text;
}

}  // namespace

// Examples of RFC 8949, appendix A.
TEST(Cbor, ReadsTheExamplesOfTheStandard) {
  const std::pair<const char*, Json> cases[] = {
      {"00", 0},
      {"1818", 24},
      {"1903e8", 1000},
      {"1bffffffffffffffff", 18446744073709551615ULL},
      {"20", -1},
      {"3903e7", -1000},
      {"f90000", 0.0},
      {"f93c00", 1.0},
      {"f97bff", 65504.0},
      {"f90001", 5.960464477539063e-8},
      {"fa47c35000", 100000.0},
      {"fb3ff199999999999a", 1.1},
      {"f4", false},
      {"f5", true},
      {"f6", nullptr},
      {"6449455446", "IETF"},
      {"62c3bc", "\xc3\xbc"},
      {"80", Json::array()},
      {"8301820203820405", Json::parse("[1,[2,3],[4,5]]")},
      {"a0", Json::object()},
      {"a26161016162820203", Json::parse(R"({"a":1,"b":[2,3]})")},
      {"7f657374726561646d696e67ff", "streaming"},
      {"9f018202039f0405ffff", Json::parse("[1,[2,3],[4,5]]")},
      {"bf61610161629f0203ffff", Json::parse(R"({"a":1,"b":[2,3]})")},
      {"c11a514b67b0", 1363896240},
  };

  for (const auto& [bytes, expected] : cases) {
    const auto value = parseCbor(hex(bytes));
    ASSERT_TRUE(value.ok()) << bytes << ": " << value.error().message;
    EXPECT_EQ(*value, expected) << bytes;
  }
  EXPECT_TRUE(std::isinf(parseCbor(hex("f97c00"))->get<double>()));
  EXPECT_TRUE(std::isnan(parseCbor(hex("f97e00"))->get<double>()));
}

TEST(Cbor, KeepsTheTagOfATypedArray) {
  const auto value = parseCbor(hex("d84d440100feff"));

  ASSERT_TRUE(value.ok());
  ASSERT_TRUE(value->is_binary());
  EXPECT_EQ(value->get_binary().subtype(), 77u);
  EXPECT_EQ(value->get_binary().size(), 4u);
}

TEST(Cbor, WritesKeysSortedAndNumbersShort) {
  EXPECT_EQ(toCbor({{"b", 1}, {"a", 500}}), hex("a261611901f4616201"));
}

TEST(Cbor, RefusesWhatIsNotWhole) {
  for (const char* bad : {
           "",                    // nothing
           "18",                  // an integer without its byte
           "1c",                  // reserved length
           "5a7fffffff00",        // two gigabytes announced, one byte there
           "9b7fffffffffffffff",  // an array of 2^63 elements
           "bb7fffffffffffffff",  // a map of 2^63 pairs
           "6261",                // text cut short
           "62c328",              // text that is not UTF-8
           "a10101",              // a key that is a number
           "a2616101616102",      // a key twice
           "0000",                // bytes behind the end
           "ff",                  // an end without a beginning
           "5f6161ff",            // text inside a byte string
           "9f01",                // an open array
           "3bffffffffffffffff",  // below what 64 bits hold
           "df",                  // a tag without number
           "f8ff",                // a simple value nobody knows
       }) {
    EXPECT_TRUE(isCorrupt(parseCbor(hex(bad)))) << bad;
  }
}

TEST(Cbor, RefusesBombs) {
  const std::string nested = repeated("81", 100'000) + "00";
  const std::string tags = repeated("c1", 100'000) + "00";
  const std::string many = "9f" + repeated("00", 20'000) + "ff";

  EXPECT_TRUE(isCorrupt(parseCbor(hex(nested))));
  EXPECT_TRUE(isCorrupt(parseCbor(hex(tags))));
  EXPECT_TRUE(isCorrupt(parseCbor(hex(many))));
  EXPECT_TRUE(isCorrupt(parseCbor(base::Bytes(300'000, 0))));
  EXPECT_TRUE(parseCbor(hex(repeated("81", 32) + "00")).ok());
  EXPECT_TRUE(isCorrupt(parseCbor(hex(repeated("81", 33) + "00"))));
}

TEST(JsonCodec, RefusesBombs) {
  std::string keys = "{";
  for (int i = 0; i < 1'000'000; ++i) {
    keys += "\"" + std::to_string(i) + "\":0,";
  }
  keys += "\"end\":0}";
  CodecLimits roomy;
  roomy.bytes = 64 << 20;

  EXPECT_TRUE(isCorrupt(parseJson(toBytes(keys))));
  EXPECT_TRUE(isCorrupt(parseJson(toBytes(keys), roomy)));
  EXPECT_TRUE(isCorrupt(parseJson(toBytes(repeated("[", 100'000)), roomy)));
  EXPECT_TRUE(parseJson(toBytes(repeated("[", 32) + repeated("]", 32))).ok());
  EXPECT_TRUE(isCorrupt(parseJson(toBytes(repeated("[", 33) + repeated("]", 33)))));
  EXPECT_TRUE(parseJson(toBytes("\"" + repeated("[", 1000) + "\"")).ok());
}

TEST(JsonCodec, RefusesHostileValues) {
  for (const char* bad : {"NaN", "[NaN]", "{\"a\":Infinity}", "[-Infinity]", "nan", "[1e999]",
                          "\"\xff\"", "\"\xc0\xaf\"", "[1,]", "{\"a\":}", "{a:1}", "", "[1] x",
                          "\"\\ud800\"", "[0x10]", "[01]", "\"a\nb\""}) {
    EXPECT_TRUE(isCorrupt(parseJson(toBytes(bad)))) << bad;
  }
  EXPECT_TRUE(parseJson(toBytes("[1e308, -0.0, 5e-324]")).ok());
}

TEST(JsonCodec, NamesTheFirstWrongByte) {
  const auto value = parseJson(toBytes("[1,?]"));

  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.error().message, "not valid JSON at byte 4");
}

TEST(JsonCodec, EitherLooksAtTheFirstByte) {
  EXPECT_EQ(*parseEither(toBytes("{\"a\":1}")), Json({{"a", 1}}));
  EXPECT_EQ(*parseEither(hex("a1616101")), Json({{"a", 1}}));
}

TEST(Fields, AnswerWithTheFallbackWhereTheyDoNotFit) {
  const Json object = Json::parse(
      R"({"t":"x","n":2.5,"i":7,"b":true,"big":18446744073709551615,"huge":1e300,"o":{}})");

  EXPECT_EQ(textField(object, "t"), "x");
  EXPECT_EQ(textField(object, "n", "none"), "none");
  EXPECT_EQ(numberField(object, "n"), 2.5);
  EXPECT_EQ(numberField(object, "t", 3), 3);
  EXPECT_EQ(integerField(object, "i"), 7);
  EXPECT_EQ(integerField(object, "n"), 2);
  EXPECT_EQ(integerField(object, "big", -1), -1);
  EXPECT_EQ(integerField(object, "huge", -1), -1);
  EXPECT_TRUE(boolField(object, "b"));
  EXPECT_FALSE(boolField(object, "i"));
  EXPECT_EQ(textField(Json(5), "t", "none"), "none");
}

TEST(Utf8, KnowsWellFormedText) {
  for (const char* good : {"", "plain", "\xc3\xbc", "\xe2\x82\xac", "\xf0\x9f\x8c\xb1"}) {
    EXPECT_TRUE(isUtf8(good)) << good;
  }
  for (const char* bad : {"\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
                          "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "a\xff"}) {
    EXPECT_FALSE(isUtf8(bad));
  }
}

}  // namespace hubs

#include "sensors/base/hash.h"

#include <gtest/gtest.h>

namespace {

base::Bytes bytesOf(const std::string& text) { return {text.begin(), text.end()}; }

TEST(Hash, GivesThePublishedDigestsOfKnownTexts) {
  // FIPS 180-4 examples.
  EXPECT_EQ(base::sha256(bytesOf("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(base::sha256({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, PiecesGiveTheSameAsTheWhole) {
  base::Hasher hasher;

  hasher.add("a").add(bytesOf("b")).addValue('c');

  EXPECT_EQ(hasher.finish(), base::sha256(bytesOf("abc")));
}

TEST(Hash, RandomTextHasTwoDigitsPerByteAndDiffersEachTime) {
  const std::string one = base::randomHex(16);
  const std::string two = base::randomHex(16);

  EXPECT_EQ(one.size(), 32U);
  EXPECT_EQ(one.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(one, two);
}

}  // namespace

#include "app/training/messages.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

#include "hubs/codec.h"

namespace app {
namespace {

const Header kHeader{"attic", "00ff00ff00ff00ff", 7, "k1"};

BlobRef inlineRef(const std::string& text) {
  BlobRef ref;
  ref.content.assign(text.begin(), text.end());
  ref.descriptor.id = base::sha256(ref.content);
  ref.descriptor.size = ref.content.size();
  return ref;
}

BlobRef pulledRef() {
  BlobRef ref;
  ref.descriptor = hubs::describe(base::Bytes(300'000, 5));
  ref.indirect = true;
  return ref;
}

/// Every kind of message with every field set.
std::vector<Content> allKinds() {
  const Token token{4, 11};
  return {
      Info{"Attic Pi", "attic", "0.1", 4, 7.5, {"knn", "logistic"}, {"offer"}},
      Status{"offline", "stopped"},
      Heartbeat{
          0.25, 3.5, 2, {{"wb-1", "main", token, "training"}}, {{"main", std::string(64, 'a')}}},
      Coordinator{9, 1234},
      Offer{"main", token, inlineRef("rows"), R"({"learners":["knn"]})"},
      Grant{"main", token, 30'000},
      Cancel{"main", token},
      Ack{"main", token},
      Deploy{"main", token, pulledRef()},
      Ping{42},
      Accept{"wb-1", "main", token},
      Refuse{"wb-1", "main", token, "refused", "not newer", {4, 12}},
      Progress{"wb-1", "main", token, "training", 0.5},
      Quick{"wb-1", "main", token, inlineRef("model")},
      TrainingResult{"wb-1", "main", token, pulledRef(), inlineRef("{}")},
      Failed{"wb-1", "main", "", token, "oom", "too large"},
      Active{"wb-1", "main", std::string(64, 'b'), token},
      Pong{"wb-1", 42},
  };
}

TEST(Messages, EveryKindComesBackAsItWas) {
  for (const Content& content : allKinds()) {
    const auto bytes = encode(kHeader, content);
    ASSERT_TRUE(bytes) << content.index();
    const auto letter = decodeLetter(*bytes);

    ASSERT_TRUE(letter) << content.index() << ": " << letter.error().message;
    EXPECT_EQ(letter->header, kHeader);
    EXPECT_EQ(letter->content.index(), content.index());
    EXPECT_EQ(encode(kHeader, letter->content).value(), *bytes) << content.index();
  }
}

TEST(Messages, HeartbeatSaysWhatIsHeldAndServed) {
  const Heartbeat beat{0.25, 3.5, 2, {{"wb-1", "main", {4, 11}, "training"}}, {{"main", "ab12"}}};

  const auto letter = decodeLetter(encode(kHeader, beat).value());

  ASSERT_TRUE(letter);
  const auto& read = std::get<Heartbeat>(letter->content);
  EXPECT_EQ(read.jobs, beat.jobs);
  EXPECT_EQ(read.models, beat.models);
  EXPECT_EQ(read.load, 0.25);
  EXPECT_EQ(read.lost, 2);
}

TEST(Messages, UnknownFieldsAreIgnoredAndUnknownKindsAreNamed) {
  auto map = *hubs::parseCbor(encode(kHeader, Ping{42}).value());
  map["colour"] = "red";
  const auto extended = decodeLetter(hubs::toCbor(map));
  map["type"] = "defragment";
  const auto unknown = decodeLetter(hubs::toCbor(map));

  ASSERT_TRUE(extended);
  EXPECT_EQ(std::get<Ping>(extended->content).nonce, 42);
  ASSERT_TRUE(unknown);
  EXPECT_EQ(std::get<Unknown>(unknown->content).kind, "defragment");
}

TEST(Messages, AnotherVersionOfTheProtocolIsRefused) {
  auto map = *hubs::parseCbor(encode(kHeader, Ping{42}).value());
  map["v"] = 2;

  const auto letter = decodeLetter(hubs::toCbor(map));

  ASSERT_FALSE(letter);
  EXPECT_EQ(letter.error().code, base::ErrorCode::Unsupported);
}

TEST(Messages, WhatLacksSenderTaskTokenOrContentIsRefused) {
  const auto whole = *hubs::parseCbor(encode(kHeader, allKinds()[4]).value());
  for (const char* key : {"src", "boot", "seq", "task", "token", "data", "v"}) {
    auto map = whole;
    map.erase(key);
    EXPECT_FALSE(decodeLetter(hubs::toCbor(map))) << key;
  }
  for (const char* task : {"", "../etc", "a/b", "Main", "a b"}) {
    auto map = whole;
    map["task"] = task;
    EXPECT_FALSE(decodeLetter(hubs::toCbor(map))) << task;
  }
}

TEST(Messages, ContentThatHasAnotherHashIsRefused) {
  auto map = *hubs::parseCbor(encode(kHeader, allKinds()[4]).value());
  map["data"]["id"] = std::string(64, '0');

  EXPECT_FALSE(decodeLetter(hubs::toCbor(map)));
}

TEST(Messages, AControlMessageIsAtMost64Kilobytes) {
  const Content large = Quick{"wb-1", "main", {1, 1}, inlineRef(std::string(70'000, 'x'))};

  const auto bytes = encode(kHeader, large);

  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, base::ErrorCode::InvalidArgument);
}

TEST(Messages, LongReasonsAreCutBetweenCharacters) {
  std::string reason(1023, 'x');
  reason += "\xC3\xA4 and more";

  const auto letter =
      decodeLetter(encode(kHeader, Failed{"wb-1", "main", "", {1, 1}, "crash", reason}).value());

  ASSERT_TRUE(letter);
  EXPECT_EQ(std::get<Failed>(letter->content).reason, std::string(1023, 'x'));
}

TEST(Messages, MutatedAndTruncatedBytesNeverDoHarm) {
  std::mt19937 random(5);
  for (const Content& content : allKinds()) {
    const base::Bytes whole = encode(kHeader, content).value();
    for (std::size_t end = 0; end < whole.size(); end += 1 + whole.size() / 97) {
      EXPECT_FALSE(decodeLetter(std::span(whole).first(end)));
    }
    for (int i = 0; i < 300; ++i) {
      base::Bytes mutated = whole;
      for (int k = 0; k < 3; ++k) {
        mutated[random() % mutated.size()] = static_cast<std::uint8_t>(random());
      }
      const auto letter = decodeLetter(mutated);
      EXPECT_TRUE(!letter || encode(letter->header, letter->content));
    }
  }
}

TEST(Seen, TellsRepeatedMessagesFromNewOnes) {
  Seen seen;

  EXPECT_TRUE(seen.isNew({"a", "b", 1, ""}));
  EXPECT_TRUE(seen.isNew({"a", "b", 2, ""}));
  EXPECT_FALSE(seen.isNew({"a", "b", 1, ""}));
  EXPECT_TRUE(seen.isNew({"a", "c", 1, ""}));  // another start of the same sender
}

TEST(Token, EpochComesBeforeFence) {
  EXPECT_LT((Token{1, 99}), (Token{2, 1}));
  EXPECT_LT((Token{2, 1}), (Token{2, 2}));
}

TEST(Causes, ComeBackAsTheCodesTheyWere) {
  for (int i = 0; i <= static_cast<int>(base::ErrorCode::Internal); ++i) {
    const auto code = static_cast<base::ErrorCode>(i);
    EXPECT_EQ(codeOf(causeOf(code)), code);
  }
  EXPECT_EQ(codeOf("never heard of"), base::ErrorCode::Internal);
}

}  // namespace
}  // namespace app

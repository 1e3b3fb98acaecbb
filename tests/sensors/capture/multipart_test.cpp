#include "sensors/capture/multipart.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using sensors::capture::boundaryOf;
using sensors::capture::MultipartReader;

std::span<const std::uint8_t> bytesOf(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The parts of `body`, given in pieces of `piece` bytes.
std::vector<std::string> partsOf(const std::string& body, std::size_t piece) {
  std::vector<std::string> parts;
  MultipartReader reader(
      "b", [&](const base::Bytes& part) { parts.emplace_back(part.begin(), part.end()); });
  for (std::size_t at = 0; at < body.size(); at += piece) {
    EXPECT_TRUE(reader.push(bytesOf(body.substr(at, piece))).ok());
  }
  return parts;
}

TEST(Multipart, ReadsTheBoundaryAsCamerasWriteIt) {
  EXPECT_EQ(boundaryOf("multipart/x-mixed-replace; boundary=frame"), "frame");
  EXPECT_EQ(boundaryOf("multipart/x-mixed-replace;boundary=\"--my frame\""), "my frame");
  EXPECT_EQ(boundaryOf("multipart/x-mixed-replace; Boundary=--x; charset=y"), "x");
  EXPECT_EQ(boundaryOf("image/jpeg"), "");
  EXPECT_EQ(boundaryOf("multipart/mixed; boundary=" + std::string(71, 'a')), "");
}

TEST(Multipart, GivesTheSamePartsHoweverTheBytesArrive) {
  const std::string body =
      "ignored\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Length: 7\r\n\r\none\r\n--\r\n"
      "--b\r\nContent-Type: image/jpeg\r\n\r\ntwo two\r\n--b\ncontent-length: 3\n\nabc\n--b--\r\n";
  const std::vector<std::string> expected = {"one\r\n--", "two two", "abc"};

  for (std::size_t piece = 1; piece <= body.size(); ++piece) {
    EXPECT_EQ(partsOf(body, piece), expected) << "in pieces of " << piece;
  }
}

TEST(Multipart, RefusesWhatNeverEnds) {
  const std::string endless(MultipartReader::kMostHeader + 2, 'x');
  MultipartReader noBoundary("b", [](const base::Bytes&) {});
  MultipartReader longHeader("b", [](const base::Bytes&) {});
  MultipartReader hugePart("b", [](const base::Bytes&) {});

  EXPECT_FALSE(noBoundary.push(bytesOf(endless)).ok());
  EXPECT_FALSE(noBoundary.push(bytesOf("--b\r\n\r\n")).ok());
  EXPECT_FALSE(longHeader.push(bytesOf("--b\r\n" + endless)).ok());
  EXPECT_FALSE(hugePart.push(bytesOf("--b\r\nContent-Length: 99999999999\r\n\r\n")).ok());
}

}  // namespace

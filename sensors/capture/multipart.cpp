#include "sensors/capture/multipart.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <charconv>

namespace sensors::capture {

namespace {

/// A boundary is at most 70 characters (RFC 2046, section 5.1.1).
constexpr std::size_t kMostBoundary = 70;

std::string lower(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return low;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

std::string boundaryOf(std::string_view contentType) {
  const std::size_t at = lower(contentType).find("boundary=");
  if (at == std::string_view::npos) return {};
  std::string_view rest = contentType.substr(at + 9);
  if (!rest.empty() && rest.front() == '"') {
    rest.remove_prefix(1);
    rest = rest.substr(0, rest.find('"'));
  } else {
    rest = trimmed(rest.substr(0, rest.find_first_of("; ,")));
  }
  if (rest.starts_with("--")) rest.remove_prefix(2);
  return rest.size() > kMostBoundary ? std::string() : std::string(rest);
}

MultipartReader::MultipartReader(std::string_view boundary, OnPart onPart)
    : delimiter_("--" + std::string(boundary)), onPart_(std::move(onPart)) {
  assert(!boundary.empty());
}

base::Result<void> MultipartReader::push(std::span<const std::uint8_t> bytes) {
  if (state_ != State::Broken) {
    held_.insert(held_.end(), bytes.begin(), bytes.end());
    while (step()) {
    }
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ = 0;
  }
  if (state_ == State::Broken) {
    held_ = {};
    return base::Error{base::ErrorCode::Corrupt, "the stream of pictures cannot be followed"};
  }
  return {};
}

bool MultipartReader::step() {
  switch (state_) {
    case State::Boundary:
      return readBoundary();
    case State::Header:
      return readHeader();
    case State::Counted:
      return readCounted();
    case State::Searched:
      return readSearched();
    case State::Broken:
      break;
  }
  return false;
}

void MultipartReader::drop(std::size_t n) {
  used_ += n;
  searched_ = 0;
}

bool MultipartReader::fail() {
  state_ = State::Broken;
  return false;
}

bool MultipartReader::readBoundary() {
  const std::string_view text = view();
  const std::size_t at = text.find(delimiter_);
  if (at == std::string_view::npos) {
    return text.size() > kMostHeader ? fail() : false;
  }
  const std::size_t after = at + delimiter_.size();
  const std::size_t end = text.find('\n', after);
  if (end == std::string_view::npos) return text.size() - at > kMostHeader ? fail() : false;
  drop(end + 1);
  state_ = State::Header;
  return true;
}

bool MultipartReader::readHeader() {
  const std::string_view text = view();
  std::size_t begin = 0;
  bool isCounted = false;
  std::size_t length = 0;
  for (;;) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return text.size() > kMostHeader ? fail() : false;
    if (end > kMostHeader) return fail();
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || lower(line.substr(0, colon)) != "content-length") {
      continue;
    }
    const std::string_view value = trimmed(line.substr(colon + 1));
    const auto read = std::from_chars(value.data(), value.data() + value.size(), length);
    isCounted = read.ec == std::errc() && read.ptr == value.data() + value.size() && length > 0;
    if (isCounted && length > kMostPart) return fail();
  }
  drop(begin);
  length_ = length;
  state_ = isCounted ? State::Counted : State::Searched;
  return true;
}

void MultipartReader::give(std::size_t length) {
  const std::string_view text = view().substr(0, length);
  onPart_(base::Bytes(text.begin(), text.end()));
}

bool MultipartReader::readCounted() {
  if (view().size() < length_) return false;
  give(length_);
  drop(length_);
  state_ = State::Boundary;
  return true;
}

bool MultipartReader::readSearched() {
  const std::string_view text = view();
  const std::size_t at = text.find(delimiter_, searched_);
  if (at == std::string_view::npos) {
    // The boundary may have begun in the last bytes.
    searched_ = text.size() - std::min(text.size(), delimiter_.size());
    return text.size() > kMostPart ? fail() : false;
  }
  std::size_t length = at;
  if (length > 0 && text[length - 1] == '\n') --length;
  if (length > 0 && text[length - 1] == '\r') --length;
  give(length);
  drop(at);
  state_ = State::Boundary;
  return true;
}

}  // namespace sensors::capture

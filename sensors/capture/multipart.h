#pragma once
// MultipartReader: takes a multipart HTTP body ("motion JPEG") apart as its bytes arrive.
// It knows nothing of pictures and decodes nothing.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace sensors::capture {

/// The boundary named by a content type such as "multipart/x-mixed-replace; boundary=frame", as
/// cameras write it: quoted or not, with or without the two dashes. Empty where there is none.
std::string boundaryOf(std::string_view contentType);

/// One thread at a time. A part ends where its Content-Length says, else at the next boundary.
class MultipartReader {
 public:
  static constexpr std::size_t kMostHeader = 8 * 1024;
  static constexpr std::size_t kMostPart = std::size_t{16} << 20;

  using OnPart = std::function<void(base::Bytes part)>;

  /// `boundary` as boundaryOf() gives it; must not be empty.
  MultipartReader(std::string_view boundary, OnPart onPart);

  /// Takes the next bytes; calls `onPart` for each part that is complete with them.
  /// Errors: Corrupt once a header or a part is too long, or no boundary comes; for good then.
  base::Result<void> push(std::span<const std::uint8_t> bytes);

 private:
  enum class State { Boundary, Header, Counted, Searched, Broken };

  bool step();  ///< false where more bytes are needed
  bool readBoundary();
  bool readHeader();
  bool readCounted();
  bool readSearched();
  void give(std::size_t length);
  void drop(std::size_t n);
  bool fail();
  std::string_view view() const {
    return {reinterpret_cast<const char*>(held_.data()) + used_, held_.size() - used_};
  }

  const std::string delimiter_;  ///< "--boundary"
  OnPart onPart_;
  base::Bytes held_;
  std::size_t used_ = 0;      ///< bytes at the front of `held_` that are done with
  std::size_t searched_ = 0;  ///< bytes after them that hold no boundary
  std::size_t length_ = 0;    ///< of a counted part
  State state_ = State::Boundary;
};

}  // namespace sensors::capture

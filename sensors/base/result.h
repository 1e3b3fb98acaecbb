#pragma once
// Result: a value, or the reason there is none. Error: a code for the program, a sentence for
// people.

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace base {

enum class ErrorCode {
  InvalidArgument,  ///< the caller or a file said something that cannot be
  NotFound,         ///< what was named does not exist
  Unavailable,      ///< not now: a link is down, a queue is full, somebody else holds it
  Refused,          ///< the other side said no
  Io,               ///< disk, socket or device failed
  Corrupt,          ///< bytes are not what they claim to be
  Unsupported,      ///< made by a newer or different program
  Cancelled,        ///< somebody asked to stop
  Timeout,          ///< no answer in time
  Internal,         ///< a library failed in a way nobody can act on
};

/// One sentence for a person that names the thing that failed, and a code to act on.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
};

inline Error invalid(std::string message) {
  return {ErrorCode::InvalidArgument, std::move(message)};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(error_);
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace base

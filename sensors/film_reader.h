#pragma once
// FilmReader: the pictures of a film file from beginning to end, as fast as they are taken. They are
// decoded in a mimosa-camera process, so that a file from elsewhere can do no more than end that.

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "sensors/base/result.h"
#include "sensors/block.h"

namespace sensors {

struct FilmPicture {
  base::Duration at{0};  ///< after the film's begin; rising
  Image image;
};

/// One thread, the one that opens it.
class FilmReader {
 public:
  static constexpr base::Duration kPatience = std::chrono::seconds(30);  ///< for one picture
  static constexpr base::Duration kLongest = std::chrono::hours(6);

  /// `rate`: pictures a second, [0.01, 60]; `longest`: pixels of a picture's longer side.
  /// `program`: mimosa-camera; empty: beside this program.
  /// Errors: NotFound for no such file; Io where no process can be started.
  static base::Result<FilmReader> open(const std::filesystem::path& file, double rate, int longest,
                                       const std::filesystem::path& program = {});
  FilmReader(FilmReader&&) noexcept;
  ~FilmReader();

  /// The next picture; nothing at the end. Pictures that cannot be decoded are left out, counted.
  /// Errors: Corrupt where it is no film or ends its process; Cancelled; Timeout; InvalidArgument
  /// beyond kLongest.
  base::Result<std::optional<FilmPicture>> next(std::stop_token stop);
  base::Duration length() const;  ///< as the file says; 0: unknown
  std::size_t lost() const;

 private:
  struct Impl;
  explicit FilmReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sensors

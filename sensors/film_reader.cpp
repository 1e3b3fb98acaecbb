#include "sensors/film_reader.h"

#include <algorithm>
#include <array>
#include <deque>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sensors/camera_process.h"
#include "sensors/capture/wire.h"
#include "sensors/jpeg_header.h"

namespace sensors {

namespace {

std::filesystem::path usualProgram() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (error ? std::filesystem::path() : self.parent_path()) / "mimosa-camera";
}

}  // namespace

struct FilmReader::Impl {
  std::string name;
  CameraProcess process;
  capture::Descriptor wake;
  capture::MessageReader reader;
  std::deque<capture::Message> waiting;
  std::shared_ptr<const base::Bytes> background;
  base::Duration length{0};
  base::Duration last{-1};
  std::size_t lost = 0;
  bool isOver = false;

  base::Error error(base::ErrorCode code, const std::string& what) const {
    return {code, name + " " + what + "."};
  }

  /// Reads until there is a message. Errors: as next().
  base::Result<void> wait(const std::stop_token& stop) {
    const std::stop_callback onStop(stop, [this] {
      const std::uint64_t one = 1;
      [[maybe_unused]] const auto wrote = ::write(wake.get(), &one, sizeof one);
    });
    std::array<std::uint8_t, 64 * 1024> buffer{};
    while (waiting.empty()) {
      if (stop.stop_requested()) return error(base::ErrorCode::Cancelled, "was not read to its end");
      std::array<pollfd, 2> watched{{{process.messages(), POLLIN, 0}, {wake.get(), POLLIN, 0}}};
      const auto patience = std::chrono::duration_cast<std::chrono::milliseconds>(kPatience).count();
      const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(patience));
      if (ready < 0 && errno == EINTR) continue;
      if (ready == 0) return error(base::ErrorCode::Timeout, "gave no picture for half a minute");
      if (watched[0].revents == 0) continue;
      const ssize_t got = ::read(process.messages(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return error(base::ErrorCode::Corrupt, "ended the program that decodes it");
      auto messages = reader.push(buffer.data(), static_cast<std::size_t>(got));
      if (!messages) return messages.error();
      for (capture::Message& message : *messages) waiting.push_back(std::move(message));
    }
    return {};
  }

  /// A picture of `message`, where it is one.
  std::optional<FilmPicture> picture(const capture::Message& message) {
    auto taken = capture::takenFrom(message.body);
    const auto size = taken ? jpegSize(taken->jpeg) : base::Result<PictureSize>(base::Error{});
    const base::Duration at(taken ? taken->steadyNs : 0);
    if (!taken || !size || at <= last) {
      ++lost;
      return std::nullopt;
    }
    last = at;
    if (!taken->background.empty() && jpegSize(taken->background)) {
      background = std::make_shared<const base::Bytes>(std::move(taken->background));
    }
    return FilmPicture{.at = at,
                       .image = {.width = size->width,
                                 .height = size->height,
                                 .jpeg = std::move(taken->jpeg),
                                 .background = background}};
  }
};

FilmReader::FilmReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FilmReader::FilmReader(FilmReader&&) noexcept = default;
FilmReader::~FilmReader() = default;

base::Result<FilmReader> FilmReader::open(const std::filesystem::path& file, double rate,
                                          int longest, const std::filesystem::path& program) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "There is no film " + file.string() + "."};
  }
  auto process = CameraProcess::start(program.empty() ? usualProgram() : program);
  if (!process) return process.error();
  const capture::Orders orders{.address = std::filesystem::absolute(file).string(),
                               .rate = std::clamp(rate, 0.01, 60.0),
                               .shape = {.longest = longest},
                               .film = true};
  const std::string line = capture::toJson(orders) + "\n";
  if (!capture::writeAll(process->orders(), line.data(), line.size())) {
    return base::Error{base::ErrorCode::Io, "The program that decodes films did not start."};
  }
  return FilmReader(std::make_unique<Impl>(
      Impl{.name = file.filename().string(),
           .process = *std::move(process),
           .wake = capture::Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))}));
}

base::Result<std::optional<FilmPicture>> FilmReader::next(std::stop_token stop) {
  while (!impl_->isOver) {
    if (auto waited = impl_->wait(stop); !waited) return waited.error();
    const capture::Message message = std::move(impl_->waiting.front());
    impl_->waiting.pop_front();
    const std::string text(message.body.begin(), message.body.end());
    switch (message.kind) {
      case capture::Kind::Picture:
        if (auto picture = impl_->picture(message)) {
          if (picture->at > kLongest) {
            return impl_->error(base::ErrorCode::InvalidArgument, "is longer than six hours");
          }
          return std::optional(*std::move(picture));
        }
        break;
      case capture::Kind::Said:
        if (const auto said = capture::saidFrom(text)) {
          impl_->length = base::fromSeconds(std::clamp(said->seconds, 0.0, 1e6));
        }
        break;
      case capture::Kind::Trouble:
        return impl_->error(base::ErrorCode::Corrupt, text);
      case capture::Kind::Lost:
        ++impl_->lost;
        break;
      case capture::Kind::End:
        impl_->isOver = true;
        break;
    }
  }
  return std::optional<FilmPicture>();
}

base::Duration FilmReader::length() const { return impl_->length; }
std::size_t FilmReader::lost() const { return impl_->lost; }

}  // namespace sensors

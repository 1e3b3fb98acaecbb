// The sixty-second loop with a camera and nothing else: a street that people walk through, seen
// over RTSP and as an HTTP stream. What was shown with the first half of the film is asked with the
// second.

#include <atomic>
#include <fstream>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>
#include <opencv2/videoio.hpp>

#include "tests/support/home_session.h"
#include "tests/support/picture_server.h"
#include "tests/support/pictures.h"
#include "tests/support/rtsp_camera.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::live;
using support::waitUntil;

constexpr int kRate = 10;
constexpr int kQuestions = 10;
constexpr const char* kPeople = "people in view";
constexpr const char* kNobody = "nobody";

/// What the camera is pointed at. The empty street is the median of the film, with the grain of a
/// camera.
enum class View { Nobody, People, LaterPeople };

struct Film {
  std::vector<base::Bytes> nobody;
  std::vector<base::Bytes> people;
  std::vector<base::Bytes> laterPeople;

  const std::vector<base::Bytes>& of(View view) const {
    return view == View::Nobody ? nobody : view == View::People ? people : laterPeople;
  }
};

cv::Mat medianOf(const std::vector<cv::Mat>& pictures) {
  cv::Mat median(pictures.front().size(), CV_8UC3);
  std::vector<std::uint8_t> levels(pictures.size());
  const std::size_t bytes = median.total() * 3;
  for (std::size_t i = 0; i < bytes; ++i) {
    for (std::size_t p = 0; p < pictures.size(); ++p) levels[p] = pictures[p].data[i];
    std::nth_element(levels.begin(),
                     levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2), levels.end());
    median.data[i] = levels[levels.size() / 2];
  }
  return median;
}

std::optional<Film> theFilm() {
  const std::filesystem::path file = std::filesystem::path(MIMOSA_SHARED) / "data/video/vtest.avi";
  if (!std::filesystem::exists(file)) return {};
  cv::VideoCapture capture(file.string());
  std::vector<cv::Mat> pictures;
  cv::Mat picture;
  while (capture.read(picture)) {
    cv::Mat small;
    cv::resize(picture, small, {384, 288}, 0, 0, cv::INTER_AREA);
    pictures.push_back(small);
  }
  std::vector<cv::Mat> some;
  for (std::size_t i = 0; i < pictures.size(); i += 20) some.push_back(pictures[i]);
  const cv::Mat empty = medianOf(some);
  Film film;
  cv::RNG random(5);
  for (int i = 0; i < 50; ++i) {
    cv::Mat grain(empty.size(), CV_16SC3);
    random.fill(grain, cv::RNG::NORMAL, 0, 3);
    cv::Mat street;
    cv::add(empty, grain, street, cv::noArray(), CV_8UC3);
    film.nobody.push_back(support::jpegOf(street, 85));
  }
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    auto& half = i < pictures.size() / 2 ? film.people : film.laterPeople;
    half.push_back(support::jpegOf(pictures[i], 85));
  }
  return film;
}

/// A camera that can be pointed elsewhere and pulled out.
class Stand {
 public:
  virtual ~Stand() = default;
  virtual std::string address() const = 0;
  virtual void show(View view) = 0;
  virtual void unplug() = 0;
  virtual void plugIn() = 0;
};

class HttpStand final : public Stand {
 public:
  explicit HttpStand(const Film& film)
      : server_(
            [this, &film](std::uint64_t n) {
              const auto& pictures = film.of(view_);
              return pictures[n % pictures.size()];
            },
            kRate) {}
  std::string address() const override { return server_.url("/stream"); }
  void show(View view) override { view_ = view; }
  void unplug() override { server_.unplug(); }
  void plugIn() override { server_.plugIn(); }

 private:
  std::atomic<View> view_ = View::Nobody;
  support::PictureServer server_;
};

/// The server reads files; which ones a link says.
class RtspStand final : public Stand {
 public:
  RtspStand(const Film& film, std::filesystem::path folder) : folder_(std::move(folder)) {
    constexpr std::size_t kFiles = 350;
    for (const View view : {View::Nobody, View::People, View::LaterPeople}) {
      std::filesystem::create_directories(of(view));
      const auto& pictures = film.of(view);
      for (std::size_t i = 0; i < kFiles; ++i) {
        char name[16];
        std::snprintf(name, sizeof name, "%04zu.jpg", i);
        const base::Bytes& jpeg = pictures[i % pictures.size()];
        std::ofstream(of(view) / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(jpeg.data()),
                   static_cast<std::streamsize>(jpeg.size()));
      }
    }
    show(View::Nobody);
    server_ = support::RtspCamera::start(folder_ / "shown", kRate);
  }
  bool works() const { return server_ != nullptr; }
  std::string address() const override { return server_->url(); }
  void show(View view) override {
    const auto fresh = folder_ / "next";
    std::filesystem::create_directory_symlink(of(view), fresh);
    std::filesystem::rename(fresh, folder_ / "shown");
  }
  void unplug() override { server_->unplug(); }
  void plugIn() override { server_->plugIn(); }

 private:
  std::filesystem::path of(View view) const {
    return folder_ / std::to_string(static_cast<int>(view));
  }

  const std::filesystem::path folder_;
  std::unique_ptr<support::RtspCamera> server_;
};

void teach(app::Session& session, Stand& stand, const std::string& label, View view, int round) {
  stand.show(view);
  live(session, milliseconds(2500));  // the next windows hold nothing of what was before
  session.startRecording(support::labelId(session, label));
  live(session, seconds(4));
  session.stopRecording();
  ASSERT_TRUE(waitUntil([&] { return support::enabledOf(session, label) == round; }))
      << support::describe(session);
}

/// How many of the next answers are `label`.
int answers(app::Session& session, Stand& stand, View view, const std::string& label) {
  stand.show(view);
  live(session, seconds(5));
  int right = 0;
  base::Time last = session.now();
  for (int i = 0; i < kQuestions; ++i) {
    EXPECT_TRUE(waitUntil(
        [&] {
          const auto answer = session.latest();
          return answer && answer->prediction.span.end > last;
        },
        seconds(10)))
        << support::describe(session);
    const auto answer = session.latest();
    if (answer) last = answer->prediction.span.end;
    right += support::heardNow(session) == label ? 1 : 0;
  }
  return right;
}

void loop(Stand& stand, const std::filesystem::path& folder) {
  app::SessionOptions options = support::homeOptions(folder);
  options.startDemoHome = false;
  const auto session = support::openSession(options);
  ASSERT_TRUE(session);
  const base::Time begun = session->now();
  session->setWindow({seconds(2), milliseconds(500)});
  session->addLocal({.kind = "camera", .device = stand.address(), .name = "Street camera"});
  ASSERT_TRUE(waitUntil(
      [&] {
        const auto sources = session->snapshot()->sources;
        return !sources.empty() && sources.front().counts.blocks > 5;
      },
      seconds(40)))
      << support::describe(*session);
  for (const char* label : {kPeople, kNobody}) {
    session->addLabel(label);
    ASSERT_TRUE(waitUntil([&] { return support::labelId(*session, label) != 0; }));
  }
  for (int round = 1; round <= 3; ++round) {
    teach(*session, stand, kNobody, View::Nobody, round);
    teach(*session, stand, kPeople, View::People, round);
    if (testing::Test::HasFatalFailure()) return;
  }
  ASSERT_TRUE(waitUntil(
      [&] {
        const auto model = session->snapshot()->model;
        return model.version > 0 && model.phase == app::ModelPhase::Ready && model.newExamples == 0;
      },
      seconds(60)))
      << support::describe(*session);
  std::printf("from nothing to a model of all examples: %.0f s\n",
              base::toSeconds(session->now() - begun));

  const int people = answers(*session, stand, View::LaterPeople, kPeople);
  const int nobody = answers(*session, stand, View::Nobody, kNobody);
  std::printf("people in view: %d of %d right; nobody: %d of %d right\n", people, kQuestions,
              nobody, kQuestions);
  EXPECT_GE(people, 8 * kQuestions / 10);
  EXPECT_GE(nobody, 8 * kQuestions / 10);

  stand.unplug();
  EXPECT_TRUE(waitUntil(
      [&] {
        const auto answer = session->latest();
        const bool quiet = !answer || answer->stale ||
                           answer->prediction.state == learners::PredictionState::NoData;
        const auto snapshot = session->snapshot();
        return quiet && !snapshot->locals.empty() && !snapshot->locals.front().trouble.empty() &&
               snapshot->sources.front().silent;
      },
      seconds(40)))
      << support::describe(*session);
  const auto locals = session->snapshot()->locals;
  if (!locals.empty()) std::printf("pulled out: \"%s\"\n", locals.front().trouble.c_str());
  stand.plugIn();
  EXPECT_TRUE(waitUntil(
      [&] {
        return support::heardNow(*session) == kNobody &&
               session->snapshot()->locals.front().trouble.empty();
      },
      seconds(60)))
      << support::describe(*session);
}

TEST(CameraLoop, AnHttpStreamIsLearntAnswersAndReturnsAfterItWasPulledOut) {
  const auto film = theFilm();
  if (!film) GTEST_SKIP() << "left out: there is no film beside this project";
  const support::TempFolder folder;
  HttpStand stand(*film);

  loop(stand, folder.path());
}

TEST(CameraLoop, AnRtspStreamIsLearntAnswersAndReturnsAfterItWasPulledOut) {
  const auto film = theFilm();
  if (!film) GTEST_SKIP() << "left out: there is no film beside this project";
  const support::TempFolder folder;
  RtspStand stand(*film, folder.path() / "pictures");
  if (!stand.works()) {
    GTEST_SKIP() << "left out: no RTSP server here (python3-gi, gir1.2-gst-rtsp-server-1.0, "
                    "gstreamer1.0-plugins-good)";
  }

  loop(stand, folder.path());
}

}  // namespace

#include "ui/starter_maker.h"

#include <utility>

namespace ui {

StarterMaker::StarterMaker(Make make, QObject* parent) : QObject(parent), make_(std::move(make)) {}

void StarterMaker::make(const app::Starter& starter, const std::filesystem::path& project) {
  leave();
  wish_ = Wish{&starter, project};
  begin();
}

void StarterMaker::leave() {
  wish_.reset();
  left_ = busy_;
  thread_.request_stop();
}

void StarterMaker::begin() {
  if (busy_ || !wish_) {
    return;
  }
  busy_ = true;
  left_ = false;
  // The former thread has posted its end: joining it does not wait.
  thread_ = std::jthread([this, wish = *wish_](std::stop_token stop) {
    const auto done = make_(*wish.starter, wish.project, std::move(stop));
    QMetaObject::invokeMethod(
        this, [this, id = std::string(wish.starter->id), done] { end(id, done); },
        Qt::QueuedConnection);
  });
}

void StarterMaker::end(const std::string& starter, const base::Result<void>& done) {
  busy_ = false;
  if (done) {
    made_.insert(starter);
  }
  if (std::exchange(left_, false)) {
    return begin();
  }
  wish_.reset();
  if (done) {
    Q_EMIT made();
  } else {
    Q_EMIT failed(QString::fromStdString(done.error().message));
  }
}

}  // namespace ui

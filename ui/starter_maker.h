#pragma once
// StarterMaker: makes a project to begin with beside the window, one at a time. Whoever leaves it
// is free at once: what is being made ends by itself, is not opened, and the next one waits for it.

#include <QObject>
#include <functional>
#include <optional>
#include <set>
#include <thread>

#include "app/starters.h"

namespace ui {

/// GUI thread. Its destructor waits for what is being made.
class StarterMaker final : public QObject {
  Q_OBJECT

 public:
  using Make = std::function<base::Result<void>(
      const app::Starter& starter, const std::filesystem::path& project, std::stop_token stop)>;

  /// `make` runs on a thread of its own.
  explicit StarterMaker(Make make, QObject* parent = nullptr);

  /// Begins as soon as what was left has ended; the one asked for last is made.
  void make(const app::Starter& starter, const std::filesystem::path& project);
  /// Nothing is wanted any longer. Never waits.
  void leave();
  /// It was made here since the program began, by somebody who stayed or left.
  bool hasMade(const std::string& starter) const { return made_.contains(starter); }

 Q_SIGNALS:
  /// The one that is wanted is there.
  void made();
  void failed(const QString& reason);

 private:
  struct Wish {
    const app::Starter* starter;
    std::filesystem::path project;
  };
  void begin();
  void end(const std::string& starter, const base::Result<void>& done);

  Make make_;
  std::set<std::string> made_;
  std::optional<Wish> wish_;
  bool busy_ = false;  ///< the thread works
  bool left_ = false;  ///< on something that nobody wants
  std::jthread thread_;
};

}  // namespace ui

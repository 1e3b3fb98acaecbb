#pragma once
// SessionBridge: between a Session and the widgets: its changes become one Qt signal, its data a
// Feed, and the intents of widgets its commands.

#include <QObject>

#include "app/session.h"
#include "ui/change_relay.h"
#include "ui/feed.h"
#include "ui/intent.h"

namespace ui {

/// GUI thread. The session must be destroyed before the bridge: its threads call the relay.
class SessionBridge final : public QObject {
  Q_OBJECT

 public:
  /// Becomes the session's one change listener.
  explicit SessionBridge(app::Session& session, QObject* parent = nullptr);

  app::SnapshotPtr snapshot() const { return session_.snapshot(); }
  Feed feed() const;
  void carryOut(const Intent& intent);

 Q_SIGNALS:
  /// At most once per turn of the event loop.
  void changed();

 private:
  app::Session& session_;
  ChangeRelay relay_;
};

}  // namespace ui

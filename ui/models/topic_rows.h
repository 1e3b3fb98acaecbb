#pragma once
// TopicRows: brokers and their topics in the words a person reads. Plain values.

#include <QString>
#include <QStringList>
#include <vector>

#include "app/snapshot.h"
#include "app/topic_desk.h"
#include "hubs/topic_channel.h"

namespace ui {

/// A line of the tree: a topic, or one value inside its messages.
struct TopicRow {
  QString name;   ///< "occupancy", "climate › temperature"
  QString value;  ///< "21.5", "ON", "12 values", "picture, 34 KB"
  QString rate;   ///< "2/s", "every 30 s", or empty
  QString tip;    ///< the message's beginning, or why it cannot be read
  bool canUse = false;  ///< can become a channel
  bool isOld = false;   ///< a stored message: nobody has sent it since we listen
};
/// The levels of a topic's name, each shown as a branch.
QStringList topicLevels(const std::string& topic);
/// The topic itself; a plain value can be used, JSON opens to its values.
TopicRow topicRow(const hubs::TopicView& topic);
TopicRow leafRow(const hubs::TopicView& topic, const hubs::TopicLeaf& leaf);
/// "now", "4 s", "3 min", "old value".
QString heardText(base::Duration age, bool isOld);

/// What a click on a value proposes; `pointer` names one of its leaves.
hubs::TopicChannel proposedChannel(const std::string& broker, const hubs::TopicView& topic,
                                   const std::string& pointer);
/// "a number, 12 to 86 so far", "on or off", "one of idle, heating".
QString readingText(const hubs::TopicChannel& channel, const hubs::TopicLeaf& leaf);
/// Is it a channel of the project already?
bool isChannel(const app::Snapshot& snapshot, const hubs::TopicChannel& channel);

struct BrokerRow {
  std::string broker;
  QString title;
  QString detail;          ///< "asks for a password", "used before as anna"
  bool needsLogin = false; ///< to be asked for before anything else
  friend bool operator==(const BrokerRow&, const BrokerRow&) = default;
};
std::vector<BrokerRow> brokerRows(const app::TopicDeskView& view);
/// What looking does, before it is done.
QString lookTip(const app::TopicDeskView& view);
/// "Looking… 40 %", "2 brokers answered.", "No broker answered. …", or what looking would ask.
QString lookWords(const app::TopicDeskView& view);
/// "128 topics, 4 512 messages", with what had no room.
QString totalsWords(const app::TopicDeskView& view);
/// Why nothing is heard, or empty while the broker is there.
QString troubleWords(const app::TopicDeskView& view);

}  // namespace ui

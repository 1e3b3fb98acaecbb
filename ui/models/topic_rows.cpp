#include "ui/models/topic_rows.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("topics", text); }
QString tr(const char* text, int n) {
  return QCoreApplication::translate("topics", text, nullptr, n);
}

/// "2", "0.25", "1840": no digits a device did not send.
QString plain(double value) { return QLocale().toString(value, 'g', 6); }

bool isUsable(const hubs::Leaf& leaf) {
  return leaf.kind == hubs::LeafKind::Number || leaf.kind == hubs::LeafKind::Switch ||
         leaf.kind == hubs::LeafKind::Word;
}

QString rateText(const hubs::TopicView& topic) {
  if (topic.perSecond <= 0) {
    return {};
  }
  if (topic.perSecond >= 1) {
    return tr("%1/s").arg(QLocale().toString(topic.perSecond, 'g', 2));
  }
  return tr("every %1").arg(words::duration(base::fromSeconds(1 / topic.perSecond)));
}

const hubs::TopicLeaf* findLeaf(const hubs::TopicView& topic, const std::string& pointer) {
  for (const hubs::TopicLeaf& leaf : topic.leaves) {
    if (leaf.last.pointer == pointer) {
      return &leaf;
    }
  }
  return nullptr;
}

QString loginText(const app::BrokerView& broker) {
  if (broker.broker == hubs::kProjectBroker) {
    return tr("the broker of this project");
  }
  if (broker.isKnown) {
    return broker.user.empty() ? tr("used before")
                                 : tr("used before as %1").arg(QString::fromStdString(broker.user));
  }
  switch (broker.login) {
    case hubs::FoundBroker::Login::None:
      return tr("asks for no password");
    case hubs::FoundBroker::Login::Password:
      return tr("asks for a user name and a password");
    case hubs::FoundBroker::Login::Unknown:
      break;
  }
  return broker.isEncrypted ? tr("encrypted") : tr("answers");
}

}  // namespace

QStringList topicLevels(const std::string& topic) {
  return QString::fromStdString(topic).split(QLatin1Char('/'));
}

TopicRow topicRow(const hubs::TopicView& topic) {
  TopicRow row{.name = topicLevels(topic.topic).last(),
               .rate = rateText(topic),
               .tip = QString::fromStdString(topic.text),
               .isOld = topic.isOld};
  const QString size = words::bytes(static_cast<double>(topic.bytes));
  switch (topic.kind) {
    case hubs::PayloadKind::Json: {
      const auto usable = std::count_if(topic.leaves.begin(), topic.leaves.end(),
                                        [](const auto& l) { return isUsable(l.last); });
      row.value = tr("%n values", static_cast<int>(usable));
      break;
    }
    case hubs::PayloadKind::Plain:
      row.value = QString::fromStdString(topic.text);
      row.canUse = !topic.leaves.empty() && isUsable(topic.leaves.front().last);
      break;
    case hubs::PayloadKind::Picture:
      row.value = tr("picture, %1").arg(size);
      break;
    case hubs::PayloadKind::Bytes:
      row.value = tr("no text, %1").arg(size);
      break;
    case hubs::PayloadKind::Broken:
      row.value = tr("cannot be read");
      row.tip = QString::fromStdString(topic.trouble);
      break;
    case hubs::PayloadKind::Empty:
      row.value = tr("empty");
      break;
  }
  return row;
}

TopicRow leafRow(const hubs::TopicView& topic, const hubs::TopicLeaf& leaf) {
  const QString text = QString::fromStdString(leaf.last.text);
  return {.name = QString::fromStdString(hubs::pointerForPeople(leaf.last.pointer)),
          .value = leaf.last.kind == hubs::LeafKind::Empty ? tr("nothing") : text,
          .rate = {},
          .tip = text,
          .canUse = isUsable(leaf.last),
          .isOld = topic.isOld};
}

QString heardText(base::Duration age, bool isOld) {
  if (isOld) {
    return tr("old value");
  }
  const double seconds = base::toSeconds(age);
  return seconds < 1.5 ? tr("now") : words::duration(base::fromSeconds(std::floor(seconds)));
}

hubs::TopicChannel proposedChannel(const std::string& broker, const hubs::TopicView& topic,
                                   const std::string& pointer) {
  const hubs::TopicLeaf* leaf = findLeaf(topic, pointer);
  return leaf == nullptr ? hubs::TopicChannel{.broker = broker, .topic = topic.topic}
                         : hubs::guessChannel(broker, topic.topic, leaf->last, leaf->words);
}

QString readingText(const hubs::TopicChannel& channel, const hubs::TopicLeaf& leaf) {
  switch (channel.as) {
    case hubs::LeafKind::Switch:
      return tr("on or off: 1 or 0");
    case hubs::LeafKind::Word: {
      QStringList words;
      for (const std::string& word : channel.words) {
        words << QString::fromStdString(word);
      }
      return tr("a word, counted from 0: %1; any other is %2")
          .arg(words.join(QStringLiteral(", ")))
          .arg(channel.words.size());
    }
    default:
      break;
  }
  return leaf.smallest == leaf.largest
             ? tr("a number, %1 so far").arg(plain(leaf.smallest))
             : tr("a number, %1 to %2 so far")
                   .arg(plain(leaf.smallest), plain(leaf.largest));
}

bool isChannel(const app::Snapshot& snapshot, const hubs::TopicChannel& channel) {
  const std::string id = hubs::localSourceOf(channel).id;
  return std::any_of(snapshot.locals.begin(), snapshot.locals.end(),
                     [&](const auto& local) { return local.source.id == id; });
}

std::vector<BrokerRow> brokerRows(const app::TopicDeskView& view) {
  std::vector<BrokerRow> rows;
  for (const app::BrokerView& broker : view.brokers) {
    const QString address = QString::fromStdString(broker.address);
    const QString name = broker.name == "this computer" ? tr("this computer")
                                                        : QString::fromStdString(broker.name);
    rows.push_back({.broker = broker.broker,
                    .title = name.isEmpty() ? address : tr("%1 – %2").arg(address, name),
                    .detail = loginText(broker),
                    .needsLogin = !broker.isKnown &&
                                  (broker.login == hubs::FoundBroker::Login::Password ||
                                   broker.isEncrypted)});
  }
  return rows;
}

QString lookTip(const app::TopicDeskView& view) {
  QStringList networks;
  for (const std::string& network : view.networks) {
    networks << QString::fromStdString(network);
  }
  return networks.isEmpty()
             ? tr("Asks this computer at the ports 1883 and 8883. It is in no home network now.")
             : tr("Asks this computer and %1 at the ports 1883 and 8883, and who announces itself. "
                  "It says hello without a name or a password, and takes about ten seconds.")
                   .arg(networks.join(QStringLiteral(", ")));
}

QString lookWords(const app::TopicDeskView& view) {
  if (view.looking) {
    return tr("Looking… %1").arg(words::percent(view.progress));
  }
  if (!view.looked) {
    return lookTip(view);
  }
  const auto found = std::count_if(view.brokers.begin(), view.brokers.end(), [](const auto& b) {
    return b.login != hubs::FoundBroker::Login::Unknown || !b.isKnown;
  });
  return found > 0 ? tr("%n brokers answered.", static_cast<int>(found))
                   : tr("No broker answered at the usual ports. If yours has another port or is in "
                        "another network, type its address.");
}

QString totalsWords(const app::TopicDeskView& view) {
  const hubs::TopicTotals& totals = view.totals;
  QString line = tr("%n topics", static_cast<int>(totals.topics)) + QStringLiteral(", ") +
                 tr("%1 messages").arg(words::number(static_cast<double>(totals.messages)));
  if (totals.leftOut > 0) {
    line += tr(", %1 had no room: narrow it down to a part of the topics")
                .arg(words::number(static_cast<double>(totals.leftOut)));
  }
  return line;
}

QString troubleWords(const app::TopicDeskView& view) {
  if (!view.trouble.empty()) {
    return QString::fromStdString(view.trouble);
  }
  const bool away = view.link.state == hubs::LinkState::Lost ||
                    view.link.state == hubs::LinkState::Refused;
  return !view.browsing.empty() && away ? QString::fromStdString(view.link.reason) : QString();
}

}  // namespace ui

#pragma once
// TopicsFeed: what the window reads and asks of brokers and their topics, so that a test can bring
// its own. Each call returns at once; what it did is seen in the next view.

#include <functional>
#include <string>
#include <vector>

#include "app/topic_desk.h"

namespace ui {

/// GUI thread. All are set, or none: then no broker can be looked for. As app::TopicDesk.
struct TopicsFeed {
  std::function<app::TopicDeskView()> view;
  std::function<void()> look;
  std::function<void(const app::BrokerLogin& login, const std::string& filter)> listenWith;
  std::function<void(const std::string& broker, const std::string& filter)> listenTo;
  std::function<void()> leave;
  std::function<std::vector<hubs::TopicViewPtr>(std::uint64_t revision, std::size_t most)>
      changedSince;
};

}  // namespace ui

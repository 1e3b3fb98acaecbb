#pragma once
// TopicDesk: what a person does to get at the values of somebody else's devices: find a broker, log
// in, look through its topics. Making a channel of a value is Session::addLocal with what
// hubs::localSourceOf gives.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/broker_book.h"
#include "app/director.h"
#include "hubs/broker_finder.h"
#include "hubs/topic_browser.h"

namespace hubs {
class BrokerLinks;
}

namespace app {

/// A broker a person can choose.
struct BrokerView {
  std::string broker;  ///< hubs::kProjectBroker or its address: what channels are kept with
  std::string address;
  std::string name;  ///< "this computer", what it announces itself as, or empty
  hubs::FoundBroker::Login login = hubs::FoundBroker::Login::Unknown;
  bool isEncrypted = false;
  bool isKnown = false;  ///< a login for it is remembered
  std::string user;
};

struct TopicDeskView {
  std::vector<BrokerView> brokers;  ///< the project's own, those known, those found
  bool looking = false;
  double progress = 0;                ///< of looking, [0, 1]
  bool looked = false;                ///< it was looked for at least once
  std::vector<std::string> networks;  ///< "192.168.1.x": what looking asks
  std::string browsing;               ///< broker whose topics are heard; empty: none
  std::string filter;
  hubs::LinkStatus link;
  hubs::TopicTotals totals;
  std::string trouble;  ///< why it cannot be listened to, or empty
};

/// Thread-safe; calls return at once, connections come and go on a thread of its own.
class TopicDesk {
 public:
  /// A login was remembered for `broker`; what listens to it has to log in anew. Any thread.
  using OnLogin = std::function<void(const std::string& broker)>;

  /// `own`: the project's broker in words, empty where it is a private one nobody else speaks to.
  TopicDesk(BrokerBook& book, hubs::BrokerLinks& links, std::string own, const base::Clock& clock,
            OnLogin onLogin = {});
  ~TopicDesk();

  /// Looks once at this computer and its networks.
  void lookForBrokers(hubs::FinderPlan plan = hubs::usualPlan());
  /// Logs in and listens, as below. How is remembered once the broker let it in, so that a mistyped
  /// password takes nobody's place.
  void listenWith(const BrokerLogin& login, const std::string& filter = "#");
  /// Listens to a broker of the list.
  void listenTo(const std::string& broker, const std::string& filter = "#");
  /// Listens and looks no longer.
  void leave();

  TopicDeskView view() const;
  std::vector<hubs::TopicViewPtr> changedSince(std::uint64_t revision, std::size_t most) const;
  hubs::TopicViewPtr find(const std::string& topic) const;

 private:
  std::shared_ptr<hubs::TopicBrowser> browser() const;
  void open(const std::string& broker, const base::Result<hubs::MqttOptions>& options,
            const std::string& filter);
  void keepLogin(std::uint64_t attempt);

  BrokerBook& book_;
  hubs::BrokerLinks& links_;
  const std::string own_;
  const base::Clock& clock_;
  const OnLogin onLogin_;
  const std::vector<std::string> networks_;
  // Of the director's thread.
  std::optional<BrokerLogin> tried_;  ///< not let in yet
  std::uint64_t attempt_ = 0;         ///< counts what was listened to
  mutable std::mutex mutex_;  ///< of what follows
  std::shared_ptr<hubs::BrokerFinder> finder_;
  std::shared_ptr<hubs::TopicBrowser> browser_;
  std::string browsing_;
  std::string filter_;
  std::string trouble_;
  std::vector<BrokerLogin> known_;
  Director director_;
};

}  // namespace app

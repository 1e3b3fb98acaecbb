#include "app/topic_desk.h"

#include <algorithm>

#include "hubs/broker_links.h"
#include "hubs/topic_channel.h"

namespace app {

TopicDesk::TopicDesk(BrokerBook& book, hubs::BrokerLinks& links, std::string own,
                     const base::Clock& clock, OnLogin onLogin)
    : book_(book),
      links_(links),
      own_(std::move(own)),
      clock_(clock),
      onLogin_(std::move(onLogin)),
      networks_(hubs::networksAround(hubs::ownAddresses())),
      known_(book.all()),
      director_(clock) {}

TopicDesk::~TopicDesk() {
  director_.stop();
  browser_.reset();  // what it hears of its link goes to the director
}

void TopicDesk::lookForBrokers(hubs::FinderPlan plan) {
  director_.post([this, plan = std::move(plan)] {
    auto next = std::make_shared<hubs::BrokerFinder>(plan);
    std::shared_ptr<hubs::BrokerFinder> former;  // ended outside the lock
    std::lock_guard lock(mutex_);
    former = std::exchange(finder_, std::move(next));
  });
}

void TopicDesk::listenWith(const BrokerLogin& login, const std::string& filter) {
  director_.post([this, login, filter] {
    const auto options = mqttOptionsOf(login);
    if (!options) {
      std::lock_guard lock(mutex_);
      trouble_ = options.error().message;
      return;
    }
    open(hubs::brokerUrl(*options), hubs::listeningOptions(*options), filter);
    const auto opened = browser();
    if (!opened) return;
    tried_ = login;
    opened->onStatus([this, attempt = attempt_](const hubs::LinkStatus& status) {
      if (status.state != hubs::LinkState::Online) return;
      director_.post([this, attempt] { keepLogin(attempt); });
    });
  });
}

void TopicDesk::keepLogin(std::uint64_t attempt) {
  if (attempt != attempt_ || !tried_) return;
  const BrokerLogin login = *std::exchange(tried_, std::nullopt);
  if (const auto kept = book_.keep(login); !kept) {
    std::lock_guard lock(mutex_);
    trouble_ = kept.error().message;
    return;
  }
  const std::string broker = hubs::brokerUrl(*hubs::parseBrokerUrl(login.url));
  links_.forget(broker);
  {
    std::lock_guard lock(mutex_);
    known_ = book_.all();
  }
  if (onLogin_) onLogin_(broker);
}

void TopicDesk::listenTo(const std::string& broker, const std::string& filter) {
  director_.post([this, broker, filter] { open(broker, links_.optionsFor(broker), filter); });
}

void TopicDesk::leave() {
  director_.post([this] {
    ++attempt_;
    tried_.reset();
    std::shared_ptr<hubs::TopicBrowser> former;  // ended outside the lock: it says goodbye
    std::shared_ptr<hubs::BrokerFinder> finder;
    std::lock_guard lock(mutex_);
    former = std::exchange(browser_, nullptr);
    finder = std::exchange(finder_, nullptr);
    browsing_.clear();
    trouble_.clear();
  });
}

void TopicDesk::open(const std::string& broker, const base::Result<hubs::MqttOptions>& options,
                     const std::string& filter) {
  ++attempt_;
  tried_.reset();
  std::shared_ptr<hubs::TopicBrowser> former;
  {
    std::lock_guard lock(mutex_);
    former = std::exchange(browser_, nullptr);
    browsing_ = broker;
    filter_ = filter;
    trouble_.clear();
  }
  former.reset();
  auto opened = options ? hubs::TopicBrowser::open(*options, filter, clock_)
                        : base::Result<std::unique_ptr<hubs::TopicBrowser>>(options.error());
  std::lock_guard lock(mutex_);
  if (opened) {
    browser_ = *std::move(opened);
  } else {
    browsing_.clear();
    trouble_ = opened.error().message;
  }
}

std::shared_ptr<hubs::TopicBrowser> TopicDesk::browser() const {
  std::lock_guard lock(mutex_);
  return browser_;
}

TopicDeskView TopicDesk::view() const {
  TopicDeskView view;
  view.networks = networks_;
  if (!own_.empty()) {
    view.brokers.push_back({.broker = hubs::kProjectBroker, .address = own_, .isKnown = true});
  }
  std::shared_ptr<hubs::BrokerFinder> finder;
  std::shared_ptr<hubs::TopicBrowser> browser;
  {
    std::lock_guard lock(mutex_);
    finder = finder_;
    browser = browser_;
    view.browsing = browsing_;
    view.filter = filter_;
    view.trouble = trouble_;
    for (const BrokerLogin& login : known_) {
      if (login.url == own_) continue;
      view.brokers.push_back({.broker = login.url,
                              .address = login.url,
                              .isEncrypted = login.url.starts_with("mqtts:"),
                              .isKnown = true,
                              .user = login.user});
    }
  }
  if (finder) {
    const hubs::FinderState state = finder->state();
    view.looked = true;
    view.looking = !state.done;
    view.progress = state.progress;
    for (const hubs::FoundBroker& found : state.found) {
      const auto same = std::find_if(view.brokers.begin(), view.brokers.end(), [&](const auto& b) {
        return b.address == found.address;
      });
      if (same != view.brokers.end()) {
        same->name = found.name;
        same->login = found.login;
        continue;
      }
      view.brokers.push_back({.broker = found.address,
                              .address = found.address,
                              .name = found.name,
                              .login = found.login,
                              .isEncrypted = found.isEncrypted});
    }
  }
  if (browser) {
    view.link = browser->status();
    view.totals = browser->totals();
  }
  return view;
}

std::vector<hubs::TopicViewPtr> TopicDesk::changedSince(std::uint64_t revision,
                                                        std::size_t most) const {
  const auto heard = browser();
  return heard ? heard->changedSince(revision, most) : std::vector<hubs::TopicViewPtr>();
}

hubs::TopicViewPtr TopicDesk::find(const std::string& topic) const {
  const auto heard = browser();
  return heard ? heard->find(topic) : nullptr;
}

}  // namespace app

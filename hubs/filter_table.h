#pragma once
// FilterTable: which subscriptions of this client stand behind which filter, and whom a message's
// subscription identifiers mean. Only for MqttBus.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hubs/dispatcher.h"

namespace hubs {

/// One thread at a time: the link's mutex guards it.
///
/// A broker sends a message once for each matching filter of a client and names the filter by the
/// identifier given with SUBSCRIBE; a second SUBSCRIBE of the same filter replaces the first. So
/// each SUBSCRIBE gets a fresh identifier: retained messages under it are for the one subscription
/// that caused it, all others for everyone behind the filter.
class FilterTable {
 public:
  using Id = Dispatcher::Id;

  struct Route {
    Id id = 0;
    std::string filter;
    bool single = false;  ///< made for the one subscription `id`
  };

  Id nextId();
  void add(const std::string& filter, Delivery delivery, Id id);
  /// True where nobody is left behind the filter.
  bool remove(const std::string& filter, Id id);
  /// Fresh identifiers for all filters, after a connect.
  std::vector<Route> renew();
  /// Those of `identifiers` that are known and fit the topic.
  std::vector<Route> routesFor(const std::vector<std::uint32_t>& identifiers,
                               const std::string& topic) const;
  Delivery deliveryOf(const std::string& filter) const;
  /// Empty where unknown.
  std::string filterOf(Id id) const;

 private:
  struct Filter {
    Delivery delivery = Delivery::AtMostOnce;
    std::set<Id> members;
  };
  std::map<std::string, Filter> filters_;
  std::map<Id, Route> routes_;
  Id last_ = 0;
};

}  // namespace hubs

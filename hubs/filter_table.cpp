#include "hubs/filter_table.h"

namespace hubs {

namespace {

/// Subscription identifiers of MQTT end here.
constexpr Dispatcher::Id kLargestId = 268'435'455;

}  // namespace

FilterTable::Id FilterTable::nextId() { return last_ = last_ % kLargestId + 1; }

void FilterTable::add(const std::string& filter, Delivery delivery, Id id) {
  Filter& entry = filters_[filter];
  entry.members.insert(id);
  if (delivery == Delivery::AtLeastOnce) entry.delivery = delivery;
  routes_[id] = {id, filter, true};
}

bool FilterTable::remove(const std::string& filter, Id id) {
  const auto entry = filters_.find(filter);
  if (entry == filters_.end()) return false;
  entry->second.members.erase(id);
  if (!entry->second.members.empty()) return false;
  filters_.erase(entry);
  std::erase_if(routes_, [&](const auto& route) { return route.second.filter == filter; });
  return true;
}

std::vector<FilterTable::Route> FilterTable::renew() {
  routes_.clear();
  std::vector<Route> routes;
  for (const auto& [filter, entry] : filters_) {
    const Route route{nextId(), filter, false};
    routes_[route.id] = route;
    routes.push_back(route);
  }
  return routes;
}

std::vector<FilterTable::Route> FilterTable::routesFor(
    const std::vector<std::uint32_t>& identifiers, const std::string& topic) const {
  std::vector<Route> routes;
  for (const Id id : identifiers) {
    const auto route = routes_.find(id);
    // An identifier of an earlier session may mean another filter by now.
    if (route != routes_.end() && topicMatches(route->second.filter, topic)) {
      routes.push_back(route->second);
    }
  }
  return routes;
}

Delivery FilterTable::deliveryOf(const std::string& filter) const {
  const auto entry = filters_.find(filter);
  return entry == filters_.end() ? Delivery::AtMostOnce : entry->second.delivery;
}

std::string FilterTable::filterOf(Id id) const {
  const auto route = routes_.find(id);
  return route == routes_.end() ? std::string() : route->second.filter;
}

}  // namespace hubs

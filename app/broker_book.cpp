#include "app/broker_book.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/children.h"
#include "hubs/codec.h"

namespace app {

namespace {

constexpr std::size_t kMost = 100;
/// The authorities this system trusts, as Debian keeps them.
constexpr const char* kUsualAuthorities = "/etc/ssl/certs/ca-certificates.crt";

}  // namespace

base::Result<hubs::MqttOptions> mqttOptionsOf(const BrokerLogin& login) {
  auto options = hubs::parseBrokerUrl(login.url);
  if (!options) return options;
  options->user = login.user;
  options->password = login.password;
  if (options->tls) {
    options->tls->caFile = login.certificate.empty() ? kUsualAuthorities : login.certificate;
  }
  return options;
}

std::filesystem::path BrokerBook::usualFile() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  const std::filesystem::path base = config && *config
                                         ? std::filesystem::path(config)
                                         : std::filesystem::path(home ? home : "/tmp") / ".config";
  return base / "mimosa" / "brokers";
}

std::vector<BrokerLogin> BrokerBook::read() const {
  std::vector<BrokerLogin> logins;
  std::ifstream in(file_);
  std::stringstream text;
  text << in.rdbuf();
  const auto parsed = hubs::parseJson(hubs::toBytes(text.str()));
  if (!parsed || !parsed->is_array()) return logins;
  for (const nlohmann::json& item : *parsed) {
    if (!item.is_object() || logins.size() >= kMost) continue;
    BrokerLogin login{.url = hubs::textField(item, "url"),
                      .user = hubs::textField(item, "user"),
                      .password = hubs::textField(item, "password"),
                      .certificate = hubs::textField(item, "certificate")};
    if (hubs::parseBrokerUrl(login.url)) logins.push_back(std::move(login));
  }
  return logins;
}

std::vector<BrokerLogin> BrokerBook::all() const {
  std::lock_guard lock(mutex_);
  return read();
}

base::Result<void> BrokerBook::keep(const BrokerLogin& login) {
  const auto options = mqttOptionsOf(login);
  if (!options) return options.error();
  BrokerLogin kept = login;
  kept.url = hubs::brokerUrl(*options);
  std::lock_guard lock(mutex_);
  std::vector<BrokerLogin> logins = read();
  if (!logins.empty() && logins.front() == kept) return {};
  std::erase_if(logins, [&](const BrokerLogin& other) { return other.url == kept.url; });
  logins.insert(logins.begin(), kept);
  nlohmann::json list = nlohmann::json::array();
  for (const BrokerLogin& one : logins) {
    if (list.size() >= kMost) break;
    list.push_back({{"url", one.url},
                    {"user", one.user},
                    {"password", one.password},
                    {"certificate", one.certificate}});
  }
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);
  const std::filesystem::path fresh = file_.string() + ".new";
  const std::string text =
      list.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  const bool written = writeSecretFile(fresh, text);
  if (written) std::filesystem::rename(fresh, file_, error);
  if (written && !error) return {};
  return base::Error{base::ErrorCode::Io,
                     "How to log in to " + kept.url + " cannot be kept in " + file_.string() + "."};
}

base::Result<hubs::MqttOptions> BrokerBook::optionsFor(const std::string& url) const {
  const auto options = hubs::parseBrokerUrl(url);
  if (!options) return options;
  const std::string plain = hubs::brokerUrl(*options);
  for (const BrokerLogin& login : all()) {
    if (login.url == plain) return mqttOptionsOf(login);
  }
  return mqttOptionsOf({.url = plain});
}

}  // namespace app

#include "hubs/mqtt_words.h"

#include <charconv>

namespace hubs {

namespace {

constexpr int kConnectSeconds = 10;
constexpr int kMostUnacknowledged = 1000;

mqtt::properties propertiesOf(const Message& message) {
  mqtt::properties properties;
  if (!message.contentType.empty()) {
    properties.add({mqtt::property::CONTENT_TYPE, message.contentType});
  }
  if (!message.responseTopic.empty()) {
    properties.add({mqtt::property::RESPONSE_TOPIC, message.responseTopic});
  }
  if (!message.correlation.empty()) {
    const std::string correlation(message.correlation.begin(), message.correlation.end());
    properties.add({mqtt::property::CORRELATION_DATA, correlation});
  }
  if (message.expirySeconds != 0) {
    properties.add({mqtt::property::MESSAGE_EXPIRY_INTERVAL,
                    static_cast<std::int32_t>(message.expirySeconds)});
  }
  return properties;
}

int qosOf(Delivery delivery) { return delivery == Delivery::AtLeastOnce ? 1 : 0; }

std::string textOf(const MQTTLenString& text) {
  return {text.data, static_cast<std::size_t>(std::max(text.len, 0))};
}

mqtt::will_options willOptions(const MqttOptions& options) {
  const Message& will = *options.will;
  mqtt::properties properties = propertiesOf(will);
  if (options.willDelaySeconds) {
    properties.add({mqtt::property::WILL_DELAY_INTERVAL,
                    static_cast<std::int32_t>(*options.willDelaySeconds)});
  }
  return {will.topic,           will.payload.data(),        will.payload.size(),
          qosOf(will.delivery), will.retain == Retain::Yes, properties};
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

mqtt::message_ptr toPaho(const Message& message) {
  return std::make_shared<mqtt::message>(message.topic, message.payload.data(),
                                         message.payload.size(), qosOf(message.delivery),
                                         message.retain == Retain::Yes, propertiesOf(message));
}

Received fromPaho(const mqtt::message& message) {
  Received received;
  Message& out = received.message;
  out.topic = message.get_topic();
  const auto& payload = message.get_payload();
  out.payload.assign(payload.begin(), payload.end());
  out.delivery = message.get_qos() > 0 ? Delivery::AtLeastOnce : Delivery::AtMostOnce;
  out.retain = message.is_retained() ? Retain::Yes : Retain::No;
  const MQTTProperties& properties = message.get_properties().c_struct();
  for (int i = 0; i < properties.count; ++i) {
    const MQTTProperty& property = properties.array[i];
    switch (property.identifier) {
      case MQTTPROPERTY_CODE_CONTENT_TYPE:
        out.contentType = textOf(property.value.data);
        break;
      case MQTTPROPERTY_CODE_RESPONSE_TOPIC:
        out.responseTopic = textOf(property.value.data);
        break;
      case MQTTPROPERTY_CODE_CORRELATION_DATA: {
        const std::string bytes = textOf(property.value.data);
        out.correlation.assign(bytes.begin(), bytes.end());
        break;
      }
      case MQTTPROPERTY_CODE_MESSAGE_EXPIRY_INTERVAL:
        out.expirySeconds = static_cast<std::uint32_t>(property.value.integer4);
        break;
      case MQTTPROPERTY_CODE_SUBSCRIPTION_IDENTIFIER:
        received.subscriptions.push_back(static_cast<std::uint32_t>(property.value.integer4));
        break;
      default:
        break;
    }
  }
  return received;
}

std::string addressText(const MqttOptions& options) {
  return bracketed(options.host) + ":" + std::to_string(options.port);
}

std::string serverUri(const MqttOptions& options) {
  return (options.tls ? "ssl://" : "tcp://") + addressText(options);
}

mqtt::connect_options connectOptions(const MqttOptions& options) {
  mqtt::connect_options connect;
  connect.set_mqtt_version(MQTTVERSION_5);
  connect.set_clean_start(options.cleanStart);
  connect.set_keep_alive_interval(options.keepAliveSeconds);
  connect.set_connect_timeout(kConnectSeconds);
  connect.set_max_inflight(kMostUnacknowledged);
  connect.set_automatic_reconnect(false);
  if (!options.user.empty()) connect.set_user_name(options.user);
  if (!options.password.empty()) connect.set_password(mqtt::binary_ref(options.password));
  mqtt::properties properties;
  if (options.sessionExpirySeconds != 0) {
    properties.add({mqtt::property::SESSION_EXPIRY_INTERVAL,
                    static_cast<std::int32_t>(options.sessionExpirySeconds)});
  }
  if (options.mostPacketBytes != 0) {
    properties.add({mqtt::property::MAXIMUM_PACKET_SIZE,
                    static_cast<std::int32_t>(options.mostPacketBytes)});
  }
  connect.set_properties(std::move(properties));
  if (options.will) connect.set_will(willOptions(options));
  if (options.tls) {
    mqtt::ssl_options tls;
    tls.set_trust_store(options.tls->caFile);
    if (!options.tls->certFile.empty()) tls.set_key_store(options.tls->certFile);
    if (!options.tls->keyFile.empty()) tls.set_private_key(options.tls->keyFile);
    tls.set_enable_server_cert_auth(true);
    tls.set_verify(true);
    connect.set_ssl(std::move(tls));
  }
  return connect;
}

std::string reasonWords(int code) {
  switch (code) {
    case 0x82:
      return "a mistake in the protocol";
    case 0x84:
      return "it does not speak MQTT 5";
    case 0x85:
      return "it does not accept the client name";
    case 0x87:
      return "not authorised";
    case 0x88:
      return "it is not available";
    case 0x89:
      return "it is busy";
    case 0x8A:
      return "this client is banned";
    case 0x8B:
      return "it is shutting down";
    case 0x8D:
      return "it heard nothing from us for too long";
    case 0x8F:
      return "it does not accept the topic filter";
    case 0x90:
      return "it does not accept the topic";
    case 0x93:
      return "too many messages were under way";
    case 0x95:
      return "the message is too large for it";
    case 0x96:
      return "too many messages a second";
    case 0x97:
      return "a quota is used up";
    case 0x98:
      return "its administrator ended the connection";
    case 0x9A:
      return "it does not keep retained messages";
    case 0x9B:
      return "it does not guarantee delivery";
    case 0x9E:
      return "it has no shared subscriptions";
    case 0x9F:
      return "too many connections a second";
    case 0xA2:
      return "it has no subscriptions with wildcards";
    default:
      return "reason code " + std::to_string(code);
  }
}

std::string reasonSentence(int code, const MqttOptions& options) {
  const std::string broker = "The broker " + addressText(options);
  switch (code) {
    case 0x86:
      return broker + " refused the user name or password.";
    case 0x87:
      return broker + " does not allow this user to connect.";
    case 0x8E:
      return "Another program uses this identity (" + options.clientId + ") at the broker " +
             addressText(options) + ".";
    default:
      return broker + " ended the connection: " + reasonWords(code) + ".";
  }
}

bool isRefusal(int code) {
  switch (code) {
    case 0x84:
    case 0x85:
    case 0x86:
    case 0x87:
    case 0x8A:
    case 0x8C:
    case 0x8E:
    case 0x95:
    case 0x97:
    case 0x98:
      return true;
    default:
      return false;
  }
}

base::Result<MqttOptions> parseBrokerUrl(const std::string& url) {
  const auto wrong = [&](const std::string& what) {
    return base::invalid("\"" + url + "\" is no broker address: " + what);
  };
  MqttOptions options;
  std::string rest;
  if (url.starts_with("mqtt://")) {
    rest = url.substr(7);
  } else if (url.starts_with("mqtts://")) {
    rest = url.substr(8);
    options.tls.emplace();
    options.port = 8883;
  } else {
    return wrong("it must begin with mqtt:// or mqtts://");
  }
  if (rest.ends_with('/')) rest.pop_back();
  if (rest.find('@') != std::string::npos) {
    return wrong("user name and password do not belong into it");
  }
  std::size_t colon = rest.rfind(':');
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string::npos) return wrong("the bracket is not closed");
    options.host = rest.substr(1, close - 1);
    colon = close + 1 < rest.size() ? close + 1 : std::string::npos;
    if (colon != std::string::npos && rest[colon] != ':') return wrong("the port is missing");
  } else {
    options.host = rest.substr(0, colon);
  }
  if (options.host.empty()) return wrong("the host is missing");
  if (options.host.find_first_of(" \t/?#") != std::string::npos) {
    return wrong("the host has a character no host has");
  }
  if (colon != std::string::npos) {
    const std::string port = rest.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
    if (error != std::errc() || end != port.data() + port.size() || options.port < 1 ||
        options.port > 65'535) {
      return wrong("the port must be a number from 1 to 65535");
    }
  }
  return options;
}

std::string brokerUrl(const MqttOptions& options) {
  return (options.tls ? "mqtts://" : "mqtt://") + addressText(options);
}

}  // namespace hubs

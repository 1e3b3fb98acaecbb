#include "app/training/messages.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"

namespace app {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 1024;
constexpr std::size_t kLongestRecipe = 8 * 1024;
constexpr std::size_t kLongestList = 256;

json binary(const base::Bytes& bytes) { return json::binary(bytes); }

/// At most `longest` bytes, cut between characters of UTF-8.
std::string shortened(const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// Puts fields into a map.
class Writer {
 public:
  json map = json::object();

  void id(const char* key, const std::string& value) { map[key] = value; }
  void text(const char* key, const std::string& value, std::size_t longest = kLongestText) {
    if (!value.empty()) map[key] = shortened(value, longest);
  }
  void number(const char* key, std::int64_t value) { map[key] = value; }
  void number(const char* key, double value) { map[key] = std::isfinite(value) ? value : 0.0; }
  void token(const char* key, const Token& value) {
    map[key] = json::array({value.epoch, value.fence});
  }
  void blob(const char* key, const BlobRef& value) {
    json ref = json::object();
    if (value.content.empty()) {
      ref["descriptor"] = binary(hubs::encode(value.descriptor));
      if (value.indirect) ref["indirect"] = true;
    } else {
      ref["id"] = value.descriptor.id;
      ref["content"] = binary(value.content);
    }
    map[key] = std::move(ref);
  }
  void texts(const char* key, const std::vector<std::string>& values) { map[key] = values; }
  template <class T>
  void list(const char* key, std::vector<T>& values) {
    json array = json::array();
    for (T& value : values) {
      Writer inner;
      fields(inner, value);
      array.push_back(std::move(inner.map));
    }
    map[key] = std::move(array);
  }
};

/// Takes fields from a map; the first that cannot be is named in `trouble`.
class Reader {
 public:
  explicit Reader(const json& map) : map_(map) {}
  std::string trouble;

  void id(const char* key, std::string& value) {
    value = hubs::textField(map_, key);
    if (!hubs::isId(value)) fail(key);
  }
  void text(const char* key, std::string& value, std::size_t longest = kLongestText) {
    value = hubs::textField(map_, key);
    if (value.size() > longest) fail(key);
  }
  void number(const char* key, std::int64_t& value) { value = hubs::integerField(map_, key); }
  void number(const char* key, double& value) {
    value = hubs::numberField(map_, key);
    if (!std::isfinite(value)) value = 0;
  }
  void token(const char* key, Token& value) {
    const auto found = map_.find(key);
    if (found == map_.end() || !found->is_array() || found->size() != 2 ||
        !(*found)[0].is_number_integer() || !(*found)[1].is_number_integer()) {
      fail(key);
      return;
    }
    value = {(*found)[0].get<std::int64_t>(), (*found)[1].get<std::int64_t>()};
  }
  void blob(const char* key, BlobRef& value) {
    const auto found = map_.find(key);
    if (found == map_.end() || !found->is_object()) {
      fail(key);
      return;
    }
    if (const auto content = found->find("content");
        content != found->end() && content->is_binary()) {
      value.content = content->get_binary();
      value.descriptor.id = hubs::textField(*found, "id");
      value.descriptor.size = value.content.size();
      if (value.content.empty() || base::sha256(value.content) != value.descriptor.id) fail(key);
      return;
    }
    const auto bytes = found->find("descriptor");
    if (bytes == found->end() || !bytes->is_binary()) {
      fail(key);
      return;
    }
    auto descriptor = hubs::decodeDescriptor(bytes->get_binary());
    if (!descriptor) {
      fail(key);
      return;
    }
    value.descriptor = std::move(*descriptor);
    value.indirect = hubs::boolField(*found, "indirect");
  }
  void texts(const char* key, std::vector<std::string>& values) {
    const auto found = map_.find(key);
    if (found == map_.end() || !found->is_array()) return;
    for (const json& item : *found) {
      if (item.is_string() && item.get_ref<const std::string&>().size() <= 64 &&
          values.size() < kLongestList) {
        values.push_back(item.get<std::string>());
      }
    }
  }
  template <class T>
  void list(const char* key, std::vector<T>& values) {
    const auto found = map_.find(key);
    if (found == map_.end() || !found->is_array()) return;
    for (const json& item : *found) {
      if (!item.is_object() || values.size() >= kLongestList) continue;
      Reader inner(item);
      T value;
      fields(inner, value);
      if (inner.trouble.empty()) values.push_back(std::move(value));
    }
  }

 private:
  void fail(const char* key) {
    if (trouble.empty()) trouble = key;
  }
  const json& map_;
};

// One list of fields per kind of message, read and written by the same lines.

template <class A>
void fields(A& a, HeldJob& m) {
  a.id("bench", m.bench);
  a.id("task", m.task);
  a.token("token", m.token);
  a.text("state", m.state);
}
template <class A>
void fields(A& a, ServedModel& m) {
  a.id("model", m.model);
  a.id("hash", m.hash);
}
template <class A>
void fields(A& a, Unknown& m) {
  a.text("kind", m.kind);
}
template <class A>
void fields(A& a, Info& m) {
  a.text("name", m.name);
  a.text("host", m.host);
  a.text("software", m.software);
  a.number("cores", m.cores);
  a.number("memory_gb", m.memoryGb);
  a.text("gpu", m.gpu);
  a.text("place", m.place);
  a.texts("learners", m.learners);
  a.texts("commands", m.commands);
}
template <class A>
void fields(A& a, Status& m) {
  a.text("state", m.state);
  a.text("reason", m.reason);
}
template <class A>
void fields(A& a, Heartbeat& m) {
  a.number("load", m.load);
  a.number("free_gb", m.freeMemoryGb);
  a.number("lost", m.lost);
  a.list("jobs", m.jobs);
  a.list("models", m.models);
}
template <class A>
void fields(A& a, Coordinator& m) {
  a.number("epoch", m.epoch);
  a.number("since", m.since);
}
template <class A>
void fields(A& a, Offer& m) {
  a.id("task", m.task);
  a.token("token", m.token);
  a.blob("data", m.data);
  a.text("recipe", m.recipe, kLongestRecipe);
}
template <class A>
void fields(A& a, Grant& m) {
  a.id("task", m.task);
  a.token("token", m.token);
  a.number("lease_ms", m.leaseMs);
}
template <class A>
void fields(A& a, Cancel& m) {
  a.id("task", m.task);
  a.token("token", m.token);
}
template <class A>
void fields(A& a, Ack& m) {
  a.id("task", m.task);
  a.token("token", m.token);
}
template <class A>
void fields(A& a, Deploy& m) {
  a.id("model", m.model);
  a.token("token", m.token);
  a.blob("ensemble", m.ensemble);
}
template <class A>
void fields(A& a, Ping& m) {
  a.number("nonce", m.nonce);
}
template <class A>
void fields(A& a, Accept& m) {
  a.id("bench", m.bench);
  a.id("task", m.task);
  a.token("token", m.token);
}
template <class A>
void fields(A& a, Refuse& m) {
  a.id("bench", m.bench);
  a.text("task", m.task);
  a.token("token", m.token);
  a.text("cause", m.cause);
  a.text("reason", m.reason);
  a.token("seen", m.seen);
}
template <class A>
void fields(A& a, Progress& m) {
  a.id("bench", m.bench);
  a.id("task", m.task);
  a.token("token", m.token);
  a.text("stage", m.stage);
  a.number("done", m.done);
}
template <class A>
void fields(A& a, Quick& m) {
  a.id("bench", m.bench);
  a.id("task", m.task);
  a.token("token", m.token);
  a.blob("ensemble", m.ensemble);
}
template <class A>
void fields(A& a, TrainingResult& m) {
  a.id("bench", m.bench);
  a.id("task", m.task);
  a.token("token", m.token);
  a.blob("ensemble", m.ensemble);
  a.blob("report", m.report);
}
template <class A>
void fields(A& a, Failed& m) {
  a.id("bench", m.bench);
  a.text("task", m.task);
  a.text("model", m.model);
  a.token("token", m.token);
  a.text("cause", m.cause);
  a.text("reason", m.reason);
}
template <class A>
void fields(A& a, Active& m) {
  a.id("bench", m.bench);
  a.id("model", m.model);
  a.id("hash", m.hash);
  a.token("token", m.token);
}
template <class A>
void fields(A& a, Pong& m) {
  a.id("bench", m.bench);
  a.number("nonce", m.nonce);
}

/// The word each alternative of Content is called on the wire, in its order.
constexpr std::array<const char*, std::variant_size_v<Content>> kKinds = {
    "unknown", "info",   "status", "hb",     "coord",  "offer",  "grant",
    "cancel",  "ack",    "deploy", "ping",   "accept", "refuse", "progress",
    "quick",   "result", "failed", "active", "pong"};

template <std::size_t I = 1>
bool makeKind(const std::string& kind, Content& content) {
  if constexpr (I == std::variant_size_v<Content>) {
    return false;
  } else {
    if (kind != kKinds[I]) return makeKind<I + 1>(kind, content);
    content.emplace<I>();
    return true;
  }
}

base::Error corrupt(const std::string& what) { return {base::ErrorCode::Corrupt, what}; }

}  // namespace

base::Result<base::Bytes> encode(const Header& header, const Content& content) {
  Writer writer;
  Content copy = content;
  std::visit([&](auto& message) { fields(writer, message); }, copy);
  writer.map["v"] = kProtocolVersion;
  writer.map["type"] = kKinds[content.index()];
  writer.map["src"] = header.src;
  writer.map["boot"] = header.boot;
  writer.map["seq"] = header.seq;
  if (!header.key.empty()) writer.map["key"] = header.key;
  base::Bytes bytes = hubs::toCbor(writer.map);
  if (bytes.size() > kMostControlBytes) {
    return base::invalid("a control message of kind " + std::string(kKinds[content.index()]) +
                         " would be larger than 64 kB");
  }
  return bytes;
}

base::Result<Letter> decodeLetter(std::span<const std::uint8_t> bytes) {
  const auto map =
      hubs::parseCbor(bytes, {.bytes = kMostControlBytes, .depth = 16, .keys = 10'000});
  if (!map) return map.error();
  if (!map->is_object()) return corrupt("a control message is not a map");
  const auto version = hubs::integerField(*map, "v");
  if (version != kProtocolVersion) {
    return base::Error{base::ErrorCode::Unsupported,
                       "protocol version " + std::to_string(version) + " is not known here"};
  }
  Letter letter;
  const auto seq = hubs::integerField(*map, "seq", -1);
  letter.header = {.src = hubs::textField(*map, "src"),
                   .boot = hubs::textField(*map, "boot"),
                   .seq = static_cast<std::uint64_t>(seq),
                   .key = hubs::textField(*map, "key")};
  if (!hubs::isId(letter.header.src) || !hubs::isId(letter.header.boot) || seq < 0 ||
      (!letter.header.key.empty() && !hubs::isId(letter.header.key))) {
    return corrupt("a control message does not say who sent it");
  }
  const std::string kind = hubs::textField(*map, "type");
  if (!makeKind(kind, letter.content)) {
    letter.content = Unknown{kind.substr(0, 64)};
    return letter;
  }
  Reader reader(*map);
  std::visit([&](auto& message) { fields(reader, message); }, letter.content);
  if (!reader.trouble.empty()) {
    return corrupt("a message of kind " + kind + " has no proper \"" + reader.trouble + '"');
  }
  return letter;
}

}  // namespace app

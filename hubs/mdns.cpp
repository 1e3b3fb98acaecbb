#include "hubs/mdns.h"

#include <map>

#include "hubs/codec.h"

namespace hubs {

namespace {

constexpr int kAddress = 1;
constexpr int kPointer = 12;
constexpr int kService = 33;
constexpr std::size_t kMostRecords = 200;
constexpr std::size_t kMostJumps = 16;
constexpr std::size_t kLongestName = 255;

/// Reads a packet from front to back; every read is checked, a failed one makes all later ones fail.
class PacketReader {
 public:
  explicit PacketReader(std::span<const std::uint8_t> packet) : packet_(packet) {}

  bool ok() const { return ok_; }
  std::size_t at() const { return at_; }
  void skip(std::size_t n) { need(n) ? at_ += n : 0; }
  void moveTo(std::size_t at) { at <= packet_.size() ? at_ = at : (ok_ = false, 0); }

  int byte() { return need(1) ? packet_[at_++] : 0; }
  int word() {
    const int high = byte();
    return high << 8 | byte();
  }

  /// A name with its dots; follows pointers to earlier parts.
  std::string name() {
    std::string all;
    std::size_t jumps = 0;
    std::size_t back = 0;
    while (ok_) {
      const int length = byte();
      if (length == 0) break;
      if ((length & 0xC0) == 0xC0) {
        const std::size_t target = static_cast<std::size_t>((length & 0x3F) << 8 | byte());
        if (++jumps > kMostJumps) ok_ = false;
        if (back == 0) back = at_;
        moveTo(target);
        continue;
      }
      if (length > 63 || !need(static_cast<std::size_t>(length))) {
        ok_ = false;
        break;
      }
      if (!all.empty()) all += '.';
      for (int i = 0; i < length; ++i) all += static_cast<char>(packet_[at_++]);
      if (all.size() > kLongestName) ok_ = false;
    }
    if (back != 0) at_ = back;
    return all;
  }

 private:
  bool need(std::size_t n) {
    if (packet_.size() - at_ < n) ok_ = false;
    return ok_;
  }

  std::span<const std::uint8_t> packet_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

struct Records {
  std::vector<std::pair<std::string, std::string>> instances;  ///< service, instance
  std::map<std::string, std::pair<std::string, int>> hosts;    ///< instance -> host, port
  std::map<std::string, std::string> addresses;                ///< host -> address
};

void readRecord(PacketReader& reader, Records& records) {
  const std::string owner = reader.name();
  const int type = reader.word();
  reader.skip(6);  // class and time to live
  const auto length = static_cast<std::size_t>(reader.word());
  const std::size_t end = reader.at() + length;
  if (!reader.ok()) return;
  if (type == kPointer) {
    const std::string instance = reader.name();
    if (reader.ok()) records.instances.emplace_back(owner, instance);
  } else if (type == kService && length >= 7) {
    reader.skip(4);  // priority and weight
    const int port = reader.word();
    const std::string host = reader.name();
    if (reader.ok()) records.hosts[owner] = {host, port};
  } else if (type == kAddress && length == 4) {
    std::string address;
    for (int i = 0; i < 4; ++i) address += (i ? "." : "") + std::to_string(reader.byte());
    if (reader.ok()) records.addresses[owner] = address;
  }
  reader.moveTo(end);
}

}  // namespace

base::Bytes serviceQuestion(const std::vector<std::string>& services) {
  base::Bytes packet = {0, 0, 0, 0, 0, static_cast<std::uint8_t>(services.size()), 0, 0, 0, 0, 0, 0};
  for (const std::string& service : services) {
    for (std::size_t begin = 0; begin <= service.size();) {
      const std::size_t end = std::min(service.find('.', begin), service.size());
      packet.push_back(static_cast<std::uint8_t>(end - begin));
      packet.insert(packet.end(), service.begin() + static_cast<std::ptrdiff_t>(begin),
                    service.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end + 1;
    }
    packet.insert(packet.end(), {0, 0, kPointer, 0, 1});  // end of name; any instance; internet
  }
  return packet;
}

std::vector<Announced> announcedIn(std::span<const std::uint8_t> packet) {
  PacketReader reader(packet);
  reader.skip(2);
  const bool isAnswer = (reader.byte() & 0x80) != 0;
  reader.skip(1);
  const int questions = reader.word();
  const std::size_t count = static_cast<std::size_t>(reader.word()) +
                            static_cast<std::size_t>(reader.word()) +
                            static_cast<std::size_t>(reader.word());
  if (!reader.ok() || !isAnswer || count > kMostRecords) return {};
  for (int i = 0; i < questions && reader.ok(); ++i) {
    reader.name();
    reader.skip(4);
  }
  Records records;
  for (std::size_t i = 0; i < count && reader.ok(); ++i) readRecord(reader, records);

  std::vector<Announced> all;
  for (const auto& [service, instance] : records.instances) {
    const auto host = records.hosts.find(instance);
    if (host == records.hosts.end() || host->second.second == 0 || !isUtf8(instance)) continue;
    const auto address = records.addresses.find(host->second.first);
    const std::size_t tail = instance.size() - std::min(instance.size(), service.size() + 1);
    all.push_back({.service = service,
                   .name = instance.substr(0, tail),
                   .host = host->second.first,
                   .address = address == records.addresses.end() ? "" : address->second,
                   .port = host->second.second});
  }
  return all;
}

}  // namespace hubs

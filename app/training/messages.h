#pragma once
// What bench and workers say to each other: plain structs, and CBOR maps on the wire. Unknown
// fields are ignored; an unknown kind of message is read as Unknown, so that it can be refused by
// name. Control messages are at most 64 kB; content above 48 kB is pulled as a blob.

#include <atomic>
#include <compare>
#include <string>
#include <variant>
#include <vector>

#include "hubs/blob_transfer.h"
#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace app {

inline constexpr int kProtocolVersion = 1;
inline constexpr std::size_t kMostControlBytes = 64 * 1024;
inline constexpr std::size_t kMostInlineBytes = 48 * 1024;

/// Only the newest of a task counts.
struct Token {
  std::int64_t epoch = 0;
  std::int64_t fence = 0;
  friend auto operator<=>(const Token&, const Token&) = default;
};

/// Who speaks. `boot` is random per start; `seq` rises by one per message of that start; `key`
/// names one wished effect, so that a repeated message has it once.
struct Header {
  std::string src;
  std::string boot;
  std::uint64_t seq = 0;
  std::string key;
  friend bool operator==(const Header&, const Header&) = default;
};

/// A blob: its content where small, else how to pull it.
struct BlobRef {
  base::Bytes content;              ///< empty: to be pulled
  hubs::BlobDescriptor descriptor;  ///< id and size always; blocks where to be pulled
  bool indirect = false;            ///< `descriptor` is that of a blob holding the descriptor
};
/// One kept for a message: what a job is, without its data.
struct HeldJob {
  std::string bench;
  std::string task;
  Token token;
  std::string state;  ///< "accepted", "fetching", "training", "done"
  friend bool operator==(const HeldJob&, const HeldJob&) = default;
};
struct ServedModel {
  std::string model;
  std::string hash;
  friend bool operator==(const ServedModel&, const ServedModel&) = default;
};

// Said by a worker to all. Retained but for Heartbeat.
struct Info {
  std::string name;
  std::string host;
  std::string software;
  std::int64_t cores = 0;
  double memoryGb = 0;
  std::string gpu;  ///< a graphics processor: "yes", "no"; empty: it does not know
  std::string
      place;  ///< as inHouse() reads it: "near", "far", "house", "elsewhere"; empty: unknown
  std::vector<std::string> learners;
  std::vector<std::string> commands;  ///< kinds of messages it understands
};
struct Status {
  std::string state;   ///< "online", "offline"
  std::string reason;  ///< offline: "stopped" at an orderly end
};
struct Heartbeat {
  double load = 0;  ///< of all processors together, [0, 1], smoothed
  double freeMemoryGb = 0;
  std::int64_t lost = 0;  ///< messages and questions dropped since its start for lack of room
  std::vector<HeldJob> jobs;
  std::vector<ServedModel> models;
};

// Said by a bench to all. Retained.
struct Coordinator {
  std::int64_t epoch = 0;
  std::int64_t since = 0;  ///< ns since 1970
};

// Said by a bench to one worker.
struct Offer {
  std::string task;
  Token token;
  BlobRef data;
  std::string recipe;  ///< JSON
};
struct Grant {
  std::string task;
  Token token;
  std::int64_t leaseMs = 0;
};
struct Cancel {
  std::string task;
  Token token;
};
struct Ack {
  std::string task;
  Token token;
};
struct Deploy {
  std::string model;
  Token token;
  BlobRef ensemble;
};
struct Ping {
  std::int64_t nonce = 0;
};

// Said by a worker to one bench, named in each.
struct Accept {
  std::string bench;
  std::string task;
  Token token;
};
struct Refuse {
  std::string bench;
  std::string task;  ///< or what was refused, where it was no task
  Token token;
  std::string cause;
  std::string reason;  ///< one sentence
  Token seen;          ///< the highest token of that task
};
struct Progress {
  std::string bench;
  std::string task;
  Token token;
  std::string stage;
  double done = 0;
};
struct Quick {
  std::string bench;
  std::string task;
  Token token;
  BlobRef ensemble;
};
struct TrainingResult {
  std::string bench;
  std::string task;
  Token token;
  BlobRef ensemble;
  BlobRef report;  ///< JSON
};
struct Failed {
  std::string bench;
  std::string task;   ///< empty where a model failed
  std::string model;  ///< empty where a task failed
  Token token;
  std::string cause;
  std::string reason;
};
struct Active {
  std::string bench;
  std::string model;
  std::string hash;
  Token token;
};
struct Pong {
  std::string bench;
  std::int64_t nonce = 0;
};

struct Unknown {
  std::string kind;
};

using Content =
    std::variant<Unknown, Info, Status, Heartbeat, Coordinator, Offer, Grant, Cancel, Ack, Deploy,
                 Ping, Accept, Refuse, Progress, Quick, TrainingResult, Failed, Active, Pong>;
struct Letter {
  Header header;
  Content content;
};

/// Deterministic CBOR. Errors: InvalidArgument where it would be larger than a control message.
base::Result<base::Bytes> encode(const Header& header, const Content& content);
/// Never trusts `bytes`. Errors: Corrupt; Unsupported for another protocol version.
base::Result<Letter> decodeLetter(std::span<const std::uint8_t> bytes);

/// Makes the headers of one start of one program. Thread-safe.
class Sender {
 public:
  explicit Sender(std::string id) : id_(std::move(id)), boot_(base::randomHex(8)) {}
  Header next(std::string key = {}) { return {id_, boot_, ++seq_, std::move(key)}; }
  const std::string& id() const { return id_; }
  const std::string& boot() const { return boot_; }

 private:
  std::string id_;
  std::string boot_;
  std::atomic<std::uint64_t> seq_ = 0;
};

/// Tells repeated messages from new ones by (src, boot, seq); remembers the last 512 of at most 256
/// starts. One thread.
class Seen {
 public:
  bool isNew(const Header& header);

 private:
  struct Start {
    std::string name;
    std::vector<std::uint64_t> recent;
    std::size_t next = 0;
  };
  std::vector<Start> starts_;
};

/// Kinds of messages a worker acts on, for its Info.
std::vector<std::string> workerCommands();

/// Causes of a failure as they are on the wire ("bad-input", "oom", "disk", ...) and back.
std::string causeOf(base::ErrorCode code);
base::ErrorCode codeOf(const std::string& cause);

}  // namespace app

#pragma once
// TopicTree: the topics a broker sends, with their last message taken apart, how often and how long
// ago they were heard. Holds a bounded number of topics and bytes whatever is sent; what does not
// fit is counted.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hubs/bus.h"
#include "hubs/payload.h"

namespace hubs {

/// A value inside a topic's messages, over all messages so far.
struct TopicLeaf {
  Leaf last;
  double smallest = 0;  ///< of the numbers seen
  double largest = 0;
  /// Different ones seen, those that say on or off as well; first seen first, at most 32.
  std::vector<std::string> words;
};

/// One topic as it was last heard.
struct TopicView {
  std::string topic;
  PayloadKind kind = PayloadKind::Empty;
  std::string text;      ///< the message's beginning, cleaned, at most 400 bytes
  std::string trouble;   ///< why it cannot be read, or empty
  std::size_t bytes = 0; ///< of the last message
  std::vector<TopicLeaf> leaves;
  std::size_t leavesLeft = 0;
  std::uint64_t messages = 0;
  bool isOld = false;  ///< nothing but a stored message was heard: "old value"
  base::Time heard;
  double perSecond = 0;  ///< over the last 8 messages; 0 where too few
  std::uint64_t revision = 0;
};
using TopicViewPtr = std::shared_ptr<const TopicView>;

/// A message taken apart, which takes a while and no tree.
struct HeardMessage {
  std::string topic;
  Payload payload;
  std::string text;  ///< as TopicView::text
  std::size_t bytes = 0;
  Retain retain = Retain::No;
};
HeardMessage readMessage(const Message& message, const PayloadLimits& limits);

struct TopicLimits {
  std::size_t topics = 4000;
  std::size_t longestTopic = 512;   ///< bytes
  std::size_t bytes = 16 << 20;     ///< of all that is kept
  PayloadLimits payload;
};

struct TopicTotals {
  std::size_t topics = 0;
  std::size_t keptBytes = 0;        ///< about
  std::uint64_t messages = 0;
  std::uint64_t leftOut = 0;        ///< messages of topics for which there was no room
  std::uint64_t revision = 0;       ///< of the newest change
};

/// One thread at a time.
class TopicTree {
 public:
  explicit TopicTree(TopicLimits limits = {}) : limits_(limits) {}

  /// True where messages of `topic` are kept: it is known, or there is room for one more.
  bool hasRoomFor(const std::string& topic) const;
  /// An empty message removes nothing: the topic was heard, and says so.
  void take(const Message& message, base::Time now);
  /// As take(), of what was taken apart already.
  void takeRead(HeardMessage message, base::Time now);
  /// A message that nobody took apart because there is no room for its topic.
  void leaveOut();
  /// Topics that changed after `revision`, those waiting longest first, at most `most`.
  std::vector<TopicViewPtr> changedSince(std::uint64_t revision, std::size_t most) const;
  /// Null where it was not heard.
  TopicViewPtr find(const std::string& topic) const;
  TopicTotals totals() const { return totals_; }

 private:
  struct Entry {
    std::shared_ptr<const TopicView> view;
    std::deque<base::Time> times;
    std::size_t kept = 0;
  };
  TopicLimits limits_;
  std::map<std::string, Entry> entries_;
  std::map<std::uint64_t, std::string> byRevision_;
  TopicTotals totals_;
};

}  // namespace hubs

#include "hubs/topic_tree.h"

#include <algorithm>

namespace hubs {

namespace {

constexpr std::size_t kTimes = 8;
constexpr std::size_t kShownBytes = 400;
constexpr std::size_t kMostSeenWords = 32;

/// What `view` costs, roughly.
std::size_t sizeOf(const TopicView& view) {
  std::size_t size = sizeof(TopicView) + 2 * view.topic.size() + view.text.size() + 256;
  for (const TopicLeaf& leaf : view.leaves) {
    size += sizeof(TopicLeaf) + leaf.last.pointer.size() + leaf.last.text.size();
    for (const std::string& word : leaf.words) size += sizeof(std::string) + word.size();
  }
  return size;
}

std::string beginning(std::string_view text) {
  const Leaf leaf = readText(text.substr(0, 120));
  if (text.size() <= 120) return leaf.text;
  std::string all(text.substr(0, kShownBytes));
  while (!all.empty() && (static_cast<unsigned char>(all.back()) & 0xC0) == 0x80) all.pop_back();
  if (!all.empty() && static_cast<unsigned char>(all.back()) >= 0xC0) all.pop_back();
  for (char& c : all) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return all;
}

void remember(TopicLeaf& leaf, const TopicLeaf* before) {
  const Leaf& now = leaf.last;
  const bool isNumeric = now.kind == LeafKind::Number || now.kind == LeafKind::Switch;
  leaf.smallest = leaf.largest = now.number;
  if (before) {
    leaf.words = before->words;
    const bool wasNumeric =
        before->last.kind == LeafKind::Number || before->last.kind == LeafKind::Switch;
    if (!isNumeric || wasNumeric) {
      leaf.smallest = isNumeric ? std::min(before->smallest, now.number) : before->smallest;
      leaf.largest = isNumeric ? std::max(before->largest, now.number) : before->largest;
    }
  }
  const bool isNew = std::find(leaf.words.begin(), leaf.words.end(), now.text) == leaf.words.end();
  const bool isSaid = now.kind == LeafKind::Word || now.kind == LeafKind::Switch;
  if (isSaid && isNew && leaf.words.size() < kMostSeenWords) {
    leaf.words.push_back(now.text);
  }
}

/// The leaves of this message first, then those of earlier messages which it did not hold.
std::vector<TopicLeaf> merged(std::vector<Leaf> fresh, const TopicView* before, std::size_t most) {
  std::map<std::string_view, const TopicLeaf*> known;
  if (before) {
    for (const TopicLeaf& leaf : before->leaves) known[leaf.last.pointer] = &leaf;
  }
  std::vector<TopicLeaf> all;
  for (Leaf& leaf : fresh) {
    TopicLeaf next{.last = std::move(leaf)};
    const auto former = known.find(next.last.pointer);
    remember(next, former == known.end() ? nullptr : former->second);
    if (former != known.end()) known.erase(former);
    all.push_back(std::move(next));
  }
  if (!before) return all;
  for (const TopicLeaf& leaf : before->leaves) {
    if (all.size() < most && known.contains(leaf.last.pointer)) all.push_back(leaf);
  }
  return all;
}

double rateOf(const std::deque<base::Time>& times) {
  if (times.size() < 2) return 0;
  const double span = base::toSeconds(times.back() - times.front());
  return span > 0 ? static_cast<double>(times.size() - 1) / span : 0;
}

}  // namespace

HeardMessage readMessage(const Message& message, const PayloadLimits& limits) {
  HeardMessage heard{.topic = message.topic,
                     .payload = readPayload(message.payload, limits),
                     .bytes = message.payload.size(),
                     .retain = message.retain};
  const PayloadKind kind = heard.payload.kind;
  const bool isText = kind == PayloadKind::Json || kind == PayloadKind::Plain;
  if (isText) heard.text = beginning(message.text());
  return heard;
}

bool TopicTree::hasRoomFor(const std::string& topic) const {
  return entries_.contains(topic) ||
         (entries_.size() < limits_.topics && topic.size() <= limits_.longestTopic);
}

void TopicTree::leaveOut() {
  ++totals_.messages;
  ++totals_.leftOut;
}

void TopicTree::take(const Message& message, base::Time now) {
  if (!hasRoomFor(message.topic)) return leaveOut();
  takeRead(readMessage(message, limits_.payload), now);
}

void TopicTree::takeRead(HeardMessage message, base::Time now) {
  if (!hasRoomFor(message.topic)) return leaveOut();
  ++totals_.messages;
  const auto found = entries_.find(message.topic);
  const bool isNew = found == entries_.end();
  const TopicView* before = isNew ? nullptr : found->second.view.get();
  Payload& payload = message.payload;
  auto view = std::make_shared<TopicView>();
  view->topic = message.topic;
  view->kind = payload.kind;
  view->trouble = payload.trouble;
  view->bytes = message.bytes;
  view->leavesLeft = payload.leavesLeft;
  view->text = std::move(message.text);
  view->leaves = merged(std::move(payload.leaves), before, limits_.payload.leaves);
  view->messages = (before ? before->messages : 0) + 1;
  view->isOld = message.retain == Retain::Yes && (isNew || before->isOld);
  view->heard = now;

  const std::size_t size = sizeOf(*view);
  const std::size_t others = totals_.keptBytes - (isNew ? 0 : found->second.kept);
  if (others + size > limits_.bytes) {
    ++totals_.leftOut;
    return;
  }
  Entry& entry = isNew ? entries_[message.topic] : found->second;
  if (message.retain == Retain::No) entry.times.push_back(now);
  if (entry.times.size() > kTimes) entry.times.pop_front();
  view->perSecond = rateOf(entry.times);
  view->revision = ++totals_.revision;
  if (entry.view) byRevision_.erase(entry.view->revision);
  byRevision_[view->revision] = message.topic;
  entry.view = std::move(view);
  entry.kept = size;
  totals_.keptBytes = others + size;
  totals_.topics = entries_.size();
}

std::vector<TopicViewPtr> TopicTree::changedSince(std::uint64_t revision, std::size_t most) const {
  std::vector<TopicViewPtr> changed;
  for (auto next = byRevision_.upper_bound(revision);
       next != byRevision_.end() && changed.size() < most; ++next) {
    changed.push_back(entries_.at(next->second).view);
  }
  return changed;
}

TopicViewPtr TopicTree::find(const std::string& topic) const {
  const auto found = entries_.find(topic);
  return found == entries_.end() ? nullptr : found->second.view;
}

}  // namespace hubs

#include "learners/packed_trees.h"

#include <algorithm>
#include <cmath>

namespace learners {

void TreeContent::addLeaf(float leafValue, std::uint32_t leafIndex) {
  feature.push_back(kLeaf);
  value.push_back(leafValue);
  child.push_back(leafIndex);
}

void TreeContent::append(const TreeContent& other) {
  const auto shift = static_cast<std::uint32_t>(feature.size());
  for (const std::uint32_t first : other.root) root.push_back(first + shift);
  feature.insert(feature.end(), other.feature.begin(), other.feature.end());
  value.insert(value.end(), other.value.begin(), other.value.end());
  child.reserve(child.size() + other.child.size());
  for (std::size_t i = 0; i < other.child.size(); ++i) {
    child.push_back(other.child[i] + (other.feature[i] == kLeaf ? 0 : shift));
  }
}

void TreeContent::saveNodes(ByteWriter& out) const {
  out.putArray(feature);
  out.putArray(value);
  out.putArray(child);
}

void TreeContent::loadNodes(ByteReader& in) {
  feature = in.getArray<std::int32_t>();
  value = in.getArray<float>(feature.size());
  child = in.getArray<std::uint32_t>(feature.size());
}

bool TreeContent::fitsTogether(std::size_t features) const {
  const std::size_t nodes = feature.size();
  if (nodes == 0 || value.size() != nodes || child.size() != nodes) return false;
  const auto inside = [&](std::uint32_t first) { return first < nodes; };
  if (!std::all_of(root.begin(), root.end(), inside)) return false;
  for (std::size_t node = 0; node < nodes; ++node) {
    if (!std::isfinite(value[node])) return false;
    if (feature[node] == kLeaf) continue;
    if (feature[node] < 0 || static_cast<std::size_t>(feature[node]) >= features) return false;
    if (child[node] <= node || child[node] >= nodes - 1) return false;
  }
  return true;
}

PackedTrees::PackedTrees(const TreeContent& content) : root_(content.root) {
  nodes_.reserve(content.feature.size());
  for (std::size_t i = 0; i < content.feature.size(); ++i) {
    if (content.feature[i] == TreeContent::kLeaf) {
      nodes_.push_back({NAN, 0, static_cast<std::uint32_t>(i)});
    } else {
      nodes_.push_back(
          {content.value[i], static_cast<std::uint32_t>(content.feature[i]), content.child[i]});
    }
  }
}

void PackedTrees::leavesOf(const float* row, std::size_t begin, std::size_t end,
                           std::uint32_t* node) const {
  const std::size_t count = end - begin;
  const Node* nodes = nodes_.data();
  for (std::size_t t = 0; t < count; ++t) node[t] = root_[begin + t];
  if (count < kTogether) {
    for (std::size_t t = 0; t < count; ++t) {
      for (std::uint32_t at = node[t] + 1; at != node[t];) {
        at = node[t];
        node[t] = nodes[at].child + (row[nodes[at].feature] >= nodes[at].split ? 1 : 0);
      }
    }
    return;
  }
  for (std::uint32_t moved = 1; moved != 0;) {
    moved = 0;
    for (std::size_t t = 0; t < kTogether; ++t) {
      const Node& at = nodes[node[t]];
      const std::uint32_t next = at.child + (row[at.feature] >= at.split ? 1 : 0);
      moved |= next ^ node[t];
      node[t] = next;
    }
  }
}

}  // namespace learners

#pragma once
// PackedTrees: decision trees laid end to end, as they are saved and as they are walked. Forests
// and boosted trees differ only in what they make of the leaves.

#include <cstdint>
#include <vector>

#include "learners/bytes.h"

namespace learners {

/// What is saved. Children follow their parents and stand side by side.
struct TreeContent {
  std::vector<std::uint32_t> root;    ///< [trees]: first node, rising
  std::vector<std::int32_t> feature;  ///< [nodes]; -1: a leaf
  std::vector<float> value;           ///< [nodes]: right where the feature is not below it; or leaf
  std::vector<std::uint32_t> child;   ///< [nodes]: left child, the right one is next; or leaf

  static constexpr std::int32_t kLeaf = -1;
  void addLeaf(float leafValue, std::uint32_t leafIndex);
  /// Appends trees that were made apart.
  void append(const TreeContent& other);
  /// All but `root`, which its owner saves.
  void saveNodes(ByteWriter& out) const;
  /// Never trusts the bytes; a reader that failed is no longer ok().
  void loadNodes(ByteReader& in);
  /// Whether a walk from any root ends, and stays inside and within `features`.
  bool fitsTogether(std::size_t features) const;
};

/// Immutable. Thread-safe.
class PackedTrees {
 public:
  PackedTrees() = default;
  /// `content` fits together.
  explicit PackedTrees(const TreeContent& content);

  std::size_t size() const { return root_.size(); }
  /// Leaves of trees `begin` to `end` (at most kTogether) that `row` reaches, as nodes of the
  /// content. Several are walked at once, since each step waits for memory.
  static constexpr std::size_t kTogether = 8;
  void leavesOf(const float* row, std::size_t begin, std::size_t end, std::uint32_t* node) const;

 private:
  /// A leaf is its own left child, and nothing goes right of it: a walk rests there.
  struct Node {
    float split;
    std::uint32_t feature;
    std::uint32_t child;
  };
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> root_;
};

}  // namespace learners

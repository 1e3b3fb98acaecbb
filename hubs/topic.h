#pragma once
// Topic: the only place where topic strings are built and read.

#include <optional>
#include <string>
#include <string_view>

namespace hubs {

/// [a-z0-9_-], 1 to `longest` characters; `dots` also allows '.'.
bool isId(std::string_view text, std::size_t longest = 64, bool dots = false);

/// Topics below mimosa/1/<site>.
class Topics {
 public:
  explicit Topics(std::string site = "home") : root_("mimosa/1/" + site) {}

  const std::string& root() const { return root_; }
  /// node/<node>/<rest>; "+" for all nodes.
  std::string node(std::string_view node, std::string_view rest) const;
  std::string worker(std::string_view worker, std::string_view rest) const;
  std::string blob(std::string_view worker, std::string_view rest) const;  ///< "get" or "blk"
  std::string coordinator() const { return root_ + "/coord"; }
  std::string serveIn(std::string_view model) const;
  std::string sharedServeIn(std::string_view model) const;  ///< "$share/<model>/" + serveIn
  std::string prediction(std::string_view task) const;
  std::string bench(std::string_view bench, std::string_view rest) const;  ///< wb/<bench>/<rest>

  struct Parts {
    std::string_view kind;  ///< "node", "w", "b", "wb", "pred", "serve"
    std::string_view id;
    std::string_view rest;  ///< behind the id; may hold '/'
  };
  /// Nothing where `topic` is not below our root or has no id.
  std::optional<Parts> parse(std::string_view topic) const;

 private:
  std::string root_;
};

}  // namespace hubs

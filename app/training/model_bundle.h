#pragma once
// ModelBundle: a model as one file that says what it is: the ensemble with its features, labels and
// limits, a card for people and programs, and the rows it learnt from where they were asked for.

#include <span>
#include <string>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace app {

struct ModelBundle {
  std::string card;      ///< JSON, as makeCard() writes it
  base::Bytes ensemble;  ///< Ensemble::encode()
  base::Bytes dataset;   ///< Dataset::encode(), or empty
};

/// Own flat format with magic, version and a SHA-256 of all before it. Equal bundles, equal bytes.
base::Bytes encodeBundle(const ModelBundle& bundle);

/// Never trusts `bytes`; the parts are as they were written and still to be decoded.
/// Errors: Corrupt; Unsupported for a newer version.
base::Result<ModelBundle> decodeBundle(std::span<const std::uint8_t> bytes);

}  // namespace app

#pragma once
// One question to a served model and its answer, as CBOR. Numbers travel as they are in memory
// (RFC 8746 typed arrays), so that an answer from afar equals a local one bit for bit.

#include "learners/prediction.h"
#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace app {

struct ServeRequest {
  std::string hash;    ///< of the ensemble that shall answer
  std::string schema;  ///< layout hash of the values
  base::TimeSpan span;
  std::vector<float> values;
  std::vector<std::uint8_t> missing;  ///< empty, or one per value
};
base::Bytes encode(const ServeRequest& request);
/// Never trusts `bytes`. Errors: Corrupt; Unsupported for another protocol version.
base::Result<ServeRequest> decodeServeRequest(std::span<const std::uint8_t> bytes);

/// `computeMicroseconds` and `hash` say how long it took and who answered.
base::Bytes encodeAnswer(const learners::Prediction& prediction, const std::string& hash,
                         std::int64_t computeMicroseconds);
base::Bytes encodeAnswer(const base::Error& error);
/// The prediction, without members' names. Errors: what the worker said; Corrupt.
base::Result<learners::Prediction> decodeAnswer(std::span<const std::uint8_t> bytes);

}  // namespace app

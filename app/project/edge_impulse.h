#pragma once
// Edge Impulse's data acquisition format: one sample of one device as JSON or CBOR, with a
// signature. To sign, the file is encoded with 64 zeros as its signature; HMAC-SHA256 of those bytes,
// in hexadecimal, takes their place.
// Source: docs.edgeimpulse.com, "Data acquisition format".

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace app {

struct EdgeImpulseSample {
  std::string deviceName;                ///< may be empty
  std::string deviceType = "MIMOSA";
  std::optional<std::int64_t> madeAt;    ///< seconds since 1970
  double intervalMs = 0;                 ///< between rows, > 0
  struct Sensor {
    std::string name;
    std::string units;
    friend bool operator==(const Sensor&, const Sensor&) = default;
  };
  std::vector<Sensor> sensors;
  std::vector<float> values;  ///< [rows x sensors], row-major
  std::size_t rows() const { return sensors.empty() ? 0 : values.size() / sensors.size(); }
};

enum class EdgeImpulseEncoding { Json, Cbor };

/// What the signature of a file says.
enum class Signature {
  None,       ///< the file says that it is not signed
  Unchecked,  ///< signed, and no key was given
  Good,
};

/// `key`: signs with HMAC-SHA256; empty: algorithm "none" and a signature of zeros.
base::Bytes encodeEdgeImpulse(const EdgeImpulseSample& sample, EdgeImpulseEncoding encoding,
                              const std::string& key);

struct DecodedEdgeImpulse {
  EdgeImpulseSample sample;
  Signature signature = Signature::None;
};
/// JSON where the first character is '{', else CBOR. Limits: 256 sensors, 20 million values.
/// `name`: of the file, for errors. `key`: empty accepts any signature unchecked.
/// Errors: Corrupt naming the field or row; Refused where the signature is wrong, or missing while
/// a key was given; Unsupported for pictures and unknown algorithms.
base::Result<DecodedEdgeImpulse> decodeEdgeImpulse(const std::string& name,
                                                   std::span<const std::uint8_t> bytes,
                                                   const std::string& key);

}  // namespace app

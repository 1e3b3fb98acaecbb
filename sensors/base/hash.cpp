#include "sensors/base/hash.h"

#include <cassert>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace base {

namespace {

std::string hex(std::span<const std::uint8_t> bytes) {
  static const char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t b : bytes) {
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

}  // namespace

struct Hasher::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr);
}
Hasher::~Hasher() = default;

Hasher& Hasher::add(std::span<const std::uint8_t> bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
  return *this;
}

Hasher& Hasher::add(std::string_view text) {
  EVP_DigestUpdate(state_->context, text.data(), text.size());
  return *this;
}

std::string Hasher::finish() {
  std::uint8_t digest[32];
  unsigned length = sizeof digest;
  EVP_DigestFinal_ex(state_->context, digest, &length);
  return hex(digest);
}

std::string sha256(std::span<const std::uint8_t> bytes) { return Hasher().add(bytes).finish(); }

std::string randomHex(std::size_t bytes) {
  Bytes raw(bytes);
  [[maybe_unused]] const int ok = RAND_bytes(raw.data(), static_cast<int>(bytes));
  assert(ok == 1);
  return hex(raw);
}

}  // namespace base

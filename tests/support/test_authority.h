#pragma once
// TestAuthority: a certificate authority for tests, made when asked and kept in memory; writes what
// a TLS broker and its clients need into a folder.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string>

namespace support {

class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name) : key_(newKey()), certificate_(X509_new()) {
    fill(certificate_.get(), key_.get(), name, name, 86'400);
    extend(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate_.get(), key_.get(), EVP_sha256());
  }

  void writeAuthority(const std::filesystem::path& file) const {
    writePem(file, [&](std::FILE* out) { PEM_write_X509(out, certificate_.get()); });
  }

  /// A server's certificate and key. `subject`: "IP:127.0.0.1" or "DNS:home"; `lifetime` in
  /// seconds from now, negative: expired.
  void writeServer(const std::filesystem::path& certificate, const std::filesystem::path& key,
                   const std::string& subject, long lifetime = 86'400) const {
    const Key serverKey = newKey();
    const Certificate server(X509_new());
    fill(server.get(), serverKey.get(), "server", authorityName(), lifetime);
    extend(server.get(), NID_subject_alt_name, subject.c_str());
    X509_sign(server.get(), key_.get(), EVP_sha256());
    writePem(certificate, [&](std::FILE* out) { PEM_write_X509(out, server.get()); });
    writePem(key, [&](std::FILE* out) {
      PEM_write_PrivateKey(out, serverKey.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
  }

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  using Certificate = std::unique_ptr<X509, Free>;

  static Key newKey() { return Key(EVP_EC_gen("P-256")); }

  std::string authorityName() const {
    char name[64] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate_.get()), NID_commonName, name,
                              sizeof name);
    return name;
  }

  static void setName(X509_NAME* name, const std::string& text) {
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1, 0);
  }

  static void fill(X509* certificate, EVP_PKEY* key, const std::string& subject,
                   const std::string& issuer, long lifetime) {
    static long serial = 1;
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -172'800);
    X509_gmtime_adj(X509_getm_notAfter(certificate), lifetime);
    X509_set_pubkey(certificate, key);
    setName(X509_get_subject_name(certificate), subject);
    setName(X509_get_issuer_name(certificate), issuer);
  }

  static void extend(X509* certificate, int kind, const char* value) {
    const std::unique_ptr<X509_EXTENSION, Free> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
    X509_add_ext(certificate, extension.get(), -1);
  }

  template <class Write>
  static void writePem(const std::filesystem::path& file, Write write) {
    std::FILE* out = std::fopen(file.c_str(), "w");
    if (out) {
      write(out);
      std::fclose(out);
    }
  }

  Key key_;
  Certificate certificate_;
};

}  // namespace support

// The rules of TLS: who is trusted, who is not, and what a person then reads.

#include <fstream>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hubs/mqtt_bus.h"
#include "tests/support/scripted_broker.h"
#include "tests/support/test_authority.h"
#include "tests/support/wait_until.h"

namespace hubs {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using support::TestAuthority;

/// A mosquitto with a TLS listener on the loopback address.
class TlsBroker {
 public:
  explicit TlsBroker(const fs::path& folder) {
    // A port that was free a moment ago.
    port_ = support::ScriptedBroker([](std::uint8_t) { return std::string(); }).port();
    std::ofstream(folder / "mosquitto.conf")
        << "listener " << port_ << " 127.0.0.1\nallow_anonymous true\n"
        << (::geteuid() == 0 ? "user root\n" : "") << "certfile "
        << (folder / "server.pem").string() << "\nkeyfile " << (folder / "server.key").string()
        << "\nlog_dest none\n";
    const std::string file = (folder / "mosquitto.conf").string();
    const char* const words[] = {"mosquitto", "-c", file.c_str(), nullptr};
    for (const char* program : {"/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"}) {
      if (pid_ < 0 && ::posix_spawn(&pid_, program, nullptr, nullptr,
                                    const_cast<char* const*>(words), environ) != 0) {
        pid_ = -1;
      }
    }
  }
  ~TlsBroker() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  int port() const { return port_; }

 private:
  int port_ = 0;
  pid_t pid_ = -1;
};

class MqttTls : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    ours_.writeAuthority(folder_ / "ours.pem");
    TestAuthority("Somebody").writeAuthority(folder_ / "theirs.pem");
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// Connects to a broker with the given certificate, trusting `authority`.
  base::Result<void> connect(const std::string& subject, long lifetime,
                             const std::string& authority) {
    ours_.writeServer(folder_ / "server.pem", folder_ / "server.key", subject, lifetime);
    const TlsBroker broker(folder_);
    MqttOptions options;
    options.port = broker.port();
    options.tls = TlsOptions{.caFile = folder_ / authority};
    const auto bus = makeMqttBus(options);
    EXPECT_TRUE(bus.ok());
    return waitOnline(**bus, 20s);
  }

  const fs::path folder_ = fs::temp_directory_path() / ("mimosa-tls-" + base::randomHex(6));
  const TestAuthority ours_{"Mimosa test"};
};

}  // namespace

TEST_F(MqttTls, ABrokerWithACertificateWeTrustIsUsed) {
  const auto online = connect("IP:127.0.0.1", 86'400, "ours.pem");

  EXPECT_TRUE(online.ok()) << online.error().message;
}

TEST_F(MqttTls, AnUnknownAuthorityIsRefusedAndSaidSo) {
  const auto online = connect("IP:127.0.0.1", 86'400, "theirs.pem");

  ASSERT_FALSE(online.ok());
  EXPECT_EQ(online.error().code, base::ErrorCode::Refused);
  EXPECT_NE(online.error().message.find("certificate we do not trust: unable to get local issuer"),
            std::string::npos)
      << online.error().message;
}

TEST_F(MqttTls, AnotherHostsCertificateIsRefusedAndSaidSo) {
  const auto online = connect("DNS:elsewhere", 86'400, "ours.pem");

  ASSERT_FALSE(online.ok());
  EXPECT_EQ(online.error().code, base::ErrorCode::Refused);
  EXPECT_NE(online.error().message.find("mismatch"), std::string::npos) << online.error().message;
}

TEST_F(MqttTls, AnExpiredCertificateIsRefusedAndSaidSo) {
  const auto online = connect("IP:127.0.0.1", -3600, "ours.pem");

  ASSERT_FALSE(online.ok());
  EXPECT_EQ(online.error().code, base::ErrorCode::Refused);
  EXPECT_NE(online.error().message.find("expired"), std::string::npos) << online.error().message;
}

TEST_F(MqttTls, FilesThatCannotBeReadAreNamedAtOnce) {
  MqttOptions options;
  options.tls = TlsOptions{.caFile = "/nowhere/ca.pem"};

  const auto bus = makeMqttBus(options);

  ASSERT_FALSE(bus.ok());
  EXPECT_EQ(bus.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(bus.error().message,
            "The file of trusted certificates /nowhere/ca.pem cannot be read.");
}

}  // namespace hubs

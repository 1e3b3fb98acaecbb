// Pictures over HTTP. Bytes from the network pass the multipart reader and the header check here;
// decoding is the Decoder's.

#include <curl/curl.h>
#include <memory>
#include <thread>

#include "sensors/capture/child.h"
#include "sensors/capture/decoder.h"
#include "sensors/capture/multipart.h"

namespace sensors::capture {

namespace {

constexpr long kConnectSeconds = 8;
constexpr long kStillSeconds = 15;   ///< for one picture
constexpr long kSilentSeconds = 10;  ///< of a stream
constexpr long kMostRedirects = 3;
/// Pictures in a row that cannot be decoded until the camera counts as broken.
constexpr int kMostBad = 25;

struct CurlDeleter {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
using Curl = std::unique_ptr<CURL, CurlDeleter>;

/// One request and what its answer becomes.
class Request {
 public:
  Request(Desk& desk, CURL* curl) : desk_(desk), curl_(curl) {}

  /// Bytes of the answer. False where there is no use in more.
  bool take(const std::uint8_t* bytes, std::size_t n) {
    if (!looked_) look();
    if (!reader_) {
      still_.insert(still_.end(), bytes, bytes + n);
      return !foreign_ && still_.size() <= MultipartReader::kMostPart;
    }
    if (const auto read = reader_->push({bytes, n}); !read) {
      why_ = read.error().message;
      return false;
    }
    return bad_ < kMostBad;
  }

  /// The answer is complete. False where it was a stream that ended.
  bool finish() {
    if (!looked_) look();
    if (reader_ || foreign_) return false;
    show(still_);
    still_.clear();
    looked_ = false;
    return bad_ < kMostBad;
  }

  /// What was wrong with the answer itself; empty where nothing was.
  std::string why() const {
    if (bad_ >= kMostBad) return "sends pictures that cannot be read: " + lastBad_;
    return why_;
  }
  bool isStream() const { return reader_.has_value(); }

 private:
  void look() {
    looked_ = true;
    const char* text = nullptr;
    curl_easy_getinfo(curl_, CURLINFO_CONTENT_TYPE, &text);
    const std::string type = text ? text : "";
    if (type.starts_with("multipart/")) {
      const std::string boundary = boundaryOf(type);
      if (!boundary.empty()) {
        reader_.emplace(boundary, [this](const base::Bytes& part) { show(part); });
        return;
      }
      why_ = "sends a stream without saying where a picture ends";
    } else if (type.starts_with("text/")) {
      why_ = "shows a web page at that address, no picture";
    }
    foreign_ = !why_.empty();
  }

  void show(const base::Bytes& jpeg) {
    if (reader_ && !desk_.isDue()) return;
    auto taken = decoder_.decode(jpeg, steadyNow(), desk_.orders().shape);
    if (!taken) {
      ++bad_;
      lastBad_ = taken.error().message;
      desk_.lose(lastBad_);
      return;
    }
    bad_ = 0;
    desk_.send(*std::move(taken));
  }

  Desk& desk_;
  CURL* curl_;
  Decoder decoder_;
  std::optional<MultipartReader> reader_;
  base::Bytes still_;
  bool looked_ = false;
  bool foreign_ = false;
  int bad_ = 0;
  std::string lastBad_;
  std::string why_;
};

std::size_t onBytes(char* bytes, std::size_t, std::size_t n, void* request) {
  const bool wanted =
      static_cast<Request*>(request)->take(reinterpret_cast<const std::uint8_t*>(bytes), n);
  return wanted ? n : 0;
}

/// What went wrong, for a person; begins with a verb, the camera being its subject.
std::string sentence(CURLcode code, long status) {
  switch (code) {
    case CURLE_OK:
    case CURLE_HTTP_RETURNED_ERROR:
      if (status == 401 || status == 403) return "wants another user name or password";
      if (status == 404) return "has nothing at that address";
      return "answers with error " + std::to_string(status);
    case CURLE_COULDNT_RESOLVE_HOST:
      return "cannot be found: no device has that name";
    case CURLE_COULDNT_CONNECT:
      return "does not answer; it may be switched off";
    case CURLE_OPERATION_TIMEDOUT:
      return "stopped answering";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "has a certificate that nobody this computer trusts has signed";
    case CURLE_URL_MALFORMAT:
      return "has an address that cannot be read";
    default:
      return std::string("cannot be read: ") + curl_easy_strerror(code);
  }
}

}  // namespace

void captureHttp(Desk& desk) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const Curl curl(curl_easy_init());
  if (!curl) desk.giveUp("cannot be asked: the HTTP library does not start");
  const std::string address = desk.orders().address;
  Request request(desk, curl.get());
  CURL* c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, address.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(c, CURLOPT_MAXREDIRS, kMostRedirects);
  curl_easy_setopt(c, CURLOPT_HTTPAUTH, CURLAUTH_ANY);
  curl_easy_setopt(c, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, kSilentSeconds);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, onBytes);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &request);
  for (;;) {
    std::this_thread::sleep_for(desk.untilDue());  // the rhythm of a camera that is polled
    if (!desk.isDue()) continue;
    const CURLcode code = curl_easy_perform(c);
    long status = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK && request.finish()) continue;
    if (!request.why().empty()) desk.giveUp(request.why());
    if (code == CURLE_OK) desk.giveUp("ended its stream");
    desk.giveUp(sentence(code, status));
  }
}

}  // namespace sensors::capture

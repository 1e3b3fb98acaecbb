#include "app/sentence.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace app {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
/// Bytes of other alphabets count as letters.
bool isLetter(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

struct Unit {
  const char* word;
  double seconds;
};
constexpr Unit kUnits[] = {{"ms", 1e-3},     {"seconds", 1}, {"second", 1},  {"sec", 1},
                           {"s", 1},         {"minutes", 60}, {"minute", 60}, {"min", 60},
                           {"hours", 3600},  {"hour", 3600},  {"h", 3600}};

constexpr std::pair<std::string_view, std::string_view> kQuotes[] = {
    {"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}};

}  // namespace

std::string plainText(const Sentence& sentence) {
  std::string text;
  for (const Piece& piece : sentence) text += piece.text;
  return text;
}

std::string withSlot(const Sentence& sentence, std::size_t index, const std::string& text) {
  Sentence changed = sentence;
  if (index >= changed.size()) return plainText(changed);
  const auto at = changed.begin() + static_cast<std::ptrdiff_t>(index);
  const auto covered = std::min(std::max<std::size_t>(at->covers, 1), changed.size() - index);
  changed.erase(at + 1, at + static_cast<std::ptrdiff_t>(covered));
  changed[index].text = text;
  return plainText(changed);
}

std::string numberWords(double value) {
  char buffer[64];
  const double rounded = std::round(value * 1e6) / 1e6;
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, rounded == 0 ? 0.0 : rounded,
                                 std::chars_format::fixed);
  return end.ec == std::errc() ? std::string(buffer, end.ptr) : std::string("0");
}

std::string durationWords(base::Duration duration) {
  const double seconds = base::toSeconds(duration);
  const auto whole = [&](double unit) {
    const double n = seconds / unit;
    return n >= 1 && std::abs(n - std::round(n)) < 1e-9;
  };
  if (whole(3600)) return numberWords(seconds / 3600) + " h";
  if (whole(60)) return numberWords(seconds / 60) + " min";
  return numberWords(seconds) + " s";
}

SentenceReader::SentenceReader(std::string_view text) : text_(text.substr(0, kLongest)) {}

void SentenceReader::skipBlanks() {
  while (at_ < text_.size() && isBlank(text_[at_])) ++at_;
}

std::size_t SentenceReader::matchAt(std::size_t at, std::string_view phrase) const {
  std::size_t to = at;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (isBlank(phrase[i])) {
      if (to >= text_.size() || !isBlank(text_[to])) return 0;
      while (to < text_.size() && isBlank(text_[to])) ++to;
    } else if (to < text_.size() && lower(text_[to]) == lower(phrase[i])) {
      ++to;
    } else {
      return 0;
    }
  }
  const bool wordEnds = to >= text_.size() || !isLetter(text_[to]) ||
                        (!phrase.empty() && !isLetter(phrase.back()));
  const bool wordBegins = at == 0 || !isLetter(text_[at - 1]) ||
                          (!phrase.empty() && !isLetter(phrase.front()));
  return wordEnds && wordBegins ? to - at : 0;
}

bool SentenceReader::take(std::string_view phrase) {
  skipBlanks();
  const std::size_t length = matchAt(at_, phrase);
  if (length > 0) last_ = at_;
  at_ += length;
  return length > 0;
}

void SentenceReader::note(std::size_t begin, std::size_t end, const std::string& wanted) {
  while (end > begin && isBlank(text_[end - 1])) --end;
  if (end > begin) notUnderstood_.push_back({begin, end - begin, wanted});
}

bool SentenceReader::expect(std::string_view phrase, const std::string& wanted) {
  if (take(phrase)) return true;
  for (std::size_t at = at_; at < text_.size(); ++at) {
    if (const std::size_t length = matchAt(at, phrase)) {
      note(at_, at, wanted);
      at_ = at + length;
      return true;
    }
  }
  missing_.push_back(wanted);
  return false;
}

std::optional<std::size_t> SentenceReader::oneOf(const std::vector<std::string>& names) {
  skipBlanks();
  std::optional<std::size_t> best;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t length = names[i].empty() ? 0 : matchAt(at_, names[i]);
    if (length > longest) {
      longest = length;
      best = i;
    }
  }
  last_ = at_;
  at_ += longest;
  return best;
}

std::optional<double> SentenceReader::number() {
  skipBlanks();
  std::size_t to = at_;
  if (to < text_.size() && text_[to] == '-') ++to;
  const auto isDigit = [&](std::size_t i) {
    return i < text_.size() && text_[i] >= '0' && text_[i] <= '9';
  };
  const std::size_t first = to;
  while (isDigit(to)) ++to;
  if (to == first) return std::nullopt;
  if (to < text_.size() && (text_[to] == '.' || text_[to] == ',') && isDigit(to + 1)) {
    ++to;
    while (isDigit(to)) ++to;
  }
  std::string digits = text_.substr(at_, to - at_);
  std::replace(digits.begin(), digits.end(), ',', '.');
  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  constexpr double kLargest = 1e9;
  if (read.ec != std::errc() || !(std::abs(value) <= kLargest)) return std::nullopt;
  value = std::round(value * 1e6) / 1e6;  // what numberWords can say
  last_ = at_;
  at_ = to;
  return value;
}

std::optional<base::Duration> SentenceReader::duration() {
  constexpr double kLongestSeconds = 7 * 24 * 3600;
  const std::size_t before = at_;
  if (const auto value = number(); value && *value >= 0) {
    for (const Unit& unit : kUnits) {
      if (take(unit.word)) {
        const double seconds = *value * unit.seconds;
        if (seconds > kLongestSeconds) break;
        last_ = before;
        return base::fromSeconds(std::round(seconds * 1e6) / 1e6);
      }
    }
  }
  at_ = before;
  return std::nullopt;
}

std::optional<std::string> SentenceReader::quoted() {
  skipBlanks();
  for (const auto& [open, close] : kQuotes) {
    if (text_.compare(at_, open.size(), open) != 0) continue;
    const std::size_t begin = at_ + open.size();
    const std::size_t end = text_.find(close, begin);
    if (end == std::string::npos) return std::nullopt;
    last_ = at_;
    at_ = end + close.size();
    return text_.substr(begin, end - begin);
  }
  return std::nullopt;
}

std::string SentenceReader::word() {
  skipBlanks();
  std::size_t to = at_;
  while (to < text_.size() && !isBlank(text_[to])) ++to;
  while (to > at_ && (text_[to - 1] == ',' || text_[to - 1] == ';' || text_[to - 1] == '.')) --to;
  std::string taken = text_.substr(at_, to - at_);
  last_ = at_;
  at_ = to;
  return taken;
}

void SentenceReader::misread(const std::string& wanted, const std::vector<std::string>& stops) {
  skipBlanks();
  std::size_t end = at_;
  const auto stopsHere = [&](std::size_t at) {
    return std::any_of(stops.begin(), stops.end(),
                       [&](const std::string& stop) { return matchAt(at, stop) > 0; });
  };
  while (end < text_.size() && !stopsHere(end)) ++end;
  if (end > at_) {
    note(at_, end, wanted);
  } else {
    missing_.push_back(wanted);
  }
  at_ = end;
}

bool SentenceReader::atEnd() {
  skipBlanks();
  return at_ >= text_.size();
}

void SentenceReader::finish() {
  const auto filler = [](char c) { return isBlank(c) || c == '.' || c == ',' || c == ';'; };
  while (at_ < text_.size() && filler(text_[at_])) ++at_;
  note(at_, text_.size(), "the end of the sentence");
  at_ = text_.size();
}

}  // namespace app

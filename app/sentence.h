#pragma once
// Sentence: a rule as words with slots, and a reader that takes such words apart again. What is not
// understood is named by its place and never guessed.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sensors/base/time.h"

namespace app {

/// A run of words, or a slot that a person can fill otherwise.
struct Piece {
  enum class Slot {
    None,
    Choice,    ///< one of `choices`
    Duration,  ///< "5 s"; `choices` are proposals
    Number,
    Text,
    Extra,  ///< a part that may be absent: empty text where it is; `choices` put it in or take it out
  };
  std::string text = {};  ///< as the sentence says it
  Slot slot = Slot::None;
  std::vector<std::string> choices = {};
  std::string hint = {};   ///< what the slot is, for a person: "which label"
  std::size_t covers = 1;  ///< pieces, from this one on, that a new text replaces
};

/// Pieces in order; their texts, put together as they are, are the sentence.
using Sentence = std::vector<Piece>;

std::string plainText(const Sentence& sentence);
/// The sentence with slot `index` saying `text` instead, as plain text.
std::string withSlot(const Sentence& sentence, std::size_t index, const std::string& text);

/// A stretch of the text that was not understood, in bytes.
struct NotUnderstood {
  std::size_t begin = 0;
  std::size_t length = 0;
  std::string wanted;  ///< what was expected there: "a label", "\"is\""
  friend bool operator==(const NotUnderstood&, const NotUnderstood&) = default;
};

/// What a text says: `value` only where everything was understood and nothing is missing.
template <class Value>
struct Read {
  std::optional<Value> value = {};
  std::vector<NotUnderstood> notUnderstood = {};
  std::vector<std::string> missing = {};  ///< "what to do when not sure"
};

/// "5 s", "2 min", "1 h", "1.5 s": the largest unit in which it has three digits at most.
std::string durationWords(base::Duration duration);
/// "40", "0.5": shortest form without an exponent.
std::string numberWords(double value);

/// Walks over a text of at most kLongest bytes. Words are compared without regard to case; blanks
/// count as one. One thread.
class SentenceReader {
 public:
  static constexpr std::size_t kLongest = 2000;

  explicit SentenceReader(std::string_view text);

  /// Takes `phrase` if it comes next, as whole words.
  bool take(std::string_view phrase);
  /// Takes `phrase`; where other words come before it they are not understood, where it does not
  /// come at all nothing is taken and it is noted as missing. `wanted` for the person.
  bool expect(std::string_view phrase, const std::string& wanted);
  /// Takes the longest of `names` that comes next. Nothing where none does.
  std::optional<std::size_t> oneOf(const std::vector<std::string>& names);
  /// A number with "." or "," as decimal point, at most 1e9 in size, to 1e-6.
  std::optional<double> number();
  /// A number and a unit of time: ms, s, sec, seconds, min, minutes, h, hours.
  std::optional<base::Duration> duration();
  /// What stands between quotation marks (" or typographic).
  std::optional<std::string> quoted();
  /// Everything up to the next blank, without trailing . , ;
  std::string word();
  /// Notes that what was taken last does not fit; `wanted` says why.
  void reject(const std::string& wanted) { note(last_, at_, wanted); }
  /// Notes that what comes next, up to the first of `stops` or the end, is not understood.
  void misread(const std::string& wanted, const std::vector<std::string>& stops);
  void missing(std::string what) { missing_.push_back(std::move(what)); }
  bool atEnd();
  /// Notes what is left as not understood; full stops and commas apart.
  void finish();

  bool allUnderstood() const { return notUnderstood_.empty() && missing_.empty(); }
  const std::vector<NotUnderstood>& notUnderstood() const { return notUnderstood_; }
  const std::vector<std::string>& missingParts() const { return missing_; }

 private:
  void skipBlanks();
  /// Length of `phrase` at `at`, 0 where it is not there as whole words.
  std::size_t matchAt(std::size_t at, std::string_view phrase) const;
  void note(std::size_t begin, std::size_t end, const std::string& wanted);

  std::string text_;
  std::size_t at_ = 0;
  std::size_t last_ = 0;  ///< where what was taken last begins
  std::vector<NotUnderstood> notUnderstood_;
  std::vector<std::string> missing_;
};

}  // namespace app

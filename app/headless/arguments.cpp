#include "app/headless/arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace app {
namespace {

constexpr std::size_t kHelpColumn = 26;

const Option* findOption(const Usage& usage, std::string_view name) {
  const auto found = std::find_if(usage.options.begin(), usage.options.end(),
                                  [&](const Option& option) { return option.name == name; });
  return found == usage.options.end() ? nullptr : &*found;
}

/// Smallest number of letters to insert, delete or change (Levenshtein).
std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string unknownOption(const Usage& usage, const std::string& name) {
  std::string message = "there is no option --" + name;
  std::size_t best = 3;
  std::string nearest;
  for (const Option& option : usage.options) {
    const std::size_t distance = editDistance(name, option.name);
    if (distance < best) {
      best = distance;
      nearest = option.name;
    }
  }
  return nearest.empty() ? message : message + "; did you mean --" + nearest + "?";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

base::Result<void> checkValue(const Option& option, const std::string& value) {
  if (option.choices.empty() ||
      std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) {
    return {};
  }
  return base::invalid("--" + option.name + ": \"" + value + "\" is not one of " +
                       joined(option.choices));
}

template <class T>
bool readNumber(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end;
}

std::string plainNumber(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

}  // namespace

std::string helpText(const Usage& usage) {
  std::string text = "Usage: " + usage.command + " [options]";
  text += usage.positionals.empty() ? "\n\n" : " " + usage.positionals + "\n\n";
  text += usage.summary + "\n\nOptions:\n";
  std::vector<Option> options = usage.options;
  options.push_back({.name = "help", .value = {}, .help = "Show this text."});
  for (const Option& option : options) {
    std::string left = "  --" + option.name + (option.value.empty() ? "" : " " + option.value);
    left.resize(std::max(left.size() + 2, kHelpColumn), ' ');
    text += left + option.help;
    if (!option.choices.empty()) text += " One of: " + joined(option.choices) + ".";
    if (!option.fallback.empty()) text += " Default: " + option.fallback + ".";
    text += "\n";
  }
  return usage.details.empty() ? text : text + "\n" + usage.details + "\n";
}

base::Result<Arguments> Arguments::parse(const Usage& usage,
                                         const std::vector<std::string>& words) {
  Arguments arguments;
  for (const Option& option : usage.options) {
    arguments.fallbacks_[option.name] = option.fallback;
  }
  bool onlyPositionals = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (onlyPositionals || word.size() < 3 || !word.starts_with("--")) {
      if (word == "--" && !onlyPositionals) {
        onlyPositionals = true;
      } else if (!onlyPositionals && word.size() > 1 && word[0] == '-') {
        return base::invalid("there is no option " + word + "; options start with two dashes");
      } else {
        arguments.positionals_.push_back(word);
      }
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == word.npos ? word.npos : equals - 2);
    const Option* option = findOption(usage, name);
    if (!option) {
      return base::invalid(unknownOption(usage, name));
    }
    if (option->value.empty() && equals != word.npos) {
      return base::invalid("--" + name + " takes no value");
    }
    std::string value;
    if (equals != word.npos) {
      value = word.substr(equals + 1);
    } else if (!option->value.empty()) {
      if (i + 1 == words.size() || (words[i + 1].size() > 2 && words[i + 1].starts_with("--"))) {
        return base::invalid("--" + name + " needs a value: " + option->value);
      }
      value = words[++i];
    }
    if (!option->value.empty()) {
      if (const auto checked = checkValue(*option, value); !checked) return checked.error();
    }
    arguments.given_[name] = value;
  }
  if (arguments.positionals_.size() < usage.leastPositionals) {
    return base::invalid("missing: " + usage.positionals);
  }
  if (arguments.positionals_.size() > usage.mostPositionals) {
    return base::invalid("one word too many: " + arguments.positionals_[usage.mostPositionals]);
  }
  return arguments;
}

bool Arguments::has(std::string_view name) const { return given_.find(name) != given_.end(); }

std::string Arguments::text(std::string_view name) const {
  if (const auto found = given_.find(name); found != given_.end()) return found->second;
  const auto fallback = fallbacks_.find(name);
  return fallback == fallbacks_.end() ? std::string() : fallback->second;
}

std::vector<std::string> Arguments::list(std::string_view name) const {
  const std::string all = text(name);
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= all.size();) {
    const std::size_t end = std::min(all.find(',', begin), all.size());
    if (end > begin) parts.push_back(all.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

base::Result<double> Arguments::number(std::string_view name, double min, double max) const {
  const std::string value = text(name);
  double number = 0;
  if (!readNumber(value, number) || !std::isfinite(number)) {
    return base::invalid("--" + std::string(name) + ": \"" + value + "\" is not a number");
  }
  if (number < min || number > max) {
    return base::invalid("--" + std::string(name) + ": " + value + " is not between " +
                         plainNumber(min) + " and " + plainNumber(max));
  }
  return number;
}

base::Result<std::int64_t> Arguments::integer(std::string_view name, std::int64_t min,
                                              std::int64_t max) const {
  const std::string value = text(name);
  std::int64_t number = 0;
  if (!readNumber(value, number)) {
    return base::invalid("--" + std::string(name) + ": \"" + value + "\" is not a whole number");
  }
  if (number < min || number > max) {
    return base::invalid("--" + std::string(name) + ": " + value + " is not between " +
                         std::to_string(min) + " and " + std::to_string(max));
  }
  return number;
}

int runWithArguments(const Usage& usage, const std::vector<std::string>& words,
                     const std::function<base::Result<void>(const Arguments&)>& body) {
  if (std::find(words.begin(), words.end(), "--help") != words.end()) {
    std::fputs(helpText(usage).c_str(), stdout);
    return kDone;
  }
  const auto arguments = Arguments::parse(usage, words);
  if (!arguments) {
    std::fprintf(stderr, "%s: %s. Try --help.\n", usage.command.c_str(),
                 arguments.error().message.c_str());
    return kWrongUsage;
  }
  const auto done = body(*arguments);
  if (!done) {
    std::fprintf(stderr, "%s: %s\n", usage.command.c_str(), done.error().message.c_str());
    return kFailed;
  }
  return kDone;
}

}  // namespace app

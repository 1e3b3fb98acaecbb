#include "app/project/label_tracks.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <sstream>

#include "app/project/importers/csv.h"

namespace app {

namespace {

constexpr double kLatest = 1e9;  // seconds
constexpr std::size_t kLongestText = 4096;

base::Error tooMany(const std::string& name) {
  return base::invalid(name + " holds more than " + std::to_string(kMostTrackLabels) +
                       " labels; split it.");
}

base::Error atRow(const std::string& name, std::size_t row, const std::string& what) {
  return {base::ErrorCode::Corrupt, name + ", row " + std::to_string(row) + ": " + what};
}

void appendSeconds(std::string& text, base::Duration time) {
  char number[48];
  std::snprintf(number, sizeof number, "%.9f", base::toSeconds(time));
  text += number;
}

std::string onOneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

/// The next line of `rest`, without its end.
std::string_view takeLine(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (!line.empty() && line.back() == '\r') {
    line.remove_suffix(1);
  }
  return line;
}

std::optional<base::Duration> secondsFrom(std::string_view text) {
  const auto number = readNumber(trimmed(text));
  if (!number || std::abs(*number) > kLatest) {
    return std::nullopt;
  }
  return base::fromSeconds(*number);
}

/// Orders by begin, as all who use a track expect.
std::vector<TrackLabel> inOrder(std::vector<TrackLabel> track) {
  std::stable_sort(track.begin(), track.end(),
                   [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return track;
}

std::int64_t milliseconds(base::Duration time) {
  return std::llround(static_cast<double>(time.count()) * 1e-6);
}

/// Milliseconds of each time slot that has a time.
base::Result<std::map<std::string, std::int64_t>> slotsOf(const std::string& name,
                                                          const pugi::xml_node& document) {
  std::map<std::string, std::int64_t> slots;
  for (const pugi::xml_node slot : document.child("TIME_ORDER").children("TIME_SLOT")) {
    const std::string value = slot.attribute("TIME_VALUE").as_string();
    if (value.empty()) {
      continue;  // ELAN allows slots whose time is not known
    }
    std::int64_t ms = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), ms);
    if (read.ec != std::errc() || read.ptr != value.data() + value.size() || ms < 0 ||
        static_cast<double>(ms) > kLatest * 1000) {
      return base::Error{base::ErrorCode::Corrupt,
                         name + ": " + inQuotes(value) + " is no time in milliseconds"};
    }
    slots[slot.attribute("TIME_SLOT_ID").as_string()] = ms;
  }
  return slots;
}

base::Error unknownTier(const std::string& name, const std::string& tier,
                        const pugi::xml_node& document) {
  std::string known;
  for (const pugi::xml_node other : document.children("TIER")) {
    known += (known.empty() ? "" : ", ") + std::string(other.attribute("TIER_ID").as_string());
  }
  return {base::ErrorCode::NotFound, name + " has no tier " + inQuotes(tier) +
                                         "; it has: " + (known.empty() ? "none" : known)};
}

}  // namespace

std::string encodeAudacityTrack(const std::vector<TrackLabel>& track) {
  std::string text;
  for (const TrackLabel& label : track) {
    appendSeconds(text, label.begin);
    text += '\t';
    appendSeconds(text, label.end);
    text += '\t' + onOneLine(label.text) + '\n';
  }
  return text;
}

base::Result<std::vector<TrackLabel>> decodeAudacityTrack(const std::string& name,
                                                          std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
    bytes.remove_prefix(3);
  }
  std::vector<TrackLabel> track;
  for (std::size_t row = 1; !bytes.empty(); ++row) {
    const std::string_view line = takeLine(bytes);
    if (trimmed(line).empty() || line.front() == '\\') {
      continue;
    }
    const std::size_t first = line.find('\t');
    const std::size_t second = first == line.npos ? line.npos : line.find('\t', first + 1);
    if (first == line.npos) {
      return atRow(name, row, "a label is begin, end and text with tabs between them");
    }
    const auto begin = secondsFrom(line.substr(0, first));
    const auto end = secondsFrom(line.substr(first + 1, second - first - 1));
    if (!begin || !end) {
      return atRow(name, row, inQuotes(line) + " does not begin with two times in seconds");
    }
    if (*end < *begin) {
      return atRow(name, row, "the label ends before it begins");
    }
    const std::string_view text = second == line.npos ? "" : trimmed(line.substr(second + 1));
    if (text.size() > kLongestText) {
      return atRow(name, row, "the label's text is too long");
    }
    if (track.size() >= kMostTrackLabels) {
      return tooMany(name);
    }
    track.push_back({.begin = *begin, .end = *end, .text = std::string(text)});
  }
  return inOrder(std::move(track));
}

std::string encodeElanTrack(const std::vector<TrackLabel>& track) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = document.append_child("ANNOTATION_DOCUMENT");
  root.append_attribute("AUTHOR") = "";
  root.append_attribute("DATE") = "1970-01-01T00:00:00Z";
  root.append_attribute("FORMAT") = "3.0";
  root.append_attribute("VERSION") = "3.0";
  root.append_attribute("xmlns:xsi") = "http://www.w3.org/2001/XMLSchema-instance";
  root.append_attribute("xsi:noNamespaceSchemaLocation") =
      "http://www.mpi.nl/tools/elan/EAFv3.0.xsd";
  pugi::xml_node header = root.append_child("HEADER");
  header.append_attribute("MEDIA_FILE") = "";
  header.append_attribute("TIME_UNITS") = "milliseconds";
  pugi::xml_node order = root.append_child("TIME_ORDER");
  pugi::xml_node tier = root.append_child("TIER");
  tier.append_attribute("LINGUISTIC_TYPE_REF") = "default-lt";
  tier.append_attribute("TIER_ID") = "Mimosa";
  std::size_t slot = 0;
  const auto addSlot = [&](base::Duration time) {
    const std::string id = "ts" + std::to_string(++slot);
    pugi::xml_node node = order.append_child("TIME_SLOT");
    node.append_attribute("TIME_SLOT_ID") = id.c_str();
    node.append_attribute("TIME_VALUE") =
        static_cast<long long>(std::max<std::int64_t>(0, milliseconds(time)));
    return id;
  };
  for (std::size_t i = 0; i < track.size(); ++i) {
    const std::string begin = addSlot(track[i].begin);
    const std::string end = addSlot(track[i].end);
    pugi::xml_node annotation =
        tier.append_child("ANNOTATION").append_child("ALIGNABLE_ANNOTATION");
    annotation.append_attribute("ANNOTATION_ID") = ("a" + std::to_string(i + 1)).c_str();
    annotation.append_attribute("TIME_SLOT_REF1") = begin.c_str();
    annotation.append_attribute("TIME_SLOT_REF2") = end.c_str();
    annotation.append_child("ANNOTATION_VALUE").text() = track[i].text.c_str();
  }
  pugi::xml_node type = root.append_child("LINGUISTIC_TYPE");
  type.append_attribute("GRAPHIC_REFERENCES") = "false";
  type.append_attribute("LINGUISTIC_TYPE_ID") = "default-lt";
  type.append_attribute("TIME_ALIGNABLE") = "true";
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

base::Result<std::vector<TrackLabel>> decodeElanTrack(const std::string& name,
                                                      std::string_view bytes,
                                                      const std::string& tier) {
  pugi::xml_document parsed;
  const auto result = parsed.load_buffer(bytes.data(), bytes.size());
  const pugi::xml_node document = parsed.child("ANNOTATION_DOCUMENT");
  if (!result || !document) {
    return base::Error{base::ErrorCode::Corrupt,
                       name + " is no ELAN file" +
                           (result ? std::string() : ": " + std::string(result.description()) +
                                                         " at byte " +
                                                         std::to_string(result.offset))};
  }
  const auto slots = slotsOf(name, document);
  if (!slots) {
    return slots.error();
  }
  std::vector<TrackLabel> track;
  bool found = tier.empty();
  for (const pugi::xml_node node : document.children("TIER")) {
    if (!tier.empty() && tier != node.attribute("TIER_ID").as_string()) {
      continue;
    }
    found = true;
    for (const pugi::xml_node annotation : node.children("ANNOTATION")) {
      const pugi::xml_node aligned = annotation.child("ALIGNABLE_ANNOTATION");
      if (!aligned) {
        continue;  // refers to another annotation: says nothing about time
      }
      const auto begin = slots->find(aligned.attribute("TIME_SLOT_REF1").as_string());
      const auto end = slots->find(aligned.attribute("TIME_SLOT_REF2").as_string());
      if (begin == slots->end() || end == slots->end()) {
        continue;
      }
      if (end->second < begin->second) {
        return base::Error{base::ErrorCode::Corrupt,
                           name + ": annotation " +
                               inQuotes(aligned.attribute("ANNOTATION_ID").as_string()) +
                               " ends before it begins"};
      }
      std::string text(trimmed(aligned.child("ANNOTATION_VALUE").text().as_string()));
      if (text.size() > kLongestText) {
        return base::Error{base::ErrorCode::Corrupt, name + ": an annotation is too long"};
      }
      if (track.size() >= kMostTrackLabels) {
        return tooMany(name);
      }
      track.push_back({.begin = std::chrono::milliseconds(begin->second),
                       .end = std::chrono::milliseconds(end->second),
                       .text = std::move(text)});
    }
  }
  if (!found) {
    return unknownTier(name, tier, document);
  }
  return inOrder(std::move(track));
}

}  // namespace app

#include "sensors/block_codec.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace sensors {

namespace {

// Layout: version, content, number form, flags (u8 each), sequence, start, step, lost (8 bytes
// each), then for samples rows, channels (u32), offsets (i64 each, where flagged), mask (one bit
// per value, where flagged), numbers; for pictures width, height, size (u32), bytes, and
// where flagged the background's bytes up to the end.
static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kContentSamples = 0;
constexpr std::uint8_t kContentImage = 1;
constexpr std::uint8_t kHasOffsets = 1;
constexpr std::uint8_t kHasMask = 2;
constexpr std::uint8_t kHasBackground = 4;
constexpr float kFraction = 32768;
// Times beyond are refused, so that no sum of them can overflow: 146 years around 1970, and blocks
// of 73 years.
constexpr std::int64_t kFarthest = std::int64_t{1} << 62;
constexpr std::int64_t kLongest = std::int64_t{1} << 61;

enum class Form : std::uint8_t { Byte = 0, Whole = 1, Fraction = 2, Float = 3 };

bool isWhole(float v, float min, float max) {
  return v >= min && v <= max && v == std::trunc(v) && !(v == 0 && std::signbit(v));
}

Form smallestForm(const std::vector<float>& values) {
  bool byte = true;
  bool whole = true;
  bool fraction = true;
  for (const float v : values) {
    byte = byte && isWhole(v, 0, 255);
    whole = whole && isWhole(v, -32768, 32767);
    fraction = fraction && isWhole(v * kFraction, -32768, 32767);
    if (!whole && !fraction) return Form::Float;
  }
  return byte ? Form::Byte : whole ? Form::Whole : Form::Fraction;
}

std::size_t bytesPerNumber(Form form) {
  return form == Form::Byte ? 1 : form == Form::Float ? 4 : 2;
}

class Writer {
 public:
  explicit Writer(std::size_t expected) { bytes_.reserve(expected); }

  template <class T>
  void put(T value) {
    const auto* raw = reinterpret_cast<const std::uint8_t*>(&value);
    bytes_.insert(bytes_.end(), raw, raw + sizeof value);
  }
  void put(std::span<const std::uint8_t> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  base::Bytes take() { return std::move(bytes_); }

 private:
  base::Bytes bytes_;
};

/// Reads never go past the end; once something was short, everything after reads as 0.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  template <class T>
  T get() {
    T value{};
    if (const auto raw = take(sizeof value); !raw.empty()) {
      std::memcpy(&value, raw.data(), sizeof value);
    }
    return value;
  }
  std::span<const std::uint8_t> take(std::uint64_t n) {
    if (n > rest_.size()) {
      short_ = true;
      rest_ = {};
      return {};
    }
    const auto part = rest_.first(n);
    rest_ = rest_.subspan(n);
    return part;
  }
  std::size_t left() const { return rest_.size(); }
  bool wasShort() const { return short_; }

 private:
  std::span<const std::uint8_t> rest_;
  bool short_ = false;
};

base::Error corrupt(const std::string& what) {
  return {base::ErrorCode::Corrupt, "a stored block is damaged: " + what};
}

void putNumbers(Writer& out, const std::vector<float>& values, Form form) {
  switch (form) {
    case Form::Byte:
      for (const float v : values) out.put(static_cast<std::uint8_t>(v));
      return;
    case Form::Whole:
      for (const float v : values) out.put(static_cast<std::int16_t>(v));
      return;
    case Form::Fraction:
      for (const float v : values) out.put(static_cast<std::int16_t>(v * kFraction));
      return;
    case Form::Float:
      out.put(std::span(reinterpret_cast<const std::uint8_t*>(values.data()),
                        values.size() * sizeof(float)));
      return;
  }
}

std::vector<float> numbersFrom(std::span<const std::uint8_t> bytes, std::size_t count, Form form) {
  std::vector<float> values(count);
  if (form == Form::Float) {
    if (count > 0) std::memcpy(values.data(), bytes.data(), count * sizeof(float));
    return values;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (form == Form::Byte) {
      values[i] = bytes[i];
      continue;
    }
    std::int16_t v = 0;
    std::memcpy(&v, bytes.data() + i * sizeof v, sizeof v);
    values[i] = form == Form::Whole ? static_cast<float>(v) : static_cast<float>(v) / kFraction;
  }
  return values;
}

base::Result<Samples> decodeSamples(ByteReader& in, Form form, std::uint8_t flags, Block& block) {
  const std::uint64_t rows = in.get<std::uint32_t>();
  const std::uint64_t channels = in.get<std::uint32_t>();
  if (in.wasShort()) return corrupt("it ends in its head");
  if (channels == 0 && rows > 0) return corrupt("it has rows without channels");
  if (channels > 0 && rows > in.left() / channels) return corrupt("it is shorter than it says");
  const std::uint64_t count = rows * channels;
  const std::uint64_t offsetBytes = flags & kHasOffsets ? rows * sizeof(std::int64_t) : 0;
  const std::uint64_t maskBytes = flags & kHasMask ? (count + 7) / 8 : 0;
  if (offsetBytes + maskBytes + count * bytesPerNumber(form) != in.left()) {
    return corrupt("its length is not what its head says");
  }
  if (rows > 0 && block.step.count() > kLongest / static_cast<std::int64_t>(rows)) {
    return corrupt("its times cannot be");
  }

  block.offsets.reserve(flags & kHasOffsets ? rows : 0);
  base::Duration last{0};
  for (std::uint64_t i = 0; i < offsetBytes / sizeof(std::int64_t); ++i) {
    const base::Duration offset(in.get<std::int64_t>());
    if (offset < last || offset.count() > kLongest) return corrupt("its rows are out of order");
    block.offsets.push_back(last = offset);
  }
  Samples samples{.rows = rows, .channels = channels, .values = {}, .missing = {}};
  if (flags & kHasMask) {
    const auto mask = in.take(maskBytes);
    samples.missing.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      samples.missing[i] = static_cast<std::uint8_t>((mask[i / 8] >> (i % 8)) & 1);
    }
  }
  samples.values = numbersFrom(in.take(count * bytesPerNumber(form)), count, form);
  return samples;
}

base::Result<Image> decodeImage(ByteReader& in, std::uint8_t flags) {
  const auto width = in.get<std::int32_t>();
  const auto height = in.get<std::int32_t>();
  const std::uint64_t size = in.get<std::uint32_t>();
  const bool hasBackground = flags & kHasBackground;
  if (in.wasShort() || (hasBackground ? size >= in.left() : size != in.left())) {
    return corrupt("its picture has another length");
  }
  if (width < 0 || height < 0) return corrupt("its picture has no size");
  const auto jpeg = in.take(size);
  Image image{.width = width, .height = height, .jpeg = {jpeg.begin(), jpeg.end()}};
  if (hasBackground) {
    const auto background = in.take(in.left());
    image.background = std::make_shared<const base::Bytes>(background.begin(), background.end());
  }
  return image;
}

/// From `from` to the later `to`; centuries that no number holds are the longest time there is.
base::Duration between(base::Time from, base::Time to) {
  const std::uint64_t gap = static_cast<std::uint64_t>(to.ns) - static_cast<std::uint64_t>(from.ns);
  return base::Duration(
      static_cast<std::int64_t>(std::min<std::uint64_t>(gap, base::Duration::max().count())));
}

/// First row at or after `t`.
std::size_t firstRowFrom(const Block& block, base::Time t) {
  const std::size_t rows = block.rows();
  if (t <= block.start) return 0;
  const base::Duration after = between(block.start, t);
  if (!block.offsets.empty()) {
    const auto found = std::lower_bound(block.offsets.begin(), block.offsets.end(), after);
    return static_cast<std::size_t>(found - block.offsets.begin());
  }
  if (block.step.count() <= 0) return rows;
  const std::int64_t gap = after.count();
  const std::int64_t step = block.step.count();
  const auto row = static_cast<std::uint64_t>(gap / step + (gap % step != 0 ? 1 : 0));
  return std::min<std::size_t>(rows, row);
}

}  // namespace

base::Bytes encodeBlock(const Block& block) {
  const Samples* samples = block.samples();
  const Form form = samples ? smallestForm(samples->values) : Form::Byte;
  const bool hasBackground = !samples && block.image()->background;
  const auto flags = static_cast<std::uint8_t>(
      (block.offsets.empty() ? 0 : kHasOffsets) |
      (samples && !samples->missing.empty() ? kHasMask : 0) | (hasBackground ? kHasBackground : 0));
  Writer out(samples ? 64 + samples->values.size() * (bytesPerNumber(form) + 1) +
                           block.offsets.size() * sizeof(std::int64_t)
                     : 64 + block.image()->jpeg.size());
  out.put(kVersion);
  out.put(samples ? kContentSamples : kContentImage);
  out.put(static_cast<std::uint8_t>(form));
  out.put(flags);
  out.put(block.sequence);
  out.put(block.start.ns);
  out.put(static_cast<std::int64_t>(block.step.count()));
  out.put(block.lostBefore);
  if (!samples) {
    const Image& image = *block.image();
    out.put(static_cast<std::int32_t>(image.width));
    out.put(static_cast<std::int32_t>(image.height));
    out.put(static_cast<std::uint32_t>(image.jpeg.size()));
    out.put(std::span<const std::uint8_t>(image.jpeg));
    if (hasBackground) out.put(std::span<const std::uint8_t>(*image.background));
    return out.take();
  }
  out.put(static_cast<std::uint32_t>(samples->rows));
  out.put(static_cast<std::uint32_t>(samples->channels));
  for (const base::Duration offset : block.offsets) {
    out.put(static_cast<std::int64_t>(offset.count()));
  }
  if (flags & kHasMask) {
    base::Bytes mask((samples->missing.size() + 7) / 8);
    for (std::size_t i = 0; i < samples->missing.size(); ++i) {
      if (samples->missing[i]) mask[i / 8] |= static_cast<std::uint8_t>(1 << (i % 8));
    }
    out.put(std::span<const std::uint8_t>(mask));
  }
  putNumbers(out, samples->values, form);
  return out.take();
}

base::Result<BlockPtr> decodeBlock(std::span<const std::uint8_t> bytes, SourceInfoPtr source) {
  ByteReader in(bytes);
  const auto version = in.get<std::uint8_t>();
  if (version > kVersion) {
    return base::Error{base::ErrorCode::Unsupported,
                       "a stored block was written by a newer version of the program"};
  }
  if (version != kVersion) return corrupt("it does not start like one");
  const auto content = in.get<std::uint8_t>();
  const auto form = in.get<std::uint8_t>();
  const auto flags = in.get<std::uint8_t>();
  auto block = std::make_shared<Block>();
  block->sequence = in.get<std::uint64_t>();
  block->start.ns = in.get<std::int64_t>();
  block->step = base::Duration(in.get<std::int64_t>());
  block->lostBefore = in.get<std::uint64_t>();
  if (in.wasShort()) return corrupt("it ends in its head");
  if (content > kContentImage || form > static_cast<std::uint8_t>(Form::Float) ||
      flags > (kHasOffsets | kHasMask | kHasBackground) ||
      (content == kContentSamples && flags & kHasBackground)) {
    return corrupt("its kind is unknown");
  }
  if (block->step.count() < 0 || block->start.ns < -kFarthest || block->start.ns > kFarthest) {
    return corrupt("its times cannot be");
  }
  if (content == kContentImage) {
    auto image = decodeImage(in, flags);
    if (!image) return image.error();
    block->content = *std::move(image);
  } else {
    auto samples = decodeSamples(in, static_cast<Form>(form), flags, *block);
    if (!samples) return samples.error();
    if (source && samples->rows > 0 && samples->channels != source->channels.size()) {
      return corrupt("it has " + std::to_string(samples->channels) + " channels, but " +
                     source->id + " has " + std::to_string(source->channels.size()));
    }
    block->content = *std::move(samples);
  }
  block->source = std::move(source);
  return BlockPtr(std::move(block));
}

BlockPtr cutBlock(const BlockPtr& block, const base::TimeSpan& span) {
  const Samples* samples = block->samples();
  if (!samples) {
    return span.contains(block->start) ? block : nullptr;
  }
  const std::size_t first = firstRowFrom(*block, span.begin);
  const std::size_t end = firstRowFrom(*block, span.end);
  if (first >= end) return nullptr;
  if (first == 0 && end == samples->rows) return block;

  auto part = std::make_shared<Block>();
  part->source = block->source;
  part->sequence = block->sequence;
  part->start = block->timeOf(first);
  part->step = block->step;
  part->lostBefore = first == 0 ? block->lostBefore : 0;
  for (std::size_t row = first; row < end && !block->offsets.empty(); ++row) {
    part->offsets.push_back(block->timeOf(row) - part->start);
  }
  const auto slice = [&](const auto& all) {
    using All = std::decay_t<decltype(all)>;
    if (all.empty()) return All{};
    return All(all.begin() + static_cast<std::ptrdiff_t>(first * samples->channels),
               all.begin() + static_cast<std::ptrdiff_t>(end * samples->channels));
  };
  part->content = Samples{.rows = end - first,
                          .channels = samples->channels,
                          .values = slice(samples->values),
                          .missing = slice(samples->missing)};
  return part;
}

}  // namespace sensors

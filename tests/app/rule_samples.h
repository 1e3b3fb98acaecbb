#pragma once
// The names of a made-up house, as rules know them.

#include "app/rule_words.h"

namespace sample {

inline app::RuleWords ruleWords() {
  app::RuleWords words;
  words.labels = {{.id = 1, .name = "Background", .background = true},
                  {.id = 2, .name = "Kettle", .colour = 1, .key = 1},
                  {.id = 3, .name = "Tap", .colour = 2, .key = 2},
                  {.id = 4, .name = "Front door", .colour = 3, .key = 3},
                  {.id = 5, .name = "Front door is open", .colour = 4, .key = 4},
                  {.id = 6, .name = "Küche", .colour = 5, .key = 5}};
  words.sources = {{.id = "hall/motion", .name = "Hall motion", .unit = {}},
                   {.id = "kitchen/plug", .name = "Plug power", .unit = "W"}};
  base::ParamSpec led{.name = "led", .title = "Status light", .type = base::ParamType::Bool};
  base::ParamSpec rate{.name = "imu.rate", .title = "Vibration rate", .type = base::ParamType::Enum};
  rate.options = {std::int64_t{25}, std::int64_t{50}};
  base::ParamSpec gain{.name = "gain", .title = "Gain", .type = base::ParamType::Float, .unit = "dB"};
  gain.max = 30;
  for (const base::ParamSpec& spec : {led, rate, gain}) {
    words.settings.push_back(
        {.node = "kitchen", .name = "Kitchen node " + spec.title, .spec = spec});
  }
  return words;
}

}  // namespace sample

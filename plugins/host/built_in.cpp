#include "plugins/host/built_in.h"

#include "sensors/camera.h"
#include "sensors/microphone.h"

namespace plugins {

Registry builtIn() {
  Registry registry;
  registry.extractors = {
      {"statistics", sensors::makeStatistics}, {"spectral", sensors::makeSpectral},
      {"motion", sensors::makeMotion},         {"sound", sensors::makeSound},
      {"log_mel", sensors::makeLogMel},        {"level", sensors::makeLevel},
      {"gradients", sensors::makeGradients},   {"values", sensors::makeValues},
      {"scene", sensors::makeScene},           {"colour", sensors::makeColour},
      {"texture", sensors::makeTexture},       {"moving", sensors::makeMoving},
  };
  registry.learners = builtInLearners();
  registry.localKinds["camera"] = sensors::cameraKind();
  registry.localKinds["microphone"] = sensors::microphoneKind(sensors::portAudioDriver());
  return registry;
}

}  // namespace plugins

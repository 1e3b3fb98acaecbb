// mimosactl: the program without a window, one command at a time.

#include "app/headless/command.h"
#include "app/simulator/simulate_command.h"

int main(int count, char** words) {
  return app::runCommandLine(
      {{"import", "Bring recordings of others into a project.", app::importCommand},
       {"export", "Write recordings, labels or a whole project as files of others.",
        app::exportCommand},
       {"forget", "Forget recordings for good, and list the models that learnt from them.",
        app::forgetCommand},
       {"train", "Train a project's task and put the result into service.", app::trainCommand},
       {"evaluate", "Train on one part of the examples and ask about the other.",
        app::evaluateCommand},
       {"explain", "Say why a model says what it says about a moment.", app::explainCommand},
       {"compare", "Compare two models on the same examples.", app::compareCommand},
       {"export-model", "Write a model with its card into one file, or show such a file.",
        app::exportModelCommand},
       {"record", "Record one example of a label from live sensors.", app::recordCommand},
       {"serve", "Run a project without a window and print what it hears.", app::serveCommand},
       {"simulate", "Run the demonstration home as nodes of their own.", app::simulateCommand}},
      {words + 1, words + count});
}

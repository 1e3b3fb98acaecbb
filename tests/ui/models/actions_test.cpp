#include "ui/models/actions.h"

#include <gtest/gtest.h>
#include <map>

namespace {

TEST(Actions, EachHasANameKeysAndATooltip) {
  for (const ui::ActionSpec& spec : ui::actionTable()) {
    EXPECT_FALSE(nameOf(spec).isEmpty());
    EXPECT_GT(tipOf(spec).size(), 10) << spec.name;
    EXPECT_FALSE(keysText(spec).isEmpty()) << spec.name;
  }
}

TEST(Actions, NoKeyIsGivenTwice) {
  std::map<QString, std::string> owner;

  for (const ui::ActionSpec& spec : ui::actionTable()) {
    const auto keys = QKeySequence::listFromString(QString::fromUtf8(spec.keys));
    ASSERT_FALSE(keys.isEmpty()) << spec.name;
    for (const QKeySequence& key : keys) {
      ASSERT_FALSE(key.toString().isEmpty()) << spec.name;
      const auto [at, isNew] = owner.emplace(key.toString(), spec.name);
      EXPECT_TRUE(isNew) << key.toString().toStdString() << ": " << at->second << " and "
                         << spec.name;
    }
  }
}

TEST(Actions, AreFoundByTheirId) {
  for (const ui::ActionSpec& spec : ui::actionTable()) {
    EXPECT_EQ(&ui::actionSpec(spec.id), &spec);
  }
}

}  // namespace

#include "app/task_name.h"

#include <gtest/gtest.h>

#include "hubs/topic.h"

namespace {

std::vector<app::TaskSettings> tasks() {
  return {{.id = 1}, {.id = 2, .key = "who-is-home", .name = "Who is home"}};
}

TEST(TaskName, IsWhatWasTypedUnlessAnotherTaskHasIt) {
  EXPECT_EQ(app::checkedTaskName("  Kitchen sounds ", tasks()).value(), "Kitchen sounds");
  EXPECT_FALSE(app::checkedTaskName(" ", tasks()));
  EXPECT_FALSE(app::checkedTaskName("Who is home", tasks()));
  EXPECT_TRUE(app::checkedTaskName("Who is home", tasks(), 2));  // it is its own
}

TEST(TaskKey, IsFitForTopicsAndTakenByNoOtherTask) {
  EXPECT_EQ(app::freeTaskKey("Kitchen sounds!", tasks()), "kitchen-sounds");
  EXPECT_EQ(app::freeTaskKey("Who is  home?", tasks()), "who-is-home-2");
  EXPECT_EQ(app::freeTaskKey("Main", tasks()), "main-2");
  for (const char* name : {"K\xC3\xBC" "che", "\xE5\xAE\xB6", "+/#", "../..", "a"}) {
    EXPECT_TRUE(hubs::isId(app::freeTaskKey(name, tasks()))) << name;
  }
  EXPECT_EQ(app::freeTaskKey(std::string(300, 'x'), tasks()).size(), 40U);
}

}  // namespace

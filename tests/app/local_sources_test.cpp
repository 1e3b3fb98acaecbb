#include "app/local_sources.h"

#include <gtest/gtest.h>

#include "app/edits.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_project.h"

namespace {

using sensors::LocalSource;

/// Counts what runs, and says what it is told to say.
struct Fake {
  std::map<std::string, int> running;  ///< by id
  int started = 0;
  std::string trouble;

  struct Running final : sensors::Source {
    Running(Fake& owner, std::string sourceId) : fake(owner), id_(std::move(sourceId)) {
      ++fake.running[id_];
      ++fake.started;
    }
    ~Running() override { --fake.running[id_]; }
    std::string id() const override { return id_; }
    std::optional<base::Error> trouble() const override {
      if (fake.trouble.empty()) return std::nullopt;
      return base::Error{base::ErrorCode::Unavailable, fake.trouble};
    }
    Fake& fake;
    std::string id_;
  };
  struct Watch final : sensors::DeviceWatch {
    std::vector<sensors::LocalDevice> devices() const override {
      return {{.device = "hw:1", .name = "USB", .level = 0.5}};
    }
    bool isReady() const override { return true; }
  };

  sensors::LocalKinds kinds() {
    return {{"microphone",
             {.title = "Microphone",
              .icon = "mic",
              .start = [this](const LocalSource& local, const sensors::LocalSurroundings&)
                  -> std::unique_ptr<sensors::Source> {
                return std::make_unique<Running>(*this, local.id);
              },
              .look = [] { return std::make_unique<Watch>(); }}}};
  }
};

struct Locals : testing::Test {
  sensors::SourceTable table;
  support::ManualClock clock;
  Fake fake;
  sensors::LocalKinds kinds = fake.kinds();
  app::LocalSources locals{kinds, {table, clock, [] {}}};

  static LocalSource mic(const std::string& device) {
    return {.id = sensors::localId("microphone", device),
            .kind = "microphone",
            .device = device,
            .name = device};
  }
};

TEST_F(Locals, WhatIsOnTheListRunsAndWhatLeftItEnds) {
  locals.follow({mic("a"), mic("b")});
  EXPECT_EQ(fake.started, 2);

  locals.follow({mic("b")});

  EXPECT_EQ(fake.running[mic("a").id], 0);
  EXPECT_EQ(fake.running[mic("b").id], 1);
  EXPECT_EQ(fake.started, 2) << "what stays is not started anew";
}

TEST_F(Locals, AChangedSettingStartsTheSourceAnew) {
  LocalSource changed = mic("a");
  locals.follow({changed});
  changed.params["rate"] = std::int64_t{8000};

  locals.follow({changed});

  EXPECT_EQ(fake.started, 2);
  EXPECT_EQ(fake.running[changed.id], 1);
}

TEST_F(Locals, OnlyWhatIsMeantStartsAnewAndWhatIsHeldStaysSo) {
  locals.follow({mic("a"), mic("b"), mic("c")}, {mic("c").id});
  EXPECT_EQ(fake.started, 2);

  locals.startAnew([](const LocalSource& source) { return source.device != "b"; });

  EXPECT_EQ(fake.started, 3);
  EXPECT_EQ(fake.running[mic("a").id], 1);
  EXPECT_EQ(fake.running[mic("b").id], 1);
  EXPECT_EQ(fake.running[mic("c").id], 0);
  EXPECT_TRUE(locals.views().at(2).held);
}

TEST_F(Locals, TroubleIsTheSourcesOwnSentence) {
  locals.follow({mic("a")});
  fake.trouble = "a is gone";

  EXPECT_EQ(locals.views().at(0).trouble, "a is gone");
  EXPECT_EQ(locals.views().at(0).kindTitle, "Microphone");
}

TEST_F(Locals, AKindThisProgramDoesNotKnowStaysOnTheListWithASentence) {
  LocalSource nose = mic("a");
  nose.kind = "nose";

  locals.follow({nose});

  ASSERT_EQ(locals.views().size(), 1u);
  EXPECT_FALSE(locals.views()[0].trouble.empty());
}

TEST_F(Locals, LooksForDevicesOnlyWhileAsked) {
  EXPECT_TRUE(locals.search().kind.empty());

  locals.look("microphone");
  EXPECT_EQ(locals.search().kind, "microphone");
  EXPECT_EQ(locals.search().devices.at(0).name, "USB");

  locals.look("");
  EXPECT_TRUE(locals.search().devices.empty());
}

TEST(LocalList, SurvivesTheProjectFile) {
  LocalSource source{.id = "this.computer/microphone-default",
                     .kind = "microphone",
                     .device = "default",
                     .name = "Küche \"1\"",
                     .params = {{"rate", std::int64_t{16000}}, {"channel", std::string("mix")}}};

  const auto read = app::localSourcesFrom(app::toJson(std::vector{source}));

  ASSERT_TRUE(read);
  EXPECT_EQ(*read, std::vector{source});
}

TEST(LocalList, NothingKeptIsAnEmptyListAndNonsenseIsAnError) {
  EXPECT_TRUE(app::localSourcesFrom("").value().empty());
  EXPECT_FALSE(app::localSourcesFrom("{}"));
  EXPECT_FALSE(app::localSourcesFrom("[[["));
  EXPECT_TRUE(app::localSourcesFrom("[1, {\"id\": \"x\"}]").value().empty());
}

TEST(LocalList, TheSameDeviceIsNotAddedTwiceAndNamesStayApart) {
  auto list = app::withLocalSource({}, {.kind = "microphone", .device = "a", .name = "Mic"});
  ASSERT_TRUE(list);

  EXPECT_FALSE(app::withLocalSource(*list, {.kind = "microphone", .device = "a", .name = "Mic"}));
  const auto two = app::withLocalSource(*list, {.kind = "microphone", .device = "b", .name = "Mic"});
  ASSERT_TRUE(two);
  EXPECT_EQ(two->at(1).name, "Mic 2");
}

TEST(LocalId, IsTheSameForTheSameDeviceAndHoldsNoAddress) {
  EXPECT_EQ(sensors::localId("microphone", "USB Audio: - (hw:1,0)"),
            "this.computer/microphone-usb-audio-hw-1-0");
  const std::string camera = sensors::localId("camera", "rtsp://anna:secret@hall/1");
  EXPECT_EQ(camera.find("anna"), std::string::npos);
  EXPECT_EQ(camera, sensors::localId("camera", "rtsp://anna:secret@hall/1"));
  EXPECT_NE(camera, sensors::localId("camera", "rtsp://anna:secret@hall/2"));
}

TEST(LocalEdit, IsDoneUndoneAndReadBack) {
  support::TempProject project;
  auto store = app::ProjectStore::open(project.file()).value();
  app::EditList edits(*store);
  app::TaskSettings looked;
  looked.frames = {{"this.computer/microphone-a", "sound", {}}};
  const LocalSource added{
      .id = "this.computer/microphone-a", .kind = "microphone", .device = "a", .name = "A"};

  ASSERT_TRUE(edits.perform({app::ChangeLocal{{}, {added}, {{}}, {looked}}, "A added"}));
  EXPECT_EQ(*app::localSourcesFrom(*store->meta(app::kLocalSourcesKey)), std::vector{added});
  EXPECT_EQ(store->task()->frames, looked.frames);

  app::EditList again(*store);
  ASSERT_TRUE(again.undo());
  EXPECT_TRUE(app::localSourcesFrom(*store->meta(app::kLocalSourcesKey))->empty());
  EXPECT_TRUE(store->task()->frames.empty());
  ASSERT_TRUE(again.redo());
  EXPECT_EQ(app::localSourcesFrom(*store->meta(app::kLocalSourcesKey))->size(), 1u);
}

}  // namespace

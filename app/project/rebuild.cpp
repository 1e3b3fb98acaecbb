#include "app/project/rebuild.h"

#include "app/project/store_impl.h"

namespace app {

base::Result<void> expectDerived(Database& database) {
  return database.script(
      "DELETE FROM envelope; DELETE FROM envelope_due; DELETE FROM chunk_reach;"
      "INSERT INTO envelope_due SELECT recording, source, id FROM chunk WHERE source IN "
      "(SELECT row FROM source WHERE kind IN ('audio', 'motion', 'slow'));"
      "INSERT INTO chunk_reach SELECT recording, source, max(end_ns - begin_ns) FROM chunk GROUP "
      "BY recording, source;");
}

base::Result<void> dropEnvelopes(ProjectStore& store) {
  ProjectStore::Impl& impl = store.internals();
  return impl.write(Durability::Now, [&](Database& database) {
    impl.envelopes.clear();
    return expectDerived(database);
  });
}

base::Result<void> rebuildEnvelopes(ProjectStore& store, const ArchiveOptions& options) {
  const auto recordings = store.recordings();
  if (!recordings) {
    return recordings.error();
  }
  ProjectStore::Impl& impl = store.internals();
  std::size_t done = 0;
  for (const Recording& recording : *recordings) {
    if (options.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "It was cancelled."};
    }
    if (options.progress) {
      options.progress("envelopes", 0.8 + 0.2 * static_cast<double>(done++) /
                                              static_cast<double>(recordings->size()));
    }
    auto summed = impl.write(Durability::Soon, [&](Database& database) {
      return impl.sumEnvelopes(database, recording.id, WhichEnvelopes::All);
    });
    if (!summed) {
      return summed;
    }
  }
  return {};
}

}  // namespace app

#pragma once
// What is derived from samples can be thrown away and made again, to the same bytes.

#include "app/project/archive.h"
#include "app/project/database.h"

namespace app {

/// Brings every chunk that waits for it into envelopes. Errors: Cancelled; those of the store.
base::Result<void> rebuildEnvelopes(ProjectStore& store, const ArchiveOptions& options = {});

/// Forgets all envelopes of the project, so that rebuildEnvelopes() makes them anew.
base::Result<void> dropEnvelopes(ProjectStore& store);

/// Notes that all chunks wait for their envelopes. For the project's own files.
base::Result<void> expectDerived(Database& database);

}  // namespace app

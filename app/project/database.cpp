#include "app/project/database.h"

#include <algorithm>
#include <sqlite3.h>
#include <utility>

namespace app {

namespace {

constexpr int kPatienceMs = 2000;  // for another program's lock

int openFlags(Access access) {
  switch (access) {
    case Access::Create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::Write:
      return SQLITE_OPEN_READWRITE;
    case Access::Read:
      return SQLITE_OPEN_READONLY;
    case Access::Frozen:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case Access::InMemory:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
  }
  return SQLITE_OPEN_READONLY;
}

/// `path` as a URI that says nobody will change the file.
std::string frozenUri(const std::string& path) {
  static const char* const kDigits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#' || byte < 0x21) {
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

std::string nameFor(const std::filesystem::path& file, Access access) {
  switch (access) {
    case Access::InMemory:
      return ":memory:";
    case Access::Frozen:
      return frozenUri(file.string());
    default:
      return file.string();
  }
}

int bindValue(sqlite3_stmt* statement, int position, const SqlValue& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int position;
    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, position); }
    int operator()(std::int64_t v) const { return sqlite3_bind_int64(statement, position, v); }
    int operator()(double v) const {
      return sqlite3_bind_double(statement, position, v == v ? v : 0.0);  // NaN would become NULL
    }
    int operator()(std::string_view v) const {
      return sqlite3_bind_text64(statement, position, v.data() ? v.data() : "", v.size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(std::span<const std::uint8_t> v) const {
      if (v.empty()) {
        return sqlite3_bind_zeroblob(statement, position, 0);
      }
      return sqlite3_bind_blob64(statement, position, v.data(), v.size(), SQLITE_STATIC);
    }
  };
  return std::visit(Binder{statement, position}, value);
}

DatabaseFailure failureOf(int code) {
  switch (code) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
      return DatabaseFailure::NotSynced;
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
    case SQLITE_READONLY_CANTINIT:
    case SQLITE_READONLY_CANTLOCK:
      return DatabaseFailure::CannotLook;
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_FULL:
      return DatabaseFailure::DiskFull;
    case SQLITE_CANTOPEN:
      return DatabaseFailure::CannotLook;
    default:
      return DatabaseFailure::Other;
  }
}

base::ErrorCode errorCodeOf(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return base::ErrorCode::Unavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // the file's tables are not those the statement was written for
      return base::ErrorCode::Corrupt;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
      return base::ErrorCode::InvalidArgument;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return base::ErrorCode::Io;
    default:
      return base::ErrorCode::Internal;
  }
}

int notePages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

std::int64_t SqlRow::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double SqlRow::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string SqlRow::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return text ? std::string(text, size) : std::string();
}

std::span<const std::uint8_t> SqlRow::bytes(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes ? std::span(bytes, size) : std::span<const std::uint8_t>();
}

SqlType SqlRow::type(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
      return SqlType::Integer;
    case SQLITE_FLOAT:
      return SqlType::Real;
    case SQLITE_TEXT:
      return SqlType::Text;
    case SQLITE_BLOB:
      return SqlType::Bytes;
    default:
      return SqlType::Null;
  }
}

int SqlRow::columns() const { return sqlite3_column_count(statement_); }

std::string SqlRow::name(int column) const {
  const char* const name = sqlite3_column_name(statement_, column);
  return name ? name : "";
}

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file,
                                                       Access access) {
  std::unique_ptr<Database> database(
      new Database(access == Access::InMemory ? "a database in memory" : file.filename().string()));
  const int code = sqlite3_open_v2(nameFor(file, access).c_str(), &database->handle_,
                                   openFlags(access) | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) {
    return database->fail(code);
  }
  sqlite3* const handle = database->handle_;
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kPatienceMs);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_wal_hook(handle, &notePages, &database->logPages_);  // also ends automatic checkpoints
  return database;
}

Database::~Database() {
  for (const auto& [sql, statements] : idle_) {
    std::for_each(statements.begin(), statements.end(), sqlite3_finalize);
  }
  sqlite3_close_v2(handle_);
}

base::Error Database::fail(int code) {
  const int extended = handle_ ? sqlite3_extended_errcode(handle_) : code;
  failure_ = failureOf((extended & 0xff) == (code & 0xff) ? extended : code);
  std::string reason = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
  if (failure_ == DatabaseFailure::DiskFull) {
    reason = "the disk is full";
  } else if (failure_ == DatabaseFailure::NotSynced) {
    reason = "the disk could not confirm that it kept what was written";
  }
  return {errorCodeOf(code), "The project file " + name_ + " failed: " + reason + "."};
}

base::Result<sqlite3_stmt*> Database::prepare(std::string_view sql) {
  if (const auto found = idle_.find(sql); found != idle_.end() && !found->second.empty()) {
    sqlite3_stmt* const statement = found->second.back();
    found->second.pop_back();
    return statement;
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) {
    return fail(code);
  }
  return statement;
}

base::Result<void> Database::run(std::string_view sql, SqlValues values) {
  return each(sql, values, [](const SqlRow&) { return base::Result<void>(); });
}

base::Result<void> Database::runWith(std::string_view sql, std::span<const SqlValue> values) {
  return eachOf(sql, values, [](const SqlRow&) { return base::Result<void>(); });
}

base::Result<void> Database::each(std::string_view sql, SqlValues values, const RowVisitor& visit) {
  return eachOf(sql, {values.begin(), values.size()}, visit);
}

base::Result<void> Database::eachOf(std::string_view sql, std::span<const SqlValue> values,
                                    const RowVisitor& visit) {
  failure_ = DatabaseFailure::None;
  const auto prepared = prepare(sql);
  if (!prepared) {
    return prepared.error();
  }
  sqlite3_stmt* const statement = *prepared;
  int position = 0;
  int code = SQLITE_OK;
  for (const SqlValue& value : values) {
    if (code == SQLITE_OK) {
      code = bindValue(statement, ++position, value);
    }
  }
  base::Result<void> result;
  while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    result = visit(SqlRow(statement));
    code = result ? SQLITE_OK : SQLITE_DONE;
  }
  if (code != SQLITE_DONE) {
    result = fail(code);
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  idle_[std::string(sql)].push_back(statement);
  return result;
}

base::Result<void> Database::script(const std::string& sql) {
  failure_ = DatabaseFailure::None;
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? base::Result<void>() : base::Result<void>(fail(code));
}

void Database::rollBack(const char* sql) { sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }

std::int64_t Database::lastId() const { return sqlite3_last_insert_rowid(handle_); }

int Database::changes() const { return sqlite3_changes(handle_); }

bool Database::inTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }

base::Result<std::uint64_t> Database::fileSize() {
  sqlite3_file* file = nullptr;
  sqlite3_int64 size = 0;
  int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code == SQLITE_OK) {
    code = file->pMethods ? file->pMethods->xFileSize(file, &size) : SQLITE_CANTOPEN;
  }
  if (code != SQLITE_OK) {
    return fail(code);
  }
  return static_cast<std::uint64_t>(size);
}

base::Result<base::Bytes> Database::firstBytes(std::size_t count) {
  const auto size = fileSize();
  if (!size) {
    return size.error();
  }
  base::Bytes bytes(std::min<std::uint64_t>(count, *size));
  sqlite3_file* file = nullptr;
  int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code == SQLITE_OK && !bytes.empty()) {
    code = file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), 0);
  }
  if (code != SQLITE_OK) {
    return fail(code);
  }
  return bytes;
}

base::Result<void> Database::copyTo(Database& target, const std::stop_token& stop) {
  constexpr int kPagesAtATime = 2048;
  const bool within = inTransaction();
  // Held, so that it stays one moment: else the way in parts begins anew at each change.
  if (!within) {
    if (auto begun = script("BEGIN; SELECT count(*) FROM sqlite_schema"); !begun) return begun;
  }
  base::Result<void> done;
  sqlite3_backup* const backup = sqlite3_backup_init(target.handle_, "main", handle_, "main");
  if (!backup) {
    done = target.fail(sqlite3_errcode(target.handle_));
  } else {
    int stepped = SQLITE_OK;
    while (stepped == SQLITE_OK && !stop.stop_requested()) {
      stepped = sqlite3_backup_step(backup, kPagesAtATime);
    }
    const int code = sqlite3_backup_finish(backup);
    if (stepped == SQLITE_OK) {
      done = base::Error{base::ErrorCode::Cancelled, "The copy was stopped."};
    } else if (stepped != SQLITE_DONE || code != SQLITE_OK) {
      done = target.fail(code != SQLITE_OK ? code : stepped);
    }
  }
  if (!within) rollBack("ROLLBACK");
  return done;
}

base::Result<void> Database::checkpoint() {
  failure_ = DatabaseFailure::None;
  const int code =
      sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  logPages_ = 0;
  return code == SQLITE_OK ? base::Result<void>() : base::Result<void>(fail(code));
}

void Database::keepLogOnClose() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

}  // namespace app

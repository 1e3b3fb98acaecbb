#pragma once
// Database: one connection to an SQLite file, seen as statements, values and Results. It knows
// nothing of projects; every connection distrusts what is in the file (no triggers, no views, no
// functions called from the schema).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace app {

/// A value for a `?` of a statement. Views must live until the call returns.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string_view,
                              std::span<const std::uint8_t>>;
using SqlValues = std::initializer_list<SqlValue>;

enum class SqlType { Null, Integer, Real, Text, Bytes };

/// One row of an answer. Valid only while it is handed out; columns count from 0.
class SqlRow {
 public:
  explicit SqlRow(sqlite3_stmt* statement) : statement_(statement) {}
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  std::span<const std::uint8_t> bytes(int column) const;
  SqlType type(int column) const;
  int columns() const;
  std::string name(int column) const;

 private:
  sqlite3_stmt* statement_;
};

enum class Access {
  Create,   ///< makes the file
  Write,    ///< the file exists
  Read,     ///< never writes to the file; may make companions
  Frozen,   ///< never writes anything; for folders nobody can write to
  InMemory  ///< a database without a file
};

/// Why the last call failed, where somebody must act on it.
enum class DatabaseFailure {
  None,
  DiskFull,
  NotSynced,   ///< the disk could not promise that it keeps what was written
  CannotLook,  ///< reading needs a repair that this connection may not do
  Other,
};

/// One thread at a time.
class Database {
 public:
  using RowVisitor = std::function<base::Result<void>(const SqlRow&)>;

  /// Errors: Io; Corrupt.
  static base::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                      Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs one statement, values in place of its question marks.
  /// Errors: Io (disk); Corrupt; Unavailable (locked by another program); InvalidArgument (against
  /// a rule of the schema, or too large).
  base::Result<void> run(std::string_view sql, SqlValues values = {});
  /// Runs one statement and visits its rows in order; an error of `visit` ends it.
  base::Result<void> each(std::string_view sql, SqlValues values, const RowVisitor& visit);
  /// As run(), where the number of values is known at run time only.
  base::Result<void> runWith(std::string_view sql, std::span<const SqlValue> values);
  /// Runs several statements without values.
  base::Result<void> script(const std::string& sql);

  /// As script(), for taking back a failed change: failure() still tells about that change.
  void rollBack(const char* sql);

  std::int64_t lastId() const;  ///< of the last inserted row
  int changes() const;          ///< rows the last statement changed
  bool inTransaction() const;
  DatabaseFailure failure() const { return failure_; }

  /// The first `count` bytes of the file as they lie on disk, fewer where it is shorter. Touches
  /// neither locks nor companions. Errors: Io.
  base::Result<base::Bytes> firstBytes(std::size_t count);
  base::Result<std::uint64_t> fileSize();
  /// Copies everything as it is at this moment into `target`, while others go on writing.
  /// Errors: as run(); Cancelled.
  base::Result<void> copyTo(Database& target, const std::stop_token& stop = {});
  /// Moves what the write-ahead log holds into the file, as far as readers allow. Until then the
  /// log grows: this connection never does it unasked, so no failure of it goes unseen.
  base::Result<void> checkpoint();
  int logPages() const { return logPages_; }  ///< in the write-ahead log after the last commit
  /// Leaves the write-ahead log as it is when this connection closes.
  void keepLogOnClose();

 private:
  explicit Database(std::string name) : name_(std::move(name)) {}
  base::Error fail(int code);
  base::Result<void> eachOf(std::string_view sql, std::span<const SqlValue> values,
                            const RowVisitor& visit);
  base::Result<sqlite3_stmt*> prepare(std::string_view sql);

  std::string name_;  ///< the file's name, for messages
  sqlite3* handle_ = nullptr;
  std::map<std::string, std::vector<sqlite3_stmt*>, std::less<>> idle_;  ///< prepared before
  DatabaseFailure failure_ = DatabaseFailure::None;
  int logPages_ = 0;
};

}  // namespace app

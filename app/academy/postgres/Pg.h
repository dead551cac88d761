// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace academy {

/// Why PostgreSQL refused a statement. `sqlState` is "08006" when the connection itself is gone.
struct PgError
{
    std::string sqlState;
    std::string message;
    std::string detail;
    std::string hint;
    std::string position; ///< 1-based character offset into the statement, when known
};

/// Parameters of a statement in text format; PostgreSQL infers their types.
class PgParams final
{
public:
    PgParams() = default;
    PgParams(std::initializer_list<std::string_view> values);

    /// Adds a value and returns its placeholder, such as "$3".
    std::string add(std::string value);
    std::string addNull();
    std::size_t size() const { return m_values.size(); }
    const std::vector<std::optional<std::string>>& values() const { return m_values; }

private:
    std::vector<std::optional<std::string>> m_values;
};

/// The outcome of one statement: rows or an error. Owns libpq's result; views returned by text()
/// live as long as it does. Move-only.
class PgResult final
{
public:
    PgResult() = default;
    explicit PgResult(pg_result* result);
    explicit PgResult(PgError error);
    ~PgResult();
    PgResult(PgResult&&) noexcept;
    PgResult& operator=(PgResult&&) noexcept;

    bool ok() const { return !m_error; }
    const PgError& error() const { return *m_error; }
    int rows() const;
    int columns() const;
    bool isNull(int row, int column) const;
    /// The value as text; empty for NULL.
    std::string_view text(int row, int column) const;
    /// The value of a boolean column.
    bool truth(int row, int column) const { return text(row, column) == "t"; }
    std::int64_t number(int row, int column) const;
    /// How many rows the command changed.
    std::int64_t affected() const;
    pg_result* native() const { return m_result; }

private:
    pg_result* m_result = nullptr;
    std::optional<PgError> m_error;
};

/// A notification received by LISTEN.
struct PgNotification
{
    std::string channel;
    std::string payload;
};

/// One libpq connection, used by one thread at a time. Blocking; every call returns a PgResult.
class PgConnection final
{
public:
    PgConnection() = default;
    ~PgConnection();
    PgConnection(PgConnection&&) noexcept;
    PgConnection& operator=(PgConnection&&) noexcept;

    /// Connects; false leaves a connection whose lastError() says why.
    bool open(const std::string& conninfo);
    void close();
    bool isOpen() const;
    std::string lastError() const;

    /// Runs one or more statements without parameters (simple protocol).
    PgResult run(const std::string& sql);
    /// Runs one statement with bound parameters (extended protocol).
    PgResult run(const std::string& sql, const PgParams& params);

    /// Notifications that have arrived; with a timeout waits that long for the first one.
    std::vector<PgNotification> notifications(std::chrono::milliseconds wait = {});

    std::string quotedLiteral(std::string_view text) const;
    pg_conn* native() const { return m_connection; }

private:
    pg_conn* m_connection = nullptr;
};

/// An SQL identifier in double quotes.
std::string quotedIdentifier(std::string_view name);

} // namespace academy

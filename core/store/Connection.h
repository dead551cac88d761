// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QList>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

class QSqlDatabase;
class QSqlError;
class QSqlQuery;

/// One row of an answer, copied out of SQLite. Columns count from 0; a column that is NULL or of
/// another type reads as 0, "" or empty, so ask isNull() or optionalInteger() where NULL matters.
class SqlRow
{
public:
    SqlRow() = default;
    explicit SqlRow(QList<QVariant> values) : m_values(std::move(values)) { }

    bool isNull(int column) const { return m_values.value(column).isNull(); }
    QString text(int column) const { return m_values.value(column).toString(); }
    QByteArray bytes(int column) const { return m_values.value(column).toByteArray(); }
    qint64 integer(int column) const { return m_values.value(column).toLongLong(); }
    double real(int column) const { return m_values.value(column).toDouble(); }
    bool boolean(int column) const { return integer(column) != 0; }
    std::optional<qint64> optionalInteger(int column) const;
    std::optional<QString> optionalText(int column) const;
    int count() const { return int(m_values.size()); }

private:
    QList<QVariant> m_values;
};

/// Called before every statement with its SQL; an answer makes the statement fail with that Error
/// without running. The seam of the fault tests.
using AccessHook = std::function<std::optional<Error>(QStringView sql)>;

/// The open SQLite file as seen from inside a transaction. Lives on the database's own thread and
/// only there; Database hands it to the function it runs. Statements are prepared once and kept.
///
/// Binding: plain ? only, because Qt miscounts numbered ones; a null QString or QByteArray is stored as empty, SQL NULL is a default QVariant only;
/// times are integers of microseconds.
///
/// Errors are ErrorKind::Storage with code store_full, store_corrupt, store_locked, store_constraint,
/// store_readonly, store_unreadable or store_failed. After any but store_constraint the transaction
/// is lost, and every further statement answers the same error.
class Connection
{
public:
    Connection(QSqlDatabase& database, AccessHook hook);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    /// Runs one statement; answers how many rows it changed.
    Result<int> exec(const QString& sql, const QList<QVariant>& binds = {});
    Result<QList<SqlRow>> query(const QString& sql, const QList<QVariant>& binds = {});
    /// The first row, or nothing.
    Result<std::optional<SqlRow>> first(const QString& sql, const QList<QVariant>& binds = {});
    /// The first column of the first row as an integer; 0 when there is none.
    Result<qint64> integer(const QString& sql, const QList<QVariant>& binds = {});

    /// Rowid of the last successful insert on this connection.
    qint64 lastInsertId() const { return m_lastInsertId; }

    static Error errorFrom(const QSqlError& error);

private:
    friend class DatabaseFile;

    Result<QSqlQuery*> start(const QString& sql, const QList<QVariant>& binds);
    Error failed(const QSqlError& error);
    void rollback();

    QSqlDatabase& m_database;
    AccessHook m_hook;
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_statements;
    /// SQLite may have rolled back by itself after these, and would commit what follows at once.
    std::optional<Error> m_broken;
    qint64 m_lastInsertId = 0;
};

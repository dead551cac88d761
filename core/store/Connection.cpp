// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Connection.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

namespace {

constexpr size_t LargestCache = 256;

// sqlite.org/rescode.html
constexpr int PrimaryMask = 0xff;
constexpr int Busy = 5;
constexpr int Locked = 6;
constexpr int ReadOnly = 8;
constexpr int IoError = 10;
constexpr int Corrupt = 11;
constexpr int Full = 13;
constexpr int CantOpen = 14;
constexpr int Constraint = 19;
constexpr int NotADatabase = 26;
constexpr int IoErrorWrite = IoError | (3 << 8);
constexpr int IoErrorSharedMemorySize = IoError | (19 << 8);

QString codeFor(int native)
{
    // A quota or a file size limit shows as a failed write instead of "full".
    if (native == IoErrorWrite || native == IoErrorSharedMemorySize) {
        return QStringLiteral("store_full");
    }
    switch (native & PrimaryMask) {
    case Full:
        return QStringLiteral("store_full");
    case Corrupt:
    case NotADatabase:
        return QStringLiteral("store_corrupt");
    case Busy:
    case Locked:
        return QStringLiteral("store_locked");
    case Constraint:
        return QStringLiteral("store_constraint");
    case ReadOnly:
        return QStringLiteral("store_readonly");
    case CantOpen:
        return QStringLiteral("store_unreadable");
    default:
        return QStringLiteral("store_failed");
    }
}

QVariant storable(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::QString: {
        const QString text = value.toString();
        return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(text);
    }
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        return bytes.isNull() ? QVariant(QByteArray("")) : QVariant(bytes);
    }
    case QMetaType::Bool:
        return value.toBool() ? 1 : 0;
    default:
        return value;
    }
}

} // namespace

std::optional<qint64> SqlRow::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<QString> SqlRow::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

Connection::Connection(QSqlDatabase& database, AccessHook hook) :
    m_database(database), m_hook(std::move(hook))
{
}

Connection::~Connection() = default;

Error Connection::errorFrom(const QSqlError& error)
{
    bool isNumber = false;
    const int native = error.nativeErrorCode().toInt(&isNumber);
    return {ErrorKind::Storage, codeFor(isNumber ? native : 0),
        QStringLiteral("SQLite %1: %2 %3")
            .arg(error.nativeErrorCode(), error.databaseText(), error.driverText()),
        {}};
}

Error Connection::failed(const QSqlError& failure)
{
    const Error error = errorFrom(failure);
    if (error.code != QLatin1String("store_constraint")) {
        m_broken = error;
    }
    return error;
}

Result<QSqlQuery*> Connection::start(const QString& sql, const QList<QVariant>& binds)
{
    if (m_broken) {
        return *m_broken;
    }
    if (m_hook) {
        if (auto error = m_hook(sql)) {
            m_broken = error;
            return *error;
        }
    }
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        if (m_statements.size() >= LargestCache) {
            m_statements.clear();
        }
        auto prepared = std::make_unique<QSqlQuery>(m_database);
        prepared->setForwardOnly(true);
        if (!prepared->prepare(sql)) {
            return failed(prepared->lastError());
        }
        found = m_statements.emplace(sql, std::move(prepared)).first;
    }
    QSqlQuery* query = found->second.get();
    for (int i = 0; i < binds.size(); ++i) {
        query->bindValue(i, storable(binds.at(i)));
    }
    if (!query->exec()) {
        const Error error = failed(query->lastError());
        query->finish();
        return error;
    }
    return query;
}

Result<int> Connection::exec(const QString& sql, const QList<QVariant>& binds)
{
    const auto query = start(sql, binds);
    if (!query) {
        return query.error();
    }
    const int changed = (*query)->numRowsAffected();
    m_lastInsertId = (*query)->lastInsertId().toLongLong();
    (*query)->finish();
    return changed;
}

Result<QList<SqlRow>> Connection::query(const QString& sql, const QList<QVariant>& binds)
{
    const auto query = start(sql, binds);
    if (!query) {
        return query.error();
    }
    QList<SqlRow> rows;
    while ((*query)->next()) {
        QList<QVariant> values;
        const int columns = (*query)->record().count();
        for (int i = 0; i < columns; ++i) {
            values.append((*query)->isNull(i) ? QVariant() : (*query)->value(i));
        }
        rows.append(SqlRow(std::move(values)));
    }
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid()) {
        return failed(error);
    }
    return rows;
}

Result<std::optional<SqlRow>> Connection::first(const QString& sql, const QList<QVariant>& binds)
{
    auto rows = query(sql, binds);
    if (!rows) {
        return rows.error();
    }
    return rows->isEmpty() ? std::optional<SqlRow>() : std::optional(rows->first());
}

Result<qint64> Connection::integer(const QString& sql, const QList<QVariant>& binds)
{
    const auto row = first(sql, binds);
    if (!row) {
        return row.error();
    }
    return *row ? (*row)->integer(0) : 0;
}

void Connection::rollback()
{
    QSqlQuery(m_database).exec(QStringLiteral("ROLLBACK"));
}

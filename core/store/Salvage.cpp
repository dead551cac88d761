// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Salvage.h"

#include "store/Connection.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QStringList>
#include <QUuid>

namespace {

/// Rows between two unreadable pages are fetched one by one, up to this many.
constexpr qint64 LargestGap = 200'000;

QString quoted(const QString& name)
{
    return u'"' + QString(name).replace(u'"', QLatin1String("\"\"")) + u'"';
}

struct Table
{
    QString name;
    QString order;       ///< column to walk along: rowid, or the first key column
    bool hasRowid = true;
    QStringList columns;
    QString insert;
};

/// The damaged file, read without ever being trusted.
class Source
{
public:
    explicit Source(const QString& path)
    {
        m_database = QSqlDatabase::addDatabase(
            QStringLiteral("QSQLITE"), QUuid::createUuid().toString(QUuid::WithoutBraces));
        m_database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
        m_database.setDatabaseName(path);
        m_database.open();
    }
    ~Source()
    {
        const QString name = m_database.connectionName();
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
    }
    Q_DISABLE_COPY_MOVE(Source)

    /// Hands every row to `take` until it answers false or SQLite cannot go on. False: it could not.
    template <typename Take>
    bool each(const QString& sql, const QList<QVariant>& binds, Take take) const
    {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(sql)) {
            return false;
        }
        for (const QVariant& value : binds) {
            query.addBindValue(value);
        }
        if (!query.exec()) {
            return false;
        }
        const int columns = query.record().count();
        while (query.next()) {
            QList<QVariant> row;
            for (int i = 0; i < columns; ++i) {
                row.append(query.isNull(i) ? QVariant() : query.value(i));
            }
            if (!take(row)) {
                return true;
            }
        }
        return !query.lastError().isValid();
    }

private:
    QSqlDatabase m_database;
};

Result<QList<Table>> tablesOf(const Source& source, Connection& target)
{
    // Virtual tables and their shadows are rebuilt from what they index.
    const auto names = target.query(QStringLiteral(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"));
    if (!names) {
        return names.error();
    }
    QList<Table> tables;
    for (const SqlRow& name : *names) {
        Table table;
        table.name = name.text(0);
        table.hasRowid = !name.boolean(1);
        QStringList known;
        source.each(QStringLiteral("SELECT name FROM pragma_table_info(?)"), {table.name},
            [&known](const QList<QVariant>& row) {
                known.append(row.constFirst().toString());
                return true;
            });
        const auto columns = target.query(
            QStringLiteral("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid"), {table.name});
        if (!columns) {
            return columns.error();
        }
        for (const SqlRow& column : *columns) {
            if (known.contains(column.text(0))) {
                table.columns.append(quoted(column.text(0)));
            }
            if (column.integer(1) == 1) {
                table.order = quoted(column.text(0));
            }
        }
        if (table.columns.isEmpty()) {
            continue;
        }
        if (table.hasRowid) {
            table.order = QStringLiteral("rowid");
        }
        table.columns.prepend(table.order);
        QStringList targets = table.columns;
        if (!table.hasRowid) {
            targets.removeFirst();
        }
        table.insert = QStringLiteral("INSERT OR IGNORE INTO %1 (%2) VALUES (%3)")
                           .arg(quoted(table.name), targets.join(u','),
                               QStringList(targets.size(), QStringLiteral("?")).join(u','));
        tables.append(table);
    }
    return tables;
}

/// Copies one table; the walk knows how far it came from each end.
class TableCopy
{
public:
    TableCopy(const Source& source, Connection& target, const Table& table) :
        m_source(source), m_target(target), m_table(table)
    {
    }

    Result<int> run()
    {
        const QString select = QStringLiteral("SELECT %1 FROM %2 NOT INDEXED")
                                   .arg(m_table.columns.join(u','), quoted(m_table.name));
        const QString order = QStringLiteral(" ORDER BY %1").arg(m_table.order);
        const bool complete = walk(select + order, {}, m_front);
        if (!complete && !m_error) {
            walk(select + order + QStringLiteral(" DESC"), {}, m_back);
            fillGap(select + QStringLiteral(" WHERE rowid = ?"));
        }
        if (m_error) {
            return *m_error;
        }
        return m_copied;
    }

private:
    bool walk(const QString& sql, const QList<QVariant>& binds, std::optional<qint64>& reached)
    {
        return m_source.each(sql, binds, [&](const QList<QVariant>& row) {
            reached = row.constFirst().toLongLong();
            return insert(row);
        });
    }

    void fillGap(const QString& select)
    {
        const qint64 front = m_front.value_or(0);
        if (!m_table.hasRowid || !m_back || *m_back - front > LargestGap) {
            return;
        }
        for (qint64 rowid = front + 1; rowid < *m_back && !m_error; ++rowid) {
            std::optional<qint64> reached;
            walk(select, {rowid}, reached);
        }
    }

    /// A row that breaks a constraint is damage too and is left behind.
    bool insert(const QList<QVariant>& row)
    {
        const qsizetype targets = m_table.insert.count(u'?');
        const auto done = m_target.exec(m_table.insert, row.mid(row.size() - targets));
        if (done) {
            m_copied += *done;
            return true;
        }
        if (done.error().code == QLatin1String("store_constraint")) {
            return true;
        }
        m_error = done.error();
        return false;
    }

    const Source& m_source;
    Connection& m_target;
    const Table& m_table;
    std::optional<qint64> m_front;
    std::optional<qint64> m_back;
    std::optional<Error> m_error;
    int m_copied = 0;
};

/// Rows whose parent was lost would make the commit fail; the damaged file still has them.
Result<void> dropOrphans(Connection& target, const QList<Table>& tables)
{
    int dropped = 1;
    while (dropped > 0) {
        dropped = 0;
        for (const Table& table : tables) {
            const auto keys = target.query(
                QStringLiteral("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?)"),
                {table.name});
            if (!keys) {
                return keys.error();
            }
            for (const SqlRow& key : *keys) {
                const auto done = target.exec(
                    QStringLiteral("DELETE FROM %1 WHERE %2 IS NOT NULL AND %2 NOT IN (SELECT %3 FROM %4)")
                        .arg(quoted(table.name), quoted(key.text(0)), quoted(key.text(2)),
                            quoted(key.text(1))));
                if (!done) {
                    return done.error();
                }
                dropped += *done;
            }
        }
    }
    return {};
}

} // namespace

Result<Salvaged> salvage(const QString& damagedPath, Connection& target)
{
    Salvaged salvaged;
    const Source source(damagedPath);
    const auto tables = tablesOf(source, target);
    if (!tables) {
        return tables.error();
    }
    if (auto deferred = target.exec(QStringLiteral("PRAGMA defer_foreign_keys=ON")); !deferred) {
        return deferred.error();
    }
    for (const Table& table : *tables) {
        const auto copied = TableCopy(source, target, table).run();
        if (!copied) {
            return copied.error();
        }
        salvaged.rows += *copied;
    }
    if (auto dropped = dropOrphans(target, *tables); !dropped) {
        return dropped.error();
    }
    const auto rows = target.integer(QStringLiteral("SELECT count(*) FROM outbox"));
    if (!rows) {
        return rows.error();
    }
    salvaged.outboxRows = int(*rows);
    int seen = 0;
    source.each(QStringLiteral("SELECT 1 FROM outbox INDEXED BY outbox_by_state"), {},
        [&seen](const QList<QVariant>&) {
            ++seen;
            return true;
        });
    salvaged.lostOutboxRows = std::max(0, seen - salvaged.outboxRows);
    return salvaged;
}

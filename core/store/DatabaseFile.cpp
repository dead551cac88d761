// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DatabaseFile.h"

#include "base/Log.h"
#include "store/Migrations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <algorithm>

namespace {

Error storageError(const QString& code, const QString& detail)
{
    return {ErrorKind::Storage, code, detail, {}};
}

bool isDamage(const Error& error)
{
    return error.code == QLatin1String("store_corrupt");
}

} // namespace

DatabaseFile::DatabaseFile(QString path, DatabaseOptions options) :
    m_path(std::move(path)), m_options(std::move(options))
{
}

DatabaseFile::~DatabaseFile()
{
    close();
}

Result<DatabaseOpened> DatabaseFile::open()
{
    // The program died between the renames of replaceDamaged().
    if (!QFileInfo::exists(m_path) && QFileInfo::exists(rebuiltPath())) {
        // The old log first: SQLite would play it into the new file.
        if (auto moved = moveLogAside(newestDamaged()); !moved) {
            return moved.error();
        }
        QFile::rename(rebuiltPath(), m_path);
    }
    auto opened = openOnce();
    if (opened || !isDamage(opened.error())) {
        return opened;
    }
    return replaceDamaged();
}

Result<DatabaseOpened> DatabaseFile::replaceDamaged()
{
    close();
    const auto salvaged = rebuild();
    if (!salvaged) {
        return salvaged.error();
    }
    const auto aside = moveAside();
    if (!aside) {
        return aside.error();
    }
    qCWarning(lcStore) << "damaged database kept as" << *aside << "with" << salvaged->rows
                       << "rows carried over";
    if (!QFile::rename(rebuiltPath(), m_path)) {
        return storageError(QStringLiteral("store_unreadable"), rebuiltPath());
    }
    auto opened = openOnce();
    if (opened) {
        DatabaseOpened& report = opened.value();
        report.damagedCopy = *aside;
        report.salvagedOps = salvaged->outboxRows;
        report.lostOps = salvaged->lostOutboxRows;
    }
    return opened;
}

/// The new file is complete under another name before the damaged one moves, so that no crash in
/// between can leave an empty database that looks healthy.
Result<Salvaged> DatabaseFile::rebuild() const
{
    for (const QString& suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        QFile::remove(rebuiltPath() + suffix);
    }
    DatabaseFile target(rebuiltPath(), m_options);
    if (auto opened = target.openOnce(); !opened) {
        return opened.error();
    }
    Salvaged salvaged;
    const auto error = target.transact(true, [&](Connection& connection) -> std::optional<Error> {
        auto result = salvage(m_path, connection);
        if (!result) {
            return result.error();
        }
        salvaged = *result;
        return {};
    });
    if (error) {
        return *error;
    }
    return salvaged;
}

Result<DatabaseOpened> DatabaseFile::openOnce()
{
    const QFileInfo info(m_path);
    if (!QDir().mkpath(info.absolutePath())) {
        return storageError(QStringLiteral("store_unreadable"), info.absolutePath());
    }
    DatabaseOpened opened;
    opened.created = !info.exists();
    m_database = QSqlDatabase::addDatabase(
        QStringLiteral("QSQLITE"), QUuid::createUuid().toString(QUuid::WithoutBraces));
    m_database.setConnectOptions(
        QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(m_options.busyTimeout.count()));
    m_database.setDatabaseName(m_path);
    if (!m_database.open()) {
        const Error error = Connection::errorFrom(m_database.lastError());
        close();
        return error;
    }
    m_connection = std::make_unique<Connection>(m_database, m_options.hook);
    if (auto prepared = prepare(); !prepared) {
        close();
        return prepared.error();
    }
    const auto version = migrate();
    if (!version) {
        close();
        return version.error();
    }
    opened.version = *version;
    return opened;
}

Result<void> DatabaseFile::require(
    const QString& pragma, const QString& value, const QString& expected)
{
    if (!value.isEmpty()) {
        if (auto set = m_connection->query(QStringLiteral("PRAGMA %1=%2").arg(pragma, value)); !set) {
            return set.error();
        }
    }
    const auto row = m_connection->first(QStringLiteral("PRAGMA ") + pragma);
    if (!row) {
        return row.error();
    }
    const QString actual = *row ? (*row)->text(0) : QString();
    if (actual != expected) {
        return storageError(QStringLiteral("store_failed"),
            QStringLiteral("%1 is %2 instead of %3").arg(pragma, actual, expected));
    }
    return {};
}

Result<void> DatabaseFile::prepare()
{
    const QString timeout = QString::number(m_options.busyTimeout.count());
    for (const auto& [pragma, value, expected] : {
             std::tuple {QStringLiteral("busy_timeout"), timeout, timeout},
             std::tuple {QStringLiteral("journal_mode"), QStringLiteral("WAL"), QStringLiteral("wal")},
             std::tuple {QStringLiteral("synchronous"), QStringLiteral("FULL"), QStringLiteral("2")},
             std::tuple {QStringLiteral("foreign_keys"), QStringLiteral("ON"), QStringLiteral("1")},
         }) {
        if (auto set = require(pragma, value, expected); !set) {
            return set;
        }
    }
    const auto check = m_connection->first(QStringLiteral("PRAGMA quick_check(1)"));
    if (!check) {
        return check.error();
    }
    if (!*check || (*check)->text(0) != QLatin1String("ok")) {
        return storageError(QStringLiteral("store_corrupt"), *check ? (*check)->text(0) : QString());
    }
    return {};
}

Result<int> DatabaseFile::migrate()
{
    const auto migrations = readMigrations(m_options.migrations);
    if (!migrations) {
        return migrations.error();
    }
    const int newest = migrations->last().version;
    int version = -1;
    while (version != newest) {
        const auto error = transact(version < newest, [&](Connection& connection) -> std::optional<Error> {
            const auto current = connection.integer(QStringLiteral("PRAGMA user_version"));
            if (!current) {
                return current.error();
            }
            version = int(*current);
            if (version > newest) {
                return storageError(QStringLiteral("store_newer"),
                    QStringLiteral("schema %1, this program knows %2").arg(version).arg(newest));
            }
            if (version == newest) {
                return {};
            }
            const Migration& next = migrations->at(version);
            for (const QString& statement : next.statements) {
                if (auto done = connection.exec(statement); !done) {
                    Error failure = done.error();
                    failure.detail.prepend(next.name + QStringLiteral(": "));
                    return failure;
                }
            }
            version = next.version;
            if (auto set = connection.exec(QStringLiteral("PRAGMA user_version=%1").arg(version)); !set) {
                return set.error();
            }
            return {};
        });
        if (error) {
            return *error;
        }
    }
    return version;
}

Result<QString> DatabaseFile::moveAside() const
{
    const QString damaged = damagedPath(damagedCount() + 1);
    if (!QFile::rename(m_path, damaged)) {
        return storageError(QStringLiteral("store_corrupt"), QStringLiteral("cannot be moved aside"));
    }
    if (auto moved = moveLogAside(damaged); !moved) {
        return moved.error();
    }
    return damaged;
}

/// The write-ahead log belongs to the damaged file; SQLite finds it only beside that name.
Result<void> DatabaseFile::moveLogAside(const QString& damaged) const
{
    for (const QString& suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        if (QFileInfo::exists(m_path + suffix) && !QFile::rename(m_path + suffix, damaged + suffix)) {
            return storageError(QStringLiteral("store_corrupt"), QStringLiteral("log cannot be moved aside"));
        }
    }
    return {};
}

QString DatabaseFile::damagedPath(int number) const
{
    return QStringLiteral("%1.damaged-%2").arg(m_path).arg(number);
}

int DatabaseFile::damagedCount() const
{
    int number = 0;
    while (QFileInfo::exists(damagedPath(number + 1))) {
        ++number;
    }
    return number;
}

QString DatabaseFile::newestDamaged() const
{
    return damagedPath(std::max(1, damagedCount()));
}

std::optional<Error> DatabaseFile::transact(
    bool writes, const std::function<std::optional<Error>(Connection&)>& work)
{
    if (!m_connection) {
        return storageError(QStringLiteral("store_closed"), {});
    }
    Connection& connection = *m_connection;
    connection.m_broken.reset();
    // IMMEDIATE, because a deferred transaction that writes after reading fails at once, without
    // waiting, when another process wrote in between.
    const auto begun
        = connection.exec(writes ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN"));
    if (!begun) {
        return begun.error();
    }
    std::optional<Error> error = work(connection);
    if (!error) {
        error = connection.m_broken;
    }
    if (!error) {
        const auto committed = connection.exec(QStringLiteral("COMMIT"));
        if (committed) {
            return {};
        }
        error = committed.error();
    }
    connection.rollback();
    return error;
}

void DatabaseFile::close()
{
    m_connection.reset();
    if (!m_database.isValid()) {
        return;
    }
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

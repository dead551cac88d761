// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Connection.h"
#include "store/Database.h"
#include "store/Salvage.h"

#include <QSqlDatabase>

#include <functional>
#include <memory>
#include <optional>

/// The file behind a Database: opens, checks, migrates, replaces when damaged, runs transactions.
/// Lives entirely on one thread, because Qt's SQL handles do.
class DatabaseFile
{
public:
    DatabaseFile(QString path, DatabaseOptions options);
    ~DatabaseFile();
    Q_DISABLE_COPY_MOVE(DatabaseFile)

    /// Opens or creates the file; a damaged one is moved aside and what it still holds is copied.
    Result<DatabaseOpened> open();
    /// After store_corrupt in the middle of work: the same, with the file that is open now.
    Result<DatabaseOpened> replaceDamaged();
    void close();

    /// BEGIN, work, COMMIT; any error rolls everything back.
    std::optional<Error> transact(
        bool writes, const std::function<std::optional<Error>(Connection&)>& work);

private:
    Result<DatabaseOpened> openOnce();
    Result<void> prepare();
    Result<void> require(const QString& pragma, const QString& value, const QString& expected);
    Result<int> migrate();
    Result<Salvaged> rebuild() const;
    Result<QString> moveAside() const;
    Result<void> moveLogAside(const QString& damaged) const;
    QString damagedPath(int number) const;
    int damagedCount() const;
    QString newestDamaged() const;
    QString rebuiltPath() const { return m_path + QStringLiteral(".rebuilt"); }

    QString m_path;
    DatabaseOptions m_options;
    QSqlDatabase m_database;
    std::unique_ptr<Connection> m_connection;
};

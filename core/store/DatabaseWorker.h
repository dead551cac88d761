// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/DatabaseFile.h"
#include "store/Reserve.h"

#include <QObject>

/// What runs on the database's thread: one piece of work after the other, with one second chance
/// after the reserve was released or a damaged file was replaced.
class DatabaseWorker : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<std::optional<Error>(Connection&)>;

    DatabaseWorker(const QString& path, DatabaseOptions options);

    Result<DatabaseOpened> open();
    std::optional<Error> run(bool writes, const Work& work);
    Result<void> holdReserve(qint64 bytes) { return m_reserve.hold(bytes); }
    void dropReserve() { m_reserve.release(); }
    void close() { m_file.close(); }

Q_SIGNALS:
    void reserveReleased();
    void openedLate(const DatabaseOpened& opened);
    void damageRepaired(const DatabaseOpened& opened);

private:
    DatabaseFile m_file;
    Reserve m_reserve;
    std::optional<Error> m_unusable;
};

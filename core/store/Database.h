// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "store/Connection.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

class DatabaseWorker;
class QThread;

/// How a Database is opened.
struct DatabaseOptions
{
    /// Folder with the ordered migrations NNN_name.sql.
    QString migrations = QStringLiteral(":/sql");
    /// How long to wait for another process that writes to the same file.
    std::chrono::milliseconds busyTimeout {5000};
    /// Fault tests only.
    AccessHook hook;
};

/// What opening the file found.
struct DatabaseOpened
{
    int version = 0;          ///< of the schema, after migrating
    bool created = false;     ///< the file did not exist
    /// Set when the file was damaged: it was moved to this path (never deleted) and a new one began.
    QString damagedCopy;
    int salvagedOps = 0;      ///< unsent operations carried over from the damaged file
    int lostOps = 0;          ///< unsent operations that could be counted there but not read
};

/// One SQLite file with one thread of its own; the only way to its rows. Create it on any thread
/// with an event loop; the destructor waits until everything asked for before has been committed.
///
/// Opening errors (also the answer of every later run and read, unless the trouble passes): Storage with store_newer (the file
/// was written by a newer program), store_locked (another process holds it), store_full,
/// store_unreadable (no permission or not a folder), store_migration. A damaged file is no error:
/// see DatabaseOpened::damagedCopy.
class Database : public QObject
{
    Q_OBJECT

public:
    explicit Database(QString path, DatabaseOptions options = {}, QObject* parent = nullptr);
    ~Database() override;
    Q_DISABLE_COPY_MOVE(Database)

    const QString& path() const { return m_path; }
    Async<DatabaseOpened> opened() const;

    /// Runs `work` in one BEGIN IMMEDIATE … COMMIT on the database's thread and answers what it
    /// answered; an error rolls everything back. `work` may run a second time after a rollback (the
    /// disk was full and the reserve was released), so it must touch nothing but the connection.
    template <typename T>
    Async<T> run(std::function<Result<T>(Connection&)> work)
    {
        return submit<T>(Mode::Write, std::move(work));
    }
    /// Runs `work` in one deferred transaction, for reading a consistent picture.
    template <typename T>
    Async<T> read(std::function<Result<T>(Connection&)> work)
    {
        return submit<T>(Mode::Read, std::move(work));
    }

    /// Sets disk space aside beside the file (32 MB for an exam). When the disk is full the space is
    /// given back once, so that answers still fit, and reserveReleased() tells. Idempotent.
    Async<void> holdReserve(qint64 bytes = 32LL * 1024 * 1024);
    Async<void> dropReserve();

Q_SIGNALS:
    /// The disk is full; what is written from here on lives on the reserve. Tell the person at once.
    void reserveReleased();
    /// The file could not be opened at first (a full or locked disk), but could now. Until then every
    /// run and read tries again.
    void openedLate(const DatabaseOpened& opened);
    /// The file turned out damaged in the middle of work and was replaced as at opening.
    void damageRepaired(const DatabaseOpened& opened);

private:
    enum class Mode { Write, Read };
    using Attempt = std::function<std::optional<Error>(Connection&)>;

    template <typename T>
    Async<T> submit(Mode mode, std::function<Result<T>(Connection&)> work)
    {
        AsyncPromise<T> promise;
        auto answer = std::make_shared<std::optional<Result<T>>>();
        post(
            mode,
            [work = std::move(work), answer](Connection& connection) -> std::optional<Error> {
                *answer = work(connection);
                return (*answer)->ok() ? std::nullopt : std::optional<Error>((*answer)->error());
            },
            [promise, answer](std::optional<Error> error) {
                promise.resolve(error ? Result<T>(std::move(*error)) : std::move(**answer));
            });
        return promise.future();
    }
    void post(Mode mode, Attempt attempt, std::function<void(std::optional<Error>)> finished);

    QString m_path;
    std::unique_ptr<QThread> m_thread;
    DatabaseWorker* m_worker; ///< lives on m_thread, which deletes it
    Async<DatabaseOpened> m_opened;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/SessionLock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLockFile>
#include <QStandardPaths>

/// One wait for one lock.
struct FileSessionLock::Attempt
{
    explicit Attempt(const QString& file) : lock(std::make_shared<QLockFile>(file))
    {
        // Only a dead owner makes a lock stale: an exchange may take as long as the network takes.
        lock->setStaleLockTime(0);
    }

    std::shared_ptr<QLockFile> lock;
    AsyncPromise<Guard> promise;
    std::chrono::milliseconds waited{0};
    ScheduledTask retry;
};

FileSessionLock::FileSessionLock(Scheduler& scheduler, QString folder)
    : m_scheduler(scheduler), m_folder(std::move(folder))
{
}

FileSessionLock::FileSessionLock(Scheduler& scheduler) : m_scheduler(scheduler) { }

FileSessionLock::~FileSessionLock() = default;

Async<SessionLock::Guard> FileSessionLock::acquire(const QString& name)
{
    if (m_folder.isEmpty()) {
        m_folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    }
    const QByteArray digest = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    const auto waiting = std::make_shared<Attempt>(
        QStringLiteral("%1/neolingus-%2.lock")
            .arg(m_folder, QString::fromLatin1(digest.toHex().left(16))));
    const Async<Guard> future = waiting->promise.future();
    m_attempts.push_back(waiting);
    if (QDir().mkpath(m_folder)) {
        attempt(waiting);
    } else {
        end(waiting, Error{ErrorKind::Storage, QStringLiteral("session_lock_failed"), {}, {}});
    }
    return future;
}

void FileSessionLock::attempt(const std::shared_ptr<Attempt>& waiting)
{
    if (waiting->lock->tryLock(0)) {
        end(waiting, Guard(waiting->lock));
    } else if (waiting->lock->error() != QLockFile::LockFailedError) {
        end(waiting, Error{ErrorKind::Storage, QStringLiteral("session_lock_failed"), {}, {}});
    } else if (waiting->waited >= Patience) {
        end(waiting, Error{ErrorKind::Timeout, QStringLiteral("session_locked"), {}, {}});
    } else {
        waiting->waited += RetryEvery;
        waiting->retry = m_scheduler.after(RetryEvery, [this, again = std::weak_ptr(waiting)] {
            if (const auto still = again.lock()) {
                attempt(still);
            }
        });
    }
}

void FileSessionLock::end(const std::shared_ptr<Attempt>& waiting, const Result<Guard>& result)
{
    waiting->promise.resolve(result);
    std::erase(m_attempts, waiting);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Scheduler.h"

#include <memory>
#include <vector>

/// Lets one process at a time exchange a refresh token that several share. GUI thread.
class SessionLock
{
public:
    /// Holds the lock until its last copy dies.
    using Guard = std::shared_ptr<void>;

    virtual ~SessionLock() = default;
    /// `name` is any text. ErrorKind::Timeout, code "session_locked", when others do not let go.
    virtual Async<Guard> acquire(const QString& name) = 0;
};

/// A lock file per name. A process that dies loses its locks. Never blocks: tries again every
/// RetryEvery, for Patience.
class FileSessionLock final : public SessionLock
{
public:
    static constexpr std::chrono::milliseconds RetryEvery{50};
    static constexpr std::chrono::seconds Patience{25};

    /// `folder` must exist or be creatable; every process of the user names the same one.
    FileSessionLock(Scheduler& scheduler, QString folder);
    /// In the user's runtime folder, which ends with the login.
    explicit FileSessionLock(Scheduler& scheduler);
    ~FileSessionLock() override;

    Async<Guard> acquire(const QString& name) override;

private:
    struct Attempt;
    void attempt(const std::shared_ptr<Attempt>& waiting);
    void end(const std::shared_ptr<Attempt>& waiting, const Result<Guard>& result);

    Scheduler& m_scheduler;
    QString m_folder;
    std::vector<std::shared_ptr<Attempt>> m_attempts;
};

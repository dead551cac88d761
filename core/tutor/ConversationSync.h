// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Backoff.h"
#include "base/Id.h"
#include "base/Scheduler.h"
#include "sync/LaneUploader.h"

#include <QJsonArray>
#include <QObject>
#include <QSet>

class Database;
class RestClient;

/// Carries conversations between this computer and the academy's tables: up as the uploader of the
/// lanes `conversation:`, down with pull(). What waits to be sent is newer than what comes down and
/// is left alone and asked for again; a conversation that was forgotten elsewhere is forgotten here,
/// unless something is being written in it. GUI thread; what it is given outlives it.
class ConversationSync : public QObject, public LaneUploader
{
    Q_OBJECT

public:
    /// The first wait after a pull that failed, and the longest.
    static constexpr std::chrono::milliseconds RetryBase {4'000};
    static constexpr std::chrono::milliseconds RetryCap {300'000};

    ConversationSync(Database& database, RestClient& rest, const UserId& owner, Scheduler& scheduler,
        RandomSource& random, QObject* parent = nullptr);

    Async<UploadOutcome> upload(QString lane, QList<OutboxRow> rows) override;
    /// Reads what changed at the academy since the last time. One at a time; a call while one runs
    /// makes it run once more. Answers with how many conversations changed here. A row that cannot be
    /// read is left out until it changes. What failed is tried again by itself, ever more rarely, until
    /// it works; not so a refusal (Unauthorized, Invalid) or an answer nobody understands (Protocol):
    /// these wait for the next call, to be made also when somebody signed in.
    Async<int> pull();

Q_SIGNALS:
    /// Conversations came, changed or went: read the list, and these branches.
    void changed(const QList<ConversationId>& conversations);

private:
    struct Pull;
    using PullPtr = std::shared_ptr<Pull>;

    void startPull();
    void readConversations(const PullPtr& pull);
    void readMessages(const PullPtr& pull);
    void readIds(const PullPtr& pull);
    void makeSureOfNone(const PullPtr& pull);
    void merge(const PullPtr& pull);
    void finishPull(const Result<QList<ConversationId>>& result);

    Database& m_database;
    RestClient& m_rest;
    UserId m_owner;
    Scheduler& m_scheduler;
    Backoff m_backoff;
    ScheduledTask m_retry;
    QList<AsyncPromise<int>> m_waiting; ///< for the pull under way
    QList<AsyncPromise<int>> m_waitingNext;
    bool m_pulling = false;
};

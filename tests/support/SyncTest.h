// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/FakeScheduler.h"
#include "support/StoreTest.h"

#include "base/Random.h"
#include "store/Outbox.h"
#include "sync/SyncEngine.h"
#include "sync/TokenSource.h"

#include <functional>

/// Whoever the test says is signed in.
class FakeTokens final : public TokenSource
{
public:
    UserId user() const override { return m_user; }
    Async<void> ready() override
    {
        ++asked;
        return readyAsync<void>(failure ? Result<void>(*failure) : Result<void>());
    }
    void setUser(const char* name)
    {
        m_user = UserId(QString::fromLatin1(name));
        Q_EMIT changed();
    }

    std::optional<Error> failure;
    int asked = 0;

private:
    UserId m_user {QStringLiteral("ana")};
};

/// An academy that keeps what it gets, once, in the order it came; `answer` decides what it says.
class FakeAcademy final : public LaneUploader
{
public:
    using Batch = QList<OutboxRow>;

    Async<UploadOutcome> upload(QString lane, Batch rows) override
    {
        batches.append(idsOf(rows));
        lanes.append(lane);
        return answer(lane, rows);
    }

    static QStringList idsOf(const Batch& rows)
    {
        QStringList ids;
        for (const OutboxRow& row : rows) {
            ids.append(row.opId.toString());
        }
        return ids;
    }

    /// Stores a row unless it is there already.
    void keep(const OutboxRow& row)
    {
        if (!kept.contains(row.opId)) {
            kept.insert(row.opId);
            order[row.lane].append(row.laneSeq);
        }
    }

    UploadOutcome accept(const Batch& rows)
    {
        UploadOutcome outcome;
        for (const OutboxRow& row : rows) {
            keep(row);
            outcome.acknowledged.append(row.opId);
        }
        outcome.receipt = LaneReceipt {rows.last().laneSeq, "head", QStringLiteral("now"), {}};
        return outcome;
    }

    std::function<Async<UploadOutcome>(const QString&, const Batch&)> answer
        = [this](const QString&, const Batch& rows) { return readyAsync<UploadOutcome>(accept(rows)); };
    QList<QStringList> batches;
    QStringList lanes;
    QSet<OpId> kept;
    QHash<QString, QList<qint64>> order;
};

inline Error errorOf(ErrorKind kind, const char* code = "")
{
    return {kind, QString::fromLatin1(code), {}, {}};
}

/// A database, an engine on virtual time and an academy; queues operations.
class SyncBench
{
public:
    explicit SyncBench(DatabaseOptions options = {}, quint64 seed = 1) :
        random(seed), database(dir.filePath(QStringLiteral("sync.sqlite")), std::move(options))
    {
        restart();
        settle();
    }

    /// A new engine, as after a crash: what was in flight is forgotten.
    void restart()
    {
        const UserId user = tokens ? tokens->user() : UserId(QStringLiteral("ana"));
        engine.reset();
        auto source = std::make_unique<FakeTokens>();
        tokens = source.get();
        tokens->setUser(user.toString().toLatin1().constData());
        engine = std::make_unique<SyncEngine>(database, std::move(source), time, time, random);
        engine->registerUploader(QStringLiteral("attempt:"), &academy);
        engine->registerUploader(QStringLiteral("review:"), &academy);
    }

    qint64 pending()
    {
        return answerOf(database.read<LaneCounts>([](Connection& c) { return Outbox::totals(c); }))
            .valueOr(LaneCounts {0, 0, 0, -1, 0, {}})
            .pending;
    }

    bool queue(const QString& id, const QString& lane, const char* owner = "ana", int size = 10)
    {
        NewOp op;
        op.opId = OpId(id);
        op.owner = UserId(QString::fromLatin1(owner));
        op.lane = lane;
        op.opType = QStringLiteral("test");
        op.payload = QByteArray(size, 'x');
        op.createdWall = time.wall();
        return answerOf(database.run<OutboxRow>([op](Connection& c) { return Outbox::append(c, op); })).ok();
    }

    /// Lets everything that is under way come to rest; time stands still.
    void settle()
    {
        do {
            for (int i = 0; i < 6; ++i) {
                (void)answerOf(database.read<int>([](Connection&) -> Result<int> { return 0; }));
            }
        } while (engine && engine->status().inFlight > 0 && !held);
    }

    void poke()
    {
        engine->poke();
        settle();
    }

    void advance(std::chrono::milliseconds by)
    {
        time.advance(by);
        settle();
    }

    LaneCounts counts(const QString& lane)
    {
        return answerOf(database.read<LaneCounts>([lane](Connection& c) { return Outbox::counts(c, lane); })).valueOr({});
    }

    QTemporaryDir dir {quickFolder()};
    FakeScheduler time;
    SeededRandom random;
    Database database;
    FakeAcademy academy;
    FakeTokens* tokens = nullptr; ///< owned by the engine
    std::unique_ptr<SyncEngine> engine;
    bool held = false;            ///< an answer is withheld on purpose, so nothing will come to rest
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/SyncEngine.h"

#include "base/Log.h"
#include "store/Database.h"
#include "sync/AuthTokenSource.h"
#include "sync/FailurePolicy.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr auto CheckInterval = 5s;
constexpr auto StuckAfter = 60s;
constexpr auto TooOldPause = 60s;
constexpr auto FirstDelay = 1s;
constexpr auto LongestDelay = 60s;
constexpr auto LongestExamDelay = 5s;
constexpr std::chrono::seconds FirstRest = 1min;
constexpr std::chrono::seconds LongestRest = 15min;
constexpr int LargestParallel = 4;
/// Tries of an operation that fails for a reason nobody knows.
constexpr int UnknownTries = 5;

bool isExam(const QString& lane)
{
    return lane.startsWith(QLatin1String("attempt:"));
}

} // namespace

SyncEngine::SyncEngine(Database& database, AuthSession& session, Clock& clock, Scheduler& scheduler,
    RandomSource& random, QObject* parent) :
    SyncEngine(database, std::make_unique<AuthTokenSource>(session), clock, scheduler, random, parent)
{
}

SyncEngine::SyncEngine(Database& database, std::unique_ptr<TokenSource> tokens, Clock& clock,
    Scheduler& scheduler, RandomSource& random, QObject* parent) :
    QObject(parent),
    m_database(database),
    m_tokens(std::move(tokens)),
    m_clock(clock),
    m_scheduler(scheduler),
    m_random(random),
    m_lastProgress(clock.monotonic())
{
    connect(m_tokens.get(), &TokenSource::changed, this, &SyncEngine::networkUp);
    m_tick = m_scheduler.every(CheckInterval, [this] { look(); });
}

SyncEngine::~SyncEngine() = default;

void SyncEngine::registerUploader(QString lanePrefix, LaneUploader* uploader)
{
    m_uploaders.insert_or_assign(std::move(lanePrefix), uploader);
    look();
}

void SyncEngine::poke()
{
    look();
}

void SyncEngine::networkUp()
{
    clearDelays();
    look();
}

Async<QList<OutboxRow>> SyncEngine::quarantined()
{
    return m_database.read<QList<OutboxRow>>([](Connection& connection) { return Outbox::quarantined(connection); });
}

Async<int> SyncEngine::retryQuarantined()
{
    AsyncPromise<int> promise;
    const auto released = m_database.run<int>([](Connection& connection) -> Result<int> {
        const auto rows = Outbox::quarantined(connection);
        if (!rows) {
            return rows.error();
        }
        for (const OutboxRow& row : *rows) {
            if (auto done = Outbox::release(connection, row.opId); !done) {
                return done.error();
            }
        }
        return int(rows->size());
    });
    whenDone(released, this, [this, promise](const Result<int>& count) {
        promise.resolve(count);
        look();
    });
    return promise.future();
}

void SyncEngine::look()
{
    if (std::exchange(m_looking, true)) {
        m_lookAgain = true;
        return;
    }
    const auto read = m_database.read<Picture>([](Connection& connection) -> Result<Picture> {
        const auto lanes = Outbox::pendingLanes(connection);
        if (!lanes) {
            return lanes.error();
        }
        const auto totals = Outbox::totals(connection);
        if (!totals) {
            return totals.error();
        }
        return Picture {*lanes, *totals};
    });
    whenDone(read, this, [this](const Result<Picture>& picture) {
        m_looking = false;
        if (picture) {
            consider(*picture);
        } else {
            m_lastError = picture.error().code;
            SyncStatus status = m_status;
            status.lastError = m_lastError;
            publish(status);
        }
        if (std::exchange(m_lookAgain, false)) {
            look();
        }
    });
}

void SyncEngine::consider(const Picture& picture)
{
    if (picture.lanes.isEmpty()) {
        m_lastProgress = m_clock.monotonic();
    }
    const auto now = m_clock.monotonic();
    if (m_tooOldUntil && *m_tooOldUntil <= now) {
        m_tooOldUntil.reset();
    }
    auto parallel = std::ranges::count_if(m_lanes, [](const auto& lane) { return lane.second.inFlight; });
    for (const PendingLane& pending : picture.lanes) {
        Lane& lane = laneNamed(pending.lane);
        const bool due = !lane.notBefore || *lane.notBefore <= now;
        const bool mine = !pending.owner.isEmpty() && pending.owner == m_tokens->user();
        if (!lane.inFlight && lane.nextPass && *lane.nextPass <= now) {
            lookFromTheHead(lane);
        }
        const bool nothingNew = pending.pending <= lane.passed;
        if (lane.inFlight || !due || !mine || nothingNew || m_tooOldUntil || !uploaderFor(pending.lane)
            || parallel >= LargestParallel) {
            continue;
        }
        ++parallel;
        send(pending.lane, pending.owner);
    }
    publish(statusFrom(picture));
    scheduleWake();
}

void SyncEngine::publish(const SyncStatus& status)
{
    if (status != m_status) {
        m_status = status;
        Q_EMIT statusChanged();
    }
}

void SyncEngine::send(const QString& name, const UserId& owner)
{
    laneNamed(name).inFlight = true;
    whenDone(m_tokens->ready(), this, [this, name, owner](const Result<void>& ready) {
        Verdict verdict;
        if (!ready) {
            verdict.wait = ready.error();
            finish(name, verdict);
            return;
        }
        if (m_tokens->user() != owner) {
            finish(name, verdict);
            return;
        }
        const int limit = laneNamed(name).batch;
        const qint64 after = laneNamed(name).passedTo;
        const auto batch = m_database.read<QList<OutboxRow>>([name, limit, after](Connection& connection) {
            return Outbox::nextBatch(connection, name, limit, Outbox::LargestBatchBytes, after);
        });
        whenDone(batch, this, [this, name, owner](const Result<QList<OutboxRow>>& rows) {
            Verdict none;
            Lane& lane = laneNamed(name);
            if (!rows) {
                none.wait = rows.error();
                finish(name, none);
            } else if (rows->isEmpty() || rows->first().owner != owner || m_tokens->user() != owner) {
                finish(name, none);
                if (lane.passedTo > 0) {
                    lane.notBefore = m_clock.monotonic() + CheckInterval;
                }
            } else {
                upload(name, *rows);
            }
        });
    });
}

void SyncEngine::upload(const QString& name, const QList<OutboxRow>& rows)
{
    LaneUploader* uploader = uploaderFor(name);
    if (!uploader) {
        finish(name, {});
        return;
    }
    whenDone(uploader->upload(name, rows), this, [this, name, rows](const Result<UploadOutcome>& outcome) {
        Lane& lane = laneNamed(name);
        commit(name, outcome ? judge(lane, rows, *outcome) : judge(lane, rows, outcome.error()));
    });
}

void SyncEngine::judgeOne(Verdict& verdict, const OutboxRow& row, const Error& error) const
{
    switch (policyFor(error)) {
    case FailurePolicy::Quarantine:
        verdict.quarantined.insert(row.opId, error);
        return;
    case FailurePolicy::ConfirmUser:
        if (row.attempts >= 1) {
            verdict.quarantined.insert(row.opId, error);
            return;
        }
        break;
    case FailurePolicy::CountThenQuarantine:
        if (row.attempts + 1 >= UnknownTries) {
            verdict.quarantined.insert(row.opId, error);
            return;
        }
        break;
    case FailurePolicy::Retry:
    case FailurePolicy::Shrink:
    case FailurePolicy::Authenticate:
    case FailurePolicy::ServerTooOld:
        verdict.wait = error;
        return;
    }
    verdict.counted.insert(row.opId, error);
    verdict.wait = error;
}

SyncEngine::Verdict SyncEngine::judge(
    Lane& lane, const QList<OutboxRow>& rows, const UploadOutcome& outcome) const
{
    Verdict verdict;
    verdict.receipt = outcome.receipt;
    bool named = true;
    for (const OutboxRow& row : rows) {
        const bool waits = outcome.waiting.contains(row.opId);
        named = named && (waits || outcome.acknowledged.contains(row.opId));
        if (named) {
            verdict.passTo = row.laneSeq;
            verdict.passed += waits ? 1 : 0;
        }
        if (outcome.acknowledged.contains(row.opId)) {
            verdict.acknowledged.append(row.opId);
        } else if (const auto rejected = outcome.rejected.constFind(row.opId);
                   rejected != outcome.rejected.cend()) {
            judgeOne(verdict, row, *rejected);
        }
    }
    const bool advanced
        = !verdict.acknowledged.isEmpty() || !verdict.quarantined.isEmpty() || verdict.passed > 0;
    if (!advanced && !verdict.wait) {
        verdict.wait = Error {ErrorKind::Protocol, QStringLiteral("sync_no_progress"), {}, {}};
    }
    if (!verdict.wait) {
        lane.batch = std::min(lane.batch * 2, Outbox::LargestBatch);
    }
    return verdict;
}

/// An error for the whole batch says nothing about one operation, so it is narrowed down first.
SyncEngine::Verdict SyncEngine::judge(
    Lane& lane, const QList<OutboxRow>& rows, const Error& error) const
{
    Verdict verdict;
    const FailurePolicy policy = policyFor(error);
    const bool single = rows.size() == 1;
    const bool condemns = policy == FailurePolicy::Quarantine || policy == FailurePolicy::ConfirmUser
        || policy == FailurePolicy::CountThenQuarantine;
    if (!single && (condemns || policy == FailurePolicy::Shrink)) {
        lane.batch = int(std::max<qsizetype>(1, rows.size() / 2));
        if (policy == FailurePolicy::Shrink) {
            verdict.wait = error;
        }
    } else if (single && error.code == QLatin1String("http_413")) {
        verdict.quarantined.insert(rows.first().opId, error);
    } else if (condemns) {
        judgeOne(verdict, rows.first(), error);
    } else {
        verdict.wait = error;
    }
    return verdict;
}

void SyncEngine::commit(const QString& name, const Verdict& verdict)
{
    const auto saved = m_database.run<void>([name, verdict](Connection& connection) -> Result<void> {
        if (auto gone = Outbox::acknowledge(connection, name, verdict.acknowledged); !gone) {
            return gone.error();
        }
        for (auto op = verdict.quarantined.cbegin(); op != verdict.quarantined.cend(); ++op) {
            if (auto done = Outbox::quarantine(connection, op.key(), op->code); !done) {
                return done;
            }
        }
        for (auto op = verdict.counted.cbegin(); op != verdict.counted.cend(); ++op) {
            if (auto done = Outbox::noteFailure(connection, op.key(), op->code); !done) {
                return done;
            }
        }
        return verdict.receipt ? Outbox::saveReceipt(connection, name, *verdict.receipt) : Result<void>();
    });
    whenDone(saved, this, [this, name, verdict](const Result<void>& result) {
        if (!result) {
            // Sent but not noted: the same rows go out again and the academy knows them already.
            Verdict retry;
            retry.wait = result.error();
            finish(name, retry);
            return;
        }
        finish(name, verdict);
        if (!verdict.acknowledged.isEmpty() || !verdict.quarantined.isEmpty()) {
            Q_EMIT laneAdvanced(name);
        }
        for (auto op = verdict.quarantined.cbegin(); op != verdict.quarantined.cend(); ++op) {
            qCWarning(lcSync) << "operation" << op.key().toString() << "of" << name << "set aside:" << op->code;
            Q_EMIT operationQuarantined(name, op.key(), op.value());
        }
    });
}

void SyncEngine::finish(const QString& name, const Verdict& verdict)
{
    Lane& lane = laneNamed(name);
    lane.inFlight = false;
    const bool advanced = !verdict.acknowledged.isEmpty() || !verdict.quarantined.isEmpty();
    if (advanced) {
        m_lastProgress = m_clock.monotonic();
        lane.backoff.reset();
        lane.rest = 0s;
    }
    if (verdict.passed > 0) {
        passOver(lane, verdict);
    } else if (advanced) {
        lane.passedBefore = 0;
    }
    if (verdict.wait) {
        pause(lane, *verdict.wait);
    } else {
        lane.notBefore.reset();
        if (advanced) {
            m_offline = false;
            m_lastError.clear();
        }
    }
    look();
}

void SyncEngine::pause(Lane& lane, const Error& error)
{
    m_lastError = error.code.isEmpty() ? errorKindName(error.kind) : error.code;
    m_offline = error.kind == ErrorKind::Offline;
    const auto now = m_clock.monotonic();
    if (policyFor(error) == FailurePolicy::ServerTooOld) {
        m_tooOldUntil = now + TooOldPause;
    }
    const auto delay = std::max(lane.backoff.next(), error.retryAfter.value_or(0ms));
    lane.notBefore = now + delay;
    qCDebug(lcSync) << "waiting" << delay.count() << "ms after" << m_lastError;
}

void SyncEngine::passOver(Lane& lane, const Verdict& verdict)
{
    const auto now = m_clock.monotonic();
    m_lastProgress = now;
    m_offline = false;
    lane.passedTo = verdict.passTo;
    lane.passed += verdict.passed;
    if (!lane.nextPass) {
        lane.rest = std::clamp(lane.rest * 2, FirstRest, LongestRest);
        lane.nextPass = now + lane.rest;
    }
}

void SyncEngine::lookFromTheHead(Lane& lane)
{
    lane.passedTo = 0;
    lane.nextPass.reset();
    if (lane.passed > 0) {
        lane.passedBefore = std::exchange(lane.passed, 0);
    }
}

void SyncEngine::scheduleWake()
{
    std::optional<MonotonicTime> next;
    for (const auto& [name, lane] : m_lanes) {
        if (!lane.inFlight && lane.notBefore && (!next || *lane.notBefore < *next)) {
            next = lane.notBefore;
        }
    }
    const auto now = m_clock.monotonic();
    if (!next || *next <= now) {
        m_wake.cancel();
        return;
    }
    const auto delay = std::chrono::ceil<std::chrono::milliseconds>(*next - now);
    m_wake = m_scheduler.after(delay, [this] { look(); });
}

void SyncEngine::clearDelays()
{
    for (auto& [name, lane] : m_lanes) {
        lane.notBefore.reset();
        lane.backoff.reset();
        lane.rest = 0s;
        lookFromTheHead(lane);
    }
    m_tooOldUntil.reset();
}

SyncEngine::Lane& SyncEngine::laneNamed(const QString& name)
{
    const auto found = m_lanes.find(name);
    if (found != m_lanes.end()) {
        return found->second;
    }
    const Backoff delays(m_random, FirstDelay, isExam(name) ? LongestExamDelay : LongestDelay);
    return m_lanes.emplace(name, Lane(delays)).first->second;
}

LaneUploader* SyncEngine::uploaderFor(const QString& lane) const
{
    for (const auto& [prefix, uploader] : m_uploaders) {
        if (lane.startsWith(prefix)) {
            return uploader;
        }
    }
    return nullptr;
}

SyncStatus SyncEngine::statusFrom(const Picture& picture) const
{
    SyncStatus status;
    for (const PendingLane& pending : picture.lanes) {
        if (const auto lane = m_lanes.find(pending.lane); lane != m_lanes.end()) {
            const int passed = std::max(lane->second.passed, lane->second.passedBefore);
            status.waiting += std::min(passed, int(pending.pending));
        }
    }
    status.pending = int(picture.totals.pending) - status.waiting;
    status.quarantined = int(picture.totals.quarantined);
    status.inFlight
        = int(std::ranges::count_if(m_lanes, [](const auto& lane) { return lane.second.inFlight; }));
    if (picture.totals.oldestUnsent && status.pending > 0) {
        const auto age = m_clock.wall() - *picture.totals.oldestUnsent;
        status.oldestUnsentAge
            = std::max(0ms, std::chrono::duration_cast<std::chrono::milliseconds>(age));
    }
    status.needsAuth = std::ranges::any_of(picture.lanes, [this](const PendingLane& lane) {
        return !lane.owner.isEmpty() && lane.owner != m_tokens->user();
    });
    status.serverTooOld = m_tooOldUntil.has_value();
    status.offline = m_offline;
    status.lastError = m_lastError;
    status.stuck = status.pending > 0 && !status.offline && !status.needsAuth && !status.serverTooOld
        && m_clock.monotonic() - m_lastProgress > StuckAfter;
    return status;
}

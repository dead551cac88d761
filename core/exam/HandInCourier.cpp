// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/HandInCourier.h"

#include "base/Log.h"
#include "domain/ExamMachine.h"
#include "store/AttemptStore.h"

using namespace std::chrono_literals;

namespace {

bool isHandedIn(const StoredAttempt& stored)
{
    const auto state = ExamMachine::stateFromName(stored.state);
    return stored.receipt.isEmpty()
        && (stored.submitRequested
            || (state && std::holds_alternative<ExamMachine::Submitting>(*state)));
}

bool isByTheClockAlone(const StoredAttempt& stored)
{
    return !stored.submitRequested
        && ExamMachine::stateFromName(stored.state)
        == ExamMachine::State(ExamMachine::Submitting{ExamMachine::HandIn::TimeUp});
}

} // namespace

HandInCourier::Errand::Errand(RandomSource& random) : backoff(random, 1s, 5s) { }

HandInCourier::HandInCourier(ExamBackend& backend, AttemptStore& store, Scheduler& scheduler,
    RandomSource& random, QObject* parent)
    : QObject(parent), m_backend(backend), m_store(store), m_scheduler(scheduler), m_random(random)
{
}

void HandInCourier::resume(const UserId& user)
{
    whenDone(m_store.unfinished(user), this, [this](const Result<QList<StoredAttempt>>& attempts) {
        if (!attempts) {
            return;
        }
        for (const StoredAttempt& attempt : *attempts) {
            if (isHandedIn(attempt)) {
                wake(attempt.id);
            }
        }
    });
}

void HandInCourier::wake(const AttemptId& attempt)
{
    auto& errand = m_errands[attempt.toString()];
    if (!errand) {
        errand = std::make_unique<Errand>(m_random);
    }
    if (errand->busy) {
        errand->again = true;
        return;
    }
    errand->retry.cancel();
    look(attempt);
}

void HandInCourier::networkUp()
{
    for (const auto& [name, errand] : m_errands) {
        errand->backoff.reset();
        wake(AttemptId(name));
    }
}

void HandInCourier::look(const AttemptId& attempt)
{
    m_errands[attempt.toString()]->busy = true;
    whenDone(m_store.find(attempt), this,
        [this, attempt](const Result<std::optional<StoredAttempt>>& stored) {
            if (!stored) {
                retryAfter(attempt, stored.error());
            } else if (!*stored || !isHandedIn(**stored)) {
                rest(attempt);
            } else {
                consider(**stored);
            }
        });
}

void HandInCourier::consider(const StoredAttempt& stored)
{
    whenDone(m_store.counts(stored.id), this, [this, stored](const Result<LaneCounts>& counts) {
        if (!counts) {
            retryAfter(stored.id, counts.error());
        } else if (counts->pending > 0) {
            m_backend.pokeUploads();
            retryAfter(stored.id, 2s);
        } else if (isByTheClockAlone(stored)) {
            askWhetherDue(stored);
        } else {
            submit(stored);
        }
    });
}

void HandInCourier::askWhetherDue(const StoredAttempt& stored)
{
    const QJsonObject beat{{QStringLiteral("last_seq"), stored.lastSeq},
        {QStringLiteral("chain_head"), QString::fromLatin1(stored.chainHead)},
        {QStringLiteral("cmd_cursor"), stored.commandCursor},
        {QStringLiteral("app_state"), QStringLiteral("submitting")}};
    whenDone(m_backend.call(QStringLiteral("beat"),
                 {{QStringLiteral("p_attempt"), stored.id.toString()},
                     {QStringLiteral("p_lease"), stored.lease}, {QStringLiteral("p_beat"), beat}}),
        this, [this, stored](const Result<QJsonValue>& answer) {
            const auto reply = answer ? parseBeatReply(*answer) : Result<BeatReply>(answer.error());
            if (!reply) {
                retryAfter(stored.id, reply.error());
                return;
            }
            const ServerWord& word = reply->word;
            const bool goesOn = word.state == QLatin1String("active")
                || word.state == QLatin1String("paused") || word.state == QLatin1String("locked");
            const auto left = word.effectiveEnd - word.serverTime;
            if (goesOn && left > 0s && left <= 2s && !word.paused) {
                retryAfter(stored.id, 500ms);
            } else if (goesOn && left > 0s) {
                m_store.saveServerState(
                    stored.id, word.state, word.effectiveEnd, {}, word.ackedSeq);
                rest(stored.id);
                Q_EMIT notDue(stored.id, *reply);
            } else {
                submit(stored);
            }
        });
}

void HandInCourier::submit(const StoredAttempt& stored)
{
    whenDone(m_backend.call(QStringLiteral("submit"),
                 {{QStringLiteral("p_attempt"), stored.id.toString()},
                     {QStringLiteral("p_lease"), stored.lease},
                     {QStringLiteral("p_last_seq"), stored.lastSeq},
                     {QStringLiteral("p_chain_head"), QString::fromLatin1(stored.chainHead)}}),
        this, [this, stored](const Result<QJsonValue>& answer) {
            const auto reply
                = answer ? parseSubmitReply(*answer) : Result<SubmitReply>(answer.error());
            if (reply) {
                received(stored, *reply);
            } else {
                retryAfter(stored.id, reply.error());
            }
        });
}

void HandInCourier::received(const StoredAttempt& stored, const SubmitReply& reply)
{
    const AttemptId id = stored.id;
    if (reply.receipt) {
        whenDone(m_store.saveReceipt(id, reply.receipt->code, reply.submittedAtText, reply.state),
            this, [this, id, receipt = *reply.receipt](const Result<void>& saved) {
                if (!saved) {
                    retryAfter(id, saved.error());
                    return;
                }
                finish(id);
                Q_EMIT handedIn(id, receipt);
            });
        return;
    }
    if (reply.missing.isEmpty()) {
        retryAfter(
            id, Error{ErrorKind::Protocol, QStringLiteral("submit_without_receipt"), {}, {}});
        return;
    }
    whenDone(m_store.requeue(id, reply.missing), this,
        [this, stored, missing = reply.missing](const Result<int>& queued) {
            if (!queued) {
                retryAfter(stored.id, queued.error());
                return;
            }
            qCInfo(lcExam) << "hand-in of" << stored.id.toString() << "misses operations;"
                           << *queued << "queued again";
            if (*queued == 0) {
                handInWithout(stored, missing.constFirst());
                return;
            }
            m_backend.pokeUploads();
            retryAfter(stored.id, 2s);
        });
}

/// The academy refused that operation for good, or a damaged disk took it. The rest must not wait
/// for ever: handing in up to the hole, with the head of the whole chain, lets the academy note
/// the break for the teacher. What came after the hole has arrived and counts.
void HandInCourier::handInWithout(const StoredAttempt& stored, qint64 hole)
{
    if (hole < 1 || hole > stored.lastSeq) {
        retryAfter(
            stored.id, Error{ErrorKind::Protocol, QStringLiteral("submit_missing"), {}, {}});
        return;
    }
    StoredAttempt upToTheHole = stored;
    upToTheHole.lastSeq = hole - 1;
    submit(upToTheHole);
}

void HandInCourier::rest(const AttemptId& attempt)
{
    Errand& errand = *m_errands[attempt.toString()];
    errand.busy = false;
    if (std::exchange(errand.again, false)) {
        look(attempt);
    } else {
        m_errands.erase(attempt.toString());
    }
}

void HandInCourier::finish(const AttemptId& attempt)
{
    m_errands.erase(attempt.toString());
}

void HandInCourier::retryAfter(const AttemptId& attempt, const Error& error)
{
    Q_EMIT failed(attempt, error);
    Errand& errand = *m_errands[attempt.toString()];
    if (error.code == QLatin1String("ACADEMY_FENCED")
        || error.code == QLatin1String("ACADEMY_CLOSED")
        || error.code == QLatin1String("ACADEMY_NOT_FOUND")) {
        errand.again = false;
        rest(attempt);
        return;
    }
    const auto delay = error.isTransient() ? errand.backoff.next() : 5s;
    retryAfter(attempt, std::max(delay, error.retryAfter.value_or(250ms)));
}

void HandInCourier::retryAfter(const AttemptId& attempt, std::chrono::milliseconds delay)
{
    Errand& errand = *m_errands[attempt.toString()];
    errand.busy = false;
    if (std::exchange(errand.again, false)) {
        delay = std::min<std::chrono::milliseconds>(delay, 100ms);
    }
    errand.retry = m_scheduler.after(delay, [this, attempt] { look(attempt); });
}

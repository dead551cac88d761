// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ExamSilence.h"

#include "domain/ExamMachine.h"
#include "wire/Json.h"

#include <QSysInfo>

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = std::chrono::milliseconds(60s);
/// A pause that nobody ended, because the sitting was given up while this program was not running.
constexpr auto longestPause = 24h;

bool allowsTutor(const QByteArray& paper)
{
    const auto json = parseJson(paper);
    return json && json->toObject().value(QLatin1String("tutor_allowed")).toBool();
}

bool isHeldUp(const ExamMachine::State& state)
{
    const auto* locked = std::get_if<ExamMachine::Locked>(&state);
    return std::holds_alternative<ExamMachine::Paused>(state) || (locked && locked->paused);
}

} // namespace

bool silencesTutor(const StoredAttempt& attempt, const LocalMoment& now, ExamTiming::Span* remaining)
{
    if (!attempt.receipt.isEmpty() || attempt.submitRequested || allowsTutor(attempt.paper)) {
        return false;
    }
    const ExamMachine::State state
        = ExamMachine::stateFromName(attempt.state).value_or(ExamMachine::State(ExamMachine::Running {}));
    const bool isOver = ExamMachine::isFinal(state) || std::holds_alternative<ExamMachine::Submitting>(state)
        || std::holds_alternative<ExamMachine::Expired>(state);
    if (isOver) {
        return false;
    }
    if (!attempt.serverTime || !attempt.effectiveEnd) {
        return true;
    }
    if (isHeldUp(state)) {
        return now.wall < attempt.serverTime->wall + longestPause;
    }
    ExamTiming timing({attempt.serverTime->server, *attempt.effectiveEnd, false,
        {attempt.serverTime->steady, attempt.serverTime->wall, attempt.serverTime->bootId.toLatin1()},
        ExamTiming::Span::max(), attempt.clockUncertain});
    const ExamTiming::Span left = timing.read(now)->remaining;
    if (remaining) {
        *remaining = left;
    }
    return left > ExamTiming::Span::zero();
}

ExamSilence::ExamSilence(AttemptStore& attempts, Clock& clock, Scheduler& scheduler, const UserId& owner, QObject* parent)
    : QObject(parent), m_attempts(attempts), m_clock(clock), m_scheduler(scheduler), m_owner(owner)
{
    look();
}

void ExamSilence::writingChanged(bool writing)
{
    if (writing && !m_writing) {
        setSilent(true);
    }
    m_writing = writing;
    look();
}

void ExamSilence::look()
{
    if (m_owner.isEmpty()) {
        return;
    }
    whenDone(m_attempts.unfinished(m_owner), this, [this, look = ++m_looks](const Result<QList<StoredAttempt>>& attempts) {
        if (look == m_looks && attempts) {
            judge(*attempts);
        }
    });
}

void ExamSilence::judge(const QList<StoredAttempt>& attempts)
{
    const LocalMoment now {m_clock.monotonic(), m_clock.wall(), QSysInfo::bootUniqueId()};
    auto wait = lookEvery;
    bool silent = m_writing && attempts.isEmpty();
    for (const StoredAttempt& attempt : attempts) {
        ExamTiming::Span remaining = lookEvery;
        if (silencesTutor(attempt, now, &remaining)) {
            silent = true;
            wait = std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(remaining));
        }
    }
    if (silent) {
        m_again = m_scheduler.after(wait, [this] { look(); });
    } else {
        m_again.cancel();
    }
    setSilent(silent);
}

void ExamSilence::setSilent(bool silent)
{
    if (std::exchange(m_silent, silent) != silent) {
        Q_EMIT changed(silent);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ReplyQueue.h"

#include "tutor/ReplyServices.h"
#include "tutor/ReplyStream.h"

#include <algorithm>

using std::chrono::milliseconds;
using tutorwait::longestCountdown;
using tutorwait::longestSilentWait;

ReplyQueue::ReplyQueue(ReplyServices& services, QObject* parent) : QObject(parent), m_services(services) { }

void ReplyQueue::setMaxActive(int streams)
{
    m_maxActive = std::max(1, streams);
    pump();
}

void ReplyQueue::add(ReplyStream* reply)
{
    if (!m_waiting.contains(reply)) {
        m_waiting.append(reply);
    }
    pump();
}

void ReplyQueue::remove(ReplyStream* reply)
{
    m_waiting.removeAll(reply);
    m_running.removeAll(reply);
    pump();
}

void ReplyQueue::pump()
{
    if (m_pumping) {
        m_pumpAgain = true;
        return;
    }
    m_pumping = true;
    m_next.cancel();
    m_nextAt.reset();
    do {
        m_pumpAgain = false;
        m_running.removeIf([](const QPointer<ReplyStream>& reply) { return !reply || !reply->hasTurn(); });
        m_waiting.removeIf([](const QPointer<ReplyStream>& reply) { return !reply || reply->isOver(); });
        for (qsizetype i = 0; i < m_waiting.size() && !m_pumpAgain; ++i) {
            if (consider(*m_waiting.at(i)) == Verdict::Went) {
                m_pumpAgain = true;
            }
        }
    } while (m_pumpAgain);
    m_pumping = false;
    Q_EMIT changed();
}

ReplyQueue::Verdict ReplyQueue::consider(ReplyStream& reply)
{
    const TutorSettings tutor = reply.tutor();
    const auto go = [this, &reply] {
        m_waiting.removeAll(&reply);
        m_running.append(&reply);
        reply.admit();
        return Verdict::Went;
    };
    if (tutor.provider == TutorProviderKind::Notes) {
        m_waiting.removeAll(&reply);
        reply.admit();
        return Verdict::Went;
    }
    const MonotonicTime now = m_services.clock.monotonic();
    const Breaker& breaker = m_services.breakerOf(tutor);
    if (!breaker.allowsAt(now)) {
        if (reply.moveOn(QStringLiteral("breaker_open"))) {
            return Verdict::Went;
        }
        // Without a time, the end of the probe pumps.
        if (const auto wait = breaker.waitAt(now)) {
            pumpAfter(*wait);
        }
        return Verdict::Waits;
    }
    if (tutor.costs()) {
        const DailyBudget::Amount estimate {reply.estimatedTokens(), reply.estimatedMicros()};
        if (const auto refusal = m_services.budget.refusal(m_services.clock.wall(), estimate)) {
            reply.refuse(*refusal);
            return Verdict::Went;
        }
    }
    if (active() >= m_maxActive) {
        return Verdict::Waits;
    }
    RequestLimiter& limiter = m_services.limiterOf(tutor);
    limiter.setPerMinute(tutor.requestsPerMinute);
    limiter.setTokensPerMinute(tutor.tokensPerMinute);
    if (const milliseconds wait = limiter.waitAt(now, reply.estimatedTokens()); wait > milliseconds(0)) {
        const QString reason = QStringLiteral("rate_limited");
        if (wait > longestSilentWait && reply.moveOn(reason)) {
            return Verdict::Went;
        }
        if (wait > longestCountdown) {
            reply.refuse(Error {ErrorKind::RateLimited, reason, {}, wait});
            return Verdict::Went;
        }
        pumpAfter(wait);
        return Verdict::Waits;
    }
    return go();
}

void ReplyQueue::pumpAfter(milliseconds wait)
{
    const MonotonicTime at = m_services.clock.monotonic() + wait;
    if (m_nextAt && *m_nextAt <= at) {
        return;
    }
    m_nextAt = at;
    m_next = m_services.scheduler.after(wait, [this] { pump(); });
}

milliseconds ReplyQueue::waitOf(const ReplyStream& reply) const
{
    const MonotonicTime now = m_services.clock.monotonic();
    const milliseconds rest = m_services.breakerOf(reply.tutor()).waitAt(now).value_or(milliseconds(0));
    return std::max(rest, m_services.limiterOf(reply.tutor()).waitAt(now, reply.estimatedTokens()));
}

QList<TutorQueueEntry> ReplyQueue::waiting() const
{
    QList<TutorQueueEntry> entries;
    for (const QPointer<ReplyStream>& reply : m_waiting) {
        if (reply) {
            TutorQueueEntry entry {reply->message().conversation, reply->message().id, int(entries.size()) + 1, {}};
            if (const milliseconds wait = waitOf(*reply); wait > milliseconds(0)) {
                entry.readyIn = wait;
            }
            entries.append(entry);
        }
    }
    return entries;
}

int ReplyQueue::positionOf(const ConversationId& conversation) const
{
    int position = 0;
    for (const QPointer<ReplyStream>& reply : m_waiting) {
        position += reply ? 1 : 0;
        if (reply && reply->message().conversation == conversation) {
            return position;
        }
    }
    return 0;
}

int ReplyQueue::active() const
{
    return int(std::ranges::count_if(
        m_running, [](const QPointer<ReplyStream>& reply) { return reply && reply->hasTurn(); }));
}

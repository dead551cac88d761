// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "tutor/TutorMessage.h"
#include "tutor/TutorStats.h"

#include <QObject>
#include <QPointer>

class ReplyStream;
struct ReplyServices;

/// Who may ask now: a few replies at a time over the whole program, never more requests or tokens in
/// a minute than a key allows, nothing beyond the day's budget, nobody at a tutor that rests. The
/// rest wait in order; one that waits for its own tutor lets others pass. GUI thread.
class ReplyQueue : public QObject
{
    Q_OBJECT

public:
    ReplyQueue(ReplyServices& services, QObject* parent);

    void setMaxActive(int streams);
    /// At the end; a reply that is there already keeps its place.
    void add(ReplyStream* reply);
    void remove(ReplyStream* reply);
    /// Looks who may go. Call when a turn was given back or a limit changed.
    void pump();

    /// Waiting for a turn, in order.
    QList<TutorQueueEntry> waiting() const;
    int positionOf(const ConversationId& conversation) const;
    int active() const;

Q_SIGNALS:
    void changed();

private:
    enum class Verdict { Waits, Went };

    Verdict consider(ReplyStream& reply);
    std::chrono::milliseconds waitOf(const ReplyStream& reply) const;
    void pumpAfter(std::chrono::milliseconds wait);

    ReplyServices& m_services;
    QList<QPointer<ReplyStream>> m_waiting;
    QList<QPointer<ReplyStream>> m_running;
    int m_maxActive = 2;
    ScheduledTask m_next;
    std::optional<MonotonicTime> m_nextAt;
    bool m_pumping = false;
    bool m_pumpAgain = false;
};

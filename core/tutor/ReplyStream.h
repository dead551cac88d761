// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Backoff.h"
#include "tutor/FallbackChain.h"
#include "tutor/ReplyConnection.h"
#include "tutor/RequestLimiter.h"
#include "tutor/TutorMessage.h"
#include "tutor/Watchdogs.h"
#include "tutor/teaching/Aside.h"
#include "tutor/teaching/Citations.h"

#include <QObject>

struct ReplyServices;
struct TutorHistory;

/// One reply from its place in the queue to its end: carries out what StreamMachine decides, tries
/// again, goes over to other tutors, counts what was used. One that ends without a word has failed:
/// TutorFailure's codes, refused, filtered, empty_reply, interrupted, Watchdogs' codes. GUI thread; owned by the manager, which
/// deletes it after ended().
class ReplyStream : public QObject
{
    Q_OBJECT

public:
    /// `message` is Queued; text it has already is gone on with and never replaced.
    ReplyStream(ReplyServices& services, TutorMessage message, FallbackChain chain, QObject* parent);
    ~ReplyStream() override;

    /// What is to be said, once the database has told. Before, the reply does not ask for a turn.
    void prepare(const TutorHistory& history, const MessageId& parent);
    const TutorMessage& message() const { return m_message; }
    void setSiblings(const TutorMessage& placed);
    const TutorSettings& tutor() const { return m_chain.current(); }
    bool hasTurn() const { return m_hasTurn; }
    bool isOver() const { return stream::isFinal(m_message.state); }
    qint64 estimatedTokens() const;
    qint64 estimatedMicros() const;

    /// The queue lets it go.
    void admit();
    /// The queue cannot: another tutor is asked, or the reply ends with this error.
    void refuse(const Error& error);
    /// Another tutor, while nothing is visible. False when there is none.
    bool moveOn(const QString& reason);
    void stop();
    /// Ends the wait for the next try.
    void skipWait();
    /// Writes down what there is, at the end of the program.
    void flush();

Q_SIGNALS:
    /// It changed in a way people see; not more often than every 33 ms while words come.
    void changed();
    void typingChanged(TutorTyping typing);
    void wantsTurn();
    /// A turn is free again.
    void gaveTurnBack();
    /// Final; the message has everything.
    void ended();

private:
    void input(stream::Input what);
    void perform(stream::Effect effect);
    void open();
    void release();
    void requeue();
    void take(const std::vector<TutorEvent>& events);
    void takeOne(const TutorEvent& event);
    void finish(const TutorFinished& finished);
    void hear(const QString& text);
    void cite();
    void speak(const QString& text);
    void failed(const TutorFailure& failure);
    void fail(const Error& error, bool retryable);
    void broke(const Error& error);
    void starved(Watchdogs::Watch watch);
    bool takeRest();
    bool reattach(bool isLoading = false);
    bool isUsable(const TutorSettings& tutor) const;
    bool thinks(const TutorSettings& asked) const;
    int mostOutput(const TutorSettings& asked) const;
    qint64 estimatedOutput(const TutorSettings& asked) const;
    bool forgetOldest();
    void judge(const Error& error);
    void settle();
    void rememberQuirks();
    void publish(bool now);
    void keepSoon();

    ReplyServices& m_services;
    TutorMessage m_message;
    FallbackChain m_chain;
    TutorPrompt m_prompt;
    LearnerCard m_learner;
    TutorQuirks m_quirks;
    ReplyConnection m_connection;
    Watchdogs m_watchdogs;
    Backoff m_backoff;
    AsideFilter m_aside; ///< keeps the tutor's notes to the program out of the text
    CitationFilter m_citing; ///< makes numbers of the marks a tutor cites with
    QString m_kept; ///< text of earlier runs, when this one goes on with it
    QString m_ask; ///< id of what is asked, the same for every try of it, so that it is billed once
    QString m_request; ///< id of the request that is counted, empty when none is
    qint64 m_counted = 0; ///< the estimate of what it says to the tutor
    bool m_isBilled = false; ///< the tutor took it on
    bool m_isComplete = false; ///< and its end signal came
    bool m_isHeard = false; ///< it thought or spoke
    qsizetype m_textBefore = 0; ///< length of the text when it was sent
    qint64 m_thoughts = 0; ///< of those that were told, estimated
    std::optional<MonotonicTime> m_thinkingSince;
    std::chrono::nanoseconds m_thoughtFor {0}; ///< from its headers to its first word
    RequestLimiter::Ticket m_ticket = 0;
    qsizetype m_opaqueBefore = 0; ///< how much of the message's is from finished requests of this reply
    qsizetype m_citationsBefore; ///< the same, and from earlier runs
    TutorUsage m_usedBefore; ///< by finished requests of this reply
    qint64 m_microsBefore = 0;
    std::optional<TutorSettings> m_leaving; ///< the tutor a running request belongs to, when another takes over
    int m_triesHere = 1; ///< of the current tutor
    int m_reattached = 0;
    int m_looks = 0; ///< for a rest whose model is being loaded
    std::chrono::milliseconds m_reattachIn {0};
    int m_goingsOn = 0;
    bool m_spoke = false; ///< something visible came in this run
    bool m_isPrepared = false;
    bool m_hasTurn = false;
    bool m_breakerWaits = false; ///< a request is out whose end the breaker wants to know
    std::chrono::milliseconds m_askedWait {0};
    MonotonicTime m_askedAt;
    ScheduledTask m_retry;
    ScheduledTask m_publish;
    ScheduledTask m_keep;
};

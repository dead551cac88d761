// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "net/HttpStream.h"
#include "tutor/RateHeaders.h"
#include "tutor/TutorProvider.h"

#include <QObject>
#include <QPointer>

struct ReplyServices;

/// One attempt to get a reply from one tutor: finds the key, sends the request, reads the answer.
/// Signals come from the event loop, never from inside the calls below, and none after close().
/// GUI thread.
class ReplyConnection : public QObject
{
    Q_OBJECT

public:
    static constexpr auto modelLoading = "model_loading";

    ReplyConnection(ReplyServices& services, QObject* parent);
    ~ReplyConnection() override;

    /// Begins anew; what was open is closed.
    void open(const TutorSettings& tutor, const TutorPrompt& prompt, const LearnerCard& learner,
        const TutorQuirks& quirks);
    /// Whether the server kept the reply, so that reattach() gives its rest.
    bool canReattach() const;
    void reattach();
    /// Abandons the reply, and tells the server to stop where closing the line does not. The server
    /// is not told after an ending event.
    void close();
    /// What the decoder makes of the bytes so far when no more come; empty without a decoder. The reply
    /// cannot be reattached afterwards.
    std::vector<TutorEvent> rest();
    /// True when the headers showed a server that keeps its replies, though the quirks did not say so.
    bool foundResumable() const { return m_foundResumable; }

    /// The strategy for a tutor that is asked over HTTP.
    static const TutorProvider& strategyFor(TutorProviderKind kind);

Q_SIGNALS:
    void sent();
    void opened();
    void alive(qsizetype bytes);
    void said(const std::vector<TutorEvent>& events);
    void limited(const RateLimits& limits);
    /// No more will come over this connection, and no end signal was read: rest() may still have one.
    /// `modelLoading`: the rest will be there later.
    void broke(const Error& error);

private:
    void askNotes();
    void findKey();
    void findToken(const QString& refused);
    bool replaceToken(const TutorEvent& last);
    void send(const HttpRequest& request);
    void attach(HttpStream* stream);
    void dropStream();
    void tellServerToStop();
    void say(const std::vector<TutorEvent>& events);
    void endSoon();

    ReplyServices& m_services;
    TutorSettings m_tutor;
    TutorPrompt m_prompt;
    LearnerCard m_learner;
    TutorQuirks m_quirks;
    QByteArray m_key;
    QPointer<HttpStream> m_http;
    std::unique_ptr<TutorDecoder> m_decoder;
    ScheduledTask m_grace; ///< after the end signal, for usage that follows it
    int m_generation = 0; ///< answers to an abandoned attempt are recognised by it
    bool m_isSent = false;
    bool m_isOver = false;
    bool m_isReply = false; ///< and not an error with a body
    bool m_hasNewToken = false; ///< for one that the relay refused
    bool m_foundResumable = false;
};

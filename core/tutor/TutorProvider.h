// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpClient.h"
#include "tutor/TutorEvent.h"
#include "tutor/TutorSettings.h"

#include <QJsonObject>

#include <memory>
#include <optional>
#include <vector>

enum class TutorRole { Learner, Tutor };

struct TutorTurn
{
    TutorRole role = TutorRole::Learner;
    QString text;
    /// ReasoningOpaque::data of this reply, in order. Only when the same model of the same provider
    /// is asked again; otherwise leave it empty.
    QList<QByteArray> opaque {};
};

/// Everything said so far, ready to send.
struct TutorPrompt
{
    QString system;
    QList<TutorTurn> turns;
    int maxTokens = 400;
    std::optional<double> temperature {};
    QString conversation {}; ///< an id of ours; keeps a provider's prompt cache warm
    QString reply {}; ///< an id of ours for this reply; names it where a server keeps or bills replies
    QString learnerHash {}; ///< stands for the learner in a provider's abuse reports; never a name
    QByteArray continuation {}; ///< of TutorFinished: the same request again, to go on with the reply
    QString question {}; ///< the learner's newest words alone, for a tutor that remembers nothing
};

/// What a model wants otherwise than its wire format has it: from the catalogue, and learnt from
/// rejections.
struct TutorQuirks
{
    std::optional<bool> useMaxTokens; ///< max_tokens instead of max_completion_tokens
    QStringList dropped; ///< request fields to leave out; "a.b" for a field of a field
    bool adapted = false; ///< the last change came from a rejection: remember it
    int repairs = 0; ///< in this reply; set to 0 for the next
    bool developerRole = false; ///< OpenAI's reasoning models read the system prompt as "developer"
    bool systemInFirstTurn = false; ///< Gemma knows no system prompt
    bool resumable = false; ///< the server keeps a reply and replays it (llama.cpp)
    QJsonObject set {}; ///< request fields in the wire's own shape, merged over ours
};

/// Where a reply that broke off can be taken up again.
struct TutorResumePoint
{
    QString id; ///< the provider's id of the reply, where it gave one
    qint64 position = 0; ///< how far it was read, in the wire's own unit
    bool operator==(const TutorResumePoint&) const = default;
};

/// Reads one reply. Feed it every byte in order, then end(); after a terminal event
/// (TutorFinished, TutorFailure, TutorInterrupted) it stays silent.
class TutorDecoder
{
public:
    virtual ~TutorDecoder() = default;
    virtual std::vector<TutorEvent> feed(QByteArrayView bytes) = 0;
    virtual std::vector<TutorEvent> end() = 0;
    /// Behind the last byte fed. To resume, ask for it instead of calling end() when the connection
    /// breaks, and feed the rest to the same decoder.
    virtual TutorResumePoint resumePoint() const { return {}; }
    /// The provider's end signal came. Usage may follow; end() finishes the reply.
    virtual bool isComplete() const { return false; }
};

/// A wire format, without I/O: makes requests and reads replies. Stateless and thread-safe.
class TutorProvider
{
public:
    virtual ~TutorProvider() = default;
    virtual HttpRequest request(const TutorPrompt& prompt, const TutorSettings& settings,
        const TutorQuirks& quirks, const QByteArray& key) const = 0;
    virtual std::unique_ptr<TutorDecoder> decoder(
        int httpStatus, const HttpHeaders& headers) const = 0;
    /// A gentler request after a rejected parameter; empty when nothing can be done.
    virtual std::optional<TutorQuirks> adapted(
        const TutorQuirks& quirks, const TutorFailure& failure) const = 0;
    /// The rest of an interrupted reply, where the server kept it.
    virtual std::optional<HttpRequest> resume(const TutorResumePoint&, const TutorPrompt&,
        const TutorSettings&, const TutorQuirks&, const QByteArray& /*key*/) const
    {
        return std::nullopt;
    }
    /// What ends a reply at the server when closing the connection does not.
    virtual std::optional<HttpRequest> stop(const TutorPrompt&, const TutorSettings&, const TutorQuirks&,
        const QByteArray& /*key*/) const
    {
        return std::nullopt;
    }
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpClient.h"
#include "tutor/TutorEvent.h"
#include "tutor/TutorSettings.h"

#include <memory>
#include <optional>
#include <vector>

enum class TutorRole { Learner, Tutor };

struct TutorTurn
{
    TutorRole role = TutorRole::Learner;
    QString text;
};

/// Everything said so far, ready to send.
struct TutorPrompt
{
    QString system;
    QList<TutorTurn> turns;
    int maxTokens = 400;
};

/// What a server was found to reject; learnt once per stream and tried again without it.
struct TutorQuirks
{
    std::optional<bool> useMaxTokens; ///< max_tokens instead of max_completion_tokens
    QStringList dropped; ///< request fields to leave out
    bool adapted = false; ///< one automatic repair was made already
};

/// Reads one reply. Feed it every byte in order, then end(); after a terminal event
/// (TutorFinished, TutorFailure, TutorInterrupted) it stays silent.
class TutorDecoder
{
public:
    virtual ~TutorDecoder() = default;
    virtual std::vector<TutorEvent> feed(QByteArrayView bytes) = 0;
    virtual std::vector<TutorEvent> end() = 0;
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
};

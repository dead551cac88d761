// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ReplyConnection.h"

#include "store/SecretStore.h"
#include "tutor/RelayProvider.h"
#include "tutor/ReplyServices.h"
#include "tutor/TutorProviders.h"

namespace {

/// How a server that keeps replies says that its model is not back in memory.
constexpr int stillLoading = 503;
constexpr auto graceAfterEnd = std::chrono::milliseconds(2'000);

bool isEnd(const TutorEvent& event)
{
    return std::holds_alternative<TutorFinished>(event) || std::holds_alternative<TutorFailure>(event)
        || std::holds_alternative<TutorInterrupted>(event);
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

Error interrupted()
{
    return Error {ErrorKind::Offline, QStringLiteral("interrupted"), {}, {}};
}

} // namespace

ReplyConnection::ReplyConnection(ReplyServices& services, QObject* parent) : QObject(parent), m_services(services) { }

ReplyConnection::~ReplyConnection()
{
    close();
}

void ReplyConnection::open(const TutorSettings& tutor, const TutorPrompt& prompt, const LearnerCard& learner,
    const TutorQuirks& quirks)
{
    close();
    m_tutor = tutor;
    m_prompt = prompt;
    m_learner = learner;
    m_quirks = quirks;
    m_isSent = false;
    m_isOver = false;
    m_isReply = false;
    m_hasNewToken = false;
    m_foundResumable = false;
    m_decoder.reset();
    if (tutor.provider == TutorProviderKind::Notes) {
        askNotes();
    } else {
        findKey();
    }
}

void ReplyConnection::askNotes()
{
    const int generation = ++m_generation;
    whenDone(m_services.notes.reply(m_prompt.question, m_learner, m_prompt.turns), this,
        [this, generation](const Result<std::vector<TutorEvent>>& events) {
            if (generation != m_generation) {
                return;
            }
            if (!events) {
                Q_EMIT broke(events.error());
                return;
            }
            Q_EMIT opened();
            if (generation == m_generation) {
                say(*events);
            }
        });
}

void ReplyConnection::findKey()
{
    const int generation = ++m_generation;
    const auto failLater = [this, generation](ErrorKind kind, const char* code) {
        QMetaObject::invokeMethod(this, [this, generation, error = Error {kind, QLatin1String(code), {}, {}}] {
            if (generation == m_generation) {
                Q_EMIT broke(error);
            }
        }, Qt::QueuedConnection);
    };
    const bool isRelay = m_tutor.provider == TutorProviderKind::Relay;
    if (m_tutor.model.isEmpty() && !isRelay) {
        failLater(ErrorKind::Invalid, "no_model");
        return;
    }
    if (isRelay) {
        if (!m_services.relayToken) {
            failLater(ErrorKind::Unauthorized, "no_key");
            return;
        }
        findToken({});
        return;
    }
    const Async<QByteArray> key = m_tutor.needsKey ? m_services.secrets.read(m_tutor.secretName)
                                                   : readyAsync<QByteArray>(Result<QByteArray>(QByteArray()));
    whenDone(key, this, [this, generation](const Result<QByteArray>& secret) {
        if (generation != m_generation) {
            return;
        }
        if (!secret || (m_tutor.needsKey && secret->isEmpty())) {
            Q_EMIT broke(Error {ErrorKind::Unauthorized, QStringLiteral("no_key"), {}, {}});
            return;
        }
        m_key = *secret;
        send(strategyFor(m_tutor.provider).request(m_prompt, m_tutor, m_quirks, m_key));
    });
}

void ReplyConnection::findToken(const QString& refused)
{
    whenDone(m_services.relayToken(refused), this, [this, generation = m_generation](const Result<QString>& token) {
        if (generation != m_generation) {
            return;
        }
        if (!token) {
            Q_EMIT broke(token.error());
            return;
        }
        m_key = token->toUtf8();
        send(strategyFor(m_tutor.provider).request(m_prompt, m_tutor, m_quirks, m_key));
    });
}

/// The relay takes a token for old that we take for good. It has billed nothing yet.
bool ReplyConnection::replaceToken(const TutorEvent& last)
{
    const auto* failure = std::get_if<TutorFailure>(&last);
    if (!failure || failure->error.code != QLatin1String("needs_sign_in") || m_tutor.provider != TutorProviderKind::Relay
        || std::exchange(m_hasNewToken, true)) {
        return false;
    }
    dropStream();
    m_decoder.reset();
    findToken(QString::fromUtf8(m_key));
    return true;
}

void ReplyConnection::send(const HttpRequest& request)
{
    HttpRequest patient = request;
    // The watchdogs know better than one number how long to wait.
    patient.timeout = m_tutor.timeouts.total;
    attach(m_services.streams.open(patient, this));
}

void ReplyConnection::attach(HttpStream* stream)
{
    m_http = stream;
    m_isSent = true;
    connect(stream, &HttpStream::sent, this, &ReplyConnection::sent);
    connect(stream, &HttpStream::started, this, [this](int status, const HttpHeaders& headers) {
        const bool isRest = m_decoder != nullptr;
        if (isRest && status == stillLoading) {
            dropStream();
            Q_EMIT broke(Error {ErrorKind::Server, QLatin1String(modelLoading), {}, {}});
            return;
        }
        if (isRest && !isSuccess(status)) {
            // The server has forgotten the reply: what was read is all there is.
            dropStream();
            say(rest());
            return;
        }
        if (!isRest) {
            m_isReply = isSuccess(status);
            m_decoder = strategyFor(m_tutor.provider).decoder(status, headers);
        }
        m_foundResumable = m_foundResumable || headerValue(headers, "server").contains("llama.cpp");
        const int generation = m_generation;
        Q_EMIT limited(rateLimits(headers));
        if (isSuccess(status) && generation == m_generation) {
            Q_EMIT opened();
        }
    });
    connect(stream, &HttpStream::bytes, this, [this](const QByteArray& bytes) {
        if (m_decoder) {
            const int generation = m_generation;
            Q_EMIT alive(bytes.size());
            if (generation == m_generation) {
                say(m_decoder->feed(bytes));
            }
            if (generation == m_generation) {
                endSoon();
            }
        }
    });
    connect(stream, &HttpStream::finished, this, [this] {
        // Something between may have ended politely what the server has not.
        if (!m_decoder || (canReattach() && !m_decoder->isComplete())) {
            dropStream();
            Q_EMIT broke(interrupted());
        } else {
            say(rest());
        }
    });
    connect(stream, &HttpStream::failed, this, [this](const Error& error) {
        dropStream();
        Q_EMIT broke(error);
    });
}

void ReplyConnection::say(const std::vector<TutorEvent>& events)
{
    if (events.empty() || replaceToken(events.back())) {
        return;
    }
    m_isOver = m_isOver || isEnd(events.back());
    Q_EMIT said(events);
}

/// Some servers keep the connection open after their last word.
void ReplyConnection::endSoon()
{
    if (m_isOver || m_grace.isScheduled() || !m_decoder->isComplete()) {
        return;
    }
    m_grace = m_services.scheduler.after(graceAfterEnd, [this] {
        dropStream();
        say(rest());
    });
}

bool ReplyConnection::canReattach() const
{
    return m_decoder && m_isReply && !m_isOver
        && strategyFor(m_tutor.provider)
               .resume(m_decoder->resumePoint(), m_prompt, m_tutor, m_quirks, m_key)
               .has_value();
}

void ReplyConnection::reattach()
{
    dropStream();
    if (!m_decoder) {
        return;
    }
    const auto request
        = strategyFor(m_tutor.provider).resume(m_decoder->resumePoint(), m_prompt, m_tutor, m_quirks, m_key);
    if (request) {
        send(*request);
    }
}

void ReplyConnection::close()
{
    ++m_generation;
    const bool goesOn = m_isSent && !m_isOver;
    dropStream();
    if (goesOn) {
        tellServerToStop();
    }
    m_isOver = true;
    m_decoder.reset();
    m_key.clear();
}

void ReplyConnection::dropStream()
{
    m_grace.cancel();
    if (HttpStream* http = m_http) {
        m_http.clear();
        http->disconnect(this);
        http->abort();
        http->deleteLater();
    }
}

void ReplyConnection::tellServerToStop()
{
    const auto request = strategyFor(m_tutor.provider).stop(m_prompt, m_tutor, m_quirks, m_key);
    if (!request || !m_services.context) {
        return;
    }
    HttpStream* stream = m_services.streams.open(*request, m_services.context);
    connect(stream, &HttpStream::finished, stream, &QObject::deleteLater);
    connect(stream, &HttpStream::failed, stream, &QObject::deleteLater);
}

std::vector<TutorEvent> ReplyConnection::rest()
{
    std::vector<TutorEvent> events = m_decoder ? m_decoder->end() : std::vector<TutorEvent>();
    m_isOver = m_isOver || (!events.empty() && !std::holds_alternative<TutorInterrupted>(events.back()));
    return events;
}

const TutorProvider& ReplyConnection::strategyFor(TutorProviderKind kind)
{
    switch (kind) {
    case TutorProviderKind::OpenAiResponses:
        return tutorProvider(TutorWire::OpenAiResponses);
    case TutorProviderKind::Anthropic:
        return tutorProvider(TutorWire::Anthropic);
    case TutorProviderKind::Gemini:
        return tutorProvider(TutorWire::Gemini);
    case TutorProviderKind::OpenAiCompatible:
        return tutorProvider(TutorWire::OpenAiCompatible);
    case TutorProviderKind::Relay: {
        static const RelayProvider relay;
        return relay;
    }
    case TutorProviderKind::OpenAiChat:
    case TutorProviderKind::Notes:
        break;
    }
    return tutorProvider(TutorWire::OpenAiChat);
}

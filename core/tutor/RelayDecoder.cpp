// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RelayDecoder.h"

#include "tutor/ProviderError.h"
#include "wire/Json.h"

#include <QJsonObject>

namespace {

constexpr qsizetype largestRefusal = 64 * 1024;

struct Meaning
{
    const char* relay;
    ErrorKind kind;
    const char* code;
    bool retryable;
};

/// The relay's codes first, then those of a platform in front of it.
constexpr Meaning meanings[] {
    {"unauthorized", ErrorKind::Unauthorized, "needs_sign_in", false},
    {"second_step", ErrorKind::Unauthorized, "ACADEMY_SECOND_STEP", false},
    {"bad_request", ErrorKind::Invalid, "bad_request", false},
    {"method", ErrorKind::Invalid, "bad_request", false},
    {"too_large", ErrorKind::Invalid, "too_large", false},
    {"conversation_not_found", ErrorKind::NotFound, "unknown_conversation", false},
    {"exam_running", ErrorKind::Forbidden, "exam_running", false},
    {"model_not_allowed", ErrorKind::NotFound, "model_not_found", false},
    {"duplicate", ErrorKind::Conflict, "duplicate", false},
    {"rate_limited", ErrorKind::RateLimited, "rate_limited", true},
    {"quota_student", ErrorKind::Forbidden, "quota_student", false},
    {"quota_academy", ErrorKind::Forbidden, "quota_academy", false},
    {"not_configured", ErrorKind::NotFound, "relay_missing", false},
    {"academy_unavailable", ErrorKind::Server, "server_error", true},
    {"upstream_overloaded", ErrorKind::Server, "overloaded", true},
    {"upstream_failed", ErrorKind::Server, "server_error", true},
    {"upstream_unreachable", ErrorKind::Server, "server_error", true},
    {"upstream_timeout", ErrorKind::Timeout, "server_error", true},
    {"upstream_rejected", ErrorKind::Invalid, "bad_request", false},
    {"upstream_misconfigured", ErrorKind::Server, "relay_misconfigured", false},
    {"context_full", ErrorKind::Invalid, "context_full", false},
    {"NOT_FOUND", ErrorKind::NotFound, "relay_missing", false},
    {"BOOT_ERROR", ErrorKind::Server, "server_error", true},
    {"WORKER_LIMIT", ErrorKind::Server, "overloaded", true},
};

/// For an answer that carries no code at all.
Meaning byStatus(int status)
{
    switch (status) {
    case 401:
        return {"", ErrorKind::Unauthorized, "needs_sign_in", false};
    case 403:
        return {"", ErrorKind::Forbidden, "no_permission", false};
    case 404:
        return {"", ErrorKind::NotFound, "relay_missing", false};
    case 413:
        return {"", ErrorKind::Invalid, "too_large", false};
    case 429:
        return {"", ErrorKind::RateLimited, "rate_limited", true};
    case 504:
        return {"", ErrorKind::Timeout, "server_error", true};
    case 546: // a hosted function used too much memory or time
        return {"", ErrorKind::Server, "overloaded", true};
    default:
        return status >= 400 && status < 500 ? Meaning {"", ErrorKind::Invalid, "bad_request", false}
                                             : Meaning {"", ErrorKind::Server, "server_error", true};
    }
}

Meaning meaningOf(int status, const QString& code)
{
    for (const Meaning& meaning : meanings) {
        if (code == QLatin1String(meaning.relay)) {
            return meaning;
        }
    }
    return byStatus(status);
}

/// One event as it would stand alone in a stream.
QByteArray framed(const SseEvent& event)
{
    QByteArray frame = event.event == "message" ? QByteArray() : "event: " + event.event + '\n';
    for (const QByteArray& line : event.data.split('\n')) {
        frame += "data: " + line + '\n';
    }
    return frame + '\n';
}

bool isLast(const std::vector<TutorEvent>& events)
{
    return !events.empty()
        && (std::holds_alternative<TutorFinished>(events.back())
            || std::holds_alternative<TutorFailure>(events.back())
            || std::holds_alternative<TutorInterrupted>(events.back()));
}

void append(std::vector<TutorEvent>& to, std::vector<TutorEvent> events)
{
    to.insert(to.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
}

} // namespace

TutorFailure relayFailure(int status, const HttpHeaders& headers, const QByteArray& body)
{
    const auto parsed = parseJson(body);
    const QJsonObject json = parsed ? parsed->toObject() : QJsonObject();
    const QString code = json.value(QLatin1String("code")).toString();
    const Meaning meaning = meaningOf(status, code);
    TutorFailure failure;
    failure.error = Error {meaning.kind, QLatin1String(meaning.code),
        json.value(QLatin1String("message_safe")).toString().left(200), {}};
    const QJsonValue wait = json.value(QLatin1String("retry_after_ms"));
    failure.error.retryAfter = wait.isDouble()
        ? std::optional(std::chrono::milliseconds(wait.toInteger()))
        : retryDelay(headers);
    failure.httpStatus = status;
    failure.providerCode = code;
    failure.retryable = meaning.retryable;
    return failure;
}

std::vector<TutorEvent> RelayDecoder::feed(QByteArrayView bytes)
{
    std::vector<TutorEvent> out;
    if (m_isOver) {
        return out;
    }
    if (!m_inner) {
        return end();
    }
    const auto events = m_parser.feed(bytes);
    if (!events) {
        return fail({events.error(), 0, {}, {}, false});
    }
    for (const SseEvent& event : *events) {
        // Errors of providers never come through, so this one is the relay's.
        if (event.event == "error") {
            append(out, fail(relayFailure(0, {}, event.data)));
            return out;
        }
        append(out, m_inner->feed(framed(event)));
        if (isLast(out)) {
            m_isOver = true;
            return out;
        }
    }
    if (out.empty()) {
        out.emplace_back(TutorPing {});
    }
    return out;
}

std::vector<TutorEvent> RelayDecoder::end()
{
    if (m_isOver) {
        return {};
    }
    if (!m_inner) {
        return fail({Error {ErrorKind::Protocol, QStringLiteral("not_sse"), {}, {}}, 200, {}, {}, false});
    }
    m_isOver = true;
    return m_inner->end();
}

std::vector<TutorEvent> RelayDecoder::fail(TutorFailure failure)
{
    m_isOver = true;
    std::vector<TutorEvent> out;
    out.emplace_back(std::move(failure));
    return out;
}

std::vector<TutorEvent> RelayRefusal::feed(QByteArrayView bytes)
{
    m_body.append(bytes.first(std::min(bytes.size(), largestRefusal - m_body.size())));
    return {};
}

std::vector<TutorEvent> RelayRefusal::end()
{
    std::vector<TutorEvent> out;
    if (!m_isOver) {
        m_isOver = true;
        out.emplace_back(relayFailure(m_status, m_headers, m_body));
    }
    return out;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ProviderError.h"

#include "base/Log.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

namespace {

struct Facts
{
    QString message;
    QString type;
    QString code;
    QString parameter;
};

QString asText(const QJsonValue& value)
{
    if (value.isDouble()) {
        return QString::number(value.toInteger());
    }
    return value.toString();
}

/// FastAPI and Mistral answer `detail` as a text or as a list of {loc, msg}.
Facts fromDetail(const QJsonValue& detail)
{
    Facts facts;
    if (detail.isString()) {
        facts.message = detail.toString();
        return facts;
    }
    const QJsonObject first = detail.isArray() ? detail.toArray().first().toObject() : detail.toObject();
    facts.message = first.value(QLatin1String(detail.isArray() ? "msg" : "message")).toString();
    facts.type = first.value(QLatin1String("type")).toString();
    const QJsonArray place = first.value(QLatin1String("loc")).toArray();
    if (!place.isEmpty()) {
        facts.parameter = place.last().toString();
    }
    return facts;
}

Facts readFacts(const QJsonValue& body)
{
    Facts facts;
    if (body.isArray()) {
        return readFacts(body.toArray().first());
    }
    if (!body.isObject()) {
        facts.message = body.toString();
        return facts;
    }
    const QJsonObject json = body.toObject();
    if (json.contains(QLatin1String("detail")) && !json.contains(QLatin1String("error"))) {
        return fromDetail(json.value(QLatin1String("detail")));
    }
    const QJsonValue error = json.value(QLatin1String("error"));
    const QJsonObject object = error.isObject() ? error.toObject() : json;
    facts.message = error.isString() ? error.toString() : object.value(QLatin1String("message")).toString();
    facts.type = asText(object.value(QLatin1String("type")));
    facts.code = asText(object.value(QLatin1String("code")));
    facts.parameter = object.value(QLatin1String("param")).toString();
    return facts;
}

bool mentions(const Facts& facts, std::initializer_list<const char*> words)
{
    for (const char* word : words) {
        const QLatin1String wanted(word);
        if (facts.code.contains(wanted, Qt::CaseInsensitive) || facts.type.contains(wanted, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

/// Servers that name a rejected field in words only.
QString parameterInWords(const QString& message)
{
    static const QRegularExpression quoted(QStringLiteral(
        "(?:unsupported (?:parameter|value)|unrecognized request argument(?: supplied)?|unknown (?:parameter|field|name)|"
        "extra (?:fields|inputs)(?: are)? not permitted)[^'\"`\\w]*['\"`]?([A-Za-z_][\\w.]*)"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = quoted.match(message);
    return match.hasMatch() ? match.captured(1) : QString();
}

TutorFailure failure(const char* code, ErrorKind kind, bool retryable)
{
    TutorFailure result;
    result.error = Error {kind, QLatin1String(code), {}, {}};
    result.retryable = retryable;
    return result;
}

TutorFailure classify(int status, const Facts& facts)
{
    if (status == 402
        || mentions(facts, {"insufficient_quota", "credit_balance", "spend_limit", "usage_limit", "billing"})) {
        return failure("quota", ErrorKind::Forbidden, false);
    }
    if (status == 401 || mentions(facts, {"invalid_api_key", "authentication"})) {
        return failure("key_invalid", ErrorKind::Unauthorized, false);
    }
    if (status == 403 || mentions(facts, {"permission"})) {
        return failure("no_permission", ErrorKind::Forbidden, false);
    }
    if (mentions(facts, {"context_length", "exceed_context"})) {
        return failure("context_full", ErrorKind::Invalid, false);
    }
    if (status == 404 || mentions(facts, {"model_not_found"})) {
        return failure("model_not_found", ErrorKind::NotFound, false);
    }
    if (status == 413) {
        return failure("too_large", ErrorKind::Invalid, false);
    }
    if (mentions(facts, {"unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden"})
        || (status >= 400 && status < 500 && !parameterInWords(facts.message).isEmpty())) {
        return failure("bad_parameter", ErrorKind::Invalid, false);
    }
    if (mentions(facts, {"slow_down", "overloaded", "unavailable"}) || status == 503 || status == 529) {
        return failure("overloaded", ErrorKind::Server, true);
    }
    if (status == 429 || mentions(facts, {"rate_limit"})) {
        return failure("rate_limited", ErrorKind::RateLimited, true);
    }
    if (status == 408 || status == 409 || status >= 500 || mentions(facts, {"server_error", "internal", "timeout"})) {
        return failure("server_error", ErrorKind::Server, true);
    }
    if (status >= 400 || mentions(facts, {"invalid_request"})) {
        return failure("bad_request", ErrorKind::Invalid, false);
    }
    return failure("server_error", ErrorKind::Server, true);
}

} // namespace

std::optional<std::chrono::milliseconds> retryDelay(const HttpHeaders& headers)
{
    bool ok = false;
    const double millis = headerValue(headers, "retry-after-ms").toDouble(&ok);
    if (ok && millis >= 0) {
        return std::chrono::milliseconds(qint64(millis));
    }
    const QByteArray after = headerValue(headers, "retry-after");
    const double seconds = after.toDouble(&ok);
    if (ok && seconds >= 0) {
        return std::chrono::milliseconds(qint64(seconds * 1000));
    }
    const auto date = [](QByteArray text) {
        return QDateTime::fromString(QString::fromLatin1(text.replace("GMT", "+0000")), Qt::RFC2822Date);
    };
    const QDateTime until = date(after);
    const QDateTime now = date(headerValue(headers, "date"));
    if (until.isValid() && now.isValid()) {
        return std::chrono::milliseconds(std::max<qint64>(0, now.msecsTo(until)));
    }
    return std::nullopt;
}

bool isProviderError(const QJsonObject& json)
{
    const auto holds = [&json](const char* name) {
        const QJsonValue value = json.value(QLatin1String(name));
        return !value.isUndefined() && !value.isNull();
    };
    if (holds("error")) {
        return true;
    }
    const bool isChunk = holds("choices") || holds("usage") || holds("id");
    return !isChunk
        && (holds("detail") || json.value(QLatin1String("object")).toString() == QLatin1String("error")
            || (holds("code") && holds("message")));
}

TutorFailure providerError(int status, const HttpHeaders& headers, const QJsonValue& body)
{
    const Facts facts = readFacts(body);
    if (status == 0) {
        bool isStatus = false;
        const int code = facts.code.toInt(&isStatus);
        status = isStatus && code >= 400 && code < 600 ? code : 0;
    }
    TutorFailure result = classify(status, facts);
    result.httpStatus = status;
    result.providerCode = facts.code.isEmpty() ? facts.type : facts.code;
    result.parameter = facts.parameter.isEmpty() ? parameterInWords(facts.message) : facts.parameter;
    result.error.detail = redacted(facts.message.left(500));
    result.error.retryAfter = retryDelay(headers);
    const QByteArray advice = headerValue(headers, "x-should-retry");
    if (advice == "false") {
        result.retryable = false;
    }
    return result;
}

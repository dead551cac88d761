// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ProviderError.h"

#include "base/Log.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace {

struct Facts
{
    QString message;
    QString type;
    QString code;
    QString parameter;
    QStringList reasons; ///< finer codes that Google and Anthropic put into details
    bool isDailyQuota = false;
    std::optional<std::chrono::milliseconds> wait;
};

QString asText(const QJsonValue& value)
{
    if (value.isDouble()) {
        return QString::number(value.toInteger());
    }
    return value.toString();
}

/// Google's durations: "34.4s".
std::optional<std::chrono::milliseconds> duration(const QString& text)
{
    bool ok = false;
    const double seconds = text.endsWith(QLatin1Char('s')) ? text.chopped(1).toDouble(&ok) : 0;
    return ok && seconds >= 0 && seconds < 1e9 ? std::optional(std::chrono::milliseconds(qint64(seconds * 1000)))
                                               : std::nullopt;
}

/// Google's list of typed details, or Anthropic's object with an error_code.
void readDetails(const QJsonValue& details, Facts& facts)
{
    if (const QString code = details.toObject().value(QLatin1String("error_code")).toString(); !code.isEmpty()) {
        facts.reasons.append(code);
    }
    const QJsonArray list = details.toArray();
    for (const QJsonValue& entry : list) {
        const QJsonObject detail = entry.toObject();
        if (const QString reason = detail.value(QLatin1String("reason")).toString(); !reason.isEmpty()) {
            facts.reasons.append(reason);
        }
        if (const auto wait = duration(detail.value(QLatin1String("retryDelay")).toString())) {
            facts.wait = wait;
        }
        const QJsonArray violations = detail.value(QLatin1String("violations")).toArray();
        for (const QJsonValue& violation : violations) {
            const QString quota = violation.toObject().value(QLatin1String("quotaId")).toString();
            facts.isDailyQuota = facts.isDailyQuota || quota.contains(QLatin1String("PerDay"));
        }
    }
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
    if (facts.type.isEmpty()) {
        facts.type = asText(object.value(QLatin1String("status")));
    }
    facts.code = asText(object.value(QLatin1String("code")));
    facts.parameter = object.value(QLatin1String("param")).toString();
    readDetails(object.value(QLatin1String("details")), facts);
    return facts;
}

bool mentions(const Facts& facts, std::initializer_list<const char*> words)
{
    for (const char* word : words) {
        const QLatin1String wanted(word);
        if (facts.code.contains(wanted, Qt::CaseInsensitive) || facts.type.contains(wanted, Qt::CaseInsensitive)
            || facts.reasons.join(QLatin1Char(' ')).contains(wanted, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

/// Some answers tell their kind in words only.
bool says(const Facts& facts, std::initializer_list<const char*> words)
{
    return std::ranges::any_of(words, [&](const char* word) {
        return facts.message.contains(QLatin1String(word), Qt::CaseInsensitive);
    });
}

/// "thinking_config" as the JSON names it: "thinkingConfig".
QString camelCase(const QString& snake)
{
    QString camel;
    for (const QChar c : snake) {
        if (camel.endsWith(QLatin1Char('_'))) {
            camel.chop(1);
            camel += c.toUpper();
        } else {
            camel += c;
        }
    }
    return camel;
}

/// Servers that name a rejected field in words only.
QString parameterInWords(const QString& message)
{
    constexpr auto caseless = QRegularExpression::CaseInsensitiveOption;
    // Google: Unknown name "foo" at 'generation_config.thinking_config': Cannot find field.
    static const QRegularExpression google(QStringLiteral("unknown name \"([^\"]+)\"(?: at '([^']+)')?"), caseless);
    if (const auto match = google.match(message); match.hasMatch()) {
        const QString place = camelCase(match.captured(2));
        return place.isEmpty() ? match.captured(1) : place + QLatin1Char('.') + match.captured(1);
    }
    if (message.contains(QLatin1String("thinking level"), Qt::CaseInsensitive)
        || message.contains(QLatin1String("thinking budget"), Qt::CaseInsensitive)
        || message.contains(QLatin1String("only works in thinking mode"), Qt::CaseInsensitive)) {
        return QStringLiteral("generationConfig.thinkingConfig");
    }
    // Anthropic: temperature: Extra inputs are not permitted; `top_p` is deprecated for this model.
    static const QRegularExpression first(
        QStringLiteral("^([A-Za-z_][\\w.]*): extra (?:inputs|fields) (?:are )?not permitted"), caseless);
    static const QRegularExpression about(
        QStringLiteral("[`'\"]([A-Za-z_][\\w.]*)[`'\"] (?:is|are|and|cannot|may)\\b[^.]{0,80}"
                       "(?:deprecated|not (?:be )?supported|unsupported|not (?:be )?(?:allowed|permitted)|cannot both)"), caseless);
    static const QRegularExpression behind(QStringLiteral(
        "(?:unsupported (?:parameter|value)|unrecognized request argument(?: supplied)?|unknown (?:parameter|field|name)|"
        "extra (?:fields|inputs)(?: are)? not permitted)[^'\"`\\w]*['\"`]?([A-Za-z_][\\w.]*)"), caseless);
    for (const QRegularExpression* form : {&first, &about, &behind}) {
        if (const auto match = form->match(message); match.hasMatch()) {
            return match.captured(1);
        }
    }
    return {};
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
    if (status == 402 || facts.isDailyQuota
        || mentions(facts, {"insufficient_quota", "credit_balance", "spend_limit", "usage_limit", "billing"})
        || says(facts, {"credit balance is too low", "insufficient balance", "limit: 0"})
        // Anthropic's limits of one's own making are 400s. Others say the same of a minute, with 429.
        || (status != 429 && says(facts, {"usage limit", "spend limit"}))) {
        return failure("quota", ErrorKind::Forbidden, false);
    }
    if (status == 401 || mentions(facts, {"api_key", "authentication", "unauthenticated"})
        || (status == 400 && says(facts, {"incorrect api key", "api key not valid", "invalid api key"}))) {
        return failure("key_invalid", ErrorKind::Unauthorized, false);
    }
    if (status == 403 || mentions(facts, {"permission"}) || says(facts, {"location is not supported"})) {
        return failure("no_permission", ErrorKind::Forbidden, false);
    }
    if (mentions(facts, {"context_length", "exceed_context", "too_many_prompt_tokens"})
        || says(facts, {"prompt is too long", "prompt too long", "maximum context length", "max context length",
               "exceeds the maximum number of tokens"})) {
        return failure("context_full", ErrorKind::Invalid, false);
    }
    if (status == 404 || mentions(facts, {"model_not_found", "not_found"})) {
        return failure("model_not_found", ErrorKind::NotFound, false);
    }
    if (status == 413 || mentions(facts, {"request_too_large"})) {
        return failure("too_large", ErrorKind::Invalid, false);
    }
    if (mentions(facts, {"unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden"})
        || (status >= 400 && status < 500 && status != 429 && !parameterInWords(facts.message).isEmpty())) {
        return failure("bad_parameter", ErrorKind::Invalid, false);
    }
    if (mentions(facts, {"slow_down", "overloaded", "unavailable"}) || status == 503 || status == 529) {
        return failure("overloaded", ErrorKind::Server, true);
    }
    if (status == 429 || mentions(facts, {"rate_limit", "resource_exhausted"})) {
        return failure("rate_limited", ErrorKind::RateLimited, true);
    }
    if (status == 408 || status == 409 || status == 499 || status >= 500
        || mentions(facts, {"server_error", "api_error", "internal", "timeout", "deadline"})) {
        return failure("server_error", ErrorKind::Server, true);
    }
    if (status >= 400 || mentions(facts, {"invalid_request", "invalid_argument", "invalid_prompt", "policy"})) {
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
    if (!result.error.retryAfter) {
        result.error.retryAfter = facts.wait;
    }
    const QByteArray advice = headerValue(headers, "x-should-retry");
    if (advice == "false") {
        result.retryable = false;
    }
    return result;
}

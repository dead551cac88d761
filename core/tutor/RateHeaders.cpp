// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RateHeaders.h"

#include <QDateTime>

namespace {

using std::chrono::milliseconds;

std::optional<qint64> number(const HttpHeaders& headers, const QByteArray& name)
{
    bool ok = false;
    const qint64 value = headerValue(headers, name).toLongLong(&ok);
    return ok && value >= 0 ? std::optional(value) : std::nullopt;
}

/// "6ms", "1s", "6m0s", "1h2m3.5s"; a bare number counts seconds.
std::optional<milliseconds> duration(QByteArrayView text)
{
    constexpr double longest = 1e12;
    double total = 0;
    while (!text.isEmpty()) {
        qsizetype digits = 0;
        while (digits < text.size() && ((text[digits] >= '0' && text[digits] <= '9') || text[digits] == '.')) {
            ++digits;
        }
        bool ok = false;
        const double value = text.first(digits).toDouble(&ok);
        if (!ok) {
            return std::nullopt;
        }
        text = text.sliced(digits);
        double unit = 1'000;
        if (text.startsWith("ms")) {
            unit = 1;
            text = text.sliced(2);
        } else if (!text.isEmpty()) {
            switch (text.front()) {
            case 's':
                break;
            case 'm':
                unit = 60'000;
                break;
            case 'h':
                unit = 3'600'000;
                break;
            case 'd':
                unit = 86'400'000;
                break;
            default:
                return std::nullopt;
            }
            text = text.sliced(1);
        }
        total += value * unit;
    }
    return total < longest ? std::optional(milliseconds(qint64(total))) : std::nullopt;
}

/// Against the answer's own Date: the clock of this machine may be wrong.
std::optional<milliseconds> until(const HttpHeaders& headers, const QByteArray& time)
{
    const QDateTime reset = QDateTime::fromString(QString::fromLatin1(time), Qt::ISODate);
    const QDateTime now = QDateTime::fromString(
        QString::fromLatin1(QByteArray(headerValue(headers, "date")).replace("GMT", "+0000")), Qt::RFC2822Date);
    if (!reset.isValid() || !now.isValid()) {
        return std::nullopt;
    }
    return milliseconds(std::max<qint64>(0, now.msecsTo(reset)));
}

RateLimit openAi(const HttpHeaders& headers, const QByteArray& what)
{
    RateLimit limit {number(headers, "x-ratelimit-limit-" + what), number(headers, "x-ratelimit-remaining-" + what), {}};
    if (const QByteArray reset = headerValue(headers, "x-ratelimit-reset-" + what); !reset.isEmpty()) {
        limit.resetIn = duration(reset);
    }
    return limit;
}

RateLimit anthropic(const HttpHeaders& headers, const QByteArray& what)
{
    const QByteArray start = "anthropic-ratelimit-" + what;
    return {number(headers, start + "-limit"), number(headers, start + "-remaining"),
        until(headers, headerValue(headers, start + "-reset"))};
}

} // namespace

RateLimits rateLimits(const HttpHeaders& headers)
{
    for (const RateLimits& said : {
             RateLimits {openAi(headers, "requests"), openAi(headers, "tokens")},
             RateLimits {anthropic(headers, "requests"), anthropic(headers, "tokens")},
             RateLimits {openAi(headers, "req-minute"), openAi(headers, "tokens-minute")},
         }) {
        if (said != RateLimits {}) {
            return said;
        }
    }
    return {};
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/WebSocketHandshake.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace {

constexpr QByteArrayView EndOfHead("\r\n\r\n");

bool isOneLine(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return uchar(c) < ' ' && c != '\t'; });
}

bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

QByteArray authorityOf(const QUrl& url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':')) {
        host = '[' + host + ']';
    }
    return url.port() < 0 ? host : host + ':' + QByteArray::number(url.port());
}

QByteArray targetOf(const QUrl& url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/')) {
        target.prepend('/');
    }
    return url.hasQuery() ? target + '?' + url.query(QUrl::FullyEncoded).toLatin1() : target;
}

/// A header of a list type may come in one line or in several.
bool hasToken(QByteArrayView list, QByteArrayView token)
{
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView item = comma < 0 ? list : list.first(comma);
        if (isSame(item.trimmed(), token)) {
            return true;
        }
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
    }
    return false;
}

std::optional<int> statusOf(QByteArrayView line)
{
    constexpr QByteArrayView Version("HTTP/1.1 ");
    constexpr qsizetype Digits = 3;
    if (!line.startsWith(Version) || line.size() < Version.size() + Digits) {
        return std::nullopt;
    }
    const QByteArrayView rest = line.sliced(Version.size() + Digits);
    bool isNumber = false;
    const int status = line.sliced(Version.size(), Digits).toInt(&isNumber);
    const bool isWhole = rest.isEmpty() || rest.front() == ' ';
    return isNumber && isWhole && status >= 100 ? std::optional(status) : std::nullopt;
}

/// Whether the header lines say what a server that upgrades must say, and nothing we did not ask for.
bool saysUpgrade(QByteArrayView lines, const QByteArray& key)
{
    bool upgrade = false;
    bool connection = false;
    bool accept = false;
    bool unasked = false;
    while (!lines.isEmpty()) {
        const qsizetype end = lines.indexOf("\r\n");
        const QByteArrayView line = end < 0 ? lines : lines.first(end);
        lines = end < 0 ? QByteArrayView() : lines.sliced(end + 2);
        const qsizetype colon = line.indexOf(':');
        const QByteArrayView name = line.first(std::max<qsizetype>(colon, 0));
        const QByteArrayView value = line.sliced(colon + 1).trimmed();
        upgrade = upgrade || (isSame(name, "Upgrade") && isSame(value, "websocket"));
        connection = connection || (isSame(name, "Connection") && hasToken(value, "upgrade"));
        accept = accept || (isSame(name, "Sec-WebSocket-Accept") && value == webSocketAccept(key));
        unasked = unasked || isSame(name, "Sec-WebSocket-Extensions")
            || isSame(name, "Sec-WebSocket-Protocol");
    }
    return upgrade && connection && accept && !unasked;
}

} // namespace

QByteArray webSocketKey(quint64 high, quint64 low)
{
    QByteArray nonce(16, Qt::Uninitialized);
    qToBigEndian(high, nonce.data());
    qToBigEndian(low, nonce.data() + sizeof high);
    return nonce.toBase64();
}

QByteArray webSocketAccept(const QByteArray& key)
{
    return QCryptographicHash::hash(
        key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
        .toBase64();
}

Result<QByteArray> webSocketRequest(const QUrl& url,
    const QList<QPair<QByteArray, QByteArray>>& headers, const QByteArray& key)
{
    QByteArray request = "GET " + targetOf(url) + " HTTP/1.1\r\nHost: " + authorityOf(url)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: "
        + key + "\r\n";
    for (const auto& [name, value] : headers) {
        if (name.isEmpty() || name.contains(':') || !isOneLine(name) || !isOneLine(value)) {
            return Error{ErrorKind::Invalid, QStringLiteral("header_invalid"), {}, {}};
        }
        request.append(name).append(": ").append(value).append("\r\n");
    }
    return request.append("\r\n");
}

Result<std::optional<WebSocketAnswer>> readWebSocketAnswer(
    QByteArrayView bytes, const QByteArray& key)
{
    const auto refuse = [](const char* why) {
        return Error{ErrorKind::Protocol, QStringLiteral("socket_refused"), QLatin1String(why), {}};
    };
    constexpr QByteArrayView Start("HTTP/1.1 ");
    if (!bytes.startsWith(Start.first(std::min(bytes.size(), Start.size())))) {
        return refuse("not HTTP/1.1");
    }
    const qsizetype end = bytes.first(std::min(bytes.size(), LongestWebSocketHead)).indexOf(EndOfHead);
    if (end < 0) {
        return bytes.size() >= LongestWebSocketHead
            ? Result<std::optional<WebSocketAnswer>>(refuse("the head is too long"))
            : std::optional<WebSocketAnswer>();
    }
    const QByteArrayView head = bytes.first(end);
    const qsizetype line = head.indexOf("\r\n");
    const std::optional<int> status = statusOf(line < 0 ? head : head.first(line));
    if (!status) {
        return refuse("no status");
    }
    constexpr int SwitchingProtocols = 101;
    const QByteArrayView lines = line < 0 ? QByteArrayView() : head.sliced(line + 2);
    return std::optional(WebSocketAnswer{*status,
        *status == SwitchingProtocols && saysUpgrade(lines, key), end + EndOfHead.size()});
}

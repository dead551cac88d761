// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QUrl>

#include <optional>

/// The client's side of the request that turns an HTTP connection into a WebSocket. Source: RFC 6455,
/// section 4. Offers neither extensions nor subprotocols. Pure functions; use on any thread.

/// The nonce of one attempt, in the form it is sent in. Of random numbers.
QByteArray webSocketKey(quint64 high, quint64 low);
/// What a server that understood `key` answers.
QByteArray webSocketAccept(const QByteArray& key);

/// Everything up to the blank line. ErrorKind::Invalid, "header_invalid", for a header that would
/// break out of its line.
Result<QByteArray> webSocketRequest(const QUrl& url,
    const QList<QPair<QByteArray, QByteArray>>& headers, const QByteArray& key);

/// The head of a server's answer.
struct WebSocketAnswer
{
    int status = 0;
    /// The connection is a WebSocket from here on. False with status 101: to something else.
    bool isUpgrade = false;
    qsizetype size = 0; ///< of the head in bytes; frames may follow it at once
};

/// Longer heads are not read.
constexpr qsizetype LongestWebSocketHead = 16 * 1024;

/// Nothing when the head is not complete yet. ErrorKind::Protocol, "socket_refused", when it is no
/// answer in HTTP/1.1 or too long.
Result<std::optional<WebSocketAnswer>> readWebSocketAnswer(
    QByteArrayView bytes, const QByteArray& key);

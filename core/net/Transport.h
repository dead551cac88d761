// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "net/HttpClient.h"

#include <QObject>
#include <QUrl>

/// One attempt at one WebSocket connection; make a new one for every attempt. After closed() or
/// failed() nothing more is emitted. Delete with deleteLater() (it may be emitting). The bytes a
/// signal brings stay until its slots return. GUI thread.
class Transport : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void open(const QUrl& url, const HttpHeaders& headers) = 0;
    virtual void sendText(const QByteArray& utf8) = 0;
    virtual void sendBinary(const QByteArray& bytes) = 0;
    /// Says goodbye; closed() follows when the other side answers or two seconds later.
    virtual void close() = 0;
    /// Drops the connection at once. No signal follows.
    virtual void abort() = 0;
    /// Bytes accepted and not yet handed to the network.
    virtual qint64 bytesToWrite() const = 0;

Q_SIGNALS:
    void opened();
    /// The connection ended after it was open. `code` is what the other side said (1005: a goodbye
    /// without a code), 1006 when it just went away, and 1002, 1007 or 1009 when we ended it because
    /// of what came: against the rules, text that is none, too long.
    void closed(int code, const QString& reason);
    void textReceived(QByteArrayView utf8);
    void binaryReceived(QByteArrayView bytes);
    /// The connection could not be opened: Offline, Timeout ("socket_timeout"), Protocol
    /// ("tls_failed", "certificate_mismatch", "certificate_missing"), or "socket_refused": the server
    /// answered, but not with an upgrade; Unauthorized, Forbidden, NotFound, RateLimited or Server by
    /// its status, Protocol for any other.
    void failed(const Error& error);
};

class TransportFactory
{
public:
    virtual ~TransportFactory() = default;
    [[nodiscard]] virtual Transport* create(QObject* parent) = 0;
};

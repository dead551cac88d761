// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpClient.h"

#include <QObject>

/// An answer that arrives piece by piece. Signals come from the event loop, never from inside the
/// calls below: sent at most once, started once, then bytes, then exactly one of finished and failed. An answer whose
/// status is not 2xx gives at most 64 KiB of its body in one bytes(). Owned by its parent; delete it
/// at any time, also from a slot with deleteLater(). GUI thread.
class HttpStream : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Stops the transfer. No signal follows.
    virtual void abort() = 0;

Q_SIGNALS:
    /// The connection stands and the request is on its way.
    void sent();
    void started(int status, const HttpHeaders& headers);
    void bytes(const QByteArray& bytes);
    void finished();
    void failed(const Error& error);
};

/// Opens streams. A request may wait its turn; abort() works there too.
class HttpStreams
{
public:
    virtual ~HttpStreams() = default;
    /// `request.timeout` is the longest silence allowed before ErrorKind::Timeout.
    [[nodiscard]] virtual HttpStream* open(const HttpRequest& request, QObject* parent) = 0;
};

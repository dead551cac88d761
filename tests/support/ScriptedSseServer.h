// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <deque>
#include <memory>

/// What the server does after a request arrived, in order.
struct SseStep
{
    enum class Kind {
        Bytes, ///< send these bytes
        Wait,  ///< for as long as the injected scheduler says
        Cut,   ///< reset the connection
        Close  ///< end the answer cleanly
    };
    Kind kind = Kind::Bytes;
    QByteArray bytes;
    std::chrono::milliseconds wait {0};

    static SseStep send(const QByteArray& bytes) { return {Kind::Bytes, bytes, {}}; }
    static SseStep pause(std::chrono::milliseconds wait) { return {Kind::Wait, {}, wait}; }
    static SseStep cut() { return {Kind::Cut, {}, {}}; }
    static SseStep close() { return {Kind::Close, {}, {}}; }
};

/// One answer: status, headers and what happens to the body. An answer whose steps end without
/// Close or Cut leaves the connection open and silent.
struct SseAnswer
{
    int status = 200;
    QByteArray contentType = "text/event-stream";
    QList<QPair<QByteArray, QByteArray>> headers;
    QList<SseStep> steps;
};

struct SseRequest
{
    QByteArray line;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
};

/// An HTTP server on a real socket that answers the n-th request with the n-th answer. A request
/// without an answer gets status 599. Bodies are chunked, so that a cut is a cut and a close is a
/// clean end. Use on the thread that made it.
class ScriptedSseServer : public QObject
{
    Q_OBJECT

public:
    explicit ScriptedSseServer(Scheduler& scheduler);

    void answer(SseAnswer answer) { m_answers.push_back(std::move(answer)); }
    QUrl url() const;
    const QList<SseRequest>& requests() const { return m_requests; }
    /// Connections that the other side still holds open.
    int openConnections() const;

private:
    struct Client
    {
        QPointer<QTcpSocket> socket;
        QByteArray received;
        bool answered = false;
        QList<SseStep> steps;
        ScheduledTask wait;
    };

    void accept();
    void read(const std::shared_ptr<Client>& client);
    void respond(const std::shared_ptr<Client>& client);
    void run(const std::shared_ptr<Client>& client);

    Scheduler& m_scheduler;
    QTcpServer m_server;
    std::deque<SseAnswer> m_answers;
    QList<SseRequest> m_requests;
    QList<std::shared_ptr<Client>> m_clients;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ScriptedSseServer.h"

#include <algorithm>

ScriptedSseServer::ScriptedSseServer(Scheduler& scheduler) : m_scheduler(scheduler)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, &ScriptedSseServer::accept);
}

QUrl ScriptedSseServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(m_server.serverPort()));
}

int ScriptedSseServer::openConnections() const
{
    return int(std::ranges::count_if(m_clients, [](const auto& client) {
        return client->socket && client->socket->state() == QAbstractSocket::ConnectedState;
    }));
}

void ScriptedSseServer::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        auto client = std::make_shared<Client>();
        client->socket = socket;
        m_clients.append(client);
        connect(socket, &QTcpSocket::readyRead, this, [this, client] { read(client); });
    }
}

void ScriptedSseServer::read(const std::shared_ptr<Client>& client)
{
    client->received += client->socket->readAll();
    const qsizetype end = client->received.indexOf("\r\n\r\n");
    if (end < 0 || client->answered) {
        return;
    }
    SseRequest request;
    const QList<QByteArray> lines = client->received.left(end).split('\n');
    request.line = lines.first().trimmed();
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    request.body = client->received.mid(end + 4);
    if (request.body.size() < length) {
        return;
    }
    m_requests.append(request);
    client->answered = true;
    respond(client);
}

void ScriptedSseServer::respond(const std::shared_ptr<Client>& client)
{
    SseAnswer answer;
    if (m_answers.empty()) {
        answer.status = 599;
        answer.steps = {SseStep::close()};
    } else {
        answer = std::move(m_answers.front());
        m_answers.pop_front();
    }
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status)
        + " Scripted\r\nTransfer-Encoding: chunked\r\nConnection: close\r\nContent-Type: " + answer.contentType + "\r\n";
    for (const auto& [name, value] : answer.headers) {
        head += name + ": " + value + "\r\n";
    }
    client->socket->write(head + "\r\n");
    client->socket->flush();
    client->steps = answer.steps;
    run(client);
}

void ScriptedSseServer::run(const std::shared_ptr<Client>& client)
{
    while (client->socket && !client->steps.isEmpty()) {
        const SseStep step = client->steps.takeFirst();
        switch (step.kind) {
        case SseStep::Kind::Bytes:
            client->socket->write(QByteArray::number(step.bytes.size(), 16) + "\r\n" + step.bytes + "\r\n");
            client->socket->flush();
            break;
        case SseStep::Kind::Wait:
            client->wait = m_scheduler.after(step.wait, [this, client] { run(client); });
            return;
        case SseStep::Kind::Cut:
            client->socket->flush();
            client->socket->abort();
            return;
        case SseStep::Kind::Close:
            client->socket->write("0\r\n\r\n");
            client->socket->disconnectFromHost();
            return;
        }
    }
}

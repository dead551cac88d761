// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <map>

/// An academy that answers each path with one sentence it was taught and everything else with 404.
class ScriptedAcademy : public QTcpServer
{
public:
    ScriptedAcademy()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
            }
        });
    }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(serverPort()); }
    void teach(const QByteArray& path, int status, const QJsonObject& body)
    {
        m_answers[path] = {status, QJsonDocument(body).toJson(QJsonDocument::Compact)};
    }
    /// Everybody who asks is this student.
    void letIn()
    {
        teach("/auth/v1/token", 200,
            {{QStringLiteral("access_token"), QStringLiteral("a.b.c")}, {QStringLiteral("refresh_token"), QStringLiteral("r")},
                {QStringLiteral("expires_in"), 3600},
                {QStringLiteral("user"),
                    QJsonObject {{QStringLiteral("id"), QStringLiteral("33333333-0000-4000-8000-000000000001")},
                        {QStringLiteral("email"), QStringLiteral("ana@academy.example")},
                        {QStringLiteral("app_metadata"), QJsonObject {{QStringLiteral("role"), QStringLiteral("student")}}}}}});
    }

private:
    void read(QTcpSocket& socket)
    {
        QByteArray& bytes = m_received[&socket];
        bytes += socket.readAll();
        const qsizetype head = bytes.indexOf("\r\n\r\n");
        if (head < 0) {
            return;
        }
        const qsizetype at = bytes.toLower().indexOf("content-length:");
        const qsizetype length = at < 0 || at > head ? 0 : bytes.mid(at + 15, bytes.indexOf('\r', at) - at - 15).trimmed().toLongLong();
        if (bytes.size() < head + 4 + length) {
            return;
        }
        const QByteArray path = bytes.split(' ').value(1).split('?').constFirst();
        bytes.clear();
        const auto known = m_answers.find(path);
        const Answer answer = known == m_answers.end() ? Answer {404, "{}"} : known->second;
        socket.write("HTTP/1.1 " + QByteArray::number(answer.status) + " Said\r\nContent-Type: application/json\r\nContent-Length: "
            + QByteArray::number(answer.body.size()) + "\r\n\r\n" + answer.body);
    }

    struct Answer
    {
        int status = 404;
        QByteArray body;
    };
    std::map<QByteArray, Answer> m_answers;
    std::map<QTcpSocket*, QByteArray> m_received;
};

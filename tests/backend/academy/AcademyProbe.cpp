// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

QJsonValue ProbeAnswer::json() const
{
    const QJsonDocument wrapped = QJsonDocument::fromJson('[' + body + ']');
    return wrapped.array().isEmpty() ? QJsonValue(QJsonValue::Undefined) : wrapped.array().at(0);
}

QByteArray ProbeAnswer::summary() const
{
    return QByteArray::number(status) + ' ' + body.left(400);
}

std::unique_ptr<QTcpSocket> AcademyProbe::begin(const QByteArray& method, const QByteArray& path,
    const QByteArray& body, ProbeHeaders headers) const
{
    const auto has = [&](const QByteArray& name) {
        return std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
            return header.first.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    if (!has("apikey")) {
        headers.emplaceBack("apikey", m_academy.anonKey().toLatin1());
    }
    if (!m_token.isEmpty() && !has("authorization")) {
        headers.emplaceBack("Authorization", "Bearer " + m_token);
    }
    if (!body.isEmpty() && !has("content-type")) {
        headers.emplaceBack("Content-Type", "application/json");
    }
    QByteArray head = method + ' ' + path + " HTTP/1.1\r\nHost: academy\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers) {
        if (!value.isEmpty()) {
            head += name + ": " + value + "\r\n";
        }
    }
    head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QStringLiteral("127.0.0.1"), m_academy.port());
    if (socket->waitForConnected()) {
        socket->write(head + body);
        while (socket->bytesToWrite() > 0 && socket->waitForBytesWritten()) { }
    }
    return socket;
}

ProbeAnswer AcademyProbe::finish(QTcpSocket& socket, int patience)
{
    QByteArray all = socket.readAll();
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(patience)) {
        all += socket.readAll();
    }
    all += socket.readAll();
    ProbeAnswer answer;
    const qsizetype end = all.indexOf("\r\n\r\n");
    if (end < 0) {
        return answer;
    }
    const QList<QByteArray> lines = all.left(end).split('\n');
    answer.status = lines.first().mid(9, 3).toInt();
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        answer.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    answer.body = all.mid(end + 4);
    return answer;
}

ProbeAnswer AcademyProbe::ask(const QByteArray& method, const QByteArray& path,
    const QByteArray& body, ProbeHeaders headers) const
{
    const auto socket = begin(method, path, body, std::move(headers));
    return finish(*socket);
}

ProbeAnswer AcademyProbe::post(
    const QByteArray& path, const QJsonValue& body, const ProbeHeaders& headers) const
{
    const QByteArray text = body.isArray() ? QJsonDocument(body.toArray()).toJson()
                                           : QJsonDocument(body.toObject()).toJson();
    return ask("POST", path, text, headers);
}

QByteArray AcademyProbe::raw(const QByteArray& bytes, int patience) const
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_academy.port());
    if (!socket.waitForConnected()) {
        return {};
    }
    socket.write(bytes);
    QByteArray all;
    while (socket.waitForReadyRead(patience)) {
        all += socket.readAll();
    }
    return all + socket.readAll();
}

bool AcademyProbe::signInAs(const QString& email, const QString& password)
{
    m_token.clear();
    m_session = {};
    if (email.isEmpty()) {
        return true;
    }
    const ProbeAnswer answer = post("/auth/v1/token?grant_type=password",
        QJsonObject{{QStringLiteral("email"), email}, {QStringLiteral("password"), password}});
    m_session = answer.object();
    m_token = m_session.value(QStringLiteral("access_token")).toString().toLatin1();
    return answer.status == 200 && !m_token.isEmpty();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/AcademyFixture.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QPair>
#include <QTcpSocket>

/// An answer as it came over the wire.
struct ProbeAnswer
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;

    QJsonValue json() const;
    QJsonObject object() const { return json().toObject(); }
    /// "409 23505 …" for a failing comparison.
    QByteArray summary() const;
};

using ProbeHeaders = QList<QPair<QByteArray, QByteArray>>;

/// A blocking HTTP client that shows bytes: what it sends is what the test says.
class AcademyProbe final
{
public:
    explicit AcademyProbe(const AcademyFixture& academy) : m_academy(academy) { }

    /// Sends `apikey` (the anon key unless the headers bring one) and the token, if there is one.
    ProbeAnswer ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {},
        ProbeHeaders headers = {}) const;
    ProbeAnswer get(const QByteArray& path, const ProbeHeaders& headers = {}) const
    {
        return ask("GET", path, {}, headers);
    }
    ProbeAnswer post(
        const QByteArray& path, const QJsonValue& body, const ProbeHeaders& headers = {}) const;
    /// Bytes as they are; what came back until the academy closed or said nothing for `patience`
    /// ms.
    QByteArray raw(const QByteArray& bytes, int patience = 5000) const;

    /// Signs in and sends that token from now on; empty address forgets it.
    bool signInAs(const QString& email, const QString& password = QStringLiteral("neolingus-demo"));
    void useToken(const QString& token) { m_token = token.toLatin1(); }
    QJsonObject session() const { return m_session; }

    /// Starts a request without waiting; finish() reads its answer.
    std::unique_ptr<QTcpSocket> begin(const QByteArray& method, const QByteArray& path,
        const QByteArray& body = {}, ProbeHeaders headers = {}) const;
    static ProbeAnswer finish(QTcpSocket& socket, int patience = 30000);

private:
    const AcademyFixture& m_academy;
    QByteArray m_token;
    QJsonObject m_session;
};

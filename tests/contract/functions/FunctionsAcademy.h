// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "net/HttpClient.h"
#include "support/AcademyFixture.h"
#include "support/PgAnswer.h"
#include "support/ScriptedSseServer.h"

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <sys/types.h>

#include <memory>

class PgSession;

/// An answer while it comes. Dying means leaving.
class FunctionCall final
{
public:
    FunctionCall(QNetworkReply* reply, QByteArray* everything);
    ~FunctionCall();
    Q_DISABLE_COPY_MOVE(FunctionCall)

    int status() const;
    QByteArray header(const char* name) const { return m_reply->rawHeader(name); }
    HttpHeaders headers() const { return m_reply->rawHeaderPairs(); }
    bool isFinished() const { return m_reply->isFinished(); }
    const QByteArray& body() const { return m_body; }
    QJsonObject json() const;
    /// The client goes away.
    void leave();

private:
    std::unique_ptr<QNetworkReply> m_reply;
    QByteArray m_body;
};

/// A demo academy that serves its functions with the Deno of this folder's packages, all of whose
/// providers are one scripted server; and people who ask. Remembers every byte that anybody was
/// sent.
class FunctionsAcademy final
{
public:
    static constexpr const char* providerKey = "sk-test-the-key-that-nobody-may-see";

    FunctionsAcademy();
    ~FunctionsAcademy();

    /// The Deno of the packages, or nothing.
    static QString deno();
    bool start();
    AcademyFixture& program() { return m_academy; }
    ScriptedSseServer& provider() { return m_provider; }

    using Call = std::unique_ptr<FunctionCall>;
    /// With the anon key and `token`.
    Call post(const QString& path, const QJsonObject& body, const QByteArray& token,
        const QByteArray& requestId = {});
    Call ask(const QJsonObject& question, const QByteArray& token, const QByteArray& requestId = {})
    {
        return post(QStringLiteral("/functions/v1/tutor"), question, token, requestId);
    }
    /// As the program's own strategies make requests.
    Call send(const HttpRequest& request);
    /// The access token of a student or, with 0, of the teacher.
    QByteArray signIn(int student);

    /// The process that serves the tutor.
    pid_t functionProcess() const;

    PgAnswer sql(const QString& statement);
    QString fact(const QString& statement);

    /// Everything that was received, and what the academy and Deno printed.
    QByteArray everythingSeen();

private:
    QtScheduler m_scheduler;
    ScriptedSseServer m_provider;
    AcademyFixture m_academy;
    QNetworkAccessManager m_network;
    std::unique_ptr<PgSession> m_database;
    QByteArray m_received;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/functions/FunctionsAcademy.h"

#include "support/PgSession.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

FunctionCall::FunctionCall(QNetworkReply* reply, QByteArray* everything) : m_reply(reply)
{
    QObject::connect(reply, &QIODevice::readyRead, reply, [this, everything] {
        const QByteArray bytes = m_reply->readAll();
        m_body += bytes;
        *everything += bytes;
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, [this, everything] {
        for (const auto& [name, value] : m_reply->rawHeaderPairs()) {
            *everything += name + ": " + value + '\n';
        }
    });
}

FunctionCall::~FunctionCall()
{
    leave();
}

int FunctionCall::status() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

QJsonObject FunctionCall::json() const
{
    return QJsonDocument::fromJson(m_body).object();
}

void FunctionCall::leave()
{
    m_reply->abort();
}

FunctionsAcademy::FunctionsAcademy() : m_provider(m_scheduler) { }

FunctionsAcademy::~FunctionsAcademy() = default;

QString FunctionsAcademy::deno()
{
    const QDir packages(
        qEnvironmentVariable("NEOLINGUS_SOURCE_DIR") + QStringLiteral("/tests/contract/node_modules/@deno"));
    for (const QString& name : packages.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (const QString program = packages.filePath(name + QStringLiteral("/deno")); QFile::exists(program)) {
            return program;
        }
    }
    return {};
}

bool FunctionsAcademy::start()
{
    const QByteArray url = m_provider.url().toEncoded();
    for (const char* name : {"OPENAI", "ANTHROPIC", "GOOGLE"}) {
        const QByteArray variable = QByteArray("TUTOR_") + name;
        qputenv((variable + "_KEY").constData(), providerKey);
        qputenv((variable + "_URL").constData(), url);
    }
    qputenv("TUTOR_COMMENT_SECONDS", "0.05");
    m_academy.setArguments({QStringLiteral("--demo"), QStringLiteral("--functions"),
        qEnvironmentVariable("NEOLINGUS_SOURCE_DIR") + QStringLiteral("/packaging/supabase/functions"),
        QStringLiteral("--deno"), deno()});
    if (!m_academy.start()) {
        return false;
    }
    m_database = std::make_unique<PgSession>(
        "host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres");
    return m_database->isOpen();
}

FunctionsAcademy::Call FunctionsAcademy::post(
    const QString& path, const QJsonObject& body, const QByteArray& token, const QByteArray& requestId)
{
    QNetworkRequest request(m_academy.url(path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    request.setRawHeader("apikey", m_academy.anonKey().toLatin1());
    if (!token.isEmpty()) {
        request.setRawHeader("Authorization", "Bearer " + token);
    }
    if (!requestId.isEmpty()) {
        request.setRawHeader("X-Client-Request-Id", requestId);
    }
    return std::make_unique<FunctionCall>(
        m_network.post(request, QJsonDocument(body).toJson()), &m_received);
}

FunctionsAcademy::Call FunctionsAcademy::send(const HttpRequest& wanted)
{
    QNetworkRequest request(wanted.url);
    for (const auto& [name, value] : wanted.headers) {
        request.setRawHeader(name, value);
    }
    return std::make_unique<FunctionCall>(m_network.post(request, wanted.body), &m_received);
}

QByteArray FunctionsAcademy::signIn(int student)
{
    const QString address = student == 0
        ? QStringLiteral("teacher@neolingus.demo")
        : QStringLiteral("student%1@neolingus.demo").arg(student, 2, 10, QLatin1Char('0'));
    const Call call = post(QStringLiteral("/auth/v1/token?grant_type=password"),
        {{QStringLiteral("email"), address},
            {QStringLiteral("password"), QStringLiteral("neolingus-demo")}},
        {});
    return QTest::qWaitFor([&call] { return call->isFinished(); }, 30'000)
        ? call->json().value(QStringLiteral("access_token")).toString().toLatin1()
        : QByteArray();
}

pid_t FunctionsAcademy::functionProcess() const
{
    const QByteArray socket = m_academy.dataDir().toUtf8() + "/functions/tutor.sock";
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile command(QStringLiteral("/proc/%1/cmdline").arg(name));
        if (name.toInt() > 0 && command.open(QIODevice::ReadOnly) && command.readAll().contains("--allow-write=" + socket)) {
            return name.toInt();
        }
    }
    return 0;
}

PgAnswer FunctionsAcademy::sql(const QString& statement)
{
    return m_database->run(statement);
}

QString FunctionsAcademy::fact(const QString& statement)
{
    const PgAnswer answer = sql(statement);
    return answer.ok() ? answer.value() : answer.message;
}

QByteArray FunctionsAcademy::everythingSeen()
{
    QFile log(m_academy.dataDir() + QStringLiteral("/functions/tutor.log"));
    const QByteArray printed = log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
    return m_received + m_academy.problem().toUtf8() + printed;
}

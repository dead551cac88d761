// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/Academy.h"

#include "support/Screen.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <csignal>
#include <stdexcept>

using namespace std::chrono_literals;

Academy::Academy(QString program, QString folder) : m_program(std::move(program)), m_folder(std::move(folder))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

Academy::~Academy()
{
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->terminate();
        m_process->waitForFinished(15'000);
    }
}

void Academy::start()
{
    QDir().mkpath(m_folder);
    const QString portFile = m_folder + QStringLiteral("/port.json");
    QFile::remove(portFile);
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(m_folder + QStringLiteral("/log.txt"), QIODevice::Append);
    m_process->start(m_program,
        {QStringLiteral("--demo"), QStringLiteral("--data"), m_folder + QStringLiteral("/data"),
            QStringLiteral("--port"), QString::number(m_port), QStringLiteral("--port-file"), portFile});
    QJsonObject told;
    waitUntil(
        [&] {
            QFile file(portFile);
            if (file.open(QIODevice::ReadOnly)) {
                told = QJsonDocument::fromJson(file.readAll()).object();
            }
            return !told.isEmpty() || m_process->state() == QProcess::NotRunning;
        },
        60s);
    if (told.isEmpty()) {
        throw std::runtime_error("the academy did not start; its log says why");
    }
    m_port = quint16(QUrl(told.value(QLatin1String("url")).toString()).port());
    m_anonKey = told.value(QLatin1String("anon_key")).toString();
    m_serviceKey = told.value(QLatin1String("service_role_key")).toString();
}

void Academy::kill9()
{
    ::kill(pid_t(m_process->processId()), SIGKILL);
    m_process->waitForFinished(5000);
}

void Academy::stop()
{
    m_process->terminate();
    if (!m_process->waitForFinished(20'000) || m_process->exitCode() != 0) {
        throw std::runtime_error("the academy did not stop cleanly");
    }
}

QJsonArray Academy::rows(const QString& pathAndQuery)
{
    QNetworkRequest request(QUrl(url().toString() + QStringLiteral("/rest/v1/") + pathAndQuery));
    request.setRawHeader("apikey", m_serviceKey.toUtf8());
    request.setRawHeader("Authorization", "Bearer " + m_serviceKey.toUtf8());
    const std::unique_ptr<QNetworkReply> reply(m_network.get(request));
    if (!waitUntil([&] { return reply->isFinished(); }, 20s)) {
        throw std::runtime_error("the academy did not answer " + pathAndQuery.toStdString());
    }
    const QByteArray body = reply->readAll();
    const QJsonDocument json = QJsonDocument::fromJson(body);
    if (!json.isArray()) {
        throw std::runtime_error("the academy refused " + pathAndQuery.toStdString() + ": " + body.toStdString());
    }
    return json.array();
}

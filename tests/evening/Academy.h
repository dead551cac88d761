// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QString>
#include <QUrl>

#include <memory>

/// The demo academy of one evening: a real `neolingus-academy` with its own PostgreSQL in a folder
/// of the evening, killed and started again on the same port by the story. Throws
/// std::runtime_error with the academy's own words when it does not come up.
class Academy
{
public:
    Academy(QString program, QString folder);
    ~Academy();
    Q_DISABLE_COPY_MOVE(Academy)

    void start();
    /// The power goes: SIGKILL, nothing is said goodbye to.
    void kill9();
    void stop();

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }
    quint16 port() const { return m_port; }
    const QString& anonKey() const { return m_anonKey; }

    /// Rows as the database holds them, read with the service key.
    QJsonArray rows(const QString& pathAndQuery);

private:
    QString m_program;
    QString m_folder;
    std::unique_ptr<QProcess> m_process;
    QNetworkAccessManager m_network;
    quint16 m_port = 0;
    QString m_anonKey;
    QString m_serviceKey;
};

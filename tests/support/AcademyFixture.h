// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

#include <chrono>
#include <memory>

/// A real academy for a test: the real program with a data directory of its own below /tmp, removed
/// at the end. Starts as a demo academy unless told otherwise. A later start uses the same port and
/// data, so clients that were connected find it again. Blocking; never starts twice at once.
///
///     AcademyFixture academy;
///     QVERIFY2(academy.start(), qPrintable(academy.problem()));
class AcademyFixture final
{
public:
    AcademyFixture();
    ~AcademyFixture();
    AcademyFixture(const AcademyFixture&) = delete;
    AcademyFixture& operator=(const AcademyFixture&) = delete;

    /// Arguments beside --data, --port and --port-file; "--demo" at first.
    void setArguments(const QStringList& arguments) { m_arguments = arguments; }

    /// Returns when the academy serves, or false when it ended or took longer than a minute.
    bool start();
    /// SIGKILL, as a crash or a pulled plug would end it.
    void kill9();
    /// SIGTERM; returns the exit code, -1 when it was killed or did not end within half a minute.
    int terminate();
    /// The end of a program that ends by itself; -1 as above.
    int awaitExit(std::chrono::milliseconds most = std::chrono::seconds(30));
    bool restart();

    bool isRunning() const;
    qint64 processId() const;
    QUrl url() const { return m_url; }
    /// `path` below the academy's address, such as "/rest/v1/courses?select=id".
    QUrl url(const QString& path) const;
    quint16 port() const { return m_port; }
    QString anonKey() const { return m_anonKey; }
    QString serviceRoleKey() const { return m_serviceRoleKey; }
    QString publishableKey() const { return m_publishableKey; }
    QString dataDir() const;
    /// The directory of the database's socket, for a test that looks behind the academy: connect as
    /// the user "supabase_admin" to the database "postgres".
    QString socketDir() const;
    /// Everything it has said on stderr since it was started last.
    QString problem();

    static QString programPath();

private:
    bool readPortFile();
    void awaitDatabaseEnd() const;

    QTemporaryDir m_home;
    QStringList m_arguments{QStringLiteral("--demo")};
    std::unique_ptr<QProcess> m_process;
    QByteArray m_errors;
    QUrl m_url;
    quint16 m_port = 0;
    QString m_anonKey;
    QString m_serviceRoleKey;
    QString m_publishableKey;
};

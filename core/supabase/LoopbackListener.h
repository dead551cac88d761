// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QUrl>
#include <QUrlQuery>

class QTcpServer;
class QTcpSocket;

/// Waits on 127.0.0.1 for a browser to come back with an answer. Serves nothing but that one
/// address, answers each request with a page and closes; heads are short and connections few, so
/// that nobody on this computer can make it work. GUI thread.
class LoopbackListener final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype LongestHead = 8 * 1024;
    static constexpr qsizetype MostConnections = 8;

    explicit LoopbackListener(QObject* parent = nullptr);
    ~LoopbackListener() override;

    /// Takes any free port. False when this computer gives none.
    bool listen();
    /// Where the browser is to come back to; a secret in its path keeps strangers out.
    QUrl address(const QString& secret);
    /// The page for the browser, complete HTML.
    void answerWith(const QByteArray& done, const QByteArray& failed);

Q_SIGNALS:
    /// The browser came back to address() with these parameters.
    void arrived(const QUrlQuery& query);

private:
    void accept();
    void read(QTcpSocket* socket);
    void respond(QTcpSocket* socket, const QByteArray& status, const QByteArray& body);
    bool isForUs(const QByteArray& head) const;

    QTcpServer* m_server;
    QHash<QTcpSocket*, QByteArray> m_heads;
    QByteArray m_path;
    QByteArray m_done;
    QByteArray m_failed;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QUrl>
#include <QUrlQuery>

#include <optional>

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
    /// What a browser brings to a path of this computer's port, from the first bytes of its request
    /// up to the end of its head; nothing when it is not for us: another method, path or host. The
    /// browser itself must speak to us, not a page whose name was made to point here. Pure.
    static std::optional<QUrlQuery> parametersOf(
        QByteArrayView head, quint16 port, const QByteArray& path);
    /// The page for the browser, complete HTML.
    void answerWith(const QByteArray& done, const QByteArray& failed);

Q_SIGNALS:
    /// The browser came back to address() with these parameters.
    void arrived(const QUrlQuery& query);

private:
    void accept();
    void read(QTcpSocket* socket);
    void respond(QTcpSocket* socket, const QByteArray& status, const QByteArray& body);

    QTcpServer* m_server;
    QHash<QTcpSocket*, QByteArray> m_heads;
    QByteArray m_path;
    QByteArray m_done;
    QByteArray m_failed;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QLocalServer>
#include <QObject>
#include <QPointer>
#include <QQuickWindow>

class Navigator;
class QLocalSocket;
class QQuickItem;
class StallWatch;

/// Lets a test drive the real window over a local socket: one JSON object a line each way.
///
///     {"id": 1, "do": "click", "name": "signIn"}  →  {"id": 1, "ok": true, "value": null}
///
/// find, click, type, key, read, screenshot, page, stalls and quit. Clicks and keys are events of the
/// window system, so that hit areas, focus and shortcuts count as they do for people. Testing
/// builds only. GUI thread.
class Puppet : public QObject
{
    Q_OBJECT

public:
    Puppet(QQuickWindow& window, Navigator& navigator, StallWatch& stalls, QObject* parent = nullptr);

    /// False when the socket cannot be opened.
    bool listen(const QString& path);

private:
    void read(QLocalSocket* socket);
    void perform(const QJsonObject& request, QPointer<QLocalSocket> socket);
    void reply(const QPointer<QLocalSocket>& socket, const QJsonObject& request, const QJsonValue& value);
    void refuse(const QPointer<QLocalSocket>& socket, const QJsonObject& request, const QString& error);
    void write(const QPointer<QLocalSocket>& socket, const QJsonObject& answer);

    QQuickItem* item(const QString& name) const;
    void click(const QJsonObject& request, const QPointer<QLocalSocket>& socket);
    void type(const QJsonObject& request, const QPointer<QLocalSocket>& socket, qsizetype from);
    void press(const QString& sequence);
    void screenshot(const QJsonObject& request, const QPointer<QLocalSocket>& socket);
    QJsonValue property(const QQuickItem& item, const QString& path) const;

    QPointer<QQuickWindow> m_window;
    Navigator& m_navigator;
    StallWatch& m_stalls;
    QLocalServer m_server;
};

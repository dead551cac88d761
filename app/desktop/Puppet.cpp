// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/Puppet.h"

#include "base/Async.h"
#include "desktop/StallWatch.h"
#include "viewmodels/Navigator.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeySequence>
#include <QLocalSocket>
#include <QMetaProperty>
#include <QQuickItem>
#include <QtConcurrent>

// The events QtTest sends, exported by QtGui for it.
Q_GUI_EXPORT void qt_handleMouseEvent(QWindow* window, const QPointF& local, const QPointF& global,
    Qt::MouseButtons state, Qt::MouseButton button, QEvent::Type type, Qt::KeyboardModifiers mods, int timestamp);
Q_GUI_EXPORT void qt_handleKeyEvent(QWindow* window, QEvent::Type t, int k, Qt::KeyboardModifiers mods,
    const QString& text = QString(), bool autorep = false, ushort count = 1);

namespace {

bool isShown(const QQuickItem& item)
{
    if (!item.isVisible() || !item.isEnabled()) {
        return false;
    }
    for (const QQuickItem* up = &item; up; up = up->parentItem()) {
        if (qFuzzyIsNull(up->opacity())) {
            return false;
        }
    }
    return true;
}

QQuickItem* search(QQuickItem* root, const QString& name)
{
    if (!root->isVisible()) {
        return nullptr;
    }
    if (root->objectName() == name && isShown(*root)) {
        return root;
    }
    const QList<QQuickItem*> children = root->childItems();
    for (auto child = children.crbegin(); child != children.crend(); ++child) {
        if (QQuickItem* found = search(*child, name)) {
            return found;
        }
    }
    return nullptr;
}

/// Brings the item into the view of everything it scrolls in.
void scrollTo(const QQuickItem& item)
{
    for (QQuickItem* up = item.parentItem(); up; up = up->parentItem()) {
        if (!up->inherits("QQuickFlickable")) {
            continue;
        }
        const QRectF place = item.mapRectToItem(up, QRectF(0, 0, item.width(), item.height()));
        const qreal y = up->property("contentY").toReal();
        const qreal limit = up->property("contentHeight").toReal() - up->height();
        if (place.top() < 0) {
            up->setProperty("contentY", y + place.top() - 16);
        } else if (place.bottom() > up->height()) {
            up->setProperty("contentY", std::min(std::max(0.0, limit), y + place.bottom() - up->height() + 16));
        }
    }
}

int keyOf(QChar character)
{
    if (character == QLatin1Char('\n')) {
        return Qt::Key_Return;
    }
    if (character == QLatin1Char('\t')) {
        return Qt::Key_Tab;
    }
    const ushort code = character.toUpper().unicode();
    return code >= 0x20 && code < 0x7f ? int(code) : int(Qt::Key_unknown);
}

} // namespace

Puppet::Puppet(QQuickWindow& window, Navigator& navigator, StallWatch& stalls, QObject* parent) :
    QObject(parent), m_window(&window), m_navigator(navigator), m_stalls(stalls)
{
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

bool Puppet::listen(const QString& path)
{
    QLocalServer::removeServer(path);
    return m_server.listen(path);
}

void Puppet::read(QLocalSocket* socket)
{
    while (socket->canReadLine()) {
        const QJsonDocument line = QJsonDocument::fromJson(socket->readLine());
        if (line.isObject()) {
            perform(line.object(), socket);
        }
    }
}

void Puppet::perform(const QJsonObject& request, QPointer<QLocalSocket> socket)
{
    const QString what = request.value(QLatin1String("do")).toString();
    const QString name = request.value(QLatin1String("name")).toString();
    if (!m_window) {
        refuse(socket, request, QStringLiteral("the window is gone"));
    } else if (what == QLatin1String("find")) {
        reply(socket, request, item(name) != nullptr);
    } else if (what == QLatin1String("click")) {
        click(request, socket);
    } else if (what == QLatin1String("type")) {
        type(request, socket, 0);
    } else if (what == QLatin1String("key")) {
        press(request.value(QLatin1String("key")).toString());
        reply(socket, request, {});
    } else if (what == QLatin1String("read")) {
        const QQuickItem* found = item(name);
        reply(socket, request,
            found ? property(*found, request.value(QLatin1String("property")).toString(QStringLiteral("text"))) : QJsonValue());
    } else if (what == QLatin1String("screenshot")) {
        screenshot(request, socket);
    } else if (what == QLatin1String("page")) {
        reply(socket, request, m_navigator.current().page);
    } else if (what == QLatin1String("stalls")) {
        reply(socket, request, m_stalls.stalls());
    } else if (what == QLatin1String("quit")) {
        reply(socket, request, {});
        m_window->close();
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    } else {
        refuse(socket, request, QStringLiteral("no such command"));
    }
}

void Puppet::reply(const QPointer<QLocalSocket>& socket, const QJsonObject& request, const QJsonValue& value)
{
    write(socket, {{QStringLiteral("id"), request.value(QLatin1String("id"))}, {QStringLiteral("ok"), true},
                      {QStringLiteral("value"), value}});
}

void Puppet::refuse(const QPointer<QLocalSocket>& socket, const QJsonObject& request, const QString& error)
{
    write(socket, {{QStringLiteral("id"), request.value(QLatin1String("id"))}, {QStringLiteral("ok"), false},
                      {QStringLiteral("error"), error}});
}

void Puppet::write(const QPointer<QLocalSocket>& socket, const QJsonObject& answer)
{
    if (socket) {
        socket->write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
        socket->flush();
    }
}

QQuickItem* Puppet::item(const QString& name) const
{
    return name.isEmpty() ? nullptr : search(m_window->contentItem(), name);
}

void Puppet::click(const QJsonObject& request, const QPointer<QLocalSocket>& socket)
{
    const QString name = request.value(QLatin1String("name")).toString();
    const QQuickItem* target = item(name);
    if (!target) {
        refuse(socket, request, QStringLiteral("not on the screen: ") + name);
        return;
    }
    scrollTo(*target);
    // The next turn: scrolling moves the item when the view has laid itself out.
    QMetaObject::invokeMethod(
        this,
        [this, request, socket, name] {
            const QQuickItem* found = item(name);
            if (!found || !m_window) {
                refuse(socket, request, QStringLiteral("gone while scrolling: ") + name);
                return;
            }
            const QPointF local = found->mapToScene(QPointF(found->width() / 2, found->height() / 2));
            const QPointF global = m_window->mapToGlobal(local);
            qt_handleMouseEvent(m_window, local, global, Qt::NoButton, Qt::NoButton, QEvent::MouseMove, Qt::NoModifier, 0);
            qt_handleMouseEvent(
                m_window, local, global, Qt::LeftButton, Qt::LeftButton, QEvent::MouseButtonPress, Qt::NoModifier, 1);
            qt_handleMouseEvent(
                m_window, local, global, Qt::NoButton, Qt::LeftButton, QEvent::MouseButtonRelease, Qt::NoModifier, 2);
            reply(socket, request, {});
        },
        Qt::QueuedConnection);
}

void Puppet::type(const QJsonObject& request, const QPointer<QLocalSocket>& socket, qsizetype from)
{
    const QString text = request.value(QLatin1String("text")).toString();
    if (from >= text.size() || !m_window) {
        reply(socket, request, {});
        return;
    }
    const QChar character = text.at(from);
    const Qt::KeyboardModifiers modifiers = character.isUpper() ? Qt::ShiftModifier : Qt::NoModifier;
    const QString shown = character == QLatin1Char('\n') ? QStringLiteral("\r") : QString(character);
    qt_handleKeyEvent(m_window, QEvent::KeyPress, keyOf(character), modifiers, shown);
    qt_handleKeyEvent(m_window, QEvent::KeyRelease, keyOf(character), modifiers, shown);
    // One character a turn, as a person's keys arrive.
    QMetaObject::invokeMethod(this, [this, request, socket, from] { type(request, socket, from + 1); }, Qt::QueuedConnection);
}

void Puppet::press(const QString& sequence)
{
    const QKeySequence keys(sequence, QKeySequence::PortableText);
    for (int i = 0; i < keys.count(); ++i) {
        const QKeyCombination key = keys[static_cast<uint>(i)];
        QString text;
        if (key.keyboardModifiers() == Qt::NoModifier && key.key() < 0x7f) {
            text = QString(QChar(static_cast<ushort>(key.key()))).toLower();
        } else if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
            text = QStringLiteral("\r");
        }
        qt_handleKeyEvent(m_window, QEvent::KeyPress, key.key(), key.keyboardModifiers(), text);
        qt_handleKeyEvent(m_window, QEvent::KeyRelease, key.key(), key.keyboardModifiers(), text);
    }
}

void Puppet::screenshot(const QJsonObject& request, const QPointer<QLocalSocket>& socket)
{
    m_stalls.pause(true);
    const QImage picture = m_window->grabWindow();
    const QString path = request.value(QLatin1String("path")).toString();
    whenDone(QtConcurrent::run([picture, path]() -> Result<bool> { return picture.save(path); }), this,
        [this, request, socket](const Result<bool>& saved) {
            m_stalls.pause(false);
            if (saved.ok() && *saved) {
                reply(socket, request, {});
            } else {
                refuse(socket, request, QStringLiteral("the picture could not be written"));
            }
        });
}

QJsonValue Puppet::property(const QQuickItem& item, const QString& path) const
{
    const QStringList steps = path.split(QLatin1Char('.'));
    QVariant value = item.property(steps.constFirst().toUtf8().constData());
    for (const QString& step : steps.mid(1)) {
        const QMetaObject* gadget = value.metaType().metaObject();
        const int index = gadget ? gadget->indexOfProperty(step.toUtf8().constData()) : -1;
        if (index < 0) {
            return {};
        }
        value = gadget->property(index).readOnGadget(value.constData());
    }
    return QJsonValue::fromVariant(value);
}

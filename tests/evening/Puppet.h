// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evening/Keyring.h"
#include "support/Screen.h"

#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

/// One running `neolingus` with a window on its own screen and a keychain of its own, driven
/// through its puppet socket by real key and mouse events. Calls wait for the answer and throw std::runtime_error with the
/// program's own words when it says no.
class Puppet
{
public:
    struct Setup
    {
        QString name;       ///< "teacher", "ana" … for messages and files
        QString program;
        QString folder;     ///< profile, socket and log live here
        QStringList arguments;
        bool onScreen = true; ///< false: drawn into memory, which starts faster and shows nobody
        QString profile = {};  ///< folder for the program's data; empty: below `folder`
    };

    explicit Puppet(Setup setup);
    ~Puppet();
    Q_DISABLE_COPY_MOVE(Puppet)

    void start();
    void kill9();
    void quit();
    bool isRunning() const { return m_process && m_process->state() == QProcess::Running; }

    QJsonValue call(const QString& action, QJsonObject arguments = {},
        std::chrono::milliseconds limit = std::chrono::seconds(20));
    void click(const QString& name);
    void type(const QString& text);
    void typeInto(const QString& name, const QString& text);
    void screenshot(const QString& path);
    /// The property of a named item; Undefined when there is no such item on screen.
    QJsonValue read(const QString& name, const QString& property = QStringLiteral("text"));
    /// Waits until the property holds what `accept` wants.
    void expect(const QString& name, const QString& property,
        const std::function<bool(const QJsonValue&)>& accept, std::chrono::milliseconds limit);
    void waitFor(const QString& name, std::chrono::milliseconds limit = std::chrono::seconds(20));

    const QString& name() const { return m_setup.name; }
    const QString& folder() const { return m_setup.folder; }

private:
    Setup m_setup;
    std::optional<Screen> m_screen;
    std::optional<Keyring> m_keyring;
    QTemporaryDir m_socketFolder; ///< short: the path of a local socket has little room
    std::unique_ptr<QProcess> m_process;
    QLocalSocket m_socket;
    QByteArray m_buffer;
    int m_nextId = 1;
};

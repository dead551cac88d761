// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

#include <chrono>
#include <functional>

/// Runs the event loop until `holds` is true. False when `limit` passed first.
bool waitUntil(const std::function<bool()>& holds, std::chrono::milliseconds limit);

/// A screen of its own for one program: an Xvfb server, gone with the object.
class Screen
{
public:
    /// Throws std::runtime_error when Xvfb does not start.
    Screen();
    ~Screen();
    Q_DISABLE_COPY_MOVE(Screen)

    QString display() const { return m_display; }

private:
    QProcess m_server;
    QString m_display;
};

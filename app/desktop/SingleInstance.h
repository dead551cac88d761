// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>

#include <functional>

/// One running program per data folder: a second start raises the first one's window and ends.
/// GUI thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString& dataFolder, QObject* parent = nullptr);

    /// Calls `done` once: true when this is the first one; false when another one runs and was told,
    /// together with the file this one was asked to open (empty: none).
    void claim(const QString& file, const std::function<void(bool first)>& done);

Q_SIGNALS:
    void raised(const QString& file);

private:
    void listen();

    QString m_name;
    QLocalServer m_server;
};

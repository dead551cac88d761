// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>
#include <QThreadPool>

/// Preferences: a small JSON object in one file, read once and kept in memory, replaced atomically on
/// the thread pool after a change. Use from the GUI thread. A file that cannot be understood is kept
/// beside as NAME.damaged and the defaults rule. Nothing secret belongs here.
class Settings : public QObject
{
    Q_OBJECT

public:
    /// `path` empty: settings.json in the user's configuration folder.
    explicit Settings(QString path = {}, QObject* parent = nullptr);
    /// Waits for the last change to reach the disk.
    ~Settings() override;
    Q_DISABLE_COPY_MOVE(Settings)

    QJsonValue value(const QString& key, const QJsonValue& fallback = {}) const;
    /// An undefined value removes the key. Written soon; several changes at once make one write.
    void setValue(const QString& key, const QJsonValue& value);
    /// Answers when everything set so far is on the disk; Storage settings_unwritable otherwise.
    Async<void> flush();
    bool startedFromDamagedFile() const { return m_damaged; }

Q_SIGNALS:
    void changed(const QString& key);
    void writeFailed(const Error& error);

private:
    void startWriting();
    void finishWriting(const Result<void>& result);

    QString m_path;
    QJsonObject m_values;
    QList<AsyncPromise<void>> m_waiting;
    bool m_damaged = false;
    bool m_dirty = false;
    bool m_scheduled = false;
    bool m_writing = false;
    QThreadPool m_pool; ///< one thread, so that writes keep their order
};

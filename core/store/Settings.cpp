// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

namespace {

Result<void> writeFile(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return Error {
            ErrorKind::Storage, QStringLiteral("settings_unwritable"), file.errorString(), {}};
    }
    return {};
}

} // namespace

Settings::Settings(QString path, QObject* parent) :
    QObject(parent),
    m_path(path.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                   + QStringLiteral("/settings.json")
                          : std::move(path))
{
    m_pool.setMaxThreadCount(1);
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (document.isObject()) {
        m_values = document.object();
        return;
    }
    m_damaged = true;
    QFile::remove(m_path + QStringLiteral(".damaged"));
    QFile::copy(m_path, m_path + QStringLiteral(".damaged"));
}

Settings::~Settings()
{
    m_pool.waitForDone();
    if (m_dirty) {
        (void)writeFile(m_path, QJsonDocument(m_values).toJson());
    }
}

QJsonValue Settings::value(const QString& key, const QJsonValue& fallback) const
{
    const QJsonValue found = m_values.value(key);
    return found.isUndefined() ? fallback : found;
}

void Settings::setValue(const QString& key, const QJsonValue& value)
{
    if (m_values.value(key) == value) {
        return;
    }
    if (value.isUndefined()) {
        m_values.remove(key);
    } else {
        m_values.insert(key, value);
    }
    m_dirty = true;
    Q_EMIT changed(key);
    if (!m_scheduled) {
        m_scheduled = true;
        QMetaObject::invokeMethod(this, &Settings::startWriting, Qt::QueuedConnection);
    }
}

Async<void> Settings::flush()
{
    if (!m_dirty && !m_writing) {
        return readyAsync<void>({});
    }
    AsyncPromise<void> promise;
    m_waiting.append(promise);
    return promise.future();
}

void Settings::startWriting()
{
    m_scheduled = false;
    if (!m_dirty || m_writing) {
        return;
    }
    m_dirty = false;
    m_writing = true;
    AsyncPromise<void> promise;
    m_pool.start([promise, path = m_path, bytes = QJsonDocument(m_values).toJson()] {
        promise.resolve(writeFile(path, bytes));
    });
    whenDone(promise.future(), this, [this](const Result<void>& result) { finishWriting(result); });
}

void Settings::finishWriting(const Result<void>& result)
{
    m_writing = false;
    if (!result) {
        m_dirty = true;
        Q_EMIT writeFailed(result.error());
    } else if (m_dirty) {
        startWriting();
        return;
    }
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto& promise : waiting) {
        promise.resolve(result);
    }
}

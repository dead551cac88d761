// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/SecretStore.h"

#include <QHash>
#include <QList>

#include <functional>

namespace QKeychain {
class Job;
}

/// The desktop's keychain (Secret Service, KWallet) through QtKeychain, never its insecure fallback.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    /// `service` names the application in the keychain.
    explicit KeychainSecretStore(
        QString service = QStringLiteral("neolingus"), QObject* parent = nullptr);

    Async<QByteArray> read(const QString& key) override;
    Async<void> write(const QString& key, const QByteArray& secret) override;
    Async<void> remove(const QString& key) override;
    bool isPersistent() const override { return true; }

private:
    using Start = std::function<void()>;

    void enqueue(const QString& key, Start start);
    void finished(const QString& key);
    void run(QKeychain::Job* job, const QString& key, std::function<void(QKeychain::Job*)> answer);

    QString m_service;
    QHash<QString, QList<Start>> m_waiting; ///< by key; a key is present while one of its jobs runs
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/SecretStore.h"

/// The secrets of one data folder: several copies of the program with folders of their own share
/// one keychain without seeing each other's sessions. GUI thread.
class ScopedSecretStore final : public SecretStore
{
public:
    ScopedSecretStore(std::shared_ptr<SecretStore> store, QString scope);

    Async<QByteArray> read(const QString& key) override;
    Async<void> write(const QString& key, const QByteArray& secret) override;
    Async<void> remove(const QString& key) override;
    bool isPersistent() const override;

private:
    QString scoped(const QString& key) const;

    std::shared_ptr<SecretStore> m_store;
    QString m_scope;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/SecretStore.h"

#include <QHash>

/// Secrets of this session only, for computers without a keychain. Overwritten when forgotten.
class MemorySecretStore final : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;
    ~MemorySecretStore() override;

    Async<QByteArray> read(const QString& key) override;
    Async<void> write(const QString& key, const QByteArray& secret) override;
    Async<void> remove(const QString& key) override;
    bool isPersistent() const override { return false; }

private:
    QHash<QString, QByteArray> m_secrets;
};

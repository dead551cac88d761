// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MemorySecretStore.h"

MemorySecretStore::~MemorySecretStore()
{
    for (QByteArray& secret : m_secrets) {
        secret.fill('\0');
    }
}

Async<QByteArray> MemorySecretStore::read(const QString& key)
{
    const auto found = m_secrets.constFind(key);
    if (found == m_secrets.cend()) {
        return readyAsync<QByteArray>(
            Error {ErrorKind::NotFound, QStringLiteral("secret_missing"), key, {}});
    }
    return readyAsync<QByteArray>(*found);
}

Async<void> MemorySecretStore::write(const QString& key, const QByteArray& secret)
{
    m_secrets.insert(key, secret);
    return readyAsync<void>({});
}

Async<void> MemorySecretStore::remove(const QString& key)
{
    m_secrets.remove(key);
    return readyAsync<void>({});
}

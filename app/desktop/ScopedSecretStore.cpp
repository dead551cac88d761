// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/ScopedSecretStore.h"

ScopedSecretStore::ScopedSecretStore(std::shared_ptr<SecretStore> store, QString scope) :
    m_store(std::move(store)), m_scope(std::move(scope))
{
}

Async<QByteArray> ScopedSecretStore::read(const QString& key)
{
    return m_store->read(scoped(key));
}

Async<void> ScopedSecretStore::write(const QString& key, const QByteArray& secret)
{
    return m_store->write(scoped(key), secret);
}

Async<void> ScopedSecretStore::remove(const QString& key)
{
    return m_store->remove(scoped(key));
}

bool ScopedSecretStore::isPersistent() const
{
    return m_store->isPersistent();
}

QString ScopedSecretStore::scoped(const QString& key) const
{
    return m_scope.isEmpty() ? key : m_scope + QLatin1Char('/') + key;
}

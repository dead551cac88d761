// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>

/// Keeps refresh tokens and provider keys. Use from the GUI thread. Operations on one key happen in
/// the order they were asked for. Reading a key that was never written is ErrorKind::NotFound with
/// code secret_missing; a keychain that fails is Storage with code secret_failed.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual Async<QByteArray> read(const QString& key) = 0;
    virtual Async<void> write(const QString& key, const QByteArray& secret) = 0;
    /// Removing what is not there succeeds.
    virtual Async<void> remove(const QString& key) = 0;
    /// False: secrets are forgotten when the program ends, and the interface must say so.
    virtual bool isPersistent() const = 0;
};

/// Tries the desktop's keychain once with a write, a read and a removal; answers it when all three
/// work, otherwise a store in memory. Never falls back to a file.
Async<std::shared_ptr<SecretStore>> openSecretStore();

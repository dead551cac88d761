// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SecretStore.h"

#include "base/Log.h"
#include "store/KeychainSecretStore.h"
#include "store/MemorySecretStore.h"

#include <QUuid>

Async<std::shared_ptr<SecretStore>> openSecretStore()
{
    using Store = std::shared_ptr<SecretStore>;
    AsyncPromise<Store> promise;
    const auto keychain = std::make_shared<KeychainSecretStore>();
    const QString key = QStringLiteral("probe:") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    // Not the keychain itself: the steps below own it and may be its last owners.
    auto* probe = new QObject;
    const auto finish = [promise, probe, keychain](const std::optional<Error>& error) {
        if (error) {
            qCInfo(lcStore) << "no keychain, secrets last for this session only:" << error->code;
            promise.resolve(Store(std::make_shared<MemorySecretStore>()));
        } else {
            promise.resolve(Store(keychain));
        }
        probe->deleteLater();
    };
    whenDone(keychain->write(key, "probe"), probe, [=](const Result<void>& written) {
        if (!written) {
            finish(written.error());
            return;
        }
        whenDone(keychain->read(key), probe, [=](const Result<QByteArray>& read) {
            const bool works = read && *read == "probe";
            whenDone(keychain->remove(key), probe, [=](const Result<void>& removed) {
                const Error mute {ErrorKind::Storage, QStringLiteral("secret_failed"), {}, {}};
                finish(works && removed ? std::nullopt : std::optional(mute));
            });
        });
    });
    return promise.future();
}

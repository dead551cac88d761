// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/KeychainSecretStore.h"

#include <qt6keychain/keychain.h>

namespace {

Error secretError(const QKeychain::Job& job)
{
    if (job.error() == QKeychain::EntryNotFound) {
        return {ErrorKind::NotFound, QStringLiteral("secret_missing"), job.key(), {}};
    }
    return {ErrorKind::Storage, QStringLiteral("secret_failed"),
        QStringLiteral("keychain error %1").arg(int(job.error())), {}};
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service, QObject* parent) :
    SecretStore(parent), m_service(std::move(service))
{
}

void KeychainSecretStore::enqueue(const QString& key, Start start)
{
    const auto running = m_waiting.find(key);
    if (running != m_waiting.end()) {
        running->append(std::move(start));
        return;
    }
    m_waiting.insert(key, {});
    start();
}

void KeychainSecretStore::finished(const QString& key)
{
    QList<Start>& waiting = m_waiting[key];
    if (waiting.isEmpty()) {
        m_waiting.remove(key);
        return;
    }
    const Start next = waiting.takeFirst();
    next();
}

void KeychainSecretStore::run(
    QKeychain::Job* job, const QString& key, std::function<void(QKeychain::Job*)> answer)
{
    job->setAutoDelete(false);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this,
        [this, key, answer = std::move(answer)](QKeychain::Job* done) {
            answer(done);
            done->deleteLater();
            finished(key);
        });
    job->start();
}

Async<QByteArray> KeychainSecretStore::read(const QString& key)
{
    AsyncPromise<QByteArray> promise;
    enqueue(key, [this, key, promise] {
        auto* job = new QKeychain::ReadPasswordJob(m_service, this);
        run(job, key, [promise, job](QKeychain::Job*) {
            promise.resolve(job->error() == QKeychain::NoError
                    ? Result<QByteArray>(job->binaryData())
                    : Result<QByteArray>(secretError(*job)));
        });
    });
    return promise.future();
}

Async<void> KeychainSecretStore::write(const QString& key, const QByteArray& secret)
{
    AsyncPromise<void> promise;
    enqueue(key, [this, key, secret, promise] {
        auto* job = new QKeychain::WritePasswordJob(m_service, this);
        job->setBinaryData(secret);
        run(job, key, [promise](QKeychain::Job* done) {
            promise.resolve(done->error() == QKeychain::NoError ? Result<void>()
                                                                : Result<void>(secretError(*done)));
        });
    });
    return promise.future();
}

Async<void> KeychainSecretStore::remove(const QString& key)
{
    AsyncPromise<void> promise;
    enqueue(key, [this, key, promise] {
        auto* job = new QKeychain::DeletePasswordJob(m_service, this);
        run(job, key, [promise](QKeychain::Job* done) {
            const bool gone
                = done->error() == QKeychain::NoError || done->error() == QKeychain::EntryNotFound;
            promise.resolve(gone ? Result<void>() : Result<void>(secretError(*done)));
        });
    });
    return promise.future();
}

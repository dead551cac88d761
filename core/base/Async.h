// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <memory>

/// A value that arrives later. Consume it with whenDone() only: QFuture's own continuations abort
/// or run on a surprising thread when their context is gone (see the tests).
template <typename T>
using Async = QFuture<Result<T>>;

/// The producing end of an Async. Copies share one promise; the first answer counts, and when the
/// last copy dies unanswered the consumer gets ErrorKind::Cancelled, so nobody waits for ever.
/// Thread-safe to resolve from any one thread.
template <typename T>
class AsyncPromise
{
public:
    AsyncPromise() : m_shared(std::make_shared<Shared>()) { }

    Async<T> future() const { return m_shared->promise.future(); }
    void resolve(Result<T> result) const { m_shared->resolve(std::move(result)); }
    bool isResolved() const { return m_shared->resolved; }

private:
    struct Shared
    {
        Shared() { promise.start(); }
        ~Shared()
        {
            resolve(Error {ErrorKind::Cancelled, QStringLiteral("abandoned"), {}, {}});
        }
        Q_DISABLE_COPY_MOVE(Shared)

        void resolve(Result<T> result)
        {
            if (std::exchange(resolved, true)) {
                return;
            }
            promise.addResult(std::move(result));
            promise.finish();
        }

        QPromise<Result<T>> promise;
        bool resolved = false;
    };
    std::shared_ptr<Shared> m_shared;
};

template <typename T>
Async<T> readyAsync(Result<T> result)
{
    AsyncPromise<T> promise;
    promise.resolve(std::move(result));
    return promise.future();
}

/// Calls `done(Result<T>)` once, on the thread of `context`, from the event loop and never from
/// inside this call. If `context` dies first, `done` is dropped and never runs.
template <typename T, typename Function>
void whenDone(const Async<T>& future, QObject* context, Function&& done)
{
    Q_ASSERT(context);
    auto* watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [watcher, done = std::forward<Function>(done)]() mutable {
            watcher->deleteLater();
            const QFuture<Result<T>> finished = watcher->future();
            if (finished.resultCount() > 0) {
                done(finished.result());
            } else {
                done(Result<T>(Error {ErrorKind::Cancelled, QStringLiteral("cancelled"), {}, {}}));
            }
        });
    watcher->setFuture(future);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Database.h"

#include "store/DatabaseWorker.h"

#include <QThread>

Database::Database(QString path, DatabaseOptions options, QObject* parent) :
    QObject(parent),
    m_path(std::move(path)),
    m_thread(std::make_unique<QThread>()),
    m_worker(new DatabaseWorker(m_path, std::move(options)))
{
    m_thread->setObjectName(QStringLiteral("neolingus-store"));
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &DatabaseWorker::reserveReleased, this, &Database::reserveReleased);
    connect(m_worker, &DatabaseWorker::openedLate, this, &Database::openedLate);
    connect(m_worker, &DatabaseWorker::damageRepaired, this, &Database::damageRepaired);
    m_thread->start();

    AsyncPromise<DatabaseOpened> promise;
    m_opened = promise.future();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, promise] { promise.resolve(worker->open()); },
        Qt::QueuedConnection);
}

Database::~Database()
{
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker] {
            worker->close();
            worker->thread()->quit();
        },
        Qt::QueuedConnection);
    m_thread->wait();
}

Async<DatabaseOpened> Database::opened() const
{
    return m_opened;
}

Async<void> Database::holdReserve(qint64 bytes)
{
    AsyncPromise<void> promise;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, bytes, promise] { promise.resolve(worker->holdReserve(bytes)); },
        Qt::QueuedConnection);
    return promise.future();
}

Async<void> Database::dropReserve()
{
    AsyncPromise<void> promise;
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, promise] {
            worker->dropReserve();
            promise.resolve({});
        },
        Qt::QueuedConnection);
    return promise.future();
}

void Database::post(Mode mode, Attempt attempt, std::function<void(std::optional<Error>)> finished)
{
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, mode, attempt = std::move(attempt), finished = std::move(finished)] {
            finished(worker->run(mode == Mode::Write, attempt));
        },
        Qt::QueuedConnection);
}

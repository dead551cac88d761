// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Async.h"

#include <QTest>

class TestAsync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversOnceFromTheEventLoop()
    {
        AsyncPromise<int> promise;
        QList<int> seen;
        whenDone(promise.future(), this, [&](const Result<int>& r) { seen.append(*r); });
        promise.resolve(1);
        promise.resolve(2);
        QVERIFY(seen.isEmpty());
        QTRY_COMPARE(seen, QList<int> {1});
    }

    void aReadyValueStillArrivesLater()
    {
        bool called = false;
        whenDone(readyAsync<int>(5), this, [&](const Result<int>&) { called = true; });
        QVERIFY(!called);
        QTRY_VERIFY(called);
    }

    void anAbandonedPromiseIsCancelled()
    {
        std::optional<Error> error;
        {
            AsyncPromise<void> promise;
            whenDone(promise.future(), this, [&](const Result<void>& r) { error = r.error(); });
        }
        QTRY_VERIFY(error.has_value());
        QCOMPARE(error->kind, ErrorKind::Cancelled);
    }

    void aDeadContextHearsNothing()
    {
        AsyncPromise<int> promise;
        bool called = false;
        auto context = std::make_unique<QObject>();
        whenDone(promise.future(), context.get(), [&](const Result<int>&) { called = true; });
        context.reset();
        promise.resolve(1);
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void theContextMayDieInsideTheCall()
    {
        AsyncPromise<int> promise;
        auto* context = new QObject;
        bool called = false;
        whenDone(promise.future(), context, [&](const Result<int>&) {
            called = true;
            context->deleteLater();
        });
        promise.resolve(1);
        QTRY_VERIFY(called);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void severalConsumersAllHear()
    {
        AsyncPromise<int> promise;
        int sum = 0;
        for (int i = 0; i < 3; ++i) {
            whenDone(promise.future(), this, [&](const Result<int>& r) { sum += *r; });
        }
        promise.resolve(2);
        QTRY_COMPARE(sum, 6);
    }
};

QTEST_GUILESS_MAIN(TestAsync)
#include "tst_async.moc"

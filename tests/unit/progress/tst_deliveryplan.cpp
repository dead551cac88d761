// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Random.h"
#include "progress/DeliveryPlan.h"

#include <QTest>

using namespace std::chrono_literals;

class TestDeliveryPlan : public QObject
{
    Q_OBJECT

    static ProgressOptions unbatched()
    {
        ProgressOptions options;
        options.enableBatching = false;
        return options;
    }

private Q_SLOTS:
    void aQuietRowIsShownAfterTheDebounce()
    {
        DeliveryPlan plan(unbatched());
        plan.note(QStringLiteral("a"), 0ms);
        QVERIFY(plan.take(299ms).isEmpty());
        QCOMPARE(*plan.nextDue(), MonotonicTime(300ms));
        QCOMPARE(plan.take(300ms), QStringList {QStringLiteral("a")});
        QVERIFY(!plan.nextDue());
    }

    void aSteadyStreamIsShownAtLeastEveryMaxWait()
    {
        DeliveryPlan plan(unbatched());
        QList<qint64> shown;
        for (auto now = 0ms; now <= 5000ms; now += 50ms) {
            plan.note(QStringLiteral("a"), now);
            if (!plan.take(now).isEmpty()) {
                shown.append(now.count());
            }
        }
        QCOMPARE(shown.size(), 4);
        QCOMPARE(shown.first(), 1000);
    }

    void aBusyRowDoesNotHoldBackAQuietOne()
    {
        DeliveryPlan plan(unbatched());
        plan.note(QStringLiteral("quiet"), 0ms);
        for (auto now = 0ms; now < 300ms; now += 20ms) {
            plan.note(QStringLiteral("busy"), now);
        }
        QCOMPARE(plan.take(300ms), QStringList {QStringLiteral("quiet")});
    }

    void aFullBatchIsShownAtOnce()
    {
        ProgressOptions options;
        options.batchSize = 3;
        DeliveryPlan plan(options);
        plan.note(QStringLiteral("a"), 0ms);
        plan.note(QStringLiteral("b"), 1ms);
        QVERIFY(plan.take(2ms).isEmpty());
        plan.note(QStringLiteral("c"), 2ms);
        QCOMPARE(plan.take(2ms), (QStringList {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    }

    void nothingNotedIsEverForgotten_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 20; ++seed) {
            QTest::addRow("seed %d", int(seed)) << seed;
        }
    }
    void nothingNotedIsEverForgotten()
    {
        QFETCH(quint64, seed);
        SeededRandom random(seed);
        DeliveryPlan plan(ProgressOptions {});
        QHash<QString, MonotonicTime> noted;
        QHash<QString, MonotonicTime> shown;
        MonotonicTime now {};
        for (int i = 0; i < 2000; ++i) {
            now += std::chrono::milliseconds(random.below(40));
            const QString row = QString::number(random.below(200));
            plan.note(row, now);
            noted.insert(row, now);
            for (const QString& due : plan.take(now)) {
                shown.insert(due, now);
            }
        }
        while (const auto next = plan.nextDue()) {
            QVERIFY2(*next <= now + 1000ms, "a row waits longer than the longest wait");
            now = std::max(now, *next);
            for (const QString& due : plan.take(now)) {
                shown.insert(due, now);
            }
        }
        for (auto it = noted.cbegin(); it != noted.cend(); ++it) {
            QVERIFY2(shown.value(it.key()) >= it.value(), qPrintable(it.key()));
        }
    }
};

QTEST_GUILESS_MAIN(TestDeliveryPlan)
#include "tst_deliveryplan.moc"

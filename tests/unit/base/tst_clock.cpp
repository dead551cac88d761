// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"

#include <QTest>

class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void monotonicNeverGoesBack()
    {
        const SystemClock clock;
        auto last = clock.monotonic();
        for (int i = 0; i < 10000; ++i) {
            const auto now = clock.monotonic();
            QVERIFY(now >= last);
            last = now;
        }
    }

    void isoStringHasMicrosecondsAndZ_data()
    {
        QTest::addColumn<qint64>("micros");
        QTest::addColumn<QString>("text");
        QTest::newRow("the epoch") << qint64(0) << QStringLiteral("1970-01-01T00:00:00.000000Z");
        QTest::newRow("one microsecond") << qint64(1) << QStringLiteral("1970-01-01T00:00:00.000001Z");
        QTest::newRow("before the epoch") << qint64(-1) << QStringLiteral("1969-12-31T23:59:59.999999Z");
        QTest::newRow("today") << qint64(1795420649123456) << QStringLiteral("2026-11-23T07:57:29.123456Z");
    }
    void isoStringHasMicrosecondsAndZ()
    {
        QFETCH(qint64, micros);
        QTEST(toIsoString(WallTime(std::chrono::microseconds(micros))), "text");
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeScheduler.h"
#include "viewmodels/Toasts.h"

#include <QTest>

using namespace std::chrono_literals;

class TestToasts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void aToastStaysFiveSeconds()
    {
        FakeScheduler time;
        Toasts toasts(time);
        toasts.show(QStringLiteral("Kept"));
        time.advance(4900ms);
        QCOMPARE(toasts.rows()->rowCount(), 1);
        time.advance(200ms);
        QCOMPARE(toasts.rows()->rowCount(), 0);
    }

    void itsActionRunsOnceAndOnlyInTime()
    {
        FakeScheduler time;
        Toasts toasts(time);
        int undone = 0;
        toasts.show(QStringLiteral("Paused"), QStringLiteral("info"), QStringLiteral("Undo"), [&undone] { ++undone; });
        const QString first = toasts.rows()->rows().constFirst().toast;
        toasts.press(first);
        toasts.press(first);
        QCOMPARE(undone, 1);
        QCOMPARE(toasts.rows()->rowCount(), 0);

        toasts.show(QStringLiteral("Paused"), QStringLiteral("info"), QStringLiteral("Undo"), [&undone] { ++undone; });
        const QString second = toasts.rows()->rows().constFirst().toast;
        time.advance(6s);
        toasts.press(second);
        QCOMPARE(undone, 1);
    }

    void noMoreThanThreeAtOnce()
    {
        FakeScheduler time;
        Toasts toasts(time);
        for (int i = 0; i < 5; ++i) {
            toasts.show(QString::number(i));
        }
        QCOMPARE(toasts.rows()->rowCount(), 3);
        QCOMPARE(toasts.rows()->rows().constLast().text, QStringLiteral("4"));
    }
};

QTEST_GUILESS_MAIN(TestToasts)
#include "tst_toasts.moc"

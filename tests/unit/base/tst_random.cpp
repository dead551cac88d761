// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Random.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

class TestRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSeedRepeats()
    {
        SeededRandom a(5);
        SeededRandom b(5);
        QCOMPARE(a.uuid(), b.uuid());
    }

    void uuidsAreVersionFour()
    {
        static const QRegularExpression shape(
            QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        SystemRandom random;
        QSet<QString> seen;
        for (int i = 0; i < 1000; ++i) {
            const QString id = random.uuid();
            QVERIFY2(shape.match(id).hasMatch(), qPrintable(id));
            seen.insert(id);
        }
        QCOMPARE(seen.size(), 1000);
    }

    void belowStaysBelow()
    {
        SeededRandom random(9);
        QCOMPARE(random.below(0), quint64(0));
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(random.below(7) < 7);
        }
    }
};

QTEST_GUILESS_MAIN(TestRandom)
#include "tst_random.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/CommitGate.h"

#include <QTest>

class TestCommitGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void includes_data()
    {
        QTest::addColumn<QByteArray>("snapshot");
        QTest::addColumn<quint32>("transaction");
        QTest::addColumn<bool>("included");
        QTest::newRow("long finished") << QByteArray("750:750:") << quint32(741) << true;
        QTest::newRow("just finished") << QByteArray("742:742:") << quint32(741) << true;
        QTest::newRow("not yet begun for others")
            << QByteArray("741:741:") << quint32(741) << false;
        QTest::newRow("still in progress")
            << QByteArray("741:750:741,745") << quint32(741) << false;
        QTest::newRow("the last in progress")
            << QByteArray("741:750:743,749") << quint32(749) << false;
        QTest::newRow("finished among others")
            << QByteArray("741:750:741,745") << quint32(744) << true;
        QTest::newRow("after the numbers began again")
            << QByteArray("4294967300:4294967310:4294967305") << quint32(5) << true;
        QTest::newRow("in progress after they began again")
            << QByteArray("4294967300:4294967310:4294967305") << quint32(9) << false;
        QTest::newRow("before they began again")
            << QByteArray("4294967296:4294967297:") << quint32(4'294'967'290U) << true;
    }
    void includes()
    {
        QFETCH(QByteArray, snapshot);
        QFETCH(quint32, transaction);
        QFETCH(bool, included);
        QCOMPARE(academy::CommitGate::includes(snapshot.toStdString(), transaction), included);
    }
};

QTEST_GUILESS_MAIN(TestCommitGate)
#include "tst_commitgate.moc"

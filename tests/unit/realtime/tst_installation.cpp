// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/Installation.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

class TestInstallation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMachineHasItsOwnAndKeepsIt()
    {
        QTemporaryDir home;
        SeededRandom random {5};
        const auto desk = installationId(home.path(), random, "machine-1");
        QVERIFY(desk.ok() && !QUuid::fromString(desk->toString()).isNull());
        QCOMPARE(*installationId(home.path(), random, "machine-1"), *desk);
        // The same folder on another computer: a cloned disk, a home on the network.
        const auto other = installationId(home.path(), random, "machine-2");
        QVERIFY(other.ok());
        QVERIFY(!(*other == *desk));
        QCOMPARE(*installationId(home.path(), random, "machine-1"), *desk);
        QCOMPARE(*installationId(home.path(), random, "machine-2"), *other);
    }

    void anIdOfNobodyKnowsWhichMachineIsNotUsed()
    {
        QTemporaryDir home;
        QFile file(home.filePath(QStringLiteral("device")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray old = "5c1d7a52-6f0b-4b6e-9a3e-2d9f64c7b8a1";
        file.write(old + "\nnonsense");
        file.close();
        SeededRandom random {5};
        const auto id = installationId(home.path(), random, "machine-1");
        QVERIFY(id.ok());
        QVERIFY(id->toString() != QString::fromLatin1(old));
    }

    void theMachineItselfIsNotWrittenDown()
    {
        QTemporaryDir home;
        SeededRandom random {5};
        QVERIFY(installationId(home.path(), random, "machine-1").ok());
        QFile file(home.filePath(QStringLiteral("device")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("machine-1"));
    }

    void aFolderThatTakesNothingIsAnError()
    {
        SeededRandom random {5};
        const auto id = installationId(QStringLiteral("/proc/nowhere"), random, "machine-1");
        QVERIFY(!id.ok());
        QCOMPARE(id.error().code, QStringLiteral("device_unwritable"));
    }
};

QTEST_GUILESS_MAIN(TestInstallation)
#include "tst_installation.moc"

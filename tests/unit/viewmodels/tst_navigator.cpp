// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/Navigator.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTest>

class TestNavigator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void everyRoleHasItsHome_data()
    {
        QTest::addColumn<int>("role");
        QTest::addColumn<QString>("home");
        QTest::addColumn<QString>("forbidden");
        QTest::newRow("nobody is welcomed") << int(Role::Nobody) << "welcome" << "home";
        QTest::newRow("a guest studies") << int(Role::Guest) << "home" << "sittings";
        QTest::newRow("a student studies") << int(Role::Student) << "home" << "monitor";
        QTest::newRow("a teacher teaches") << int(Role::Teacher) << "sittings" << "exam";
    }
    void everyRoleHasItsHome()
    {
        QFETCH(int, role);
        QFETCH(QString, home);
        QFETCH(QString, forbidden);
        Navigator navigator;
        QAbstractItemModelTester tester(navigator.railTop(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        navigator.setRole(static_cast<Role::Value>(role));
        QCOMPARE(navigator.current().page, home);
        navigator.open(forbidden);
        QCOMPARE(navigator.current().page, home);
    }

    void theWayBackIsRemembered()
    {
        Navigator navigator;
        navigator.setRole(Role::Student);
        navigator.open(QStringLiteral("study"));
        navigator.open(QStringLiteral("review"), QStringLiteral("pack/unit"));
        QCOMPARE(navigator.argument(), QStringLiteral("pack/unit"));
        navigator.back();
        QCOMPARE(navigator.current().page, QStringLiteral("study"));
        navigator.back();
        QCOMPARE(navigator.current().page, QStringLiteral("home"));
        QVERIFY(!navigator.canGoBack());
        navigator.back();
        QCOMPARE(navigator.current().page, QStringLiteral("home"));
    }

    void anotherRoleForgetsTheWay()
    {
        Navigator navigator;
        navigator.setRole(Role::Student);
        navigator.open(QStringLiteral("tutor"));
        navigator.setRole(Role::Teacher);
        QCOMPARE(navigator.current().page, QStringLiteral("sittings"));
        QVERIFY(!navigator.canGoBack());
    }

    void theRailMarksWhereWeAre()
    {
        Navigator navigator;
        navigator.setRole(Role::Guest);
        navigator.open(QStringLiteral("settings"));
        QVERIFY(navigator.railBottom()->find(QStringLiteral("settings"))->current);
        QVERIFY(!navigator.railTop()->find(QStringLiteral("home"))->current);
    }

    void everyPageHasItsFile()
    {
        Navigator navigator;
        for (const Role::Value role : {Role::Nobody, Role::Guest, Role::Student, Role::Teacher}) {
            navigator.setRole(role);
            for (const PageInfo& page : navigator.pages()) {
                const QString file = qEnvironmentVariable("NEOLINGUS_SOURCE_DIR") + QStringLiteral("/qml/pages/") + page.file;
                QVERIFY2(QFile::exists(file), qPrintable(file));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestNavigator)
#include "tst_navigator.moc"

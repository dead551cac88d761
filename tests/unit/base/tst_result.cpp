// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Result.h"

#include <QTest>

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValueOrAnError()
    {
        const Result<int> good = 7;
        QVERIFY(good.ok());
        QCOMPARE(*good, 7);

        const Result<int> bad = Error {ErrorKind::NotFound, QStringLiteral("gone"), {}, {}};
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, QStringLiteral("gone"));
        QCOMPARE(bad.valueOr(3), 3);
    }

    void voidSaysOnlyWhetherItWorked()
    {
        QVERIFY(Result<void>().ok());
        QVERIFY(!Result<void>(Error {}).ok());
    }

    void convertsFromWhatTheValueIsMadeOf()
    {
        const Result<QString> text = QStringLiteral("abc");
        QCOMPARE(text->size(), 3);
    }

    void transientKindsMayBeRetried_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<bool>("isTransient");
        QTest::newRow("offline") << ErrorKind::Offline << true;
        QTest::newRow("timeout") << ErrorKind::Timeout << true;
        QTest::newRow("rate limited") << ErrorKind::RateLimited << true;
        QTest::newRow("server") << ErrorKind::Server << true;
        QTest::newRow("unauthorized") << ErrorKind::Unauthorized << false;
        QTest::newRow("forbidden") << ErrorKind::Forbidden << false;
        QTest::newRow("invalid") << ErrorKind::Invalid << false;
        QTest::newRow("protocol") << ErrorKind::Protocol << false;
        QTest::newRow("storage") << ErrorKind::Storage << false;
    }
    void transientKindsMayBeRetried()
    {
        QFETCH(ErrorKind, kind);
        QTEST(Error({kind, {}, {}, {}}).isTransient(), "isTransient");
        QVERIFY(!errorKindName(kind).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"

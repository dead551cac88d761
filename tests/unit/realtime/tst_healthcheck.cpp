// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/HealthCheck.h"

#include <QTest>

class TestHealthCheck : public QObject
{
    Q_OBJECT

    static QList<ComponentHealth> parts(HealthLevel::Value store, HealthLevel::Value network)
    {
        return {{QStringLiteral("store"), store, {}, {}, {}}, {QStringLiteral("auth"), HealthLevel::Healthy, {}, {}, {}},
            {QStringLiteral("realtime"), network, {}, {}, {}}};
    }

private Q_SLOTS:
    void theWorstPartDecides_data()
    {
        QTest::addColumn<HealthLevel::Value>("store");
        QTest::addColumn<HealthLevel::Value>("network");
        QTest::addColumn<HealthLevel::Value>("expected");
        using L = HealthLevel;
        QTest::newRow("all well") << L::Healthy << L::Healthy << L::Healthy;
        QTest::newRow("a slow network") << L::Healthy << L::Degraded << L::Degraded;
        QTest::newRow("no network: work goes on here") << L::Healthy << L::Unhealthy << L::Degraded;
        QTest::newRow("a slow disk") << L::Degraded << L::Healthy << L::Degraded;
        QTest::newRow("a dead disk") << L::Unhealthy << L::Healthy << L::Unhealthy;
    }
    void theWorstPartDecides()
    {
        QFETCH(HealthLevel::Value, store);
        QFETCH(HealthLevel::Value, network);
        QTEST(HealthCheck::overall(parts(store, network)), "expected");
    }

    void memoryIsMeasured()
    {
        QVERIFY(residentMemory() > 1024 * 1024);
    }
};

QTEST_GUILESS_MAIN(TestHealthCheck)
#include "tst_healthcheck.moc"

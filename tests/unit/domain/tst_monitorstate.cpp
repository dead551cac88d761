// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/MonitorState.h"

#include <QTest>

#include <algorithm>

using namespace std::chrono_literals;

class TestMonitorState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derives_data()
    {
        QTest::addColumn<MonitorFacts>("facts");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* title, MonitorFacts facts, const char* expected) {
            QTest::newRow(title) << facts << QString::fromLatin1(expected);
        };
        const auto writing = [](auto change) {
            MonitorFacts facts;
            facts.attemptState = QStringLiteral("in_progress");
            facts.sinceSeen = 1s;
            change(facts);
            return facts;
        };
        row("no attempt", {}, "not_started");
        row("writing", writing([](auto&) {}), "active");
        row("silent for exactly 15 s", writing([](auto& f) { f.sinceSeen = 15s; }), "active");
        row("silent for more than 15 s", writing([](auto& f) { f.sinceSeen = 15'001ms; }),
            "degraded");
        row("silent for exactly 35 s", writing([](auto& f) { f.sinceSeen = 35s; }), "degraded");
        row("silent for more than 35 s", writing([](auto& f) { f.sinceSeen = 35'001ms; }),
            "offline");
        row("never heard of", writing([](auto& f) { f.sinceSeen.reset(); }), "offline");
        row("answers waiting for 30 s", writing([](auto& f) { f.sinceUnsynced = 30s; }), "active");
        row("answers waiting longer", writing([](auto& f) { f.sinceUnsynced = 31s; }), "degraded");
        row("out of focus", writing([](auto& f) { f.focused = false; }), "attention");
        row("a recent incident", writing([](auto& f) { f.sinceIncident = 5s; }), "attention");
        row("an old incident", writing([](auto& f) { f.sinceIncident = 10min; }), "active");
        row("paused wins over silence", writing([](auto& f) {
            f.paused = true;
            f.sinceSeen = 1h;
        }),
            "paused");
        row("locked wins over paused", writing([](auto& f) { f.paused = f.locked = true; }),
            "locked");
        row("a second device wins over locked",
            writing([](auto& f) { f.locked = f.leaseConflict = true; }), "conflict");
        row("handed in", writing([](auto& f) {
            f.attemptState = QStringLiteral("submitted");
            f.leaseConflict = true;
        }),
            "submitted");
        row("handed in late", writing([](auto& f) {
            f.attemptState = QStringLiteral("submitted");
            f.late = true;
        }),
            "collected_late");
        row("closed without a hand-in",
            writing([](auto& f) { f.attemptState = QStringLiteral("expired"); }), "collected_late");
        row("voided wins over all", writing([](auto& f) {
            f.attemptState = QStringLiteral("voided");
            f.locked = true;
        }),
            "voided");
        row("admitted", writing([](auto& f) { f.attemptState = QStringLiteral("waiting"); }),
            "waiting");
    }
    void derives()
    {
        QFETCH(MonitorFacts, facts);
        QFETCH(QString, expected);
        QCOMPARE(monitorStatusName(deriveMonitorStatus(facts)), expected);
    }

    void thresholdsMustFitTheBeat()
    {
        QVERIFY(MonitorThresholds{}.areValidFor(10s));
        QVERIFY(!MonitorThresholds{}.areValidFor(11s));
        QVERIFY(!(MonitorThresholds{14s, 35s, 30s, 60s}).areValidFor(10s));
        QVERIFY(!(MonitorThresholds{40s, 35s, 30s, 60s}).areValidFor(10s));
    }

    void incidentsComeFirst()
    {
        MonitorFacts calm;
        MonitorFacts incident;
        incident.sinceIncident = 3s;
        QList<std::pair<MonitorOrderKey, QString>> rows{
            {incidentFirst(MonitorStatus::Submitted, incident, QStringLiteral("a")),
                QStringLiteral("done")},
            {incidentFirst(MonitorStatus::Active, calm, QStringLiteral("z")),
                QStringLiteral("active z")},
            {incidentFirst(MonitorStatus::Active, calm, QStringLiteral("b")),
                QStringLiteral("active b")},
            {incidentFirst(MonitorStatus::Offline, calm, QStringLiteral("m")),
                QStringLiteral("offline")},
            {incidentFirst(MonitorStatus::NotStarted, calm, QStringLiteral("c")),
                QStringLiteral("absent")},
            {incidentFirst(MonitorStatus::Locked, incident, QStringLiteral("y")),
                QStringLiteral("incident")},
            {incidentFirst(MonitorStatus::Conflict, calm, QStringLiteral("n")),
                QStringLiteral("conflict")},
        };
        std::ranges::sort(rows, [](const auto& a, const auto& b) { return a.first < b.first; });
        QStringList order;
        for (const auto& entry : rows) {
            order.append(entry.second);
        }
        QCOMPARE(order.join(QLatin1Char(',')),
            QStringLiteral("incident,conflict,offline,active b,active z,absent,done"));
    }
};

QTEST_GUILESS_MAIN(TestMonitorState)
#include "tst_monitorstate.moc"

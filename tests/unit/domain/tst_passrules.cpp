// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/PassRules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

namespace {

using Percents = QMap<QString, Rational>;

/// Five examinations whose rules differ in kind: mean with floors, floors by weight, groups, a tiny
/// floor, modules. Facts from the boards' published rules.
const char* schemesJson = R"({
  "EOI": {"sections": {"CTE": 20, "CTO": 20, "PCTE": 20, "PCTO": 20, "MED": 20},
          "pass": [{"metric": "each-section", "min": 50}, {"metric": "total", "min": 65}]},
  "JQCV": {"sections": {"CE": 10, "EL": 20, "EIE": 45, "EIO": 25},
           "pass": [{"metric": "section", "of": "CE", "min": 20}, {"metric": "section", "of": "EL", "min": 40},
                    {"metric": "section", "of": "EIE", "min": 50}, {"metric": "section", "of": "EIO", "min": 50},
                    {"metric": "total", "min": 60}]},
  "DELE": {"sections": {"CL": 25, "CA": 25, "EE": 25, "EO": 25},
           "groups": {"G1": ["CL", "EE"], "G2": ["CA", "EO"]},
           "pass": [{"metric": "each-group", "min": 60}, {"metric": "total", "min": 60}]},
  "DELF": {"sections": {"CO": 25, "CE": 25, "PE": 25, "PO": 25},
           "pass": [{"metric": "each-section", "min": 20}, {"metric": "total", "min": 50}]},
  "GOETHE": {"modular": true, "sections": {"L": 100, "H": 100, "S": 100, "SP": 100},
             "pass": [{"metric": "each-section", "min": 60}]}
})";

PassScheme scheme(const QString& name)
{
    const QJsonObject all = QJsonDocument::fromJson(schemesJson).object();
    const auto parsed = parsePassScheme(name, all.value(name).toObject());
    Q_ASSERT(parsed.ok());
    return *parsed;
}

} // namespace
Q_DECLARE_METATYPE(Rational)

class TestPassRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Percents>("percents");
        QTest::addColumn<bool>("passes");
        const auto row = [](const char* title, const char* name, Percents percents, bool passes) {
            QTest::newRow(title) << QString::fromLatin1(name) << percents << passes;
        };
        const auto k = [](const char* key) { return QString::fromLatin1(key); };
        row("EOI: mean exactly 65, nothing under 50", "EOI",
            {{k("CTE"), 70}, {k("CTO"), 70}, {k("PCTE"), 65}, {k("PCTO"), 60}, {k("MED"), 60}},
            true);
        row("EOI: mean 64", "EOI",
            {{k("CTE"), 64}, {k("CTO"), 64}, {k("PCTE"), 64}, {k("PCTO"), 64}, {k("MED"), 64}},
            false);
        row("EOI: one activity under 50", "EOI",
            {{k("CTE"), 90}, {k("CTO"), 90}, {k("PCTE"), 90}, {k("PCTO"), 90}, {k("MED"), 49}},
            false);
        row("DELF: 66 of 100 but speaking 4 of 25", "DELF",
            {{k("CO"), 84}, {k("CE"), 88}, {k("PE"), 76}, {k("PO"), 16}}, false);
        row("DELF: exactly 5 of 25 and 50 of 100", "DELF",
            {{k("CO"), 20}, {k("CE"), 60}, {k("PE"), 60}, {k("PO"), 60}}, true);
        row("DELE: second group at 59", "DELE",
            {{k("CL"), 100}, {k("CA"), 58}, {k("EE"), 100}, {k("EO"), 60}}, false);
        row("JQCV: exactly 60 by weights", "JQCV",
            {{k("CE"), 20}, {k("EL"), 40}, {k("EIE"), 70}, {k("EIO"), 74}}, true);
        row("JQCV: writing under 50", "JQCV",
            {{k("CE"), 100}, {k("EL"), 100}, {k("EIE"), 49}, {k("EIO"), 100}}, false);
        row("Goethe: one module under 60", "GOETHE",
            {{k("L"), 60}, {k("H"), 60}, {k("S"), 60}, {k("SP"), 59}}, false);
        row("a mean just under 65 is not rounded up", "EOI",
            {{k("CTE"), 70}, {k("CTO"), 70}, {k("PCTE"), 65}, {k("PCTO"), 60},
                {k("MED"), Rational(59'999'999'999LL, 1'000'000'000LL)}},
            false);
        row("thirds that sum to the limit pass", "DELF",
            {{k("CO"), Rational(100, 3)}, {k("CE"), Rational(200, 3)}, {k("PE"), 50},
                {k("PO"), 50}},
            true);
    }
    void judges()
    {
        QFETCH(QString, name);
        QFETCH(Percents, percents);
        QFETCH(bool, passes);
        const PassVerdict verdict = judge(scheme(name), percents);
        QVERIFY(verdict.complete);
        QCOMPARE(verdict.passed, passes);
    }

    void namesWhatWasMissed()
    {
        const PassVerdict verdict = judge(scheme(QStringLiteral("DELE")),
            {{QStringLiteral("CL"), 100}, {QStringLiteral("CA"), 58}, {QStringLiteral("EE"), 100},
                {QStringLiteral("EO"), 60}});
        const auto missed
            = std::ranges::find_if(verdict.findings, [](const PassFinding& f) { return !f.met; });
        QVERIFY(missed != verdict.findings.end());
        QCOMPARE(missed->of, QStringLiteral("G2"));
        QCOMPARE(*missed->percent, Rational(59));
    }

    void aMissingSectionNeverPasses()
    {
        const PassVerdict verdict = judge(scheme(QStringLiteral("DELF")),
            {{QStringLiteral("CO"), 100}, {QStringLiteral("CE"), 100},
                {QStringLiteral("PE"), 100}});
        QVERIFY(!verdict.complete);
        QVERIFY(!verdict.passed);
        QVERIFY(!verdict.total);
    }

    void modulesAreCollected()
    {
        const PassVerdict verdict = judge(scheme(QStringLiteral("GOETHE")),
            {{QStringLiteral("L"), 60}, {QStringLiteral("H"), 100}, {QStringLiteral("S"), 59}});
        QVERIFY(!verdict.passed);
        QCOMPARE(verdict.passedModules, QStringList({QStringLiteral("H"), QStringLiteral("L")}));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("no sections") << QByteArray(R"({"pass":[{"metric":"total","min":50}]})");
        QTest::newRow("a weight of zero")
            << QByteArray(R"({"sections":{"A":0},"pass":[{"metric":"total","min":5}]})");
        QTest::newRow("a rule for no section") << QByteArray(
            R"({"sections":{"A":1},"pass":[{"metric":"section","of":"B","min":50}]})");
        QTest::newRow("a group of no section") << QByteArray(
            R"({"sections":{"A":1},"groups":{"G":["B"]},"pass":[{"metric":"total","min":50}]})");
        QTest::newRow("an unknown metric")
            << QByteArray(R"({"sections":{"A":1},"pass":[{"metric":"mood","min":50}]})");
        QTest::newRow("a minimum over 100")
            << QByteArray(R"({"sections":{"A":1},"pass":[{"metric":"total","min":101}]})");
        QTest::newRow("a minimum that is text")
            << QByteArray(R"({"sections":{"A":1},"pass":[{"metric":"total","min":"50"}]})");
        QTest::newRow("no rules") << QByteArray(R"({"sections":{"A":1},"pass":[]})");
    }
    void refuses()
    {
        QFETCH(QByteArray, json);
        const auto parsed
            = parsePassScheme(QStringLiteral("x"), QJsonDocument::fromJson(json).object());
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().code, QStringLiteral("scheme_malformed"));
    }
};

QTEST_GUILESS_MAIN(TestPassRules)
#include "tst_passrules.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/Comparison.h"

#include <QTest>

/// The judge of the evening must be able to say no.
class TestComparison : public QObject
{
    Q_OBJECT

    static QJsonObject local(const char* id, int seq, const char* body)
    {
        return {{QStringLiteral("op_id"), QString::fromLatin1(id)}, {QStringLiteral("seq"), seq},
            {QStringLiteral("item"), QStringLiteral("q1")}, {QStringLiteral("kind"), QStringLiteral("answer")},
            {QStringLiteral("body"), QString::fromUtf8(body)}};
    }
    static QJsonObject school(const char* id, int seq, const char* body)
    {
        QJsonObject op = local(id, seq, body);
        op.insert(QStringLiteral("item_id"), op.take(QStringLiteral("item")));
        op.insert(QStringLiteral("branch"), QStringLiteral("main"));
        return op;
    }
    static PaperTrail good()
    {
        return {QStringLiteral("ana"), {{QStringLiteral("q1"), QJsonObject {{QStringLiteral("text"), QStringLiteral("ab")}}}},
            {local("1", 1, "{\"text\":\"a\"}"), local("2", 2, "{\"text\":\"ab\"}")},
            {school("1", 1, "{\"text\":\"a\"}"), school("2", 2, "{\"text\":\"ab\"}")}};
    }

private Q_SLOTS:
    void equalSidesAreEqual()
    {
        const Comparison result = compare(good());
        QCOMPARE(result.localOps, 2);
        QCOMPARE(result.lost + result.duplicated + result.mismatched, 0);
        QVERIFY(result.charactersCompared > 0);
    }

    void aMissingOperationIsLost()
    {
        PaperTrail trail = good();
        trail.schoolOps.removeLast();
        const Comparison result = compare(trail);
        QCOMPARE(result.lost, 1);
        QCOMPARE(result.mismatched, 1);
    }

    void aDoubledOperationIsSeen()
    {
        PaperTrail trail = good();
        trail.schoolOps.append(trail.schoolOps.last());
        QCOMPARE(compare(trail).duplicated, 1);
    }

    void anInventedOperationIsSeen()
    {
        PaperTrail trail = good();
        trail.schoolOps.append(school("9", 3, "{\"text\":\"ab\"}"));
        QCOMPARE(compare(trail).duplicated, 1);
    }

    void oneWrongCharacterIsSeen()
    {
        PaperTrail trail = good();
        trail.typed.insert(QStringLiteral("q1"), QJsonObject {{QStringLiteral("text"), QStringLiteral("ac")}});
        QCOMPARE(compare(trail).mismatched, 1);
        QCOMPARE(compare(trail).differences.size(), 1);
    }

    void aTypedAnswerThatNobodyKeptIsSeen()
    {
        PaperTrail trail = good();
        trail.typed.insert(QStringLiteral("q2"), QJsonObject {{QStringLiteral("value"), true}});
        QCOMPARE(compare(trail).mismatched, 1);
    }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"

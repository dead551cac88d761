// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/PostgrestQuery.h"

#include <QTest>
#include <QUrl>

class TestPostgrestQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingTogether()
    {
        const auto query
            = PostgrestQuery(QStringLiteral("attempts"))
                  .select(QStringLiteral("id,sitting:sittings(title)"))
                  .eq(QStringLiteral("student_id"), QStringLiteral("a b"))
                  .gte(QStringLiteral("updated_at"), QStringLiteral("2026-11-23T08:00:00+02:00"))
                  .isNull(QStringLiteral("submitted_at"))
                  .isNotNull(QStringLiteral("lease"))
                  .in(QStringLiteral("state"),
                      {QStringLiteral("open"), QStringLiteral("a,b"), QStringLiteral("q\"\\")})
                  .anyOf(QStringLiteral("a.eq.1,b.is.null"))
                  .orderBy(QStringLiteral("updated_at"), false)
                  .orderBy(QStringLiteral("id"))
                  .limit(10)
                  .offset(20);
        const QByteArray text = query.pathAndQuery();
        QVERIFY(query.hasFilter());
        QVERIFY(!text.contains('+'));
        QVERIFY(text.contains("updated_at=gte.2026-11-23T08%3A00%3A00%2B02%3A00"));
        QCOMPARE(QByteArray::fromPercentEncoding(text),
            QByteArray(
                "attempts?select=id,sitting:sittings(title)&student_id=eq.a b"
                "&updated_at=gte.2026-11-23T08:00:00+02:00&submitted_at=is.null&lease=not.is.null"
                "&state=in.(open,\"a,b\",\"q\\\"\\\\\")&or=(a.eq.1,b.is.null)&limit=10&offset=20"
                "&order=updated_at.desc,id.asc"));
    }

    void aTableAloneHasNoQuery()
    {
        QCOMPARE(PostgrestQuery(QStringLiteral("courses")).pathAndQuery(), QByteArray("courses"));
        QVERIFY(!PostgrestQuery(QStringLiteral("courses")).limit(1).hasFilter());
    }

    void anyValueSurvivesAUrl_data()
    {
        QTest::addColumn<QString>("value");
        for (const char* value :
            {"a+b", "50%", "x&y=z", "#?/", "é€", "a.b,c", "(x)", "\"", "*", " lead", ""}) {
            QTest::newRow(value) << QString::fromUtf8(value);
        }
    }
    void anyValueSurvivesAUrl()
    {
        QFETCH(QString, value);
        const QByteArray text
            = PostgrestQuery(QStringLiteral("t")).eq(QStringLiteral("c"), value).pathAndQuery();
        const QByteArray sent = QUrl::fromEncoded("http://h/" + text).toEncoded();
        QCOMPARE(sent, "http://h/" + text);
        QCOMPARE(
            QString::fromUtf8(QByteArray::fromPercentEncoding(sent.mid(qstrlen("http://h/t?c=")))),
            QStringLiteral("eq.") + value);
    }

    void quotingOnlyWhereNeeded()
    {
        QCOMPARE(PostgrestQuery::quoted(QStringLiteral("plain-1")), QStringLiteral("plain-1"));
        QCOMPARE(PostgrestQuery::quoted(QString()), QStringLiteral("\"\""));
        QCOMPARE(PostgrestQuery::quoted(QStringLiteral("a b")), QStringLiteral("\"a b\""));
        QCOMPARE(PostgrestQuery::quoted(QStringLiteral("(x")), QStringLiteral("\"(x\""));
    }
};

QTEST_GUILESS_MAIN(TestPostgrestQuery)
#include "tst_postgrestquery.moc"

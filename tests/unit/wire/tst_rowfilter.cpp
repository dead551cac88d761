// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/ChangeFilter.h"

#include "wire/Json.h"

#include <QTest>

using Op = ChangeFilter::Op;

class TestRowFilter : public QObject
{
    Q_OBJECT

    static ChangeEvent::Row row(const QByteArray& json)
    {
        PhoenixMessage message;
        message.payloadText = R"({"ids":[],"data":{"schema":"s","table":"t","type":"INSERT","commit_timestamp":null,"record":)"
            + json + "}}";
        message.payload = *parseJson(message.payloadText);
        return decodeChange(message)->record;
    }

private Q_SLOTS:
    void textsAreReadAndWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("conditions");
        QTest::addColumn<bool>("classic");
        const auto row = [](const char* text, int conditions, bool classic) {
            QTest::newRow(text) << QString::fromLatin1(text) << conditions << classic;
        };
        row("", 0, true);
        row("user_id=eq.u1", 1, true);
        row("at=gte.2026-11-23T08:00:00.5+00:00", 1, true);
        row("id=in.(1,2,3)", 1, true);
        row("id=in.()", 1, true);
        row("name=in.(a,\"b,c\",\"d\\\"e\")", 1, true);
        row("a=gt.1,b=lte.5", 2, false);
        row("a=not.eq.1", 1, false);
        row("a=is.null", 1, false);
        row("a=like.%x%,b=ilike.X_,c=match.^a,d=imatch.b$,e=isdistinct.1,f=neq.2,g=lt.3", 7, false);
        row("a=eq.\"x,y\",b=eq.\" z\"", 2, false);
    }
    void textsAreReadAndWritten()
    {
        QFETCH(QString, text);
        QFETCH(int, conditions);
        QFETCH(bool, classic);
        const Result<ChangeFilter> filter = ChangeFilter::parse(text);
        QVERIFY(filter.ok());
        QCOMPARE(filter->conditions().size(), conditions);
        QCOMPARE(filter->isClassic(), classic);
        QCOMPARE(filter->text(), text);
    }

    void whatIsNoFilterIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"a", "a=", "a=eq", "=eq.1", "a=EQ.1", "a=cs.{x}", "or=(a.eq.1)", "a=eq.\"x",
                 "a=in.1,2", "a=in.(1", "a=eq.1,,b=eq.2",
                 "a\"b=gt.1,c\"d=eq.2", "(a)=eq.1", "a\\b=eq.1"}) {
            QTest::newRow(text) << QString::fromLatin1(text);
        }
    }
    void whatIsNoFilterIsRefused()
    {
        QFETCH(QString, text);
        QCOMPARE(ChangeFilter::parse(text).error().code, QStringLiteral("filter_invalid"));
    }

    void valuesOfPeopleStayValues()
    {
        const QString nasty = QStringLiteral("x\",id=eq.1,(y)\\");
        const ChangeFilter filter = ChangeFilter().eq(QStringLiteral("name"), nasty);
        const Result<ChangeFilter> again = ChangeFilter::parse(filter.text());
        QVERIFY(again.ok());
        QCOMPARE(again->conditions().size(), 1);
        QCOMPARE(again->conditions().first().value, nasty);
        const ChangeFilter list = ChangeFilter().in(QStringLiteral("n"), {nasty, QString(), QStringLiteral("z")});
        QCOMPARE(*ChangeFilter::parse(list.text()), list);
    }

    void rowsMatchAsTheServerWouldSay_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* filter, bool matches) {
            QTest::newRow(filter) << QString::fromLatin1(filter) << matches;
        };
        row("n=eq.5", true);
        row("n=eq.5.0", true);
        row("n=neq.5", false);
        row("n=lt.10", true); // as numbers, not as text
        row("n=gte.6", false);
        row("big=eq.9223372036854775807", true);
        row("big=gt.9223372036854775806", true);
        row("s=eq.Hello", true);
        row("s=lt.Hf", true);
        row("s=in.(a,Hello)", true);
        row("s=in.()", false);
        row("s=like.H%o", true);
        row("s=like.h%o", false);
        row("s=ilike.h_llo", true);
        row("s=match.^H.*o$", true);
        row("s=imatch.^h", true);
        row("s=match.[", false);
        row("b=eq.true", true);
        row("b=eq.t", true);
        row("b=is.true", true);
        row("b=is.false", false);
        row("nothing=is.null", true);
        row("s=is.null", false);
        row("s=not.is.null", true);
        row("nothing=eq.1", false);
        row("nothing=neq.1", false); // null is neither
        row("nothing=not.eq.1", false);
        row("nothing=isdistinct.1", true);
        row("n=isdistinct.5", false);
        row("n=not.eq.6", true);
        row("at=gt.2026-11-23T09:30:00+02:00", true); // by instant
        row("n=eq.5,s=eq.Hello,b=is.true", true);
        row("n=eq.5,s=eq.World", false);
        row("absent=eq.1", true); // not sent, so not known
    }
    void rowsMatchAsTheServerWouldSay()
    {
        QFETCH(QString, filter);
        QFETCH(bool, matches);
        const ChangeEvent::Row held = row(
            R"({"n":5,"big":9223372036854775807,"s":"Hello","b":true,"nothing":null,"at":"2026-11-23T08:00:00+00:00"})");
        QCOMPARE(ChangeFilter::parse(filter)->matches(held), matches);
    }

    void oldServersGetTheFirstPlainCondition()
    {
        const Result<ChangeFilter> filter = ChangeFilter::parse(QStringLiteral("a=is.null,b=eq.1,c=gt.2"));
        QCOMPARE(filter->classicPart().text(), QStringLiteral("b=eq.1"));
        QVERIFY(ChangeFilter::parse(QStringLiteral("a=not.eq.1"))->classicPart().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRowFilter)
#include "tst_rowfilter.moc"

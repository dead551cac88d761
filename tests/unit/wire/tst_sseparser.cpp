// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/SseParser.h"

#include <QTest>

namespace {

using Events = QList<SseEvent>;

SseEvent message(const char* data, const char* id = "", const char* event = "message")
{
    return {event, data, id};
}

Events parse(const QList<QByteArray>& pieces)
{
    SseParser parser;
    Events events;
    for (const QByteArray& piece : pieces) {
        events.append(parser.feed(piece).value());
    }
    return events;
}

} // namespace

Q_DECLARE_METATYPE(SseEvent)

class TestSseParser : public QObject
{
    Q_OBJECT

    static void streams()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<Events>("events");
        QTest::newRow("one event") << QByteArray("data: hi\n\n") << Events{message("hi")};
        QTest::newRow("without the space") << QByteArray("data:hi\n\n") << Events{message("hi")};
        QTest::newRow("only one space goes")
            << QByteArray("data:  hi \n\n") << Events{message(" hi ")};
        QTest::newRow("several lines")
            << QByteArray("data: a\ndata: b\n\n") << Events{message("a\nb")};
        QTest::newRow("CRLF") << QByteArray("data: a\r\ndata: b\r\n\r\n")
                              << Events{message("a\nb")};
        QTest::newRow("CR alone") << QByteArray("data: a\r\rdata: b\r\r")
                                  << Events{message("a"), message("b")};
        QTest::newRow("mixed ends")
            << QByteArray("data: a\r\n\ndata: b\n\r\n") << Events{message("a"), message("b")};
        QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF"
                                           "data: a\n\n")
                             << Events{message("a")};
        QTest::newRow("half a BOM is a field nobody knows") << QByteArray("\xEF\xBB"
                                                                          "data: a\n\ndata: b\n\n")
                                                            << Events{message("b")};
        QTest::newRow("a second BOM is not one") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF"
                                                               "data: a\n\n")
                                                 << Events{};
        QTest::newRow("comments") << QByteArray(": ping\n\n:\ndata: a\n: more\n\n")
                                  << Events{message("a")};
        QTest::newRow("named") << QByteArray("event: add\ndata: 1\n\ndata: 2\n\n")
                               << Events{message("1", "", "add"), message("2")};
        QTest::newRow("a name without data is nothing")
            << QByteArray("event: add\n\ndata: 2\n\n") << Events{message("2")};
        QTest::newRow("ids stay") << QByteArray("id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n")
                                  << Events{message("a", "7"), message("b", "7"), message("c")};
        QTest::newRow("an id with a zero byte is ignored")
            << QByteArray("id: a\0b\ndata: x\n\n", 18) << Events{message("x")};
        QTest::newRow("empty data is an event")
            << QByteArray("data\n\ndata:\ndata\n\n") << Events{message(""), message("\n")};
        QTest::newRow("unknown fields")
            << QByteArray("foo: 1\ndata: a\nbar\n\n") << Events{message("a")};
        QTest::newRow("field names are exact") << QByteArray("Data: a\n data: b\n\n") << Events{};
        QTest::newRow("colons in the value")
            << QByteArray("data: {\"a\":\"b: c\"}\n\n") << Events{message("{\"a\":\"b: c\"}")};
        QTest::newRow("cut at the end")
            << QByteArray("data: a\n\ndata: b\n") << Events{message("a")};
        QTest::newRow("UTF-8") << QByteArray("data: \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\n\n")
                               << Events{message("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80")};
        QTest::newRow("blank lines")
            << QByteArray("\n\r\n\r\ndata: a\n\n\n\n") << Events{message("a")};
    }

private Q_SLOTS:
    void wholeStreams_data() { streams(); }
    void wholeStreams()
    {
        QFETCH(QByteArray, stream);
        QFETCH(Events, events);
        QCOMPARE(parse({stream}), events);
    }

    void everyCutGivesTheSame_data() { streams(); }
    void everyCutGivesTheSame()
    {
        QFETCH(QByteArray, stream);
        QFETCH(Events, events);
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            QCOMPARE(parse({stream.first(cut), stream.sliced(cut)}), events);
        }
        QList<QByteArray> bytes;
        for (const char byte : std::as_const(stream)) {
            bytes.append(QByteArray(1, byte));
        }
        QCOMPARE(parse(bytes), events);
    }

    void retryIsDigitsOnly()
    {
        SseParser parser;
        parser.feed("retry: 12x\nretry: \nretry: -5\n").value();
        QVERIFY(!parser.retry());
        parser.feed("retry: 1500\n").value();
        QCOMPARE(parser.retry(), std::chrono::milliseconds(1500));
        parser.feed("retry: 99999999999999999999999\n").value();
        QCOMPARE(parser.retry(), std::chrono::milliseconds(1500));
    }

    void anUnfinishedEventIsVisible()
    {
        SseParser parser;
        QVERIFY(!parser.isInsideEvent());
        parser.feed("data: a\n").value();
        QVERIFY(parser.isInsideEvent());
        parser.feed("\n").value();
        QVERIFY(!parser.isInsideEvent());
    }

    void anEndlessLineIsRefused()
    {
        SseParser parser;
        const QByteArray block(1024 * 1024, 'x');
        for (int i = 0; i < 8; ++i) {
            QVERIFY(parser.feed(block).ok());
        }
        const auto result = parser.feed(block);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, QStringLiteral("sse_too_large"));
        QVERIFY(!parser.feed("\n\n").ok());
    }

    void anEndlessEventIsRefused()
    {
        SseParser parser;
        const QByteArray line = "data: " + QByteArray(1024 * 1024, 'x') + '\n';
        bool ok = true;
        for (int i = 0; i < 9 && ok; ++i) {
            ok = parser.feed(line).ok();
        }
        QVERIFY(!ok);
    }
};

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_sseparser.moc"

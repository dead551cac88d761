// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/WebSocketFrames.h"

#include <QTest>

#include <cstring>

namespace {

constexpr qsizetype Largest = 200'000;

/// A frame as a server writes it; `first` is the first byte.
QByteArray frame(int first, const QByteArray& payload)
{
    QByteArray bytes(1, char(first));
    if (payload.size() < 126) {
        bytes.append(char(payload.size()));
    } else if (payload.size() < 65'536) {
        bytes.append(char(126)).append(char(payload.size() >> 8)).append(char(payload.size()));
    } else {
        bytes.append(char(127));
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes.append(char(quint64(payload.size()) >> shift));
        }
    }
    return bytes + payload;
}

/// What was read, one line for each event, and how it ended.
struct Story
{
    QByteArrayList lines;
    int failure = 0;

    bool operator==(const Story&) const = default;
};

QByteArray lineOf(const WebSocketEvent& event)
{
    QByteArray shown = event.bytes.toByteArray();
    if (shown.size() > 40) {
        shown = QByteArray::number(shown.size()) + " bytes of " + shown.front();
    }
    switch (event.kind) {
    case WebSocketKind::Text:
        return "text " + shown;
    case WebSocketKind::Binary:
        return "binary " + shown;
    case WebSocketKind::Ping:
        return "ping " + shown;
    case WebSocketKind::Pong:
        return "pong " + shown;
    case WebSocketKind::Close:
        break;
    }
    return "close " + QByteArray::number(event.code) + ' ' + shown;
}

void readOn(WebSocketDecoder& in, Story& story)
{
    while (const auto event = in.next()) {
        story.lines.append(lineOf(*event));
    }
    story.failure = in.failure();
}

/// In reads of at most `step` bytes, the first of at most `first`.
Story read(QByteArrayView bytes, qsizetype first, qsizetype step)
{
    WebSocketDecoder in(Largest);
    Story story;
    for (qsizetype size = first; !bytes.isEmpty(); size = step) {
        const std::span<char> room = in.room();
        const qsizetype some = std::min({size, bytes.size(), qsizetype(room.size())});
        std::memcpy(room.data(), bytes.data(), size_t(some));
        in.took(some);
        bytes = bytes.sliced(some);
        readOn(in, story);
    }
    return story;
}

QByteArray goodbye(int code, const QByteArray& reason = {})
{
    return QByteArray().append(char(code >> 8)).append(char(code)) + reason;
}

} // namespace

class TestWebSocketFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAServerSends_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<int>("failure");
        const QByteArrayList none;

        QTest::newRow("nothing") << QByteArray() << none << 0;
        QTest::newRow("a text") << QByteArray::fromHex("8105") + "Hello" << QByteArrayList{"text Hello"} << 0;
        QTest::newRow("an empty text") << frame(0x81, {}) << QByteArrayList{"text "} << 0;
        QTest::newRow("two") << frame(0x81, "a") + frame(0x82, "b") << QByteArrayList{"text a", "binary b"} << 0;
        QTest::newRow("characters of every length")
            << frame(0x81, "a\u00e9\u20ac\U0001f600") << QByteArrayList{"text a\u00e9\u20ac\U0001f600"} << 0;
        for (const int size : {125, 126, 127, 300}) {
            QTest::addRow("%d bytes", size)
                << frame(0x82, QByteArray(size, 'b'))
                << QByteArrayList{"binary " + QByteArray::number(size) + " bytes of b"} << 0;
        }
        QTest::newRow("a message in pieces")
            << frame(0x01, "He") + frame(0x00, "") + frame(0x00, "ll") + frame(0x80, "o") + frame(0x81, "!")
            << QByteArrayList{"text Hello", "text !"} << 0;
        QTest::newRow("bytes in pieces") << frame(0x02, QByteArray("\0\xff", 2)) + frame(0x80, "\xfe")
                                         << QByteArrayList{QByteArray("binary \0\xff\xfe", 10)} << 0;
        QTest::newRow("a character in two pieces")
            << frame(0x01, "\xc3") + frame(0x80, "\xa9") << QByteArrayList{"text \u00e9"} << 0;
        QTest::newRow("control frames between pieces")
            << frame(0x01, "a") + frame(0x89, "1") + frame(0x00, "b") + frame(0x8a, "2") + frame(0x80, "c")
            << QByteArrayList{"ping 1", "pong 2", "text abc"} << 0;
        QTest::newRow("the longest ping")
            << frame(0x89, QByteArray(125, 'p')) << QByteArrayList{"ping 125 bytes of p"} << 0;
        QTest::newRow("a goodbye without a code")
            << frame(0x88, {}) + frame(0x81, "late") << QByteArrayList{"close 1005 "} << 0;
        QTest::newRow("a goodbye with its reason")
            << frame(0x88, goodbye(1001, "restart")) << QByteArrayList{"close 1001 restart"} << 0;
        QTest::newRow("a goodbye between pieces")
            << frame(0x01, "a") + frame(0x88, goodbye(1000)) << QByteArrayList{"close 1000 "} << 0;
        for (const int code : {1000, 1003, 1007, 1012, 1014, 3000, 4999}) {
            QTest::addRow("goodbye %d", code)
                << frame(0x88, goodbye(code)) << QByteArrayList{"close " + QByteArray::number(code) + ' '} << 0;
        }
        for (const int code : {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535}) {
            QTest::addRow("nobody says %d", code) << frame(0x88, goodbye(code)) << none << 1002;
        }
        QTest::newRow("half a code") << frame(0x88, "\x03") << none << 1002;
        QTest::newRow("a reason that is no text") << frame(0x88, goodbye(1000, "\xff")) << none << 1007;

        for (const int first : {0xc1, 0xa1, 0x91, 0xf1, 0xc9, 0x51}) {
            QTest::addRow("reserved bits %02x", first) << frame(first, "a") << none << 1002;
        }
        for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            QTest::addRow("opcode %d", opcode) << frame(0x80 | opcode, "a") << none << 1002;
        }
        QTest::newRow("a masked frame") << QByteArray::fromHex("818137fa213d7f") << none << 1002;
        QTest::newRow("a ping in pieces") << frame(0x09, "a") << none << 1002;
        QTest::newRow("a ping that is too long") << frame(0x89, QByteArray(126, 'p')) << none << 1002;
        QTest::newRow("a goodbye that is too long")
            << frame(0x88, goodbye(1000, QByteArray(124, 'r'))) << none << 1002;
        QTest::newRow("a piece of nothing") << frame(0x80, "a") << none << 1002;
        QTest::newRow("a message inside another")
            << frame(0x01, "a") + frame(0x81, "b") << none << 1002;
        QTest::newRow("two bytes for a short length") << QByteArray::fromHex("817e007d") << none << 1002;
        QTest::newRow("eight bytes for a middling length")
            << QByteArray::fromHex("817f000000000000ffff") << none << 1002;
        QTest::newRow("a length below zero") << QByteArray::fromHex("817fffffffffffffffff") << none << 1002;
        QTest::newRow("a length nobody takes") << QByteArray::fromHex("827f0000000000030d41") << none << 1009;
        QTest::newRow("an endless length") << QByteArray::fromHex("827f7fffffffffffffff") << none << 1009;

        QTest::newRow("text that is none") << frame(0x81, "a") + frame(0x81, "\xc3(") << QByteArrayList{"text a"} << 1007;
        QTest::newRow("a character cut off") << frame(0x81, "\xe2\x82") << none << 1007;
        QTest::newRow("half of a pair") << frame(0x81, "\xed\xa0\x80") << none << 1007;
        QTest::newRow("a character written too long") << frame(0x81, "\xc0\x80") << none << 1007;
        QTest::newRow("beyond the last character") << frame(0x81, "\xf4\x90\x80\x80") << none << 1007;
        QTest::newRow("text in pieces that is none") << frame(0x01, "a\xff") + frame(0x80, "b") << none << 1007;
    }
    void whatAServerSends()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, lines);
        QFETCH(int, failure);
        const Story expected{lines, failure};
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const Story story = read(bytes, std::max<qsizetype>(cut, 1), bytes.size());
            QCOMPARE(story.lines, expected.lines);
            QCOMPARE(story.failure, expected.failure);
        }
        for (const qsizetype step : {1, 2, 3, 7}) {
            QVERIFY(read(bytes, step, step) == expected);
        }
    }

    /// Also those of more than one read, and those between two buffers.
    void messagesOfEverySizeInARow()
    {
        QByteArray bytes;
        QByteArrayList lines;
        for (const int size : {0, 1, 1'000, 60'000, 5'000, 65'535, 65'536, 131'071, 200'000, 3}) {
            const QByteArray payload(size, 'a');
            bytes += frame(0x81, payload) + frame(0x8a, {}) + frame(0x82, "x") + frame(0x89, {});
            lines << lineOf({WebSocketKind::Text, payload, 0}) << "pong " << "binary x" << "ping ";
        }
        for (const qsizetype step : {qsizetype(1'460), qsizetype(65'536), qsizetype(7'777), bytes.size()}) {
            const Story story = read(bytes, step, step);
            QCOMPARE(story.failure, 0);
            QCOMPARE(story.lines, lines);
        }
    }

    void piecesTogetherAreLimitedToo()
    {
        QByteArray bytes = frame(0x02, QByteArray(100'000, 'a')) + frame(0x00, QByteArray(100'000, 'b'));
        const Story whole = read(bytes + frame(0x80, {}), 4'096, 4'096);
        QCOMPARE(whole.lines, QByteArrayList{"binary 200000 bytes of a"});
        QCOMPARE(read(bytes + frame(0x80, "c"), 4'096, 4'096), (Story{{}, 1009}));
    }

    /// What was only announced takes no memory, and what was large gives it back.
    void memoryIsTakenWhenItIsNeeded()
    {
        WebSocketDecoder in(1'000'000'000);
        const QByteArray announced = QByteArray::fromHex("827f000000003b9aca00");
        std::span<char> room = in.room();
        std::memcpy(room.data(), announced.data(), size_t(announced.size()));
        in.took(announced.size());
        QVERIFY(!in.next());
        QCOMPARE(in.failure(), 0);
        QVERIFY(qsizetype(in.room().size()) <= 2 * WebSocketDecoder::ReadSize);
    }

    void whatAClientSends_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("a text") << 1 << QByteArray("Hello") << QByteArray::fromHex("8185");
        QTest::newRow("nothing") << 2 << QByteArray() << QByteArray::fromHex("8280");
        QTest::newRow("125 bytes") << 10 << QByteArray(125, 'x') << QByteArray::fromHex("8afd");
        QTest::newRow("126 bytes") << 1 << QByteArray(126, 'x') << QByteArray::fromHex("81fe007e");
        QTest::newRow("65535 bytes") << 1 << QByteArray(65'535, 'x') << QByteArray::fromHex("81feffff");
        QTest::newRow("65536 bytes") << 2 << QByteArray(65'536, 'x') << QByteArray::fromHex("82ff0000000000010000");
    }
    void whatAClientSends()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, head);
        const std::array<char, 4> mask{0x37, char(0xfa), 0x21, 0x3d};
        const QByteArray sent = webSocketFrame(WebSocketKind(kind), payload, mask);
        QCOMPARE(sent.first(head.size()), head);
        QCOMPARE(sent.sliced(head.size(), 4), QByteArray(mask.data(), 4));
        QByteArray unmasked = sent.sliced(head.size() + 4);
        for (qsizetype i = 0; i < unmasked.size(); ++i) {
            unmasked[i] = char(unmasked.at(i) ^ mask[size_t(i % 4)]);
        }
        QCOMPARE(unmasked, payload);
    }
    /// The masked "Hello" of RFC 6455, 5.7.
    void theExampleOfTheStandard()
    {
        QCOMPARE(webSocketFrame(WebSocketKind::Text, "Hello", {0x37, char(0xfa), 0x21, 0x3d}),
            QByteArray::fromHex("818537fa213d7f9f4d5158"));
    }

    void ourGoodbye()
    {
        QCOMPARE(webSocketGoodbye(1000), QByteArray::fromHex("03e8"));
        QCOMPARE(webSocketGoodbye(1005), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestWebSocketFrames)
#include "tst_websocketframes.moc"

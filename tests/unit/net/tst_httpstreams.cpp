// SPDX-License-Identifier: GPL-3.0-or-later
#include "RawServer.h"
#include "net/QtHttpStreams.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

/// What one stream said, in order.
struct Story
{
    explicit Story(HttpStream* stream)
    {
        QObject::connect(
            stream, &HttpStream::started, stream, [this](int code, const HttpHeaders&) {
                status = code;
                ++starts;
            });
        QObject::connect(stream, &HttpStream::bytes, stream,
            [this](const QByteArray& chunk) { chunks.append(chunk); });
        QObject::connect(stream, &HttpStream::finished, stream, [this] { ++ends; });
        QObject::connect(stream, &HttpStream::failed, stream, [this](const Error& e) {
            error = e;
            ++ends;
        });
    }
    QByteArray text() const { return chunks.join(); }

    int status = 0;
    int starts = 0;
    int ends = 0;
    QList<QByteArray> chunks;
    std::optional<Error> error;
};

HttpRequest get(const QUrl& url, std::chrono::milliseconds timeout = 5s)
{
    return {"GET", url, {}, {}, timeout};
}

} // namespace

class TestHttpStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void piecesArriveAsTheyAreSent()
    {
        RawServer server;
        QtHttpStreams streams;
        QObject parent;
        Story story(streams.open(get(server.url()), &parent));
        QCOMPARE(story.starts, 0);
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        QTRY_COMPARE(story.status, 200);
        server.write(0, "data: a\n\n");
        QTRY_COMPARE(story.text(), QByteArray("data: a\n\n"));
        server.write(0, "data: b\n\n");
        QTRY_COMPARE(story.chunks.size(), 2);
        server.socket(0)->disconnectFromHost();
        QTRY_COMPARE(story.ends, 1);
        QVERIFY(!story.error);
        QCOMPARE(story.starts, 1);
        QCOMPARE(streams.running(), 0);
    }

    void anErrorAnswerComesWholeButBounded_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("kept");
        QTest::newRow("small") << 20 << 20;
        QTest::newRow("huge") << 300'000 << int(QtHttpStreams::LargestErrorBody);
    }
    void anErrorAnswerComesWholeButBounded()
    {
        QFETCH(int, size);
        QFETCH(int, kept);
        RawServer server;
        QtHttpStreams streams;
        QObject parent;
        Story story(streams.open(get(server.url()), &parent));
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0,
            "HTTP/1.1 429 Slow down\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n"
                + QByteArray(size, 'e'));
        QTRY_COMPARE(story.ends, 1);
        QCOMPARE(story.status, 429);
        QCOMPARE(story.chunks.size(), 1);
        QCOMPARE(story.text().size(), kept);
        QVERIFY(!story.error);
    }

    void aDropInTheMiddleFails()
    {
        RawServer server;
        QtHttpStreams streams;
        QObject parent;
        Story story(streams.open(get(server.url()), &parent));
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        QTRY_COMPARE(story.text(), QByteArray("abc"));
        server.socket(0)->abort();
        QTRY_COMPARE(story.ends, 1);
        QVERIFY(story.error);
        QCOMPARE(story.error->kind, ErrorKind::Offline);
    }

    void silenceTimesOut()
    {
        RawServer server;
        QtHttpStreams streams;
        QObject parent;
        Story story(streams.open(get(server.url(), 80ms), &parent));
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 200 OK\r\n\r\nx");
        QTRY_VERIFY(story.error);
        QCOMPARE(story.error->kind, ErrorKind::Timeout);
        QCOMPARE(story.text(), QByteArray("x"));
    }

    void atMostFourRunTheOthersWaitInOrder()
    {
        RawServer server;
        QtHttpStreams streams;
        QObject parent;
        QList<HttpStream*> open;
        for (int i = 0; i < 6; ++i) {
            open.append(streams.open(get(server.url()), &parent));
        }
        Story fifth(open[4]);
        QTRY_COMPARE(server.count(), 4);
        QCOMPARE(streams.running(), 4);
        open[5]->abort();
        delete open[0];
        QTRY_COMPARE(server.count(), 5);
        QTRY_VERIFY(server.hasRequest(4));
        server.write(4, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nz");
        QTRY_COMPARE(fifth.ends, 1);
        QCOMPARE(streams.running(), 3);
    }

    void abortIsSilent()
    {
        RawServer server;
        QtHttpStreams streams;
        QObject parent;
        HttpStream* stream = streams.open(get(server.url()), &parent);
        Story story(stream);
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 200 OK\r\n\r\nabc");
        QTRY_COMPARE(story.text(), QByteArray("abc"));
        stream->abort();
        QTRY_COMPARE(server.socket(0)->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(story.ends, 0);
        QCOMPARE(streams.running(), 0);
    }

    void aStreamMayBeDeletedInItsOwnSignal_data()
    {
        QTest::addColumn<int>("when");
        QTest::newRow("started") << 0;
        QTest::newRow("bytes") << 1;
        QTest::newRow("finished") << 2;
    }
    void aStreamMayBeDeletedInItsOwnSignal()
    {
        QFETCH(int, when);
        RawServer server;
        QtHttpStreams streams;
        QPointer<HttpStream> stream = streams.open(get(server.url()), this);
        const auto end = [&stream] { stream->deleteLater(); };
        if (when == 0) {
            connect(stream, &HttpStream::started, this, end);
        } else if (when == 1) {
            connect(stream, &HttpStream::bytes, this, end);
        } else {
            connect(stream, &HttpStream::finished, this, end);
        }
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        QTRY_VERIFY(!stream);
        QTRY_COMPARE(streams.running(), 0);
    }

    void streamsMayOutliveTheirOwner()
    {
        RawServer server;
        QObject parent;
        HttpStream* stream = nullptr;
        {
            QtHttpStreams streams;
            stream = streams.open(get(server.url()), &parent);
            QTRY_VERIFY(server.hasRequest(0));
        }
        stream->abort();
        delete stream;
    }
};

QTEST_GUILESS_MAIN(TestHttpStreams)
#include "tst_httpstreams.moc"

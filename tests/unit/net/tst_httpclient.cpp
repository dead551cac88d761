// SPDX-License-Identifier: GPL-3.0-or-later
#include "RawServer.h"
#include "net/QtHttpClient.h"

#include <QTest>

using namespace std::chrono_literals;

class TestHttpClient : public QObject
{
    Q_OBJECT

    using Answer = std::optional<Result<HttpResponse>>;

    void ask(QtHttpClient& client, const HttpRequest& request, Answer& answer)
    {
        whenDone(
            client.send(request), this, [&answer](const Result<HttpResponse>& r) { answer = r; });
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void methodHeadersAndBodyArriveAsGiven_data()
    {
        QTest::addColumn<QByteArray>("method");
        for (const char* method : {"GET", "POST", "PATCH", "DELETE", "PUT"}) {
            QTest::newRow(method) << QByteArray(method);
        }
    }
    void methodHeadersAndBodyArriveAsGiven()
    {
        QFETCH(QByteArray, method);
        RawServer server;
        QtHttpClient client;
        Answer answer;
        const QByteArray body = method == "GET" ? QByteArray() : QByteArray("{\"a\":1}");
        ask(client,
            {method, server.url("/rest/v1/t?x=%2B"),
                {{"apikey", "k"}, {"Content-Type", "application/json"}}, body, 5s},
            answer);
        QTRY_VERIFY(server.hasRequest(0));
        QTRY_VERIFY(server.received(0).endsWith(body));
        QVERIFY(server.received(0).startsWith(method + " /rest/v1/t?x=%2B HTTP/1.1\r\n"));
        QVERIFY(server.received(0).toLower().contains("apikey: k\r\n"));
        server.write(0, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Answer: yes\r\n\r\nhi");
        QTRY_VERIFY(answer);
        QVERIFY(answer->ok());
        QCOMPARE((*answer)->status, 200);
        QCOMPARE((*answer)->body, QByteArray("hi"));
        QCOMPARE((*answer)->header("x-ANSWER"), QByteArray("yes"));
    }

    void everyStatusIsAValue_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {201, 204, 300, 400, 401, 403, 404, 406, 409, 422, 429, 500, 503}) {
            QTest::addRow("%d", status) << status;
        }
    }
    void everyStatusIsAValue()
    {
        QFETCH(int, status);
        RawServer server;
        QtHttpClient client;
        Answer answer;
        ask(client, {"POST", server.url(), {{"Content-Type", "application/json"}}, "{}", 5s},
            answer);
        QTRY_VERIFY(server.hasRequest(0));
        const QByteArray body = status == 204 ? "" : "{\"code\":\"x\"}";
        server.write(0,
            "HTTP/1.1 " + QByteArray::number(status)
                + " X\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QTRY_VERIFY(answer);
        QVERIFY(answer->ok());
        QCOMPARE((*answer)->status, status);
        QCOMPARE((*answer)->body, body);
    }

    void nobodyThereIsOffline()
    {
        QtHttpClient client;
        Answer answer;
        QUrl url;
        {
            RawServer server;
            url = server.url();
        }
        ask(client, {"GET", url, {}, {}, 5s}, answer);
        QTRY_VERIFY(answer);
        QCOMPARE(answer->error().kind, ErrorKind::Offline);
        QCOMPARE(answer->error().code, QStringLiteral("network_ConnectionRefusedError"));
    }

    void silenceIsATimeoutAlsoInTheMiddleOfTheBody_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("no answer") << QByteArray();
        QTest::newRow("half a body")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    }
    void silenceIsATimeoutAlsoInTheMiddleOfTheBody()
    {
        QFETCH(QByteArray, sent);
        RawServer server;
        QtHttpClient client;
        Answer answer;
        ask(client, {"GET", server.url(), {}, {}, 80ms}, answer);
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, sent);
        QTRY_VERIFY(answer);
        QCOMPARE(answer->error().kind, ErrorKind::Timeout);
    }

    void aBodyCutShortIsOffline()
    {
        RawServer server;
        QtHttpClient client;
        Answer answer;
        ask(client, {"GET", server.url(), {}, {}, 5s}, answer);
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        server.socket(0)->disconnectFromHost();
        QTRY_VERIFY(answer);
        QVERIFY(!answer->ok());
        QCOMPARE(answer->error().kind, ErrorKind::Offline);
    }

    void anotherHostIsNotFollowed()
    {
        RawServer server;
        RawServer elsewhere;
        QtHttpClient client;
        Answer answer;
        ask(client, {"GET", server.url(), {{"apikey", "secret"}}, {}, 5s}, answer);
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0,
            "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + elsewhere.url().toEncoded()
                + "\r\n\r\n");
        QTRY_VERIFY(answer);
        QCOMPARE(answer->error().code, QStringLiteral("http_redirect"));
        QCOMPARE(elsewhere.count(), 0);
    }

    void anEndlessBodyIsRefused()
    {
        RawServer server;
        QtHttpClient client;
        Answer answer;
        ask(client, {"GET", server.url(), {}, {}, 5s}, answer);
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 200 OK\r\n\r\n");
        const QByteArray block(1024 * 1024, 'x');
        for (int i = 0; i < 17; ++i) {
            server.write(0, block);
        }
        QTRY_VERIFY_WITH_TIMEOUT(answer, 20'000);
        QCOMPARE(answer->error().code, QStringLiteral("http_too_large"));
    }

    void renewedConnectionsLeaveTheDeadOnesBehind()
    {
        RawServer server;
        QtHttpClient client;
        Answer before;
        Answer patient;
        ask(client, {"GET", server.url("/before"), {}, {}, 60s}, before);
        QTRY_VERIFY(server.hasRequest(0));
        const quint64 given = client.sentCount();
        ask(client, {"GET", server.url("/patient"), {}, {}, 60s}, patient);
        QTRY_VERIFY(server.hasRequest(1));
        client.renewConnections(given);
        QTRY_VERIFY(before);
        QCOMPARE(before->error().kind, ErrorKind::Offline);
        QCOMPARE(before->error().code, QStringLiteral("network_renewed"));
        QVERIFY(!patient);
        server.write(1, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        QTRY_VERIFY(patient);
        QCOMPARE((*patient)->body, QByteArray("hi"));
        // The idle connection of before is alive, but nobody may know: it is not used again.
        Answer after;
        ask(client, {"GET", server.url("/after"), {}, {}, 60s}, after);
        QTRY_VERIFY(server.hasRequest(2));
        server.write(2, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew");
        QTRY_VERIFY(after);
        QCOMPARE((*after)->body, QByteArray("new"));
    }

    void dyingClientCancels()
    {
        RawServer server;
        Answer answer;
        {
            QtHttpClient client;
            ask(client, {"GET", server.url(), {}, {}, 5s}, answer);
            QTRY_VERIFY(server.hasRequest(0));
        }
        QTRY_VERIFY(answer);
        QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"

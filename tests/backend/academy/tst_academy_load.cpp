// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include "base/Clock.h"
#include "base/Random.h"
#include "support/PgSession.h"

#include <QTest>

/// Many at once, slow ones and hostile ones: none of them holds up or brings down the others.
class TestAcademyLoad : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    SystemClock m_clock;

    AcademyProbe probe() const { return AcademyProbe(m_academy); }
    std::chrono::milliseconds elapsed(MonotonicTime since) const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - since);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        PgSession behind(
            "host=" + m_academy.socketDir().toUtf8() + " user=postgres dbname=postgres");
        QVERIFY(behind
                    .run(QStringLiteral(
                        "create function public.probe_sleep(seconds float) returns int language "
                        "sql volatile as "
                        "'select 1 from pg_sleep(seconds)';"
                        "create function public.probe_big() returns text language sql immutable as "
                        "$$ select repeat('x', 30000000) $$;"
                        "grant execute on function public.probe_sleep, public.probe_big to anon; "
                        "notify pgrst"))
                    .ok());
        QTRY_COMPARE(
            probe().ask("POST", "/rest/v1/rpc/probe_sleep", R"({"seconds":0})").status, 200);
    }

    void slowQueriesDelayNobody()
    {
        std::vector<std::unique_ptr<QTcpSocket>> slow;
        const MonotonicTime start = m_clock.monotonic();
        for (int i = 0; i < 12; ++i) {
            slow.push_back(probe().begin("POST", "/rest/v1/rpc/probe_sleep", R"({"seconds":2.5})"));
        }
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(
                probe().ask("POST", "/rest/v1/rpc/probe_sleep", R"({"seconds":0})").status, 200);
        }
        const auto quick = elapsed(start);
        for (const auto& socket : slow) {
            QCOMPARE(AcademyProbe::finish(*socket).status, 200);
        }
        qInfo("ten quick requests beside twelve slow ones: %lld ms",
            static_cast<long long>(quick.count()));
        QVERIFY(quick < std::chrono::milliseconds(2400));
    }

    void aQueryWithoutEndIsCutOff()
    {
        const MonotonicTime start = m_clock.monotonic();
        const ProbeAnswer answer
            = probe().ask("POST", "/rest/v1/rpc/probe_sleep", R"({"seconds":60})");
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.object().value(QStringLiteral("code")).toString(), QStringLiteral("57014"));
        QVERIFY(elapsed(start) < std::chrono::seconds(15));
    }

    void slowReadersDelayNobody()
    {
        std::vector<std::unique_ptr<QTcpSocket>> readers;
        for (int i = 0; i < 20; ++i) {
            readers.push_back(probe().begin("GET", "/rest/v1/rpc/probe_big"));
            readers.back()->setReadBufferSize(1024);
        }
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(probe().get("/healthz").status, 200);
            QCOMPARE(
                probe().ask("POST", "/rest/v1/rpc/probe_sleep", R"({"seconds":0})").status, 200);
        }
    }

    void slowWritersDelayNobody()
    {
        std::vector<std::unique_ptr<QTcpSocket>> writers;
        for (int i = 0; i < 50; ++i) {
            writers.push_back(std::make_unique<QTcpSocket>());
            writers.back()->connectToHost(QStringLiteral("127.0.0.1"), m_academy.port());
            QVERIFY(writers.back()->waitForConnected());
            writers.back()->write(
                "POST /rest/v1/rpc/probe_sleep HTTP/1.1\r\nHost: a\r\nContent-Le");
            writers.back()->flush();
        }
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(probe().get("/healthz").status, 200);
        }
    }

    void garbageIsAnsweredOrClosed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("words") << QByteArray("hello\r\n\r\n") << QByteArray("400");
        QTest::newRow("nothing but newlines")
            << QByteArray("\r\n\r\n\r\n\r\n") << QByteArray("400");
        QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                                << QByteArray("400");
        QTest::newRow("a TLS hello")
            << QByteArray::fromHex("16030100f1010000ed0303") + QByteArray(200, '\x7f')
            << QByteArray("400");
        QTest::newRow("null bytes") << QByteArray(100, '\0') << QByteArray("400");
        QTest::newRow("a head without end")
            << "GET / HTTP/1.1\r\nX: " + QByteArray(40000, 'a') << QByteArray("431");
        QTest::newRow("a body too large") << QByteArray(
            "POST /rest/v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\nabc")
                                          << QByteArray("413");
        QTest::newRow("a length that is none")
            << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n")
            << QByteArray("400");
        QTest::newRow("two lengths") << QByteArray(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")
                                     << QByteArray("400");
        QTest::newRow("a chunk that is none")
            << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
            << QByteArray("400");
        QTest::newRow("no path") << QByteArray("GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n")
                                 << QByteArray("400");
        QTest::newRow("an unknown path")
            << QByteArray("GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            << QByteArray("404");
        QTest::newRow("two requests at once") << QByteArray(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: "
            "close\r\n\r\n") << QByteArray("200");
        QTest::newRow("an expectation")
            << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
                          "0\r\nConnection: close\r\n\r\n")
            << QByteArray("100");
    }
    void garbageIsAnsweredOrClosed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, status);
        const QByteArray answer = probe().raw(bytes, 15000);
        QVERIFY2(answer.mid(9, 3) == status, answer.left(200).constData());
        QCOMPARE(probe().get("/").status, 200);
    }

    void randomBytesBringNothingDown()
    {
        SeededRandom random(20261123);
        for (int i = 0; i < 300; ++i) {
            QByteArray bytes = random.below(2) == 0
                ? QByteArray("POST /rest/v1/rpc/probe_sleep HTTP/1.1\r\nHost: a\r\n")
                : QByteArray();
            const auto length = random.below(400);
            for (quint64 j = 0; j < length; ++j) {
                bytes += static_cast<char>(random.below(256));
            }
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), m_academy.port());
            QVERIFY(socket.waitForConnected());
            socket.write(bytes + "\r\n\r\n");
            socket.waitForBytesWritten();
            random.below(2) == 0 ? socket.abort() : socket.close();
        }
        QCOMPARE(probe().get("/healthz").status, 200);
        QVERIFY(m_academy.isRunning());
    }

    void aConnectionServesManyRequests()
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_academy.port());
        QVERIFY(socket.waitForConnected());
        const QByteArray request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int i = 0; i < 200; ++i) {
            socket.write(request);
            QByteArray answer;
            while (!answer.contains("}") && socket.waitForReadyRead(10000)) {
                answer += socket.readAll();
            }
            QVERIFY(answer.startsWith("HTTP/1.1 200"));
        }
    }
};

QTEST_GUILESS_MAIN(TestAcademyLoad)
#include "tst_academy_load.moc"

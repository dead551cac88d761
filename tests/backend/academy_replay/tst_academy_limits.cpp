// SPDX-License-Identifier: GPL-3.0-or-later
#include "ReplayAcademy.h"
#include "ReplayDatabase.h"
#include "WireClient.h"
#include "academy/http/LanCertificate.h"

#include <QDeadlineTimer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;
constexpr int aMoment = 20; // ms between two bytes of somebody who trickles

/// The academy's listener with a page at "/page", without anything behind it.
class LimitedServer final
{
public:
    explicit LimitedServer(academy::ServerLimits limits, bool encrypted = false)
        : m_server(m_io, limits)
    {
        m_server.handle("/page",
            [](const std::shared_ptr<const academy::Request>& request, const academy::Respond& respond) {
                respond(academy::Response::json(
                    200, std::string(request->path == "/large" ? 64'000'000 : 4, 'x')));
            });
        if (encrypted) {
            const QTemporaryDir folder;
            const auto certificate = academy::LanCertificate::open(folder.path().toStdString());
            QVERIFY(certificate.ok());
            QVERIFY(m_server.encrypt(certificate->certificatePem, certificate->keyPem).ok());
        }
        const auto port = m_server.listen("127.0.0.1", 0);
        m_port = port.ok() ? *port : 0;
        m_server.start();
        m_thread = std::thread([this] { m_io.run(); });
    }
    ~LimitedServer()
    {
        m_server.stop();
        m_work.reset();
        m_io.stop();
        m_thread.join();
    }
    LimitedServer(const LimitedServer&) = delete;
    LimitedServer& operator=(const LimitedServer&) = delete;

    quint16 port() const { return m_port; }

private:
    boost::asio::io_context m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work{
        m_io.get_executor()};
    academy::Server m_server;
    quint16 m_port = 0;
    std::thread m_thread;
};

std::unique_ptr<QTcpSocket> guest(quint16 port)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QStringLiteral("127.0.0.1"), port);
    return socket->waitForConnected() ? std::move(socket) : nullptr;
}

/// Everything until the server closes.
QByteArray untilTheEnd(QTcpSocket& socket)
{
    const QDeadlineTimer deadline(patience);
    QByteArray all;
    while (socket.state() == QAbstractSocket::ConnectedState && !deadline.hasExpired()) {
        socket.waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        all += socket.readAll();
    }
    return all + socket.readAll();
}

QByteArray answerTo(quint16 port, const QByteArray& bytes)
{
    const auto socket = guest(port);
    if (!socket) {
        return {};
    }
    socket->write(bytes);
    return untilTheEnd(*socket);
}

/// Sends the byte again and again until the server closes; false when it never does. What the
/// server said meanwhile is added to `heard`.
bool isClosedThoughTrickling(QTcpSocket& socket, const QByteArray& bytes, QByteArray& heard)
{
    const QDeadlineTimer deadline(patience);
    while (socket.state() == QAbstractSocket::ConnectedState && !deadline.hasExpired()) {
        socket.write(bytes);
        socket.waitForReadyRead(aMoment);
        heard += socket.readAll();
    }
    return socket.state() != QAbstractSocket::ConnectedState;
}

const QByteArray page = "GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

const std::string tooManyUsers = R"({"error":"Too many connected users"})";
const std::string tooManyJoins = R"({"error":"Too many joins per second"})";
const std::string joinRefused
    = R"(["60","60","realtime:room60","phx_reply",{"status":"error","response":{"reason":"ClientJoinRateLimitReached: Too many joins per second"}}])";
const std::string loudJoin
    = R"(["1","1","realtime:loud","phx_join",{"config":{"broadcast":{"self":true}}}])";
const std::string loudMessage
    = R"(["1","2","realtime:loud","broadcast",{"type":"broadcast","event":"e","payload":{}}])";
const std::string tooLoud
    = R"(["1",null,"realtime:loud","system",{"message":"Too many messages per second","status":"error","extension":"system","channel":"loud"}])";

std::string joining(const std::string& ref, const std::string& topic)
{
    return "[\"" + ref + "\",\"" + ref + "\",\"realtime:" + topic + "\",\"phx_join\",{\"config\":{}}]";
}

} // namespace

/// What the academy refuses, on real sockets: who is slow on purpose, too large, too many or too
/// often. The limits are small here, so that nobody has to wait for them.
class TestAcademyLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoTricklesIsClosed_data()
    {
        QTest::addColumn<QByteArray>("opening");
        QTest::addColumn<QByteArray>("drop");
        QTest::addColumn<bool>("encrypted");
        const auto row = [](const char* name, const char* opening, const char* drop, bool encrypted = false) {
            QTest::newRow(name) << QByteArray(opening) << QByteArray(drop) << encrypted;
        };
        row("a head", "GET /page HTTP/1.1\r\nHost: a\r\nX: ", "a");
        row("a head, line by line", "GET /page HTTP/1.1\r\n", "X: a\r\n");
        row("empty lines before a head", "\r\n", "\r\n");
        row("a body", "POST /page HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", "a");
        row("a body in chunks", "POST /page HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "1\r\na\r\n");
        row("the size of a chunk", "POST /page HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "0");
        row("what follows the last chunk",
            "POST /page HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: a\r\n");
        row("more after a refusal", "nonsense\r\n\r\n", "a");
        row("a hello of encryption", "\x16\x03\x01\x02\x01", "\x01", true);
        row("nothing at all", "", "");
    }
    void whoTricklesIsClosed()
    {
        QFETCH(QByteArray, opening);
        QFETCH(QByteArray, drop);
        QFETCH(bool, encrypted);
        LimitedServer server({.headTimeout = 300ms, .bodyTimeout = 300ms, .idleTimeout = 300ms,
                                 .lingerTimeout = 300ms},
            encrypted);
        const auto socket = guest(server.port());
        QVERIFY(socket);
        socket->write(opening);
        QByteArray heard;
        QVERIFY(isClosedThoughTrickling(*socket, drop, heard));
        QVERIFY2(!heard.startsWith("HTTP/1.1 200"), heard.constData());
        if (!encrypted) {
            QVERIFY(answerTo(server.port(), page).startsWith("HTTP/1.1 200"));
        }
    }

    void whoDoesNotReadIsClosed()
    {
        LimitedServer server({.connections = 1, .writeTimeout = 300ms});
        const auto lazy = guest(server.port());
        QVERIFY(lazy);
        lazy->setReadBufferSize(1);
        lazy->write("GET /page/large HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(lazy->waitForReadyRead());
        // Its place is free again although it holds on to its end.
        bool served = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            served = served || answerTo(server.port(), page).startsWith("HTTP/1.1 200"), 20'000);
    }

    void aBodyOverTheLimitIsRefused_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("status");
        const auto row = [](const char* name, const QByteArray& head, const QByteArray& body, const char* status) {
            QTest::newRow(name) << head << body << QByteArray(status);
        };
        const QByteArray chunk = "190\r\n" + QByteArray(0x190, 'a') + "\r\n";
        row("just fits", "Content-Length: 1000", QByteArray(1000, 'a'), "200");
        row("one more", "Content-Length: 1001", QByteArray(1001, 'a'), "413");
        row("announced only", "Content-Length: 1000000000000", "", "413");
        row("announced beyond numbers", "Content-Length: 99999999999999999999999", "", "400");
        row("below nothing", "Content-Length: -1", "", "400");
        row("chunks that fit", "Transfer-Encoding: chunked", chunk + chunk + "0\r\n\r\n", "200");
        row("chunks that do not", "Transfer-Encoding: chunked", chunk + chunk + chunk + "0\r\n\r\n", "413");
        row("a chunk beyond numbers", "Transfer-Encoding: chunked", "fffffffffffffffff\r\na", "400");
        row("waiting for permission", "Expect: 100-continue\r\nContent-Length: 1001", "", "413");
        row("two ideas of its length", "Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n", "400");
        row("a head over the limit", "X: " + QByteArray(5000, 'a'), "", "431");
    }
    void aBodyOverTheLimitIsRefused()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, status);
        LimitedServer server({.headBytes = 4096, .bodyBytes = 1000});
        const QByteArray answer = answerTo(server.port(),
            "POST /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + head + "\r\n\r\n" + body);
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer.left(300).constData());
        QCOMPARE(answer.count("HTTP/1.1 "), 1);
    }

    void oneConnectionTooManyIsToldSo()
    {
        LimitedServer server({.connections = 2});
        auto first = guest(server.port());
        const auto second = guest(server.port());
        QVERIFY(first && second);
        // Both are known to be served before the third comes.
        for (QTcpSocket* socket : {first.get(), second.get()}) {
            socket->write("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
            QVERIFY(socket->waitForReadyRead());
        }
        const QByteArray refused = answerTo(server.port(), page);
        QVERIFY2(refused.startsWith("HTTP/1.1 503"), refused.constData());
        first.reset();
        bool served = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            served = served || answerTo(server.port(), page).startsWith("HTTP/1.1 200"), 20'000);
    }

    void oneSocketTooManyIsToldSo()
    {
        academy::RealtimeOptions options;
        options.sockets = 2;
        ReplayAcademy academy(database(), options);
        std::vector<std::shared_ptr<WireClient>> clients;
        const auto open = [&] {
            clients.push_back(std::make_shared<WireClient>(academy.io()));
            return clients.back()->open(academy.port(), socketPath(academy));
        };
        QCOMPARE(open().first, 101U);
        QCOMPARE(open().first, 101U);
        const auto [status, body] = open();
        QCOMPARE(status, 429U);
        QCOMPARE(body, tooManyUsers);
        clients.front()->close(1000);
        bool served = false;
        QTRY_VERIFY_WITH_TIMEOUT(served = served || open().first == 101U, 20'000);
    }

    void tooManyJoinsEndTheSocketAndRefuseTheNext()
    {
        academy::RealtimeOptions options;
        options.joinsPerSecond = 1;
        ReplayAcademy academy(database(), options);
        const auto client = std::make_shared<WireClient>(academy.io());
        QCOMPARE(client->open(academy.port(), socketPath(academy)).first, 101U);
        for (int i = 0; i <= 60; ++i) {
            client->send(joining(std::to_string(i), "room" + std::to_string(i)), false);
        }
        std::vector<WireFrame> before;
        QVERIFY(client->take([](const WireFrame& frame) { return frame.kind == WireFrame::Kind::Closed; },
            patience, &before));
        QVERIFY(!before.empty());
        QCOMPARE(before.back().bytes, joinRefused);
        const auto late = std::make_shared<WireClient>(academy.io());
        const auto [status, body] = late->open(academy.port(), socketPath(academy));
        QCOMPARE(status, 429U);
        QCOMPARE(body, tooManyJoins);
    }

    void tooManyMessagesCloseTheChannel()
    {
        academy::RealtimeOptions options;
        options.messagesPerSecond = 1;
        ReplayAcademy academy(database(), options);
        const auto client = std::make_shared<WireClient>(academy.io());
        QCOMPARE(client->open(academy.port(), socketPath(academy)).first, 101U);
        client->send(loudJoin, false);
        for (int i = 0; i < 80; ++i) {
            client->send(loudMessage, false);
        }
        const auto said = client->take(
            [](const WireFrame& frame) { return frame.bytes.find("Too many messages") != std::string::npos; },
            patience);
        QVERIFY(said);
        QCOMPARE(said->bytes, tooLoud);
        QVERIFY(client->take(
            [](const WireFrame& frame) { return frame.bytes.find("phx_close") != std::string::npos; },
            patience));
    }

    void whoSaysNothingOnASocketIsClosed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        // Heartbeat frames that never come to an end.
        QTest::newRow("a frame that trickles") << QByteArray("a");
    }
    void whoSaysNothingOnASocketIsClosed()
    {
        QFETCH(QByteArray, bytes);
        academy::RealtimeOptions options;
        options.idleTimeout = 1s;
        options.closingTime = 300ms;
        ReplayAcademy academy(database(), options);
        const auto socket = guest(academy.port());
        QVERIFY(socket);
        socket->write("GET " + QByteArray::fromStdString(socketPath(academy))
            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QVERIFY(socket->waitForReadyRead());
        if (!bytes.isEmpty()) {
            // A masked text frame of 4,000,000 bytes.
            socket->write(QByteArray::fromHex("81ff00000000003d090000000000"));
        }
        QByteArray heard;
        QVERIFY(isClosedThoughTrickling(*socket, bytes, heard));
        QVERIFY2(heard.startsWith("HTTP/1.1 101"), heard.constData());
    }

private:
    static std::string socketPath(const ReplayAcademy& academy)
    {
        return "/realtime/v1/websocket?vsn=2.0.0&apikey=" + academy.keys().anonKey;
    }
    /// Started by the first test that needs it.
    std::string database()
    {
        if (!m_database) {
            m_database = std::make_unique<ReplayDatabase>();
            if (!m_database->start()) {
                qFatal("%s", qPrintable(m_database->errorText()));
            }
        }
        return m_database->conninfo();
    }

    std::unique_ptr<ReplayDatabase> m_database;
};

QTEST_GUILESS_MAIN(TestAcademyLimits)
#include "tst_academy_limits.moc"

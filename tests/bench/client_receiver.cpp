// SPDX-License-Identifier: GPL-3.0-or-later
// One listener of the benchmark "client": joins a channel, counts what arrives and prints what it
// cost as one JSON line.
//   client_receiver core|transport|websocket|reader  URL KEY TOKEN-OR-PASSWORD changes|broadcasts COUNT
// core:      the client core, as the program uses it (signs in with the password)
// transport: the core's socket without what stands on it, its messages are thrown away
// websocket: Qt's WebSocket, its messages are thrown away
// reader:    a loop over the bare socket that only validates the JSON it reads
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "bench/Receipt.h"
#include "net/WebSocketTransport.h"
#include "realtime/AcademyLink.h"
#include "store/MemorySecretStore.h"
#include "supabase/RealtimeChannel.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUrlQuery>
#include <QWebSocket>

#include <simdjson.h>

#include <fcntl.h>
#include <sys/socket.h>

#include <stdexcept>

namespace {

const QString Topic = QStringLiteral("bench");

struct Request
{
    QUrl url;
    QString key;
    QString secret;
    bool changes = false;
    qint64 count = 0;
};

QUrl socketUrl(const Request& request)
{
    QUrl url = request.url;
    url.setScheme(QStringLiteral("ws"));
    url.setPath(QStringLiteral("/realtime/v1/websocket"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("apikey"), request.key);
    query.addQueryItem(QStringLiteral("vsn"), QStringLiteral("2.0.0"));
    url.setQuery(query);
    return url;
}

QByteArray joinFrame(const Request& request)
{
    const QByteArray bindings = request.changes ? R"([{"event":"*","schema":"public","table":"bench_rows"}])" : "[]";
    return R"(["1","1","realtime:)" + Topic.toUtf8()
        + R"(","phx_join",{"config":{"broadcast":{"self":false,"ack":false},"presence":{"key":""},"postgres_changes":)"
        + bindings + R"(,"private":false},"access_token":")" + request.secret.toUtf8() + R"("}])";
}

/// What tells that the channel is live: the join reply, or PostgreSQL's readiness.
bool isReady(const Request& request, QByteArrayView frame)
{
    return request.changes ? frame.contains("Subscribed to PostgreSQL") : frame.contains("phx_reply");
}

bool isCounted(const Request& request, QByteArrayView frame)
{
    return frame.contains(request.changes ? QByteArrayView("\"postgres_changes\",{\"ids\"") : QByteArrayView("\"broadcast\",{"))
        || (request.changes && frame.contains("\"commit_timestamp\""));
}

/// The number after `"n":`.
qint64 numberOf(QByteArrayView frame)
{
    const qsizetype at = frame.indexOf("\"n\":");
    return at < 0 ? -1 : std::strtoll(frame.data() + at + 4, nullptr, 10);
}

int runCore(const Request& request)
{
    SystemClock clock;
    QtScheduler scheduler;
    SystemRandom random;
    MemorySecretStore secrets;
    AcademyLink link({request.url, request.key}, secrets, clock, scheduler, random);
    Receipt receipt(request.count);
    std::shared_ptr<RealtimeChannel> channel;
    whenDone(link.auth.signInWithPassword(QStringLiteral("student01@neolingus.demo"), request.secret), qApp,
        [&](const Result<void>& done) {
            if (!done.ok()) {
                return qApp->exit(1);
            }
            ChannelConfig config;
            if (request.changes) {
                config.changes = {{QStringLiteral("*"), QStringLiteral("public"), QStringLiteral("bench_rows"), {}, {}}};
            }
            channel = link.realtime.channel(Topic, config);
            QObject::connect(channel.get(), &RealtimeChannel::gap, qApp, [&] { receipt.start(); });
            QObject::connect(channel.get(), &RealtimeChannel::changeReceived, qApp, [&](const ChangeEvent& change) {
                if (receipt.take(change.record.value(QStringLiteral("n")).toInteger(-1))) {
                    qApp->quit();
                }
            });
            QObject::connect(channel.get(), &RealtimeChannel::broadcastReceived, qApp,
                [&](const QString&, const QJsonObject& payload) {
                    if (receipt.take(payload.value(QLatin1String("n")).toInteger(-1))) {
                        qApp->quit();
                    }
                });
            link.realtime.start();
        });
    const int code = qApp->exec();
    receipt.print();
    return code;
}

int runTransport(const Request& request)
{
    QtScheduler scheduler;
    WebSocketTransport socket(scheduler);
    Receipt receipt(request.count);
    bool counting = false;
    QObject::connect(&socket, &Transport::opened, qApp, [&] { socket.sendText(joinFrame(request)); });
    QObject::connect(&socket, &Transport::closed, qApp, [] { qApp->exit(1); });
    QObject::connect(&socket, &Transport::failed, qApp, [] { qApp->exit(1); });
    QObject::connect(&socket, &Transport::textReceived, qApp, [&](QByteArrayView text) {
        if (counting) {
            if (receipt.takeUnread()) {
                qApp->quit();
            }
        } else if (isReady(request, text)) {
            counting = true;
            receipt.start();
        }
    });
    socket.open(socketUrl(request), {});
    const int code = qApp->exec();
    receipt.print();
    return code;
}

int runWebSocket(const Request& request)
{
    QWebSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    Receipt receipt(request.count);
    bool counting = false;
    QObject::connect(&socket, &QWebSocket::connected, qApp,
        [&] { socket.sendTextMessage(QString::fromUtf8(joinFrame(request))); });
    QObject::connect(&socket, &QWebSocket::disconnected, qApp, [] { qApp->exit(1); });
    QObject::connect(&socket, &QWebSocket::textMessageReceived, qApp, [&](const QString& text) {
        if (counting) {
            if (receipt.takeUnread()) {
                qApp->quit();
            }
        } else if (isReady(request, text.toUtf8())) {
            counting = true;
            receipt.start();
        }
    });
    socket.open(socketUrl(request));
    const int code = qApp->exec();
    receipt.print();
    return code;
}

/// Reads server frames (never masked, never fragmented here) off the bare socket.
int runReader(const Request& request)
{
    QTcpSocket dialled;
    dialled.setProxy(QNetworkProxy::NoProxy);
    const QUrl url = socketUrl(request);
    dialled.connectToHost(url.host(), quint16(url.port()));
    if (!dialled.waitForConnected()) {
        throw std::runtime_error("no connection");
    }
    const int socket = int(dialled.socketDescriptor());
    const QByteArray head = "GET " + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
        + " HTTP/1.1\r\nHost: " + url.authority().toUtf8()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    const auto sendAll = [socket](const QByteArray& bytes) {
        if (::send(socket, bytes.constData(), size_t(bytes.size()), 0) != bytes.size()) {
            throw std::runtime_error("could not send");
        }
    };
    const int flags = ::fcntl(socket, F_GETFL);
    ::fcntl(socket, F_SETFL, flags & ~O_NONBLOCK);
    sendAll(head);

    QByteArray buffer;
    qsizetype from = 0;
    const auto more = [&] {
        if (from > 0) {
            buffer.remove(0, from);
            from = 0;
        }
        char chunk[65536];
        const ssize_t got = ::recv(socket, chunk, sizeof chunk, 0);
        if (got <= 0) {
            throw std::runtime_error("the connection ended");
        }
        buffer.append(chunk, got);
    };
    while (!buffer.contains("\r\n\r\n")) {
        more();
    }
    buffer.remove(0, buffer.indexOf("\r\n\r\n") + 4);

    const QByteArray join = joinFrame(request);
    QByteArray frame = "\x81";
    frame.append(char(0x80 | 126)).append(char(join.size() >> 8)).append(char(join.size() & 0xff));
    frame.append(QByteArray(4, '\0')).append(join); // a mask of zeros leaves the text as it is
    sendAll(frame);

    simdjson::dom::parser parser;
    Receipt receipt(request.count);
    bool counting = false;
    for (;;) {
        const auto* const at = reinterpret_cast<const uchar*>(buffer.constData()) + from;
        const qsizetype here = buffer.size() - from;
        const qsizetype header = here < 2 ? 2 : at[1] == 126 ? 4 : at[1] == 127 ? 10 : 2;
        if (here < header) {
            more();
            continue;
        }
        qsizetype length = at[1] & 0x7f;
        if (header == 4) {
            length = (at[2] << 8) | at[3];
        } else if (header == 10) {
            length = qsizetype(at[6]) << 24 | qsizetype(at[7]) << 16 | qsizetype(at[8]) << 8 | at[9];
        }
        if (here < header + length) {
            more();
            continue;
        }
        const QByteArrayView text(buffer.constData() + from + header, length);
        from += header + length;
        if (parser.parse(text.data(), size_t(text.size())).error() != simdjson::SUCCESS) {
            throw std::runtime_error("a frame that is no JSON");
        }
        if (counting && isCounted(request, text)) {
            if (receipt.take(numberOf(text))) {
                receipt.print();
                return 0;
            }
        } else if (!counting && isReady(request, text)) {
            counting = true;
            receipt.start();
        }
    }
}

} // namespace

int main(int argc, char* argv[])
try {
    QCoreApplication app(argc, argv);
    const QStringList words = app.arguments();
    if (words.size() != 7) {
        throw std::runtime_error("see the head of client_receiver.cpp");
    }
    const Request request {QUrl(words[2]), words[3], words[4], words[5] == QLatin1String("changes"), words[6].toLongLong()};
    return words[1] == QLatin1String("core") ? runCore(request)
        : words[1] == QLatin1String("transport") ? runTransport(request)
        : words[1] == QLatin1String("websocket") ? runWebSocket(request)
                                                 : runReader(request);
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}

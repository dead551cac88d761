// SPDX-License-Identifier: GPL-3.0-or-later
// What a delivered message costs the one who receives it: 1 KB rows changed in the database and 1 KB
// broadcasts, received by the client core, by its socket alone, by the official JavaScript client, by
// Qt's WebSocket alone and by a loop that only validates JSON. One academy, one after the other, each its own process.
#include "bench/Figure.h"
#include "support/AcademyFixture.h"
#include "support/Screen.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QProcess>

#include <libpq-fe.h>

#include <stdexcept>

using namespace std::chrono_literals;

namespace {

constexpr qint64 Batch = 500;
/// Sent and not yet received, at most: nobody measures an overflowing buffer.
constexpr qint64 Window = 4000;

void require(bool holds, const QString& what)
{
    if (!holds) {
        throw std::runtime_error(what.toStdString());
    }
}

class Bench
{
public:
    explicit Bench(qint64 count) : m_count(count)
    {
        m_network.setProxy(QNetworkProxy::NoProxy);
        require(m_academy.start(), m_academy.problem());
        const QByteArray info = "host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres";
        m_database.reset(PQconnectdb(info.constData()));
        run("create table public.bench_rows (id bigserial primary key, n bigint not null, body text not null);"
            "alter table public.bench_rows enable row level security;"
            "create policy everybody on public.bench_rows for select to authenticated using (true);"
            "grant select on public.bench_rows to authenticated;"
            "alter publication supabase_realtime add table public.bench_rows");
        const QJsonObject session = post(QStringLiteral("/auth/v1/token?grant_type=password"),
            {{QStringLiteral("email"), QStringLiteral("student01@neolingus.demo")},
                {QStringLiteral("password"), Password}});
        m_token = session.value(QLatin1String("access_token")).toString();
        require(!m_token.isEmpty(), QStringLiteral("sign-in failed"));
    }

    QJsonObject measure(const QString& who, bool changes)
    {
        const QStringList about {m_academy.url().toString(), m_academy.anonKey(),
            who == QLatin1String("core") ? Password : m_token,
            changes ? QStringLiteral("changes") : QStringLiteral("broadcasts"), QString::number(m_count)};
        QProcess receiver;
        receiver.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        if (who == QLatin1String("realtime-js")) {
            receiver.start(QStringLiteral(NEOLINGUS_NODE),
                QStringList {QStringLiteral(NEOLINGUS_BENCH_DIR "/realtime_js.mjs")} + about);
        } else {
            receiver.start(QStringLiteral(NEOLINGUS_BUILD_DIR "/bin/client_receiver"), QStringList {who} + about);
        }
        bool live = false;
        qint64 received = 0;
        QJsonObject told;
        const auto listen = [&] {
            while (receiver.canReadLine()) {
                const QByteArray line = receiver.readLine().trimmed();
                if (line == "live") {
                    live = true;
                } else if (line.startsWith("at ")) {
                    received = line.mid(3).toLongLong();
                } else {
                    told = QJsonDocument::fromJson(line).object();
                }
            }
            return receiver.state() == QProcess::NotRunning;
        };
        const auto until = [&](const std::function<bool()>& holds) {
            require(waitUntil([&] { return listen() || holds(); }, 120s) && holds(),
                who + QStringLiteral(" stopped after ") + QString::number(received));
        };
        until([&] { return live; });
        for (qint64 sent = 0; sent < m_count; sent += Batch) {
            until([&] { return sent - received < Window; });
            changes ? insertRows(sent) : broadcastRows(sent);
        }
        until([&] { return !told.isEmpty(); });
        receiver.waitForFinished();
        require(told.value(QLatin1String("lost")).toInt() == 0 && told.value(QLatin1String("disordered")).toInt() == 0,
            who + QStringLiteral(" lost messages or received them out of order"));
        return told;
    }

private:
    void run(const QByteArray& sql)
    {
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(m_database.get(), sql.constData()), &PQclear);
        require(PQresultStatus(result.get()) == PGRES_COMMAND_OK, QString::fromUtf8(PQerrorMessage(m_database.get())));
    }

    QJsonObject post(const QString& path, const QJsonObject& body)
    {
        QNetworkRequest request(m_academy.url(path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setRawHeader("apikey", m_academy.serviceRoleKey().toUtf8());
        request.setRawHeader("Authorization", "Bearer " + m_academy.serviceRoleKey().toUtf8());
        const std::unique_ptr<QNetworkReply> reply(m_network.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact)));
        require(waitUntil([&] { return reply->isFinished(); }, 30s), path + QStringLiteral(" was not answered"));
        require(reply->error() == QNetworkReply::NoError, path + QLatin1Char(' ') + reply->errorString());
        return QJsonDocument::fromJson(reply->readAll()).object();
    }

    void insertRows(qint64 from)
    {
        run("insert into public.bench_rows (n, body) select n, '" + m_body.toUtf8() + "' from generate_series("
            + QByteArray::number(from) + "::bigint, " + QByteArray::number(std::min(from + Batch, m_count) - 1) + ") n");
    }

    void broadcastRows(qint64 from)
    {
        QJsonArray messages;
        for (qint64 n = from; n < std::min(from + Batch, m_count); ++n) {
            messages.append(QJsonObject {
                {QStringLiteral("topic"), QStringLiteral("bench")},
                {QStringLiteral("event"), QStringLiteral("row")},
                {QStringLiteral("payload"), QJsonObject {{QStringLiteral("n"), n}, {QStringLiteral("body"), m_body}}},
            });
        }
        post(QStringLiteral("/realtime/v1/api/broadcast"), {{QStringLiteral("messages"), messages}});
    }

    static inline const QString Password = QStringLiteral("neolingus-demo");

    qint64 m_count;
    QString m_body = QString(1000, QLatin1Char('r'));
    AcademyFixture m_academy;
    QNetworkAccessManager m_network;
    std::unique_ptr<PGconn, decltype(&PQfinish)> m_database {nullptr, &PQfinish};
    QString m_token;
};

double perMessage(const QJsonObject& told, const char* what)
{
    return told.value(QLatin1String(what)).toDouble() / told.value(QLatin1String("messages")).toDouble();
}

} // namespace

int main(int argc, char* argv[])
try {
    QCoreApplication app(argc, argv);
    const qint64 count = qEnvironmentVariableIsSet("NEOLINGUS_BENCH_MESSAGES")
        ? qEnvironmentVariableIntValue("NEOLINGUS_BENCH_MESSAGES")
        : 100'000;
    Bench bench(count);
    for (const bool changes : {false, true}) {
        const QString what = changes ? QStringLiteral("change") : QStringLiteral("broadcast");
        const QJsonObject reader = bench.measure(QStringLiteral("reader"), changes);
        const QJsonObject webSocket = bench.measure(QStringLiteral("websocket"), changes);
        const QJsonObject transport = bench.measure(QStringLiteral("transport"), changes);
        const QJsonObject script = bench.measure(QStringLiteral("realtime-js"), changes);
        const QJsonObject core = bench.measure(QStringLiteral("core"), changes);
        for (const auto& [peer, told] : {std::pair {QStringLiteral("@supabase/realtime-js in Node"), script},
                 std::pair {QStringLiteral("a loop that reads the socket and validates JSON"), reader},
                 std::pair {QStringLiteral("QWebSocket alone"), webSocket}}) {
            printFigure(QStringLiteral("client_%1_cpu").arg(what), perMessage(core, "cpu_us"), QStringLiteral("us"), peer,
                perMessage(told, "cpu_us"));
            printFigure(QStringLiteral("client_%1_wall").arg(what), perMessage(core, "wall_us"), QStringLiteral("us"), peer,
                perMessage(told, "wall_us"));
            printFigure(QStringLiteral("client_%1_resident").arg(what), core.value(QLatin1String("rss_kib")).toDouble(),
                QStringLiteral("KiB"), peer, told.value(QLatin1String("rss_kib")).toDouble());
        }
        // The part of the whole that is the socket.
        printFigure(QStringLiteral("client_%1_socket_cpu").arg(what), perMessage(transport, "cpu_us"), QStringLiteral("us"),
            QStringLiteral("the whole client core"), perMessage(core, "cpu_us"));
        printFigure(QStringLiteral("client_%1_socket_resident").arg(what), transport.value(QLatin1String("rss_kib")).toDouble(),
            QStringLiteral("KiB"), QStringLiteral("the whole client core"), core.value(QLatin1String("rss_kib")).toDouble());
    }
    return 0;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}

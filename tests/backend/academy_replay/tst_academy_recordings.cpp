// SPDX-License-Identifier: GPL-3.0-or-later
#include "Conversation.h"
#include "OlderServer.h"
#include "ReplayDatabase.h"

#include <QDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

/// The folder of an older server's recordings.
const QString older = QStringLiteral("v2.51.11/");

QString recordings()
{
    const QString folder = qEnvironmentVariable("NEOLINGUS_SHARED_DATA");
    return folder.isEmpty() ? QString() : folder + QStringLiteral("/realtime-frames");
}

/// Recordings of what no academy can be made to do are played as far as the note that begins it:
///   the server is killed: no frame comes after that, and a test cannot kill itself
///   (tst_academy_life kills an academy, tests/evening one with students on it);
///   an operator reloads a tenant: the academy has neither, so it never says "Server requested
///   disconnect";
///   the database stops: what follows is the error text of the genuine server's connection pool,
///   and its silence afterwards where the academy says that it is back (README);
///   an older server's channel dies of a presence that is a list, where the newer's answers.
const std::map<QString, std::string> playedUntil{
    {QStringLiteral("j_server_kill9_v2"), "SIGKILL"},
    {QStringLiteral("j_tenant_disconnect_v2"), "POST reload"},
    {QStringLiteral("m_db_down_up_v2"), "stop postgres (immediate)"},
    {QStringLiteral("v2.51.11/i_edge_v1"), "presence track with list payload"},
};

/// The genuine server cuts char(n) and bit(n) to their first place; the academy tells the value.
const Conversation::Scripts wholeValues{{"value alltypes.bits", "\"1010\""},
    {"value alltypes.ch", "\"ab\""}, {"instead of \"bits\": \"1\"", "\"bits\": \"1010\""},
    {"instead of \"ch\": \"a\"", "\"ch\": \"ab   \""}};

/// What was done that the frames alone do not tell: by recording, then as Conversation::Scripts.
const std::map<QString, Conversation::Scripts> scripts{
    {QStringLiteral("d_shapes_v2"),
        {{"toast insert 200k",
             "insert into toast select 1, string_agg(md5(i::text), ''), 1 from generate_series(1, "
             "6250) i"},
            {"truncate", "truncate toast"}, {"no pk update (replica identity default)", "select 1"},
            {"rolled back", "begin; insert into other.things values (99, 'never'); rollback"},
            {"alter table add column then insert",
                "alter table other.things add column extra int"}}},
    {QStringLiteral("d_types_v1"), wholeValues},
    {QStringLiteral("d_types_v2"), wholeValues},
    {QStringLiteral("f_db_broadcast_v1"),
        {{R"(after {"k": 1, "id": "mine"})",
            "select realtime.send_binary('\\x0001', 'bin', 'room:42', true)"}}},
    {QStringLiteral("g_connect_errors_v1"),
        {{"key garbage apikey", "garbage"},
            {"key expired apikey", R"($TOKEN({"role":"anon","exp":1000}))"},
            {"key wrong signature", R"($TOKEN({"role":"anon","exp":4000000000,"forged":true}))"},
            {"key apikey without role", R"($TOKEN({"exp":4000000000}))"},
            {"key apikey without exp", R"($TOKEN({"role":"anon"}))"},
            {"key x-api-key header", "header $ANON"}}},
    {QStringLiteral("v2.51.11/g_connect_errors_v1"), {{"key x-api-key header", "header $ANON"}}},
    {QStringLiteral("l_http_broadcast"),
        {{"http batch bearer", "bearer"}, {"http no auth", "none"}, {"http bad token", "bad"},
            {"http expired token", "expired"}, {"http private with service_role", "service"},
            {"http single binary", "anon application/octet-stream"},
            {"body single binary", "000102ff"}, {"body too large", "large 3200000"},
            {"http single text/plain", "anon text/plain"}}},
};

academy::RealtimeOptions optionsFor(const QString& recording)
{
    academy::RealtimeOptions options;
    if (recording == QLatin1String("k_denied_join_blocks_socket_v2")) {
        options.refusedJoinDelay = 500ms;
    } else if (recording == QLatin1String("h_no_heartbeat_v2")) {
        options.idleTimeout = 2s;
    } else if (recording == QLatin1String("k_message_rate_limited_v2")) {
        options.messagesPerSecond = 1;
    } else if (recording == QLatin1String("k_joins_rate_limited_v2")) {
        options.joinsPerSecond = 1;
    }
    return options;
}

} // namespace

/// Every recording of a genuine server, played against the academy. The recordings are not part of
/// the source: NEOLINGUS_SHARED_DATA names the folder that holds realtime-frames.
class TestAcademyRecordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (recordings().isEmpty()) {
            QSKIP("NEOLINGUS_SHARED_DATA does not name the folder of the recordings");
        }
        QVERIFY2(m_database.start(), qPrintable(m_database.errorText()));
    }
    void recording_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString& version : {QString(), older}) {
            const QDir folder(recordings() + QLatin1Char('/') + version);
            for (const QString& file :
                folder.entryList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name)) {
                QTest::newRow(qPrintable(version + file.chopped(6))) << folder.filePath(file);
            }
        }
    }
    void recording()
    {
        QFETCH(QString, file);
        const QString name = QString::fromUtf8(QTest::currentDataTag());
        QVERIFY2(m_database.clear(), qPrintable(m_database.errorText()));
        // What the database sends before the academy reads its log is heard by nobody.
        const bool databaseSpeaksFirst = name.contains(QLatin1String("f_db_broadcast"));
        if (databaseSpeaksFirst) {
            QTRY_COMPARE_WITH_TIMEOUT(logsBeingRead(), QStringLiteral("0"), 15'000);
        }
        ReplayAcademy academy(m_database.conninfo(), optionsFor(name));
        if (databaseSpeaksFirst) {
            QTRY_COMPARE_WITH_TIMEOUT(logsBeingRead(), QStringLiteral("1"), 15'000);
        }
        const auto end = playedUntil.find(name);
        Conversation conversation(file, end == playedUntil.end() ? std::string() : end->second,
            name.startsWith(older) ? &OlderServer::tellAsNewer : Conversation::Retell());
        if (name.startsWith(QLatin1String("k_joins"))) {
            crowd(academy, 61);
        }
        if (name.startsWith(QLatin1String("k_message"))) {
            m_flood = std::make_unique<Flood>(academy);
        }
        const auto known = scripts.find(name);
        const QStringList problems = conversation.play(academy, m_database.sql(),
            known == scripts.end() ? Conversation::Scripts() : known->second,
            [this](const std::string& text) {
                if (m_flood && text.find("\"last\":0") != std::string::npos) {
                    m_flood->sayTheLast();
                }
            });
        m_flood.reset();
        m_frames += conversation.framesCompared();
        QVERIFY2(problems.isEmpty(),
            qPrintable(QStringLiteral("\n   ") + problems.join(QStringLiteral("\n   "))));
    }
    void cleanupTestCase()
    {
        qInfo("%d frames and answers of a genuine server compared", m_frames);
    }

private:
    /// Somebody else's messages, of which a recording shows the last.
    struct Flood
    {
        explicit Flood(ReplayAcademy& academy) : client(std::make_shared<WireClient>(academy.io()))
        {
            client->open(academy.port(),
                "/realtime/v1/websocket?vsn=2.0.0&apikey=" + academy.keys().anonKey);
            client->send(R"(["1","1","realtime:other","phx_join",{"config":{}}])", false);
            for (int i = 0; i < 60; ++i) {
                client->send(R"(["1","2","realtime:other","broadcast",{}])", false);
            }
        }
        void sayTheLast() const
        {
            client->send(R"(["2","3","realtime:fl","phx_join",{"config":{}}])", false);
            client->send(
                R"(["2","4","realtime:fl","broadcast",{"type":"broadcast","event":"e","payload":{"last":0}}])",
                false);
        }
        std::shared_ptr<WireClient> client;
    };

    QString logsBeingRead()
    {
        return m_database.sql()
            .run(QStringLiteral(
                "select count(*) from pg_replication_slots where confirmed_flush_lsn is not null"))
            .value();
    }

    static void crowd(ReplayAcademy& academy, int joins)
    {
        auto client = std::make_shared<WireClient>(academy.io());
        client->open(
            academy.port(), "/realtime/v1/websocket?vsn=2.0.0&apikey=" + academy.keys().anonKey);
        for (int i = 0; i < joins; ++i) {
            const std::string number = std::to_string(i);
            client->send("[\"" + number + "\",\"" + number + "\",\"realtime:j" + number
                    + "\",\"phx_join\",{\"config\":{}}]",
                false);
        }
        QVERIFY(client->take(
            [](const WireFrame& frame) { return frame.kind == WireFrame::Kind::Closed; }, 10s));
    }

    ReplayDatabase m_database;
    std::unique_ptr<Flood> m_flood;
    int m_frames = 0;
};

QTEST_GUILESS_MAIN(TestAcademyRecordings)
#include "tst_academy_recordings.moc"

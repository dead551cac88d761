// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Hub.h"
#include "academy/realtime/RawJson.h"
#include "academy/realtime/ReplicationStream.h"
#include "support/PgSession.h"
#include "support/PostgresFixture.h"
#include "wire/Jwt.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QTest>
#include <QWaitCondition>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <future>
#include <thread>

using namespace academy;

using namespace std::chrono_literals;

namespace {

constexpr std::string_view secret = "a secret of at least thirty-two characters";
constexpr auto alice = "aaaaaaaa-0000-4000-8000-000000000001";
constexpr auto bob = "bbbbbbbb-0000-4000-8000-000000000002";
constexpr int patience = 10'000;

/// Collects text frames from any thread; binary ones as hex.
class Client final : public Outlet
{
public:
    void send(OutFramePtr frame) override
    {
        const QMutexLocker lock(&m_mutex);
        const QByteArray bytes = QByteArray::fromStdString(frame->bytes);
        m_frames.append(frame->isBinary ? bytes.toHex() : bytes);
        m_arrived.wakeAll();
    }
    void flush() override { }
    void close(std::uint16_t) override { }

    /// The first frame that contains the text; empty when none came in time.
    QByteArray next(const QByteArray& text, int milliseconds = patience)
    {
        const QDeadlineTimer deadline(milliseconds);
        QMutexLocker lock(&m_mutex);
        while (true) {
            for (qsizetype i = 0; i < m_frames.size(); ++i) {
                if (m_frames[i].contains(text)) {
                    return m_frames.takeAt(i);
                }
            }
            if (!m_arrived.wait(&m_mutex, deadline)) {
                return {};
            }
        }
    }
    /// The data of the next change.
    QByteArray nextChange()
    {
        const QByteArray frame = next(R"("postgres_changes",{"data":)");
        const auto elements = RawJson::array({frame.data(), std::size_t(frame.size())});
        const auto payload = elements ? RawJson::object((*elements)[4]) : std::nullopt;
        const auto data = payload ? payload->find("data") : std::nullopt;
        return data ? QByteArray(data->data(), qsizetype(data->size())) : QByteArray();
    }
    QByteArray nextFrameOfInsert() { return next(R"("type":"INSERT")"); }
    QByteArray nextMember(const char* name) { return member(nextChange(), name); }
    static QByteArray member(const QByteArray& data, const char* name)
    {
        const auto object = RawJson::object({data.data(), std::size_t(data.size())});
        const auto slice = object ? object->find(name) : std::nullopt;
        return slice ? QByteArray(slice->data(), qsizetype(slice->size())) : QByteArray("absent");
    }

    Hub::PeerId id = 0;

private:
    QMutex m_mutex;
    QWaitCondition m_arrived;
    QList<QByteArray> m_frames;
};
using ClientPtr = std::shared_ptr<Client>;

QByteArray filled(const char* text, const QByteArray& value)
{
    return QByteArray(text).replace('%', value);
}

constexpr auto judgementOfFickle = "7"; ///< held: its row 1 cannot be judged
constexpr auto filtersOfQueuers = "8"; ///< held: a filter on "patient" waits

/// Holds an advisory lock while it lives.
class Locked final
{
public:
    Locked(PgSession& sql, const char* key) : m_sql(sql), m_key(key) { run("pg_advisory_lock"); }
    ~Locked() { run("pg_advisory_unlock"); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

private:
    void run(const char* function)
    {
        const PgAnswer answer = m_sql.run(
            QStringLiteral("select %1(%2)").arg(QLatin1String(function), QLatin1String(m_key)));
        QVERIFY2(answer.ok(), qPrintable(answer.message));
    }

    PgSession& m_sql;
    const char* m_key;
};

Subscription listening(const char* table)
{
    Subscription subscription;
    subscription.event = "*";
    subscription.schema = "public";
    subscription.table = table;
    subscription.audience
        = std::make_shared<const Audience>(Audience{"authenticated", "{}", bob, std::nullopt});
    return subscription;
}

/// Whether somebody may see a row that was inserted, by the number that is its key.
Question insertOf(PgConnection& connection, const char* table, const char* id)
{
    const PgResult oid = connection.run("select $1::regclass::oid", {table});
    pgoutput::Relation relation;
    relation.oid = oid.ok() ? static_cast<pgoutput::Oid>(oid.number(0, 0)) : 0;
    relation.schema = "public";
    relation.table = table;
    relation.columns = {{true, "id", 23}};
    Change change;
    change.relation = std::make_shared<const pgoutput::Relation>(std::move(relation));
    change.row = pgoutput::Row{{pgoutput::Cell::Kind::Text, id}};
    return {std::make_shared<const Change>(std::move(change)),
        {std::make_shared<const Subscription>(listening(table))}};
}

/// A feed without a hub: channel 1 listens to "first", channel 2 to "second", twice.
class OwnFeed final
{
public:
    /// Channels, and whether with a payload.
    using Deliveries = std::vector<std::pair<std::uint64_t, bool>>;

    OwnFeed(boost::asio::io_context& io, PgPool& pool, TableCatalog& catalog)
        : m_strand(boost::asio::make_strand(io)),
          m_feed(std::make_shared<ChangeFeed>(m_strand, pool, catalog, metrics,
              ChangeFeed::Limits{100ms, 1024 * 1024},
              [this](const ChangeDelivery& delivery, pgoutput::PgTime) {
                  m_delivered.emplace_back(delivery.channel, delivery.payload != nullptr);
              }))
    {
        m_feed->subscribe(1, {listening("first")});
        m_feed->subscribe(2, {listening("second"), listening("second")});
    }
    ~OwnFeed()
    {
        onStrand([this] { m_feed->stop(); });
    }
    OwnFeed(const OwnFeed&) = delete;
    OwnFeed& operator=(const OwnFeed&) = delete;

    void publish(const char* table, pgoutput::Oid oid)
    {
        pgoutput::Relation relation;
        relation.oid = oid;
        relation.schema = "public";
        relation.table = table;
        Change change;
        change.relation = std::make_shared<const pgoutput::Relation>(std::move(relation));
        change.row.emplace();
        onStrand([&] { m_feed->publish(std::make_shared<const Change>(std::move(change))); });
    }
    std::size_t unjudged() const { return m_feed->unjudged(); }
    Deliveries delivered()
    {
        Deliveries all;
        onStrand([&] { all = m_delivered; });
        return all;
    }

    RealtimeMetrics metrics;

private:
    void onStrand(const std::function<void()>& work)
    {
        std::promise<void> done;
        boost::asio::post(m_strand, [&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }

    ChangeFeed::Strand m_strand;
    Deliveries m_delivered;
    std::shared_ptr<ChangeFeed> m_feed;
};

} // namespace

/// Changes and broadcasts from a real PostgreSQL through the streamed log to what clients receive.
class TestRealtimeDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_postgres.start(), qPrintable(m_postgres.errorText()));
        QVERIFY2(m_postgres.createDatabase(QStringLiteral("realtime")),
            qPrintable(m_postgres.errorText()));
        QVERIFY2(m_postgres.applyLaw(QStringLiteral("realtime"), false),
            qPrintable(m_postgres.errorText()));
        const std::string conninfo = m_postgres.conninfo(QStringLiteral("realtime")).toStdString();
        m_sql = std::make_unique<PgSession>(m_postgres.conninfo(QStringLiteral("realtime")));
        run(R"(
            create type mood as enum ('happy', 'sad');
            create domain positive as int check (value > 0);
            create table alltypes (id bigint primary key, i2 int2, f8 float8, num numeric, b bool, t text,
                j json, jb jsonb, u uuid, ts timestamp, tstz timestamptz, by bytea, ia int[], ta text[],
                jba jsonb[], m mood, r int4range, p positive, "Camel Col" text);
            create table notes (id int primary key, owner uuid, body text, secret text);
            alter table notes enable row level security;
            create policy own on notes for select to authenticated using (owner = auth.uid());
            create table nopk (v text);
            create table whole (id int primary key, v text);
            alter table whole replica identity full;
            create table slow (id int primary key, owner uuid);
            alter table slow enable row level security;
            create policy late on slow for select to authenticated
                using (pg_sleep(case when id % 7 = 0 then 0.02 else 0 end) is not null);
            create table fickle (id int primary key);
            alter table fickle enable row level security;
            create function whim(id int) returns boolean language plpgsql as $$
            begin
                if id = 1 and not pg_try_advisory_xact_lock_shared(7) then
                    raise query_canceled;
                elsif id = 2 then
                    raise division_by_zero;
                end if;
                return true;
            end $$;
            create policy whim on fickle for select to authenticated using (whim(id));
            create function dawdle(word text) returns boolean language plpgsql as $$
            begin
                if word = 'sleepy' and current_user = 'authenticated' then
                    perform pg_sleep(60);
                end if;
                return true;
            end $$;
            create domain lazy as text check (dawdle(value));
            create table dawdlers (id int primary key, word lazy, note text);
            create table tarry (id int primary key, owner uuid);
            alter table tarry enable row level security;
            create policy tarry on tarry for select to authenticated
                using (auth.uid() <> 'aaaaaaaa-0000-4000-8000-000000000001' or pg_sleep(60) is not null);
            create function loiter(word text) returns boolean language plpgsql as $$
            begin
                if current_user = 'authenticated' and word = 'tardy' then
                    perform pg_sleep(0.8);
                elsif current_user = 'authenticated' and word = 'patient' then
                    perform pg_advisory_xact_lock_shared(8);
                end if;
                return true;
            end $$;
            create domain slowpoke as text check (loiter(value));
            create table loiterers (id int primary key, word slowpoke);
            create table fixed (id int primary key, c char(8), b bit(5), vb bit varying(8), vc varchar(4),
                n numeric(6, 2));
            revoke all on notes from anon, authenticated;
            grant select on alltypes, nopk, whole, slow, fickle, dawdlers, tarry, loiterers, fixed
                to anon, authenticated;
            grant select (id, owner, body) on notes to authenticated;
            alter publication supabase_realtime add table alltypes, notes, nopk, whole, slow, fickle,
                dawdlers, tarry, loiterers, fixed;
            create policy own_topic on realtime.messages for select to authenticated
                using (realtime.topic() = 'room:' || (select auth.uid())::text);
            create policy kept_topic on realtime.messages for select to authenticated
                using (realtime.topic() in ('kept', 'spoken'));
            create policy hanging_topic on realtime.messages for select to authenticated
                using (realtime.topic() = 'hanging' and pg_sleep(60) is not null);
            create policy handed_topic on realtime.messages for select to authenticated
                using (realtime.topic() = 'handed');
            create policy handed on realtime.messages for insert to authenticated
                with check (realtime.topic() = 'handed'
                    and auth.uid() = 'bbbbbbbb-0000-4000-8000-000000000002');
            create policy keep on realtime.messages for insert to authenticated
                with check (realtime.topic() = 'kept'
                    or (realtime.topic() = 'spoken' and extension = 'broadcast'));
        )");
        m_keys.jwtSecret = secret;
        m_pool.emplace(PgPoolOptions{.conninfo = conninfo, .threads = 4});
        RealtimeOptions options;
        options.judging = 3s;
        m_hub = std::make_shared<Hub>(m_io, *m_pool, m_verifier, m_random, m_metrics, options);
        m_hub->begin(m_catalog);
        m_reader.emplace(LogReader::Events{
            [this](ChangePtr change) { m_hub->change(std::move(change)); },
            [this](DatabaseBroadcast broadcast) { m_hub->databaseBroadcast(std::move(broadcast)); },
            [this](pgoutput::Oid table) { m_catalog.forget(table); }});
        m_stream.emplace(conninfo,
            std::vector<std::string>{"supabase_realtime", "supabase_realtime_messages_publication"},
            ReplicationStream::Events{[this](bool live) {
                                          m_reader->reset();
                                          m_catalog.forgetAll();
                                          m_hub->setStreaming(live);
                                      },
                [this](pgoutput::Message message) { m_reader->take(std::move(message)); },
                [this] { return !m_hub->isCongested(); }});
        m_stream->start();
        m_thread = std::thread([this] { m_io.run(); });
    }
    void cleanupTestCase()
    {
        if (m_stream) {
            m_stream->stop();
        }
        m_pool.reset();
        m_work.reset();
        m_io.stop();
        if (m_thread.joinable()) {
            m_thread.join();
        }
        m_hub.reset();
    }
    void cleanup()
    {
        for (const ClientPtr& client : std::exchange(m_clients, {})) {
            m_hub->disconnect(client->id);
        }
    }

    void valuesKeepTheirTypesAndDigits()
    {
        const ClientPtr client = watching("alltypes");
        run(R"(insert into alltypes values (9007199254740993, -32768, 1.5e300, 123456789012345678901234567890.123456789,
            true, 'a' || chr(10) || '"q" é', '{"a": 1.0}', '{"b": [1, {"c": null}]}', '11111111-1111-4111-8111-111111111111',
            '2026-01-02 03:04:05.678901', '2026-01-02 03:04:05.678901+05', decode('deadbeef', 'hex'), '{1,2,NULL}', '{a,"b,c",NULL}',
            array['{"x": 1}'::jsonb], 'happy', '[1,10)', 7, 'camel'))");
        const QByteArray data = client->nextChange();
        QCOMPARE(Client::member(data, "record"),
            R"({"id":9007199254740993,"i2":-32768,"f8":15)" + QByteArray(299, '0')
                + R"(,"num":123456789012345678901234567890.123456789,"b":true,"t":)"
                + "\"a\\n\\\"q\\\" é\","
                + QByteArrayLiteral(
                    R"("j":{"a": 1.0},"jb":{"b": [1, {"c": null}]},"u":"11111111-1111-4111-8111-111111111111",)"
                    R"("ts":"2026-01-02T03:04:05.678901","tstz":"2026-01-01T22:04:05.678901+00:00","by":"deadbeef",)"
                    R"("ia":[1,2,null],"ta":["a","b,c",null],"jba":[{"x": 1}],"m":"happy","r":"[1,10]","p":7,"Camel Col":"camel"})")
                      .replace("10]", "10)"));
        QVERIFY(Client::member(data, "columns").contains(R"({"name":"ia","type":"_int4"})"));
        QVERIFY(Client::member(data, "columns").contains(R"({"name":"m","type":"mood"})"));
        QCOMPARE(Client::member(data, "errors"), QByteArray("null"));
        run(R"(update alltypes set num = 'NaN', tstz = 'infinity', f8 = '-Infinity')");
        const QByteArray record = client->nextMember("record");
        QVERIFY(record.contains(R"("f8":null)") && record.contains(R"("num":null)")
            && record.contains(R"("tstz":"infinity")"));
        run("delete from alltypes");
        const QByteArray gone = client->nextChange();
        QCOMPARE(Client::member(gone, "old_record"), QByteArray(R"({"id":9007199254740993})"));
        QCOMPARE(Client::member(gone, "record"), QByteArray("absent"));
    }
    void everyoneSeesTheirOwnRowsAndAllDeletedKeys()
    {
        const ClientPtr first = watching("notes", {}, alice);
        const ClientPtr second = watching("notes", {}, bob);
        run(filled("insert into notes values (1, '%', 'hers', 's')", alice));
        run(filled("insert into notes values (2, '%', 'his', 's')", bob));
        QCOMPARE(
            first->nextMember("record"), filled(R"({"id":1,"owner":"%","body":"hers"})", alice));
        QCOMPARE(second->nextMember("record"), filled(R"({"id":2,"owner":"%","body":"his"})", bob));
        run("delete from notes where id = 1");
        QCOMPARE(first->nextMember("old_record"), QByteArray(R"({"id":1})"));
        QCOMPARE(second->nextMember("old_record"), QByteArray(R"({"id":1})"));
        QVERIFY(first->next("postgres_changes\",{", 50).isEmpty());
    }
    void aTableWithoutPrimaryKeySaysSo()
    {
        const ClientPtr client = watching("nopk");
        run("insert into nopk values ('x')");
        const QByteArray data = client->nextChange();
        QCOMPARE(Client::member(data, "errors"),
            QByteArray(R"(["Error 400: Bad Request, no primary key"])"));
        QCOMPARE(Client::member(data, "record"), QByteArray("{}"));
        QCOMPARE(Client::member(data, "commit_timestamp"), QByteArray("null"));
    }
    void wholeOldRowsLongValuesAndNewColumns()
    {
        const ClientPtr client = watching("whole");
        const QByteArray big = "select string_agg(md5(i::text), '') from generate_series(1, 400) i";
        run("insert into whole select 1, (" + big + ")");
        QCOMPARE(client->nextMember("record").size(), 400 * 32 + 15);
        run("update whole set id = 5");
        const QByteArray moved = client->nextChange();
        QVERIFY(Client::member(moved, "old_record").startsWith(R"({"id":1,"v":)"));
        QCOMPARE(Client::member(moved, "record").size(), 400 * 32 + 15);
        run("alter table whole replica identity default");
        run("update whole set id = 6");
        const QByteArray untouched = client->nextChange();
        QCOMPARE(Client::member(untouched, "record"), QByteArray(R"({"id":6})"));
        QCOMPARE(Client::member(untouched, "old_record"), QByteArray(R"({"id":5})"));
        QVERIFY(Client::member(untouched, "columns").contains(R"("name":"v")"));
        run("alter table whole add column extra int; grant select on whole to authenticated; "
            "truncate whole;"
            "insert into whole values (7, 'e', 9)");
        QCOMPARE(client->nextMember("record"), QByteArray(R"({"id":7,"v":"e","extra":9})"));
    }
    void whatIsRolledBackNeverHappenedAndTransactionsKeepTheirOrder()
    {
        const ClientPtr client = watching("alltypes");
        run("begin; insert into alltypes (id) values (100); rollback");
        run("insert into alltypes (id) select generate_series(101, 150)");
        for (int id = 101; id <= 150; ++id) {
            QVERIFY(client->nextMember("record").startsWith(
                filled(R"({"id":%,)", QByteArray::number(id))));
        }
        run("delete from alltypes");
    }
    void orderSurvivesPoliciesOfUnequalSpeed()
    {
        const ClientPtr client = watching("slow", {}, alice);
        for (int id = 1; id <= 40; ++id) {
            run("insert into slow values (" + QByteArray::number(id) + ", null)");
        }
        for (int id = 1; id <= 40; ++id) {
            QCOMPARE(client->nextMember("record"),
                filled(R"({"id":%,"owner":null})", QByteArray::number(id)));
        }
    }
    void filters_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("matches");
        const auto add = [](const char* filter, bool matches) {
            QTest::newRow(filter) << QByteArray(filter) << matches;
        };
        add("t=eq.hello world", true);
        add("t=neq.x", true);
        add("t=like.hello%", true);
        add("t=ilike.HELLO%", true);
        add("t=not.like.hello%", false);
        add("t=match.^hel+o", true);
        add("t=imatch.^HEL+O", true);
        add("t=gt.hello", true);
        add("t=in.(a,hello world)", true);
        add("num=eq.1.50", true);
        add("num=lt.1.5", false);
        add("f8=gte.2.5", true);
        add("tstz=gt.2026-01-01T00:00:00Z", true);
        add("tstz=eq.2026-06-01T02:00:00+02:00", true);
        add("u=eq.AAAAAAAA-0000-4000-8000-000000000001", true);
        add("b=is.true", true);
        add("b=eq.true", true);
        add("j=is.null", true);
        add("j=not.is.null", false);
        add("m=eq.sad", true);
        add("m=isdistinct.happy", true);
        add("i2=gte.5,i2=lt.6", true);
        add("i2=in.()", false);
        add("p=eq.3", true);
    }
    void filters()
    {
        QFETCH(QByteArray, filter);
        QFETCH(bool, matches);
        const ClientPtr client = watching("alltypes", filter);
        const ClientPtr control = watching("alltypes");
        run(filled("insert into alltypes (id, i2, f8, num, b, t, u, tstz, m, p) values (1, 5, 2.5, "
                   "1.5, true,"
                   " 'hello world', '%', '2026-06-01 00:00:00Z', 'sad', 3)",
            alice));
        QVERIFY(!control->nextChange().isEmpty());
        run("delete from alltypes");
        QVERIFY(!control->nextChange().isEmpty());
        run("insert into alltypes (id, t, num, f8, tstz, u, b, m, i2, p, j) values (2, 'other', 9, "
            "0, '2020-01-01', gen_random_uuid(),"
            " false, 'happy', 99, 1, '1')");
        QVERIFY(!control->nextChange().isEmpty());
        run("delete from alltypes");
        QVERIFY(!control->nextChange().isEmpty());
        const QByteArray got
            = client->next(R"("type":"INSERT","record":{"id":1,)", matches ? patience : 50);
        QCOMPARE(!got.isEmpty(), matches);
    }
    void valuesOfFixedLengthAreComparedWhole_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("matches");
        const auto add = [](const char* filter, bool matches) {
            QTest::newRow(filter) << QByteArray(filter) << matches;
        };
        add("c=eq.abcdef", true);
        add("c=eq.abcdef  ", true);
        add("c=eq.abcxyz", false);
        add("c=eq.a", false);
        add("c=in.(a,abcdef)", true);
        add("c=gt.abcdea", true);
        add("c=like.abc%", true);
        add("b=eq.10110", true);
        add("b=eq.1", false);
        add("b=eq.10111", false);
        add("vb=eq.101", true);
        add("vb=eq.1011", false);
        add("vc=eq.abcd", true);
        add("vc=eq.abcde", false);
        add("n=eq.12.5", true);
        add("n=eq.12.504", false);
    }
    void valuesOfFixedLengthAreComparedWhole()
    {
        QFETCH(QByteArray, filter);
        QFETCH(bool, matches);
        // In SQL the filter says the same.
        const qsizetype dot = filter.indexOf('.');
        if (filter.contains("=eq.")) {
            const PgAnswer same = m_sql->run(QString::fromUtf8("select * from (values ('abcdef'::char(8),"
                "'10110'::bit(5), '101'::bit varying(8), 'abcd'::varchar(4), 12.5::numeric(6, 2)))"
                " as fixed(c, b, vb, vc, n) where " + filter.left(filter.indexOf('=')) + " = '"
                + filter.mid(dot + 1) + '\''));
            QVERIFY2(same.ok(), qPrintable(same.message));
            QCOMPARE(!same.rows.isEmpty(), matches);
        }
        const ClientPtr client = joined(
            filled(R"({"event":"INSERT","schema":"public","table":"fixed","filter":"%"})", filter)
            + R"(,{"event":"DELETE","schema":"public","table":"fixed"})");
        QVERIFY(!client->next("Subscribed to PostgreSQL").isEmpty());
        run("insert into fixed values (1, 'abcdef', '10110', '101', 'abcd', 12.5); delete from fixed");
        QVERIFY(!client->next(R"("type":"DELETE")").isEmpty());
        QCOMPARE(!client->next(R"("type":"INSERT")", 0).isEmpty(), matches);
    }
    void oneBadBindingRefusesTheChannel()
    {
        const ClientPtr client = joined(
            R"({"event":"*","schema":"public","table":"alltypes"},{"event":"*","schema":"public","table":"nope"})");
        QVERIFY(client->next("Unable to subscribe to changes with given parameters")
                    .contains("table: nope"));
        run("insert into alltypes (id) values (1); delete from alltypes");
        QVERIFY(client->next("postgres_changes\",{", 100).isEmpty());
    }
    void bindingsWithAndWithoutSelectGetFramesOfTheirOwn()
    {
        const ClientPtr client = joined(
            R"({"event":"INSERT","schema":"public","table":"whole","select":["v"]},{"event":"*","schema":"public","table":"whole"},{"event":"INSERT","schema":"*"})");
        QVERIFY(!client->next("Subscribed to PostgreSQL").isEmpty());
        run("insert into whole values (20, 'v', 1)");
        QByteArrayList frames{client->nextFrameOfInsert(), client->nextFrameOfInsert()};
        std::sort(frames.begin(), frames.end(),
            [](const auto& a, const auto& b) { return a.size() < b.size(); });
        QVERIFY(frames[0].contains(R"("record":{"id":20,"v":"v"},)"));
        QVERIFY(frames[1].contains(R"("record":{"id":20,"v":"v","extra":1},)"));
        QCOMPARE(frames[0].mid(frames[0].indexOf("\"ids\"")).count(','), 0);
        QCOMPARE(frames[1].mid(frames[1].indexOf("\"ids\"")).count(','), 1);
    }
    void broadcastsOfTheDatabaseReachTheirRoom()
    {
        const ClientPtr client = connected(PhoenixVersion::V1);
        const QByteArray topic = filled("room:%", alice);
        say(client,
            filled(R"({"topic":"realtime:%","event":"phx_join","ref":"1",)", topic)
                + filled(
                    R"("payload":{"config":{"private":true},"access_token":"%"}})", token(alice)),
            PhoenixVersion::V1);
        QVERIFY(client->next("phx_reply").contains(R"("status":"ok")"));
        run("select realtime.send('{\"k\": 1.50, \"id\": \"mine\"}', 'ev', '" + topic + "', true)");
        const QByteArray frame = client->next("\"broadcast\"");
        QVERIFY2(frame.contains(R"("payload":{"k": 1.50, "id": "mine"},"type":"broadcast")"),
            frame.constData());
        QVERIFY(frame.contains(R"("meta":{"id":)"));
        run("select realtime.send_binary('\\x0001', 'bin', '" + topic + "', true)");
        run("select realtime.send('{}', 'public', '" + topic + "', false)");
        run("begin; select realtime.send('{}', 'undone', '" + topic + "', true); rollback");
        run("select realtime.send('{}', 'last', '" + topic + "', true)");
        QVERIFY(client->next("broadcast").contains(R"("event":"last")"));

        const ClientPtr late = connected(PhoenixVersion::V2);
        say(late,
            filled(R"(["1","1","realtime:%","phx_join",)", topic)
                + filled(
                    R"({"config":{"private":true,"broadcast":{"replay":{"since":0,"limit":2}}},"access_token":"%"}])",
                    token(alice)));
        QVERIFY(late->next("phx_reply").contains(R"("status":"ok")"));
        QVERIFY(late->next(R"("replayed":true)").contains(R"("event":"last")"));
        QVERIFY(!late->next(QByteArray(R"({"id":)").toHex()).isEmpty());

        const ClientPtr stranger = connected(PhoenixVersion::V2);
        say(stranger,
            filled(R"(["1","1","realtime:%","phx_join",)", topic)
                + filled(R"({"config":{"private":true},"access_token":"%"}])", token(bob)));
        QVERIFY(stranger->next("phx_reply")
                    .contains("Unauthorized: You do not have permissions to read from this Channel "
                              "topic: room:"));
    }
    void aLostStreamComesBackAndSaysSo()
    {
        const ClientPtr client = watching("alltypes");
        run("select pg_terminate_backend(active_pid) from pg_replication_slots where active_pid is "
            "not null");
        QVERIFY(!client->next("Subscribed to PostgreSQL").isEmpty());
        run("insert into alltypes (id) values (7); delete from alltypes");
        QVERIFY(client->nextMember("record").startsWith(R"({"id":7,)"));
        QVERIFY(m_metrics.replicationRestarts > 0);
    }
    void aJoinThatWaitsIsAnsweredWhenChangesArrive()
    {
        const ClientPtr client = connected(PhoenixVersion::V2);
        say(client, waitingJoin(R"({"event":"*","schema":"public","table":"whole"})"));
        const QByteArray reply = client->next("phx_reply");
        QVERIFY2(reply.contains(R"("status":"ok")"), reply.constData());
        // Nobody has to wait for the system message any more.
        run("insert into whole (id, v) values (100, 'at once')");
        QVERIFY(client->nextMember("record").contains("at once"));
        QVERIFY(!client->next("Subscribed to PostgreSQL").isEmpty());
        run("delete from whole where id = 100");
    }
    void aJoinThatWaitsForTheImpossibleIsRefused()
    {
        const ClientPtr client = connected(PhoenixVersion::V2);
        say(client, waitingJoin(R"({"event":"*","schema":"public","table":"nowhere"})"));
        const QByteArray reply = client->next("phx_reply");
        QVERIFY2(reply.contains("RealtimeDisabledForConfiguration: Unable to subscribe to changes"),
            reply.constData());
    }
    void aJoinDoesNotWaitForEver()
    {
        m_hub->setStreaming(false);
        const ClientPtr client = connected(PhoenixVersion::V2);
        say(client, waitingJoin(R"({"event":"*","schema":"public","table":"whole"})", 1));
        const QByteArray reply = client->next("phx_reply");
        QVERIFY2(reply.contains("PostgresChangesSubscribeTimeout: Timed out after 1ms waiting for"
                                " the postgres_changes subscription"),
            reply.constData());
        const ClientPtr patient = connected(PhoenixVersion::V2);
        say(patient, waitingJoin(R"({"event":"*","schema":"public","table":"whole"})"));
        // Its turn comes when the stream is back.
        say(client, R"(["7","7","realtime:c","phx_join",{"config":{}}])");
        QVERIFY(!client->next(R"("7","7")").isEmpty());
        m_hub->setStreaming(true);
        QVERIFY(patient->next("phx_reply").contains(R"("status":"ok")"));
    }
    void aPersistedBroadcastIsDeliveredOnceAndReplayed()
    {
        const QByteArray join
            = R"(["1","1","realtime:kept","phx_join",{"config":{"private":true,"broadcast":{"ack":true}%}}])";
        const ClientPtr sender = connected(PhoenixVersion::V2);
        const ClientPtr receiver = connected(PhoenixVersion::V2);
        for (const ClientPtr& client : {sender, receiver}) {
            say(client, filled(join.constData(), {}));
            QVERIFY(!client->next("phx_reply").isEmpty());
        }
        sayBinary(sender, "kept", R"({"persist":true})", R"({"n":1.50})");
        const QByteArray reply = sender->next("phx_reply");
        QVERIFY2(reply.contains("\"status\":\"ok\",\"response\":{\"id\":\""), reply.constData());
        const QByteArray id = reply.mid(reply.indexOf("{\"id\":\"") + 7, 36);
        const QByteArray frame = receiver->next("04");
        QVERIFY(frame.contains(("{\"id\":\"" + id + "\"}").toHex()));
        QVERIFY(frame.endsWith(QByteArray(R"({"n":1.50})").toHex()));
        // The stored row comes by in the log before this one and must not be told twice.
        run("select realtime.send('{\"id\":\"z\"}', 'later', 'kept', true)");
        QVERIFY(receiver->next("04").contains(QByteArray("later").toHex()));
        const ClientPtr late = connected(PhoenixVersion::V2);
        say(late, filled(join.constData(), R"(,"broadcast":{"replay":{"since":1000,"limit":2}})"));
        const QByteArray replayed = late->next("\"replayed\":true");
        QVERIFY2(replayed.contains(id) && replayed.contains(R"("payload":{"n": 1.50})"),
            replayed.constData());
    }
    void whoMayNotPersistIsToldSo()
    {
        const ClientPtr sender = connected(PhoenixVersion::V2);
        say(sender,
            R"(["1","1","realtime:spoken","phx_join",{"config":{"private":true,"broadcast":{"ack":true,"self":true}}}])");
        QVERIFY(!sender->next("phx_reply").isEmpty());
        sayBinary(sender, "spoken", {}, "{}");
        QVERIFY(sender->next("phx_reply").contains(R"("status":"ok","response":{})"));
        QVERIFY(!sender->next("04").isEmpty());
        sayBinary(sender, "spoken", R"({"persist":true})", "{}");
        QVERIFY(sender->next("phx_reply").contains("You do not have permissions to persist"));
        say(sender, R"([null,"9","phoenix","heartbeat",{}])");
        QVERIFY(!sender->next(R"("9","phoenix")").isEmpty());
        QVERIFY(sender->next("04", 0).isEmpty());
    }
    void aLargeTransactionWaitsInTheLogAndNotInMemory()
    {
        const ClientPtr client = watching("whole");
        run("insert into whole (id, v) select i, 'x' from generate_series(10001, 16000) i");
        for (int i = 10001; i <= 16000; ++i) {
            const QByteArray record = client->nextMember("record");
            QVERIFY2(record.startsWith(filled(R"({"id":%,)", QByteArray::number(i))),
                record.constData());
        }
        QVERIFY(!m_hub->isCongested());
        QCOMPARE(m_metrics.changesLost.load(), std::uint64_t(0));
    }
    void aHundredReadersAreCheckedTogether()
    {
        QList<ClientPtr> clients;
        for (int i = 0; i < 100; ++i) {
            clients.append(watching("notes", {},
                filled("cccccccc-0000-4000-8000-000000000%", QByteArray::number(100 + i))
                    .constData()));
        }
        const auto before = m_metrics.changesDelivered.load();
        for (int i = 0; i < 50; ++i) {
            run("insert into notes values (" + QByteArray::number(1000 + i)
                + ", 'cccccccc-0000-4000-8000-000000000" + QByteArray::number(100 + i)
                + "', 'b', 's')");
        }
        for (int i = 0; i < 50; ++i) {
            QVERIFY(clients[i]->nextMember("record").startsWith(
                filled(R"({"id":%,)", QByteArray::number(1000 + i))));
        }
        QCOMPARE(m_metrics.changesDelivered.load() - before, std::uint64_t(50));
    }
    void deliveryFollowsTheCommit()
    {
        const ClientPtr client = watching("notes", {}, alice);
        std::vector<double> milliseconds;
        for (int i = 0; i < 300; ++i) {
            run("insert into notes values (" + QByteArray::number(5000 + i) + ", '" + alice
                + "', 'b', 's')");
            const auto committed = std::chrono::steady_clock::now();
            QVERIFY(!client->nextChange().isEmpty());
            milliseconds.push_back(std::chrono::duration<double, std::milli>(
                std::chrono::steady_clock::now() - committed)
                                       .count());
        }
        std::sort(milliseconds.begin(), milliseconds.end());
        qInfo("from the commit's answer to the frame, under row-level security: p50 %.2f ms, p99 "
              "%.2f ms",
            milliseconds[150], milliseconds[297]);
        QVERIFY2(milliseconds[150] < 100, "a change waits for a poll");
    }
    void whatCannotBeJudgedIsAskedAgainAndKeepsItsPlace()
    {
        const auto lost = m_metrics.changesLost.load();
        const ClientPtr client = joined(R"({"event":"*","schema":"public"})");
        QVERIFY(!client->next("Subscribed to PostgreSQL").isEmpty());
        const auto looks = m_metrics.visibilityQueries.load();
        {
            const Locked locked(*m_sql, judgementOfFickle);
            run("insert into fickle values (1)");
            run("insert into whole (id, v) values (300, 'behind')");
            QTRY_VERIFY(m_metrics.visibilityQueries.load() > looks);
        }
        QCOMPARE(client->nextMember("record"), QByteArray(R"({"id":1})"));
        QVERIFY(client->nextMember("record").contains("behind"));
        run("delete from fickle; delete from whole where id = 300");
        QCOMPARE(client->nextMember("old_record"), QByteArray(R"({"id":1})"));
        QCOMPARE(client->nextMember("old_record"), QByteArray(R"({"id":300})"));
        QVERIFY(client->next("phx_error", 0).isEmpty());
        QCOMPARE(m_metrics.changesLost.load(), lost);
    }
    void whoMayHaveMissedAChangeJoinsAgain()
    {
        const auto lost = m_metrics.changesLost.load();
        const ClientPtr client = watching("fickle");
        const ClientPtr other = watching("whole");
        {
            const Locked locked(*m_sql, judgementOfFickle);
            run("insert into fickle values (1)");
            QCOMPARE(
                client->next("phx_error"), QByteArray(R"(["1","1","realtime:c","phx_error",{}])"));
        }
        QCOMPARE(m_metrics.changesLost.load() - lost, std::uint64_t(1));
        subscribeTo(client, "fickle");
        // The policy's own error is an answer, and hides no other row.
        run("insert into fickle values (2), (3)");
        QCOMPARE(client->nextMember("record"), QByteArray(R"({"id":3})"));
        run("delete from fickle");
        QVERIFY(client->next("phx_error", 0).isEmpty());
        QVERIFY(other->next("phx_error", 0).isEmpty());
        QCOMPARE(m_metrics.changesLost.load() - lost, std::uint64_t(1));
    }
    void whatWasAnsweredIsNotAskedAgain()
    {
        PgConnection connection;
        QVERIFY(connection.open(m_postgres.conninfo(QStringLiteral("realtime")).toStdString()));
        RealtimeMetrics metrics;
        Visibility visibility({insertOf(connection, "fickle", "1"),
            insertOf(connection, "fickle", "2"), insertOf(connection, "fickle", "3")});
        run("insert into fickle values (1), (2), (3)");
        {
            const Locked locked(*m_sql, judgementOfFickle);
            QVERIFY(!visibility.ask(connection, m_catalog, metrics));
        }
        QCOMPARE(metrics.visibilityQueries.load(), std::uint64_t(3));
        const auto early = visibility.deliveries(1024);
        QVERIFY(early[0].size() == 1 && !early[0][0].payload && !early[0][0].tooSlow);
        run("delete from fickle where id = 3");
        QVERIFY(visibility.ask(connection, m_catalog, metrics));
        QCOMPARE(metrics.visibilityQueries.load(), std::uint64_t(4));
        const auto deliveries = visibility.deliveries(1024);
        QCOMPARE(deliveries.size(), std::size_t(3));
        QVERIFY(deliveries[0].size() == 1 && deliveries[0][0].payload);
        QVERIFY(deliveries[1].empty());
        QVERIFY2(deliveries[2].size() == 1 && deliveries[2][0].payload,
            "a row that was seen is not looked at again when it is gone");
        run("delete from fickle");
    }
    void aLockedTableIsAskedAgainAndNobodysFault()
    {
        PgConnection connection;
        QVERIFY(connection.open(m_postgres.conninfo(QStringLiteral("realtime")).toStdString()));
        run("insert into fickle values (4)");
        run(filled("insert into notes values (7001, '%', 'b', 's')", bob));
        RealtimeMetrics metrics;
        Visibility visibility(
            {insertOf(connection, "fickle", "4"), insertOf(connection, "notes", "7001")});
        run("begin; lock table fickle in access exclusive mode");
        const bool isFinal = visibility.ask(connection, m_catalog, metrics);
        const auto early = visibility.deliveries(1024);
        run("rollback");
        QVERIFY(!isFinal);
        QVERIFY(early[0].size() == 1 && !early[0][0].payload && !early[0][0].tooSlow);
        QVERIFY(early[1].size() == 1 && early[1][0].payload);
        QVERIFY(visibility.ask(connection, m_catalog, metrics));
        const auto deliveries = visibility.deliveries(1024);
        QVERIFY(deliveries[0].size() == 1 && deliveries[0][0].payload);
        run("delete from fickle; delete from notes where id = 7001");
    }
    void aSlowReaderIsAskedAloneAndLosesThatSubscription()
    {
        const auto lost = m_metrics.changesLost.load();
        const ClientPtr slow = joined(R"({"event":"INSERT","schema":"public","table":"tarry"},)"
                                      R"({"event":"INSERT","schema":"public","table":"whole"})",
            alice);
        QVERIFY(!slow->next("Subscribed to PostgreSQL").isEmpty());
        const ClientPtr other = watching("tarry");
        const auto bindings = m_metrics.bindings.load();
        run("insert into tarry values (1, null)");
        QCOMPARE(other->nextMember("record"), QByteArray(R"({"id":1,"owner":null})"));
        const QByteArray end = slow->next("\"system\"");
        QVERIFY2(end.contains(R"("status":"error","extension":"postgres_changes")")
                && end.contains("schema: public, table: tarry") && end.contains("ERROR 57014"),
            end.constData());
        QCOMPARE(m_metrics.bindings.load(), bindings - 1);
        run("insert into tarry values (2, null); insert into whole (id, v) values (400, 'on')");
        QVERIFY(slow->nextMember("record").contains(R"("id":400)"));
        QCOMPARE(other->nextMember("record"), QByteArray(R"({"id":2,"owner":null})"));
        for (const ClientPtr& client : {slow, other}) {
            QVERIFY(client->next("phx_error", 0).isEmpty());
            QVERIFY(client->next("\"system\"", 0).isEmpty());
        }
        QCOMPARE(m_metrics.changesLost.load(), lost);
        // Whoever is told that changes arrive again gets all that was asked for.
        m_hub->setStreaming(true);
        QVERIFY(!slow->next("Subscribed to PostgreSQL").isEmpty());
        QCOMPARE(m_metrics.bindings.load(), bindings);
        run("delete from whole where id = 400");
    }
    void slowFiltersEndAndTakeNobodyElsesTime()
    {
        const auto lost = m_metrics.changesLost.load();
        // Two of them use up the time of their socket, the third is not even asked.
        const auto filtered
            = R"({"event":"*","schema":"public","table":"dawdlers","filter":"word=gt.%"},)";
        const ClientPtr slow = joined(filled(filtered, "a") + filled(filtered, "b")
            + filled(filtered, "c") + R"({"event":"*","schema":"public","table":"whole"})");
        QVERIFY(!slow->next("Subscribed to PostgreSQL").isEmpty());
        const ClientPtr neighbour = watching("dawdlers", "note=gt.a");
        const auto ended = m_metrics.subscriptionsEnded.load();
        run("insert into dawdlers values (10, 'sleepy', 'b')");
        QVERIFY(neighbour->nextMember("record").contains("sleepy"));
        for (const char* const value : {"a", "b", "c"}) {
            const QByteArray end = slow->next("ERROR 57014");
            QVERIFY2(end.contains(filled(R"(\"gt\", \"%\")", value)), end.constData());
        }
        QCOMPARE(m_metrics.subscriptionsEnded.load() - ended, std::uint64_t(3));
        run("insert into whole (id, v) values (401, 'on'); delete from whole where id = 401");
        QVERIFY(slow->nextMember("record").contains(R"("id":401)"));
        for (const ClientPtr& client : {slow, neighbour}) {
            QVERIFY(client->next("phx_error", 0).isEmpty());
        }
        QCOMPARE(m_metrics.changesLost.load(), lost);
    }
    void theBindingsOfAJoinShareTheirTime()
    {
        const QByteArray tardy
            = R"({"event":"*","schema":"public","table":"loiterers","filter":"word=eq.tardy"})";
        const ClientPtr client = joined(tardy + ',' + tardy + ',' + tardy);
        const QByteArray refused = client->next("\"system\"");
        QVERIFY2(refused.contains("ERROR 57014"), refused.constData());
    }
    void aPeerSubscribesOneChannelAfterTheOther()
    {
        const ClientPtr client = connected(PhoenixVersion::V2);
        const auto waiting = [this] {
            return m_sql
                ->run(QStringLiteral("select count(*) from pg_locks where locktype = 'advisory'"
                                     " and objid = 8 and not granted"))
                .value()
                .toInt();
        };
        {
            const Locked locked(*m_sql, filtersOfQueuers);
            for (const char* const topic : {"a", "b", "c"}) {
                say(client,
                    filled(R"(["1","1","realtime:%",)", topic)
                        + R"("phx_join",{"config":{"postgres_changes":[{"event":"*",)"
                          R"("schema":"public","table":"loiterers","filter":"word=eq.patient"}]}}])");
            }
            QTRY_VERIFY(waiting() > 0);
            // Others would be there by now.
            for (int i = 0; i < 20; ++i) {
                QVERIFY(waiting() <= 1);
            }
        }
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!client->next("\"system\"").isEmpty());
        }
    }
    void whatFollowsATokenIsJudgedWithItsRights()
    {
        const ClientPtr client = connected(PhoenixVersion::V2, alice);
        const auto handOver = [&](const char* subject) {
            say(client,
                filled(R"(["1","2","realtime:handed","access_token",{"access_token":"%"}])",
                    token(subject)));
        };
        say(client,
            R"(["1","1","realtime:handed","phx_join",{"config":{"private":true,"broadcast":{"ack":true}}}])");
        QVERIFY(client->next("phx_reply").contains(R"("status":"ok")"));
        // Only bob may speak.
        handOver(bob);
        sayBinary(client, "handed", {}, "{}");
        QVERIFY(!client->next(R"(["1","5","realtime:handed","phx_reply",{"status":"ok")").isEmpty());
        handOver(alice);
        sayBinary(client, "handed", {}, "{}");
        say(client, R"(["1","9","realtime:handed","presence",{"event":"track","payload":{}}])");
        QVERIFY(
            !client->next(R"(["1","9","realtime:handed","phx_reply",{"status":"error")").isEmpty());
        QVERIFY(client->next(R"("phx_reply")", 0).isEmpty());
    }
    void aHangingPolicyIsNotWaitedFor()
    {
        const ClientPtr client = connected(PhoenixVersion::V2);
        say(client, R"(["1","1","realtime:hanging","phx_join",{"config":{"private":true}}])");
        const QByteArray reply = client->next("phx_reply");
        QVERIFY2(reply.contains("UnableToConnectToProject"), reply.constData());
    }
    void withoutADatabaseEverybodyConcernedIsToldInOrder()
    {
        PgPool nowhere(PgPoolOptions{.conninfo = "host=/nonexistent", .threads = 1});
        OwnFeed own(m_io, nowhere, m_catalog);
        own.publish("first", 1);
        own.publish("second", 2);
        own.publish("nobody's", 3);
        using Deliveries = OwnFeed::Deliveries;
        QTRY_COMPARE(own.delivered(), (Deliveries{{1, false}, {2, false}, {2, false}}));
        QCOMPARE(own.metrics.changesLost.load(), std::uint64_t(2));
        nowhere.stop();
    }
    void aTableThatIsGoneConcernsNobody()
    {
        OwnFeed own(m_io, *m_pool, m_catalog);
        own.publish("first", 1);
        QTRY_COMPARE(own.unjudged(), std::size_t(0));
        QVERIFY(own.delivered().empty());
        QCOMPARE(own.metrics.changesLost.load(), std::uint64_t(0));
    }
    void filtersAreAskedAsTheirReaderAndNotForLong()
    {
        const ClientPtr client = watching("dawdlers", "word=gt.a");
        const ClientPtr other = watching("dawdlers", "id=gt.1");
        run("insert into dawdlers (id, word) values (1, 'b')");
        QVERIFY(client->nextMember("record").contains(R"("word":"b")"));
        run("insert into dawdlers (id, word) values (2, 'sleepy')");
        QVERIFY(other->nextMember("record").contains("sleepy"));
        QVERIFY(!client->next("ERROR 57014 (query_canceled)").isEmpty());
        QVERIFY(client->next("phx_error", 0).isEmpty());
        // The value of a filter is tried when it is subscribed to.
        join(client,
            R"({"event":"*","schema":"public","table":"dawdlers","filter":"word=gt.sleepy"})");
        const QByteArray refused = client->next("\"system\"");
        QVERIFY2(refused.contains("57014"), refused.constData());
    }
    void bindingsAreGivenBack()
    {
        QTRY_COMPARE(m_metrics.bindings.load(), std::uint64_t(0));
        QTRY_COMPARE(m_metrics.audiences.load(), std::uint64_t(0));
        const auto three = R"({"event":"*","schema":"public","table":"whole"},)"
                           R"({"event":"INSERT","schema":"public","table":"whole"},)"
                           R"({"event":"*","schema":"public","table":"notes","select":["id"]})";
        const ClientPtr leaver = joined(three);
        const ClientPtr lost = joined(three);
        const ClientPtr refused = joined(three, alice);
        for (const ClientPtr& client : {leaver, lost, refused}) {
            QVERIFY(!client->next("Subscribed to PostgreSQL").isEmpty());
        }
        QTRY_COMPARE(m_metrics.bindings.load(), std::uint64_t(9));
        QTRY_COMPARE(m_metrics.audiences.load(), std::uint64_t(4));
        say(leaver, R"(["1","2","realtime:c","phx_leave",{}])");
        QVERIFY(!leaver->next("phx_close").isEmpty());
        QTRY_COMPARE(m_metrics.bindings.load(), std::uint64_t(6));
        m_hub->disconnect(lost->id);
        QTRY_COMPARE(m_metrics.bindings.load(), std::uint64_t(3));
        QTRY_COMPARE(m_metrics.audiences.load(), std::uint64_t(2));
        // Joined again on the same topic, in place of the old.
        join(refused, R"({"event":"*","schema":"public","table":"nowhere"})");
        QVERIFY(!refused->next("Unable to subscribe").isEmpty());
        QTRY_COMPARE(m_metrics.bindings.load(), std::uint64_t(0));
        QTRY_COMPARE(m_metrics.audiences.load(), std::uint64_t(0));
        // Gone before its bindings were looked at.
        for (int i = 0; i < 20; ++i) {
            m_hub->disconnect(joined(three)->id);
        }
        const ClientPtr last = watching("whole");
        m_hub->disconnect(last->id);
        m_hub->disconnect(refused->id);
        m_hub->disconnect(leaver->id);
        QTRY_COMPARE(m_metrics.bindings.load(), std::uint64_t(0));
        QTRY_COMPARE(m_metrics.channels.load(), std::uint64_t(0));
    }

private:
    void run(const QByteArray& sql)
    {
        const PgAnswer answer = m_sql->run(QString::fromUtf8(sql));
        QVERIFY2(answer.ok(), qPrintable(QString::fromUtf8(sql.left(200)) + answer.message));
    }
    QByteArray token(const char* subject) const
    {
        const QJsonObject claims{{QStringLiteral("role"), QStringLiteral("authenticated")},
            {QStringLiteral("sub"), QLatin1String(subject)},
            {QStringLiteral("exp"), qint64(4'000'000'000)}};
        return signJwt(claims, QByteArrayView(secret.data(), qsizetype(secret.size())));
    }
    ClientPtr connected(PhoenixVersion version, const char* subject = bob)
    {
        auto client = std::make_shared<Client>();
        auto identity = m_verifier.verify(token(subject).toStdString());
        client->id = m_hub->connect(client, version, std::get<IdentityPtr>(identity));
        m_clients.append(client);
        return client;
    }
    void say(const ClientPtr& client, const QByteArray& text,
        PhoenixVersion version = PhoenixVersion::V2)
    {
        auto message = frames::decode(version, false, text.toStdString());
        QVERIFY(message);
        m_hub->receive(client->id, std::move(*message), [] {});
    }
    void sayBinary(const ClientPtr& client, const QByteArray& topic, const QByteArray& metadata,
        const QByteArray& payload)
    {
        UserBroadcast broadcast;
        broadcast.topic = QStringLiteral("realtime:") + QString::fromUtf8(topic);
        broadcast.event = QStringLiteral("e");
        broadcast.payload = payload;
        broadcast.metadata = metadata;
        broadcast.joinRef = QStringLiteral("1");
        broadcast.ref = QStringLiteral("5");
        const auto bytes = encodeUserBroadcast(broadcast, Side::Client);
        QVERIFY(bytes.ok());
        auto message = frames::decode(PhoenixVersion::V2, true, bytes->toStdString());
        QVERIFY(message);
        m_hub->receive(client->id, std::move(*message), [] {});
    }
    static QByteArray waitingJoin(const QByteArray& binding, int timeout = 15'000)
    {
        return filled(R"(["1","1","realtime:c","phx_join",{"config":{"postgres_changes":[%],)",
                   binding)
            + filled(R"("postgres_changes_options":{"wait":true,"timeout":%}}}])",
                QByteArray::number(timeout));
    }
    void join(const ClientPtr& client, const QByteArray& bindings)
    {
        say(client,
            filled(R"(["1","1","realtime:c","phx_join",{"config":{"postgres_changes":[%]}}])",
                bindings));
    }
    ClientPtr joined(const QByteArray& bindings, const char* subject = bob)
    {
        ClientPtr client = connected(PhoenixVersion::V2, subject);
        join(client, bindings);
        return client;
    }
    /// Joins and waits until the subscription to one table is confirmed.
    void subscribeTo(
        const ClientPtr& client, const QByteArray& table, const QByteArray& filter = {})
    {
        QByteArray binding = filled(R"({"event":"*","schema":"public","table":"%")", table);
        if (!filter.isEmpty()) {
            binding += filled(R"(,"filter":"%")", filter);
        }
        join(client, binding + '}');
        const QByteArray system = client->next("\"system\"");
        QVERIFY2(system.contains("Subscribed to PostgreSQL"), system.constData());
    }
    /// A client whose subscription to one table is confirmed.
    ClientPtr watching(
        const QByteArray& table, const QByteArray& filter = {}, const char* subject = bob)
    {
        ClientPtr client = connected(PhoenixVersion::V2, subject);
        subscribeTo(client, table, filter);
        return client;
    }

    PostgresFixture m_postgres;
    std::unique_ptr<PgSession> m_sql;
    SystemClock m_clock;
    Keys m_keys;
    TokenVerifier m_verifier{m_keys, m_clock};
    SeededRandom m_random{1};
    RealtimeMetrics m_metrics;
    TableCatalog m_catalog;
    boost::asio::io_context m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work{
        m_io.get_executor()};
    std::optional<PgPool> m_pool;
    std::shared_ptr<Hub> m_hub;
    std::optional<LogReader> m_reader;
    std::optional<ReplicationStream> m_stream;
    std::thread m_thread;
    QList<ClientPtr> m_clients;
};

QTEST_GUILESS_MAIN(TestRealtimeDatabase)
#include "tst_realtime_database.moc"

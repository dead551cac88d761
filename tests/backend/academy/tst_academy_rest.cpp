// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include "support/PgSession.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

/// The REST service over real HTTP on a real database, row by row of PostgREST's behaviour.
class TestAcademyRest : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    std::unique_ptr<PgSession> m_behind;
    std::unique_ptr<AcademyProbe> m_student;

    AcademyProbe anybody() const { return AcademyProbe(m_academy); }
    static QString code(const ProbeAnswer& answer)
    {
        return answer.object().value(QStringLiteral("code")).toString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        m_behind = std::make_unique<PgSession>(
            "host=" + m_academy.socketDir().toUtf8() + " user=postgres dbname=postgres");
        QFile script(qEnvironmentVariable("NEOLINGUS_SOURCE_DIR")
            + QStringLiteral("/tests/backend/academy/rest_probe.sql"));
        QVERIFY(script.open(QIODevice::ReadOnly));
        const PgAnswer made = m_behind->run(QString::fromUtf8(script.readAll()));
        QVERIFY2(made.ok(), qPrintable(made.message));
        m_student = std::make_unique<AcademyProbe>(m_academy);
        QVERIFY(m_student->signInAs(QStringLiteral("student01@neolingus.demo")));
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* query, const char* expected) {
            QTest::newRow(name) << QByteArray(query) << QByteArray(expected);
        };
        row("columns", "probe_rooms?select=id,name&id=eq.1", R"([{"id":1,"name":"Aula 1"}])");
        row("an alias and a cast", "probe_rooms?select=room:name,seats::text&id=eq.1",
            R"([{"room":"Aula 1","seats":"10"}])");
        row("a JSON path", "probe_rooms?select=facts->door->>colour,floor:facts->floor&id=eq.1",
            R"([{"colour":"red","floor":1}])");
        row("exact numbers", "probe_rooms?select=price&id=eq.1",
            R"([{"price":12345678901234567890.123456789}])");
        row("neq", "probe_rooms?select=id&seats=neq.10&order=id", R"([{"id":2},{"id":4}])");
        row("gt and lte together", "probe_rooms?select=id&seats=gt.5&seats=lte.20&order=id",
            R"([{"id":1},{"id":2}])");
        row("like with stars", "probe_rooms?select=id&name=like.Aula*&order=id",
            R"([{"id":1},{"id":2}])");
        row("ilike", "probe_rooms?select=id&name=ilike.*BLIO*", R"([{"id":3}])");
        row("in with quotes",
            "probe_rooms?select=id&name=in.(\"Aula%201\",\"It's%20\\\"odd\\\",%20(really)\")&order="
            "id",
            R"([{"id":1},{"id":4}])");
        row("in nothing", "probe_rooms?select=id&id=in.()", "[]");
        row("is null", "probe_rooms?select=id&seats=is.null", R"([{"id":3}])");
        row("not is null", "probe_rooms?select=id&seats=not.is.null&order=id.desc",
            R"([{"id":4},{"id":2},{"id":1}])");
        row("contains", "probe_rooms?select=id&tags=cs.{big}", R"([{"id":1}])");
        row("overlaps", "probe_rooms?select=id&tags=ov.{dark,light}&order=id",
            R"([{"id":1},{"id":2}])");
        row("JSON contains", "probe_rooms?select=id&facts=cs.{\"floor\":1}&order=id",
            R"([{"id":1},{"id":4}])");
        row("a filter on a JSON path", "probe_rooms?select=id&facts->>floor=eq.2", R"([{"id":2}])");
        row("or", "probe_rooms?select=id&or=(id.eq.1,and(seats.gte.20,not.name.like.B*))&order=id",
            R"([{"id":1},{"id":2}])");
        row("not or", "probe_rooms?select=id&not.or=(id.eq.1,id.eq.2)&order=id",
            R"([{"id":3},{"id":4}])");
        row("in inside or",
            "probe_rooms?select=id&or=(id.in.(1,2),name.eq.\"It's \\\"odd\\\", "
            "(really)\")&order=id",
            R"([{"id":1},{"id":2},{"id":4}])");
        row("any", "probe_rooms?select=id&name=like(any).{Aula*,Bib*}&order=id",
            R"([{"id":1},{"id":2},{"id":3}])");
        row("order with nulls", "probe_rooms?select=id&order=seats.desc.nullslast,id",
            R"([{"id":2},{"id":1},{"id":4},{"id":3}])");
        row("limit and offset", "probe_rooms?select=id&order=id&limit=2&offset=1",
            R"([{"id":2},{"id":3}])");
        row("full text", "probe_rooms?select=id&name=plfts(spanish).biblioteca", R"([{"id":3}])");
        row("a plus in a time zone, encoded",
            "probe_rooms?select=id&opened=eq.2026-02-01T10:00:00%2B01:00", R"([{"id":2}])");
        row("odd names", "Odd%20%22Name%22?select=\"a.b%20c\"", "[]");
        row("to-one", "probe_guests?select=name,probe_rooms(name)&name=eq.Ana",
            R"([{"name":"Ana","probe_rooms":{"name":"Aula 1"}}])");
        row("to-many",
            "probe_rooms?select=id,probe_guests(name)&id=in.(1,2)&order=id&probe_guests.order=name."
            "desc",
            R"([{"id":1,"probe_guests":[{"name":"Bea"},{"name":"Ana"}]},{"id":2,"probe_guests":[]}])");
        row("to-many limited and filtered",
            "probe_rooms?select=id,guests:probe_guests(name)&id=eq.1&guests.name=eq.Bea&guests."
            "limit=1",
            R"([{"id":1,"guests":[{"name":"Bea"}]}])");
        row("inner", "probe_rooms?select=id,probe_guests!inner(name)&probe_guests.name=eq.Ana",
            R"([{"id":1,"probe_guests":[{"name":"Ana"}]}])");
        row("spread", "probe_guests?select=name,...probe_rooms(room:name)&name=eq.Ana",
            R"([{"name":"Ana","room":"Aula 1"}])");
        row("through a junction",
            "probe_guests?select=name,probe_skills(name)&name=eq.Ana&probe_skills.order=id",
            R"([{"name":"Ana","probe_skills":[{"name":"reading"},{"name":"writing"}]}])");
        row("nested",
            "probe_rooms?select=id,probe_guests(name,probe_skills(name))&id=eq.1&probe_guests.name="
            "eq.Bea",
            R"([{"id":1,"probe_guests":[{"name":"Bea","probe_skills":[{"name":"writing"}]}]}])");
        row("a scalar", "rpc/probe_add?a=2&b=3", "5");
        row("a default argument", "rpc/probe_add?a=2", "3");
        row("a set of scalars", "rpc/probe_numbers?n=3", "[1,2,3]");
        row("rows of a function, filtered",
            "rpc/probe_over?least_seats=1&select=id&seats=lt.20&order=id",
            R"([{"id":1},{"id":4}])");
        row("a table function", "rpc/probe_pair", R"([{"a":1,"b":"one"}])");
        row("an array argument", "rpc/probe_list?items={a,b,c}", "3");
    }
    void reads()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, expected);
        query.replace('"', "%22")
            .replace('\\', "%5C")
            .replace(' ', "%20")
            .replace('{', "%7B")
            .replace('}', "%7D");
        const ProbeAnswer answer = m_student->get("/rest/v1/" + query);
        QVERIFY2(answer.status == 200, answer.summary().constData());
        QByteArray body = answer.body;
        body.replace(", \n ", ",");
        QCOMPARE(QJsonDocument::fromJson('[' + body + ']'),
            QJsonDocument::fromJson('[' + expected + ']'));
        if (query.contains("price")) {
            QCOMPARE(body, expected);
        }
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* method, const char* path,
                             const char* body, int status, const char* expected) {
            QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body)
                                << status << QString::fromLatin1(expected);
        };
        row("an unknown table", "GET", "probe_room", "", 404, "PGRST205");
        row("an unknown column in select", "GET", "probe_rooms?select=colour", "", 400, "42703");
        row("an unknown column in a filter", "GET", "probe_rooms?colour=eq.1", "", 400, "42703");
        row("an unknown column in a body", "POST", "probe_rooms", R"({"colour":1})", 400,
            "PGRST204");
        row("an unknown relation", "GET", "probe_rooms?select=id,courses(id)", "", 400, "PGRST200");
        row("a filter on a relation that is not embedded", "GET",
            "probe_rooms?probe_guests.name=eq.A", "", 400, "PGRST108");
        row("a filter without an operator", "GET", "probe_rooms?id=1", "", 400, "PGRST100");
        row("an unbalanced selection", "GET", "probe_rooms?select=id,probe_guests(name", "", 400,
            "PGRST100");
        row("a thousand parentheses", "GET",
            "probe_rooms?or=((((((((((((((((((((((((((((((((((((((", "", 400, "PGRST100");
        row("an aggregate", "GET", "probe_rooms?select=seats.sum()", "", 400, "PGRST123");
        row("a value of the wrong type", "GET", "probe_rooms?id=eq.one", "", 400, "22P02");
        row("a negative limit", "GET", "probe_rooms?limit=-1", "", 416, "PGRST103");
        row("an unknown function", "POST", "rpc/probe_ad", "{}", 404, "PGRST202");
        row("a missing argument", "POST", "rpc/probe_add", R"({"b":1})", 404, "PGRST202");
        row("an ambiguous function", "POST", "rpc/probe_two", R"({"a":1})", 300, "PGRST203");
        row("a wrong method for a function", "DELETE", "rpc/probe_add", "", 405, "PGRST101");
        row("a write through GET", "GET", "rpc/probe_write", "", 405, "25006");
        row("an unknown method", "TRACE", "probe_rooms", "", 405, "PGRST117");
        row("a deeper path", "GET", "probe_rooms/1", "", 404, "PGRST125");
        row("a body that is not JSON", "POST", "probe_rooms", "{", 400, "PGRST102");
        row("rows with different keys", "POST", "probe_rooms", R"([{"name":"x"},{"seats":1}])", 400,
            "PGRST102");
        row("a duplicate", "POST", "probe_rooms", R"({"name":"Aula 1"})", 409, "23505");
        row("a missing value", "POST", "probe_rooms", R"({"seats":1})", 400, "23502");
        row("a broken check", "POST", "probe_rooms", R"({"name":"n","seats":-1})", 400, "23514");
        row("a row that is pointed at", "DELETE", "probe_rooms?id=eq.1", "", 409, "23503");
        row("a change of everything", "PATCH", "probe_rooms", R"({"seats":1})", 400, "21000");
        row("a removal of everything", "DELETE", "probe_rooms", "", 400, "21000");
        row("PUT without the key", "PUT", "probe_rooms?name=eq.x", R"({"id":1,"name":"x"})", 405,
            "PGRST105");
        row("PUT with another key", "PUT", "probe_rooms?id=eq.1", R"({"id":2,"name":"x"})", 400,
            "PGRST115");
        row("RAISE", "POST", "rpc/probe_raise", R"({"state":"P0001","message":"m"})", 400, "P0001");
        row("RAISE with a status", "POST", "rpc/probe_raise",
            R"({"state":"PT409","message":"ACADEMY_FENCED"})", 409, "PT409");
        row("RAISE 42501", "POST", "rpc/probe_raise", R"({"state":"42501","message":"m"})", 403,
            "42501");
        row("RAISE 23505", "POST", "rpc/probe_raise", R"({"state":"23505","message":"m"})", 409,
            "23505");
        row("RAISE 53300", "POST", "rpc/probe_raise", R"({"state":"53300","message":"m"})", 503,
            "53300");
        row("RAISE 40001", "POST", "rpc/probe_raise", R"({"state":"40001","message":"m"})", 500,
            "40001");
        row("a row of others", "POST", "probe_guests",
            R"({"name":"x","owner":"33333333-0000-4000-8000-000000000002"})", 403, "42501");
    }
    void refusals()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, expected);
        const ProbeAnswer answer = m_student->ask(method, "/rest/v1/" + path, body);
        QVERIFY2(answer.status == status, answer.summary().constData());
        QCOMPARE(code(answer), expected);
        for (const char* member : {"code", "details", "hint", "message"}) {
            QVERIFY2(answer.object().contains(QLatin1String(member)), member);
        }
    }

    void theStatusOfARefusalTellsAnonFromOthers()
    {
        const ProbeAnswer answer = anybody().post("/rest/v1/rpc/probe_raise",
            QJsonObject{{QStringLiteral("state"), QStringLiteral("42501")},
                {QStringLiteral("message"), QStringLiteral("m")}});
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.headers.value("www-authenticate"), "Bearer");
        QCOMPARE(answer.object().value(QStringLiteral("details")).toString(),
            QStringLiteral("a detail"));
        QCOMPARE(
            answer.object().value(QStringLiteral("hint")).toString(), QStringLiteral("a hint"));
        const ProbeAnswer custom = anybody().post("/rest/v1/rpc/probe_custom", QJsonObject());
        QCOMPARE(custom.status, 418);
        QCOMPARE(code(custom), QStringLiteral("123"));
        QCOMPARE(custom.headers.value("x-powered-by"), "Tea");
    }

    void hintsNameWhatWasMeant()
    {
        const ProbeAnswer table = m_student->get("/rest/v1/probe_room");
        QCOMPARE(table.object().value(QStringLiteral("hint")).toString(),
            QStringLiteral("Perhaps you meant the table 'public.probe_rooms'"));
        QCOMPARE(table.object().value(QStringLiteral("message")).toString(),
            QStringLiteral("Could not find the table 'public.probe_room' in the schema cache"));
    }

    void tokensDecideTheRole()
    {
        const auto claims = [](const ProbeAnswer& answer, const char* name) {
            return answer.object().value(QLatin1String(name)).toString();
        };
        const ProbeAnswer student
            = m_student->ask("POST", "/rest/v1/rpc/probe_claims", "{}", {{"User-Agent", "probe"}});
        QCOMPARE(claims(student, "role"), QStringLiteral("authenticated"));
        QCOMPARE(claims(student, "sub"), QStringLiteral("33333333-0000-4000-8000-000000000001"));
        QCOMPARE(claims(student, "method"), QStringLiteral("POST"));
        QCOMPARE(claims(student, "path"), QStringLiteral("/rest/v1/rpc/probe_claims"));
        QCOMPARE(claims(student, "agent"), QStringLiteral("probe"));
        QCOMPARE(claims(student, "timeout"), QStringLiteral("8s"));
        QVERIFY(student.object().value(QStringLiteral("secret")).isNull());
        const ProbeAnswer anon = anybody().get("/rest/v1/rpc/probe_claims");
        QCOMPARE(claims(anon, "role"), QStringLiteral("anon"));
        QCOMPARE(claims(anon, "sub"), QString());
        const ProbeAnswer opaque = anybody().ask("GET", "/rest/v1/rpc/probe_claims", {},
            {{"apikey", m_academy.publishableKey().toLatin1()}});
        QCOMPARE(claims(opaque, "role"), QStringLiteral("anon"));
        const QByteArray service = m_academy.serviceRoleKey().toLatin1();
        const ProbeAnswer strong
            = anybody().ask("GET", "/rest/v1/rpc/probe_claims", {}, {{"apikey", service}});
        QCOMPARE(claims(strong, "role"), QStringLiteral("service_role"));
        // Nothing of a request stays on the pooled connection for the next one.
        for (int i = 0; i < 40; ++i) {
            QCOMPARE(claims(anybody().get("/rest/v1/rpc/probe_claims"), "sub"), QString());
        }
    }

    void badTokensAreRefused()
    {
        const ProbeAnswer words
            = anybody().ask("GET", "/rest/v1/probe_rooms", {}, {{"Authorization", "Bearer words"}});
        QCOMPARE(words.status, 401);
        QCOMPARE(code(words), QStringLiteral("PGRST301"));
        QVERIFY(
            words.headers.value("www-authenticate").startsWith("Bearer error=\"invalid_token\""));
        QCOMPARE(anybody().ask("GET", "/rest/v1/probe_rooms", {}, {{"apikey", ""}}).status, 401);
    }

    void rowsBelongToTheirOwners()
    {
        QCOMPARE(
            m_student->get("/rest/v1/probe_guests?select=name&order=name").json().toArray().size(),
            2);
        QCOMPARE(anybody().get("/rest/v1/probe_guests").body, "[]");
        const ProbeAnswer others = m_student->ask("PATCH", "/rest/v1/probe_guests?name=eq.Carla",
            R"({"name":"Mine"})", {{"Prefer", "return=representation"}});
        QCOMPARE(others.status, 200);
        QCOMPARE(others.body, "[]");
        QCOMPARE(m_behind
                     ->run(QStringLiteral(
                         "select count(*) from public.probe_guests where name = 'Carla'"))
                     .value(),
            QStringLiteral("1"));
    }

    void countsAndRanges()
    {
        const ProbeAnswer plain = m_student->get("/rest/v1/probe_rooms?select=id&order=id&limit=2");
        QCOMPARE(plain.status, 200);
        QCOMPARE(plain.headers.value("content-range"), "0-1/*");
        const ProbeAnswer counted
            = m_student->get("/rest/v1/probe_rooms?select=id&order=id&limit=2&offset=1",
                {{"Prefer", "count=exact"}});
        QCOMPARE(counted.status, 206);
        QCOMPARE(counted.headers.value("content-range"), "1-2/4");
        QCOMPARE(counted.headers.value("preference-applied"), "count=exact");
        const ProbeAnswer ranged = m_student->get(
            "/rest/v1/probe_rooms?select=id&order=id", {{"Range", "2-3"}, {"Range-Unit", "items"}});
        QCOMPARE(ranged.headers.value("content-range"), "2-3/*");
        const ProbeAnswer nothing
            = m_student->get("/rest/v1/probe_rooms?id=eq.0", {{"Prefer", "count=exact"}});
        QCOMPARE(nothing.headers.value("content-range"), "*/0");
        const ProbeAnswer beyond
            = m_student->get("/rest/v1/probe_rooms?offset=100", {{"Prefer", "count=exact"}});
        QCOMPARE(beyond.status, 416);
        QCOMPARE(code(beyond), QStringLiteral("PGRST103"));
        QCOMPARE(beyond.object().value(QStringLiteral("details")).toString(),
            QStringLiteral("An offset of 100 was requested, but there are only 4 rows."));
        const ProbeAnswer head = m_student->ask(
            "HEAD", "/rest/v1/probe_rooms?select=id", {}, {{"Prefer", "count=exact"}});
        QCOMPARE(head.status, 200);
        QCOMPARE(head.headers.value("content-range"), "0-3/4");
        QCOMPARE(head.body, QByteArray());
    }

    void oneObjectOrAnError()
    {
        const QByteArray accept = "application/vnd.pgrst.object+json";
        const ProbeAnswer one
            = m_student->get("/rest/v1/probe_rooms?select=id&id=eq.1", {{"Accept", accept}});
        QCOMPARE(one.status, 200);
        QCOMPARE(one.body, R"({"id":1})");
        QVERIFY(one.headers.value("content-type").startsWith(accept));
        const ProbeAnswer none
            = m_student->get("/rest/v1/probe_rooms?id=eq.0", {{"Accept", accept}});
        QCOMPARE(none.status, 406);
        QCOMPARE(code(none), QStringLiteral("PGRST116"));
        QCOMPARE(none.object().value(QStringLiteral("details")).toString(),
            QStringLiteral("The result contains 0 rows"));
        QCOMPARE(none.object().value(QStringLiteral("message")).toString(),
            QStringLiteral("Cannot coerce the result to a single JSON object"));
        const ProbeAnswer many = m_student->ask("PATCH", "/rest/v1/probe_rooms?id=in.(1,2)",
            R"({"seats":77})", {{"Accept", accept}, {"Prefer", "return=representation"}});
        QCOMPARE(many.status, 406);
        QCOMPARE(
            m_behind->run(
                        QStringLiteral("select count(*) from public.probe_rooms where seats = 77"))
                .value(),
            QStringLiteral("0"));
        QCOMPARE(m_student->get("/rest/v1/probe_rooms", {{"Accept", "image/png"}}).status, 406);
    }

    void rowsAreWritten()
    {
        const ProbeHeaders shown{{"Prefer", "return=representation"}};
        const ProbeAnswer minimal
            = m_student->ask("POST", "/rest/v1/probe_rooms", R"({"id":100,"name":"Nueva"})");
        QCOMPARE(minimal.status, 201);
        QCOMPARE(minimal.body, QByteArray());
        QCOMPARE(minimal.headers.value("content-range"), "*/*");
        const ProbeAnswer two = m_student->ask("POST", "/rest/v1/probe_rooms?select=id,name",
            R"([{"id":101,"name":"B","facts":{"big":12345678901234567}},{"id":102,"name":"C","facts":null}])",
            shown);
        QCOMPARE(two.status, 201);
        QCOMPARE(two.json().toArray().size(), 2);
        QCOMPARE(two.headers.value("preference-applied"), "return=representation");
        QCOMPARE(m_student->get("/rest/v1/probe_rooms?select=facts->big&id=eq.101").body,
            R"([{"big":12345678901234567}])");
        QCOMPARE(m_student->ask("POST", "/rest/v1/probe_rooms", "[]").status, 201);
        const ProbeAnswer withDefault
            = m_student->ask("POST", "/rest/v1/probe_rooms?columns=id,name,seats",
                R"([{"id":103,"name":"D"},{"id":104,"name":"E","seats":3}])",
                {{"Prefer", "return=representation, missing=default"}});
        QVERIFY2(withDefault.status == 201, withDefault.summary().constData());
        QCOMPARE(
            withDefault.json().toArray().at(0).toObject().value(QStringLiteral("seats")).toInt(),
            10);
        const ProbeAnswer patched
            = m_student->ask("PATCH", "/rest/v1/probe_rooms?id=eq.100&select=seats",
                R"({"seats":42,"tags":["a","b"]})", shown);
        QCOMPARE(patched.status, 200);
        QCOMPARE(
            patched.json().toArray().at(0).toObject().value(QStringLiteral("seats")).toInt(), 42);
        QCOMPARE(
            m_student->ask("PATCH", "/rest/v1/probe_rooms?id=eq.0", R"({"seats":42})").status, 204);
        const ProbeAnswer merged = m_student->ask("POST", "/rest/v1/probe_rooms?on_conflict=name",
            R"({"name":"Nueva","seats":43})",
            {{"Prefer", "resolution=merge-duplicates,return=representation"}});
        QVERIFY2(merged.status == 201, merged.summary().constData());
        QCOMPARE(merged.json().toArray().at(0).toObject().value(QStringLiteral("id")).toInt(), 100);
        QCOMPARE(
            merged.json().toArray().at(0).toObject().value(QStringLiteral("seats")).toInt(), 43);
        const ProbeAnswer ignored = m_student->ask("POST", "/rest/v1/probe_rooms",
            R"({"id":100,"name":"Nueva","seats":44})",
            {{"Prefer", "resolution=ignore-duplicates,return=representation"}});
        QCOMPARE(ignored.body, "[]");
        const ProbeAnswer put = m_student->ask(
            "PUT", "/rest/v1/probe_rooms?id=eq.100", R"({"id":100,"name":"Puesta"})", shown);
        QVERIFY2(put.status == 200, put.summary().constData());
        const ProbeAnswer embedded
            = m_student->ask("POST", "/rest/v1/probe_guests?select=name,probe_rooms(name)",
                R"({"name":"Dora","room_id":100})", shown);
        QVERIFY2(embedded.status == 201, embedded.summary().constData());
        QCOMPARE(embedded.json()
                     .toArray()
                     .at(0)
                     .toObject()
                     .value(QStringLiteral("probe_rooms"))
                     .toObject()
                     .value(QStringLiteral("name"))
                     .toString(),
            QStringLiteral("Puesta"));
        QCOMPARE(m_student->ask("DELETE", "/rest/v1/probe_guests?name=eq.Dora").status, 204);
        const ProbeAnswer dry = m_student->ask("DELETE", "/rest/v1/probe_rooms?id=gte.100", {},
            {{"Prefer", "return=representation, tx=rollback"}});
        QCOMPARE(dry.json().toArray().size(), 5);
        const ProbeAnswer tooMany = m_student->ask("DELETE", "/rest/v1/probe_rooms?id=gte.100", {},
            {{"Prefer", "handling=strict, max-affected=2"}});
        QCOMPARE(code(tooMany), QStringLiteral("PGRST124"));
        const ProbeAnswer gone = m_student->ask(
            "DELETE", "/rest/v1/probe_rooms?id=gte.100", {}, {{"Prefer", "count=exact"}});
        QCOMPARE(gone.status, 204);
        QCOMPARE(gone.headers.value("content-range"), "*/5");
    }

    void functionsAnswer()
    {
        QCOMPARE(m_student
                     ->post("/rest/v1/rpc/probe_add",
                         QJsonObject{{QStringLiteral("a"), 40}, {QStringLiteral("b"), 2}})
                     .body,
            "42");
        const ProbeAnswer none = m_student->post("/rest/v1/rpc/probe_void", QJsonObject());
        QCOMPARE(none.status, 204);
        QCOMPARE(none.body, QByteArray());
        QCOMPARE(m_student->ask("POST", "/rest/v1/rpc/probe_pair", "").status, 200);
        const ProbeAnswer echo = m_student->ask("POST", "/rest/v1/rpc/probe_echo",
            "{\"value\":{\"n\":9007199254740993,\"t\":\"ñ \\\" \\\\ \\n\"}}");
        QVERIFY2(echo.body.contains("9007199254740993"), echo.body.constData());
        QCOMPARE(echo.object().value(QStringLiteral("t")).toString(), QStringLiteral("ñ \" \\ \n"));
        QCOMPARE(
            m_student->ask("POST", "/rest/v1/rpc/probe_echo", R"({"value":null})").body, "null");
        QCOMPARE(
            m_student
                ->ask("POST", "/rest/v1/rpc/probe_list", "{\"items\":[\"a\",\"b,c\",\"d\\\"e\"]}")
                .body,
            "3");
        const ProbeAnswer own = m_student->post("/rest/v1/rpc/probe_headers", QJsonObject());
        QCOMPARE(own.status, 202);
        QCOMPARE(own.headers.value("x-mine"), "yes");
        const ProbeAnswer one = m_student->ask("POST", "/rest/v1/rpc/probe_over?id=eq.2&select=id",
            R"({"least_seats":1})", {{"Accept", "application/vnd.pgrst.object+json"}});
        QCOMPARE(one.body, R"({"id":2})");
        const ProbeAnswer counted = m_student->ask("POST", "/rest/v1/rpc/probe_numbers?limit=2",
            R"({"n":5})", {{"Prefer", "count=exact"}});
        QCOMPARE(counted.headers.value("content-range"), "0-1/5");
    }

    void injectionsStayText_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        const auto row
            = [](const char* name, const char* method, const char* path, const char* body) {
                  QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body);
              };
        row("in a value", "GET", "probe_rooms?name=eq.x'; drop table public.probe_skills; --", "");
        row("in a column", "GET", "probe_rooms?id\" = 1; drop table public.probe_skills; --=eq.1",
            "");
        row("in select", "GET", "probe_rooms?select=id\"; drop table public.probe_skills; --", "");
        row("in a cast", "GET", "probe_rooms?select=id::text; drop table public.probe_skills; --",
            "");
        row("in a cast with a call", "GET",
            "probe_rooms?select=id::text)||(select current_user)||(''", "");
        row("in a JSON path", "GET", "probe_rooms?select=facts->'x')||pg_sleep(1)||('", "");
        row("in a JSON path's quote", "GET",
            "probe_rooms?facts->>x' = '' or true; drop table public.probe_skills; --=eq.1", "");
        row("in order", "GET", "probe_rooms?order=id;drop table public.probe_skills", "");
        row("in a table", "GET", "probe_rooms\"; drop table public.probe_skills; --", "");
        row("in a function", "POST", "rpc/probe_add(1,2)); drop table public.probe_skills; --",
            "{}");
        row("in an argument's name", "POST", "rpc/probe_add",
            "{\"a\\\" := 1); drop table public.probe_skills; --\":1}");
        row("in a key", "POST", "probe_rooms",
            "{\"name\\\") values ('x'); drop table public.probe_skills; --\":1}");
        row("in columns", "POST", "probe_rooms?columns=name\");drop table public.probe_skills;--",
            R"({"name":"x"})");
        row("in on_conflict", "POST",
            "probe_rooms?on_conflict=id);drop table public.probe_skills;--",
            R"({"id":1,"name":"x"})");
        row("in a list", "GET",
            "probe_rooms?name=in.(\"a\\\"}');drop table public.probe_skills;--\")", "");
        row("in a language", "GET",
            "probe_rooms?name=fts(english');drop table public.probe_skills;--).x", "");
        row("in is", "GET", "probe_rooms?seats=is.null or true", "");
        row("in a relation", "GET",
            "probe_rooms?select=probe_guests\");drop table public.probe_skills;--(id)", "");
        row("a catalogue", "GET", "pg_authid", "");
        row("another schema", "GET", "auth.users", "");
        row("a setting", "POST", "rpc/set_config",
            R"({"setting_name":"role","new_value":"supabase_admin","is_local":false})");
    }
    void injectionsStayText()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        const qsizetype mark = path.indexOf('?');
        QByteArray encoded;
        for (const char c : path) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9') || strchr("_.-=&(),:/", c) != nullptr
                || (c == '?' && &c - path.constData() == mark);
            encoded += plain ? QByteArray(1, c) : '%' + QByteArray(1, c).toHex();
        }
        const ProbeAnswer answer = m_student->ask(
            method, "/rest/v1/" + encoded, body, {{"Prefer", "resolution=merge-duplicates"}});
        QVERIFY2(answer.status != 0 && answer.status < 500, answer.summary().constData());
        const PgAnswer kept
            = m_behind->run(QStringLiteral("select count(*) from public.probe_skills"));
        QCOMPARE(kept.value(), QStringLiteral("2"));
        QVERIFY2(!answer.body.contains("supabase_admin") && !answer.body.contains("authenticator"),
            answer.body.constData());
    }

    void aChangedSchemaIsSeen()
    {
        QVERIFY(
            m_behind
                ->run(QStringLiteral("create table public.probe_later (id int primary key); grant "
                                     "all on public.probe_later to authenticated; notify pgrst"))
                .ok());
        QTRY_COMPARE(m_student->get("/rest/v1/probe_later").status, 200);
        QVERIFY(m_behind
                    ->run(QStringLiteral(
                        "alter table public.probe_later add column colour text; notify pgrst"))
                    .ok());
        QTRY_COMPARE(m_student->get("/rest/v1/probe_later?select=colour").status, 200);
        QCOMPARE(
            m_student->ask("POST", "/rest/v1/probe_later", R"({"id":1,"colour":"red"})").status,
            201);
    }

    void preflightsAreAnswered()
    {
        const ProbeAnswer answer = anybody().ask("OPTIONS", "/rest/v1/probe_rooms", {},
            {{"Origin", "http://localhost:3000"}, {"Access-Control-Request-Method", "PATCH"},
                {"Access-Control-Request-Headers", "x-special"}, {"apikey", ""}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("access-control-allow-origin"), "http://localhost:3000");
        QVERIFY(answer.headers.value("access-control-allow-headers").contains("x-special"));
        QVERIFY(answer.headers.value("access-control-allow-headers")
                    .contains("x-supabase-api-version"));
        QCOMPARE(m_student->ask("OPTIONS", "/rest/v1/probe_rooms").headers.value("allow"),
            "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
    }
};

QTEST_GUILESS_MAIN(TestAcademyRest)
#include "tst_academy_rest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include "base/Random.h"
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
            "host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres");
        QFile script(qEnvironmentVariable("NEOLINGUS_SOURCE_DIR")
            + QStringLiteral("/tests/backend/academy/rest_probe.sql"));
        QVERIFY(script.open(QIODevice::ReadOnly));
        const PgAnswer made = m_behind->run(QString::fromUtf8(script.readAll()));
        QVERIFY2(made.ok(), qPrintable(made.message));
        m_student = std::make_unique<AcademyProbe>(m_academy);
        QVERIFY(m_student->signInAs(QStringLiteral("student01@neolingus.demo")));
        // The service hears of the new tables a moment later.
        QTRY_COMPARE(m_student->get("/rest/v1/probe_rooms?limit=1").status, 200);
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
        row("to-one and to-many of a table that points at itself",
            "probe_people?select=name,boss(name),staff:probe_people(name)&id=in.(1,2)&order=id&"
            "staff.order=id",
            R"([{"name":"Eva","boss":null,"staff":[{"name":"Fran"},{"name":"Gil"}]},)"
            R"({"name":"Fran","boss":{"name":"Eva"},"staff":[]}])");
        row("a hint by the key's name",
            "probe_bookings?select=id,probe_rooms!probe_bookings_backup(name)&id=eq.1",
            R"([{"id":1,"probe_rooms":{"name":"Aula 2"}}])");
        row("a hint by the column",
            "probe_bookings?select=id,room:probe_rooms!room_id(name),spare:backup_room_id(name)&id="
            "eq.1",
            R"([{"id":1,"room":{"name":"Aula 1"},"spare":{"name":"Aula 2"}}])");
        row("a hint by the junction",
            "probe_guests?select=name,probe_skills!probe_guest_skills(name)&name=eq.Bea",
            R"([{"name":"Bea","probe_skills":[{"name":"writing"}]}])");
        row("one-to-one", "probe_rooms?select=id,probe_codes(code)&id=in.(1,3)&order=id",
            R"([{"id":1,"probe_codes":{"code":"uno"}},{"id":3,"probe_codes":null}])");
        row("rows without any",
            "probe_rooms?select=id,probe_guests()&probe_guests=is.null&order=id",
            R"([{"id":2},{"id":3},{"id":4}])");
        row("rows with some, or another condition",
            "probe_rooms?select=id,probe_guests()&or=(probe_guests.not.is.null,id.eq.3)&order=id",
            R"([{"id":1},{"id":3}])");
        row("inner through a junction and a level more",
            "probe_rooms?select=id,probe_guests!inner(name,probe_skills!inner(name))&probe_guests."
            "probe_skills.name=eq.reading",
            R"([{"id":1,"probe_guests":[{"name":"Ana","probe_skills":[{"name":"reading"}]}]}])");
        row("or inside an embed",
            "probe_rooms?select=id,probe_guests(name)&id=eq.1&probe_guests.or=(name.eq.Bea,name.eq."
            "Zoe)",
            R"([{"id":1,"probe_guests":[{"name":"Bea"}]}])");
        row("spread to-many",
            "probe_rooms?select=id,...probe_guests(names:name)&id=in.(1,3)&order=id&probe_guests."
            "order=name.desc",
            R"([{"id":1,"names":["Bea","Ana"]},{"id":3,"names":[]}])");
        row("spread in spread",
            "probe_bookings?select=id,...probe_rooms!room_id(name,...probe_codes(code))&order=id",
            R"([{"id":1,"name":"Aula 1","code":"uno"},{"id":2,"name":"Aula 2","code":"dos"},)"
            R"({"id":3,"name":null,"code":null}])");
        row("everything of a spread row",
            "probe_codes?select=code,...probe_rooms(id,seats)&room_id=eq.1",
            R"([{"code":"uno","id":1,"seats":10}])");
        row("order by a relation",
            "probe_bookings?select=id,probe_rooms!room_id(name)&order=probe_rooms(name).desc."
            "nullslast",
            R"([{"id":2,"probe_rooms":{"name":"Aula 2"}},{"id":1,"probe_rooms":{"name":"Aula )"
            R"(1"}},{"id":3,"probe_rooms":null}])");
        row("a view has the keys of its table",
            "probe_room_names?select=name,probe_codes(code)&id=eq.1",
            R"([{"name":"Aula 1","probe_codes":{"code":"uno"}}])");
        row("a view is found from the other side",
            "probe_codes?select=code,probe_room_names(name)&room_id=eq.1",
            R"([{"code":"uno","probe_room_names":{"name":"Aula 1"}}])");
        row("a computed column",
            "probe_rooms?select=id,probe_label,l:probe_label&probe_label=like.*1!",
            R"([{"id":1,"probe_label":"Aula 1!","l":"Aula 1!"}])");
        row("a computed relationship", "probe_rooms?select=id,probe_neighbours(id)&id=eq.1",
            R"([{"id":1,"probe_neighbours":{"id":2}}])");
        row("range contains", "probe_bookings?select=id&nights=cs.[2,3)", R"([{"id":1}])");
        row("range contained", "probe_bookings?select=id&nights=cd.[1,10)&order=id",
            R"([{"id":1},{"id":2}])");
        row("range overlaps", "probe_bookings?select=id&nights=ov.[4,6)&order=id",
            R"([{"id":1},{"id":2}])");
        row("strictly left", "probe_bookings?select=id&nights=sl.[5,6)", R"([{"id":1}])");
        row("strictly right", "probe_bookings?select=id&nights=sr.[9,10)", R"([{"id":3}])");
        row("not extends right", "probe_bookings?select=id&nights=nxr.[1,9)&order=id",
            R"([{"id":1},{"id":2}])");
        row("not extends left", "probe_bookings?select=id&nights=nxl.[5,9)&order=id",
            R"([{"id":2},{"id":3}])");
        row("adjacent", "probe_bookings?select=id&nights=adj.[9,20)&order=id",
            R"([{"id":2},{"id":3}])");
        row("is distinct", "probe_rooms?select=id&seats=isdistinct.10&order=id",
            R"([{"id":2},{"id":3},{"id":4}])");
        row("a regular expression", "probe_rooms?select=id&name=match.^Aula [12]$&order=id",
            R"([{"id":1},{"id":2}])");
        row("a regular expression without case", "probe_rooms?select=id&name=imatch.^biblio",
            R"([{"id":3}])");
        row("all of some patterns", "probe_rooms?select=id&name=ilike(all).{*aula*,*2}",
            R"([{"id":2}])");
        row("a list of equals", "probe_rooms?select=id&id=eq(any).{1,4}&order=id",
            R"([{"id":1},{"id":4}])");
        row("an order by a JSON path", "probe_rooms?select=id&order=facts->floor.desc.nullslast,id",
            R"([{"id":2},{"id":1},{"id":4},{"id":3}])");
        row("a limit that is no number", "probe_rooms?select=id&limit=ten&id=eq.1",
            R"([{"id":1}])");
        row("variadic arguments", "rpc/probe_total?numbers=1&numbers=2&numbers=3", "6");
        row("an embed of a function's rows",
            "rpc/probe_over?least_seats=15&select=id,probe_codes(code),probe_label",
            R"([{"id":2,"probe_codes":{"code":"dos"},"probe_label":"Aula 2!"}])");
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
            .replace('}', "%7D")
            .replace('[', "%5B")
            .replace(']', "%5D")
            .replace('^', "%5E");
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
        row("a logic tree without conditions", "GET", "probe_rooms?or=()", "", 400, "PGRST100");
        row("an unbalanced selection", "GET", "probe_rooms?select=id,probe_guests(name", "", 400,
            "PGRST100");
        row("a thousand parentheses", "GET",
            "probe_rooms?or=((((((((((((((((((((((((((((((((((((((", "", 400, "PGRST100");
        row("an aggregate", "GET", "probe_rooms?select=seats.sum()", "", 400, "PGRST123");
        row("an ambiguous relation", "GET", "probe_bookings?select=id,probe_rooms(name)", "", 300,
            "PGRST201");
        row("a condition on an embed", "GET",
            "probe_rooms?select=id,probe_guests()&probe_guests=eq.1", "", 400, "PGRST120");
        row("an order by many rows", "GET",
            "probe_rooms?select=id,probe_guests(name)&order=probe_guests(name)", "", 400,
            "PGRST118");
        row("an aggregate of rows", "GET", "probe_rooms?select=count()", "", 400, "PGRST123");
        row("a cast that is no type", "GET", "probe_rooms?select=id::nothing", "", 400, "42704");
        row("a cast that goes on in words", "GET",
            "probe_rooms?select=name::%22text%20from%20probe_rooms%20union%20select%20usename%22",
            "", 400, "42704");
        row("a null character in a value", "GET", "probe_rooms?name=eq.a%00b", "", 400, "22021");
        row("a null character in an alias", "GET", "probe_rooms?select=a%00b:id", "", 400, "22021");
        row("bytes that are not UTF-8", "GET", "probe_rooms?name=eq.%ff", "", 400, "22021");
        row("a null character in a body", "POST", "probe_skills", R"({"id":7,"name":"a\u0000b"})",
            400, "22P05");
        row("half a surrogate pair in a body", "POST", "probe_skills",
            R"({"id":7,"name":"\ud800"})", 400, "22P02");
        row("a name of half a surrogate pair", "POST", "probe_skills", R"({"\ud800":7})", 400,
            "PGRST204");
        row("a number that is too large", "POST", "probe_numbers_kept",
            R"({"id":9223372036854775808})", 400, "22003");
        row("a text that is too long", "POST", "probe_numbers_kept",
            R"({"id":5,"label":"too long"})", 400, "22001");
        row("an unknown conflict column", "POST", "probe_skills?on_conflict=colour", R"({"id":7})",
            400, "42703");
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
        row("PUT with a limit", "PUT", "probe_rooms?id=eq.1&limit=1", R"({"id":1,"name":"x"})", 400,
            "PGRST114");
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
    /// Message, details and hint of what PostgREST says in fixed words, apart by "|"; its guesses
    /// of what else was meant are not fixed, and an "*" passes over them.
    static QString wordsOf(const QByteArray& refusal)
    {
        static const QHash<QByteArray, const char*> words{
            {"an unknown table",
                "Could not find the table 'public.probe_room' in the schema cache"
                "||Perhaps you meant the table 'public.probe_rooms'"},
            {"an unknown column in select", "column probe_rooms.colour does not exist||"},
            {"an unknown column in a filter", "column probe_rooms.colour does not exist||"},
            {"an unknown column in a body",
                "Could not find the 'colour' column of 'probe_rooms' in the schema cache||"},
            {"an unknown relation",
                "Could not find a relationship between 'probe_rooms' and 'courses' in the schema "
                "cache|Searched for a foreign key relationship between 'probe_rooms' and 'courses' "
                "in the schema 'public', but no matches were found.|*"},
            {"a filter on a relation that is not embedded",
                "'probe_guests' is not an embedded resource in this request||Verify that "
                "'probe_guests' is included in the 'select' query parameter."},
            {"a filter without an operator",
                "\"failed to parse filter (1)\" (line 1, column 1)|unexpected \"1\" expecting "
                "\"not\" or operator (eq, gt, ...)|"},
            {"a logic tree without conditions",
                "\"failed to parse logic tree (())\" (line 1, column 4)|unexpected \")\" expecting "
                "field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, "
                "or)|"},
            {"an aggregate", "Use of aggregate functions is not allowed||"},
            {"an aggregate of rows", "Use of aggregate functions is not allowed||"},
            {"an ambiguous relation",
                "Could not embed because more than one relationship was found for 'probe_bookings' "
                "and 'probe_rooms'|*|Try changing 'probe_rooms' to one of the following: "
                "'probe_rooms!probe_bookings_backup', 'probe_rooms!probe_bookings_room'. Find the "
                "desired relationship in the 'details' key."},
            {"a condition on an embed",
                "Bad operator on the 'probe_guests' embedded resource|Only is null or not is null "
                "filters are allowed on embedded resources|"},
            {"an order by many rows",
                "A related order on 'probe_guests' is not possible|'probe_rooms' and "
                "'probe_guests' do not form a many-to-one or one-to-one relationship|"},
            {"a negative limit",
                "Requested range not satisfiable|Limit should be greater than or equal to zero.|"},
            {"an unknown function",
                "Could not find the function public.probe_ad without parameters in the schema "
                "cache|Searched for the function public.probe_ad without parameters or with a "
                "single unnamed json/jsonb parameter, but no matches were found in the schema "
                "cache.|Perhaps you meant to call the function public.probe_add"},
            {"a missing argument",
                "Could not find the function public.probe_add(b) in the schema cache|Searched for "
                "the function public.probe_add with parameter b or with a single unnamed "
                "json/jsonb parameter, but no matches were found in the schema cache.|Perhaps you "
                "meant to call the function public.probe_add(a, b)"},
            {"an ambiguous function",
                "Could not choose the best candidate function between: public.probe_two(a => "
                "integer), public.probe_two(a => text)||Try renaming the parameters or the "
                "function itself in the database so function overloading can be resolved"},
            {"a wrong method for a function", "Cannot use the DELETE method on RPC||"},
            {"an unknown method", "Unsupported HTTP method: TRACE||"},
            {"a deeper path", "Invalid path specified in request URL||"},
            {"a body that is not JSON", "Empty or invalid json||"},
            {"rows with different keys", "All object keys must match||"},
            {"a change of everything", "UPDATE requires a WHERE clause||"},
            {"a removal of everything", "DELETE requires a WHERE clause||"},
            {"PUT without the key",
                "Filters must include all and only primary key columns with 'eq' operators||"},
            {"PUT with a limit", "limit/offset querystring parameters are not allowed for PUT||"},
            {"PUT with another key", "Payload values do not match URL in primary key column(s)||"},
        };
        return QString::fromUtf8(words.value(refusal, "*|*|*"));
    }
    void refusals()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, expected);
        const ProbeAnswer answer = m_student->ask(method, "/rest/v1/" + path, body,
            {{"Prefer", path.contains("on_conflict") ? "resolution=merge-duplicates" : ""}});
        QVERIFY2(answer.status == status, answer.summary().constData());
        QCOMPARE(code(answer), expected);
        const QStringList words = wordsOf(QTest::currentDataTag()).split(QLatin1Char('|'));
        const QStringList members{QStringLiteral("message"), QStringLiteral("details"),
            QStringLiteral("hint"), QStringLiteral("code")};
        for (qsizetype i = 0; i < members.size(); ++i) {
            QVERIFY2(answer.object().contains(members[i]), qPrintable(members[i]));
            if (i < words.size() && words[i] != QLatin1String("*")) {
                QCOMPARE(answer.object().value(members[i]).toString(), words[i]);
            }
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

    void nobodyGetsMoreThanAThousandRowsAtOnce_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<ProbeHeaders>("headers");
        QTest::addColumn<qsizetype>("rows");
        QTest::addColumn<QByteArray>("range");
        const auto row = [](const char* name, const char* query, qsizetype rows, const char* range,
                             const ProbeHeaders& headers = {}) {
            QTest::newRow(name) << QByteArray(query) << headers << rows << QByteArray(range);
        };
        row("a table", "probe_many?select=id", 1000, "0-999/*");
        row("asking for more", "probe_many?select=id&limit=5000", 1000, "0-999/*");
        row("asking for less", "probe_many?select=id&limit=7", 7, "0-6/*");
        row("a range", "probe_many?select=id", 1000, "0-999/*", {{"Range", "0-4999"}});
        row("the second page", "probe_many?select=id&offset=1000", 200, "1000-1199/*");
        row("with the count of all", "probe_many?select=id", 1000, "0-999/1200",
            {{"Prefer", "count=exact"}});
        row("a function that returns rows", "rpc/probe_many_of?select=id", 1000, "0-999/*");
        row("a function that returns numbers", "rpc/probe_numbers?n=1200", 1000, "0-999/*");
    }
    void nobodyGetsMoreThanAThousandRowsAtOnce()
    {
        QFETCH(QByteArray, query);
        QFETCH(ProbeHeaders, headers);
        QFETCH(qsizetype, rows);
        QFETCH(QByteArray, range);
        const ProbeAnswer answer = anybody().get("/rest/v1/" + query, headers);
        QVERIFY2(answer.status == 200 || answer.status == 206, answer.summary().constData());
        QCOMPARE(answer.json().toArray().size(), rows);
        QCOMPARE(answer.headers.value("content-range"), range);
    }

    void changesTouchMoreThanAThousandRows()
    {
        const ProbeAnswer answer = anybody().ask("PATCH", "/rest/v1/probe_many?id=gt.0&select=id",
            R"({"kind":"changed"})", {{"Prefer", "return=representation,count=exact"}});
        QVERIFY2(answer.status == 200, answer.summary().constData());
        QCOMPARE(m_behind
                     ->run(QStringLiteral(
                         "select count(*) from public.probe_many where kind = 'changed'"))
                     .value(),
            QStringLiteral("1200"));
    }

    void badTokensAreRefused()
    {
        const ProbeAnswer words
            = anybody().ask("GET", "/rest/v1/probe_rooms", {}, {{"Authorization", "Bearer words"}});
        QCOMPARE(words.status, 401);
        QCOMPARE(code(words), QStringLiteral("PGRST301"));
        QVERIFY(
            words.headers.value("www-authenticate").startsWith("Bearer error=\"invalid_token\""));
        QCOMPARE(words.object().value(QStringLiteral("message")).toString(),
            QStringLiteral("Expected 3 parts in JWT; got 1"));
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
        // Nothing was new.
        QVERIFY2(merged.status == 200, merged.summary().constData());
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

    void upsertsTellNewRowsFromOld()
    {
        const QByteArray merge = "resolution=merge-duplicates,return=representation";
        const ProbeAnswer mixed = m_student->ask("POST", "/rest/v1/probe_skills",
            R"([{"id":1,"name":"reading"},{"id":50,"name":"new"}])", {{"Prefer", merge}});
        QVERIFY2(mixed.status == 201, mixed.summary().constData());
        QCOMPARE(mixed.headers.value("preference-applied"),
            "resolution=merge-duplicates, return=representation");
        const ProbeAnswer old = m_student->ask("POST", "/rest/v1/probe_skills",
            R"([{"id":1,"name":"reading"},{"id":50,"name":"newer"}])", {{"Prefer", merge}});
        QCOMPARE(old.status, 200);
        QCOMPARE(old.json().toArray().size(), 2);
        const ProbeAnswer put = m_student->ask("PUT", "/rest/v1/probe_skills?id=eq.51",
            R"({"id":51,"name":"put"})", {{"Prefer", "return=representation"}});
        QVERIFY2(put.status == 201, put.summary().constData());
        QCOMPARE(m_student->ask("PUT", "/rest/v1/probe_skills?id=eq.51", R"({"id":51,"name":"x"})")
                     .status,
            204);
        const ProbeAnswer headers = m_student->ask("POST", "/rest/v1/probe_skills",
            R"({"id":52,"name":"where"})", {{"Prefer", "return=headers-only"}});
        QCOMPARE(headers.status, 201);
        QCOMPARE(headers.headers.value("location"), "/probe_skills?id=eq.52");
        QCOMPARE(headers.body, QByteArray());
        QCOMPARE(m_student->ask("DELETE", "/rest/v1/probe_skills?id=gte.50").status, 204);
        const ProbeAnswer defaults = m_student->ask(
            "POST", "/rest/v1/probe_rooms", R"([{},{}])", {{"Prefer", "tx=rollback"}});
        QCOMPARE(code(defaults), QStringLiteral("23502"));
        const ProbeAnswer exact = m_student->ask("POST", "/rest/v1/probe_numbers_kept",
            R"({"id":9223372036854775807,"exact":1234567890123456789012345.678900})",
            {{"Prefer", "return=representation"}});
        QVERIFY2(exact.body.contains("9223372036854775807")
                && exact.body.contains("1234567890123456789012345.678900"),
            exact.summary().constData());
        QCOMPARE(
            m_student->get("/rest/v1/probe_numbers_kept?id=eq.9223372036854775807&select=id").body,
            R"([{"id":9223372036854775807}])");
    }

    void csvComesAndGoes()
    {
        const ProbeAnswer rows = m_student->get(
            "/rest/v1/probe_rooms?select=id,name&id=in.(1,4)&order=id", {{"Accept", "text/csv"}});
        QCOMPARE(rows.status, 200);
        QCOMPARE(rows.headers.value("content-type"), "text/csv; charset=utf-8");
        QCOMPARE(rows.body, "id,name\n1,\"Aula 1\"\n4,\"It's \"\"odd\"\", (really)\"");
        const ProbeAnswer made = m_student->ask("POST", "/rest/v1/probe_skills",
            "id,name\n60,\"a \"\"b\"\"\"\n61,NULL\n",
            {{"Content-Type", "text/csv"}, {"Prefer", "return=representation"}});
        QVERIFY2(made.status == 201, made.summary().constData());
        QCOMPARE(made.json().toArray().at(0).toObject().value(QStringLiteral("name")).toString(),
            QStringLiteral("a \"b\""));
        QVERIFY(made.json().toArray().at(1).toObject().value(QStringLiteral("name")).isNull());
        const ProbeAnswer uneven = m_student->ask(
            "POST", "/rest/v1/probe_skills", "id,name\n62\n", {{"Content-Type", "text/csv"}});
        QCOMPARE(code(uneven), QStringLiteral("PGRST102"));
        const ProbeAnswer form = m_student->ask("POST", "/rest/v1/probe_skills", "id=63&name=a+b",
            {{"Content-Type", "application/x-www-form-urlencoded"}});
        QVERIFY2(form.status == 201, form.summary().constData());
        QCOMPARE(m_student->get("/rest/v1/probe_skills?id=eq.63&select=name").body,
            R"([{"name":"a b"}])");
        QCOMPARE(m_student->ask("DELETE", "/rest/v1/probe_skills?id=gte.60").status, 204);
    }

    void countsCanBeGuessed()
    {
        for (const char* kind : {"planned", "estimated"}) {
            const ProbeAnswer answer = m_student->get("/rest/v1/probe_rooms?select=id&limit=1",
                {{"Prefer", QByteArray("count=") + kind}});
            QVERIFY2(answer.status == 200 || answer.status == 206, answer.summary().constData());
            const QByteArray range = answer.headers.value("content-range");
            QVERIFY2(range.startsWith("0-0/") && range.mid(4).toLongLong() > 0, range.constData());
        }
        const ProbeAnswer both
            = m_student->get("/rest/v1/probe_rooms?select=id&order=id&limit=3", {{"Range", "1-1"}});
        QCOMPARE(both.body, R"([{"id":2}])");
        const ProbeAnswer huge = m_student->get(
            "/rest/v1/probe_rooms?select=id&id=eq.1", {{"Range", "0-9223372036854775807"}});
        QCOMPARE(huge.status, 200);
        const ProbeAnswer backwards
            = m_student->get("/rest/v1/probe_rooms?select=id", {{"Range", "5-2"}});
        QCOMPARE(backwards.status, 416);
        const ProbeAnswer inner = m_student->get(
            "/rest/v1/probe_rooms?select=id,probe_guests!inner(name)", {{"Prefer", "count=exact"}});
        QCOMPARE(inner.headers.value("content-range"), "0-0/1");
    }

    void preferencesAreKept()
    {
        const ProbeAnswer zone = m_student->get(
            "/rest/v1/probe_rooms?select=opened&id=eq.1", {{"Prefer", "timezone=America/Bogota"}});
        QVERIFY2(zone.body.contains("2026-01-01T05:00:00-05:00"), zone.summary().constData());
        QCOMPARE(zone.headers.value("preference-applied"), "timezone=America/Bogota");
        const ProbeAnswer nowhere
            = m_student->get("/rest/v1/probe_rooms", {{"Prefer", "timezone=Nowhere/At_All"}});
        QCOMPARE(code(nowhere), QStringLiteral("PGRST122"));
        const ProbeAnswer strict
            = m_student->get("/rest/v1/probe_rooms", {{"Prefer", "handling=strict, colour=blue"}});
        QCOMPARE(code(strict), QStringLiteral("PGRST122"));
        const ProbeAnswer limited = m_student->post("/rest/v1/rpc/probe_empty_many",
            QJsonObject{{QStringLiteral("n"), 2}}, {{"Prefer", "handling=strict, max-affected=1"}});
        QCOMPARE(code(limited), QStringLiteral("PGRST124"));
        const ProbeAnswer scalar = m_student->post("/rest/v1/rpc/probe_add",
            QJsonObject{{QStringLiteral("a"), 2}}, {{"Prefer", "handling=strict, max-affected=1"}});
        QCOMPARE(code(scalar), QStringLiteral("PGRST128"));
        const ProbeAnswer stripped = m_student->get("/rest/v1/probe_rooms?select=id,seats&id=eq.3",
            {{"Accept", "application/vnd.pgrst.object+json;nulls=stripped"}});
        QCOMPARE(stripped.body, R"({"id":3})");
        QCOMPARE(stripped.headers.value("content-type"),
            "application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8");
    }

    void profilesChooseTheSchema()
    {
        const ProbeAnswer other
            = m_student->get("/rest/v1/things", {{"Accept-Profile", "probe_api"}});
        QVERIFY2(other.status == 200, other.summary().constData());
        QCOMPARE(other.headers.value("content-profile"), "probe_api");
        QCOMPARE(
            m_student
                ->ask("POST", "/rest/v1/things", R"({"id":2})", {{"Content-Profile", "probe_api"}})
                .status,
            201);
        QCOMPARE(code(m_student->get("/rest/v1/things")), QStringLiteral("PGRST205"));
        const ProbeAnswer hidden = m_student->get("/rest/v1/users", {{"Accept-Profile", "auth"}});
        QCOMPARE(hidden.status, 406);
        QCOMPARE(code(hidden), QStringLiteral("PGRST106"));
        QCOMPARE(hidden.object().value(QStringLiteral("hint")).toString(),
            QStringLiteral("Only the following schemas are exposed: public, probe_api"));
    }

    void bodiesOfOneArgument()
    {
        const ProbeAnswer json
            = m_student->ask("POST", "/rest/v1/rpc/probe_whole", "[1,{\"a\":2}]");
        QCOMPARE(json.body, "[1,{\"a\":2}]");
        const ProbeAnswer text = m_student->ask(
            "POST", "/rest/v1/rpc/probe_text", "hola", {{"Content-Type", "text/plain"}});
        QCOMPARE(text.body, "\"HOLA\"");
        const ProbeAnswer bytes = m_student->ask("POST", "/rest/v1/rpc/probe_bytes",
            QByteArray("a\0\xff", 3), {{"Content-Type", "application/octet-stream"}});
        QVERIFY2(bytes.body == "3", bytes.summary().constData());
        const ProbeAnswer form = m_student->ask("POST", "/rest/v1/rpc/probe_add", "a=1&b=2",
            {{"Content-Type", "application/x-www-form-urlencoded"}});
        QCOMPARE(form.body, "3");
        const ProbeAnswer odd
            = m_student->ask("POST", "/rest/v1/probe_skills", "x", {{"Content-Type", "image/png"}});
        QCOMPARE(odd.status, 400);
        QCOMPARE(odd.object().value(QStringLiteral("message")).toString(),
            QStringLiteral("Content-Type not acceptable: image/png"));
    }

    void theRootDescribesWhatMayBeUsed()
    {
        const ProbeAnswer answer
            = m_student->get("/rest/v1/", {{"Accept", "application/openapi+json"}});
        QVERIFY2(answer.status == 200, answer.summary().constData());
        const QJsonObject tables = answer.object().value(QStringLiteral("definitions")).toObject();
        QVERIFY(tables.value(QStringLiteral("probe_rooms"))
                    .toObject()
                    .value(QStringLiteral("properties"))
                    .toObject()
                    .contains(QStringLiteral("seats")));
        QVERIFY(!tables.contains(QStringLiteral("exam_keys")));
        QVERIFY(answer.object()
                    .value(QStringLiteral("paths"))
                    .toObject()
                    .contains(QStringLiteral("/rpc/probe_add")));
    }

    void aggregatesCanBeSwitchedOn()
    {
        QVERIFY(m_behind
                    ->run(QStringLiteral("alter role authenticator set pgrst.db_aggregates_enabled "
                                         "= 'true'; notify pgrst, 'reload config'"))
                    .ok());
        // One way to write JSON, so that white space does not matter.
        const auto compact = [](const QByteArray& json) {
            return QJsonDocument::fromJson(json).toJson(QJsonDocument::Compact);
        };
        const auto rows = [&](const QByteArray& query) {
            return compact(m_student->get("/rest/v1/" + query).body);
        };
        QTRY_COMPARE(
            rows("probe_rooms?select=count(),seats.sum()"), compact(R"([{"count":4,"sum":35}])"));
        QCOMPARE(rows("probe_rooms?select=tags,seats.max()::text&id=lte.2&order=tags"),
            compact(R"([{"tags":["big", "light"],"max":"10"},{"tags":["dark"],"max":"20"}])"));
        QCOMPARE(rows("probe_people?select=boss(name),id.avg()&id=gt.1"),
            compact(R"([{"boss":{"name": "Eva"},"avg":2.5000000000000000}])"));
        QCOMPARE(rows("probe_guest_skills?select=skill_id,...probe_guests(room_id.max())&order="
                      "skill_id"),
            compact(R"([{"skill_id":1,"max":1},{"skill_id":2,"max":1}])"));
        QCOMPARE(rows("probe_rooms?select=id,probe_guests(count())&id=lte.2&order=id"),
            compact(
                R"([{"id":1,"probe_guests":[{"count":2}]},{"id":2,"probe_guests":[{"count":0}]}])"));
        QVERIFY(
            m_behind
                ->run(QStringLiteral("alter role authenticator reset pgrst.db_aggregates_enabled; "
                                     "notify pgrst, 'reload config'"))
                .ok());
        QTRY_COMPARE(m_student->get("/rest/v1/probe_rooms?select=count()").status, 400);
    }

    void whateverGoesTogetherIsWellFormed()
    {
        const QList<QByteArray> selections{"*", "id,name", "facts->door->>colour", "n:seats::text",
            "probe_guests(*)", "probe_guests!inner(name)", "probe_guests(name,probe_skills(name))",
            "probe_codes(code)", "...probe_codes(code)", "...probe_guests(names:name)",
            "probe_bookings!room_id(id,nights)", "probe_label", "probe_neighbours(id,name)",
            "probe_neighbours(probe_codes(code))", "probe_guests()",
            "...probe_guests(g:name,...probe_skills(s:name))",
            "...probe_guests(h:name,probe_skills(name))", "probe_codes(...probe_rooms(name))"};
        const QList<QByteArray> conditions{"id=in.(1,2,3)", "name=like.Aula*", "seats=is.null",
            "tags=cs.%7Bbig%7D", "facts->>floor=eq.1", "or=(id.eq.1,seats.gt.5)",
            "not.or=(id.eq.1,and(seats.gt.5,name.like.A*))", "probe_guests=is.null",
            "or=(probe_guests.not.is.null,id.eq.3)", "probe_guests.name=eq.Ana",
            "probe_guests.order=name.desc", "probe_guests.limit=1", "order=seats.desc.nullslast,id",
            "order=probe_codes(code)", "order=facts->floor", "order=probe_label", "limit=2",
            "offset=1", "name=fts.aula", "probe_label=like.*1!"};
        const QList<QByteArray> types{"application/json", "text/csv",
            "application/vnd.pgrst.object+json", "application/vnd.pgrst.array+json;nulls=stripped"};
        const QList<QByteArray> counts{"count=exact", "count=planned", "count=estimated", "x"};
        // Codes that say that the statement was wrong, not the request.
        const QStringList broken{QStringLiteral("42601"), QStringLiteral("42P01"),
            QStringLiteral("42P18"), QStringLiteral("42701"), QStringLiteral("42702"),
            QStringLiteral("42803"), QStringLiteral("42804"), QStringLiteral("42883")};
        SeededRandom random(20261123);
        const auto pick = [&](const QList<QByteArray>& from) {
            return from.at(static_cast<qsizetype>(random.below(static_cast<quint64>(from.size()))));
        };
        int answered = 0;
        for (int i = 0; i < 200; ++i) {
            QByteArray query = "?select=" + pick(selections) + ',' + pick(selections);
            for (quint64 j = random.below(3); j > 0; --j) {
                query += '&' + pick(conditions);
            }
            const ProbeHeaders headers{{"Accept", pick(types)},
                {"Prefer", pick(counts) + ",return=representation,tx=rollback"}};
            const quint64 kind = random.below(6);
            const ProbeAnswer answer = kind == 0
                ? m_student->ask("PATCH", "/rest/v1/probe_rooms" + query, R"({"seats":7})", headers)
                : kind == 1 ? m_student->ask(
                      "POST", "/rest/v1/rpc/probe_over" + query, R"({"least_seats":1})", headers)
                            : m_student->ask("GET", "/rest/v1/probe_rooms" + query, {}, headers);
            QVERIFY2(answer.status != 0 && answer.status < 500 && !broken.contains(code(answer)),
                (query + '\n' + answer.summary()).constData());
            answered += answer.status < 300 ? 1 : 0;
        }
        QVERIFY(answered > 60);
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
        const auto allowed = [&](const QByteArray& path) {
            return anybody().ask("OPTIONS", "/rest/v1/" + path, {}, {{"apikey", ""}});
        };
        QCOMPARE(allowed("probe_rooms").headers.value("allow"),
            "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
        QCOMPARE(allowed("rpc/probe_write").headers.value("allow"), "OPTIONS,POST");
        QCOMPARE(allowed("rpc/probe_add").headers.value("allow"), "OPTIONS,GET,HEAD,POST");
        QCOMPARE(allowed("").headers.value("allow"), "OPTIONS,GET,HEAD");
        QCOMPARE(allowed("no_such_table").status, 404);
    }
};

QTEST_GUILESS_MAIN(TestAcademyRest)
#include "tst_academy_rest.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "Person.h"

#include "store/KeychainSecretStore.h"
#include "support/PgSession.h"
#include "wire/Json.h"

#include <QProcess>
#include <QTest>

#include <utility>

/// The real neolingus-probe against the real academy.
class TestClientProbe : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    const bool m_keyring = qEnvironmentVariableIsSet("NEOLINGUS_KEYRING");

    struct Run
    {
        int exitCode = -1;
        QByteArray output;
        QList<QJsonObject> lines;

        QList<QJsonObject> of(const char* event) const
        {
            QList<QJsonObject> found;
            std::copy_if(lines.begin(), lines.end(), std::back_inserter(found), [&](const QJsonObject& line) {
                return line.value(QStringLiteral("event")) == QLatin1String(event);
            });
            return found;
        }
    };

    static QString program()
    {
        return qEnvironmentVariable("NEOLINGUS_BINARY_DIR") + QStringLiteral("/bin/neolingus-probe");
    }
    static void launch(QProcess& process, const QStringList& arguments, const QByteArray& input)
    {
        process.start(program(), arguments);
        process.write(input);
        process.closeWriteChannel();
    }
    /// All it said, once it has ended.
    static Run finish(QProcess& process)
    {
        Run run;
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000)) {
            return run;
        }
        run.exitCode = process.exitCode();
        run.output = process.readAllStandardOutput();
        for (const QByteArray& line : run.output.split('\n')) {
            if (!line.isEmpty()) {
                run.lines.append(parseJson(line).valueOr({}).toObject());
            }
        }
        run.output += process.readAllStandardError();
        return run;
    }
    QStringList words(const QStringList& more) const
    {
        return QStringList{QStringLiteral("watch"), QStringLiteral("--url"), m_academy.url().toString(),
                   QStringLiteral("--key"), m_academy.anonKey()}
            + more;
    }
    Run run(const QStringList& arguments, const QByteArray& input = {}) const
    {
        QProcess process;
        launch(process, arguments, input);
        return finish(process);
    }

    /// A probe that goes on with the session in the keychain, and what it said so far.
    struct Sharer
    {
        QProcess process;
        QByteArray said;

        int tokens()
        {
            said += process.readAllStandardOutput();
            return int(said.count("\"event\":\"token\""));
        }
        bool hasOnlyBeenSignedIn() const
        {
            return !said.contains("\"SignedOut\"") && !said.contains("\"NeedsSignIn\"");
        }
    };
    void share(Sharer& sharer) const
    {
        launch(sharer.process, words({QStringLiteral("--kept"), QStringLiteral("--topic"),
                                   QStringLiteral("lane"), QStringLiteral("--for"), QStringLiteral("170")}),
            {});
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (m_keyring) {
            m_academy.setArguments({QStringLiteral("--demo"), QStringLiteral("--token-life"), QStringLiteral("1")});
        }
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
    }

    void wrongArgumentsAreSaidSo()
    {
        QCOMPARE(run({}).exitCode, 2);
        QCOMPARE(run({QStringLiteral("--help")}).exitCode, 0);
        const Run help = run({QStringLiteral("watch"), QStringLiteral("--help")});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.output.contains("Exit codes"));
        QCOMPARE(run({QStringLiteral("watch")}).exitCode, 2);
        QCOMPARE(run(words({QStringLiteral("--password"), QStringLiteral("x")})).exitCode, 2);
        QCOMPARE(run(words({QStringLiteral("--for")})).exitCode, 2);
    }

    void callsAreMadeAsThePersonWhoSignsIn()
    {
        const Run done = run(words({QStringLiteral("--email"), Demo::student(1), QStringLiteral("--rpc"),
                                 QStringLiteral("student_home"), QStringLiteral("--rest"),
                                 QStringLiteral("profiles?select=user_id&limit=3")}),
            Demo::password().toUtf8() + '\n');
        QVERIFY2(done.exitCode == 0, done.output.constData());
        QCOMPARE(done.of("rpc").size(), 1);
        QVERIFY(done.of("rpc").first().value(QStringLiteral("ok")).toBool());
        QVERIFY(!done.of("rest").first().value(QStringLiteral("rows")).toArray().isEmpty());
        QCOMPARE(done.of("end").size(), 1);
        qint64 before = 0;
        for (const QJsonObject& line : done.lines) {
            const qint64 now = line.value(QStringLiteral("t")).toInteger();
            QVERIFY(now >= before);
            before = now;
        }
        QVERIFY(!done.output.contains(Demo::password().toUtf8()));
        QVERIFY(!done.output.contains("eyJ"));
    }

    void aWrongPasswordAndAMissingAcademyHaveTheirCodes()
    {
        QCOMPARE(run(words({QStringLiteral("--email"), Demo::student(1)}), "wrong\n").exitCode, 4);
        QCOMPARE(run({QStringLiteral("watch"), QStringLiteral("--url"), QStringLiteral("http://127.0.0.1:1"),
                         QStringLiteral("--key"), QStringLiteral("k"), QStringLiteral("--rpc"),
                         QStringLiteral("server_info")})
                     .exitCode,
            3);
        QCOMPARE(run(words({QStringLiteral("--rpc"), QStringLiteral("no_such_function")})).exitCode, 6);
    }

    void channelsBroadcastsAndPresence()
    {
        const QString room = QStringLiteral("sitting:%1:room").arg(Demo::sitting());
        const Run done = run(words({QStringLiteral("--email"), Demo::student(2), QStringLiteral("--private"), room,
                                 QStringLiteral("--topic"), QStringLiteral("square"), QStringLiteral("--broadcast"),
                                 QStringLiteral("square hello {\"n\":1}"), QStringLiteral("--track"),
                                 QStringLiteral("{\"page\":1}"), QStringLiteral("--table"),
                                 QStringLiteral("course_progress"), QStringLiteral("--once"), QStringLiteral("--for"),
                                 QStringLiteral("60")}),
            Demo::password().toUtf8() + '\n');
        QVERIFY2(done.exitCode == 0, done.output.constData());
        QCOMPARE(done.of("sent").size(), 1);
        QVERIFY(done.of("sent").first().value(QStringLiteral("ok")).toBool());
        QCOMPARE(done.of("tracked").size(), 2);
        QStringList live;
        for (const QJsonObject& line : done.of("channel")) {
            if (line.value(QStringLiteral("state")) == QLatin1String("Live")) {
                live.append(line.value(QStringLiteral("topic")).toString());
                QCOMPARE(line.value(QStringLiteral("role")).toString(), QStringLiteral("authenticated"));
            }
        }
        QVERIFY(live.contains(room) && live.contains(QStringLiteral("square")));
        QVERIFY(live.contains(QStringLiteral("probe:tables")));
        QVERIFY(!done.of("gap").isEmpty());
        const QList<QJsonObject> system = done.of("system");
        QVERIFY2(std::any_of(system.begin(), system.end(), [](const QJsonObject& line) {
            return line.value(QStringLiteral("extension")) == QLatin1String("postgres_changes")
                && line.value(QStringLiteral("ok")).toBool();
        }), done.output.constData());
    }

    void whatOthersDoIsPrinted()
    {
        const QString own = QStringLiteral("course_progress?user_id=eq.") + Demo::studentId(4);
        QProcess watcher;
        launch(watcher, words({QStringLiteral("--email"), QStringLiteral("teacher@neolingus.demo"),
                            QStringLiteral("--topic"), QStringLiteral("lane"), QStringLiteral("--table"), own,
                            QStringLiteral("--track"), QStringLiteral("{}"), QStringLiteral("--presence-key"),
                            QStringLiteral("watcher"), QStringLiteral("--for"), QStringLiteral("120")}),
            Demo::password().toUtf8() + '\n');
        QByteArray said;
        const auto saw = [&](const QByteArray& event, const QByteArrayList& parts) {
            return QTest::qWaitFor(
                [&] {
                    said += watcher.readAllStandardOutput();
                    const QList<QByteArray> lines = said.split('\n');
                    return std::any_of(lines.cbegin(), lines.cend(), [&](const QByteArray& line) {
                        return line.contains("\"event\":\"" + event + '"')
                            && std::all_of(parts.cbegin(), parts.cend(),
                                [&](const QByteArray& part) { return line.contains(part); });
                    });
                },
                60'000);
        };
        QVERIFY2(saw("channel", {"\"Live\"", "\"lane\""}), said.constData());
        QVERIFY2(saw("channel", {"\"Live\"", "\"probe:tables\""}), said.constData());
        const auto study = [&](int student, const QString& id) {
            return run(words({QStringLiteral("--email"), Demo::student(student), QStringLiteral("--broadcast"),
                           QStringLiteral("lane hello {\"n\":7}"), QStringLiteral("--track"),
                           QStringLiteral("{}"), QStringLiteral("--presence-key"), QStringLiteral("guest"),
                           QStringLiteral("--once"), QStringLiteral("--for"), QStringLiteral("60"),
                           QStringLiteral("--rpc"),
                           QStringLiteral("push_study_events {\"p_events\":[{\"id\":\"%1\",\"course_id\":"
                                          "\"%2\",\"kind\":\"practice\",\"skill\":\"reading\","
                                          "\"item_id\":\"probe\",\"correct\":true,\"happened_at\":"
                                          "\"2026-11-23T10:00:00Z\",\"payload\":{}}]}")
                               .arg(id, Demo::course())}),
                Demo::password().toUtf8() + '\n');
        };
        // The filter lets the second one pass only.
        const Run other = study(5, QStringLiteral("44444444-0000-4000-8000-000000000005"));
        QVERIFY2(other.exitCode == 0, other.output.constData());
        const Run mine = study(4, QStringLiteral("44444444-0000-4000-8000-000000000004"));
        QVERIFY2(mine.exitCode == 0, mine.output.constData());
        QVERIFY2(saw("change", {Demo::studentId(4).toUtf8()}), said.constData());
        QVERIFY2(saw("broadcast", {"\"n\":7"}), said.constData());
        QVERIFY2(saw("presence", {"\"joined\":[\"guest\"]"}), said.constData());
        QVERIFY2(saw("presence", {"\"left\":[\"guest\"]"}), said.constData());
        QVERIFY2(!said.contains(Demo::studentId(5).toUtf8()), said.constData());
        watcher.terminate();
        QVERIFY(watcher.waitForFinished(20'000));
    }

    void aRefusedChannelIsSaidSo()
    {
        const Run done = run(words({QStringLiteral("--email"), Demo::student(3), QStringLiteral("--private"),
                                 QStringLiteral("sitting:%1:monitor").arg(Demo::sitting()),
                                 QStringLiteral("--once"), QStringLiteral("--for"), QStringLiteral("60")}),
            Demo::password().toUtf8() + '\n');
        QVERIFY2(done.exitCode == 5, done.output.constData());
        QCOMPARE(done.of("channel").last().value(QStringLiteral("state")).toString(), QStringLiteral("Refused"));
    }

    void withoutAKeptSessionItSaysSo()
    {
        const Run done = run(words({QStringLiteral("--kept"), QStringLiteral("--for"), QStringLiteral("60")}));
        QVERIFY2(done.exitCode == 4, done.output.constData());
        QCOMPARE(done.of("signin").size(), 1);
        QCOMPARE(run(words({QStringLiteral("--kept"), QStringLiteral("--email"), Demo::student(1)})).exitCode, 2);
    }

    /// Tokens live for a second, and no refresh token that was used is ever forgiven.
    void twoProcessesShareTheKeptSession()
    {
        if (!m_keyring) {
            QSKIP("needs a keychain");
        }
        {
            Person ana(m_academy, std::make_shared<KeychainSecretStore>());
            SIGN_IN(ana, Demo::student(14));
        }
        PgSession law("host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres");
        const auto ask = [&law](const char* what) {
            const PgAnswer answer = law.run(QStringLiteral(
                "with mine as (select t.* from auth.refresh_tokens t join auth.users u on u.id = t.user_id::uuid "
                "where u.email = 'student14@neolingus.demo') select %1 from mine").arg(QLatin1String(what)));
            return answer.rows.value(0).value(0).toInt();
        };
        const auto forgiveNothing = [&law] {
            law.run(QStringLiteral("update auth.refresh_tokens set updated_at = now() - interval '1 hour' where revoked"));
        };
        const auto renew = [&](const std::function<bool()>& enough) {
            return QTest::qWaitFor([&] { forgiveNothing(); return enough(); }, 60'000);
        };

        Sharer one;
        Sharer two;
        share(one);
        share(two);
        QVERIFY2(renew([&] { return one.tokens() >= 3 && two.tokens() >= 3; }), (one.said + two.said).constData());
        // Whatever it was doing, the other goes on, and so does its successor.
        one.process.kill();
        const int then = two.tokens();
        QVERIFY2(renew([&] { return two.tokens() >= then + 2; }), two.said.constData());
        Sharer three;
        share(three);
        const int now = two.tokens();
        QVERIFY2(renew([&] { return three.tokens() >= 2 && two.tokens() >= now + 1; }), three.said.constData());
        for (Sharer* sharer : {&one, &two, &three}) {
            sharer->process.kill();
            QTRY_COMPARE_WITH_TIMEOUT(sharer->process.state(), QProcess::NotRunning, 20'000);
            QVERIFY2(sharer->hasOnlyBeenSignedIn(), sharer->said.constData());
        }
        const int renewals = one.tokens() + two.tokens() + three.tokens();
        QVERIFY2(ask("count(*)") >= 1 + renewals, "one refresh token was used twice");
        QCOMPARE(ask("count(distinct session_id)"), 1);
        QCOMPARE(ask("count(*) filter (where not revoked)"), 1);
        QCOMPARE(ask("count(parent) - count(distinct parent)"), 0);
    }
};

QTEST_GUILESS_MAIN(TestClientProbe)
#include "tst_client_probe.moc"

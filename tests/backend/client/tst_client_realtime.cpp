// SPDX-License-Identifier: GPL-3.0-or-later
#include "Person.h"

#include <QSignalSpy>
#include <QTest>

using State = RealtimeChannel::State;

namespace {

constexpr int Patience = 45'000;

ChannelConfig closedRoom()
{
    ChannelConfig config;
    config.isPrivate = true;
    return config;
}

ChannelConfig progressOf(const QString& user)
{
    ChannelConfig config = closedRoom();
    config.changes = {{QStringLiteral("*"), QStringLiteral("public"),
        QStringLiteral("course_progress"), QStringLiteral("user_id=eq.") + user, {}}};
    return config;
}

QString monitorTopic()
{
    return QStringLiteral("sitting:%1:monitor").arg(Demo::sitting());
}

QString userTopic(int student)
{
    return QStringLiteral("user:%1").arg(Demo::studentId(student));
}

} // namespace

/// The realtime half of the client core against the real academy.
class TestClientRealtime : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;

    /// One answered exercise, which moves the student's progress in the database.
    static Async<QJsonValue> study(Person& person)
    {
        const QJsonObject event{{QStringLiteral("id"), person.random.uuid()},
            {QStringLiteral("course_id"), Demo::course()},
            {QStringLiteral("kind"), QStringLiteral("exercise")},
            {QStringLiteral("skill"), QStringLiteral("reading")},
            {QStringLiteral("item_id"), QStringLiteral("item-1")},
            {QStringLiteral("correct"), true},
            {QStringLiteral("happened_at"), toIsoString(person.clock.wall())},
            {QStringLiteral("payload"), QJsonObject()}};
        return person.rest.rpc(
            QStringLiteral("push_study_events"), {{QStringLiteral("p_events"), QJsonArray{event}}});
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_academy.start(), qPrintable(m_academy.problem())); }

    void privateChannelsOpenToThoseWhoMay()
    {
        Person tom(m_academy);
        Person ana(m_academy);
        Person eve(m_academy);
        SIGN_IN(tom, Demo::teacher());
        SIGN_IN(ana, Demo::student(1));
        SIGN_IN(eve, Demo::otherTeacher());
        for (Person* person : {&tom, &ana, &eve}) {
            person->realtime.start();
        }
        auto monitor = tom.realtime.channel(monitorTopic(), closedRoom());
        auto prying = ana.realtime.channel(monitorTopic(), closedRoom());
        auto foreign = eve.realtime.channel(monitorTopic(), closedRoom());
        auto own = ana.realtime.channel(userTopic(1), closedRoom());
        auto others = ana.realtime.channel(userTopic(2), closedRoom());
        QTRY_COMPARE_WITH_TIMEOUT(monitor->state(), State::Live, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(own->state(), State::Live, Patience);
        for (const auto& refused : {prying, foreign, others}) {
            QTRY_COMPARE_WITH_TIMEOUT(refused->state(), State::Refused, Patience);
            QCOMPARE(refused->lastError()->kind, ErrorKind::Forbidden);
        }
    }

    void aCommitReachesTheSubscriberAndNobodyElse()
    {
        Person ana(m_academy);
        Person ben(m_academy);
        SIGN_IN(ana, Demo::student(2));
        SIGN_IN(ben, Demo::student(3));
        ana.realtime.start();
        ben.realtime.start();
        auto mine = ana.realtime.channel(userTopic(2), progressOf(Demo::studentId(2)));
        ChannelConfig everybodys = progressOf(Demo::studentId(2));
        everybodys.changes.first().filter.clear();
        auto bens = ben.realtime.channel(userTopic(3), everybodys);
        QList<ChangeEvent> seen, overheard;
        connect(mine.get(), &RealtimeChannel::changeReceived, this,
            [&](const ChangeEvent& change) { seen.append(change); });
        connect(bens.get(), &RealtimeChannel::changeReceived, this,
            [&](const ChangeEvent& change) { overheard.append(change); });
        QTRY_COMPARE_WITH_TIMEOUT(mine->state(), State::Live, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(bens->state(), State::Live, Patience);
        auto pushed = study(ana);
        AWAIT_OK(pushed);
        QTRY_VERIFY_WITH_TIMEOUT(!seen.isEmpty(), Patience);
        QCOMPARE(seen.last().table, QStringLiteral("course_progress"));
        QCOMPARE(
            seen.last().record.value(QStringLiteral("user_id")).toString(), Demo::studentId(2));
        QVERIFY(seen.last().record.value(QStringLiteral("version")).isDouble());
        QVERIFY(seen.last().errors.isEmpty());
        auto bensOwn = study(ben);
        AWAIT_OK(bensOwn);
        QTRY_VERIFY_WITH_TIMEOUT(!overheard.isEmpty(), Patience);
        for (const ChangeEvent& change : overheard) {
            QCOMPARE(change.record.value(QStringLiteral("user_id")).toString(), Demo::studentId(3));
        }
    }

    void bytesGoOverHttpToo()
    {
        Person ana(m_academy);
        Person ben(m_academy);
        ben.realtime.start();
        auto to = ben.realtime.channel(QStringLiteral("plaza"), {});
        QByteArray heard;
        connect(to.get(), &RealtimeChannel::binaryBroadcastReceived, this,
            [&](const QString& event, const QByteArray& payload) { heard = event.toUtf8() + payload; });
        QTRY_COMPARE_WITH_TIMEOUT(to->state(), State::Live, Patience);
        ana.realtime.setHttp(ana.http);
        auto sent = ana.realtime.postBytes({QStringLiteral("plaza"), QStringLiteral("raw")}, QByteArray("\0\xff", 2));
        AWAIT_OK(sent);
        QTRY_COMPARE_WITH_TIMEOUT(heard, QByteArray("raw\0\xff", 5), Patience);
    }

    void anApplicationMayBringItsTokens()
    {
        Person ana(m_academy);
        SIGN_IN(ana, Demo::student(5));
        Person app(m_academy);
        auto ready = app.session.useTokens([&ana] { return ana.session.accessToken(); });
        AWAIT_OK(ready);
        QCOMPARE(app.session.user().id, UserId(Demo::studentId(5)));
        app.realtime.start();
        auto own = app.realtime.channel(userTopic(5), closedRoom());
        QTRY_COMPARE_WITH_TIMEOUT(own->state(), State::Live, Patience);
        QCOMPARE(own->identity()->subject, Demo::studentId(5));
        auto home = app.rest.rpc(QStringLiteral("student_home"), {});
        AWAIT_OK(home);
    }

    void broadcastsArriveAndAreConfirmed()
    {
        Person ana(m_academy);
        Person ben(m_academy);
        ana.realtime.start();
        ben.realtime.start();
        ChannelConfig confirmed;
        confirmed.broadcastAck = true;
        auto from = ana.realtime.channel(QStringLiteral("square"), confirmed);
        auto to = ben.realtime.channel(QStringLiteral("square"), {});
        QStringList heard;
        connect(to.get(), &RealtimeChannel::broadcastReceived, this,
            [&](const QString& event, const QJsonObject& payload) {
                heard.append(event + payload.value(QStringLiteral("text")).toString());
            });
        QTRY_COMPARE_WITH_TIMEOUT(to->state(), State::Live, Patience);
        QList<Async<void>> sent;
        for (const char* word : {"á", "b", "c"}) {
            sent.append(from->broadcast(
                QStringLiteral("say"), {{QStringLiteral("text"), QString::fromUtf8(word)}}));
        }
        for (const auto& one : sent) {
            AWAIT_OK(one);
        }
        QTRY_COMPARE_WITH_TIMEOUT(heard,
            (QStringList{QStringLiteral("sayá"), QStringLiteral("sayb"), QStringLiteral("sayc")}),
            Patience);
    }

    void presenceShowsWhoIsThere()
    {
        Person ana(m_academy);
        auto ben = std::make_unique<Person>(m_academy);
        SIGN_IN(ana, Demo::student(4));
        SIGN_IN(*ben, Demo::student(5));
        ana.realtime.start();
        ben->realtime.start();
        const QString topic = QStringLiteral("sitting:%1:room").arg(Demo::sitting());
        ChannelConfig asAna = closedRoom();
        asAna.presenceKey = QStringLiteral("ana");
        ChannelConfig asBen = closedRoom();
        asBen.presenceKey = QStringLiteral("ben");
        auto first = ana.realtime.channel(topic, asAna);
        auto second = ben->realtime.channel(topic, asBen);
        auto shown = first->track({{QStringLiteral("typing"), false}});
        auto alsoShown = second->track({{QStringLiteral("typing"), true}});
        AWAIT_OK(shown);
        AWAIT_OK(alsoShown);
        QTRY_COMPARE_WITH_TIMEOUT(first->presence().keys(),
            (QStringList{QStringLiteral("ana"), QStringLiteral("ben")}), Patience);
        QVERIFY(first->presence()
                    .metas(QStringLiteral("ben"))
                    .first()
                    .value(QStringLiteral("typing"))
                    .toBool());
        second.reset();
        ben.reset();
        QTRY_COMPARE_WITH_TIMEOUT(
            first->presence().keys(), QStringList{QStringLiteral("ana")}, Patience);
    }

    void aNewTokenKeepsTheChannelLive()
    {
        Person ana(m_academy);
        SIGN_IN(ana, Demo::student(6));
        const auto second
            = [&ana] { return std::chrono::floor<std::chrono::seconds>(ana.clock.wall()); };
        const auto signedIn = second();
        ana.realtime.start();
        auto channel = ana.realtime.channel(userTopic(6), progressOf(Demo::studentId(6)));
        QTRY_COMPARE_WITH_TIMEOUT(channel->state(), State::Live, Patience);
        QSignalSpy states(channel.get(), &RealtimeChannel::stateChanged);
        auto token = ana.session.accessToken();
        AWAIT_OK(token);
        QTRY_VERIFY(second() != signedIn); // tokens of one second are the same text
        auto newer = ana.session.refreshAfterRefusal(*token.result());
        AWAIT_OK(newer);
        QVERIFY(*newer.result() != *token.result());
        QList<ChangeEvent> seen;
        connect(channel.get(), &RealtimeChannel::changeReceived, this,
            [&](const ChangeEvent& change) { seen.append(change); });
        auto pushed = study(ana);
        AWAIT_OK(pushed);
        QTRY_VERIFY_WITH_TIMEOUT(!seen.isEmpty(), Patience);
        QCOMPARE(states.size(), 0);
    }

    void pingMeasuresARealRoundTrip()
    {
        Person ana(m_academy);
        ana.realtime.start();
        QTRY_COMPARE_WITH_TIMEOUT(ana.realtime.health().phase, SocketHealth::Phase::Open, Patience);
        auto ping = ana.realtime.ping();
        AWAIT_OK(ping);
        QVERIFY(ana.realtime.health().rtt);
    }

    void aKilledAcademyIsFoundAgainWithAGap()
    {
        Person ana(m_academy);
        SIGN_IN(ana, Demo::student(7));
        ana.realtime.start();
        auto channel = ana.realtime.channel(userTopic(7), progressOf(Demo::studentId(7)));
        QList<WallTime> gaps;
        connect(channel.get(), &RealtimeChannel::gap, this,
            [&](WallTime from, WallTime) { gaps.append(from); });
        QTRY_COMPARE_WITH_TIMEOUT(channel->state(), State::Live, Patience);
        QCOMPARE(gaps, QList<WallTime>{WallTime{}});
        QSignalSpy reconnected(&ana.realtime, &RealtimeClient::reconnected);
        const WallTime before = ana.clock.wall();
        m_academy.kill9();
        QTRY_COMPARE_WITH_TIMEOUT(channel->state(), State::Idle, Patience);
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        QTRY_COMPARE_WITH_TIMEOUT(channel->state(), State::Live, Patience);
        QVERIFY(gaps.size() >= 2);
        QVERIFY(gaps.at(1) != WallTime{});
        QVERIFY(gaps.at(1) <= before + std::chrono::seconds(30));
        QVERIFY(reconnected.size() >= 1);
        QVERIFY(ana.realtime.health().reconnects >= 1);

        QList<ChangeEvent> seen;
        connect(channel.get(), &RealtimeChannel::changeReceived, this,
            [&](const ChangeEvent& change) { seen.append(change); });
        auto pushed = study(ana);
        AWAIT_OK(pushed);
        QTRY_VERIFY_WITH_TIMEOUT(!seen.isEmpty(), Patience);
    }
};

QTEST_GUILESS_MAIN(TestClientRealtime)
#include "tst_client_realtime.moc"

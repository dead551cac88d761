// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtHttpStreams.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "store/Settings.h"
#include "support/FakeHttpClient.h"
#include "support/FakeScheduler.h"
#include "tutor/AiTutorStreamManager.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/TutorPreferences.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

QJsonObject models(const QStringList& names)
{
    QJsonArray data;
    for (const QString& name : names) {
        data.append(QJsonObject {{s("id"), name}});
    }
    return {{s("object"), s("list")}, {s("data"), data}};
}

/// The settings page without a page.
struct Desk
{
    QTemporaryDir folder;
    Settings store {folder.filePath(s("settings.json"))};
    AppSettings settings {store};
    FakeHttpClient http;
    MemorySecretStore secrets;
    TutorPreferences preferences {settings, http};

    Desk() { preferences.setSecrets(&secrets); }

    TutorChoiceRow row(const char* tutor)
    {
        const TutorChoiceRow* found = preferences.choices()->find(s(tutor));
        return found ? *found : TutorChoiceRow();
    }
};

} // namespace

class TestTutorPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itBeginsWithTheNotes()
    {
        Desk desk;
        QVERIFY(desk.preferences.notesOnly());
        QCOMPARE(desk.preferences.order().size(), 1);
        QVERIFY(desk.row("notes").used);
        QVERIFY(!desk.row("openai").used);
    }

    void aKeyThatWorksIsKept()
    {
        Desk desk;
        desk.preferences.use(s("openai"), true);
        QVERIFY2(desk.preferences.notesOnly(), "without a key the notes answer");
        desk.http.expect("GET", "/v1/models").header("Authorization", "Bearer sk-1").reply(200, models({s("gpt-x")}));
        desk.preferences.saveKey(s("openai"), s(" sk-1 "));
        QTRY_COMPARE(desk.row("openai").tone, s("positive"));
        QVERIFY(desk.row("openai").hasKey);
        QVERIFY(desk.row("openai").models.contains(s("gpt-x")));
        const QList<TutorSettings> order = desk.preferences.order();
        QCOMPARE(order.size(), 2);
        QCOMPARE(order.at(0).providerId, s("openai"));
        QCOMPARE(order.at(0).secretName, s("tutor:openai"));
        QCOMPARE(order.at(1).provider, TutorProviderKind::Notes);
        desk.preferences.removeKey(s("openai"));
        QTRY_VERIFY(desk.preferences.notesOnly());
    }

    void aKeyIsSentTheWayItsProviderWantsIt_data()
    {
        QTest::addColumn<QString>("tutor");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("Anthropic") << s("anthropic") << QByteArray("/v1/models") << QByteArray("x-api-key");
        QTest::newRow("Google") << s("google") << QByteArray("/v1beta/models") << QByteArray("x-goog-api-key");
    }
    void aKeyIsSentTheWayItsProviderWantsIt()
    {
        QFETCH(QString, tutor);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, header);
        Desk desk;
        desk.preferences.use(tutor, true);
        desk.http.expect("GET", path).header(header, "k-2").reply(200, models({}));
        desk.preferences.saveKey(tutor, s("k-2"));
        QTRY_VERIFY(desk.preferences.choices()->find(tutor)->hasKey);
    }

    void bothWaysToSpeakToOneProviderShareItsKey()
    {
        Desk desk;
        desk.preferences.use(s("openai-responses"), true);
        desk.http.expect("GET", "/v1/models").header("Authorization", "Bearer sk-1").reply(200, models({s("gpt-6-luna")}));
        desk.preferences.saveKey(s("openai-responses"), s("sk-1"));
        QTRY_COMPARE(desk.row("openai-responses").tone, s("positive"));
        QVERIFY(desk.row("openai").hasKey);
        const TutorSettings first = desk.preferences.order().constFirst();
        QCOMPARE(first.provider, TutorProviderKind::OpenAiResponses);
        QCOMPARE(first.secretName, s("tutor:openai"));
        QCOMPARE(first.model, s("gpt-6-luna"));
        TutorPreferences again(desk.settings, desk.http);
        again.setSecrets(&desk.secrets);
        QTRY_VERIFY(again.choices()->find(s("openai-responses"))->hasKey);
    }

    void anotherServerHasAnAddressAndAKeyOfItsOwn()
    {
        Desk desk;
        desk.preferences.use(s("compatible"), true);
        QVERIFY(desk.row("compatible").ownAddress && desk.row("compatible").needsKey);
        desk.preferences.saveKey(s("compatible"), s("k-1"));
        QVERIFY2(desk.row("compatible").tone == s("warning") && !desk.row("compatible").hasKey, "first the address");
        desk.preferences.setAddress(s("compatible"), s("http://models.example/v1"));
        QCOMPARE(desk.row("compatible").tone, s("danger"));
        QCOMPARE(desk.row("compatible").address, QString());
        desk.preferences.setAddress(s("compatible"), s("https://models.example/v1/"));
        QCOMPARE(desk.row("compatible").address, s("https://models.example/v1"));
        QVERIFY2(desk.preferences.notesOnly(), "no key and no model yet");

        desk.http.expect("GET", "/v1/models").header("Authorization", "Bearer k-1").reply(200, models({s("big"), s("small")}));
        desk.preferences.saveKey(s("compatible"), s("k-1"));
        QTRY_COMPARE(desk.row("compatible").tone, s("positive"));
        QCOMPARE(desk.row("compatible").models, QStringList({s("big"), s("small")}));
        desk.preferences.setModel(s("compatible"), s("small"));
        const TutorSettings first = desk.preferences.order().constFirst();
        QCOMPARE(first.provider, TutorProviderKind::OpenAiCompatible);
        QCOMPARE(first.place, TutorPlace::Cloud);
        QCOMPARE(first.baseUrl, QUrl(s("https://models.example/v1")));
        QCOMPARE(first.model, s("small"));
        QVERIFY(first.needsKey);
    }

    void aKeyStaysWithItsAddress()
    {
        Desk desk;
        desk.preferences.use(s("compatible"), true);
        desk.preferences.setAddress(s("compatible"), s("https://models.example/v1"));
        desk.http.expect("GET", "/v1/models").reply(200, models({s("big")}));
        desk.preferences.saveKey(s("compatible"), s("k-1"));
        QTRY_VERIFY(desk.row("compatible").hasKey);
        desk.preferences.setAddress(s("compatible"), s("https://elsewhere.example/v1"));
        QTRY_COMPARE(desk.row("compatible").address, s("https://elsewhere.example/v1"));
        QVERIFY(!desk.row("compatible").hasKey);
        QVERIFY(desk.preferences.notesOnly());
        const auto kept = desk.secrets.read(s("tutor:compatible"));
        QTRY_VERIFY(kept.isFinished());
        const Result<QByteArray> key = kept.result();
        QVERIFY(!key.ok() || key->isEmpty());
    }

    void aRefusedKeyIsNotKept()
    {
        Desk desk;
        desk.preferences.use(s("google"), true);
        desk.http.expect("GET", "/v1beta/models")
            .replyText(400, R"({"error":{"code":400,"details":[{"reason":"API_KEY_INVALID"}]}})");
        desk.preferences.saveKey(s("google"), s("wrong"));
        QTRY_COMPARE(desk.row("google").tone, s("danger"));
        QVERIFY(!desk.row("google").hasKey);
        QVERIFY(desk.preferences.notesOnly());
    }

    void withoutANetworkAKeyIsKeptAndSaidToBeUntried()
    {
        Desk desk;
        desk.preferences.use(s("openai"), true);
        desk.http.expect("GET", "/v1/models").fail({ErrorKind::Offline, s("network_down"), {}, {}});
        desk.preferences.saveKey(s("openai"), s("sk-1"));
        QTRY_COMPARE(desk.row("openai").tone, s("warning"));
        QVERIFY(desk.row("openai").hasKey);
    }

    void serversOnThisComputerAreFound()
    {
        Desk desk;
        desk.http.expect("GET", "/v1/models").reply(200, models({s("llama3.1:8b"), s("phi4")}));
        desk.http.expect("GET", "/v1/models").fail({ErrorKind::Offline, s("network_refused"), {}, {}});
        desk.http.expect("GET", "/v1/models").replyText(200, "<html>something else</html>");
        desk.preferences.look();
        QVERIFY(desk.preferences.looking());
        QTRY_VERIFY(!desk.preferences.looking());
        QCOMPARE(desk.row("ollama").tone, s("positive"));
        QCOMPARE(desk.row("ollama").model, s("llama3.1:8b"));
        QVERIFY(desk.row("llamacpp").check.isEmpty());
        QVERIFY(desk.row("lmstudio").check.isEmpty());
        desk.http.expect("GET", "/v1/models").reply(200, models({s("llama3.1:8b")}));
        desk.preferences.use(s("ollama"), true);
        QCOMPARE(desk.preferences.displayName(), s("llama3.1:8b"));
        QTRY_VERIFY(!desk.preferences.looking());
    }

    void theOrderIsKept()
    {
        Desk desk;
        desk.preferences.use(s("openai"), true);
        desk.preferences.use(s("google"), true);
        desk.preferences.move(s("google"), -1);
        QVERIFY(desk.row("google").first);
        QVERIFY(desk.row("notes").last);
        desk.preferences.move(s("google"), -5);
        desk.preferences.use(s("openai"), false);
        TutorPreferences again(desk.settings, desk.http);
        QVERIFY(again.choices()->find(s("google"))->first);
        QVERIFY(!again.choices()->find(s("openai"))->used);
        desk.preferences.use(s("google"), false);
        desk.preferences.use(s("notes"), false);
        QVERIFY2(desk.preferences.notesOnly(), "somebody always answers");
    }

    void theDailyLimitIsKept()
    {
        Desk desk;
        desk.preferences.setTokensPerDay(20'000);
        QCOMPARE(TutorPreferences(desk.settings, desk.http).tokensPerDay(), 20'000);
        desk.preferences.setCentsPerDay(25);
        QCOMPARE(TutorPreferences(desk.settings, desk.http).centsPerDay(), 25);
        QCOMPARE(TutorPreferences(desk.settings, desk.http).tokensPerDay(), 20'000);
    }

    /// What stands in the settings is what a reply is measured by: millionths of a dollar.
    void theMoneyLimitHoldsForReplies()
    {
        Desk desk;
        FakeScheduler time;
        SeededRandom random {3};
        QtHttpStreams streams;
        Database database(desk.folder.filePath(s("academy.sqlite")));
        AiTutorStreamManager manager(database, streams, desk.secrets, time, time, random);
        desk.preferences.setCentsPerDay(25);
        desk.preferences.attach(&manager);
        QCOMPARE(manager.rateLimitStatus().budget.microsPerDay, 250'000);
        desk.preferences.setCentsPerDay(0);
        QCOMPARE(manager.rateLimitStatus().budget.microsPerDay, 0);
    }
};

QTEST_GUILESS_MAIN(TestTutorPreferences)
#include "tst_tutorpreferences.moc"

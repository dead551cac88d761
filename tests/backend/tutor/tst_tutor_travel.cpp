// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/AcademyLink.h"
#include "realtime/Profile.h"
#include "store/MemorySecretStore.h"
#include "support/AcademyFixture.h"
#include "support/ScriptedSseServer.h"
#include "tutor/GuestTalks.h"
#include "tutor/ModelCatalogue.h"
#include "tutor/teaching/AskPhrases.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int patience = 30'000;

template <typename T>
Result<T> outcome(const Async<T>& answer)
{
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patience); }();
    return answer.result();
}

template <typename T>
T answered(const Async<T>& answer)
{
    return outcome(answer).value();
}

/// A program without its window at one computer, as the composition builds it.
struct Machine
{
    explicit Machine(const AcademyFixture& academy) : link(Project {academy.url(), academy.anonKey()}, secrets, clock, scheduler, random) { }

    void signIn(const QString& email)
    {
        QVERIFY(outcome(link.auth.signInWithPassword(email, QStringLiteral("neolingus-demo"))).ok());
        start();
    }

    /// As after another start of the program, as whoever is signed in.
    void start()
    {
        const UserId user = link.auth.user().id;
        profile.reset();
        profile = std::make_unique<Profile>(link, secrets, Profile::folderFor(folder.path(), user), user, device, QTimeZone::utc());
        profile->realtime.start();
    }

    QString guestFile() const { return Profile::folderFor(folder.path(), {}) + QStringLiteral("/academy.sqlite"); }

    void useTutorAt(const QUrl& address)
    {
        TutorSettings tutor;
        tutor.provider = TutorProviderKind::OpenAiChat;
        tutor.baseUrl = address;
        tutor.model = QStringLiteral("m");
        tutor.needsKey = false;
        profile->tutor.setSettings(tutor);
    }

    qint64 count(const char* sql)
    {
        return answered(profile->database.read<qint64>(
            [sql](Connection& connection) { return connection.integer(QLatin1String(sql)); }));
    }
    bool isAllSent() { return count("SELECT count(*) FROM outbox") == 0; }
    qsizetype notes() { return answered(profile->memory.lessonNotes()).size(); }
    QStringList mistakes()
    {
        QStringList originals;
        for (const LearnerError& mistake : answered(profile->memory.mistakes())) {
            originals.append(mistake.original);
        }
        originals.sort();
        return originals;
    }

    QTemporaryDir folder;
    SystemClock clock;
    SystemRandom random;
    QtScheduler scheduler;
    MemorySecretStore secrets;
    AcademyLink link;
    DeviceId device {random.uuid()};
    std::unique_ptr<Profile> profile;
};

QString student(int number)
{
    return QStringLiteral("student%1@neolingus.demo").arg(number, 2, 10, QLatin1Char('0'));
}

/// One whole reply of a provider, with notes to the program behind its words.
SseAnswer reply(const QString& words, const QJsonObject& notes = {})
{
    const QString ticks(3, u'`');
    const QString text = notes.isEmpty() ? words
                                         : words + QStringLiteral("\n\n") + ticks + QStringLiteral("tutor-notes\n")
            + QString::fromUtf8(QJsonDocument(notes).toJson(QJsonDocument::Compact)) + QLatin1Char('\n') + ticks + QLatin1Char('\n');
    const auto frame = [](const QJsonObject& choice) {
        const QJsonObject chunk {{QStringLiteral("id"), QStringLiteral("r")}, {QStringLiteral("choices"), QJsonArray {choice}}};
        return "data: " + QJsonDocument(chunk).toJson(QJsonDocument::Compact) + "\n\n";
    };
    SseAnswer answer;
    answer.steps = {SseStep::send(frame({{QStringLiteral("index"), 0}, {QStringLiteral("delta"), QJsonObject {{QStringLiteral("content"), text}}}})
                        + frame({{QStringLiteral("index"), 0}, {QStringLiteral("delta"), QJsonObject()}, {QStringLiteral("finish_reason"), QStringLiteral("stop")}})
                        + "data: [DONE]\n\n"),
        SseStep::close()};
    return answer;
}

QJsonObject correction(const QString& original, const QString& suggestion)
{
    return {{QStringLiteral("corrections"),
        QJsonArray {QJsonObject {{QStringLiteral("start"), 0}, {QStringLiteral("original"), original},
            {QStringLiteral("suggestion"), suggestion}, {QStringLiteral("type"), QStringLiteral("tense")},
            {QStringLiteral("severity"), 2}, {QStringLiteral("rule_id"), QStringLiteral("past-simple")},
            {QStringLiteral("explanation"), QStringLiteral("It is over.")}}}}};
}

QJsonObject shippedCatalogue()
{
    QFile file(QStringLiteral(":/tutor/catalogue.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

/// What belongs to the tutor goes where its person goes: from machine to machine, from a guest to an
/// account, from an academy to its people. Real files, real HTTP, the real law.
class TestTutorTravel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<Error>();
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
    }

    void whatATalkTaughtTravelsWithIt()
    {
        Machine laptop(m_academy);
        Machine tablet(m_academy);
        laptop.signIn(student(13));
        tablet.signIn(student(13));
        laptop.useTutorAt(m_provider.url());

        QSignalSpy learned(&laptop.profile->memory, &TutorMemory::learned);
        m_provider.answer(reply(QStringLiteral("What did you do there?"), correction(QStringLiteral("go"), QStringLiteral("went"))));
        const ConversationId talk = laptop.profile->tutor.startTutorConversation(
            LearnerCard(), QStringLiteral("Yesterday I go to a small village near the sea."));
        QTRY_COMPARE_WITH_TIMEOUT(learned.size(), 1, patience);
        m_provider.answer(reply(QStringLiteral("Goodbye!")));
        laptop.profile->tutor.continueTutorConversation(talk, askText(Ask::Recap, QStringLiteral("en")));
        QTRY_COMPARE_WITH_TIMEOUT(learned.size(), 2, patience);
        const MessageId newest = answered(laptop.profile->tutor.messages(talk)).last().id;
        QVERIFY(outcome(laptop.profile->memory.saveWord(QStringLiteral("village"), QStringLiteral("el pueblo"),
                            QStringLiteral("A small village."), QStringLiteral("en"), newest))
                    .ok());
        QCOMPARE(laptop.mistakes(), (QStringList {QStringLiteral("go"), QStringLiteral("village")}));
        QCOMPARE(laptop.notes(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(laptop.isAllSent(), patience);

        QVERIFY(answered(tablet.profile->conversations.pull()) > 0);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.mistakes(), laptop.mistakes(), patience);
        QCOMPARE(answered(tablet.profile->memory.lessonNotes()).first().body, answered(laptop.profile->memory.lessonNotes()).first().body);
        const auto marksOn = [&talk](Machine& machine) {
            QList<Annotation> marks;
            for (const TaughtMessage& message : answered(machine.profile->memory.taughtIn(talk))) {
                marks.append(message.taught.annotations);
            }
            return marks;
        };
        QCOMPARE(marksOn(laptop).size(), 1);
        QCOMPARE(marksOn(tablet), marksOn(laptop));
        // Told again, it is not seen more often.
        QVERIFY(outcome(tablet.profile->memory.adoptRemote({talk})).ok());
        for (const LearnerError& mistake : answered(tablet.profile->memory.mistakes())) {
            QCOMPARE(mistake.seen, 1);
        }

        // What is not wanted there is not wanted here.
        const LearnerError mistake = answered(tablet.profile->memory.mistakes()).last();
        for (const LearnerError& any : answered(tablet.profile->memory.mistakes())) {
            QVERIFY(outcome(tablet.profile->memory.forgetMistake(any.id)).ok());
        }
        QVERIFY(outcome(tablet.profile->memory.removeLessonNote(answered(tablet.profile->memory.lessonNotes()).first().id)).ok());
        QTRY_VERIFY_WITH_TIMEOUT(tablet.isAllSent(), patience);
        answered(laptop.profile->conversations.pull());
        QTRY_VERIFY_WITH_TIMEOUT(laptop.mistakes().isEmpty(), patience);
        QCOMPARE(laptop.notes(), 0);
        // And what was had back is back.
        const MessageId place = mistake.isWord() ? newest : answered(tablet.profile->tutor.messages(talk)).first().id;
        QVERIFY(outcome(tablet.profile->memory.rememberMistake(mistake, place)).ok());
        QTRY_VERIFY_WITH_TIMEOUT(tablet.isAllSent(), patience);
        answered(laptop.profile->conversations.pull());
        QTRY_COMPARE_WITH_TIMEOUT(laptop.mistakes(), QStringList {mistake.original}, patience);
    }

    void theNotesOfATalkGoWithIt()
    {
        Machine laptop(m_academy);
        Machine tablet(m_academy);
        laptop.signIn(student(14));
        tablet.signIn(student(14));
        laptop.useTutorAt(m_provider.url());
        QSignalSpy learned(&laptop.profile->memory, &TutorMemory::learned);
        m_provider.answer(reply(QStringLiteral("Where is it?")));
        const ConversationId talk = laptop.profile->tutor.startTutorConversation(
            LearnerCard(), QStringLiteral("My favourite place is a small village near the sea."));
        QTRY_COMPARE_WITH_TIMEOUT(learned.size(), 1, patience);
        m_provider.answer(reply(QStringLiteral("Goodbye!")));
        laptop.profile->tutor.continueTutorConversation(talk, askText(Ask::Recap, QStringLiteral("en")));
        QTRY_COMPARE_WITH_TIMEOUT(laptop.notes(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(laptop.isAllSent(), patience);
        answered(tablet.profile->conversations.pull());
        QTRY_COMPARE_WITH_TIMEOUT(tablet.notes(), 1, patience);

        QVERIFY(outcome(laptop.profile->tutor.deleteConversation(talk)).ok());
        QCOMPARE(laptop.notes(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(laptop.isAllSent(), patience);
        answered(tablet.profile->conversations.pull());
        QCOMPARE(tablet.notes(), 0);
    }

    void aGuestsTalksBecomeTheirs()
    {
        Machine machine(m_academy);
        const ConversationId talk = talkAsGuest(machine);
        machine.signIn(student(15));
        Database guest(machine.guestFile());
        QCOMPARE(answered(machine.profile->takeOverTalks(guest)), 1);
        const auto messages = answered(machine.profile->tutor.messages(talk));
        QCOMPARE(messages.size(), 2);
        QCOMPARE(messages.first().text, QStringLiteral("Yesterday I go home."));
        QCOMPARE(answered(machine.profile->tutor.draft(talk)), QStringLiteral("And then"));
        QTRY_COMPARE_WITH_TIMEOUT(machine.mistakes(), QStringList {QStringLiteral("go")}, patience);
        QCOMPARE(talksIn(guest), 0);
        QCOMPARE(answered(machine.profile->takeOverTalks(guest)), 0);

        // The academy has them, so their other machine has them too.
        QTRY_VERIFY_WITH_TIMEOUT(machine.isAllSent(), patience);
        QCOMPARE(machine.profile->sync.status().quarantined, 0);
        Machine other(m_academy);
        other.signIn(student(15));
        QTRY_COMPARE_WITH_TIMEOUT(answered(other.profile->tutor.messages(talk)).size(), 2, patience);
    }

    void aProgramThatDiesInBetweenGoesOn_data()
    {
        QTest::addColumn<QString>("fails");
        QTest::addColumn<bool>("inGuest");
        QTest::addColumn<int>("later");
        QTest::newRow("before it was copied") << "INSERT INTO messages" << false << 1;
        QTest::newRow("before it was let go") << "DELETE FROM conversations" << true << 0;
    }

    void aProgramThatDiesInBetweenGoesOn()
    {
        QFETCH(const QString, fails);
        QFETCH(const bool, inGuest);
        QFETCH(const int, later);
        Machine machine(m_academy);
        const ConversationId talk = talkAsGuest(machine);
        machine.signIn(student(16));
        const auto pulled = machine.profile->conversations.pull();
        QTRY_VERIFY_WITH_TIMEOUT(pulled.isFinished(), patience);
        bool dead = true;
        DatabaseOptions options;
        options.hook = [&dead, &fails](QStringView sql) {
            return dead && sql.contains(fails) ? std::optional(Error {ErrorKind::Storage, QStringLiteral("store_failed"), {}, {}})
                                               : std::nullopt;
        };
        const QString ownFile = Profile::folderFor(machine.folder.path(), machine.link.auth.user().id) + QStringLiteral("/academy.sqlite");
        machine.profile.reset();
        {
            Database guest(machine.guestFile(), inGuest ? options : DatabaseOptions());
            Database own(ownFile, inGuest ? DatabaseOptions() : options);
            QVERIFY(!outcome(adoptGuestTalks(guest, own, machine.link.auth.user().id, machine.device, machine.clock, machine.random, &own)).ok());
        }
        dead = false;

        // Somebody else signs in on this computer: nothing of it is theirs.
        Machine stranger(m_academy);
        stranger.signIn(student(17));
        {
            Database guest(machine.guestFile());
            QCOMPARE(answered(stranger.profile->takeOverTalks(guest)), 0);
        }
        machine.start();
        Database guest(machine.guestFile());
        QCOMPARE(answered(machine.profile->takeOverTalks(guest)), later);
        QCOMPARE(answered(machine.profile->tutor.messages(talk)).size(), 2);
        QCOMPARE(machine.count("SELECT count(*) FROM conversations"), inGuest ? 2 : 1);
        QCOMPARE(talksIn(guest), 0);
        QTRY_VERIFY_WITH_TIMEOUT(machine.isAllSent(), patience);
        QCOMPARE(machine.profile->sync.status().quarantined, 0);
    }

    void theCatalogueOfAnAcademyIsReadAndKept()
    {
        Machine teacher(m_academy);
        Machine learner(m_academy);
        teacher.signIn(QStringLiteral("teacher@neolingus.demo"));
        learner.signIn(student(18));
        const auto updated = [&learner] { return learner.profile->tutor.catalogue().updated(); };
        const QString shipped = ModelCatalogue::shipped().updated();
        QCOMPARE(answered(learner.profile->catalogue.fetch()), false);
        QCOMPARE(updated(), shipped);

        QJsonObject own = shippedCatalogue();
        own.insert(QStringLiteral("updated"), QStringLiteral("2031-02-03"));
        const auto say = [&teacher](const QJsonObject& body) {
            return outcome(teacher.link.rest.upsert(PostgrestQuery(QStringLiteral("tutor_catalogue")),
                               {QJsonObject {{QStringLiteral("id"), true}, {QStringLiteral("body"), body}}}))
                .ok();
        };
        QVERIFY(say(own));
        QSignalSpy changed(&learner.profile->tutor, &AiTutorStreamManager::catalogueChanged);
        QCOMPARE(answered(learner.profile->catalogue.fetch()), true);
        QCOMPARE(updated(), QStringLiteral("2031-02-03"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(answered(learner.profile->catalogue.fetch()), false);

        // One that cannot be used changes nothing and is told.
        QSignalSpy errors(&learner.profile->tutor, &AiTutorStreamManager::errorOccurred);
        QVERIFY(say({{QStringLiteral("version"), 1}, {QStringLiteral("providers"), 7}}));
        QCOMPARE(outcome(learner.profile->catalogue.fetch()).error().code, QStringLiteral("catalogue_invalid"));
        QCOMPARE(updated(), QStringLiteral("2031-02-03"));
        QCOMPARE(errors.size(), 1);
        QCOMPARE(errors[0][1].value<Error>().code, QStringLiteral("catalogue_invalid"));

        // Without the academy the kept one holds from the start on.
        m_academy.kill9();
        learner.start();
        QTRY_COMPARE_WITH_TIMEOUT(updated(), QStringLiteral("2031-02-03"), patience);
        QVERIFY2(m_academy.restart(), qPrintable(m_academy.problem()));

        PostgrestQuery all(QStringLiteral("tutor_catalogue"));
        all.eq(QStringLiteral("id"), QStringLiteral("true"));
        QVERIFY(outcome(teacher.link.rest.remove(all)).ok());
        QCOMPARE(answered(learner.profile->catalogue.fetch()), true);
        QCOMPARE(updated(), shipped);
    }

private:
    /// A conversation with a mistake in it and a draft, of nobody in particular.
    ConversationId talkAsGuest(Machine& machine)
    {
        machine.start();
        machine.useTutorAt(m_provider.url());
        QSignalSpy learned(&machine.profile->memory, &TutorMemory::learned);
        m_provider.answer(reply(QStringLiteral("What did you do there?"), correction(QStringLiteral("go"), QStringLiteral("went"))));
        const ConversationId talk = machine.profile->tutor.startTutorConversation(LearnerCard(), QStringLiteral("Yesterday I go home."));
        [&] { QTRY_COMPARE_WITH_TIMEOUT(learned.size(), 1, patience); }();
        machine.profile->tutor.keepDraft(talk, QStringLiteral("And then"));
        machine.profile.reset();
        return talk;
    }

    static qint64 talksIn(Database& file)
    {
        return answered(file.read<qint64>(
            [](Connection& connection) { return connection.integer(QStringLiteral("SELECT count(*) FROM conversations")); }));
    }

    AcademyFixture m_academy;
    QtScheduler m_scheduler;
    ScriptedSseServer m_provider {m_scheduler};
};

QTEST_GUILESS_MAIN(TestTutorTravel)
#include "tst_tutor_travel.moc"

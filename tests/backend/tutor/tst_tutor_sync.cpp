// SPDX-License-Identifier: GPL-3.0-or-later
#include "../client/Person.h"
#include "net/QtHttpStreams.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "sync/SyncEngine.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/ConversationSync.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// One machine of a person: a file, the notes tutor, and the way to the academy.
struct Machine
{
    Machine(AcademyFixture& academy, const QString& file, const char* name)
        : person(academy), database(file), tutor(database, streams, secrets, person.clock, person.scheduler, person.random),
          device(QLatin1String(name))
    {
    }

    void begin()
    {
        const UserId owner = person.session.user().id;
        tutor.setAccount(owner, device);
        engine = std::make_unique<SyncEngine>(database, person.session, person.clock, person.scheduler, person.random);
        sync = std::make_unique<ConversationSync>(database, person.rest, owner);
        engine->registerUploader(QStringLiteral("conversation:"), sync.get());
        QObject::connect(&tutor, &AiTutorStreamManager::workKept, engine.get(), &SyncEngine::poke);
        QObject::connect(sync.get(), &ConversationSync::changed, &tutor, &AiTutorStreamManager::adoptRemote);
    }

    template <typename T>
    T answered(const Async<T>& answer)
    {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 30'000); }();
        return answer.result().value();
    }

    QStringList texts(const ConversationId& conversation)
    {
        QStringList texts;
        for (const TutorMessage& message : answered(tutor.messages(conversation))) {
            texts.append(message.text);
        }
        return texts;
    }

    qint64 queued()
    {
        return answered(database.read<qint64>(
            [](Connection& connection) { return connection.integer(QStringLiteral("SELECT count(*) FROM outbox")); }));
    }

    Person person;
    QtHttpStreams streams;
    MemorySecretStore secrets;
    Database database;
    AiTutorStreamManager tutor;
    DeviceId device;
    std::unique_ptr<ConversationSync> sync;
    std::unique_ptr<SyncEngine> engine;
};

} // namespace

/// What is said to the tutor on one machine is there on the other: real files, real HTTP, the real law.
class TestTutorSync : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_academy.start(), qPrintable(m_academy.problem())); }

    void conversationsTravelBothWays()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("laptop.sqlite")), "laptop");
        Machine tablet(m_academy, m_folder.filePath(QStringLiteral("tablet.sqlite")), "tablet");
        SIGN_IN(laptop.person, Demo::student(9));
        SIGN_IN(tablet.person, Demo::student(9));
        laptop.begin();
        tablet.begin();

        LearnerCard card;
        card.level = QStringLiteral("C1");
        QSignalSpy finished(&laptop.tutor, &AiTutorStreamManager::replyFinished);
        const ConversationId id = laptop.tutor.startTutorConversation(card, QStringLiteral("What is a gerund?"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 30'000);
        QCOMPARE(laptop.engine->status().quarantined, 0);

        QSignalSpy lists(&tablet.tutor, &AiTutorStreamManager::conversationsChanged);
        QCOMPARE(tablet.answered(tablet.sync->pull()), 1);
        QCOMPARE(lists.size(), 1);
        QCOMPARE(tablet.texts(id), laptop.texts(id));
        const auto known = tablet.answered(tablet.tutor.conversations());
        QCOMPARE(known.first().title, QStringLiteral("What is a gerund?"));
        QCOMPARE(known.first().learner.level, QStringLiteral("C1"));
        QCOMPARE(tablet.answered(tablet.tutor.messages(id)).last().provider, QStringLiteral("notes"));
        QCOMPARE(tablet.answered(tablet.tutor.searchHistory(QStringLiteral("gerund"))).first().conversation, id);
        QCOMPARE(tablet.answered(tablet.sync->pull()), 0);

        // The other machine goes on, with other words in the first place.
        const MessageId first = tablet.answered(tablet.tutor.messages(id)).first().id;
        QSignalSpy second(&tablet.tutor, &AiTutorStreamManager::replyFinished);
        tablet.tutor.editLearnerMessage(id, first, QStringLiteral("What is an infinitive?"));
        QTRY_COMPARE_WITH_TIMEOUT(second.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.queued(), 0, 30'000);
        QSignalSpy branches(&laptop.tutor, &AiTutorStreamManager::branchChanged);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 1);
        QCOMPARE(branches.size(), 1);
        QCOMPARE(laptop.texts(id), tablet.texts(id));
        QCOMPARE(laptop.answered(laptop.tutor.messages(id)).first().siblings, 2);

        // And forgets it.
        const auto gone = tablet.tutor.deleteConversation(id);
        AWAIT_OK(gone);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.queued(), 0, 30'000);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 1);
        QVERIFY(laptop.answered(laptop.tutor.conversations()).isEmpty());
    }

    void whatWaitsHereIsNewerThanWhatComes()
    {
        Machine laptop(m_academy, m_folder.filePath(QStringLiteral("laptop2.sqlite")), "laptop");
        SIGN_IN(laptop.person, Demo::student(10));
        laptop.begin();
        QSignalSpy finished(&laptop.tutor, &AiTutorStreamManager::replyFinished);
        const ConversationId id = laptop.tutor.startTutorConversation(LearnerCard(), QStringLiteral("Hello"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(laptop.queued(), 0, 30'000);
        laptop.engine.reset(); // offline from here on
        laptop.tutor.continueTutorConversation(id, QStringLiteral("Still here"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30'000);
        const QStringList before = laptop.texts(id);
        QCOMPARE(before.size(), 4);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 0);
        QCOMPARE(laptop.texts(id), before);
        // Forgotten while offline, it does not come back.
        const auto gone = laptop.tutor.deleteConversation(id);
        AWAIT_OK(gone);
        QCOMPARE(laptop.answered(laptop.sync->pull()), 0);
        QVERIFY(laptop.answered(laptop.tutor.conversations()).isEmpty());
    }

    void nobodySeesAnothersConversations()
    {
        Machine ana(m_academy, m_folder.filePath(QStringLiteral("ana.sqlite")), "a");
        Machine ben(m_academy, m_folder.filePath(QStringLiteral("ben.sqlite")), "b");
        SIGN_IN(ana.person, Demo::student(11));
        SIGN_IN(ben.person, Demo::student(12));
        ana.begin();
        ben.begin();
        QSignalSpy finished(&ana.tutor, &AiTutorStreamManager::replyFinished);
        ana.tutor.startTutorConversation(LearnerCard(), QStringLiteral("Mine"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(ana.queued(), 0, 30'000);
        QCOMPARE(ben.answered(ben.sync->pull()), 0);
        QVERIFY(ben.answered(ben.tutor.conversations()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTutorSync)
#include "tst_tutor_sync.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtHttpStreams.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "store/Settings.h"
#include "support/FakeScheduler.h"
#include "support/ScriptedSseServer.h"
#include "tutor/AiTutorStreamManager.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/Toasts.h"
#include "viewmodels/TutorController.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

QByteArray piece(const QByteArray& text)
{
    return "data: {\"id\":\"r\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}

SseAnswer whole(const QByteArray& text)
{
    return {200, "text/event-stream", {},
        {SseStep::send(piece(text) + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"),
            SseStep::close()}};
}

SseAnswer cutAfter(const QByteArray& text)
{
    return {200, "text/event-stream", {}, {SseStep::send(piece(text)), SseStep::pause(100ms), SseStep::cut()}};
}

/// The tutor page without a page: a real tutor on a real socket and a real file.
struct Page
{
    QTemporaryDir folder;
    FakeScheduler time;
    SeededRandom random {7};
    MemorySecretStore secrets;
    QtHttpStreams streams;
    ScriptedSseServer server {time};
    Database database {folder.filePath(s("academy.sqlite"))};
    AiTutorStreamManager manager {database, streams, secrets, time, time, random};
    Settings store {folder.filePath(s("settings.json"))};
    AppSettings settings {store};
    Toasts toasts {time};
    TutorController tutor {settings, time, time, toasts};

    Page()
    {
        TutorSettings provider;
        provider.provider = TutorProviderKind::OpenAiChat;
        provider.baseUrl = server.url();
        provider.model = s("m");
        provider.needsKey = false;
        manager.setSettings(provider);
        tutor.attach(&manager);
    }

    void say(const char* words)
    {
        tutor.setDraft(s(words));
        tutor.send();
    }

    QList<MessageRow> rows() const
    {
        QList<MessageRow> all;
        for (int i = 0; i < const_cast<TutorController&>(tutor).messages()->rowCount(); ++i) {
            const auto* model = const_cast<TutorController&>(tutor).messages();
            const auto row = model->index(i).data(ChatModel::SaidRole).value<MessageRow>();
            if (all.isEmpty() || all.last().message != row.message) {
                all.append(row);
            }
        }
        return all;
    }

    bool shows(const QStringList& texts)
    {
        // Words arrive over the socket; updates of a reply wait for the next frame of the clock.
        time.advance(40ms);
        const QList<MessageRow> all = rows();
        QStringList now;
        for (const MessageRow& row : all) {
            now.append(tutor.textOf(row.message));
        }
        return now == texts && !all.last().streaming && !tutor.state().streaming;
    }
};

} // namespace

class TestTutorController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void otherWordsAreAnotherBranch()
    {
        Page page;
        page.server.answer(whole("one"));
        page.server.answer(whole("two"));
        page.server.answer(whole("three"));
        page.say("Hello");
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        page.tutor.edit(page.rows().first().message, s("Good morning"));
        QTRY_VERIFY(page.shows({s("Good morning"), s("two")}));
        QTRY_COMPARE(page.rows().first().branch, s("2 of 2"));
        page.tutor.regenerate(page.rows().last().message);
        QTRY_VERIFY(page.shows({s("Good morning"), s("three")}));
        QTRY_COMPARE(page.rows().last().branch, s("2 of 2"));
        page.tutor.show(page.rows().last().earlier);
        QTRY_VERIFY(page.shows({s("Good morning"), s("two")}));
        page.tutor.show(page.rows().first().earlier);
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        QCOMPARE(page.rows().first().branch, s("1 of 2"));
        QVERIFY(page.rows().first().earlier.isEmpty());
    }

    void aReplyThatBrokeOffGoesOn()
    {
        Page page;
        page.server.answer(cutAfter("The first half"));
        page.server.answer(whole(" and the second."));
        page.say("Tell me");
        QTRY_VERIFY(page.shows({s("Tell me"), s("The first half")}) || (page.time.advance(100ms), false));
        QVERIFY(page.rows().last().canContinue);
        QCOMPARE(page.rows().last().state, s("interrupted"));
        page.tutor.goOn(page.rows().last().message);
        QTRY_VERIFY(page.shows({s("Tell me"), s("The first half and the second.")}));
        QCOMPARE(page.rows().size(), 2);
    }

    void aDraftStaysWithItsConversation()
    {
        Page page;
        page.server.answer(whole("one"));
        page.say("Hello");
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        const QString conversation = page.tutor.state().conversation;
        page.tutor.setDraft(s("half a thought"));
        page.time.advance(1s);
        page.tutor.startNew();
        QCOMPARE(page.tutor.draft(), QString());
        page.tutor.setDraft(s("another"));
        page.time.advance(1s);
        page.tutor.open(conversation);
        QTRY_COMPARE(page.tutor.draft(), s("half a thought"));
        page.tutor.startNew();
        QTRY_COMPARE(page.tutor.draft(), s("another"));
    }

    void aDeletedConversationCanBeHadBack()
    {
        Page page;
        page.server.answer(whole("one"));
        page.say("Hello");
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        const QString conversation = page.tutor.state().conversation;
        QTRY_COMPARE(page.tutor.conversations()->rowCount(), 1);
        page.tutor.remove(conversation);
        QCOMPARE(page.tutor.conversations()->rowCount(), 0);
        QCOMPARE(page.toasts.rows()->rowCount(), 1);
        page.toasts.press(page.toasts.rows()->rows().first().toast);
        QTRY_VERIFY(page.shows({s("Hello"), s("one")}));
        page.time.advance(10s);
        QCOMPARE(page.tutor.conversations()->rowCount(), 1);
        page.tutor.remove(conversation);
        page.time.advance(10s);
        const auto left = page.manager.conversations();
        QTRY_VERIFY(left.isFinished());
        QTRY_COMPARE(page.manager.conversations().result().value().size(), 0);
    }

    void theHistoryIsSearched()
    {
        Page page;
        page.server.answer(whole("A giraffe has a long neck."));
        page.say("Tell me about animals");
        QTRY_VERIFY(page.shows({s("Tell me about animals"), s("A giraffe has a long neck.")}));
        const QString conversation = page.tutor.state().conversation;
        page.tutor.startNew();
        page.tutor.setSearch(s("giraf"));
        page.time.advance(1s);
        QTRY_VERIFY(page.tutor.conversations()->rowCount() == 1 && !page.tutor.conversations()->rows().first().message.isEmpty());
        const ConversationRow hit = page.tutor.conversations()->rows().first();
        QCOMPARE(hit.conversation, conversation);
        QVERIFY(hit.when.contains(s("giraffe")));
        QSignalSpy found(&page.tutor, &TutorController::lineFound);
        page.tutor.openAt(hit.conversation, hit.message);
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(found.first().first().toInt(), 1);
        page.tutor.setSearch({});
        QCOMPARE(page.tutor.conversations()->rowCount(), 1);
    }

    void aWaitIsCountedDownAndCanBeEnded()
    {
        Page page;
        page.server.answer({429, "application/json", {{"retry-after", "20"}},
            {SseStep::send("{\"error\":{\"code\":\"rate_limit_exceeded\",\"type\":\"rate_limit_exceeded\"}}"), SseStep::close()}});
        page.server.answer(whole("at last"));
        page.say("Hello");
        QTRY_VERIFY(!page.rows().isEmpty() && page.rows().last().stateText.contains(s("20")));
        QVERIFY(page.rows().last().waits);
        page.time.advance(5s);
        QVERIFY2(page.rows().last().stateText.contains(s("15")), qPrintable(page.rows().last().stateText));
        page.tutor.tryNow();
        QTRY_VERIFY(page.shows({s("Hello"), s("at last")}));
    }
};

QTEST_GUILESS_MAIN(TestTutorController)
#include "tst_tutorcontroller.moc"

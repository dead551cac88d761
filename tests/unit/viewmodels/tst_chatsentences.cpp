// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/SpeechQueue.h"
#include "speech/Voice.h"
#include "store/Settings.h"
#include "support/FakeScheduler.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ChatModel.h"
#include "viewmodels/ReadAloud.h"

#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

/// Writes down what it is to say.
class WrittenVoice : public Voice
{
public:
    void look() override { ++looks; }
    void say(const QString& sentence, const QString& language, double pace) override
    {
        said.append(sentence);
        lastLanguage = language;
        lastPace = pace;
        speaking = true;
    }
    void hush() override { speaking = false; }

    void finish()
    {
        speaking = false;
        Q_EMIT ended();
    }

    QStringList said;
    QString lastLanguage;
    double lastPace = 0;
    int looks = 0;
    bool speaking = false;
};

MessageRow reply(const QString& text, bool streaming = false)
{
    MessageRow row;
    row.message = s("r1");
    row.text = text;
    row.streaming = streaming;
    row.state = streaming ? s("writing") : s("done");
    return row;
}

struct Room
{
    QTemporaryDir folder;
    Settings store {folder.filePath(s("settings.json"))};
    AppSettings settings {store};
    ChatModel chat;
    WrittenVoice voice;
    FakeScheduler time;
    ReadAloud reader {settings, chat, time};

    Room()
    {
        reader.setVoice(&voice);
        reader.look();
        Q_EMIT voice.languagesFound({s("en"), s("es")});
    }
};

} // namespace

class TestChatSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySentenceIsSaidOnceAndWhole()
    {
        const QString text = QStringLiteral("Good **question**! Both talk about the past, e.g. *here*. Ready?\n\n"
                                            "- one item\n- another. With two sentences.\n\nThe end");
        MarkdownStream stream;
        ChatSentences sentences;
        QStringList said;
        for (const QChar letter : text) {
            stream.append(QStringView(&letter, 1));
            if (const QString now = sentences.take(stream.blocks(), stream.tail()); !now.isEmpty()) {
                said.append(now);
            }
        }
        stream.finish();
        said.append(sentences.take(stream.blocks(), stream.tail()));
        QCOMPARE(said.join(QLatin1Char(' ')),
            QStringLiteral("Good question! Both talk about the past, e.g. here. Ready? one item another. With two sentences. The end"));
        QCOMPARE(said.first(), QStringLiteral("Good question!"));
        QCOMPARE(said.last(), QStringLiteral("The end"));
    }

    void nothingIsSaidTwice()
    {
        MarkdownStream stream;
        ChatSentences sentences;
        stream.append(u"One. Two");
        QCOMPARE(sentences.take(stream.blocks(), stream.tail()), QStringLiteral("One."));
        QCOMPARE(sentences.take(stream.blocks(), stream.tail()), QString());
        stream.append(u" and more. ");
        stream.append(u"Three");
        QCOMPARE(sentences.take(stream.blocks(), stream.tail()), QStringLiteral("Two and more."));
    }

    void theQueueGivesOneSentenceAtATime()
    {
        SpeechQueue queue;
        QVERIFY(!queue.next() && !queue.isOver());
        queue.append({s("One."), s("…"), s("  Two \n words. ")});
        QCOMPARE(queue.count(), 2);
        QCOMPARE(queue.next().value_or(QString()), s("One."));
        QCOMPARE(queue.next().value_or(QString()), s("Two words."));
        QCOMPARE(queue.place(), 2);
        QVERIFY2(!queue.next() && !queue.isOver(), "more may come");
        queue.append({s("Three.")});
        queue.close();
        QVERIFY(!queue.isOver());
        QCOMPARE(queue.next().value_or(QString()), s("Three."));
        QVERIFY(queue.isOver() && !queue.next());
    }

    void aReplyIsReadSentenceBySentence()
    {
        Room room;
        room.chat.setMessages({reply(s("# Past simple\n\nUse it, e.g. **here**. It costs 3.5 euros!\n\n- one\n- two"))});
        room.reader.toggle(s("r1"));
        QCOMPARE(room.reader.state().sentence, s("Past simple"));
        QCOMPARE(room.reader.state().message, s("r1"));
        QCOMPARE(room.reader.state().place, s("1 of 5"));
        QCOMPARE(room.voice.said.size(), 1);
        QCOMPARE(room.voice.lastLanguage, s("en"));
        for (int i = 0; i < 5; ++i) {
            room.voice.finish();
        }
        QCOMPARE(room.voice.said,
            QStringList({s("Past simple"), s("Use it, e.g. here."), s("It costs 3.5 euros!"), s("one"), s("two")}));
        QCOMPARE(room.reader.state().message, QString());
    }

    void aVoiceThatHangsIsGivenUp()
    {
        Room room;
        const QString sentence = s("A sentence that a voice begins and does not end.");
        room.chat.setMessages({reply(sentence + s(" Another one."))});
        room.reader.toggle(s("r1"));
        const auto longest = SpeechQueue::longestFor(sentence, 0);
        QVERIFY(longest > SpeechQueue::longestFor(s("Short."), 0));
        QVERIFY(SpeechQueue::longestFor(sentence, -0.4) > longest);
        room.time.advance(longest - 1ms);
        QCOMPARE(room.reader.state().message, s("r1"));
        QVERIFY(room.reader.state().why.isEmpty());
        room.time.advance(1ms);
        QCOMPARE(room.reader.state().message, QString());
        QCOMPARE(room.reader.state().failed, s("r1"));
        QVERIFY(room.reader.state().why.contains(s("does not answer")));
        QVERIFY(!room.voice.speaking);

        // Asked again it is tried again; each sentence has its own time, and silence has none.
        room.reader.toggle(s("r1"));
        room.time.advance(longest - 1ms);
        room.voice.finish();
        room.time.advance(10s);
        QCOMPARE(room.reader.state().sentence, s("Another one."));
        room.voice.finish();
        room.time.advance(10min);
        QVERIFY(room.reader.state().failed.isEmpty());
    }

    void pressingAgainIsSilence()
    {
        Room room;
        room.chat.setMessages({reply(s("One. Two."))});
        room.reader.toggle(s("r1"));
        room.reader.toggle(s("r1"));
        QVERIFY(!room.voice.speaking);
        QCOMPARE(room.reader.state().message, QString());
        Q_EMIT room.voice.ended();
        QCOMPARE(room.voice.said, QStringList {s("One.")});
    }

    void aGrowingReplyIsReadAsItsSentencesEnd()
    {
        Room room;
        room.reader.setByItself(true);
        room.chat.putMessage(reply({}, true));
        QCOMPARE(room.reader.state().message, s("r1"));
        room.chat.putMessage(reply(s("Good quest"), true));
        QVERIFY(room.voice.said.isEmpty());
        room.chat.putMessage(reply(s("Good question. And"), true));
        QCOMPARE(room.voice.said, QStringList {s("Good question.")});
        room.voice.finish();
        QVERIFY2(room.reader.state().message == s("r1") && !room.voice.speaking, "waits for the next sentence");
        room.chat.putMessage(reply(s("Good question. And now? You"), true));
        QCOMPARE(room.voice.said.last(), s("And now?"));
        room.chat.putMessage(reply(s("Good question. And now? You try.")));
        QCOMPARE(room.voice.said.size(), 2);
        room.voice.finish();
        QCOMPARE(room.voice.said.last(), s("You try."));
        room.voice.finish();
        QCOMPARE(room.reader.state().message, QString());
        QCOMPARE(room.voice.said.size(), 3);
    }

    void whatWasSilencedStaysSilent()
    {
        Room room;
        room.reader.setByItself(true);
        room.chat.putMessage(reply(s("One. T"), true));
        room.reader.stop();
        room.chat.putMessage(reply(s("One. Two. Th"), true));
        QCOMPARE(room.voice.said, QStringList {s("One.")});
        QVERIFY(!room.voice.speaking);
    }

    void stoppingTheTutorStopsTheVoice()
    {
        Room room;
        room.chat.putMessage(reply(s("One. Two. T"), true));
        room.reader.toggle(s("r1"));
        MessageRow stopped = reply(s("One. Two. T"));
        stopped.state = s("stopped");
        room.chat.putMessage(stopped);
        QVERIFY(!room.voice.speaking);
        room.chat.putMessage(reply(s("One.")));
        room.reader.toggle(s("r1"));
        QVERIFY(room.voice.speaking);
        room.chat.setMessages({});
        QVERIFY2(!room.voice.speaking, "another conversation");
    }

    void withoutAVoiceThereIsNothingToPress()
    {
        Room room;
        room.chat.setMessages({reply(s("One."))});
        room.reader.setLanguage(s("de"));
        QVERIFY(!room.reader.state().possible);
        room.reader.toggle(s("r1"));
        QVERIFY(room.voice.said.isEmpty());
        const QString without = room.reader.state().voices;
        room.reader.setLanguage(s("es-MX"));
        QVERIFY(room.reader.state().possible);
        Q_EMIT room.voice.languagesFound({});
        QVERIFY(!room.reader.state().possible && room.reader.state().voices != without);
        room.reader.look();
        QCOMPARE(room.voice.looks, 1);
        room.reader.look(true);
        QCOMPARE(room.voice.looks, 2);
    }

    void theVoiceMayFailAndGoSlowly()
    {
        Room room;
        room.reader.setSlow(true);
        room.chat.setMessages({reply(s("One. Two."))});
        room.reader.toggle(s("r1"));
        QVERIFY(room.voice.lastPace < 0);
        Q_EMIT room.voice.failed({ErrorKind::Storage, s("voice_failed"), {}, {}});
        QCOMPARE(room.reader.state().failed, s("r1"));
        QCOMPARE(room.reader.state().message, QString());
        room.reader.setSlow(false);
        room.reader.toggle(s("r1"));
        QCOMPARE(room.reader.state().failed, QString());
        QCOMPARE(room.voice.lastPace, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestChatSentences)
#include "tst_chatsentences.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ThinkTags.h"

#include <QTest>

class TestThinkTags : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCutGivesTheSame_data()
    {
        QTest::addColumn<QString>("whole");
        QTest::addColumn<QString>("reasoning");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* whole, const char* reasoning, const char* text) {
            QTest::newRow(name) << QString::fromUtf8(whole) << QString::fromUtf8(reasoning) << QString::fromUtf8(text);
        };
        row("no tags", "Hola", "", "Hola");
        row("tags at the start", "<think>Why?</think>\n\nHola", "Why?", "Hola");
        row("space before the tag", "\n <think>a < b</think>Hola", "a < b", "Hola");
        row("an empty thought", "<think></think>Hola", "", "Hola");
        row("tags later are text", "Say <think>x</think>", "", "Say <think>x</think>");
        row("something like a tag", "<thing>", "", "<thing>");
        row("only the beginning of a tag", "<thi", "", "<thi");
        row("a thought without an end", "<think>on and on</thi", "on and on</thi", "");
        row("nothing", "", "", "");
        row("leading space is kept without tags", "  Hola", "", "  Hola");
    }
    void everyCutGivesTheSame()
    {
        QFETCH(QString, whole);
        QFETCH(QString, reasoning);
        QFETCH(QString, text);
        for (qsizetype first = 0; first <= whole.size(); ++first) {
            for (qsizetype second = first; second <= whole.size(); ++second) {
                ThinkTags tags;
                QString gotReasoning;
                QString gotText;
                const auto add = [&](const ThinkTags::Split& split) {
                    gotReasoning += split.reasoning;
                    gotText += split.text;
                };
                add(tags.feed(whole.left(first)));
                add(tags.feed(whole.mid(first, second - first)));
                add(tags.feed(whole.mid(second)));
                add(tags.end());
                QCOMPARE(gotReasoning, reasoning);
                QCOMPARE(gotText, text);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestThinkTags)
#include "tst_thinktags.moc"

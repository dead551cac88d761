// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ChatSentences.h"
#include "viewmodels/MarkdownStream.h"

#include <QTest>

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
};

QTEST_APPLESS_MAIN(TestChatSentences)
#include "tst_chatsentences.moc"

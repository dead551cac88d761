// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MarkdownInline.h"
#include "viewmodels/MarkdownStream.h"

#include <QTest>

#include <random>

using Kind = MarkdownBlock::Kind;

namespace {

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

/// One line per block, as a person would write it down.
QString outline(const QList<MarkdownBlock>& blocks)
{
    QStringList lines;
    for (const MarkdownBlock& block : blocks) {
        QString line = block.kindName();
        if (block.level > 0) {
            line += QString::number(block.level);
        }
        if (!block.marker.isEmpty()) {
            line += QLatin1Char('[') + block.marker + QLatin1Char(']');
        }
        if (block.continues) {
            line += QLatin1Char('+');
        }
        const QString words = block.kind == Kind::Code ? block.plain
            : block.cells.isEmpty()                    ? block.text
                                                       : block.cells.join(QLatin1Char('|'));
        lines.append(line + QLatin1Char(':') + words);
    }
    return lines.join(QLatin1Char('\n'));
}

const char* const Lesson = "# Present perfect\n"
                           "\n"
                           "Use the **past simple** for a *finished* time,\nand `have + participle` when it still goes on.\n"
                           "\n"
                           "1. I *visited* Rome in 2019.\n"
                           "   - finished\n"
                           "   - a year is named\n"
                           "2. I ***have* visited** Rome twice.\n"
                           "\n"
                           "> Since 1999, for ten years.\n"
                           "> Never \\*both\\*.\n"
                           "\n"
                           "| word | use |\n|---|:-:|\n| since | a *point* |\n| for | a \\| period |\n"
                           "\n"
                           "---\n"
                           "```python\nfor x in range(3):\n    print(x)\n\n# no heading\n```\n"
                           "See [the notes](https://example.org/a_b?x=1&y=2) or ![a cat](https://example.org/c.png).\n"
                           "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x8f\xab Well done & <b>bravo</b>! ~~wrong~~ 2 * 3 * 4 snake_case_word\r\n"
                           "\r\n"
                           "* star\n+ plus\n- minus with a\nlazy line\n\n  second paragraph of it\n\nend";

QString longText()
{
    QString text;
    for (int i = 0; i < 60; ++i) {
        text += QStringLiteral("Sentence %1 is **bold** here and goes on for a while. ").arg(i);
    }
    text += QStringLiteral("\n\n```\n");
    for (int i = 0; i < 60; ++i) {
        text += QStringLiteral("line %1\n").arg(i);
    }
    text += QStringLiteral("```\n") + QString(3'000, QLatin1Char('x')) + QLatin1Char('\n') + QString(300, QLatin1Char('-'))
        + QLatin1Char('\n') + QString(260, QLatin1Char('`')) + QStringLiteral("\nafter");
    return text;
}

} // namespace

class TestMarkdownStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blocks_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("words") << s("Hello") << s("paragraph:Hello");
        QTest::newRow("a line break is one") << s("one\ntwo  \nthree\\\nfour") << s("paragraph:one<br>two<br>three<br>four");
        QTest::newRow("headings need a space") << s("# One\n#two\n### Three ###") << s("heading1:One\nparagraph:#two\nheading3:Three");
        QTest::newRow("lists by any sign") << s("- a\n* b\n+ c") << s("item[•]:a\nitem[•]:b\nitem[•]:c");
        QTest::newRow("numbers are kept") << s("3. a\n4) b") << s("item[3.]:a\nitem[4.]:b");
        QTest::newRow("a year is no list") << s("1999. It was\n2024") << s("item[1999.]:It was<br>2024");
        QTest::newRow("lists in lists") << s("- a\n  - b\n    - c\n- d") << s("item[•]:a\nitem1[•]:b\nitem2[•]:c\nitem[•]:d");
        QTest::newRow("a paragraph inside an item") << s("- a\n\n  more\n\nout") << s("item[•]:a\nparagraph1:more\nparagraph:out");
        QTest::newRow("emphasis at the start is no list") << s("**Yes**, and *no*") << s("paragraph:<b>Yes</b>, and <i>no</i>");
        QTest::newRow("quotes") << s("> a\n> b\nc\n\n>> d") << s("quote:a<br>b<br>c\nquote1:d");
        QTest::newRow("rules") << s("a\n\n---\n***\n_ _ _") << s("paragraph:a\nrule:\nrule:\nrule:");
        QTest::newRow("code keeps everything") << s("```cpp\na\n\n  *b*\n``\n```\nc") << s("code[cpp]:a\n\n  *b*\n``\nparagraph:c");
        QTest::newRow("code with tildes") << s("~~~\n```\n~~~") << s("code:```");
        QTest::newRow("code that never ends") << s("```\na\nb") << s("code:a\nb");
        QTest::newRow("code in a list") << s("- a\n  ```\n  b\n    c\n  ```") << s("item[•]:a\ncode:b\n  c");
        QTest::newRow("a table") << s("| a | b |\n|---|---|\n| 1 | *2* |\n| 3 |\nx\n\nend")
                                 << s("tableHead:a|b\ntableRow:1|<i>2</i>\ntableRow:3|\ntableRow:x|\nparagraph:end");
        QTest::newRow("bars are no table") << s("a | b\nc | d") << s("paragraph:a | b<br>c | d");
        QTest::newRow("columns must agree") << s("a | b\n---\nc") << s("paragraph:a | b\nrule:\nparagraph:c");
        QTest::newRow("HTML is words") << s("<img src=x onerror=y> <b>a</b> &lt;i&gt; & <!-- c -->")
                                       << s("paragraph:&lt;img src=x onerror=y&gt; &lt;b&gt;a&lt;/b&gt; &lt;i&gt; &amp; &lt;!-- c --&gt;");
        QTest::newRow("a break in a cell") << s("a<br>b<BR/>c") << s("paragraph:a<br>b<br>c");
        QTest::newRow("only a fence") << s("```") << s("code:");
        QTest::newRow("control characters vanish") << QStringLiteral("a%1%2b").arg(QChar(1)).arg(QChar(0)) << s("paragraph:ab");
    }
    void blocks()
    {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(outline(MarkdownStream::parse(source)), expected);
    }

    void words_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nested") << s("***a* b** c") << s("<b><i>a</i> b</b> c");
        QTest::newRow("crossing") << s("*a _b* c_") << s("<i>a _b</i> c_");
        QTest::newRow("inside a word") << s("un*frigging*believable snake_case_x") << s("un<i>frigging</i>believable snake_case_x");
        QTest::newRow("gaps to fill in") << s("I ____ (know) Ana") << s("I ____ (know) Ana");
        QTest::newRow("times") << s("2 * 3 * 4") << s("2 * 3 * 4");
        QTest::newRow("code wins") << s("`*a*` ``b`c``") << s("<code>*a*</code> <code>b`c</code>");
        QTest::newRow("a lonely tick") << s("it`s") << s("it`s");
        QTest::newRow("escapes") << s("\\*a\\* \\`b\\` \\[c]") << s("*a* `b` [c]");
        QTest::newRow("struck") << s("~~a~~ ~b~") << s("<s>a</s> ~b~");
        QTest::newRow("a link") << s("[a *b*](https://x.org/q?a=1&b=2 \"t\")") << s("<a href=\"0\">a <i>b</i></a>");
        QTest::newRow("a bare link") << s("see https://x.org/a_(b). *Or* (http://y.org)!")
                                     << s("see <a href=\"0\">https://x.org/a_(b)</a>. <i>Or</i> (<a href=\"1\">http://y.org</a>)!");
        QTest::newRow("a link in angles") << s("<https://x.org> <me>") << s("<a href=\"0\">https://x.org</a> &lt;me&gt;");
        QTest::newRow("no dangerous link") << s("[a](javascript:alert) [b](file:///etc/passwd) [c](data:x) [d](//x.org)") << s("a b c d");
        QTest::newRow("pictures are words") << s("![a cat](https://x.org/c.png) ![](x)") << s("a cat ");
        QTest::newRow("no link in a link") << s("[see https://x.org now](https://evil.org)") << s("<a href=\"0\">see https://x.org now</a>");
    }
    void words()
    {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(MarkdownInline::style(source).text, expected);
    }

    void linksAreKeptApartFromTheWords()
    {
        const MarkdownInline::Styled styled = MarkdownInline::style(u"[good](https://x.org/\"><b>) mailto <mailto:a@b.org>");
        QCOMPARE(styled.links.size(), 2);
        QVERIFY(!styled.links.at(0).contains(QLatin1Char('"')) && !styled.links.at(0).contains(QLatin1Char('<')));
        QCOMPARE(styled.plain, s("good mailto mailto:a@b.org"));
        const QList<MarkdownBlock> row = MarkdownStream::parse(u"|a|b|\n|-|-|\n|[x](https://x.org)|[y](https://y.org)|");
        QCOMPARE(row.last().links, QStringList({s("https://x.org"), s("https://y.org")}));
        QCOMPARE(row.last().cells, QStringList({s("<a href=\"0\">x</a>"), s("<a href=\"1\">y</a>")}));
    }

    void thePlainTextIsWhatIsRead()
    {
        QCOMPARE(MarkdownInline::style(u"**a** *b* 2 * 3 `c` [d](https://x.org) <e>").plain, s("a b 2 * 3 c d <e>"));
    }

    void whatGrowsIsShownAsIfItWereClosed_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        QTest::newRow("bold") << s("so **bo") << s("so <b>bo</b>");
        QTest::newRow("the signs alone") << s("so **") << s("so ");
        QTest::newRow("nested") << s("**a *b") << s("<b>a <i>b</i></b>");
        QTest::newRow("code") << s("a `b c") << s("a <code>b c</code>");
        QTest::newRow("link") << s("a [b](https://x.o") << s("a b");
        QTest::newRow("a times sign") << s("2 * 3") << s("2 * 3");
    }
    void whatGrowsIsShownAsIfItWereClosed()
    {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(MarkdownInline::style(source, true).text, expected);
    }

    void everySplitGivesTheSameBlocks_data()
    {
        QTest::addColumn<QString>("source");
        QTest::newRow("a lesson") << s(Lesson);
        QTest::newRow("overlong blocks") << longText();
    }
    void everySplitGivesTheSameBlocks()
    {
        QFETCH(QString, source);
        const QList<MarkdownBlock> whole = MarkdownStream::parse(source);
        QVERIFY(whole.size() > 5);
        // Cut in two at every place, and letter by letter.
        for (qsizetype cut = 0; cut <= source.size(); cut += source.size() > 2'000 ? 7 : 1) {
            MarkdownStream stream;
            stream.append(QStringView(source).left(cut));
            stream.append(QStringView(source).mid(cut));
            stream.finish();
            QCOMPARE(outline(stream.blocks()), outline(whole));
            QVERIFY(stream.blocks() == whole);
        }
        MarkdownStream letters;
        for (const QChar letter : source) {
            letters.append(QStringView(&letter, 1));
        }
        letters.finish();
        QVERIFY(letters.blocks() == whole);
    }

    void whatIsCommittedNeverChanges_data() { everySplitGivesTheSameBlocks_data(); }
    void whatIsCommittedNeverChanges()
    {
        QFETCH(QString, source);
        MarkdownStream stream;
        QList<MarkdownBlock> seen;
        for (const QChar letter : source) {
            stream.append(QStringView(&letter, 1));
            QVERIFY(stream.blocks().size() >= seen.size());
            QVERIFY(seen.isEmpty() || stream.blocks().at(seen.size() - 1) == seen.last());
            for (qsizetype i = seen.size(); i < stream.blocks().size(); ++i) {
                seen.append(stream.blocks().at(i));
            }
            QVERIFY(stream.openSize() <= MarkdownStream::LongestBlock + 200);
            if (const std::optional<MarkdownBlock> tail = stream.tail()) {
                QVERIFY(tail->plain.size() <= MarkdownStream::LongestBlock);
            }
        }
        stream.finish();
        QVERIFY(!stream.tail());
        QCOMPARE(outline(stream.blocks().mid(0, seen.size())), outline(seen));
    }

    void nobodysTextBreaksIt()
    {
        static constexpr char16_t Letters[] = u"ab *_`~#>-+|[](){}<&!\\1.:/\n\n\t\r\"h\U0001f600\u0301";
        std::mt19937 random(20'000);
        for (int round = 0; round < 400; ++round) {
            QString text;
            const auto size = int(random() % 400);
            for (int i = 0; i < size; ++i) {
                text += QChar(Letters[random() % (std::size(Letters) - 1)]);
            }
            const QList<MarkdownBlock> whole = MarkdownStream::parse(text);
            MarkdownStream stream;
            for (qsizetype at = 0; at < text.size();) {
                const auto piece = qsizetype(1 + random() % 9);
                stream.append(QStringView(text).mid(at, piece));
                stream.tail();
                at += piece;
            }
            stream.finish();
            QVERIFY2(stream.blocks() == whole, qPrintable(text));
        }
    }

    /// A cost that can be counted: however long the answer, an update looks at no more than the open
    /// block.
    void theOpenPartStaysShort()
    {
        MarkdownStream stream;
        const QString sentence = s("The quick brown fox jumps over the lazy dog again and again. ");
        qsizetype longest = 0;
        for (int i = 0; i < 2'000; ++i) {
            stream.append(sentence);
            longest = std::max(longest, stream.openSize());
        }
        QVERIFY(stream.blocks().size() > 90);
        QVERIFY2(longest <= MarkdownStream::LongestBlock, qPrintable(QString::number(longest)));
        for (const MarkdownBlock& block : stream.blocks()) {
            QVERIFY(block.plain.endsWith(QLatin1Char('.')));
        }
    }
};

QTEST_APPLESS_MAIN(TestMarkdownStream)
#include "tst_markdownstream.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/CommandLine.h"

#include <QTest>

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItIsAskedFor()
    {
        CommandLine line;
        const auto answer = CommandLine::parse({QStringLiteral("neolingus"), QStringLiteral("--profile"), QStringLiteral("/tmp/p"),
                                                   QStringLiteral("--academy"), QStringLiteral("http://127.0.0.1:5000"),
                                                   QStringLiteral("--key"), QStringLiteral("k"), QStringLiteral("--theme"),
                                                   QStringLiteral("dark"), QStringLiteral("--self-test"), QStringLiteral("unit.apack")},
            line);
        QVERIFY(!answer);
        QCOMPARE(line.profile, QStringLiteral("/tmp/p"));
        QCOMPARE(line.academy, QStringLiteral("http://127.0.0.1:5000"));
        QCOMPARE(line.key, QStringLiteral("k"));
        QCOMPARE(line.theme, QStringLiteral("dark"));
        QVERIFY(line.selfTest);
        QCOMPARE(line.pack, QStringLiteral("unit.apack"));
    }

    void answersInsteadOfStarting_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        const auto asked = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
        QTest::newRow("help") << asked("neolingus --help") << 0;
        QTest::newRow("version") << asked("neolingus --version") << 0;
        QTest::newRow("an unknown option") << asked("neolingus --frobnicate") << 2;
        QTest::newRow("two files") << asked("neolingus a.apack b.apack") << 2;
        QTest::newRow("a theme that does not exist") << asked("neolingus --theme pink") << 2;
        QTest::newRow("a language that does not exist") << asked("neolingus --language xx") << 2;
        QTest::newRow("an academy that is no address") << asked("neolingus --academy nonsense") << 2;
    }
    void answersInsteadOfStarting()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        CommandLine line;
        const auto answer = CommandLine::parse(arguments, line);
        QVERIFY(answer);
        QCOMPARE(answer->exitCode, exitCode);
        QVERIFY(!answer->text.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"

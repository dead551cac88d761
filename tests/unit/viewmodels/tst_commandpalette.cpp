// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/CommandPalette.h"

#include <QSignalSpy>
#include <QTest>

class TestCommandPalette : public QObject
{
    Q_OBJECT

    static CommandRow row(const QString& title)
    {
        CommandRow command;
        command.command = title;
        command.title = title;
        return command;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void findsByAFewLetters_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("found");
        QTest::newRow("nothing typed finds all") << "Settings" << "" << true;
        QTest::newRow("the beginning") << "Settings" << "set" << true;
        QTest::newRow("a later word") << "Live monitor" << "mon" << true;
        QTest::newRow("letters left out") << "Live monitor" << "lvmo" << true;
        QTest::newRow("accents do not matter") << QStringLiteral("Diagnóstico") << "diagnostico" << true;
        QTest::newRow("typed accents do not matter either") << "Diagnostico" << QStringLiteral("nós") << true;
        QTest::newRow("other letters") << "Settings" << "xyz" << false;
        QTest::newRow("the wrong order") << "Study" << "yduts" << false;
    }
    void findsByAFewLetters()
    {
        QFETCH(QString, title);
        QFETCH(QString, filter);
        QFETCH(bool, found);
        QCOMPARE(CommandPalette::score(title, filter) >= 0, found);
    }

    void theBestComesFirst()
    {
        CommandPalette palette;
        palette.setSource([] {
            return QList<CommandRow> {row(QStringLiteral("Keyboard shortcuts")), row(QStringLiteral("Light appearance")),
                row(QStringLiteral("Sign out")), row(QStringLiteral("Show"))};
        });
        palette.setFilter(QStringLiteral("sh"));
        QCOMPARE(palette.commands()->rows().value(0).title, QStringLiteral("Show"));
        QCOMPARE(palette.commands()->rows().value(1).title, QStringLiteral("Keyboard shortcuts"));
        QVERIFY(!palette.commands()->find(QStringLiteral("Light appearance")));
    }

    void whatIsChosenIsTold()
    {
        CommandPalette palette;
        QSignalSpy chosen(&palette, &CommandPalette::chosen);
        palette.run(QStringLiteral("page:study"));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.constFirst().constFirst().toString(), QStringLiteral("page:study"));
    }
};

QTEST_GUILESS_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/MistakePack.h"

#include "store/Database.h"
#include "study/StudyLibrary.h"
#include "support/FakeScheduler.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

LearnerError mistake(const char* id, const char* language)
{
    LearnerError error;
    error.id = ItemId(QLatin1String(id));
    error.language = QLatin1String(language);
    error.original = QStringLiteral("go");
    error.suggestion = QStringLiteral("went");
    error.type = QStringLiteral("tense");
    error.rule = QStringLiteral("past-simple");
    error.explanation = QStringLiteral("It is over.");
    error.sentence = QStringLiteral("Yesterday I go home.");
    error.start = 12;
    return error;
}

} // namespace

class TestMistakePack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void mistakesAreCards()
    {
        QVERIFY(!mistakePack({}));
        const auto pack = mistakePack({mistake("a", "en"), mistake("b", "es"), mistake("c", "en")});
        QCOMPARE(pack->id, LearnerErrorStore::pack());
        QCOMPARE(pack->units.size(), 2);
        QCOMPARE(pack->units.first().title.in({}), QStringLiteral("English"));
        QCOMPARE(pack->itemsFor(ItemUse::Card, {}).size(), 3);
        const PackItem* card = pack->item(ItemId(QStringLiteral("a")));
        QCOMPARE(card->front.in({}), QStringLiteral("Yesterday I ____ home.\n(go → ?)"));
        QCOMPARE(card->back.in({}), QStringLiteral("Yesterday I went home.\nIt is over."));
        QCOMPARE(pack->itemOf(pack->cardOf(card->id())), card->id());
        // What the tutor calls a rule is for programs.
        QCOMPARE(card->hint, QString());
        QCOMPARE(card->mistake, QStringLiteral("tense"));
        QCOMPARE(card->rule, QStringLiteral("past-simple"));
    }

    void aSentenceThatDoesNotFitIsLeftOut()
    {
        LearnerError error = mistake("a", "en");
        error.start = 3;
        QCOMPARE(mistakePack({error})->items.first().front.in({}), QStringLiteral("go → ?"));
        error.start = 4000;
        QCOMPARE(mistakePack({error})->items.first().back.in({}), QStringLiteral("went\nIt is over."));
    }

    void savedWordsAskForTheirMeaning()
    {
        LearnerError word = mistake("w", "en");
        word.type = QStringLiteral("word");
        word.original = QStringLiteral("ferry");
        word.suggestion = QStringLiteral("el ferri");
        const auto pack = mistakePack({word});
        QCOMPARE(pack->items.first().front.in({}), QStringLiteral("ferry"));
        QCOMPARE(pack->items.first().back.in({}), QStringLiteral("el ferri"));
        QCOMPARE(pack->items.first().example, word.sentence);
    }

    void theLibraryShelvesThemWithThePacks()
    {
        QTemporaryDir folder;
        FakeScheduler time;
        SeededRandom random {1};
        Database database(folder.filePath(QStringLiteral("academy.sqlite")));
        const auto kept = database.run<bool>([](Connection& connection) {
            return LearnerErrorStore::keep(connection, mistake("a", "en"), MessageId(QStringLiteral("m")), WallTime());
        });
        QTRY_VERIFY(kept.isFinished());
        QVERIFY(kept.result().ok() && *kept.result());
        StudyLibrary library(database, time, random, Learner());
        const Async<void> opened = library.open();
        QTRY_VERIFY(opened.isFinished());
        QVERIFY(opened.result().ok());
        QVERIFY(library.pack(LearnerErrorStore::pack()));
        QCOMPARE(library.units(LearnerErrorStore::pack()).first().newCards, 1);
        const auto gone = database.run<void>(
            [](Connection& connection) { return LearnerErrorStore::forget(connection, ItemId(QStringLiteral("a"))); });
        QTRY_VERIFY(gone.isFinished());
        const Async<void> again = library.refreshMistakes();
        QTRY_VERIFY(again.isFinished());
        QVERIFY(!library.pack(LearnerErrorStore::pack()));
    }
};

QTEST_GUILESS_MAIN(TestMistakePack)
#include "tst_mistakepack.moc"

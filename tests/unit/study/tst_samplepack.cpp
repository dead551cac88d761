// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PackReader.h"

#include "domain/Scoring.h"
#include "domain/WordCount.h"
#include "study/ExerciseCheck.h"

#include <QFile>
#include <QJsonArray>
#include <QSet>
#include <QTest>

#include <algorithm>

/// The pack that ships with the program, read from the archive inside the program.
class TestSamplePack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto pack = PackReader().readFile(QStringLiteral(":/packs/english-b1-b2-work-and-travel.apack"));
        QVERIFY2(pack.ok(), qPrintable(pack.ok() ? QString() : pack.error().code + pack.error().detail));
        m_pack = *pack;
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void itHoldsWhatAUnitNeeds()
    {
        QVERIFY(count(ItemUse::Card) >= 40);
        QVERIFY(count(ItemUse::Note) >= 4);
        QVERIFY(count(ItemUse::Exercise) >= 20);
        QSet<ItemType> types;
        for (const PackItem& item : m_pack->items) {
            if (item.use == ItemUse::Exercise) {
                types.insert(item.item.type);
            }
        }
        QVERIFY(types.size() >= 7);
        for (const ItemType type : {ItemType::Choice, ItemType::Multi, ItemType::TrueFalse, ItemType::Cloze,
                 ItemType::Match, ItemType::Order, ItemType::Short, ItemType::Transform}) {
            QVERIFY(types.contains(type));
        }
        QVERIFY(std::ranges::any_of(m_pack->items, [](const PackItem& item) {
            return std::ranges::any_of(item.item.gaps, [](const ItemGap& gap) { return !gap.stem.isEmpty(); });
        }));
        QCOMPARE(m_pack->exams.size(), 1);
        QVERIFY(m_pack->exams.first().scheme.rules.size() >= 2);
    }

    void everyTextIsInBothLanguages()
    {
        const auto both = [](const LocalizedText& text) {
            return !text.byLanguage.value(QStringLiteral("en")).trimmed().isEmpty()
                && !text.byLanguage.value(QStringLiteral("es")).trimmed().isEmpty();
        };
        QVERIFY(both(m_pack->title));
        for (const PackUnit& unit : m_pack->units) {
            QVERIFY(both(unit.title));
        }
        for (const PackItem& item : m_pack->items) {
            const QByteArray id = item.id().toString().toUtf8();
            QVERIFY2(both(item.item.prompt), id.constData());
            QVERIFY2(item.use != ItemUse::Note || both(item.content), id.constData());
            QVERIFY2(item.use != ItemUse::Exercise || both(item.explanation), id.constData());
            QVERIFY2(item.use != ItemUse::Card || both(item.back), id.constData());
        }
    }

    void everyCardShowsItsWordInASentence()
    {
        for (const PackItem& item : m_pack->items) {
            if (item.use != ItemUse::Card) {
                continue;
            }
            const QByteArray id = item.id().toString().toUtf8();
            QVERIFY2(countWords(item.example) >= 4, id.constData());
            QVERIFY2(!item.exampleGloss.in(QStringLiteral("es")).isEmpty(), id.constData());
            QVERIFY2(!item.hint.isEmpty(), id.constData());
            const QString front = item.front.in(QStringLiteral("en"));
            const QStringList words = front.split(QLatin1Char(' '));
            QVERIFY2(std::ranges::any_of(words,
                         [&item](const QString& word) {
                             return word.size() > 2 && item.example.contains(word.left(3), Qt::CaseInsensitive);
                         }),
                id.constData());
        }
    }

    void everySolutionEarnsEverything()
    {
        for (const PackItem& item : m_pack->items) {
            if (item.use != ItemUse::Exercise || !item.item.isClosed()) {
                continue;
            }
            const QByteArray id = item.id().toString().toUtf8();
            const QJsonObject solution = solutionOf(item.item);
            const auto answer = parseAnswer(item.item, solution);
            QVERIFY2(answer.ok(), id.constData());
            const auto score = scoreItem(item.item, *parseItemKey(item.item, item.item.raw), *answer);
            QVERIFY2(score && score->isFull() && score->earned > Rational(0), id.constData());
        }
    }

    void transformationsKeepTheirRules()
    {
        for (const PackItem& item : m_pack->items) {
            if (item.item.type != ItemType::Transform) {
                continue;
            }
            const QByteArray id = item.id().toString().toUtf8();
            const ItemKey key = parseItemKey(item.item, item.item.raw).value();
            for (const AcceptedText& accepted : key.accepted) {
                const int words = countWords(accepted.text);
                QVERIFY2(words >= *item.item.minWords && words <= *item.item.maxWords, id.constData());
                QVERIFY2(accepted.text.contains(item.item.keyWord, Qt::CaseInsensitive), id.constData());
            }
        }
    }

    void noExerciseGivesItselfAway()
    {
        for (const PackItem& item : m_pack->items) {
            const QByteArray id = item.id().toString().toUtf8();
            if (item.item.type == ItemType::Order) {
                QStringList shown;
                for (const ItemOption& option : item.item.options) {
                    shown.append(option.id);
                }
                QVERIFY2(QJsonArray::fromStringList(shown) != solutionOf(item.item).value(QStringLiteral("order")).toArray(), id.constData());
            }
            if (item.item.type == ItemType::Match) {
                const QJsonObject pairs = solutionOf(item.item).value(QStringLiteral("pairs")).toObject();
                qsizetype aligned = 0;
                for (qsizetype i = 0; i < item.item.left.size(); ++i) {
                    aligned += pairs.value(item.item.left[i].id).toString() == item.item.right[i].id ? 1 : 0;
                }
                QVERIFY2(aligned < item.item.left.size(), id.constData());
                QVERIFY2(item.item.right.size() > item.item.left.size(), id.constData());
            }
        }
    }

    void unitsHoldNotesCardsAndExercises()
    {
        QSet<ItemId> examItems;
        for (const MockSection& section : m_pack->exams.first().sections) {
            examItems += QSet<ItemId>(section.items.begin(), section.items.end());
        }
        for (const PackUnit& unit : m_pack->units) {
            QSet<ItemUse> uses;
            for (const ItemId& id : unit.items) {
                uses.insert(m_pack->item(id)->use);
                QVERIFY2(!examItems.contains(id), "exam items are not practised before");
            }
            QCOMPARE(uses.size(), 3);
        }
    }

private:
    int count(ItemUse use) const
    {
        return int(std::ranges::count(m_pack->items, use, &PackItem::use));
    }

    std::shared_ptr<const Pack> m_pack;
};

QTEST_GUILESS_MAIN(TestSamplePack)
#include "tst_samplepack.moc"

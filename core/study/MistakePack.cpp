// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/MistakePack.h"

#include "domain/LanguageName.h"

#include <algorithm>

namespace {

LocalizedText everywhere(const QString& text)
{
    return {{{QString(), text}}};
}

bool hasPlace(const LearnerError& error)
{
    return error.start >= 0 && !error.original.isEmpty()
        && QStringView(error.sentence).mid(error.start).startsWith(error.original, Qt::CaseInsensitive);
}

QString withInstead(const LearnerError& error, const QString& instead)
{
    QString sentence = error.sentence;
    return sentence.replace(error.start, error.original.size(), instead);
}

PackItem cardOf(const LearnerError& error)
{
    PackItem card;
    card.item.id = error.id;
    card.item.type = ItemType::Unknown;
    card.use = ItemUse::Card;
    card.tags = {error.isWord() ? QStringLiteral("word") : QStringLiteral("mistake")};
    if (error.isWord()) {
        card.front = everywhere(error.original);
        card.back = everywhere(error.suggestion.isEmpty() ? error.sentence : error.suggestion);
        card.example = error.suggestion.isEmpty() ? QString() : error.sentence;
        return card;
    }
    card.mistake = error.type;
    card.rule = error.rule;
    const bool placed = hasPlace(error);
    const QString right = placed ? withInstead(error, error.suggestion) : error.suggestion;
    card.front = everywhere(placed ? withInstead(error, QStringLiteral("____")) + QStringLiteral("\n(") + error.original
                    + QStringLiteral(" → ?)")
                                   : error.original + QStringLiteral(" → ?"));
    card.back = everywhere(error.explanation.isEmpty() ? right : right + QLatin1Char('\n') + error.explanation);
    return card;
}

} // namespace

std::shared_ptr<const Pack> mistakePack(const QList<LearnerError>& errors)
{
    if (errors.isEmpty()) {
        return nullptr;
    }
    auto pack = std::make_shared<Pack>();
    pack->id = LearnerErrorStore::pack();
    pack->version = QStringLiteral("1");
    pack->title.byLanguage = {{QStringLiteral("en"), QStringLiteral("My mistakes and words")},
        {QStringLiteral("es"), QStringLiteral("Mis errores y palabras")},
        {QStringLiteral("ca"), QStringLiteral("Els meus errors i paraules")}};
    pack->targetLanguage = errors.first().language;
    for (const LearnerError& error : errors) {
        const UnitId id(QStringLiteral("mistakes-") + error.language);
        auto unit = std::ranges::find(pack->units, id, &PackUnit::id);
        if (unit == pack->units.end()) {
            PackUnit fresh;
            fresh.id = id;
            fresh.title = everywhere(languageName(error.language));
            pack->units.append(fresh);
            unit = pack->units.end() - 1;
        }
        unit->items.append(error.id);
        pack->items.append(cardOf(error));
    }
    return pack;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PackTexts.h"

#include <QSet>

namespace {

PackText textOf(const Pack& pack, const PackItem& item)
{
    PackText text;
    text.pack = pack.id;
    text.item = item.id();
    text.title = item.item.prompt;
    text.tags = item.tags;
    switch (item.use) {
    case ItemUse::Note:
        text.kind = PackTextKind::Note;
        text.body = item.content;
        break;
    case ItemUse::Card:
        text.kind = PackTextKind::Card;
        text.title = item.front;
        text.body = item.back;
        text.example = item.example;
        text.exampleGloss = item.exampleGloss;
        break;
    case ItemUse::Exercise:
        text.kind = PackTextKind::Exercise;
        text.body = item.explanation;
        break;
    }
    return text;
}

} // namespace

QList<PackText> packTexts(const Pack& pack)
{
    // What a mock exam asks must not be given away beforehand.
    QSet<ItemId> secret;
    for (const MockExam& exam : pack.exams) {
        for (const MockSection& section : exam.sections) {
            secret += QSet<ItemId>(section.items.begin(), section.items.end());
        }
    }
    QList<PackText> texts;
    for (const PackItem& item : pack.items) {
        if (!secret.contains(item.id())) {
            texts.append(textOf(pack, item));
        }
    }
    return texts;
}

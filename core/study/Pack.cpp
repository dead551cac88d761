// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/Pack.h"

#include <algorithm>

namespace {

template <typename List, typename Wanted, typename Projection>
auto find(const List& list, const Wanted& wanted, Projection projection)
{
    const auto it = std::ranges::find(list, wanted, projection);
    return it == list.end() ? nullptr : &*it;
}

} // namespace

std::optional<std::chrono::seconds> MockExam::length() const
{
    std::optional<std::chrono::seconds> sum;
    for (const MockSection& section : sections) {
        if (section.length) {
            sum = sum.value_or(std::chrono::seconds(0)) + *section.length;
        }
    }
    return sum;
}

const PackItem* Pack::item(const ItemId& wanted) const
{
    return find(items, wanted, [](const PackItem& entry) -> const ItemId& { return entry.item.id; });
}

const PackUnit* Pack::unit(const UnitId& wanted) const
{
    return find(units, wanted, &PackUnit::id);
}

const MockExam* Pack::exam(const MockExamId& wanted) const
{
    return find(exams, wanted, &MockExam::id);
}

CardId Pack::cardOf(const ItemId& wanted) const
{
    return CardId(id.toString() + QLatin1Char('/') + wanted.toString());
}

ItemId Pack::itemOf(const CardId& card) const
{
    const QString prefix = id.toString() + QLatin1Char('/');
    return card.toString().startsWith(prefix) ? ItemId(card.toString().mid(prefix.size())) : ItemId();
}

FsrsOptions Pack::schedulingOf(const ItemId& wanted) const
{
    const auto owner = std::ranges::find_if(
        units, [&wanted](const PackUnit& unit) { return unit.items.contains(wanted); });
    return owner == units.end() ? FsrsOptions() : owner->scheduling;
}

QList<const PackItem*> Pack::itemsFor(ItemUse use, const UnitId& wanted) const
{
    QList<const PackItem*> found;
    for (const PackUnit& entry : units) {
        if (!wanted.isEmpty() && entry.id != wanted) {
            continue;
        }
        for (const ItemId& itemId : entry.items) {
            const PackItem* candidate = item(itemId);
            if (candidate->use == use && !found.contains(candidate)) {
                found.append(candidate);
            }
        }
    }
    return found;
}

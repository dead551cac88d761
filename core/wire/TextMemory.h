// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <array>

/// Short texts that come with every message, such as names of topics, tables and columns: each is
/// converted once and shared after that. Holds the latest few, a fixed number. A value type.
class TextMemory
{
public:
    /// Null when it is not held.
    const QString* find(QByteArrayView utf8) const
    {
        const Kept& kept = m_kept[slotOf(utf8)];
        return !utf8.isEmpty() && kept.utf8 == utf8 ? &kept.text : nullptr;
    }
    /// `text` is what `utf8` means.
    void keep(QByteArrayView utf8, const QString& text)
    {
        if (utf8.size() <= LongestKept) {
            m_kept[slotOf(utf8)] = {utf8.toByteArray(), text};
        }
    }

private:
    struct Kept
    {
        QByteArray utf8;
        QString text;
    };
    static constexpr qsizetype LongestKept = 64;
    static constexpr size_t Slots = 128;

    /// Names differ in length, at the front or at the back.
    static size_t slotOf(QByteArrayView utf8)
    {
        if (utf8.isEmpty()) {
            return 0;
        }
        const auto at = [utf8](qsizetype i) { return size_t(uchar(utf8[i])); };
        const qsizetype size = utf8.size();
        return (size_t(size) * 31 + at(0) * 7 + at(size / 2) * 17 + at(size - 1)) % Slots;
    }

    std::array<Kept, Slots> m_kept;
};

/// `utf8`, which is valid, through `memory` unless that is null.
inline QString sharedText(TextMemory* memory, QByteArrayView utf8)
{
    if (memory == nullptr) {
        return QString::fromUtf8(utf8);
    }
    if (const QString* const known = memory->find(utf8)) {
        return *known;
    }
    const QString fresh = QString::fromUtf8(utf8);
    memory->keep(utf8, fresh);
    return fresh;
}

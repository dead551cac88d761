// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ThinkTags.h"

#include <algorithm>

namespace {

const QString openTag = QStringLiteral("<think>");
const QString closeTag = QStringLiteral("</think>");

/// How many characters at the end of `text` could be the beginning of `tag`.
qsizetype partialTag(const QString& text, const QString& tag)
{
    for (qsizetype size = std::min(text.size(), tag.size() - 1); size > 0; --size) {
        if (text.endsWith(QStringView(tag).first(size))) {
            return size;
        }
    }
    return 0;
}

QString withoutLeadingSpace(const QString& text)
{
    const auto first = std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); });
    return text.mid(first - text.begin());
}

} // namespace

ThinkTags::Split ThinkTags::feed(const QString& piece)
{
    if (m_place == Place::Text && m_held.isEmpty()) {
        return {{}, piece};
    }
    Split split;
    QString rest = m_held + piece;
    m_held.clear();
    if (m_place == Place::Start) {
        const QString bare = withoutLeadingSpace(rest);
        if (bare.isEmpty() || (bare.size() < openTag.size() && openTag.startsWith(bare))) {
            m_held = rest;
            return split;
        }
        m_place = bare.startsWith(openTag) ? Place::Inside : Place::Text;
        if (m_place == Place::Inside) {
            rest = bare.mid(openTag.size());
        }
    }
    if (m_place == Place::Inside) {
        const qsizetype end = rest.indexOf(closeTag);
        if (end < 0) {
            const qsizetype kept = partialTag(rest, closeTag);
            m_held = rest.right(kept);
            rest.chop(kept);
            split.reasoning = rest;
            return split;
        }
        split.reasoning = rest.left(end);
        rest = rest.mid(end + closeTag.size());
        m_place = Place::After;
    }
    if (m_place == Place::After) {
        rest = withoutLeadingSpace(rest);
        m_place = rest.isEmpty() ? Place::After : Place::Text;
    }
    split.text = rest;
    return split;
}

ThinkTags::Split ThinkTags::end()
{
    Split split;
    (m_place == Place::Inside ? split.reasoning : split.text) = std::exchange(m_held, {});
    return split;
}

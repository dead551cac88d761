// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QStringView>

/// The words of one block: emphasis, code, links, line breaks. Pure.
namespace MarkdownInline {

struct Styled
{
    QString text;      ///< as MarkdownBlock::text
    QString plain;
    QStringList links;
    bool rich = false;
};

/// With `open` the words are still growing: emphasis, code and links that are not closed yet are
/// shown as if they were, so that no asterisk flickers by. Links are numbered from `firstLink` on.
Styled style(QStringView source, bool open = false, qsizetype firstLink = 0);

} // namespace MarkdownInline

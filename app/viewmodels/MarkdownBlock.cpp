// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MarkdownBlock.h"

QString MarkdownBlock::kindName() const
{
    switch (kind) {
    case Kind::Paragraph:
        return QStringLiteral("paragraph");
    case Kind::Heading:
        return QStringLiteral("heading");
    case Kind::Item:
        return QStringLiteral("item");
    case Kind::Quote:
        return QStringLiteral("quote");
    case Kind::Code:
        return QStringLiteral("code");
    case Kind::TableHead:
        return QStringLiteral("tableHead");
    case Kind::TableRow:
        return QStringLiteral("tableRow");
    case Kind::Rule:
        return QStringLiteral("rule");
    }
    return {};
}

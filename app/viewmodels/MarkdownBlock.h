// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQmlIntegration>

/// A piece of Markdown that is laid out by itself. `text` holds only tags that Qt's styled text
/// knows; whatever the writer meant as HTML is escaped. Links are numbers into `links`, so that
/// nothing opens by itself. A value.
struct MarkdownBlock
{
    Q_GADGET
    QML_VALUE_TYPE(markdownBlock)
    Q_PROPERTY(QString kind READ kindName)
    Q_PROPERTY(int level MEMBER level)
    Q_PROPERTY(QString marker MEMBER marker)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString plain MEMBER plain)
    Q_PROPERTY(QStringList cells MEMBER cells)
    Q_PROPERTY(QStringList links MEMBER links)
    Q_PROPERTY(bool rich MEMBER rich)
    Q_PROPERTY(int gap MEMBER gap)

public:
    enum class Kind { Paragraph, Heading, Item, Quote, Code, TableHead, TableRow, Rule };

    Kind kind = Kind::Paragraph;
    int level = 0;     ///< of a heading 1 to 6; how deep an item, a quote or a paragraph stands, from 0
    QString marker;    ///< before an item: a bullet or its number
    QString text;
    QString plain;     ///< the same without any markup, to be read aloud, copied and searched
    QStringList cells; ///< of a table's row, in the form of `text`
    QStringList links; ///< addresses, http, https or mailto
    bool rich = false; ///< holds what styled text cannot show: needs Text.RichText
    bool continues = false; ///< goes on with the block before it, which had grown too long
    int gap = 0; ///< the air above it: 0 none, 1 as between items, 2 as between paragraphs, 3 above a heading

    QString kindName() const;
    bool operator==(const MarkdownBlock&) const = default;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/MarkdownBlock.h"

#include <QList>
#include <QString>

#include <optional>
#include <vector>

/// Reads the Markdown that tutors write while it is being written. What is committed never changes
/// again; only the last block is open, and it is never longer than `LongestBlock` characters: a
/// longer one is cut after a sentence. So the cost of a piece of text does not depend on how much
/// came before it. How the text is cut into pieces makes no difference to the blocks.
///
/// The subset: headings, nested lists, quotes, fenced code, tables, rules, emphasis, code, links.
/// A line break is a line break. HTML is words, pictures are their description. Pure; any thread.
class MarkdownStream
{
public:
    static constexpr qsizetype LongestBlock = 1'200;
    static constexpr int MostCodeLines = 24;

    /// All blocks of a finished text.
    static QList<MarkdownBlock> parse(QStringView text);

    void append(QStringView text);
    /// Nothing more will come: the last block is committed.
    void finish();

    const QList<MarkdownBlock>& blocks() const { return m_blocks; }
    /// The block that is still being written, as it may be shown now.
    std::optional<MarkdownBlock> tail() const;
    /// How many characters are not committed yet.
    qsizetype openSize() const { return m_text.size() + m_line.size(); }

private:
    enum class Sign { Blank, Words, Heading, Item, Quote, Fence, Rule, TableRule };
    /// How a line begins.
    struct Start
    {
        Sign sign = Sign::Words;
        int indent = 0;
        qsizetype words = 0; ///< where they begin
        int level = 0;       ///< of a heading, a quote; the length of a fence
        QString marker;      ///< of an item
        QChar fence;
    };
    struct Open
    {
        MarkdownBlock::Kind kind = MarkdownBlock::Kind::Paragraph;
        int level = 0;
        QString marker;
        bool continues = false;
    };

    std::optional<Start> startOf(QStringView line, bool complete) const;
    std::optional<Start> judge(QStringView line, bool complete) const;
    std::optional<Start> judgeInCode(QStringView line, bool complete) const;
    bool mayBecomeTable() const;
    void begin(const Start& start);
    void flow(QStringView words);
    void endLine();
    void open(MarkdownBlock::Kind kind, int level = 0, const QString& marker = {});
    void close();
    void cut();
    void commit(QStringView text);
    MarkdownBlock render(QStringView text, bool open) const;
    int gapBefore(MarkdownBlock::Kind kind, bool continues) const;

    QList<MarkdownBlock> m_blocks;
    QString m_line;   ///< the beginning of a line of which it is not known what it is
    QString m_text;   ///< the words of the open block
    std::optional<Open> m_open;
    bool m_flowing = false; ///< the rest of the line belongs to the open block
    std::vector<int> m_lists; ///< the indents of the lists around the open block
    qsizetype m_columns = 0;  ///< of the table that goes on
    QChar m_fence;
    int m_fenceSize = 0;
    int m_fenceIndent = 0;
    int m_codeLines = 0;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MarkdownStream.h"

#include "viewmodels/MarkdownInline.h"

#include <algorithm>

using Kind = MarkdownBlock::Kind;

namespace {

constexpr qsizetype LongestStart = 200; ///< by then a line has shown what it is
constexpr qsizetype LongestInfo = 60;
constexpr int DeepestList = 5;

bool onlyHas(QStringView text, QLatin1String allowed)
{
    return std::all_of(text.begin(), text.end(),
        [allowed](QChar c) { return c.unicode() < 0x80 && allowed.contains(QLatin1Char(char(c.unicode()))); });
}

qsizetype runOf(QStringView text, QChar c)
{
    qsizetype size = 0;
    while (size < text.size() && text.at(size) == c) {
        ++size;
    }
    return size;
}

/// The cells of a table's row; a bar that is escaped or inside code is part of its cell.
QList<QStringView> cellsOf(QStringView row)
{
    row = row.trimmed();
    if (row.startsWith(QLatin1Char('|'))) {
        row = row.mid(1);
    }
    if (row.endsWith(QLatin1Char('|')) && !row.endsWith(QLatin1String("\\|"))) {
        row.chop(1);
    }
    QList<QStringView> cells;
    qsizetype from = 0;
    bool code = false;
    for (qsizetype i = 0; i < row.size(); ++i) {
        if (row.at(i) == QLatin1Char('\\')) {
            ++i;
        } else if (row.at(i) == QLatin1Char('`')) {
            code = !code;
        } else if (row.at(i) == QLatin1Char('|') && !code) {
            cells.append(row.mid(from, i - from).trimmed());
            from = i + 1;
        }
    }
    cells.append(row.mid(from).trimmed());
    return cells;
}

/// Where an overlong text is cut: after a sentence, else between words, never inside a character.
qsizetype placeToCut(QStringView text, bool code)
{
    qsizetype best = 0;
    int rank = 0;
    for (qsizetype i = text.size() / 3; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool sentence = i > 0 && c == QLatin1Char(' ') && QStringView(u".!?…").contains(text.at(i - 1));
        const int now = c == QLatin1Char('\n') ? 3 : code ? 0 : sentence ? 2 : c.isSpace() ? 1 : 0;
        if (now > 0 && now >= rank) {
            rank = now;
            best = i + 1;
        }
    }
    if (best == 0) {
        best = text.size() - (text.back().isHighSurrogate() ? 1 : 0);
    }
    return best;
}

} // namespace

QList<MarkdownBlock> MarkdownStream::parse(QStringView text)
{
    MarkdownStream stream;
    stream.append(text);
    stream.finish();
    return stream.m_blocks;
}

void MarkdownStream::append(QStringView text)
{
    while (!text.isEmpty()) {
        const qsizetype newline = text.indexOf(QLatin1Char('\n'));
        const QStringView piece = newline < 0 ? text : text.left(newline);
        text = newline < 0 ? QStringView() : text.mid(newline + 1);
        if (m_flowing) {
            flow(piece);
        } else {
            m_line += piece;
            const std::optional<Start> start = startOf(m_line, newline >= 0);
            if (!start) {
                return;
            }
            const QString line = std::exchange(m_line, {});
            begin(*start);
            m_flowing = true;
            flow(QStringView(line).mid(start->words));
        }
        if (newline >= 0) {
            endLine();
        }
    }
}

void MarkdownStream::finish()
{
    if (m_flowing || !m_line.isEmpty()) {
        append(u"\n");
    }
    close();
}

std::optional<MarkdownBlock> MarkdownStream::tail() const
{
    if (!m_open || (m_text.isEmpty() && m_open->kind != Kind::Code)) {
        return {};
    }
    return render(m_text, true);
}

std::optional<MarkdownStream::Start> MarkdownStream::startOf(QStringView line, bool complete) const
{
    const bool code = m_open && m_open->kind == Kind::Code;
    if (line.size() <= LongestStart) {
        return code ? judgeInCode(line, complete) : judge(line, complete);
    }
    const QStringView beginning = line.left(LongestStart);
    const std::optional<Start> start = code ? judgeInCode(beginning, false) : judge(beginning, false);
    return start ? start : Start();
}

std::optional<MarkdownStream::Start> MarkdownStream::judgeInCode(QStringView line, bool complete) const
{
    Start start;
    while (start.words < line.size() && start.words < m_fenceIndent && line.at(start.words) == QLatin1Char(' ')) {
        ++start.words;
    }
    const QStringView bare = line.trimmed();
    const bool onlyFence = runOf(bare, m_fence) == bare.size();
    if (onlyFence && !complete) {
        return {};
    }
    if (onlyFence && bare.size() >= m_fenceSize) {
        start.sign = Sign::Fence;
        start.words = line.size();
    }
    return start;
}

/// Total and steady: once the beginning of a line is enough to judge it, more of it changes nothing.
std::optional<MarkdownStream::Start> MarkdownStream::judge(QStringView line, bool complete) const
{
    Start start;
    qsizetype at = 0;
    for (; at < line.size() && (line.at(at).isSpace()); ++at) {
        start.indent += line.at(at) == QLatin1Char('\t') ? 4 : 1;
    }
    start.words = at;
    const QStringView rest = line.mid(at);
    if (rest.isEmpty()) {
        start.sign = Sign::Blank;
        return complete ? std::optional(start) : std::nullopt;
    }
    const QChar c = rest.front();
    if (mayBecomeTable() && onlyHas(rest, QLatin1String("|:- \t\r"))) {
        if (!complete) {
            return {};
        }
        if (rest.contains(QLatin1Char('-')) && rest.contains(QLatin1Char('|')) && cellsOf(rest).size() == cellsOf(m_text).size()) {
            start.sign = Sign::TableRule;
            start.words = line.size();
            return start;
        }
    }
    switch (c.unicode()) {
    case '#': {
        const qsizetype size = runOf(rest, c);
        if (size == rest.size() && !complete && size <= 6) {
            return {};
        }
        if (size <= 6 && (size == rest.size() || rest.at(size).isSpace())) {
            start.sign = Sign::Heading;
            start.level = int(size);
            start.words += size;
        }
        return start;
    }
    case '>': {
        qsizetype end = 0;
        while (end < rest.size() && rest.at(end) == c) {
            ++start.level;
            ++end;
            if (end < rest.size() && rest.at(end) == QLatin1Char(' ')) {
                ++end;
            }
        }
        if (end == rest.size() && !complete) {
            return {};
        }
        start.sign = Sign::Quote;
        start.words += end;
        return start;
    }
    case '-':
    case '*':
    case '+':
    case '_': {
        qsizetype other = 0;
        while (other < rest.size() && (rest.at(other) == c || rest.at(other).isSpace())) {
            ++other;
        }
        if (other == rest.size()) {
            if (!complete) {
                return {};
            }
            const qsizetype signs = rest.count(c);
            if (signs >= 3 && c != QLatin1Char('+')) {
                start.sign = Sign::Rule;
                start.words = line.size();
                return start;
            }
            if (signs > 1 || c == QLatin1Char('_')) {
                return start;
            }
        } else if (c == QLatin1Char('_') || !rest.at(1).isSpace()) {
            return start;
        }
        start.sign = Sign::Item;
        start.marker = QStringLiteral("•");
        start.words += 1;
        return start;
    }
    case '`':
    case '~': {
        const qsizetype size = runOf(rest, c);
        const QStringView info = rest.mid(size);
        if (info.isEmpty() && !complete) {
            return {};
        }
        if (size < 3 || info.left(LongestInfo + 1).contains(QLatin1Char('`')) || info.size() > LongestInfo) {
            return start;
        }
        if (!complete) {
            return {};
        }
        start.sign = Sign::Fence;
        start.fence = c;
        start.level = int(size);
        start.marker = info.trimmed().toString();
        start.words = line.size();
        return start;
    }
    default:
        break;
    }
    if (c >= QLatin1Char('0') && c <= QLatin1Char('9')) {
        qsizetype digits = 0;
        while (digits < rest.size() && rest.at(digits) >= QLatin1Char('0') && rest.at(digits) <= QLatin1Char('9')) {
            ++digits;
        }
        if (digits > 9) {
            return start;
        }
        const bool dotted = digits < rest.size() && (rest.at(digits) == QLatin1Char('.') || rest.at(digits) == QLatin1Char(')'));
        if (digits == rest.size() || (dotted && digits + 1 == rest.size())) {
            if (!complete) {
                return {};
            }
            return start;
        }
        if (dotted && rest.at(digits + 1).isSpace()) {
            start.sign = Sign::Item;
            start.marker = rest.left(digits).toString() + QLatin1Char('.');
            start.words += digits + 1;
        }
    }
    return start;
}

bool MarkdownStream::mayBecomeTable() const
{
    return m_open && m_open->kind == Kind::Paragraph && !m_open->continues && m_text.contains(QLatin1Char('|'))
        && !m_text.contains(QLatin1Char('\n'));
}

void MarkdownStream::begin(const Start& start)
{
    const bool inCode = m_open && m_open->kind == Kind::Code;
    if (inCode) {
        if (start.sign == Sign::Fence) {
            close();
        } else if (m_codeLines++ > 0) {
            m_text += QLatin1Char('\n');
        }
        return;
    }
    if (start.sign == Sign::Words) {
        if (m_columns > 0) {
            open(Kind::TableRow);
        } else if (m_open) {
            m_text += QLatin1Char('\n');
        } else {
            while (!m_lists.empty() && start.indent < m_lists.back() + 2) {
                m_lists.pop_back();
            }
            open(Kind::Paragraph, int(m_lists.size()));
        }
        return;
    }
    if (start.sign == Sign::Quote && m_open && m_open->kind == Kind::Quote && m_open->level == start.level - 1) {
        m_text += QLatin1Char('\n');
        return;
    }
    if (start.sign == Sign::TableRule) {
        m_open->kind = Kind::TableHead;
        m_columns = cellsOf(m_text).size();
        close();
        return;
    }
    close();
    m_columns = 0;
    switch (start.sign) {
    case Sign::Heading:
        m_lists.clear();
        open(Kind::Heading, start.level);
        break;
    case Sign::Item:
        while (!m_lists.empty() && start.indent < m_lists.back()) {
            m_lists.pop_back();
        }
        if (m_lists.empty() || start.indent >= m_lists.back() + 2) {
            m_lists.push_back(start.indent);
        }
        open(Kind::Item, std::min(int(m_lists.size()) - 1, DeepestList), start.marker);
        break;
    case Sign::Quote:
        m_lists.clear();
        open(Kind::Quote, start.level - 1);
        break;
    case Sign::Fence:
        m_fence = start.fence;
        m_fenceSize = start.level;
        m_fenceIndent = start.indent;
        m_codeLines = 0;
        open(Kind::Code, 0, start.marker);
        break;
    case Sign::Rule:
        m_lists.clear();
        open(Kind::Rule);
        close();
        break;
    case Sign::Blank:
    case Sign::Words:
    case Sign::TableRule:
        break;
    }
}

void MarkdownStream::flow(QStringView words)
{
    if (!m_open) {
        return;
    }
    if (m_text.isEmpty() && m_open->kind != Kind::Code) {
        while (!words.isEmpty() && words.front().isSpace()) {
            words = words.mid(1);
        }
    }
    m_text += words;
    while (m_text.size() > LongestBlock) {
        cut();
    }
}

void MarkdownStream::endLine()
{
    m_flowing = false;
    if (!m_open) {
        return;
    }
    if (m_text.endsWith(QLatin1Char('\r'))) {
        m_text.chop(1);
    }
    if (m_open->kind == Kind::Heading || m_open->kind == Kind::TableRow) {
        close();
    } else if (m_open->kind == Kind::Code && m_codeLines == MostCodeLines) {
        commit(m_text);
        m_text.clear();
        m_codeLines = 0;
    }
}

void MarkdownStream::open(Kind kind, int level, const QString& marker)
{
    m_open = Open {kind, level, marker, false};
    m_text.clear();
}

void MarkdownStream::close()
{
    if (!m_open) {
        return;
    }
    const bool empty = m_text.isEmpty() && (m_open->continues || m_open->kind == Kind::Paragraph || m_open->kind == Kind::Heading);
    if (!empty) {
        commit(m_text);
    }
    m_open.reset();
    m_text.clear();
}

void MarkdownStream::cut()
{
    const qsizetype place = placeToCut(QStringView(m_text).left(LongestBlock), m_open->kind == Kind::Code);
    commit(QStringView(m_text).left(place));
    m_text.remove(0, place);
}

void MarkdownStream::commit(QStringView text)
{
    m_blocks.append(render(text, false));
    m_open->continues = true;
    m_open->marker.clear();
}

MarkdownBlock MarkdownStream::render(QStringView text, bool open) const
{
    MarkdownBlock block;
    block.kind = m_open->kind;
    block.level = m_open->level;
    block.marker = m_open->marker;
    block.continues = m_open->continues;
    if (open && mayBecomeTable() && text.startsWith(QLatin1Char('|'))) {
        block.kind = Kind::TableHead;
    }
    block.gap = gapBefore(block.kind, block.continues);
    switch (block.kind) {
    case Kind::Code:
        while (text.endsWith(QLatin1Char('\n'))) {
            text.chop(1);
        }
        block.plain = text.toString();
        break;
    case Kind::TableHead:
    case Kind::TableRow: {
        const QList<QStringView> cells = cellsOf(text);
        const qsizetype columns = m_columns > 0 ? m_columns : cells.size();
        QStringList plain;
        for (qsizetype i = 0; i < columns; ++i) {
            const MarkdownInline::Styled cell
                = i < cells.size() ? MarkdownInline::style(cells.at(i), open, block.links.size()) : MarkdownInline::Styled();
            block.cells.append(cell.text);
            block.links.append(cell.links);
            block.rich = block.rich || cell.rich;
            plain.append(cell.plain);
        }
        block.plain = plain.join(QLatin1String(" | "));
        break;
    }
    case Kind::Heading:
        text = text.trimmed();
        if (const qsizetype space = text.lastIndexOf(QLatin1Char(' '));
            space >= 0 && runOf(text.mid(space + 1), QLatin1Char('#')) == text.size() - space - 1) {
            text = text.left(space);
        }
        [[fallthrough]];
    default: {
        const MarkdownInline::Styled styled = MarkdownInline::style(text.trimmed(), open);
        block.text = styled.text;
        block.plain = styled.plain;
        block.links = styled.links;
        block.rich = styled.rich;
        break;
    }
    }
    return block;
}

int MarkdownStream::gapBefore(Kind kind, bool continues) const
{
    if (m_blocks.isEmpty() || continues) {
        return 0;
    }
    const MarkdownBlock& before = m_blocks.back();
    if (kind == Kind::TableRow && before.kind != Kind::Paragraph) {
        return 0;
    }
    if (kind == Kind::Heading) {
        return 3;
    }
    const bool list = kind == Kind::Item && (before.kind == Kind::Item || (before.kind == Kind::Paragraph && before.level > 0));
    return list ? 1 : 2;
}

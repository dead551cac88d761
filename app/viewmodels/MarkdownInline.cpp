// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MarkdownInline.h"

#include <QUrl>

#include <algorithm>
#include <optional>
#include <vector>

namespace {

const QLatin1String Escapable("\\`*_{}[]()#+-.!|<>~\"'&$:;,/?=@^%");

/// Either words, or a run of `*`, `_` or `~` that may open or close emphasis.
struct Piece
{
    QString words;
    QChar run;
    int left = 0; ///< of the run, not used up yet
    bool opens = false;
    bool closes = false;
    QString closing; ///< tags that end here, innermost first
    QString opening; ///< tags that begin here, outermost first
};

bool isSpace(QChar c)
{
    return c.isNull() || c.isSpace();
}

bool isMark(QChar c)
{
    return c.isPunct() || c.isSymbol();
}

QString tagOf(QChar run, int count, bool end)
{
    const QLatin1String name = run == QLatin1Char('~') ? QLatin1String("s") : count == 2 ? QLatin1String("b") : QLatin1String("i");
    return (end ? QStringLiteral("</%1>") : QStringLiteral("<%1>")).arg(name);
}

class Reader
{
public:
    Reader(QStringView source, bool open, qsizetype firstLink) : m_source(source), m_open(open), m_firstLink(firstLink) { }

    MarkdownInline::Styled read()
    {
        while (m_at < m_source.size()) {
            step();
        }
        pair();
        return assemble();
    }

private:
    QChar at(qsizetype index) const { return index >= 0 && index < m_source.size() ? m_source.at(index) : QChar(); }

    Piece& words()
    {
        if (m_pieces.empty() || !m_pieces.back().run.isNull()) {
            m_pieces.emplace_back();
        }
        return m_pieces.back();
    }

    void write(QChar c)
    {
        m_styled.plain += c;
        if (c == QLatin1Char('<')) {
            words().words += QLatin1String("&lt;");
        } else if (c == QLatin1Char('>')) {
            words().words += QLatin1String("&gt;");
        } else if (c == QLatin1Char('&')) {
            words().words += QLatin1String("&amp;");
        } else if (c == QLatin1Char('\n')) {
            words().words += QLatin1String("<br>");
        } else if (c.unicode() >= 0x20 || c == QLatin1Char('\t')) {
            words().words += c;
        }
    }

    void write(QStringView text)
    {
        for (const QChar c : text) {
            write(c);
        }
    }

    void step()
    {
        const QChar c = at(m_at);
        switch (c.unicode()) {
        case '\\':
            if (at(m_at + 1) == QLatin1Char('\n')) {
                ++m_at;
            } else if (QStringView(QString(Escapable)).contains(at(m_at + 1)) && !at(m_at + 1).isNull()) {
                write(at(m_at + 1));
                m_at += 2;
            } else {
                write(c);
                ++m_at;
            }
            return;
        case '`':
            code();
            return;
        case '*':
        case '_':
        case '~':
            run(c);
            return;
        case '!':
            if (at(m_at + 1) == QLatin1Char('[') && link(m_at + 1, true)) {
                return;
            }
            break;
        case '[':
            if (link(m_at, false)) {
                return;
            }
            break;
        case '<':
            if (angle()) {
                return;
            }
            break;
        case '&':
            if (entity()) {
                return;
            }
            break;
        case 'h':
            if (bare()) {
                return;
            }
            break;
        case ' ': {
            // Spaces at the end of a line would break it; every line is broken anyway.
            qsizetype end = m_at;
            while (at(end) == QLatin1Char(' ')) {
                ++end;
            }
            if (at(end) == QLatin1Char('\n')) {
                m_at = end;
                return;
            }
            break;
        }
        default:
            break;
        }
        write(c);
        ++m_at;
    }

    void code()
    {
        qsizetype ticks = 0;
        while (at(m_at + ticks) == QLatin1Char('`')) {
            ++ticks;
        }
        const QString fence(ticks, QLatin1Char('`'));
        qsizetype end = m_source.indexOf(fence, m_at + ticks);
        while (end >= 0 && at(end + ticks) == QLatin1Char('`')) {
            qsizetype next = end;
            while (at(next) == QLatin1Char('`')) {
                ++next;
            }
            end = m_source.indexOf(fence, next);
        }
        const bool unclosed = end < 0;
        if (unclosed && (!m_open || m_at + ticks >= m_source.size())) {
            if (!m_open) {
                write(m_source.mid(m_at, ticks));
            }
            m_at += ticks;
            return;
        }
        QStringView inside = m_source.mid(m_at + ticks, (unclosed ? m_source.size() : end) - m_at - ticks);
        if (inside.size() > 2 && inside.startsWith(QLatin1Char(' ')) && inside.endsWith(QLatin1Char(' '))) {
            inside = inside.mid(1, inside.size() - 2);
        }
        words().words += QLatin1String("<code>");
        for (const QChar c : inside) {
            write(c == QLatin1Char('\n') ? QLatin1Char(' ') : c);
        }
        words().words += QLatin1String("</code>");
        m_styled.rich = true;
        m_at = unclosed ? m_source.size() : end + ticks;
    }

    void run(QChar c)
    {
        qsizetype count = 0;
        while (at(m_at + count) == c) {
            ++count;
        }
        const QChar before = at(m_at - 1);
        const QChar after = at(m_at + count);
        const bool left = !isSpace(after) && (!isMark(after) || isSpace(before) || isMark(before));
        const bool right = !isSpace(before) && (!isMark(before) || isSpace(after) || isMark(after));
        Piece piece;
        piece.run = c;
        piece.left = int(count);
        piece.opens = c == QLatin1Char('_') ? left && (!right || isMark(before)) : left;
        piece.closes = c == QLatin1Char('_') ? right && (!left || isMark(after)) : right;
        if (c == QLatin1Char('~') && count != 2) {
            piece.opens = piece.closes = false;
        }
        // What may yet become emphasis is not shown before it is known.
        if (m_open && m_at + count == m_source.size() && count <= 3 && isSpace(before)) {
            m_at += count;
            return;
        }
        m_places.push_back(m_styled.plain.size());
        m_pieces.push_back(piece);
        m_at += count;
    }

    void openLink(const QString& address)
    {
        m_styled.links.append(address);
        words().words += QStringLiteral("<a href=\"%1\">").arg(m_firstLink + m_styled.links.size() - 1);
    }

    void closeLink() { words().words += QLatin1String("</a>"); }

    static std::optional<QString> address(QStringView text)
    {
        const QUrl url(text.trimmed().toString());
        const QString scheme = url.scheme().toLower();
        const bool web = (scheme == QLatin1String("https") || scheme == QLatin1String("http")) && !url.host().isEmpty();
        if (!url.isValid() || !(web || scheme == QLatin1String("mailto"))) {
            return {};
        }
        return QString::fromLatin1(url.toEncoded());
    }

    bool link(qsizetype bracket, bool picture)
    {
        qsizetype close = bracket + 1;
        for (int depth = 1; close < m_source.size(); ++close) {
            if (at(close) == QLatin1Char('\\')) {
                ++close;
            } else if (at(close) == QLatin1Char('[')) {
                ++depth;
            } else if (at(close) == QLatin1Char(']') && --depth == 0) {
                break;
            }
        }
        if (close >= m_source.size() || at(close + 1) != QLatin1Char('(')) {
            return false;
        }
        const QStringView label = m_source.mid(bracket + 1, close - bracket - 1);
        qsizetype end = close + 2;
        for (int depth = 1; end < m_source.size() && at(end) != QLatin1Char('\n'); ++end) {
            if (at(end) == QLatin1Char('(')) {
                ++depth;
            } else if (at(end) == QLatin1Char(')') && --depth == 0) {
                break;
            }
        }
        const bool unclosed = at(end) != QLatin1Char(')');
        if (unclosed && !(m_open && end >= m_source.size())) {
            return false;
        }
        QStringView target = m_source.mid(close + 2, end - close - 2).trimmed();
        if (target.startsWith(QLatin1Char('<')) && target.contains(QLatin1Char('>'))) {
            target = target.mid(1, target.indexOf(QLatin1Char('>')) - 1);
        } else if (const qsizetype title = target.indexOf(QLatin1Char(' ')); title > 0) {
            target = target.left(title);
        }
        const std::optional<QString> found = picture || unclosed ? std::nullopt : address(target);
        if (found) {
            openLink(*found);
        }
        const MarkdownInline::Styled inside = MarkdownInline::style(label);
        // A link inside a link's words stays words.
        if (inside.links.isEmpty()) {
            words().words += inside.text;
            m_styled.rich = m_styled.rich || inside.rich;
            m_styled.plain += inside.plain;
        } else {
            write(inside.plain);
        }
        if (found) {
            closeLink();
        }
        m_at = unclosed ? m_source.size() : end + 1;
        return true;
    }

    bool angle()
    {
        const qsizetype end = m_source.indexOf(QLatin1Char('>'), m_at);
        if (end < 0 || end - m_at > 2'000) {
            return false;
        }
        const QStringView inside = m_source.mid(m_at + 1, end - m_at - 1);
        const QStringView name = inside.endsWith(QLatin1Char('/')) ? inside.chopped(1).trimmed() : inside;
        if (name.compare(QLatin1String("br"), Qt::CaseInsensitive) == 0) {
            write(QLatin1Char('\n'));
            m_at = end + 1;
            return true;
        }
        if (inside.contains(QLatin1Char(' ')) || !address(inside)) {
            return false;
        }
        openLink(*address(inside));
        write(inside);
        closeLink();
        m_at = end + 1;
        return true;
    }

    bool entity()
    {
        static const struct
        {
            QLatin1String name;
            char16_t character;
        } known[] = {{QLatin1String("&amp;"), u'&'}, {QLatin1String("&lt;"), u'<'}, {QLatin1String("&gt;"), u'>'},
            {QLatin1String("&quot;"), u'"'}, {QLatin1String("&#39;"), u'\''}, {QLatin1String("&nbsp;"), u'\u00a0'}};
        for (const auto& one : known) {
            if (m_source.mid(m_at).startsWith(one.name)) {
                write(QChar(one.character));
                m_at += one.name.size();
                return true;
            }
        }
        return false;
    }

    bool bare()
    {
        const QStringView rest = m_source.mid(m_at);
        if (at(m_at - 1).isLetterOrNumber()
            || !(rest.startsWith(QLatin1String("https://")) || rest.startsWith(QLatin1String("http://")))) {
            return false;
        }
        qsizetype size = 0;
        int depth = 0;
        for (; size < rest.size(); ++size) {
            const QChar c = rest.at(size);
            depth += c == QLatin1Char('(') ? 1 : c == QLatin1Char(')') ? -1 : 0;
            if (c.isSpace() || c == QLatin1Char('<') || c == QLatin1Char('>') || c == QLatin1Char('"') || c == QLatin1Char('*')
                || c == QLatin1Char('`') || depth < 0) {
                break;
            }
        }
        while (size > 0 && QStringView(u".,:;!?'_~").contains(rest.at(size - 1))) {
            --size;
        }
        const std::optional<QString> found = address(rest.left(size));
        if (!found) {
            return false;
        }
        openLink(*found);
        write(rest.left(size));
        closeLink();
        m_at += size;
        return true;
    }

    /// The pairing of CommonMark: the nearest opener of the same kind, doubles before singles.
    void pair()
    {
        for (size_t closer = 0; closer < m_pieces.size(); ++closer) {
            while (m_pieces[closer].closes && m_pieces[closer].left > 0) {
                const std::optional<size_t> opener = openerOf(closer);
                if (!opener) {
                    break;
                }
                Piece& from = m_pieces[*opener];
                Piece& to = m_pieces[closer];
                const int used = from.left >= 2 && to.left >= 2 ? 2 : 1;
                from.opening.prepend(tagOf(from.run, used, false));
                to.closing.append(tagOf(to.run, used, true));
                m_styled.rich = m_styled.rich || from.run == QLatin1Char('~');
                from.left -= used;
                to.left -= used;
                for (size_t between = *opener + 1; between < closer; ++between) {
                    m_pieces[between].opens = m_pieces[between].closes = false;
                }
            }
        }
        if (!m_open) {
            return;
        }
        QString ends;
        for (size_t index = 0; index + 1 < m_pieces.size(); ++index) {
            Piece& piece = m_pieces[index];
            while (piece.opens && !piece.closes && piece.left > 0) {
                const int used = piece.left >= 2 ? 2 : 1;
                piece.opening.append(tagOf(piece.run, used, false));
                ends.prepend(tagOf(piece.run, used, true));
                piece.left -= used;
            }
        }
        words().words += ends;
    }

    std::optional<size_t> openerOf(size_t closer) const
    {
        const Piece& to = m_pieces[closer];
        for (size_t index = closer; index-- > 0;) {
            const Piece& from = m_pieces[index];
            if (from.run != to.run || !from.opens || from.left == 0) {
                continue;
            }
            const bool both = from.closes || to.opens;
            if (both && (from.left + to.left) % 3 == 0 && !(from.left % 3 == 0 && to.left % 3 == 0)) {
                continue;
            }
            return index;
        }
        return {};
    }

    MarkdownInline::Styled assemble()
    {
        qsizetype size = 0;
        for (const Piece& piece : m_pieces) {
            size += piece.words.size() + piece.opening.size() + piece.closing.size() + piece.left;
        }
        m_styled.text.reserve(size);
        for (const Piece& piece : m_pieces) {
            m_styled.text += piece.closing;
            m_styled.text += piece.run.isNull() ? piece.words : QString(piece.left, piece.run);
            m_styled.text += piece.opening;
        }
        // Signs that turned out to be none belong to what is read.
        size_t place = m_places.size();
        for (size_t index = m_pieces.size(); index-- > 0;) {
            const Piece& piece = m_pieces[index];
            if (!piece.run.isNull()) {
                --place;
                m_styled.plain.insert(m_places[place], QString(piece.left, piece.run));
            }
        }
        return std::move(m_styled);
    }

    QStringView m_source;
    bool m_open;
    qsizetype m_firstLink;
    qsizetype m_at = 0;
    std::vector<Piece> m_pieces;
    std::vector<qsizetype> m_places; ///< where each run stands in the plain text
    MarkdownInline::Styled m_styled;
};

} // namespace

MarkdownInline::Styled MarkdownInline::style(QStringView source, bool open, qsizetype firstLink)
{
    return Reader(source, open, firstLink).read();
}

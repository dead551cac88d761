// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqlScript.h"

namespace {

/// Reads a script token by token; what it needs to know of SQL to find where a statement ends.
class Splitter
{
public:
    explicit Splitter(const QString& script) : m_script(script) { }

    Result<QStringList> split()
    {
        while (m_at < m_script.size()) {
            if (!step()) {
                return Error {ErrorKind::Invalid, QStringLiteral("sql_unterminated"),
                    QStringLiteral("after: ") + m_statement.trimmed().left(80), {}};
            }
        }
        if (m_words > 0) {
            if (m_inTrigger) {
                return Error {ErrorKind::Invalid, QStringLiteral("sql_unterminated"),
                    QStringLiteral("trigger"), {}};
            }
            endStatement();
        }
        return m_statements;
    }

private:
    bool step()
    {
        const QChar c = m_script.at(m_at);
        const QChar next = m_at + 1 < m_script.size() ? m_script.at(m_at + 1) : QChar();
        if (c == u'-' && next == u'-') {
            const auto end = m_script.indexOf(u'\n', m_at);
            m_at = end < 0 ? m_script.size() : end;
            return true;
        }
        if (c == u'/' && next == u'*') {
            const auto end = m_script.indexOf(QStringLiteral("*/"), m_at + 2);
            m_statement += u' ';
            m_at = end + 2;
            return end >= 0;
        }
        if (c == u'\'' || c == u'"' || c == u'`') {
            return takeQuoted(c);
        }
        if (c == u'[') {
            return takeQuoted(u']');
        }
        if (c.isLetter() || c == u'_') {
            takeWord();
            return true;
        }
        if (c == u';') {
            takeSemicolon();
            return true;
        }
        if (!c.isSpace()) {
            ++m_words;
            m_tail = Tail::Other;
        }
        m_statement += c;
        ++m_at;
        return true;
    }

    /// A doubled closing quote reads as two adjoining strings, which splits the same.
    bool takeQuoted(QChar close)
    {
        const auto end = m_script.indexOf(close, m_at + 1);
        if (end < 0) {
            return false;
        }
        m_statement += QStringView(m_script).mid(m_at, end + 1 - m_at);
        m_at = end + 1;
        ++m_words;
        m_tail = Tail::Other;
        return true;
    }

    void takeWord()
    {
        auto end = m_at;
        while (end < m_script.size()
            && (m_script.at(end).isLetterOrNumber() || m_script.at(end) == u'_')) {
            ++end;
        }
        const QString word = m_script.mid(m_at, end - m_at);
        const auto is = [&word](QLatin1String other) {
            return word.compare(other, Qt::CaseInsensitive) == 0;
        };
        if (m_words == 0) {
            m_creates = is(QLatin1String("CREATE"));
        } else if (m_creates && is(QLatin1String("TRIGGER")) && m_words <= 2) {
            m_inTrigger = true;
        }
        ++m_words;
        m_tail = m_tail == Tail::Semicolon && is(QLatin1String("END")) ? Tail::SemicolonEnd : Tail::Other;
        m_statement += word;
        m_at = end;
    }

    /// Inside a trigger only "; END ;" ends the statement: the same rule as sqlite3_complete().
    void takeSemicolon()
    {
        ++m_at;
        if (m_inTrigger && m_tail != Tail::SemicolonEnd) {
            m_statement += u';';
            m_tail = Tail::Semicolon;
            return;
        }
        if (m_words > 0) {
            endStatement();
        }
        m_statement.clear();
    }

    void endStatement()
    {
        m_statements.append(m_statement.trimmed());
        m_statement.clear();
        m_words = 0;
        m_creates = false;
        m_inTrigger = false;
        m_tail = Tail::Other;
    }

    enum class Tail { Other, Semicolon, SemicolonEnd };

    const QString& m_script;
    qsizetype m_at = 0;
    QStringList m_statements;
    QString m_statement;
    int m_words = 0;
    bool m_creates = false;
    bool m_inTrigger = false;
    Tail m_tail = Tail::Other;
};

} // namespace

Result<QStringList> splitSqlScript(const QString& script)
{
    return Splitter(script).split();
}

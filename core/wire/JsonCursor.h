// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonDocument>
#include <QJsonValue>
#include <QString>

class TextMemory;

/// Reads one JSON text from front to back, once, and builds only what is asked for:
///
///     JsonCursor in(text);
///     in.object([&](QByteArrayView name) { name == "id" ? void(id = in.string()) : void(in.skip()); });
///     if (!in.finished()) { … }
///
/// Every callback reads exactly one value. The first thing that is not JSON, not what was asked for,
/// or nested deeper than `DeepestNesting` ends the reading: all further reads are empty and
/// finished() is false. The text outlives the cursor and the views into it. Use on any thread.
class JsonCursor
{
public:
    static constexpr int DeepestNesting = 1024;

    explicit JsonCursor(QByteArrayView text)
        : m_begin(text.data()), m_end(text.data() + text.size()), m_at(m_begin)
    {
    }

    /// The first character of what comes next; '\0' at the end or after a failure.
    char peek()
    {
        while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t' || *m_at == '\r')) {
            ++m_at;
        }
        return m_at < m_end ? *m_at : '\0';
    }
    bool isNumber();
    /// Takes a null if that comes next.
    bool null();

    /// Calls `member(name)` for each member. The name is UTF-8, valid until the next read.
    template <typename Member>
    void object(Member&& member)
    {
        if (!enter('{')) {
            return;
        }
        if (!take('}')) {
            do {
                const QByteArrayView called = name();
                if (m_failed) {
                    return;
                }
                member(called);
            } while (take(','));
            expect('}');
        }
        --m_depth;
    }
    /// Calls `element()` for each element.
    template <typename Element>
    void array(Element&& element)
    {
        if (!enter('[')) {
            return;
        }
        if (!take(']')) {
            do {
                element();
            } while (take(','));
            expect(']');
        }
        --m_depth;
    }
    QString string();
    /// The same, for a text that comes again and again; `memory` may be null.
    QString string(TextMemory* memory);
    /// Any value. Of members with the same name the last one counts.
    QJsonValue value();
    /// The exact text of any value, all of it JSON.
    QByteArrayView checked();
    /// The same, much faster: only where it ends is looked at, for what is read later or never.
    QByteArrayView skip();
    /// What is left of the text but the bracket that ends it: for the last of what the text holds,
    /// whose reader will see whether it is JSON.
    QByteArrayView rest(char bracket);

    /// The caller found something wrong: nothing more is read.
    void fail();
    bool failed() const { return m_failed; }
    /// True when everything was read and nothing was wrong.
    bool finished();
    /// Where the reading ended or failed, in bytes.
    qsizetype offset() const { return (m_failed ? m_failedAt : m_at) - m_begin; }

private:
    /// The text between the quotes, still escaped.
    struct Quoted
    {
        QByteArrayView inside;
        const char* firstEscape = nullptr;
    };

    bool enter(char open);
    bool take(char expected)
    {
        const bool isThere = peek() == expected && m_at < m_end;
        m_at += isThere ? 1 : 0;
        return isThere;
    }
    void expect(char expected)
    {
        if (!take(expected)) {
            fail();
        }
    }
    QByteArrayView name();
    Quoted quoted();
    QString decoded(const Quoted& quoted);
    QString unescaped(const Quoted& quoted);
    void appendRun(QString& to, const char* from, const char* end);
    char16_t codeUnit(const char* hex, const char* end);
    void word(QByteArrayView expected);
    QByteArrayView number();
    QJsonDocument built(QByteArrayView text);

    const char* m_begin;
    const char* m_end;
    const char* m_at;
    const char* m_failedAt = nullptr;
    QByteArray m_name; ///< of the last member whose name had escapes
    int m_depth = 0;
    bool m_failed = false;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/JsonCursor.h"

#include "wire/TextMemory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUtf8StringView>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cstring>

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Past a number or a word, and whatever else is no punctuation.
const char* pastScalar(const char* at, const char* end)
{
    const auto isPunctuation = [](char c) {
        switch (c) {
        case ',':
        case ':':
        case '[':
        case ']':
        case '{':
        case '}':
        case '"':
        case ' ':
        case '\n':
        case '\r':
        case '\t':
            return true;
        default:
            return false;
        }
    };
    return std::find_if(at, end, isPunctuation);
}

const char* find(char c, const char* from, const char* end)
{
    return static_cast<const char*>(std::memchr(from, c, size_t(end - from)));
}

const char* pastDigits(const char* at, const char* end)
{
    while (at < end && isDigit(*at)) {
        ++at;
    }
    return at;
}

/// The first quote or backslash of a long string.
const char* farPastPlain(const char* at, const char* end)
{
    constexpr qsizetype Stride = 1024; // what lies behind a quote is not looked through again and again
    for (; at < end; at += std::min<qsizetype>(end - at, Stride)) {
        const char* const stop = at + std::min<qsizetype>(end - at, Stride);
        const char* const quote = find('"', at, stop);
        const char* const escape = find('\\', at, quote != nullptr ? quote : stop);
        if (escape != nullptr || quote != nullptr) {
            return escape != nullptr ? escape : quote;
        }
    }
    return end;
}

/// The first quote or backslash, eight bytes at a time: most strings are short, and most have neither
/// but at their end.
const char* pastPlain(const char* at, const char* end)
{
    constexpr qsizetype UsualSize = 64;
    const char* const far = at + std::min<qsizetype>(end - at, UsualSize);
    const bool isLong = far < end;
    constexpr quint64 Ones = 0x0101010101010101;
    constexpr quint64 Tops = 0x8080808080808080;
    for (; (isLong ? far : end) - at >= qsizetype(sizeof(quint64)); at += sizeof(quint64)) {
        const auto word = qFromLittleEndian<quint64>(at);
        const quint64 quote = word ^ (Ones * '"');
        const quint64 slash = word ^ (Ones * '\\');
        const quint64 found = (((quote - Ones) & ~quote) | ((slash - Ones) & ~slash)) & Tops;
        if (found != 0) {
            return at + std::countr_zero(found) / 8;
        }
    }
    if (isLong) {
        return farPastPlain(at, end);
    }
    return std::find_if(at, end, [](char c) { return c == '"' || c == '\\'; });
}

bool isAscii(QByteArrayView text)
{
    constexpr quint64 HighBits = 0x8080808080808080;
    const char* at = text.data();
    const char* const end = at + text.size();
    quint64 seen = 0;
    for (; end - at >= qsizetype(sizeof seen); at += sizeof seen) {
        quint64 eight = 0;
        std::memcpy(&eight, at, sizeof eight);
        seen |= eight;
    }
    return (seen & HighBits) == 0 && std::all_of(at, end, [](char c) { return uchar(c) < 0x80; });
}

/// Undefined when it is beyond a double, at either end.
QJsonValue valueOf(QByteArrayView number)
{
    constexpr qsizetype SafeSize = 18;
    const bool negative = number.front() == '-';
    const QByteArrayView digits = number.sliced(negative ? 1 : 0);
    if (number.size() <= SafeSize && std::all_of(digits.begin(), digits.end(), isDigit)) {
        qint64 value = 0;
        for (const char c : digits) {
            value = value * 10 + (c - '0');
        }
        return negative ? -value : value;
    }
    bool fits = false;
    if (const qint64 whole = number.toLongLong(&fits); fits) {
        return whole;
    }
    const double real = number.toDouble(&fits);
    return fits ? QJsonValue(real) : QJsonValue(QJsonValue::Undefined);
}

/// Half a character has no UTF-8: nobody could pass it on.
void replaceLoneSurrogates(QString& text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text.at(i).isHighSurrogate() && i + 1 < text.size()
            && text.at(i + 1).isLowSurrogate();
        if (isPair) {
            ++i;
        } else if (text.at(i).isSurrogate()) {
            text[i] = QChar::ReplacementCharacter;
        }
    }
}

} // namespace

void JsonCursor::fail()
{
    if (!m_failed) {
        m_failed = true;
        m_failedAt = m_at;
        m_at = m_end;
    }
}

bool JsonCursor::finished()
{
    return peek() == '\0' && m_at == m_end && !m_failed;
}

bool JsonCursor::isNumber()
{
    const char first = peek();
    return first == '-' || isDigit(first);
}

bool JsonCursor::null()
{
    if (peek() != 'n') {
        return false;
    }
    word("null");
    return !m_failed;
}

bool JsonCursor::enter(char open)
{
    if (++m_depth > DeepestNesting) {
        fail();
    }
    expect(open);
    return !m_failed;
}

QByteArrayView JsonCursor::name()
{
    const Quoted found = quoted();
    QByteArrayView name = found.inside;
    if (found.firstEscape != nullptr) {
        m_name = unescaped(found).toUtf8();
        name = m_name;
    } else if (!isAscii(name) && !QUtf8StringView(name).isValidUtf8()) {
        fail();
    }
    expect(':');
    return name;
}

JsonCursor::Quoted JsonCursor::quoted()
{
    expect('"');
    if (m_at >= m_end) {
        fail();
        return {};
    }
    const char* const from = m_at;
    const char* quote = pastPlain(from, m_end);
    const char* const escape = quote < m_end && *quote == '\\' ? quote : nullptr;
    while (quote < m_end && *quote != '"') {
        quote = pastPlain(std::min(quote + 2, m_end), m_end);
    }
    if (quote >= m_end) {
        fail();
        return {};
    }
    m_at = quote + 1;
    return {QByteArrayView(from, quote), escape};
}

QString JsonCursor::string()
{
    return decoded(quoted());
}

QString JsonCursor::string(TextMemory* memory)
{
    const Quoted found = quoted();
    if (memory == nullptr || found.firstEscape != nullptr || m_failed) {
        return decoded(found);
    }
    if (const QString* const known = memory->find(found.inside)) {
        return *known;
    }
    const QString text = decoded(found);
    if (!m_failed) {
        memory->keep(found.inside, text);
    }
    return text;
}

QString JsonCursor::decoded(const Quoted& found)
{
    if (found.firstEscape != nullptr) {
        return unescaped(found);
    }
    if (!QUtf8StringView(found.inside).isValidUtf8()) {
        fail();
    }
    return m_failed ? QString() : QString::fromUtf8(found.inside);
}

void JsonCursor::appendRun(QString& to, const char* from, const char* end)
{
    const QByteArrayView run(from, end);
    if (!QUtf8StringView(run).isValidUtf8()) {
        fail();
    }
    to.append(QString::fromUtf8(run));
}

char16_t JsonCursor::codeUnit(const char* hex, const char* end)
{
    constexpr qsizetype Digits = 4;
    char16_t unit = 0;
    if (end - hex < Digits) {
        fail();
        return unit;
    }
    for (const char c : QByteArrayView(hex, Digits)) {
        const char lower = char(c | 0x20);
        const bool isLetter = lower >= 'a' && lower <= 'f';
        if (!isLetter && !isDigit(c)) {
            fail();
        }
        unit = char16_t(unit * 16 + (isLetter ? lower - 'a' + 10 : c - '0'));
    }
    return unit;
}

QString JsonCursor::unescaped(const Quoted& quoted)
{
    const char* from = quoted.inside.data();
    const char* const end = from + quoted.inside.size();
    const char* escape = quoted.firstEscape;
    QString text;
    text.reserve(quoted.inside.size());
    bool hasSurrogates = false;
    while (escape != nullptr && !m_failed) {
        appendRun(text, from, escape);
        from = escape + 2;
        switch (escape[1]) {
        case '"':
        case '\\':
        case '/':
            text.append(QLatin1Char(escape[1]));
            break;
        case 'b':
            text.append(QLatin1Char('\b'));
            break;
        case 'f':
            text.append(QLatin1Char('\f'));
            break;
        case 'n':
            text.append(QLatin1Char('\n'));
            break;
        case 'r':
            text.append(QLatin1Char('\r'));
            break;
        case 't':
            text.append(QLatin1Char('\t'));
            break;
        case 'u':
            text.append(QChar(codeUnit(from, end)));
            hasSurrogates = hasSurrogates || text.back().isSurrogate();
            from += 4;
            break;
        default:
            from = escape + 1; // as Qt's parser: it stands for itself
        }
        escape = m_failed ? nullptr : find('\\', from, end);
    }
    if (m_failed) {
        return {};
    }
    appendRun(text, from, end);
    if (hasSurrogates) {
        replaceLoneSurrogates(text);
    }
    return text;
}

QByteArrayView JsonCursor::number()
{
    const char* const from = m_at;
    const char* at = from < m_end && *from == '-' ? from + 1 : from;
    const char* const whole = at;
    at = pastDigits(at, m_end);
    bool ok = at > whole && (*whole != '0' || at == whole + 1);
    if (ok && at < m_end && *at == '.') {
        const char* const fraction = ++at;
        at = pastDigits(at, m_end);
        ok = at > fraction;
    }
    if (ok && at < m_end && (*at == 'e' || *at == 'E')) {
        ++at;
        at += at < m_end && (*at == '+' || *at == '-') ? 1 : 0;
        const char* const exponent = at;
        at = pastDigits(at, m_end);
        ok = at > exponent;
    }
    if (!ok) {
        fail();
        return {};
    }
    m_at = at;
    return {from, at};
}

void JsonCursor::word(QByteArrayView expected)
{
    if (!QByteArrayView(m_at, m_end).startsWith(expected)) {
        fail();
        return;
    }
    m_at += expected.size();
}

QByteArrayView JsonCursor::checked()
{
    const char first = peek();
    const char* const from = m_at;
    switch (first) {
    case '{':
        object([this](QByteArrayView) { checked(); });
        break;
    case '[':
        array([this] { checked(); });
        break;
    case '"':
        if (const Quoted found = quoted(); found.firstEscape != nullptr) {
            unescaped(found);
        } else if (!QUtf8StringView(found.inside).isValidUtf8()) {
            fail();
        }
        break;
    case 't':
        word("true");
        break;
    case 'f':
        word("false");
        break;
    case 'n':
        word("null");
        break;
    default:
        number();
    }
    return m_failed ? QByteArrayView() : QByteArrayView(from, m_at);
}

QByteArrayView JsonCursor::skip()
{
    peek();
    const char* const from = m_at;
    qsizetype depth = 0;
    do {
        switch (m_at < m_end ? *m_at : '\0') {
        case '"':
            quoted();
            break;
        case '{':
        case '[':
            ++depth;
            ++m_at;
            break;
        case '}':
        case ']':
            --depth;
            ++m_at;
            break;
        case ',':
        case ':':
        case ' ':
        case '\n':
        case '\r':
        case '\t':
            m_at += depth > 0 ? 1 : 0;
            break;
        default:
            m_at = pastScalar(m_at, m_end);
        }
    } while (depth > 0 && m_at < m_end);
    if (depth != 0 || m_at == from) {
        fail();
    }
    return m_failed ? QByteArrayView() : QByteArrayView(from, m_at);
}

QByteArrayView JsonCursor::rest(char bracket)
{
    peek();
    const QByteArrayView left = QByteArrayView(m_at, m_end).trimmed();
    if (left.size() < 2 || left.back() != bracket) {
        fail();
        return {};
    }
    m_at = left.end() - 1;
    return left.chopped(1);
}

QJsonValue JsonCursor::value()
{
    switch (peek()) {
    case '{':
        return built(skip()).object();
    case '[':
        return built(skip()).array();
    case '"': {
        const Quoted found = quoted();
        if (found.firstEscape == nullptr && isAscii(found.inside) && !m_failed) {
            return QLatin1String(found.inside);
        }
        return decoded(found);
    }
    default:
        break;
    }
    const QByteArrayView text = checked();
    if (m_failed) {
        return {};
    }
    if (text.front() == 't' || text.front() == 'f') {
        return text.front() == 't';
    }
    const QJsonValue number = text.front() == 'n' ? QJsonValue() : valueOf(text);
    if (number.isUndefined()) {
        fail();
    }
    return m_failed ? QJsonValue() : number;
}

QJsonDocument JsonCursor::built(QByteArrayView text)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(
        QByteArray::fromRawData(text.data(), text.size()), &problem);
    if (problem.error != QJsonParseError::NoError) {
        fail();
    }
    return document;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Rational.h"

#include <QLocale>

#include <limits>
#include <numeric>

namespace {

__extension__ using Wide = __int128;

Wide greatestDivisor(Wide a, Wide b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b != 0) {
        a = std::exchange(b, a % b);
    }
    return a;
}

Rational reduced(Wide numerator, Wide denominator)
{
    Q_ASSERT(denominator != 0);
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    if (const Wide divisor = greatestDivisor(numerator, denominator); divisor > 1) {
        numerator /= divisor;
        denominator /= divisor;
    }
    constexpr Wide largest = std::numeric_limits<qint64>::max();
    Q_ASSERT(numerator <= largest && numerator >= -largest && denominator <= largest);
    return Rational(qint64(numerator), qint64(denominator));
}

std::optional<qint64> digitsOnly(QStringView text)
{
    if (text.isEmpty() || text.size() > 15) {
        return std::nullopt;
    }
    qint64 value = 0;
    for (const QChar c : text) {
        if (c < QLatin1Char('0') || c > QLatin1Char('9')) {
            return std::nullopt;
        }
        value = value * 10 + (c.unicode() - u'0');
    }
    return value;
}

qint64 powerOfTen(qsizetype exponent)
{
    qint64 power = 1;
    for (qsizetype i = 0; i < exponent; ++i) {
        power *= 10;
    }
    return power;
}

} // namespace

Rational::Rational(qint64 numerator, qint64 denominator)
{
    Q_ASSERT(denominator != 0);
    const qint64 divisor = std::gcd(numerator, denominator) * (denominator < 0 ? -1 : 1);
    m_numerator = numerator / divisor;
    m_denominator = denominator / divisor;
}

std::optional<Rational> Rational::parse(QStringView text)
{
    text = text.trimmed();
    const bool negative = text.startsWith(QLatin1Char('-'));
    if (negative) {
        text = text.sliced(1);
    }
    std::optional<Rational> value;
    if (const qsizetype slash = text.indexOf(QLatin1Char('/')); slash >= 0) {
        const auto numerator = digitsOnly(text.first(slash));
        const auto denominator = digitsOnly(text.sliced(slash + 1));
        if (numerator && denominator && *denominator != 0) {
            value = Rational(*numerator, *denominator);
        }
    } else if (const qsizetype point = text.indexOf(QLatin1Char('.')); point >= 0) {
        const QStringView decimals = text.sliced(point + 1);
        const auto whole = digitsOnly(text.first(point));
        const auto fraction = digitsOnly(decimals);
        if (whole && fraction) {
            value = Rational(*whole) + Rational(*fraction, powerOfTen(decimals.size()));
        }
    } else if (const auto whole = digitsOnly(text)) {
        value = Rational(*whole);
    }
    return value && negative ? Rational(0) - *value : value;
}

Rational Rational::fromDouble(double value)
{
    const QString text = QString::number(value, 'f', QLocale::FloatingPointShortest);
    return parse(text).value_or(Rational(qRound64(value * 1'000'000), 1'000'000));
}

QString Rational::toString() const
{
    const QString numerator = QString::number(m_numerator);
    return m_denominator == 1 ? numerator
                              : numerator + QLatin1Char('/') + QString::number(m_denominator);
}

Rational Rational::operator+(const Rational& other) const
{
    return reduced(
        Wide(m_numerator) * other.m_denominator + Wide(other.m_numerator) * m_denominator,
        Wide(m_denominator) * other.m_denominator);
}

Rational Rational::operator-(const Rational& other) const
{
    return reduced(
        Wide(m_numerator) * other.m_denominator - Wide(other.m_numerator) * m_denominator,
        Wide(m_denominator) * other.m_denominator);
}

Rational Rational::operator*(const Rational& other) const
{
    return reduced(
        Wide(m_numerator) * other.m_numerator, Wide(m_denominator) * other.m_denominator);
}

Rational Rational::operator/(const Rational& other) const
{
    return reduced(
        Wide(m_numerator) * other.m_denominator, Wide(m_denominator) * other.m_numerator);
}

std::strong_ordering Rational::operator<=>(const Rational& other) const
{
    return Wide(m_numerator) * other.m_denominator <=> Wide(other.m_numerator) * m_denominator;
}

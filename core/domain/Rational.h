// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <compare>
#include <optional>

/// An exact fraction in lowest terms, denominator positive. Marks and pass rules are computed with
/// it because a mean of 64.999… must not become 65. Values far beyond any exam (64-bit overflow
/// after reduction) assert in debug builds.
class Rational
{
public:
    constexpr Rational() = default;
    constexpr Rational(qint64 whole)
        : m_numerator(whole) { } // NOLINT: a whole number is a fraction
    Rational(qint64 numerator, qint64 denominator);

    /// Reads "12", "-3.25" or "1/3"; nothing when the text is not such a number.
    static std::optional<Rational> parse(QStringView text);
    /// The shortest decimal that reads back as `value`, exactly: 0.1 becomes 1/10.
    static Rational fromDouble(double value);

    qint64 numerator() const { return m_numerator; }
    qint64 denominator() const { return m_denominator; }
    double toDouble() const { return double(m_numerator) / double(m_denominator); }
    /// "7/2", or "7" when whole.
    QString toString() const;

    Rational operator+(const Rational& other) const;
    Rational operator-(const Rational& other) const;
    Rational operator*(const Rational& other) const;
    /// Division by zero asserts.
    Rational operator/(const Rational& other) const;
    bool operator==(const Rational&) const = default;
    std::strong_ordering operator<=>(const Rational& other) const;

private:
    qint64 m_numerator = 0;
    qint64 m_denominator = 1;
};

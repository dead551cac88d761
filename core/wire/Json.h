// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"

#include <QByteArrayView>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

/// Parses one JSON text, scalars included (PostgREST functions return them bare). Integers that fit
/// 64 bits stay exact: read them with toInteger(). ErrorKind::Protocol, code "json_invalid".
Result<QJsonValue> parseJson(QByteArrayView text);

/// The value as compact JSON, scalars included.
QByteArray toJson(const QJsonValue& value);

/// RFC 3339 or PostgreSQL text ("2026-11-23T08:00:00.123456+00:00", " " for "T", "+00", "Z") to
/// microseconds. The offset is required: a time without one would silently mean local time.
/// Finer fractions are cut. ErrorKind::Protocol, code "timestamp_invalid".
Result<WallTime> parseTimestamp(const QString& text);

/// Reads the members of a JSON object one after the other and remembers the first that is missing
/// or of the wrong type, so that a decoder is a list of reads and one check at the end:
///
///     JsonReader in(object, "sitting");
///     Sitting sitting {SittingId(in.string("id")), in.timestamp("opens_at")};
///     return in.finish(std::move(sitting));
///
/// A failed read returns an empty value. "optional" reads accept an absent member and null.
/// Names are Latin-1. A value type; use on any thread.
class JsonReader
{
public:
    explicit JsonReader(const QJsonValue& value, const char* what = "object");

    bool has(const char* name) const;
    QJsonValue value(const char* name);
    QString string(const char* name);
    qint64 integer(const char* name);
    double number(const char* name);
    bool boolean(const char* name);
    QJsonObject object(const char* name);
    QJsonArray array(const char* name);
    WallTime timestamp(const char* name);

    std::optional<QString> optionalString(const char* name);
    std::optional<qint64> optionalInteger(const char* name);
    std::optional<double> optionalNumber(const char* name);
    std::optional<bool> optionalBoolean(const char* name);
    std::optional<QJsonObject> optionalObject(const char* name);
    std::optional<QJsonArray> optionalArray(const char* name);
    std::optional<WallTime> optionalTimestamp(const char* name);

    /// Records a failure the caller found itself, such as an unknown enum value.
    void fail(const QString& detail);

    bool ok() const { return !m_error.has_value(); }
    /// The first failure, ErrorKind::Protocol, code "json_shape".
    const std::optional<Error>& error() const { return m_error; }

    template <typename T>
    Result<T> finish(T value) const
    {
        if (m_error) {
            return *m_error;
        }
        return value;
    }

private:
    template <typename T, typename Read>
    std::optional<T> optional(const char* name, Read read);
    void expect(bool holds, const char* name, const char* type);

    QJsonObject m_object;
    const char* m_what;
    std::optional<Error> m_error;
};

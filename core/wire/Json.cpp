// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Json.h"

#include "wire/JsonCursor.h"

#include <QJsonDocument>

namespace {

Error timestampError()
{
    return {ErrorKind::Protocol, QStringLiteral("timestamp_invalid"), {}, {}};
}

/// Reads fixed-width decimal fields from the front of a text.
class Digits
{
public:
    explicit Digits(QByteArrayView text) : m_text(text) { }

    bool atEnd() const { return m_text.isEmpty(); }
    bool take(QByteArrayView anyOf)
    {
        if (m_text.isEmpty() || !anyOf.contains(m_text.front())) {
            return false;
        }
        m_last = m_text.front();
        m_text = m_text.sliced(1);
        return true;
    }
    char taken() const { return m_last; }
    std::optional<int> number(int width)
    {
        if (m_text.size() < width) {
            return std::nullopt;
        }
        int value = 0;
        for (const char c : m_text.first(width)) {
            if (c < '0' || c > '9') {
                return std::nullopt;
            }
            value = value * 10 + (c - '0');
        }
        m_text = m_text.sliced(width);
        return value;
    }
    bool hasDigit() const
    {
        return !m_text.isEmpty() && m_text.front() >= '0' && m_text.front() <= '9';
    }

private:
    QByteArrayView m_text;
    char m_last = 0;
};

std::optional<int> fraction(Digits& in)
{
    if (!in.take(".,")) {
        return 0;
    }
    if (!in.hasDigit()) {
        return std::nullopt;
    }
    int value = 0;
    for (int unit = 100'000; in.hasDigit(); unit /= 10) {
        value += *in.number(1) * unit;
    }
    return value;
}

std::optional<std::chrono::seconds> offset(Digits& in)
{
    if (in.take("Zz")) {
        return std::chrono::seconds(0);
    }
    if (!in.take("+-")) {
        return std::nullopt;
    }
    const int sign = in.taken() == '-' ? -1 : 1;
    int seconds = 0;
    const auto hours = in.number(2);
    if (!hours || *hours > 18) {
        return std::nullopt;
    }
    seconds = *hours * 3600;
    for (int unit = 60; unit >= 1 && !in.atEnd(); unit /= 60) {
        in.take(":");
        const auto part = in.number(2);
        if (!part || *part > 59) {
            return std::nullopt;
        }
        seconds += *part * unit;
    }
    return std::chrono::seconds(sign * seconds);
}

} // namespace

Result<QJsonValue> parseJson(QByteArrayView text)
{
    const auto malformed = [](qsizetype at) {
        return Error{ErrorKind::Protocol, QStringLiteral("json_invalid"),
            QStringLiteral("malformed at byte %1").arg(at), {}};
    };
    JsonCursor in(text);
    if (const char first = in.peek(); first == '{' || first == '[') {
        QJsonParseError problem;
        const QJsonDocument document = QJsonDocument::fromJson(
            QByteArray::fromRawData(text.data(), text.size()), &problem);
        if (problem.error != QJsonParseError::NoError) {
            return malformed(problem.offset);
        }
        return first == '{' ? QJsonValue(document.object()) : QJsonValue(document.array());
    }
    QJsonValue value = in.value();
    if (!in.finished()) {
        return malformed(in.offset());
    }
    return value;
}

QByteArray toJson(const QJsonValue& value)
{
    if (value.isObject()) {
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    }
    if (value.isArray()) {
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    }
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return wrapped.sliced(1, wrapped.size() - 2);
}

Result<WallTime> parseTimestamp(const QString& text)
{
    using namespace std::chrono;
    const QByteArray bytes = text.toUtf8();
    Digits in(bytes);
    const auto y = in.number(4);
    const bool date = y && in.take("-");
    const auto mo = date ? in.number(2) : std::nullopt;
    const auto d = mo && in.take("-") ? in.number(2) : std::nullopt;
    const auto h = d && in.take("Tt ") ? in.number(2) : std::nullopt;
    const auto mi = h && in.take(":") ? in.number(2) : std::nullopt;
    const auto s = mi && in.take(":") ? in.number(2) : std::nullopt;
    if (!s) {
        return timestampError();
    }
    const auto micros = fraction(in);
    const auto shift = micros ? offset(in) : std::nullopt;
    const year_month_day day{year{*y}, month{unsigned(*mo)}, std::chrono::day{unsigned(*d)}};
    if (!shift || !in.atEnd() || !day.ok() || *h > 23 || *mi > 59 || *s > 60) {
        return timestampError();
    }
    return WallTime(sys_days(day)) + hours(*h) + minutes(*mi) + seconds(*s) + microseconds(*micros)
        - *shift;
}

JsonReader::JsonReader(const QJsonValue& value, const char* what)
    : m_object(value.toObject()), m_what(what)
{
    if (!value.isObject()) {
        fail(QStringLiteral("not an object"));
    }
}

void JsonReader::fail(const QString& detail)
{
    if (!m_error) {
        m_error = Error{ErrorKind::Protocol, QStringLiteral("json_shape"),
            QLatin1String(m_what) + QStringLiteral(": ") + detail, {}};
    }
}

void JsonReader::expect(bool holds, const char* name, const char* type)
{
    if (!holds) {
        fail(QStringLiteral("\"%1\" is not %2").arg(QLatin1String(name), QLatin1String(type)));
    }
}

bool JsonReader::has(const char* name) const
{
    return m_object.contains(QLatin1String(name));
}

QJsonValue JsonReader::value(const char* name)
{
    expect(has(name), name, "there");
    return m_object.value(QLatin1String(name));
}

QString JsonReader::string(const char* name)
{
    const QJsonValue found = m_object.value(QLatin1String(name));
    expect(found.isString(), name, "a string");
    return found.toString();
}

qint64 JsonReader::integer(const char* name)
{
    const QJsonValue found = m_object.value(QLatin1String(name));
    constexpr qint64 Probe = std::numeric_limits<qint64>::min();
    const qint64 value = found.toInteger(Probe);
    // A whole number beyond 64 bits, or a fraction, makes toInteger() give its default.
    expect(found.isDouble() && (value != Probe || found.toInteger(0) == Probe), name, "an integer");
    return value == Probe ? found.toInteger(0) : value;
}

double JsonReader::number(const char* name)
{
    const QJsonValue found = m_object.value(QLatin1String(name));
    expect(found.isDouble(), name, "a number");
    return found.toDouble();
}

bool JsonReader::boolean(const char* name)
{
    const QJsonValue found = m_object.value(QLatin1String(name));
    expect(found.isBool(), name, "a boolean");
    return found.toBool();
}

QJsonObject JsonReader::object(const char* name)
{
    const QJsonValue found = m_object.value(QLatin1String(name));
    expect(found.isObject(), name, "an object");
    return found.toObject();
}

QJsonArray JsonReader::array(const char* name)
{
    const QJsonValue found = m_object.value(QLatin1String(name));
    expect(found.isArray(), name, "an array");
    return found.toArray();
}

WallTime JsonReader::timestamp(const char* name)
{
    const Result<WallTime> time = parseTimestamp(m_object.value(QLatin1String(name)).toString());
    expect(time.ok(), name, "a time with an offset");
    return time.valueOr({});
}

template <typename T, typename Read>
std::optional<T> JsonReader::optional(const char* name, Read read)
{
    const QJsonValue found = m_object.value(QLatin1String(name));
    if (found.isUndefined() || found.isNull()) {
        return std::nullopt;
    }
    return (this->*read)(name);
}

std::optional<QString> JsonReader::optionalString(const char* name)
{
    return optional<QString>(name, &JsonReader::string);
}

std::optional<qint64> JsonReader::optionalInteger(const char* name)
{
    return optional<qint64>(name, &JsonReader::integer);
}

std::optional<double> JsonReader::optionalNumber(const char* name)
{
    return optional<double>(name, &JsonReader::number);
}

std::optional<bool> JsonReader::optionalBoolean(const char* name)
{
    return optional<bool>(name, &JsonReader::boolean);
}

std::optional<QJsonObject> JsonReader::optionalObject(const char* name)
{
    return optional<QJsonObject>(name, &JsonReader::object);
}

std::optional<QJsonArray> JsonReader::optionalArray(const char* name)
{
    return optional<QJsonArray>(name, &JsonReader::array);
}

std::optional<WallTime> JsonReader::optionalTimestamp(const char* name)
{
    return optional<WallTime>(name, &JsonReader::timestamp);
}

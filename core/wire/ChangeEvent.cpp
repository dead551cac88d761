// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/ChangeEvent.h"

#include "wire/Json.h"
#include "wire/JsonText.h"

namespace {

using Type = ChangeEvent::Type;

Type typeFrom(const QString& text)
{
    if (text == QLatin1String("INSERT")) {
        return Type::Insert;
    }
    if (text == QLatin1String("UPDATE")) {
        return Type::Update;
    }
    return text == QLatin1String("DELETE") ? Type::Delete : Type::Unknown;
}

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'));
}

/// True when QJsonValue holds this number with every digit: 64-bit integers, and decimals of at
/// most 15 significant digits in the range of a double.
bool isHeldExactly(QByteArrayView number)
{
    if (!number.contains('.') && !number.contains('e') && !number.contains('E')) {
        bool fits = false;
        number.toByteArray().toLongLong(&fits);
        return fits;
    }
    constexpr int SafeDigits = 15;
    int digits = 0;
    for (const char c : number) {
        if (c == 'e' || c == 'E') {
            return false;
        }
        const bool leadingZero = digits == 0 && c == '0';
        digits += c >= '0' && c <= '9' && !leadingZero ? 1 : 0;
    }
    return digits <= SafeDigits;
}

ChangeEvent::Row rowFrom(const QJsonValue& value, QByteArrayView text)
{
    ChangeEvent::Row row{value.toObject(), {}};
    for (const JsonMember& member : jsonMembers(text).value_or(QList<JsonMember>())) {
        if (isNumber(member.value) && !isHeldExactly(member.value)) {
            row.exactNumbers.insert(member.name, QString::fromLatin1(member.value));
        }
    }
    return row;
}

QByteArray textOf(const ChangeEvent::Row& row)
{
    QByteArray text = "{";
    for (auto column = row.values.begin(); column != row.values.end(); ++column) {
        const QString exact = row.exactNumbers.value(column.key());
        text.append(text.size() > 1 ? "," : "").append(toJson(column.key())).append(':');
        text.append(exact.isEmpty() ? toJson(column.value()) : exact.toLatin1());
    }
    return text + '}';
}

/// The exact text of an object's member; empty when there is none.
QByteArrayView memberText(QByteArrayView object, QLatin1String name)
{
    for (const JsonMember& member : jsonMembers(object).value_or(QList<JsonMember>())) {
        if (member.name == name) {
            return member.value;
        }
    }
    return {};
}

QStringList stringsFrom(const QJsonArray& array)
{
    QStringList strings;
    for (const QJsonValue& value : array) {
        strings.append(value.isString() ? value.toString() : QString::fromUtf8(toJson(value)));
    }
    return strings;
}

} // namespace

QString ChangeEvent::Row::numberText(const QString& column) const
{
    const auto exact = exactNumbers.constFind(column);
    if (exact != exactNumbers.constEnd()) {
        return *exact;
    }
    const QJsonValue held = values.value(column);
    return held.isDouble() ? QString::fromLatin1(toJson(held)) : QString();
}

QStringList ChangeEvent::missingColumns() const
{
    QStringList missing;
    for (const Column& column : columns) {
        if (type != Type::Delete && !record.contains(column.name)) {
            missing.append(column.name);
        }
    }
    return missing;
}

Result<ChangeEvent> decodeChange(const PhoenixMessage& message)
{
    JsonReader in(message.payload, "change");
    ChangeEvent change;
    for (const QJsonValue& id : in.array("ids")) {
        change.ids.append(id.toInteger());
    }
    JsonReader data(in.object("data"), "change data");
    change.schema = data.string("schema");
    change.table = data.string("table");
    change.typeText = data.string("type");
    change.type = typeFrom(change.typeText);
    change.commitTimestamp = data.optionalString("commit_timestamp").value_or(QString());
    const QJsonArray columns = data.optionalArray("columns").value_or(QJsonArray());
    for (const QJsonValue& value : columns) {
        JsonReader column(value, "column");
        change.columns.append({column.string("name"), column.string("type")});
        if (!column.ok()) {
            data.fail(column.error()->detail);
        }
    }
    change.errors = stringsFrom(data.optionalArray("errors").value_or(QJsonArray()));

    const QByteArray payload
        = message.payloadText.isEmpty() ? toJson(message.payload) : message.payloadText;
    const QByteArrayView dataText = memberText(payload, QLatin1String("data"));
    const QJsonValue record = data.optionalObject("record").value_or(QJsonObject());
    const QJsonValue oldRecord = data.optionalObject("old_record").value_or(QJsonObject());
    change.record = rowFrom(record, memberText(dataText, QLatin1String("record")));
    change.oldRecord = rowFrom(oldRecord, memberText(dataText, QLatin1String("old_record")));

    const auto problem = in.error() ? in.error() : data.error();
    if (problem) {
        return Error{ErrorKind::Protocol, QStringLiteral("change_malformed"), problem->detail, {}};
    }
    return change;
}

PhoenixMessage encodeChange(const QString& topic, const ChangeEvent& change)
{
    QJsonArray ids;
    for (const qint64 id : change.ids) {
        ids.append(id);
    }
    QJsonArray columns;
    for (const ChangeEvent::Column& column : change.columns) {
        columns.append(QJsonObject{
            {QStringLiteral("name"), column.name}, {QStringLiteral("type"), column.type}});
    }
    const QJsonValue time
        = change.commitTimestamp.isEmpty() ? QJsonValue() : QJsonValue(change.commitTimestamp);
    const QJsonValue errors = change.errors.isEmpty()
        ? QJsonValue()
        : QJsonValue(QJsonArray::fromStringList(change.errors));

    QByteArray text = R"({"ids":)" + toJson(ids);
    text.append(R"(,"data":{"schema":)").append(toJson(change.schema));
    text.append(R"(,"table":)").append(toJson(change.table));
    text.append(R"(,"commit_timestamp":)").append(toJson(time));
    text.append(R"(,"type":)").append(toJson(change.typeText));
    text.append(R"(,"columns":)").append(toJson(columns));
    if (change.type != Type::Delete) {
        text.append(R"(,"record":)").append(textOf(change.record));
    }
    if (change.type != Type::Insert) {
        text.append(R"(,"old_record":)").append(textOf(change.oldRecord));
    }
    text.append(R"(,"errors":)").append(toJson(errors)).append("}}");

    PhoenixMessage message;
    message.topic = topic;
    message.event = QStringLiteral("postgres_changes");
    message.payloadText = text;
    message.payload = parseJson(text).valueOr({});
    return message;
}

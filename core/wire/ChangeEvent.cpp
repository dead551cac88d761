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

/// Reads the members of a JSON object from its text; remembers the first that is not as it should
/// be.
class TextReader
{
public:
    explicit TextReader(QByteArrayView object)
    {
        const auto members = jsonMembers(object);
        if (members) {
            m_members = *members;
        } else {
            fail("not an object");
        }
    }

    const QList<JsonMember>& members() const { return m_members; }
    /// Empty when there is none or it is null. The last one counts, as in any JSON reader.
    QByteArrayView text(QLatin1String name) const
    {
        for (auto member = m_members.crbegin(); member != m_members.crend(); ++member) {
            if (member->name == name) {
                return member->value == "null" ? QByteArrayView() : member->value;
            }
        }
        return {};
    }
    QJsonValue value(QByteArrayView text)
    {
        const Result<QJsonValue> value = parseJson(text);
        if (!value.ok()) {
            fail("not JSON");
        }
        return value.valueOr({});
    }
    QString string(QLatin1String name)
    {
        const QJsonValue found = value(text(name));
        if (!found.isString()) {
            fail("a text is missing");
        }
        return found.toString();
    }
    void fail(const char* why) { m_problem = m_problem ? m_problem : why; }
    const char* problem() const { return m_problem; }

private:
    QList<JsonMember> m_members;
    const char* m_problem = nullptr;
};

ChangeEvent::Row rowFrom(QByteArrayView text, TextReader& data)
{
    ChangeEvent::Row row;
    if (text.isEmpty()) {
        return row;
    }
    TextReader in(text);
    for (const JsonMember& member : in.members()) {
        row.values.insert(member.name, in.value(member.value));
        if (isNumber(member.value) && !isHeldExactly(member.value)) {
            row.exactNumbers.insert(member.name, QString::fromLatin1(member.value));
        }
    }
    if (in.problem() != nullptr) {
        data.fail(in.problem());
    }
    return row;
}

QList<ChangeEvent::Column> columnsFrom(QByteArrayView text, TextReader& data)
{
    QList<ChangeEvent::Column> columns;
    if (text.isEmpty()) {
        return columns;
    }
    const auto elements = jsonElements(text);
    if (!elements) {
        data.fail("\"columns\" is no list");
        return columns;
    }
    for (const QByteArrayView element : *elements) {
        TextReader in(element);
        columns.append({in.string(QLatin1String("name")), in.string(QLatin1String("type"))});
        if (in.problem() != nullptr) {
            data.fail("a column has no name or type");
        }
    }
    return columns;
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
    const QByteArray payload
        = message.payloadText.isEmpty() ? toJson(message.payload) : message.payloadText;
    TextReader in(payload);
    TextReader data(in.text(QLatin1String("data")));
    ChangeEvent change;
    for (const QJsonValue id : in.value(in.text(QLatin1String("ids"))).toArray()) {
        change.ids.append(id.toInteger());
    }
    change.schema = data.string(QLatin1String("schema"));
    change.table = data.string(QLatin1String("table"));
    change.typeText = data.string(QLatin1String("type"));
    change.type = typeFrom(change.typeText);
    if (!data.text(QLatin1String("commit_timestamp")).isEmpty()) {
        change.commitTimestamp = data.string(QLatin1String("commit_timestamp"));
    }
    change.columns = columnsFrom(data.text(QLatin1String("columns")), data);
    if (const QByteArrayView errors = data.text(QLatin1String("errors")); !errors.isEmpty()) {
        change.errors = stringsFrom(data.value(errors).toArray());
    }
    change.record = rowFrom(data.text(QLatin1String("record")), data);
    change.oldRecord = rowFrom(data.text(QLatin1String("old_record")), data);

    if (const char* const problem = in.problem() != nullptr ? in.problem() : data.problem()) {
        return Error{
            ErrorKind::Protocol, QStringLiteral("change_malformed"), QLatin1String(problem), {}};
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

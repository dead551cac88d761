// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/ChangeEvent.h"

#include "wire/Json.h"
#include "wire/JsonCursor.h"
#include "wire/TextMemory.h"

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

/// Reads a postgres_changes payload in one pass; remembers the first thing that is not as it
/// should be.
class ChangeReader
{
public:
    ChangeReader(const QByteArray& payload, TextMemory* memory)
        : m_payload(payload), m_in(payload), m_memory(memory)
    {
    }

    Result<ChangeEvent> read()
    {
        std::optional<QList<qint64>> ids;
        std::optional<ChangeEvent> change;
        m_in.object([&](QByteArrayView name) {
            if (name == "ids") {
                ids = readIds();
            } else if (name == "data") {
                change = readData();
            } else {
                m_in.skip();
            }
        });
        require(m_in.finished(), "not JSON");
        require(ids.has_value() && change.has_value(), "ids or data are missing");
        if (m_problem != nullptr) {
            return Error{ErrorKind::Protocol, QStringLiteral("change_malformed"),
                QLatin1String(m_problem), {}};
        }
        change->ids = *ids;
        return *std::move(change);
    }

private:
    QList<qint64> readIds()
    {
        QList<qint64> ids;
        m_in.array([&] { ids.append(m_in.value().toInteger()); });
        return ids;
    }
    ChangeEvent readData()
    {
        ChangeEvent change;
        if (m_in.peek() != '{') {
            complain("not an object");
            return change;
        }
        m_in.object([&](QByteArrayView name) {
            if (name == "schema") {
                change.schema = text();
            } else if (name == "table") {
                change.table = text();
            } else if (name == "type") {
                change.typeText = text();
            } else if (name == "commit_timestamp") {
                change.commitTimestamp = m_in.null() ? QString() : time();
            } else if (name == "columns") {
                change.columns = readColumns();
            } else if (name == "record") {
                change.record = readRow();
            } else if (name == "old_record") {
                change.oldRecord = readRow();
            } else if (name == "errors") {
                change.errors = readErrors();
            } else {
                m_in.skip();
            }
        });
        require(!change.schema.isNull() && !change.table.isNull() && !change.typeText.isNull(),
            "a text is missing");
        change.type = typeFrom(change.typeText);
        return change;
    }
    QList<ChangeEvent::Column> readColumns()
    {
        QList<ChangeEvent::Column> columns;
        if (m_in.null()) {
            return columns;
        }
        if (m_in.peek() != '[') {
            complain("\"columns\" is no list");
        }
        columns.reserve(UsualColumns);
        m_in.array([&] {
            ChangeEvent::Column column;
            m_in.object([&](QByteArrayView name) {
                if (name == "name") {
                    column.name = text();
                } else if (name == "type") {
                    column.type = text();
                } else {
                    m_in.skip();
                }
            });
            require(!column.name.isNull() && !column.type.isNull(),
                "a column has no name or type");
            columns.append(std::move(column));
        });
        return columns;
    }
    ChangeEvent::Row readRow()
    {
        QList<JsonMember> members;
        if (m_in.null()) {
            return {};
        }
        if (m_in.peek() != '{') {
            complain("not an object");
        }
        members.reserve(UsualColumns);
        m_in.object([&](QByteArrayView name) {
            const QString column = sharedText(m_memory, name);
            members.append({column, m_in.checked()});
        });
        return {m_payload, std::move(members)};
    }
    QStringList readErrors()
    {
        QStringList errors;
        for (const QJsonValue error : m_in.value().toArray()) {
            errors.append(error.isString() ? error.toString() : QString::fromUtf8(toJson(error)));
        }
        return errors;
    }
    QString time()
    {
        if (m_in.peek() != '"') {
            complain("a text is missing");
        }
        return m_in.string();
    }
    /// One that comes with every change.
    QString text()
    {
        if (m_in.peek() != '"') {
            complain("a text is missing");
        }
        return m_in.string(m_memory);
    }
    void complain(const char* why)
    {
        require(false, why);
        m_in.fail();
    }
    void require(bool holds, const char* why)
    {
        if (!holds && m_problem == nullptr) {
            m_problem = why;
        }
    }

    static constexpr qsizetype UsualColumns = 8;

    QByteArray m_payload; ///< rows keep it
    JsonCursor m_in;
    TextMemory* m_memory;
    const char* m_problem = nullptr;
};

} // namespace

ChangeEvent::Row::Row(const QByteArray& text)
    : m_text(text), m_members(jsonMembers(m_text).value_or(QList<JsonMember>()))
{
}

const JsonMember* ChangeEvent::Row::member(const QString& column) const
{
    const auto last = std::find_if(m_members.rbegin(), m_members.rend(),
        [&](const JsonMember& member) { return member.name == column; });
    return last == m_members.rend() ? nullptr : &*last;
}

QJsonValue ChangeEvent::Row::value(const QString& column) const
{
    const JsonMember* const found = member(column);
    return found ? parseJson(found->value).valueOr({}) : QJsonValue(QJsonValue::Undefined);
}

QString ChangeEvent::Row::numberText(const QString& column) const
{
    const JsonMember* const found = member(column);
    const bool isNumber = found && JsonCursor(found->value).isNumber();
    return isNumber ? QString::fromLatin1(found->value) : QString();
}

QJsonObject ChangeEvent::Row::values() const
{
    QJsonObject values;
    for (const JsonMember& member : m_members) {
        values.insert(member.name, parseJson(member.value).valueOr({}));
    }
    return values;
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

Result<ChangeEvent> decodeChange(const PhoenixMessage& message, TextMemory* memory)
{
    const QByteArray payload
        = message.payloadText.isEmpty() ? toJson(message.payload) : message.payloadText;
    return ChangeReader(payload, memory).read();
}

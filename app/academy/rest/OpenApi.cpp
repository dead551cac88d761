// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/OpenApi.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace academy {

namespace {

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

/// JSON's word for a type of PostgreSQL.
QString jsonType(const std::string& type)
{
    if (type.ends_with("[]")) {
        return QStringLiteral("array");
    }
    if (type == "integer" || type == "bigint" || type == "smallint") {
        return QStringLiteral("integer");
    }
    if (type == "real" || type == "double precision" || type.starts_with("numeric")) {
        return QStringLiteral("number");
    }
    return type == "boolean" ? QStringLiteral("boolean") : QStringLiteral("string");
}

QJsonObject property(const std::string& type)
{
    QJsonObject result{{QStringLiteral("format"), text(type)}};
    if (type != "json" && type != "jsonb") {
        result.insert(QStringLiteral("type"), jsonType(type));
    }
    if (type.ends_with("[]")) {
        result.insert(QStringLiteral("items"),
            QJsonObject{{QStringLiteral("type"), jsonType(type.substr(0, type.size() - 2))}});
    }
    return result;
}

QJsonObject definition(const Schema& schema, const Schema::Table& table)
{
    QJsonObject properties;
    QJsonArray required;
    for (const Schema::Column& column : table.columns) {
        QJsonObject entry = property(column.type);
        QString note;
        if (std::ranges::find(table.primaryKey, column.name) != table.primaryKey.end()) {
            note = QStringLiteral("Note:\nThis is a Primary Key.<pk/>");
        }
        const auto [first, last] = schema.relationships.equal_range(table.name);
        for (auto link = first; link != last; ++link) {
            const Schema::Relationship& found = link->second;
            const bool points = found.columns.size() == 1
                && found.columns.front().first == column.name
                && (found.kind == Schema::Relationship::Kind::ManyToOne
                    || found.kind == Schema::Relationship::Kind::OneToOne)
                && !found.toView;
            if (points && note.isEmpty()) {
                note = QStringLiteral("Note:\nThis is a Foreign Key to `%1.%2`.<fk table='%1' "
                                      "column='%2'/>")
                           .arg(text(found.to.name), text(found.columns.front().second));
            }
        }
        if (!note.isEmpty()) {
            entry.insert(QStringLiteral("description"), note);
        }
        if (column.isRequired) {
            required.append(text(column.name));
        }
        properties.insert(text(column.name), entry);
    }
    QJsonObject result{{QStringLiteral("type"), QStringLiteral("object")},
        {QStringLiteral("properties"), properties}};
    if (!required.isEmpty()) {
        result.insert(QStringLiteral("required"), required);
    }
    return result;
}

QJsonObject operation(const std::string& tag)
{
    return {{QStringLiteral("tags"), QJsonArray{text(tag)}},
        {QStringLiteral("responses"),
            QJsonObject{{QStringLiteral("200"),
                QJsonObject{{QStringLiteral("description"), QStringLiteral("OK")}}}}}};
}

QJsonObject tablePath(const Schema::Table& table)
{
    QJsonObject path{{QStringLiteral("get"), operation(table.name.name)}};
    if (table.canInsert) {
        path.insert(QStringLiteral("post"), operation(table.name.name));
    }
    if (table.canUpdate) {
        path.insert(QStringLiteral("patch"), operation(table.name.name));
    }
    if (table.canDelete) {
        path.insert(QStringLiteral("delete"), operation(table.name.name));
    }
    return path;
}

QJsonObject functionPath(const Schema::Function& function)
{
    QJsonObject properties;
    QJsonArray required;
    for (const Schema::Argument& argument : function.arguments) {
        properties.insert(text(argument.name), property(argument.type));
        if (!argument.hasDefault) {
            required.append(text(argument.name));
        }
    }
    QJsonObject body{{QStringLiteral("type"), QStringLiteral("object")},
        {QStringLiteral("properties"), properties}};
    if (!required.isEmpty()) {
        body.insert(QStringLiteral("required"), required);
    }
    QJsonObject post = operation("(rpc) " + function.name.name);
    post.insert(QStringLiteral("parameters"),
        QJsonArray{QJsonObject{{QStringLiteral("in"), QStringLiteral("body")},
            {QStringLiteral("name"), QStringLiteral("args")}, {QStringLiteral("required"), true},
            {QStringLiteral("schema"), body}}});
    return {{QStringLiteral("post"), post}};
}

} // namespace

std::string openApi(
    const Schema& schema, const std::string& exposed, const std::set<std::string>& visible)
{
    QJsonObject definitions;
    QJsonObject paths{
        {QStringLiteral("/"), QJsonObject{{QStringLiteral("get"), operation("Introspection")}}}};
    for (const auto& [name, table] : schema.tables) {
        if (name.schema == exposed && visible.contains(name.name)) {
            definitions.insert(text(name.name), definition(schema, table));
            paths.insert(text("/" + name.name), tablePath(table));
        }
    }
    for (const auto& [name, function] : schema.functions) {
        if (name.schema == exposed && visible.contains("rpc/" + name.name)) {
            paths.insert(text("/rpc/" + name.name), functionPath(function));
        }
    }
    const QJsonArray types{QStringLiteral("application/json"),
        QStringLiteral("application/vnd.pgrst.object+json"), QStringLiteral("text/csv")};
    const QJsonObject document{{QStringLiteral("swagger"), QStringLiteral("2.0")},
        {QStringLiteral("info"),
            QJsonObject{{QStringLiteral("title"), QStringLiteral("standard public schema")},
                {QStringLiteral("description"), QString()},
                {QStringLiteral("version"), QStringLiteral("14.0")}}},
        {QStringLiteral("basePath"), QStringLiteral("/")}, {QStringLiteral("consumes"), types},
        {QStringLiteral("produces"), types}, {QStringLiteral("paths"), paths},
        {QStringLiteral("definitions"), definitions}};
    return QJsonDocument(document).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace academy

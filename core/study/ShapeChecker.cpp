// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/ShapeChecker.h"

#include <cmath>

ShapeChecker::ShapeChecker(const QJsonObject& object, QString where, std::optional<Error>& defect)
    : m_object(object), m_where(std::move(where)), m_defect(defect)
{
}

void ShapeChecker::fail(const char* code, const QString& what)
{
    if (!m_defect) {
        const QString place = m_where.isEmpty() ? what : m_where + QStringLiteral(": ") + what;
        m_defect = Error {ErrorKind::Invalid, QLatin1String(code), place, {}};
    }
}

void ShapeChecker::shape(const char* name, const char* expected)
{
    fail("pack_shape", QStringLiteral("%1: %2").arg(QLatin1String(name), QLatin1String(expected)));
}

bool ShapeChecker::has(const char* name) const
{
    return m_object.contains(QLatin1String(name));
}

bool ShapeChecker::present(const char* name, bool required)
{
    if (!has(name)) {
        if (required) {
            shape(name, "missing");
        }
        return false;
    }
    return true;
}

QString ShapeChecker::text(const char* name, bool required)
{
    if (!present(name, required)) {
        return {};
    }
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (!value.isString()) {
        shape(name, "a text expected");
    }
    return value.toString();
}

QString ShapeChecker::matching(const char* name, const QRegularExpression& pattern, bool required)
{
    const QString value = text(name, required);
    if (has(name) && !pattern.match(value).hasMatch()) {
        shape(name, "not in the expected form");
    }
    return value;
}

QString ShapeChecker::oneOf(const char* name, const QStringList& allowed, bool required)
{
    const QString value = text(name, required);
    if (has(name) && !allowed.contains(value)) {
        shape(name, "unknown value");
    }
    return value;
}

double ShapeChecker::number(const char* name, double low, double high, bool required)
{
    if (!present(name, required)) {
        return 0;
    }
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (!value.isDouble() || value.toDouble() < low || value.toDouble() > high) {
        shape(name, "a number in range expected");
        return low;
    }
    return value.toDouble();
}

qint64 ShapeChecker::integer(const char* name, qint64 low, qint64 high, bool required)
{
    const double value = number(name, double(low), double(high), required);
    if (value != std::floor(value)) {
        shape(name, "a whole number expected");
    }
    return qint64(value);
}

bool ShapeChecker::flag(const char* name)
{
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (has(name) && !value.isBool()) {
        shape(name, "true or false expected");
    }
    return value.toBool();
}

LocalizedText ShapeChecker::localized(const char* name, bool required)
{
    LocalizedText result;
    const QJsonObject texts = object(name, required);
    if (has(name) && texts.isEmpty()) {
        shape(name, "at least one language expected");
    }
    for (auto it = texts.begin(); it != texts.end(); ++it) {
        if (!it.value().isString()) {
            shape(name, "texts by language expected");
        }
        result.byLanguage.insert(it.key(), it.value().toString());
    }
    return result;
}

QStringList ShapeChecker::texts(const char* name)
{
    QStringList result;
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (has(name) && !value.isArray()) {
        shape(name, "a list expected");
    }
    const QJsonArray list = value.toArray();
    for (const QJsonValue& entry : list) {
        if (!entry.isString()) {
            shape(name, "a list of texts expected");
        }
        result.append(entry.toString());
    }
    return result;
}

QJsonObject ShapeChecker::object(const char* name, bool required)
{
    if (!present(name, required)) {
        return {};
    }
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (!value.isObject()) {
        shape(name, "an object expected");
    }
    return value.toObject();
}

void ShapeChecker::objects(
    const char* name, bool required, const std::function<void(ShapeChecker&)>& each)
{
    if (!present(name, required)) {
        return;
    }
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (!value.isArray()) {
        shape(name, "a list expected");
    }
    const QJsonArray list = value.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (!list[i].isObject()) {
            shape(name, "a list of objects expected");
        }
        const QJsonObject entry = list[i].toObject();
        const QString id = entry.value(QLatin1String("id")).toString();
        const QString place = QStringLiteral("%1[%2]").arg(QLatin1String(name), id.isEmpty() ? QString::number(i) : id);
        ShapeChecker checker(entry, m_where.isEmpty() ? place : m_where + QLatin1Char('.') + place, m_defect);
        each(checker);
    }
}

void ShapeChecker::only(const QStringList& known)
{
    const QStringList names = m_object.keys();
    for (const QString& name : names) {
        if (!known.contains(name)) {
            fail("pack_shape", QStringLiteral("%1: unknown field").arg(name));
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/ExamItem.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <functional>
#include <optional>

/// Reads the members of one JSON object of a pack and keeps the first defect found anywhere below
/// the same `defect`. A read that fails returns an empty value, so decoders are plain lists of
/// reads. Lives no longer than the object and the defect it refers to.
class ShapeChecker
{
public:
    ShapeChecker(const QJsonObject& object, QString where, std::optional<Error>& defect);

    bool has(const char* name) const;
    QString text(const char* name, bool required = true);
    QString matching(const char* name, const QRegularExpression& pattern, bool required = true);
    QString oneOf(const char* name, const QStringList& allowed, bool required = true);
    double number(const char* name, double low, double high, bool required = true);
    qint64 integer(const char* name, qint64 low, qint64 high, bool required = true);
    bool flag(const char* name);
    LocalizedText localized(const char* name, bool required = true);
    QStringList texts(const char* name);
    QJsonObject object(const char* name, bool required = true);
    /// Calls `each` with a checker for every object of a list.
    void objects(const char* name, bool required, const std::function<void(ShapeChecker&)>& each);
    /// Any member outside `known` is a defect.
    void only(const QStringList& known);

    void fail(const char* code, const QString& what);
    bool failed() const { return m_defect.has_value(); }
    const QString& where() const { return m_where; }
    const QJsonObject& json() const { return m_object; }

private:
    bool present(const char* name, bool required);
    void shape(const char* name, const char* expected);

    QJsonObject m_object;
    QString m_where;
    std::optional<Error>& m_defect;
};

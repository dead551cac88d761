// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/RuleNames.h"

#include "domain/ExamItem.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>

namespace {

struct Names
{
    QHash<QString, LocalizedText> rules;
    QHash<QString, LocalizedText> types;
};

LocalizedText textFrom(const QJsonObject& json)
{
    LocalizedText text;
    for (const char* language : {"en", "es", "ca"}) {
        text.byLanguage.insert(QLatin1String(language), json.value(QLatin1String(language)).toString());
    }
    return text;
}

const Names& names()
{
    static const Names known = [] {
        Names read;
        QFile file(QStringLiteral(":/tutor/rules.json"));
        if (!file.open(QIODevice::ReadOnly)) {
            return read;
        }
        const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
        const QJsonObject types = all.value(QLatin1String("types")).toObject();
        for (auto it = types.begin(); it != types.end(); ++it) {
            read.types.insert(it.key(), textFrom(it.value().toObject()));
        }
        for (const QJsonValue& rule : all.value(QLatin1String("rules")).toArray()) {
            const LocalizedText text = textFrom(rule.toObject());
            for (const QJsonValue& said : rule.toObject().value(QLatin1String("said")).toArray()) {
                read.rules.insert(said.toString(), text);
            }
        }
        return read;
    }();
    return known;
}

} // namespace

QString ruleName(const QString& rule, const QString& language)
{
    const QString key = rule.trimmed().toLower().replace(QLatin1Char('_'), QLatin1Char('-')).replace(QLatin1Char(' '), QLatin1Char('-'));
    const auto found = names().rules.find(key);
    if (found != names().rules.end()) {
        return found->in(language);
    }
    const bool english = !language.startsWith(QLatin1String("es")) && !language.startsWith(QLatin1String("ca"));
    const QString words = english ? QString(key).replace(QLatin1Char('-'), QLatin1Char(' ')).simplified() : QString();
    return words.left(1).toUpper() + words.mid(1);
}

QString mistakeName(const QString& rule, MistakeType type, const QString& language)
{
    return mistakeName(rule, mistakeTypeName(type), language);
}

QString mistakeName(const QString& rule, const QString& type, const QString& language)
{
    const QString name = ruleName(rule, language);
    return name.isEmpty() ? names().types.value(type).in(language) : name;
}

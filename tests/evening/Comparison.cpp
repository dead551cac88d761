// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/Comparison.h"

#include <QHash>
#include <QJsonDocument>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <stdexcept>

namespace {

QString text(const QJsonValue& row, const char* column)
{
    return row.toObject().value(QLatin1String(column)).toString();
}

/// Item → the exact text of the last answer.
QHash<QString, QString> finalAnswers(const QJsonArray& ops, const char* itemColumn)
{
    QHash<QString, QString> answers;
    QHash<QString, qint64> newest;
    for (const QJsonValue& op : ops) {
        if (text(op, "kind") != QLatin1String("answer")) {
            continue;
        }
        const QString item = text(op, itemColumn);
        const qint64 seq = op.toObject().value(QLatin1String("seq")).toInteger();
        if (seq >= newest.value(item, 0)) {
            newest.insert(item, seq);
            answers.insert(item, text(op, "body"));
        }
    }
    return answers;
}

QJsonObject parsed(const QString& body)
{
    return QJsonDocument::fromJson(body.toUtf8()).object();
}

} // namespace

Comparison compare(const PaperTrail& trail)
{
    Comparison result;
    QSet<QString> local;
    for (const QJsonValue& op : trail.localOps) {
        local.insert(text(op, "op_id"));
    }
    QSet<QString> school;
    QSet<qint64> numbers;
    for (const QJsonValue& op : trail.schoolOps) {
        const QString id = text(op, "op_id");
        const bool main = text(op, "branch") == QLatin1String("main") || text(op, "branch") == QLatin1String("late");
        const qint64 seq = op.toObject().value(QLatin1String("seq")).toInteger();
        if (school.contains(id) || !local.contains(id) || (main && numbers.contains(seq))) {
            ++result.duplicated;
        }
        school.insert(id);
        if (main) {
            numbers.insert(seq);
        }
    }
    result.localOps = local.size();
    result.schoolOps = school.size();
    result.lost = (local - school).size();

    const QHash<QString, QString> here = finalAnswers(trail.localOps, "item");
    const QHash<QString, QString> there = finalAnswers(trail.schoolOps, "item_id");
    QStringList keys = trail.typed.keys() + here.keys() + there.keys();
    const QSet<QString> items(keys.begin(), keys.end());
    for (const QString& item : items) {
        const QJsonObject typed = trail.typed.value(item).toObject();
        result.charactersCompared += QJsonDocument(typed).toJson(QJsonDocument::Compact).size();
        if (here.value(item) != there.value(item) || parsed(there.value(item)) != typed) {
            ++result.mismatched;
            result.differences.append(QJsonObject {{QStringLiteral("student"), trail.student},
                {QStringLiteral("item"), item}, {QStringLiteral("typed"), typed},
                {QStringLiteral("on_this_computer"), here.value(item)}, {QStringLiteral("at_the_school"), there.value(item)}});
        }
    }
    return result;
}

QJsonArray readLocalOps(const QString& databasePath, const QString& attempt)
{
    static int opened = 0;
    const QString name = QStringLiteral("trail-%1").arg(++opened);
    QJsonArray ops;
    QString problem;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        db.setDatabaseName(databasePath);
        QSqlQuery query(db);
        if (!db.open()
            || !query.prepare(QStringLiteral("select op_id, seq, item, kind, body from attempt_ops where attempt = ? order by seq"))) {
            problem = databasePath + QStringLiteral(": ") + db.lastError().text() + query.lastError().text();
        } else {
            query.bindValue(0, attempt);
            query.exec();
            while (query.next()) {
                ops.append(QJsonObject {{QStringLiteral("op_id"), query.value(0).toString()},
                    {QStringLiteral("seq"), query.value(1).toLongLong()}, {QStringLiteral("item"), query.value(2).toString()},
                    {QStringLiteral("kind"), query.value(3).toString()},
                    {QStringLiteral("body"), QString::fromUtf8(query.value(4).toByteArray())}});
            }
        }
    }
    QSqlDatabase::removeDatabase(name);
    if (!problem.isEmpty()) {
        throw std::runtime_error(problem.toStdString());
    }
    return ops;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PackStore.h"

#include "store/Connection.h"
#include "store/FullText.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace {

constexpr std::array kindNames {
    std::pair {PackTextKind::Note, "note"},
    std::pair {PackTextKind::Card, "card"},
    std::pair {PackTextKind::Exercise, "exercise"},
};

QString nameOf(PackTextKind kind)
{
    return QLatin1String(kindNames[std::size_t(kind)].second);
}

QJsonObject toJson(const LocalizedText& text)
{
    QJsonObject json;
    for (auto it = text.byLanguage.begin(); it != text.byLanguage.end(); ++it) {
        json.insert(it.key(), it.value());
    }
    return json;
}

LocalizedText localizedFrom(const QJsonValue& value)
{
    LocalizedText text;
    const QJsonObject json = value.toObject();
    for (auto it = json.begin(); it != json.end(); ++it) {
        text.byLanguage.insert(it.key(), it.value().toString());
    }
    return text;
}

QByteArray bodyOf(const PackText& text)
{
    const QJsonObject json {{QStringLiteral("title"), toJson(text.title)},
        {QStringLiteral("body"), toJson(text.body)}, {QStringLiteral("example"), text.example},
        {QStringLiteral("exampleGloss"), toJson(text.exampleGloss)},
        {QStringLiteral("tags"), QJsonArray::fromStringList(text.tags)}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

/// Columns: pack, item, kind, body.
PackText textFrom(const SqlRow& row)
{
    PackText text;
    text.pack = PackId(row.text(0));
    text.item = ItemId(row.text(1));
    for (const auto& [kind, name] : kindNames) {
        if (row.text(2) == QLatin1String(name)) {
            text.kind = kind;
        }
    }
    const QJsonObject json = QJsonDocument::fromJson(row.bytes(3)).object();
    text.title = localizedFrom(json.value(QLatin1String("title")));
    text.body = localizedFrom(json.value(QLatin1String("body")));
    text.example = json.value(QLatin1String("example")).toString();
    text.exampleGloss = localizedFrom(json.value(QLatin1String("exampleGloss")));
    const QJsonArray tags = json.value(QLatin1String("tags")).toArray();
    for (const QJsonValue& tag : tags) {
        text.tags.append(tag.toString());
    }
    return text;
}

QString joined(const LocalizedText& text)
{
    return text.byLanguage.values().join(QLatin1Char('\n'));
}

Result<void> forgetTexts(Connection& connection, const PackId& pack)
{
    const auto fts = connection.exec(
        QStringLiteral("DELETE FROM pack_search WHERE rowid IN (SELECT number FROM pack_texts WHERE pack = ?)"),
        {pack.toString()});
    if (!fts) {
        return fts.error();
    }
    const auto texts
        = connection.exec(QStringLiteral("DELETE FROM pack_texts WHERE pack = ?"), {pack.toString()});
    return texts ? Result<void>() : Result<void>(texts.error());
}

Result<void> addText(Connection& connection, const PackId& pack, const PackText& text)
{
    const auto row = connection.exec(
        QStringLiteral("INSERT INTO pack_texts (pack, item, kind, body) VALUES (?, ?, ?, ?)"),
        {pack.toString(), text.item.toString(), nameOf(text.kind), bodyOf(text)});
    if (!row) {
        return row.error();
    }
    const auto fts = connection.exec(
        QStringLiteral("INSERT INTO pack_search (rowid, title, content, gloss) VALUES (?, ?, ?, ?)"),
        {connection.lastInsertId(), joined(text.title), joined(text.body) + QLatin1Char('\n') + text.example,
            joined(text.exampleGloss) + QLatin1Char('\n') + text.tags.join(QLatin1Char(' '))});
    return fts ? Result<void>() : Result<void>(fts.error());
}

Result<QList<PackText>> textsFrom(const Result<QList<SqlRow>>& rows)
{
    if (!rows) {
        return rows.error();
    }
    QList<PackText> texts;
    for (const SqlRow& row : *rows) {
        texts.append(textFrom(row));
    }
    return texts;
}

} // namespace

Result<QList<StoredPack>> PackStore::installed(Connection& connection)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT id, version, manifest, signed_by FROM packs ORDER BY installed_at, id"));
    if (!rows) {
        return rows.error();
    }
    QList<StoredPack> packs;
    for (const SqlRow& row : *rows) {
        packs.append({PackId(row.text(0)), row.text(1), row.bytes(2), row.text(3)});
    }
    return packs;
}

Result<void> PackStore::install(Connection& connection, const StoredPack& pack, const QByteArray& archive,
    const QList<PackText>& texts, WallTime now)
{
    const auto row = connection.exec(
        QStringLiteral("INSERT INTO packs (id, version, manifest, archive, signed_by, installed_at)"
                       " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version,"
                       " manifest = excluded.manifest, archive = excluded.archive,"
                       " signed_by = excluded.signed_by"),
        {pack.id.toString(), pack.version, pack.manifest, archive, pack.signedBy,
            qint64(now.time_since_epoch().count())});
    if (!row) {
        return row.error();
    }
    if (Result<void> forgotten = forgetTexts(connection, pack.id); !forgotten) {
        return forgotten;
    }
    for (const PackText& text : texts) {
        if (Result<void> added = addText(connection, pack.id, text); !added) {
            return added;
        }
    }
    return {};
}

Result<QByteArray> PackStore::archive(Connection& connection, const PackId& pack)
{
    const auto row
        = connection.first(QStringLiteral("SELECT archive FROM packs WHERE id = ?"), {pack.toString()});
    if (!row) {
        return row.error();
    }
    if (!*row) {
        return Error {ErrorKind::NotFound, QStringLiteral("pack_missing"), pack.toString(), {}};
    }
    return (*row)->bytes(0);
}

Result<QList<PackText>> PackStore::search(Connection& connection, const QStringList& words, int limit)
{
    const QString query = anyOfThese(words);
    if (query.isEmpty()) {
        return QList<PackText>();
    }
    return textsFrom(connection.query(
        QStringLiteral("SELECT t.pack, t.item, t.kind, t.body FROM pack_search"
                       " JOIN pack_texts t ON t.number = pack_search.rowid WHERE pack_search MATCH ?"
                       " ORDER BY bm25(pack_search, 6.0, 2.0, 1.0), t.number LIMIT ?"),
        {query, limit}));
}

Result<QList<PackText>> PackStore::exercisesTagged(
    Connection& connection, const QStringList& tags, int limit)
{
    if (tags.isEmpty()) {
        return QList<PackText>();
    }
    QList<QVariant> binds;
    for (const QString& tag : tags) {
        binds.append(tag);
    }
    binds.append(limit);
    const QString places = QStringList(tags.size(), QStringLiteral("?")).join(QLatin1Char(','));
    return textsFrom(connection.query(
        QStringLiteral("SELECT pack, item, kind, body FROM pack_texts WHERE kind = 'exercise' AND EXISTS"
                       " (SELECT 1 FROM json_each(CAST(body AS TEXT), '$.tags') WHERE value IN (%1))"
                       " ORDER BY number LIMIT ?")
            .arg(places),
        binds));
}

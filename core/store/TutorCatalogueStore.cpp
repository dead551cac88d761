// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/TutorCatalogueStore.h"

#include "store/Connection.h"

Result<void> TutorCatalogueStore::keep(Connection& connection, const QByteArray& json)
{
    const auto kept = json.isEmpty()
        ? connection.exec(QStringLiteral("DELETE FROM tutor_catalogue"))
        : connection.exec(QStringLiteral("INSERT INTO tutor_catalogue (id, body) VALUES (1, ?)"
                                         " ON CONFLICT (id) DO UPDATE SET body = excluded.body"),
            {json});
    return kept ? Result<void>() : Result<void>(kept.error());
}

Result<QByteArray> TutorCatalogueStore::kept(Connection& connection)
{
    const auto row = connection.first(QStringLiteral("SELECT body FROM tutor_catalogue"));
    if (!row) {
        return row.error();
    }
    return *row ? (*row)->bytes(0) : QByteArray();
}

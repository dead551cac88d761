// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/AcademyCatalogue.h"

#include "base/Log.h"
#include "store/Database.h"
#include "store/TutorCatalogueStore.h"
#include "supabase/RestClient.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/ModelCatalogue.h"
#include "wire/Json.h"

AcademyCatalogue::AcademyCatalogue(
    AiTutorStreamManager& tutor, Database& database, RestClient& rest, const UserId& owner, QObject* parent)
    : QObject(parent), m_tutor(tutor), m_database(database), m_rest(rest), m_owner(owner)
{
    if (m_owner.isEmpty()) {
        return;
    }
    whenDone(m_database.read<QByteArray>(&TutorCatalogueStore::kept), this, [this](const Result<QByteArray>& kept) {
        // A program that was replaced by another version may read it differently: then the shipped one holds.
        if (!m_fetched && kept && !kept->isEmpty() && m_tutor.setAcademyCatalogue(*kept)) {
            m_inUse = *kept;
            Q_EMIT changed();
        }
    });
}

Async<bool> AcademyCatalogue::fetch()
{
    const AsyncPromise<bool> promise;
    if (m_owner.isEmpty()) {
        promise.resolve(false);
        return promise.future();
    }
    PostgrestQuery query(QStringLiteral("tutor_catalogue"));
    query.select(QStringLiteral("body"));
    whenDone(m_rest.select(query), this, [this, promise](const Result<QJsonArray>& rows) {
        if (!rows) {
            // An academy from before this table has none.
            if (rows.error().kind == ErrorKind::NotFound) {
                promise.resolve(false);
            } else {
                promise.resolve(rows.error());
            }
            return;
        }
        const QJsonValue body = rows->isEmpty() ? QJsonValue() : rows->first().toObject().value(QLatin1String("body"));
        whenDone(adopt(body.isObject() ? toJson(body) : QByteArray()), this,
            [promise](const Result<bool>& adopted) { promise.resolve(adopted); });
    });
    return promise.future();
}

Async<bool> AcademyCatalogue::adopt(const QByteArray& json)
{
    if (!json.isEmpty()) {
        if (const auto read = ModelCatalogue::parseFromAcademy(json); !read) {
            qCWarning(lcTutor) << "the academy's catalogue is refused:" << read.error().code << read.error().detail;
            Q_EMIT refused(read.error());
            return readyAsync<bool>(Result<bool>(read.error()));
        }
    }
    m_fetched = true;
    const bool isNews = m_inUse != json;
    if (isNews) {
        m_inUse = json;
        // Read above already.
        (void) m_tutor.setAcademyCatalogue(json);
        Q_EMIT changed();
    }
    const AsyncPromise<bool> promise;
    const auto work = [json](Connection& connection) { return TutorCatalogueStore::keep(connection, json); };
    whenDone(m_database.run<void>(work), this, [promise, isNews](const Result<void>& kept) {
        promise.resolve(kept ? Result<bool>(isNews) : Result<bool>(kept.error()));
    });
    return promise.future();
}

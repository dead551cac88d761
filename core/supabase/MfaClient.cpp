// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/MfaClient.h"

#include "supabase/AuthSession.h"
#include "wire/Json.h"

MfaClient::MfaClient(AuthSession& session, QObject* parent)
    : QObject(parent), m_session(session) { }

Async<QList<MfaFactor>> MfaClient::factors()
{
    const AsyncPromise<QList<MfaFactor>> promise;
    whenDone(m_session.askAsUser("GET", QStringLiteral("user"), {}), this,
        [promise](const Result<QJsonObject>& user) {
            if (!user.ok()) {
                promise.resolve(user.error());
                return;
            }
            QList<MfaFactor> factors;
            const QJsonArray entries = user->value(QLatin1String("factors")).toArray();
            for (const QJsonValue& entry : entries) {
                const QJsonObject factor = entry.toObject();
                if (factor.value(QLatin1String("factor_type")) == QLatin1String("totp")) {
                    factors.append({factor.value(QLatin1String("id")).toString(),
                        factor.value(QLatin1String("friendly_name")).toString(),
                        factor.value(QLatin1String("status")) == QLatin1String("verified")});
                }
            }
            promise.resolve(factors);
        });
    return promise.future();
}

Async<MfaEnrolment> MfaClient::enrol(const QString& name, const QString& issuer)
{
    const AsyncPromise<MfaEnrolment> promise;
    const QJsonObject body{{QStringLiteral("factor_type"), QStringLiteral("totp")},
        {QStringLiteral("friendly_name"), name}, {QStringLiteral("issuer"), issuer}};
    whenDone(m_session.askAsUser("POST", QStringLiteral("factors"), body), this,
        [promise](const Result<QJsonObject>& answer) {
            if (!answer.ok()) {
                promise.resolve(answer.error());
                return;
            }
            JsonReader in(*answer, "factor");
            const QString id = in.string("id");
            JsonReader totp(in.object("totp"), "totp");
            MfaEnrolment enrolment{id, totp.string("secret"), totp.string("uri")};
            promise.resolve(in.ok() ? totp.finish(enrolment) : Result<MfaEnrolment>(*in.error()));
        });
    return promise.future();
}

Async<void> MfaClient::verify(const QString& factorId, const QString& code)
{
    const AsyncPromise<void> promise;
    const QString path = QStringLiteral("factors/") + factorId;
    whenDone(m_session.askAsUser("POST", path + QStringLiteral("/challenge"), {}), this,
        [this, promise, path, code](const Result<QJsonObject>& challenge) {
            if (!challenge.ok()) {
                promise.resolve(challenge.error());
                return;
            }
            const QJsonObject body{
                {QStringLiteral("challenge_id"), challenge->value(QLatin1String("id"))},
                {QStringLiteral("code"), code}};
            whenDone(m_session.liftSession(path + QStringLiteral("/verify"), body), this,
                [promise](const Result<void>& lifted) { promise.resolve(lifted); });
        });
    return promise.future();
}

Async<void> MfaClient::remove(const QString& factorId)
{
    const AsyncPromise<void> promise;
    whenDone(m_session.askAsUser("DELETE", QStringLiteral("factors/") + factorId, {}), this,
        [this, promise](const Result<QJsonObject>& answer) {
            if (answer.ok()) {
                m_session.renew();
            }
            promise.resolve(answer.ok() ? Result<void>() : answer.error());
        });
    return promise.future();
}

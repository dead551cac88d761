// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include "wire/Json.h"
#include "wire/Jwks.h"
#include "wire/Jwt.h"

#include <QJsonArray>
#include <QTest>

namespace {

constexpr qint64 longFromNow = 4'102'444'800;
const QByteArray demoSecret = "super-secret-jwt-token-with-at-least-32-characters-long";

QJsonObject strongClaims()
{
    return {{QStringLiteral("sub"), QStringLiteral("22222222-0000-4000-8000-000000000001")},
        {QStringLiteral("role"), QStringLiteral("service_role")}, {QStringLiteral("exp"), longFromNow}};
}

QByteArray unsignedToken(const QJsonObject& header, const QJsonObject& claims)
{
    return base64UrlEncode(toJson(header)) + '.' + base64UrlEncode(toJson(claims));
}

/// A token whose header says what it likes, signed with this shared secret.
QByteArray forged(const QJsonObject& header, const QByteArray& secret)
{
    const QByteArray text = unsignedToken(header, strongClaims());
    return text + '.' + base64UrlEncode(hmacSha256(secret, text));
}

/// The public key as it stands in a PEM file.
QByteArray pemOf(const QJsonObject& jwk)
{
    const auto coordinate = [&jwk](const QString& name) {
        return base64UrlDecode(jwk.value(name).toString().toLatin1()).valueOr({});
    };
    const QByteArray der = QByteArray::fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
        + coordinate(QStringLiteral("x")) + coordinate(QStringLiteral("y"));
    const QByteArray text = der.toBase64();
    return "-----BEGIN PUBLIC KEY-----\n" + text.left(64) + '\n' + text.mid(64)
        + "\n-----END PUBLIC KEY-----\n";
}

} // namespace

/// Tokens that nobody signed, that somebody else signed, or that were good once: no door opens for
/// them, in an academy with a shared secret and in one with a key pair.
class TestAcademyTokens : public QObject
{
    Q_OBJECT

    AcademyFixture m_shared;
    AcademyFixture m_paired;
    QJsonObject m_publicKey; ///< of the paired academy

    static QJsonObject header(const QString& algorithm, const QString& keyId = {})
    {
        QJsonObject header{{QStringLiteral("alg"), algorithm}, {QStringLiteral("typ"), QStringLiteral("JWT")}};
        if (!keyId.isEmpty()) {
            header.insert(QStringLiteral("kid"), keyId);
        }
        return header;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_paired.setArguments({QStringLiteral("--demo"), QStringLiteral("--jwt-alg"), QStringLiteral("es256")});
        QVERIFY2(m_shared.start(), qPrintable(m_shared.problem()));
        QVERIFY2(m_paired.start(), qPrintable(m_paired.problem()));
        m_publicKey = AcademyProbe(m_paired)
                          .get("/auth/v1/.well-known/jwks.json")
                          .object()
                          .value(QStringLiteral("keys"))
                          .toArray()
                          .at(0)
                          .toObject();
        QCOMPARE(m_publicKey.value(QStringLiteral("alg")).toString(), QStringLiteral("ES256"));
    }

    void forgeries_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const QByteArray& token, const char* code = "PGRST301") {
            QTest::newRow(name) << token << QString::fromLatin1(code);
        };
        const QString keyId = m_publicKey.value(QStringLiteral("kid")).toString();
        for (const char* none : {"none", "None", "NONE", "nOnE", ""}) {
            const QByteArray text = unsignedToken(header(QLatin1String(none)), strongClaims());
            row(qPrintable(QStringLiteral("alg \"%1\", no signature").arg(QLatin1String(none))), text + '.');
            row(qPrintable(QStringLiteral("alg \"%1\", some signature").arg(QLatin1String(none))), text + ".c2ln");
        }
        row("two parts", unsignedToken(header(QStringLiteral("none")), strongClaims()));
        row("an empty secret", forged(header(QStringLiteral("HS256")), ""));
        row("a guessed secret", forged(header(QStringLiteral("HS256")), "secret"));
        row("another hash", forged(header(QStringLiteral("HS512")), demoSecret));
        row("the secret for another algorithm", forged(header(QStringLiteral("ES256")), demoSecret));
        row("the secret for RS256", forged(header(QStringLiteral("RS256")), demoSecret));
        row("the public key as a secret", forged(header(QStringLiteral("HS256")), pemOf(m_publicKey)));
        row("the public key, named, as a secret", forged(header(QStringLiteral("HS256"), keyId), pemOf(m_publicKey)));
        row("the public JSON as a secret", forged(header(QStringLiteral("HS256"), keyId), toJson(m_publicKey)));
        row("a coordinate as a secret",
            forged(header(QStringLiteral("HS256"), keyId), m_publicKey.value(QStringLiteral("x")).toString().toLatin1()));
        const auto stranger = SigningKey::create();
        QVERIFY(stranger.ok());
        row("a stranger's key", stranger->sign(strongClaims()));
        QJsonObject disguised = stranger->privateJwk();
        disguised.insert(QStringLiteral("kid"), keyId);
        row("a stranger's key under our name", SigningKey::fromJwk(disguised)->sign(strongClaims()));
        QJsonObject carrying = header(QStringLiteral("ES256"), stranger->keyId());
        carrying.insert(QStringLiteral("jwk"), stranger->publicJwk());
        const QByteArray strange = stranger->sign(strongClaims());
        row("a key in the header", base64UrlEncode(toJson(carrying)) + strange.mid(strange.indexOf('.')));
        row("an empty signature", unsignedToken(header(QStringLiteral("ES256"), keyId), strongClaims()) + '.');
        row("a signature of zeros",
            unsignedToken(header(QStringLiteral("ES256"), keyId), strongClaims()) + '.' + base64UrlEncode(QByteArray(64, '\0')));
        QByteArray lifted = signJwt({{QStringLiteral("role"), QStringLiteral("anon")}, {QStringLiteral("exp"), longFromNow}}, demoSecret);
        row("other claims under a good signature",
            unsignedToken(header(QStringLiteral("HS256")), strongClaims()) + lifted.mid(lifted.lastIndexOf('.')));
        QJsonObject past = strongClaims();
        past.insert(QStringLiteral("exp"), 1'700'000'000);
        row("expired", signJwt(past, demoSecret), "PGRST303");
        QJsonObject future = strongClaims();
        future.insert(QStringLiteral("nbf"), longFromNow - 1);
        row("not yet valid", signJwt(future, demoSecret), "PGRST303");
    }
    void forgeries()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, code);
        for (AcademyFixture* academy : {&m_shared, &m_paired}) {
            AcademyProbe probe(*academy);
            const ProbeHeaders bearer{{"Authorization", "Bearer " + token}, {"X-Supabase-Api-Version", "2024-01-01"}};
            const ProbeHeaders key{{"apikey", token}};
            const ProbeAnswer rest = probe.get("/rest/v1/profiles?select=user_id", bearer);
            QVERIFY2(rest.status == 401 && rest.object().value(QStringLiteral("code")) == code, rest.summary().constData());
            QCOMPARE(probe.get("/rest/v1/profiles?select=user_id", key).status, 401);
            const ProbeAnswer user = probe.get("/auth/v1/user", bearer);
            QVERIFY2(user.status == 403, user.summary().constData());
            const ProbeAnswer people = probe.get("/auth/v1/admin/users", bearer);
            QVERIFY2(people.status == 401 || people.status == 403, people.summary().constData());
            const ProbeAnswer spoken = probe.ask("POST", "/realtime/v1/api/broadcast",
                R"({"messages":[{"topic":"a","event":"b","payload":{},"private":true}]})",
                {{"apikey", token}, {"Authorization", "Bearer " + token}});
            QVERIFY2(spoken.status == 401 || spoken.status == 403, spoken.summary().constData());
            const ProbeAnswer socket = probe.get("/realtime/v1/websocket?vsn=2.0.0",
                {{"apikey", token}, {"Upgrade", "websocket"}, {"Connection", "Upgrade"},
                    {"Sec-WebSocket-Version", "13"}, {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}});
            QVERIFY2(socket.status == 401, socket.summary().constData());
        }
    }

    /// The tests above would pass on an academy that refuses everybody.
    void goodOnesCount()
    {
        for (AcademyFixture* academy : {&m_shared, &m_paired}) {
            AcademyProbe probe(*academy);
            QVERIFY(probe.signInAs(QStringLiteral("teacher@neolingus.demo")));
            QCOMPARE(probe.get("/rest/v1/profiles?select=user_id").status, 200);
            QCOMPARE(probe.get("/auth/v1/user").status, 200);
            probe.useToken(QString::fromLatin1(signJwt(strongClaims(), demoSecret)));
            QCOMPARE(probe.get("/rest/v1/profiles?select=user_id").status, 200);
        }
    }
};

QTEST_GUILESS_MAIN(TestAcademyTokens)
#include "tst_academy_tokens.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Json.h"
#include "wire/Jwks.h"

#include <QTest>

namespace {

constexpr WallTime Now{std::chrono::seconds(1'795'000'000)};

QJsonObject claims(qint64 exp = 1'795'000'001)
{
    return {{QStringLiteral("sub"), QStringLiteral("u1")},
        {QStringLiteral("role"), QStringLiteral("authenticated")}, {QStringLiteral("exp"), exp}};
}

QByteArray setOf(const QJsonArray& keys)
{
    return toJson(QJsonObject{{QStringLiteral("keys"), keys}});
}

/// An RSA key and a token it signed, made with the openssl program for this test.
const char* const RsaSet
    = R"({"keys":[{"kty":"RSA","kid":"school-rsa","alg":"RS256","use":"sig","e":"AQAB","n":"sy6zqcaI1c-7rih__WXuYhOYMFyo91D-SjXqPc80n6_yy8BwkSi2EKuofcQK7I7ydQnzuso0Z1CCb0alI96n-pT38s-TpwinvAsZIR93RW0eHyjOjKhdC522phM8uVKzE1G8AAVcPMFd86yEaqjIssrmiz_AcapkqJQJKZASqzfOfrhNFlOK4_VA6qzgaa9jC_vEBp7iWKiH465l8CTYraOD-5-ZwLMgtJVBhrUVcZUlT1huf7Fb9-5lFHbl1zCkTz2b9WjJivr4hUicUXl6ma-itWB7yTWKY9F1rGPTYJfxdhuRmbuLkxF6Bnj8Eyl_Rlw1xRMjJ_Aey-vOrwA7VQ"}]})";
const char* const RsaToken
    = "eyJhbGciOiJSUzI1NiIsImtpZCI6InNjaG9vbC1yc2EiLCJ0eXAiOiJKV1QifQ."
      "eyJzdWIiOiJ1MSIsInJvbGUiOiJhdXRoZW50aWNhdGVkIiwiZXhwIjoxNzk1MDAwMDAxfQ."
      "inlpc0NuURvE37cfwsdtvuoBEfg1tcB7Y_up4oR--asLoSRD0vcAG28E9qD7Vkd5nmLDUYC-g-"
      "ZVafgpVHGPmFgpYzKTX"
      "MIIbFoPqrPoaof4AKdrH8BcLIe3uSPAfctZlX_NpsyZd7rZLiuQvAOs3x9xPclvS9vim5VZMNPFltL8-XQkcK0wrz-yZ"
      "oFG75ThOwi1sUJGS11MuQ1ukRd_xaMr9wNS_OssDB_NfW_mrKG_qF7hew3RBKEtRodOLAh1DhZYEXxluy4X_ftc7-Q0O"
      "D0jXkEPidhpMmm_S5vL9WrJ5_3UuKm2JPc7mQe7oVI5WsqmiVwQ-Oqf5wQulRkwQA";

} // namespace

class TestJwks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExampleOfRfc7515()
    {
        const auto set = JwkSet::parse(
            R"({"keys":[{"kty":"EC","crv":"P-256","kid":"rfc","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
        QVERIFY(set.ok());
        const QByteArray signedPart = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTk"
                                      "zODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        const QByteArray signature = base64UrlDecode("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXF"
                                                     "CgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")
                                         .value();
        const JwtHeader header{QStringLiteral("ES256"), QStringLiteral("rfc")};
        QVERIFY(!set->check(header, signedPart, signature));
        QCOMPARE(
            set->check(header, signedPart + 'x', signature)->code, QStringLiteral("jwt_signature"));
    }

    void aKeySignsWhatItsPublicHalfVerifies()
    {
        const auto key = SigningKey::create();
        QVERIFY(key.ok());
        const auto set = JwkSet::parse(setOf({key->publicJwk()}));
        QVERIFY(set.ok());
        QVERIFY(set->contains(key->keyId()));
        const QByteArray token = key->sign(claims());
        const auto read = set->verify(token, Now);
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().code));
        QCOMPARE(read->subject, QStringLiteral("u1"));
        QCOMPARE(set->verify(token, Now + std::chrono::seconds(1)).error().code,
            QStringLiteral("jwt_expired"));
        QVERIFY(!key->publicJwk().contains(QStringLiteral("d")));
    }

    void aKeptKeyIsTheSameKey()
    {
        const auto key = SigningKey::create();
        const auto again = SigningKey::fromJwk(key->privateJwk());
        QVERIFY(again.ok());
        QCOMPARE(again->publicJwk(), key->publicJwk());
        const auto set = JwkSet::parse(setOf({key->publicJwk()}));
        QVERIFY(set->verify(again->sign(claims()), Now).ok());
        QJsonObject halves = key->privateJwk();
        halves.insert(
            QStringLiteral("x"), SigningKey::create()->publicJwk().value(QStringLiteral("x")));
        QCOMPARE(SigningKey::fromJwk(halves).error().code, QStringLiteral("jwk_malformed"));
    }

    void anRsaTokenIsVerified()
    {
        const auto set = JwkSet::parse(RsaSet);
        QVERIFY(set.ok());
        QCOMPARE(set->size(), 1);
        const auto read = set->verify(RsaToken, Now);
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().code));
        QByteArray other(RsaToken);
        other[other.size() - 20] = other[other.size() - 20] == 'A' ? 'B' : 'A';
        QCOMPARE(set->verify(other, Now).error().code, QStringLiteral("jwt_signature"));
    }

    void theTokensOwnWordDecidesNothing_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("code");
        const QByteArray kid = R"(,"kid":"school-rsa"})";
        QTest::newRow("none") << QByteArray(R"({"alg":"none")" + kid)
                              << QStringLiteral("jwt_algorithm");
        QTest::newRow("the public key as a shared secret")
            << QByteArray(R"({"alg":"HS256")" + kid) << QStringLiteral("jwt_algorithm");
        QTest::newRow("another kind of key")
            << QByteArray(R"({"alg":"ES256")" + kid) << QStringLiteral("jwt_algorithm");
        QTest::newRow("no name of a key")
            << QByteArray(R"({"alg":"RS256"})") << QStringLiteral("jwt_unknown_key");
        QTest::newRow("a key in the token")
            << QByteArray(R"({"alg":"RS256","kid":"mine","jwk":{"kty":"RSA"}})")
            << QStringLiteral("jwt_unknown_key");
    }
    void theTokensOwnWordDecidesNothing()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, code);
        const auto set = JwkSet::parse(RsaSet);
        const QByteArray body = base64UrlEncode(header) + '.' + base64UrlEncode(toJson(claims()));
        const QByteArray token = body + '.' + base64UrlEncode(hmacSha256(RsaSet, body));
        QCOMPARE(set->verify(token, Now).error().code, code);
        QCOMPARE(set->verify(body + '.', Now).error().code, code);
    }

    void signaturesOfTheWrongLengthAreRefused()
    {
        const auto key = SigningKey::create();
        const auto set = JwkSet::parse(setOf({key->publicJwk()}));
        QByteArray token = key->sign(claims());
        const QByteArray body = token.left(token.lastIndexOf('.') + 1);
        for (const qsizetype length : {0, 1, 63, 65, 2000}) {
            QCOMPARE(
                set->verify(body + base64UrlEncode(QByteArray(length, '\x01')), Now).error().code,
                QStringLiteral("jwt_signature"));
        }
        // Zero is no number of a signature.
        QCOMPARE(set->verify(body + base64UrlEncode(QByteArray(64, '\0')), Now).error().code,
            QStringLiteral("jwt_signature"));
    }

    void keysThatDoNotCountAreLeftOut_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("symmetric")
            << QByteArray(R"({"kty":"oct","kid":"a","k":"c2VjcmV0","alg":"HS256"})");
        QTest::newRow("for encryption") << QByteArray(
            R"({"kty":"EC","crv":"P-256","kid":"a","use":"enc","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
        QTest::newRow("off the curve") << QByteArray(
            R"({"kty":"EC","crv":"P-256","kid":"a","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})");
        QTest::newRow("a short RSA key") << QByteArray(
            R"({"kty":"RSA","kid":"a","n":"sy6zqcaI1c-7rih__WXuYhOYMFyo91D","e":"AQAB"})");
        QTest::newRow("without a name") << QByteArray(
            R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
        QTest::newRow("another algorithm than its kind") << QByteArray(
            R"({"kty":"EC","crv":"P-256","kid":"a","alg":"RS256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
        QTest::newRow("no object") << QByteArray("7");
    }
    void keysThatDoNotCountAreLeftOut()
    {
        QFETCH(QByteArray, key);
        const auto set = JwkSet::parse("{\"keys\":[" + key + "]}");
        QVERIFY(set.ok());
        QCOMPARE(set->size(), 0);
    }

    void whatIsNoSetIsAnError()
    {
        for (const char* text : {"", "[]", "{}", "{\"keys\":{}}", "<html>"}) {
            QCOMPARE(JwkSet::parse(text).error().code, QStringLiteral("jwks_malformed"));
        }
        QJsonArray many;
        for (int i = 0; i < JwkSet::MostKeys + 8; ++i) {
            many.append(SigningKey::create()->publicJwk());
        }
        QCOMPARE(JwkSet::parse(setOf(many))->size(), JwkSet::MostKeys);
    }
};

QTEST_GUILESS_MAIN(TestJwks)
#include "tst_jwks.moc"

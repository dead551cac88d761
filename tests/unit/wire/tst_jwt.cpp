// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Jwt.h"

#include "wire/Json.h"

#include <QTest>

namespace {

const QByteArray Secret = "a-secret-of-at-least-thirty-two-characters";
constexpr WallTime Now{std::chrono::seconds(1'795'000'000)};

QJsonObject claims(qint64 exp)
{
    return {{QStringLiteral("sub"), QStringLiteral("u1")},
        {QStringLiteral("role"), QStringLiteral("authenticated")}, {QStringLiteral("exp"), exp}};
}

QByteArray tokenWith(
    const QByteArray& header, const QByteArray& body, const QByteArray& secret = Secret)
{
    const QByteArray signedPart = base64UrlEncode(header) + '.' + base64UrlEncode(body);
    return signedPart + '.' + base64UrlEncode(hmacSha256(secret, signedPart));
}

} // namespace

class TestJwt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExampleOfRfc7515()
    {
        const QByteArray key = base64UrlDecode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-"
                                               "1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
                                   .value();
        const QByteArray token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                                 ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                                 "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                                 ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        const auto valid = verifyJwt(token, key, WallTime(std::chrono::seconds(1'300'819'379)));
        QVERIFY(valid.ok());
        QCOMPARE(valid->all.value(QStringLiteral("iss")).toString(), QStringLiteral("joe"));
        QCOMPARE(verifyJwt(token, key, WallTime(std::chrono::seconds(1'300'819'380))).error().code,
            QStringLiteral("jwt_expired"));
    }

    void whatIsSignedIsAccepted()
    {
        const auto read = verifyJwt(signJwt(claims(1'795'000'001), Secret), Secret, Now);
        QVERIFY(read.ok());
        QCOMPARE(read->subject, QStringLiteral("u1"));
        QCOMPARE(read->role, QStringLiteral("authenticated"));
        QCOMPARE(read->expiresAt->time_since_epoch().count(), 1'795'000'001);
    }

    void whatIsNotRightIsRefused_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("code");
        const QByteArray body = toJson(claims(1'795'000'100));
        const QByteArray hs256 = R"({"alg":"HS256"})";
        const QByteArray good = tokenWith(hs256, body);
        const auto row = [](const char* name, const QByteArray& token, const char* code) {
            QTest::newRow(name) << token << QString::fromLatin1(code);
        };
        row("another secret", tokenWith(hs256, body, "x"), "jwt_signature");
        row("changed body",
            good.left(good.indexOf('.')) + '.' + base64UrlEncode(toJson(claims(1'999'999'999)))
                + good.mid(good.lastIndexOf('.')),
            "jwt_signature");
        row("no signature", good.left(good.lastIndexOf('.') + 1), "jwt_signature");
        row("alg none", base64UrlEncode(R"({"alg":"none"})") + '.' + base64UrlEncode(body) + '.',
            "jwt_algorithm");
        row("alg RS256", tokenWith(R"({"alg":"RS256"})", body), "jwt_algorithm");
        row("alg hs256 in small letters", tokenWith(R"({"alg":"hs256"})", body), "jwt_algorithm");
        row("no alg", tokenWith("{}", body), "jwt_algorithm");
        row("expired", signJwt(claims(1'795'000'000), Secret), "jwt_expired");
        row("exp is text", tokenWith(hs256, R"({"exp":"never"})"), "jwt_malformed");
        row("exp is beyond everything", tokenWith(hs256, R"({"exp":1e300})"), "jwt_malformed");
        row("not yet valid", tokenWith(hs256, R"({"nbf":1795000031})"), "jwt_not_yet_valid");
        row("two parts", "a.b", "jwt_malformed");
        row("four parts", good + ".x", "jwt_malformed");
        row("empty", "", "jwt_malformed");
        row("not base64", "6312.6312.6312", "jwt_malformed");
        row("body is no object", tokenWith(hs256, "[]"), "jwt_malformed");
    }
    void whatIsNotRightIsRefused()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, code);
        const auto read = verifyJwt(token, Secret, Now);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, code);
        QCOMPARE(read.error().kind, ErrorKind::Unauthorized);
    }

    void readingDoesNotVerify()
    {
        const auto read = readJwt(tokenWith(R"({"alg":"ES256"})", toJson(claims(5)), "other"));
        QVERIFY(read.ok());
        QCOMPARE(read->subject, QStringLiteral("u1"));
        QVERIFY(!readJwt("nothing").ok());
    }

    void base64HasNoPadding()
    {
        QCOMPARE(base64UrlEncode(QByteArray("\xfb\xff\xfe", 3)), QByteArray("-__-"));
        QCOMPARE(base64UrlEncode("a"), QByteArray("YQ"));
        QCOMPARE(*base64UrlDecode("YQ"), QByteArray("a"));
        QCOMPARE(*base64UrlDecode("YQ=="), QByteArray("a"));
        QVERIFY(!base64UrlDecode("+/").ok());
    }

    void comparisonIsByContent()
    {
        QVERIFY(constantTimeEqual("abc", "abc"));
        QVERIFY(!constantTimeEqual("abc", "abd"));
        QVERIFY(!constantTimeEqual("abc", "ab"));
        QVERIFY(constantTimeEqual("", ""));
    }
};

QTEST_GUILESS_MAIN(TestJwt)
#include "tst_jwt.moc"

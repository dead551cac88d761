// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Jwks.h"

#include "wire/Json.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <QCryptographicHash>

namespace {

constexpr int FieldBytes = 32; // P-256
constexpr int LeastRsaBits = 2048;
constexpr int MostRsaBits = 8192;

template <auto Free> struct Deleter
{
    template <typename T> void operator()(T* thing) const { Free(thing); }
};
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;
using Key = std::shared_ptr<EVP_PKEY>;

Error refused(const char* code)
{
    return {ErrorKind::Unauthorized, QLatin1String(code), {}, {}};
}

Error malformed(const char* code)
{
    return {ErrorKind::Protocol, QLatin1String(code), {}, {}};
}

const unsigned char* bytes(QByteArrayView text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

BigNumber number(QByteArrayView bigEndian)
{
    return BigNumber(BN_bin2bn(bytes(bigEndian), int(bigEndian.size()), nullptr));
}

QByteArray member(const QJsonObject& key, const char* name)
{
    return base64UrlDecode(key.value(QLatin1String(name)).toString().toLatin1()).valueOr({});
}

Key keyFrom(const char* kind, int selection, const ParamBuilder& builder)
{
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) <= 0
        || EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) <= 0) {
        return {};
    }
    return {key, EVP_PKEY_free};
}

/// A key on P-256; `secret` is empty for a public one. Points off the curve are refused.
Key ecKey(const QByteArray& x, const QByteArray& y, const QByteArray& secret)
{
    if (x.size() != FieldBytes || y.size() != FieldBytes) {
        return {};
    }
    const QByteArray point = '\x04' + x + y;
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(
        builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), size_t(point.size()));
    const BigNumber d = number(secret);
    if (!secret.isEmpty()) {
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d.get());
    }
    Key key = keyFrom("EC", secret.isEmpty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR, builder);
    const KeyContext check(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
    const bool sound = check
        && (secret.isEmpty() ? EVP_PKEY_public_check(check.get())
                             : EVP_PKEY_pairwise_check(check.get()))
            > 0;
    return sound ? key : Key();
}

Key rsaKey(const QByteArray& modulus, const QByteArray& exponent)
{
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    const BigNumber n = number(modulus);
    const BigNumber e = number(exponent);
    if (BN_num_bits(n.get()) < LeastRsaBits || BN_num_bits(n.get()) > MostRsaBits
        || exponent.isEmpty() || exponent.size() > 8) {
        return {};
    }
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return keyFrom("RSA", EVP_PKEY_PUBLIC_KEY, builder);
}

/// JOSE writes the two numbers side by side, OpenSSL wants them in DER.
QByteArray derFrom(QByteArrayView signature)
{
    const EcSignature pair(ECDSA_SIG_new());
    ECDSA_SIG_set0(pair.get(), number(signature.first(FieldBytes)).release(),
        number(signature.sliced(FieldBytes)).release());
    QByteArray der(i2d_ECDSA_SIG(pair.get(), nullptr), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_ECDSA_SIG(pair.get(), &out);
    return der;
}

QByteArray joseFrom(const QByteArray& der)
{
    const unsigned char* in = bytes(der);
    const EcSignature pair(d2i_ECDSA_SIG(nullptr, &in, der.size()));
    QByteArray signature(2 * FieldBytes, '\0');
    auto* out = reinterpret_cast<unsigned char*>(signature.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, FieldBytes);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + FieldBytes, FieldBytes);
    return signature;
}

QByteArray numberOf(const Key& key, const char* name)
{
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key.get(), name, &value);
    const BigNumber owner(value);
    QByteArray out(FieldBytes, '\0');
    BN_bn2binpad(owner.get(), reinterpret_cast<unsigned char*>(out.data()), FieldBytes);
    return out;
}

QString encoded(const QByteArray& value)
{
    return QString::fromLatin1(base64UrlEncode(value));
}

QJsonObject coordinates(const Key& key)
{
    return {{QStringLiteral("kty"), QStringLiteral("EC")},
        {QStringLiteral("crv"), QStringLiteral("P-256")},
        {QStringLiteral("x"), encoded(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_X))},
        {QStringLiteral("y"), encoded(numberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y))}};
}

} // namespace

std::optional<JwkSet::Key> JwkSet::read(const QJsonObject& key)
{
    const auto says
        = [&key](const char* name) { return key.value(QLatin1String(name)).toString(); };
    const QString use = says("use");
    const QString algorithm = says("alg");
    if (!use.isEmpty() && use != QLatin1String("sig")) {
        return std::nullopt;
    }
    Key read;
    if (says("kty") == QLatin1String("EC") && says("crv") == QLatin1String("P-256")) {
        read = {QStringLiteral("ES256"), ecKey(member(key, "x"), member(key, "y"), {})};
    } else if (says("kty") == QLatin1String("RSA")) {
        read = {QStringLiteral("RS256"), rsaKey(member(key, "n"), member(key, "e"))};
    }
    const bool fits = algorithm.isEmpty() || algorithm == read.algorithm;
    return read.key && fits ? std::optional(read) : std::nullopt;
}

Result<JwkSet> JwkSet::parse(QByteArrayView json)
{
    const Result<QJsonValue> value = parseJson(json);
    const QJsonValue keys
        = value.ok() ? value->toObject().value(QLatin1String("keys")) : QJsonValue();
    if (!keys.isArray()) {
        return malformed("jwks_malformed");
    }
    JwkSet set;
    const QJsonArray entries = keys.toArray();
    for (const QJsonValue& entry : entries) {
        const QJsonObject object = entry.toObject();
        const QString keyId = object.value(QLatin1String("kid")).toString();
        const auto key = keyId.isEmpty() || set.size() >= MostKeys ? std::nullopt : read(object);
        if (key) {
            set.m_keys.insert(keyId, *key);
        }
    }
    return set;
}

std::optional<Error> JwkSet::check(
    const JwtHeader& header, QByteArrayView signedPart, QByteArrayView signature) const
{
    const auto found = m_keys.constFind(header.keyId);
    if (found == m_keys.constEnd()) {
        return refused("jwt_unknown_key");
    }
    if (header.algorithm != found->algorithm) {
        return refused("jwt_algorithm");
    }
    const bool elliptic = found->algorithm == QLatin1String("ES256");
    if (elliptic && signature.size() != 2 * FieldBytes) {
        return refused("jwt_signature");
    }
    const QByteArray given = elliptic ? derFrom(signature) : signature.toByteArray();
    const DigestContext context(EVP_MD_CTX_new());
    const bool right
        = EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, found->key.get()) > 0
        && EVP_DigestVerify(context.get(), bytes(given), size_t(given.size()), bytes(signedPart),
               size_t(signedPart.size()))
            == 1;
    return right ? std::nullopt : std::optional(refused("jwt_signature"));
}

Result<JwtClaims> JwkSet::verify(QByteArrayView token, WallTime now) const
{
    return verifyJwt(
        token,
        [this](const JwtHeader& header, QByteArrayView signedPart, QByteArrayView signature) {
            return check(header, signedPart, signature);
        },
        now);
}

SigningKey::SigningKey(std::shared_ptr<evp_pkey_st> key, QString keyId)
    : m_key(std::move(key)), m_keyId(std::move(keyId))
{
}

Result<SigningKey> SigningKey::create()
{
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    if (!key) {
        return malformed("jwk_malformed");
    }
    // RFC 7638: the required members in the order of their names, which toJson() keeps.
    const QByteArray thumbprint
        = QCryptographicHash::hash(toJson(coordinates(key)), QCryptographicHash::Sha256);
    return SigningKey(key, encoded(thumbprint));
}

Result<SigningKey> SigningKey::fromJwk(const QJsonObject& jwk)
{
    const QByteArray secret = member(jwk, "d");
    const QString keyId = jwk.value(QLatin1String("kid")).toString();
    const bool usable = secret.size() == FieldBytes && !keyId.isEmpty()
        && jwk.value(QLatin1String("crv")) == QLatin1String("P-256");
    Key key = usable ? ecKey(member(jwk, "x"), member(jwk, "y"), secret) : Key();
    if (!key) {
        return malformed("jwk_malformed");
    }
    return SigningKey(key, keyId);
}

QJsonObject SigningKey::publicJwk() const
{
    QJsonObject jwk = coordinates(m_key);
    jwk.insert(QStringLiteral("kid"), m_keyId);
    jwk.insert(QStringLiteral("alg"), QStringLiteral("ES256"));
    jwk.insert(QStringLiteral("use"), QStringLiteral("sig"));
    jwk.insert(QStringLiteral("key_ops"), QJsonArray{QStringLiteral("verify")});
    return jwk;
}

QJsonObject SigningKey::privateJwk() const
{
    QJsonObject jwk = coordinates(m_key);
    jwk.insert(QStringLiteral("kid"), m_keyId);
    jwk.insert(QStringLiteral("d"), encoded(numberOf(m_key, OSSL_PKEY_PARAM_PRIV_KEY)));
    return jwk;
}

QByteArray SigningKey::sign(const QJsonObject& claims) const
{
    const QJsonObject header{{QStringLiteral("alg"), QStringLiteral("ES256")},
        {QStringLiteral("kid"), m_keyId}, {QStringLiteral("typ"), QStringLiteral("JWT")}};
    const QByteArray body = base64UrlEncode(toJson(header)) + '.' + base64UrlEncode(toJson(claims));
    const DigestContext context(EVP_MD_CTX_new());
    size_t length = 0;
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get());
    EVP_DigestSign(context.get(), nullptr, &length, bytes(body), size_t(body.size()));
    QByteArray der(qsizetype(length), '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &length,
        bytes(body), size_t(body.size()));
    der.truncate(qsizetype(length));
    return body + '.' + base64UrlEncode(joseFrom(der));
}

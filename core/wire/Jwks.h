// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/Jwt.h"

#include <QHash>
#include <QJsonArray>

#include <memory>

struct evp_pkey_st;

/// JSON Web Keys (RFC 7517, 7518): ES256 on P-256 and RS256 with at least 2048 bits. Pure; any
/// thread.

/// The public keys of one issuer. Keys of other kinds, for other uses or without a name are left
/// out, symmetric ones always: a token signed with a published key would prove nothing. A value.
class JwkSet
{
public:
    /// More keys than this are not read.
    static constexpr int MostKeys = 32;

    /// `{"keys": […]}`. ErrorKind::Protocol, code "jwks_malformed".
    static Result<JwkSet> parse(QByteArrayView json);

    bool contains(const QString& keyId) const { return m_keys.contains(keyId); }
    qsizetype size() const { return m_keys.size(); }

    /// The claims of a token that one of these keys signed. The key's own algorithm decides, not
    /// the token's word alone. Codes as verifyJwt(), and "jwt_unknown_key".
    Result<JwtClaims> verify(QByteArrayView token, WallTime now) const;
    /// The same as a check for verifyJwt().
    std::optional<Error> check(
        const JwtHeader& header, QByteArrayView signedPart, QByteArrayView signature) const;

private:
    struct Key
    {
        QString algorithm;
        std::shared_ptr<evp_pkey_st> key;
    };
    static std::optional<Key> read(const QJsonObject& key);

    QHash<QString, Key> m_keys;
};

/// A private P-256 key that signs ES256 tokens. Immutable; shared between threads.
class SigningKey
{
public:
    /// A new key; its name is its thumbprint (RFC 7638).
    static Result<SigningKey> create();
    /// From privateJwk(). Code "jwk_malformed".
    static Result<SigningKey> fromJwk(const QJsonObject& jwk);

    const QString& keyId() const { return m_keyId; }
    QJsonObject publicJwk() const;
    /// Whoever reads this can sign anything.
    QJsonObject privateJwk() const;
    QByteArray sign(const QJsonObject& claims) const;

private:
    SigningKey(std::shared_ptr<evp_pkey_st> key, QString keyId);

    std::shared_ptr<evp_pkey_st> m_key;
    QString m_keyId;
};

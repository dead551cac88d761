// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PackSignature.h"

#include <openssl/evp.h>

#include <memory>

namespace {

Error defect(const char* code, const QString& detail)
{
    return Error {ErrorKind::Invalid, QLatin1String(code), detail, {}};
}

bool verifies(const QByteArray& key, const QByteArray& message, const QByteArray& signature)
{
    const auto bytes = [](const QByteArray& array) {
        return reinterpret_cast<const unsigned char*>(array.constData());
    };
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> publicKey(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(key), std::size_t(key.size())),
        &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return publicKey && context
        && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, publicKey.get()) == 1
        && EVP_DigestVerify(context.get(), bytes(signature), std::size_t(signature.size()),
               bytes(message), std::size_t(message.size()))
        == 1;
}

} // namespace

Result<QString> verifyPackSignature(
    const QByteArray& manifest, const QJsonObject& parsed, const QHash<QString, QByteArray>& keys)
{
    const QJsonValue value = parsed.value(QLatin1String("signature"));
    if (value.isUndefined()) {
        return QString();
    }
    const QJsonObject signature = value.toObject();
    const QString keyId = signature.value(QLatin1String("keyId")).toString();
    const QByteArray text = signature.value(QLatin1String("sig")).toString().toUtf8();
    if (signature.value(QLatin1String("alg")).toString() != QLatin1String("ed25519")
        || keyId.isEmpty() || text.size() < 40 || manifest.count(text) != 1) {
        return defect("pack_signature", QStringLiteral("alg, keyId or sig"));
    }
    if (!keys.contains(keyId)) {
        return defect("pack_unknown_key", keyId);
    }
    QByteArray message = manifest;
    message.replace(text, QByteArray());
    if (!verifies(keys.value(keyId), message, QByteArray::fromBase64(text))) {
        return defect("pack_signature", keyId);
    }
    return keyId;
}

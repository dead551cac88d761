// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/http/LanCertificate.h"

#include "wire/CertificateWords.h"

#include <QFile>
#include <QSaveFile>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace academy {
namespace {

constexpr long lifetime = 60L * 60 * 24 * 3653;
constexpr long clockSkew = 60L * 60 * 24;

template <auto Free> struct Freed
{
    template <typename Thing> void operator()(Thing* thing) const { Free(thing); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Freed<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

Error failure(const QString& sentence)
{
    return Error{ErrorKind::Storage, QStringLiteral("data_dir"), sentence, std::nullopt};
}

std::string contentsOf(BIO* bio)
{
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

bool extend(X509* certificate, int kind, const char* value)
{
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

CertificatePtr selfSigned(EVP_PKEY* key)
{
    CertificatePtr certificate(X509_new());
    unsigned char serial[8];
    if (!certificate || RAND_bytes(serial, sizeof serial) != 1) {
        return nullptr;
    }
    serial[0] &= 0x7f;
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
    X509* const x509 = certificate.get();
    X509_NAME* const name = X509_get_subject_name(x509);
    const bool made = number && X509_set_version(x509, 2) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509)) != nullptr
        && X509_gmtime_adj(X509_getm_notBefore(x509), -clockSkew) != nullptr
        && X509_gmtime_adj(X509_getm_notAfter(x509), lifetime) != nullptr
        && X509_set_pubkey(x509, key) == 1
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
               reinterpret_cast<const unsigned char*>("neolingus-academy"), -1, -1, 0)
            == 1
        && X509_set_issuer_name(x509, name) == 1
        && extend(x509, NID_subject_alt_name, "DNS:neolingus-academy,DNS:neolingus-academy.local")
        && extend(x509, NID_basic_constraints, "critical,CA:FALSE")
        && extend(x509, NID_ext_key_usage, "serverAuth") && X509_sign(x509, key, EVP_sha256()) > 0;
    return made ? std::move(certificate) : nullptr;
}

bool write(const QString& path, const std::string& text, QFileDevice::Permissions permissions)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(permissions)
        && file.write(text.data(), qint64(text.size())) == qint64(text.size()) && file.commit();
}

std::string contentsOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QByteArray fingerprintOf(const std::string& pem)
{
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const CertificatePtr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    unsigned char* der = nullptr;
    const int size = certificate ? i2d_X509(certificate.get(), &der) : 0;
    if (size <= 0) {
        return {};
    }
    const QByteArray fingerprint
        = certificateFingerprint(QByteArrayView(reinterpret_cast<const char*>(der), size));
    OPENSSL_free(der);
    return fingerprint;
}

} // namespace

Result<LanCertificate> LanCertificate::open(const std::filesystem::path& directory)
{
    const auto path = [&directory](const char* name) {
        return QString::fromStdString((directory / name).string());
    };
    const QString certificatePath = path("lan-certificate.pem");
    const QString keyPath = path("lan-key.pem");
    LanCertificate known{contentsOf(certificatePath), contentsOf(keyPath), {}};
    if (!known.certificatePem.empty() && !known.keyPem.empty()) {
        known.fingerprint = fingerprintOf(known.certificatePem);
        if (known.fingerprint.isEmpty()) {
            return failure(QStringLiteral("The certificate %1 is damaged. Remove it and %2 to have "
                                          "new ones; every student's machine then asks again.")
                               .arg(certificatePath, keyPath));
        }
        return known;
    }
    const KeyPtr key(EVP_EC_gen("P-256"));
    const CertificatePtr certificate = key ? selfSigned(key.get()) : nullptr;
    const BioPtr keyText(BIO_new(BIO_s_mem()));
    const BioPtr certificateText(BIO_new(BIO_s_mem()));
    if (!certificate
        || PEM_write_bio_PKCS8PrivateKey(
               keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr)
            != 1
        || PEM_write_bio_X509(certificateText.get(), certificate.get()) != 1) {
        return failure(QStringLiteral("OpenSSL could not make a certificate."));
    }
    LanCertificate made{contentsOf(certificateText.get()), contentsOf(keyText.get()), {}};
    made.fingerprint = fingerprintOf(made.certificatePem);
    const auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    // The certificate last: without it the key counts for nothing and both are made again.
    if (!write(keyPath, made.keyPem, owner)
        || !write(certificatePath, made.certificatePem,
            owner | QFileDevice::ReadGroup | QFileDevice::ReadOther)) {
        return failure(
            QStringLiteral("The certificate %1 cannot be written.").arg(certificatePath));
    }
    return made;
}

} // namespace academy

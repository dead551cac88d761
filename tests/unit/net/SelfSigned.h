// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslKey>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

/// A certificate that nobody signed but itself, with its key, made for one test.
struct SelfSigned
{
    SelfSigned()
    {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
        X509_set_version(x509.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
        X509_set_pubkey(x509.get(), pair.get());
        X509_NAME* name = X509_get_subject_name(x509.get());
        X509_NAME_add_entry_by_txt(
            name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("academy"), -1, -1, 0);
        X509_set_issuer_name(x509.get(), name);
        X509_sign(x509.get(), pair.get(), EVP_sha256());
        certificate = QSslCertificate(textOf([&](BIO* out) { PEM_write_bio_X509(out, x509.get()); }));
        key = QSslKey(textOf([&](BIO* out) {
            PEM_write_bio_PrivateKey(out, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
        }), QSsl::Ec);
    }

    QByteArray fingerprint() const { return certificate.digest(QCryptographicHash::Sha256); }

    QSslCertificate certificate;
    QSslKey key;

private:
    template <typename Write> static QByteArray textOf(Write write)
    {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
        write(out.get());
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(out.get(), &bytes);
        return {bytes, qsizetype(size)};
    }
};

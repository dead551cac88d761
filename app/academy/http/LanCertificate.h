// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>

#include <filesystem>
#include <string>

namespace academy {

/// The certificate with which an academy shows itself on a local network. It is made once, signed
/// by itself, kept with the cluster, and good for ten years: nobody vouches for it, the students'
/// machines remember it by the words of its fingerprint (wire/CertificateWords.h).
struct LanCertificate
{
    std::string certificatePem;
    std::string keyPem;
    QByteArray fingerprint; ///< SHA-256 of the certificate in DER

    /// Reads `lan-certificate.pem` and `lan-key.pem` of a directory, or makes them; the key is
    /// readable for its owner only. Errors carry a sentence in `detail`, code "data_dir".
    static Result<LanCertificate> open(const std::filesystem::path& directory);
};

} // namespace academy

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

class QSslConfiguration;
class QSslError;
class QUrl;

/// The only certificate that one server may show: an academy in the local network makes its own, and
/// whoever joins it knows its fingerprint. Towards that host and port nothing else is accepted, not
/// even what an authority signed, and nothing without TLS; other hosts are judged as usual.
/// A value type.
struct CertificatePin
{
    QString host;
    int port = 443;
    QByteArray sha256; ///< of the certificate's DER form, 32 bytes; empty: no pin

    bool appliesTo(const QUrl& url) const;
    /// Why nothing may be sent to this address at all: ErrorKind::Protocol, "certificate_missing".
    std::optional<Error> objectionTo(const QUrl& url) const;
    /// A configuration under which every certificate comes up for judgement.
    static QSslConfiguration trustingNobody();
    /// True when these complaints are about the pinned certificate showing itself, and no other.
    bool accepts(const QList<QSslError>& complaints) const;
    /// ErrorKind::Protocol, "certificate_mismatch": the server is another, or somebody is between.
    static Error mismatch();
};

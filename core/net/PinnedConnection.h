// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/CertificatePin.h"

/// The only place where a complaint about a certificate is set aside: `connection` (QNetworkReply or
/// QSslSocket) goes on when the complaints are about the pinned certificate showing itself. False,
/// and the connection fails, when they are about anything else.
template<typename Connection>
bool passPinned(Connection& connection, const CertificatePin& pin, const QList<QSslError>& complaints)
{
    if (!pin.accepts(complaints)) {
        return false;
    }
    connection.ignoreSslErrors(complaints);
    return true;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/CertificatePin.h"
#include "wire/Phoenix.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

/// Where an academy lives: a Supabase project or the embedded academy. The key is public by design;
/// row-level security decides what it may see.
struct Project
{
    QUrl url; ///< such as https://abc.supabase.co or http://127.0.0.1:54321
    QString anonKey;
    /// Of an academy in the local network, which made its own certificate: the certificate's
    /// SHA-256. Give it to the HTTP and socket classes; empty: certificates are judged as usual.
    QByteArray certificatePin {};

    bool operator==(const Project&) const = default;

    /// The address a person typed: https:// unless it says otherwise, and http:// for this computer
    /// itself. Invalid when it is no address of an academy.
    static QUrl urlFrom(const QString& typed);

    /// The pin for whoever talks to this academy.
    CertificatePin pin() const { return {url.host(), url.port(443), certificatePin}; }
    QUrl authUrl(const QString& path) const { return at(QStringLiteral("/auth/v1/") + path); }
    QUrl restUrl() const { return at(QStringLiteral("/rest/v1/")); }
    /// The realtime socket with the key in its query.
    QUrl socketUrl(PhoenixVersion version = PhoenixVersion::V2) const;
    /// Below the realtime service's HTTP address, such as "api/broadcast".
    QUrl realtimeUrl(const QString& path) const { return at(QStringLiteral("/realtime/v1/") + path); }
    /// Names this academy on this computer: host, and the port unless it is the usual one.
    QString storageName() const;

private:
    QUrl at(const QString& path) const;
};

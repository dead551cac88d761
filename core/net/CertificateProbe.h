// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Scheduler.h"

#include <QByteArray>
#include <QObject>
#include <QUrl>

/// The certificate a server showed when it was asked.
struct ShownCertificate
{
    QByteArray sha256;     ///< of its DER form, 32 bytes
    bool isVouchedFor = false; ///< an authority of this computer signed it for this server
    bool isSelfMade = false;   ///< nobody signed it but itself: a CertificatePin could let it pass
};

/// Looks at the certificate of an https address and says nothing there: the connection ends as soon
/// as the certificate is known. GUI thread; unanswered questions are cancelled when it dies.
/// Errors: Offline "network_unreachable", Timeout "tls_timeout", Protocol "tls_failed" for a server
/// that does not speak TLS.
class CertificateProbe final
{
public:
    explicit CertificateProbe(Scheduler& scheduler) : m_scheduler(scheduler) { }

    Async<ShownCertificate> look(const QUrl& url);

private:
    Scheduler& m_scheduler;
    QObject m_looks; ///< parent of what is under way
};

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ConnectionStatus.h"

namespace {

ConnectionStatus make(const char* kind, const char* icon, const char* tone, const QString& label, const QString& detail)
{
    ConnectionStatus status;
    status.kind = QString::fromLatin1(kind);
    status.icon = QString::fromLatin1(icon);
    status.tone = QString::fromLatin1(tone);
    status.label = label;
    status.detail = detail;
    return status;
}

} // namespace

void ConnectionStatus::grade(ConnectionQuality::Grade grade)
{
    quality = ConnectionQuality::words(grade);
    qualityText = ConnectionQuality::meaning(grade);
    qualityTone = ConnectionQuality::tone(grade);
}

ConnectionStatus ConnectionStatus::local()
{
    return make("local", "hard-drive", "neutral", tr("On this computer"), tr("Nobody is signed in: everything stays on this computer."));
}

ConnectionStatus ConnectionStatus::connecting()
{
    return make("connecting", "refresh-cw", "neutral", tr("Connecting"), tr("Looking for the academy."));
}

ConnectionStatus ConnectionStatus::live()
{
    return make("live", "wifi", "positive", tr("Live"), tr("Connected. The academy has everything you did."));
}

ConnectionStatus ConnectionStatus::catchingUp(int waiting)
{
    if (waiting == 0) {
        return make("catchingUp", "refresh-cw", "info", tr("Catching up"),
            tr("What changed at the academy is still being read."));
    }
    return make("catchingUp", "refresh-cw", "info", tr("Catching up (%n)", nullptr, waiting),
        tr("%n change(s) of this computer on the way to the academy.", nullptr, waiting));
}

ConnectionStatus ConnectionStatus::offline(int kept)
{
    return make("offline", "cloud-off", "warning", tr("Offline (%n kept)", nullptr, kept),
        tr("No connection. Go on: everything is kept here and sent later."));
}

ConnectionStatus ConnectionStatus::otherCertificate()
{
    return make("otherCertificate", "shield", "warning", tr("Another certificate"),
        tr("The academy shows another certificate than the one you trusted. Nothing is sent, everything is kept here. "
           "Ask your teacher, then sign in again to compare the six words."));
}

ConnectionStatus ConnectionStatus::needsSignIn(int kept)
{
    return make("needsSignIn", "key-round", "warning", tr("Needs sign-in"),
        kept > 0 ? tr("Sign in again to send %n kept change(s).", nullptr, kept)
                 : tr("The academy asks you to sign in again."));
}

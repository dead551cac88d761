// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/NetworkWatch.h"
#include "net/QtHttpClient.h"
#include "net/QtHttpStreams.h"
#include "net/WebSocketTransport.h"
#include "store/SecretStore.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"

/// The way to one academy: session, REST and the realtime socket, built in dependency order. Lives
/// on the GUI thread and outlives every Profile that uses it. The members are the interface.
struct AcademyLink
{
    /// The newest version of an academy's database (server_info) that this program was written for.
    static constexpr int KnownAcademy = 1;
    /// How long the socket stays open for nobody, as official clients keep it.
    static constexpr std::chrono::seconds IdleDisconnect {50};

    AcademyLink(const Project& project, SecretStore& secrets, Clock& theClock, Scheduler& theScheduler,
        RandomSource& theRandom) :
        clock(theClock),
        scheduler(theScheduler),
        random(theRandom),
        http(project.pin()),
        streams(project.pin()),
        transports(scheduler, project.pin()),
        network(clock, scheduler),
        sessionLock(scheduler),
        auth(project, http, secrets, clock, scheduler, random),
        rest(project, http, auth, clock),
        realtime(project, auth, transports, clock, scheduler, random)
    {
        realtime.setHttp(http);
        realtime.setOptions({PhoenixVersion::V2, IdleDisconnect});
        if (secrets.isPersistent()) {
            auth.useLock(sessionLock); // other processes of this person may use the same session
        }
    }
    Q_DISABLE_COPY_MOVE(AcademyLink)

    Clock& clock;
    Scheduler& scheduler;
    RandomSource& random;
    QtHttpClient http;
    QtHttpStreams streams; ///< for the tutor, apart from REST so that neither starves the other
    WebSocketTransportFactory transports;
    NetworkWatch network;
    FileSessionLock sessionLock;
    AuthSession auth;
    RestClient rest;
    RealtimeClient realtime;
};

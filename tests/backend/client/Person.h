// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/QtHttpClient.h"
#include "net/WebSocketTransport.h"
#include "store/MemorySecretStore.h"
#include "support/AcademyFixture.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"

/// One person at one computer: the whole client core on real parts, as the program composes it.
struct Person
{
    explicit Person(const AcademyFixture& academy, const std::shared_ptr<SecretStore>& keychain = std::make_shared<MemorySecretStore>())
        : project {academy.url(), academy.anonKey()}, secrets(keychain),
          session(project, http, *secrets, clock, scheduler, random),
          rest(project, http, session, clock), transports(scheduler),
          realtime(project, session, transports, clock, scheduler, random)
    {
    }

    Project project;
    SystemClock clock;
    QtScheduler scheduler;
    SystemRandom random;
    QtHttpClient http;
    std::shared_ptr<SecretStore> secrets;
    AuthSession session;
    RestClient rest;
    WebSocketTransportFactory transports;
    RealtimeClient realtime;
};

namespace Demo {

inline QString password() { return QStringLiteral("neolingus-demo"); }
inline QString teacher() { return QStringLiteral("teacher@neolingus.demo"); }
inline QString otherTeacher() { return QStringLiteral("other@neolingus.demo"); }
inline QString student(int number)
{
    return QStringLiteral("student%1@neolingus.demo").arg(number, 2, 10, QLatin1Char('0'));
}
inline QString studentId(int number)
{
    return QStringLiteral("33333333-0000-4000-8000-%1").arg(number, 12, 10, QLatin1Char('0'));
}
inline QString course() { return QStringLiteral("11111111-0000-4000-8000-000000000001"); }
inline QString sitting() { return QStringLiteral("11111111-0000-4000-8000-000000000004"); }

} // namespace Demo

/// Waits for an Async; the test fails when it takes longer than half a minute.
#define AWAIT(future) QTRY_VERIFY_WITH_TIMEOUT((future).isFinished(), 30'000)
#define AWAIT_OK(future)                                                                           \
    do {                                                                                           \
        AWAIT(future);                                                                             \
        QVERIFY2((future).result().ok(), (future).result().ok() ? "" : qPrintable((future).result().error().code)); \
    } while (false)
#define SIGN_IN(person, email)                                                                     \
    do {                                                                                           \
        auto signedIn = (person).session.signInWithPassword(email, Demo::password());              \
        AWAIT_OK(signedIn);                                                                        \
    } while (false)

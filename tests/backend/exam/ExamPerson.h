// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/OpChain.h"
#include "exam/RealtimeExamSessionManager.h"
#include "net/QtHttpClient.h"
#include "net/WebSocketTransport.h"
#include "store/AttemptStore.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"
#include "sync/SyncEngine.h"

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"

/// One person's program without its window: every real part of the client, on real time.
struct ExamPerson
{
    ExamPerson(
        const QUrl& url, const QString& anonKey, const QString& file, const QString& deviceId)
        : project{url, anonKey}, transports(scheduler),
          auth(project, http, secrets, clock, scheduler, random), rest(project, http, auth, clock),
          realtime(project, auth, transports, clock, scheduler, random), database(file),
          store(database,
              [](const QByteArray& previous, const OpId& op, qint64 seq, const ItemId& item,
                  const QString& kind, const QByteArray& body) {
                  return opHash({op, seq, item, kind, body, previous, {}});
              }),
          sync(database, auth, clock, scheduler, random),
          exams(rest, realtime, auth, sync, store, clock, scheduler, random, DeviceId(deviceId))
    {
    }
    Q_DISABLE_COPY_MOVE(ExamPerson)

    Project project;
    SystemClock clock;
    SystemRandom random;
    QtScheduler scheduler;
    QtHttpClient http;
    MemorySecretStore secrets;
    WebSocketTransportFactory transports;
    AuthSession auth;
    RestClient rest;
    RealtimeClient realtime;
    Database database;
    AttemptStore store;
    SyncEngine sync;
    RealtimeExamSessionManager exams;
};

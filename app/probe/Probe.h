// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "net/NetworkWatch.h"
#include "net/QtHttpClient.h"
#include "net/WebSocketTransport.h"
#include "probe/EventLog.h"
#include "probe/ProbeArguments.h"
#include "store/SecretStore.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"
#include "supabase/SessionLock.h"

#include <QObject>

#include <vector>

/// One run of `neolingus-probe watch`: the desktop's core without its windows, and everything it does
/// written down. Emits finished() once, with the exit code. GUI thread.
class Probe final : public QObject
{
    Q_OBJECT

public:
    /// The exit codes; the worst of what happened counts, the smaller the worse.
    enum Exit { Worked = 0, Usage = 2, Unreachable = 3, SignInRefused = 4, NotLive = 5, CallFailed = 6 };

    Probe(ProbeArguments arguments, std::function<void(const QByteArray&)> write);

    /// `password` is used for the sign-in only.
    void start(const QString& password);

Q_SIGNALS:
    void finished(int exitCode);

private:
    void signInFailed(const Error& error);
    void begin();
    void join(const QString& topic, const ChannelConfig& config);
    void watch(RealtimeChannel* channel);
    void channelMoved(RealtimeChannel* channel);
    void sendWaiting(RealtimeChannel* channel);
    void logSocket();
    void read(const QString& path);
    void call(const ProbeArguments::Call& call);
    void note(Exit problem);
    void done();
    void endWhenSettled();
    void end();

    ProbeArguments m_arguments;
    SystemClock m_clock;
    QtScheduler m_scheduler;
    SystemRandom m_random;
    EventLog m_log;
    QtHttpClient m_http;
    std::unique_ptr<SecretStore> m_secrets;
    WebSocketTransportFactory m_transports;
    NetworkWatch m_network;
    FileSessionLock m_sessionLock;
    AuthSession m_session;
    RestClient m_rest;
    RealtimeClient m_realtime;
    std::vector<std::shared_ptr<RealtimeChannel>> m_channels;
    QJsonObject m_lastSocket;
    ScheduledTask m_end;
    int m_open = 0; ///< answers still to come
    int m_exit = Worked;
    bool m_ended = false;
};

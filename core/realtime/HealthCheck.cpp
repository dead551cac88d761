// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/HealthCheck.h"

#include "net/HttpClient.h"
#include "store/Database.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"

#include <QFile>

#include <algorithm>

#include <unistd.h>

namespace {

using namespace std::chrono_literals;

QString storeName()
{
    return QStringLiteral("store");
}

} // namespace

qint64 residentMemory()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields.at(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

Async<RealtimeHealthStatus> HealthCheck::run(Parts parts, QObject* parent)
{
    auto* check = new HealthCheck(parts, parent);
    const auto answer = check->m_promise.future();
    // Nobody's socket is open before somebody signs in, or while no channel needs it.
    const bool live = parts.auth.state() != AuthSession::State::SignedOut
        && !parts.realtime.health().resting;
    check->m_open = live ? 4 : 3;
    check->askStore();
    check->askAuth();
    check->askRest();
    if (live) {
        check->askRealtime();
    }
    return answer;
}

HealthCheck::HealthCheck(Parts parts, QObject* parent) : QObject(parent), m_parts(parts) { }

HealthLevel::Value HealthCheck::overall(const QList<ComponentHealth>& components)
{
    auto level = HealthLevel::Healthy;
    for (const ComponentHealth& component : components) {
        const auto counted = component.name == storeName()
            ? component.level
            : std::min(component.level, HealthLevel::Degraded);
        level = std::max(level, counted);
    }
    return level;
}

void HealthCheck::askStore()
{
    const auto answer = m_parts.database.read<bool>([](Connection& connection) -> Result<bool> {
        const auto rows = connection.query(QStringLiteral("select 1"));
        return rows ? Result<bool>(true) : Result<bool>(rows.error());
    });
    measure(storeName(), answer, SlowDisk);
}

void HealthCheck::askAuth()
{
    HttpRequest request;
    request.url = m_parts.auth.project().url;
    request.url.setPath(request.url.path() + QStringLiteral("/auth/v1/health"));
    request.headers = {{"apikey", m_parts.auth.project().anonKey.toUtf8()}};
    request.timeout = 10s;
    measure(QStringLiteral("auth"), m_parts.http.send(request), SlowNetwork);
}

void HealthCheck::askRest()
{
    measure(QStringLiteral("rest"), m_parts.rest.rpc(QStringLiteral("server_info"), {}, 10s), SlowNetwork);
}

void HealthCheck::askRealtime()
{
    measure(QStringLiteral("realtime"), m_parts.realtime.ping(), SlowNetwork);
}

template <typename T>
void HealthCheck::measure(const QString& name, const Async<T>& answer, std::chrono::milliseconds slow)
{
    const MonotonicTime asked = m_parts.clock.monotonic();
    whenDone(answer, this, [this, name, asked, slow](const Result<T>& result) {
        ComponentHealth component;
        component.name = name;
        if (!result) {
            component.level = HealthLevel::Unhealthy;
            component.issue = result.error().code;
            component.detail = errorKindName(result.error().kind);
        } else {
            component.roundTrip = m_parts.clock.monotonic() - asked;
            component.level = component.roundTrip > slow ? HealthLevel::Degraded : HealthLevel::Healthy;
            component.issue = component.level == HealthLevel::Degraded ? QStringLiteral("slow") : QString();
            if constexpr (std::is_same_v<T, HttpResponse>) {
                if (!result->isSuccess()) {
                    component.level = HealthLevel::Unhealthy;
                    component.issue = QStringLiteral("http_%1").arg(result->status);
                }
            }
        }
        note(std::move(component));
    });
}

void HealthCheck::note(ComponentHealth component)
{
    m_status.components.append(std::move(component));
    if (--m_open > 0) {
        return;
    }
    std::sort(m_status.components.begin(), m_status.components.end(),
        [](const auto& a, const auto& b) { return a.name < b.name; });
    const SocketHealth socket = m_parts.realtime.health();
    m_status.overall = overall(m_status.components);
    m_status.memoryBytes = residentMemory();
    m_status.connections
        = socket.phase == SocketHealth::Phase::Open || socket.phase == SocketHealth::Phase::Probing ? 1 : 0;
    m_status.channels = socket.channels;
    m_status.checkedAt = toIsoString(m_parts.clock.wall());
    m_promise.resolve(m_status);
    deleteLater();
}

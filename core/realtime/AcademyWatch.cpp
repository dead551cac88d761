// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/AcademyWatch.h"

#include "base/Async.h"
#include "base/Log.h"

#include <algorithm>

using namespace std::chrono_literals;

AcademyWatch::AcademyWatch(const Project& project, HttpClient& http, Clock& clock,
    Scheduler& scheduler, RandomSource& random, std::function<bool()> urgent, QObject* parent) :
    QObject(parent),
    m_project(project),
    m_http(http),
    m_clock(clock),
    m_scheduler(scheduler),
    m_random(random),
    m_urgent(std::move(urgent))
{
}

void AcademyWatch::suspect()
{
    if (!m_since) {
        m_since = m_clock.monotonic();
        m_proven = false;
        askLater(250ms, 500ms);
    }
}

void AcademyWatch::askNow()
{
    if (m_since && !m_asking) {
        askLater(0ms, 250ms);
    }
}

void AcademyWatch::rest()
{
    m_since.reset();
    m_next.cancel();
}

void AcademyWatch::askLater(std::chrono::milliseconds least, std::chrono::milliseconds most)
{
    const auto random = std::chrono::milliseconds(m_random.below(quint64((most - least).count()) + 1));
    m_next = m_scheduler.after(least + random, [this] { ask(); });
}

void AcademyWatch::ask()
{
    if (!m_since || std::exchange(m_asking, true)) {
        return;
    }
    HttpRequest request;
    request.url = m_project.authUrl(QStringLiteral("health"));
    request.headers = {{"apikey", m_project.anonKey.toLatin1()}};
    request.timeout = Patience;
    m_askedAfter = m_http.sentCount();
    whenDone(m_http.send(request), this,
        [this](const Result<HttpResponse>& answer) { answered(answer); });
}

void AcademyWatch::answered(const Result<HttpResponse>& answer)
{
    m_asking = false;
    if (!m_since) {
        return;
    }
    // A gateway in front of an academy that is down answers too.
    if (!answer || answer->status >= 500) {
        m_proven = true;
        m_lost = m_askedAfter;
        if (!answer && answer.error().kind == ErrorKind::Timeout) {
            m_http.renewConnections(0);
        }
        askLater(pause() / 2, pause());
        return;
    }
    const auto now = m_clock.monotonic();
    m_since.reset();
    if (m_proven || !m_lastBack || now - *m_lastBack >= EncourageEvery) {
        qCInfo(lcRealtime) << "the academy answers again";
        m_lastBack = now;
        if (m_proven) {
            m_http.renewConnections(m_lost);
        }
        Q_EMIT back();
    }
}

std::chrono::milliseconds AcademyWatch::pause() const
{
    const auto away = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - *m_since);
    return m_urgent() || away < Hopeful ? ShortPause : std::clamp<std::chrono::milliseconds>(away / 30, ShortPause, LongPause);
}

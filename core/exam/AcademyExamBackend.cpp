// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/AcademyExamBackend.h"

#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"
#include "sync/SyncEngine.h"

#include <QJsonArray>

using namespace std::chrono_literals;

namespace {

/// Short: a student's next beat is a better use of the line than a call that hangs.
constexpr auto callTimeout = 15s;

class ChannelTopic final : public ExamTopic
{
public:
    ChannelTopic(std::shared_ptr<RealtimeChannel> channel, std::shared_ptr<qint64> messages)
        : m_channel(std::move(channel)), m_live(m_channel->isLive())
    {
        connect(m_channel.get(), &RealtimeChannel::broadcastReceived, this,
            [this, messages](const QString& event, const QJsonObject& payload) {
                ++*messages;
                Q_EMIT received(event, payload);
            });
        connect(m_channel.get(), &RealtimeChannel::gap, this, [this] { Q_EMIT gap(); });
        connect(m_channel.get(), &RealtimeChannel::presenceChanged, this,
            [this] { Q_EMIT presenceChanged(); });
        connect(m_channel.get(), &RealtimeChannel::stateChanged, this, [this] {
            if (m_live != m_channel->isLive()) {
                m_live = m_channel->isLive();
                Q_EMIT liveChanged(m_live);
            }
        });
    }

    bool isLive() const override { return m_channel->isLive(); }
    void broadcast(const QString& event, const QJsonObject& payload) override
    {
        m_channel->broadcast(event, payload);
    }
    void track(const QJsonObject& meta) override { m_channel->track(meta); }
    QJsonObject presence() const override
    {
        QJsonObject members;
        const QStringList keys = m_channel->presence().keys();
        for (const QString& key : keys) {
            QJsonArray metas;
            for (const QJsonObject& meta : m_channel->presence().metas(key)) {
                metas.append(meta);
            }
            members.insert(key, metas);
        }
        return members;
    }

private:
    std::shared_ptr<RealtimeChannel> m_channel;
    bool m_live;
};

} // namespace

AcademyExamBackend::AcademyExamBackend(RestClient& rest, RealtimeClient& realtime, SyncEngine& sync)
    : m_rest(rest), m_realtime(realtime), m_sync(sync)
{
}

Async<QJsonValue> AcademyExamBackend::call(const QString& function, const QJsonObject& arguments)
{
    ++m_calls;
    return m_rest.rpc(function, arguments, callTimeout);
}

std::unique_ptr<ExamTopic> AcademyExamBackend::open(
    const QString& topic, const std::optional<QString>& presenceKey)
{
    ChannelConfig config;
    config.isPrivate = true;
    config.presenceKey = presenceKey;
    return std::make_unique<ChannelTopic>(m_realtime.channel(topic, config), m_messages);
}

void AcademyExamBackend::pokeUploads()
{
    m_sync.poke();
}

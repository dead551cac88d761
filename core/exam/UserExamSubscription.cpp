// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/UserExamSubscription.h"

using namespace std::chrono_literals;

namespace {

constexpr auto lookEvery = 20s;

} // namespace

UserExamSubscription::UserExamSubscription(const UserId& user, ExamBackend& backend,
    Scheduler& scheduler, RandomSource& random, QObject* parent)
    : QObject(parent), m_user(user), m_backend(backend), m_scheduler(scheduler), m_random(random),
      m_backoff(random, 1s, 20s), m_topic(backend.open(QStringLiteral("user:") + user.toString()))
{
    if (m_topic) {
        connect(m_topic.get(), &ExamTopic::received, this, &UserExamSubscription::refresh);
        connect(m_topic.get(), &ExamTopic::gap, this, &UserExamSubscription::refresh);
    }
    refresh();
}

void UserExamSubscription::refresh()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_next.cancel();
    whenDone(m_backend.call(QStringLiteral("student_home"), {}), this,
        [this](const Result<QJsonValue>& answer) {
            m_asking = false;
            if (answer) {
                m_backoff.reset();
                const QJsonArray sittings
                    = answer->toObject().value(QLatin1String("sittings")).toArray();
                if (!std::exchange(m_answered, true) || sittings != m_sittings) {
                    m_sittings = sittings;
                    Q_EMIT updated();
                }
            } else {
                Q_EMIT failed(answer.error());
            }
            if (std::exchange(m_askAgain, false)) {
                refresh();
                return;
            }
            const auto jitter = std::chrono::milliseconds(m_random.below(4000));
            m_next = m_scheduler.after(
                answer ? lookEvery + jitter : m_backoff.next() + 500ms, [this] { refresh(); });
        });
}

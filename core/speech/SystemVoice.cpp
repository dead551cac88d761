// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/SystemVoice.h"

#include "speech/Speaker.h"

#include <QThread>

SystemVoice::SystemVoice(QObject* parent) : Voice(parent) { }

SystemVoice::~SystemVoice()
{
    if (m_thread) {
        m_thread->quit();
        if (!m_thread->wait(2'000)) {
            // The speech service hangs and the program ends: its thread ends with the process.
            static_cast<void>(m_thread.release());
        }
    }
}

void SystemVoice::look()
{
    if (!m_thread) {
        m_thread = std::make_unique<QThread>();
        m_speaker = new Speaker;
        m_speaker->moveToThread(m_thread.get());
        connect(m_thread.get(), &QThread::finished, m_speaker, &QObject::deleteLater);
        connect(m_speaker, &Speaker::languagesFound, this, &Voice::languagesFound);
        connect(m_speaker, &Speaker::ended, this, [this](quint64 turn) {
            if (turn == m_turn) {
                Q_EMIT ended();
            }
        });
        connect(m_speaker, &Speaker::failed, this, [this](quint64 turn, const QString& detail) {
            if (turn == m_turn) {
                Q_EMIT failed({ErrorKind::Storage, QStringLiteral("voice_failed"), detail, {}});
            }
        });
        m_thread->start(QThread::LowPriority);
    }
    QMetaObject::invokeMethod(m_speaker, &Speaker::look, Qt::QueuedConnection);
}

void SystemVoice::say(const QString& sentence, const QString& language, double pace)
{
    if (!m_thread) {
        look();
    }
    QMetaObject::invokeMethod(
        m_speaker, [speaker = m_speaker, turn = ++m_turn, sentence, language, pace] { speaker->say(turn, sentence, language, pace); },
        Qt::QueuedConnection);
}

void SystemVoice::hush()
{
    ++m_turn;
    if (m_thread) {
        QMetaObject::invokeMethod(m_speaker, &Speaker::hush, Qt::QueuedConnection);
    }
}

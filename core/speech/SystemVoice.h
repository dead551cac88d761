// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "speech/Voice.h"

#include <memory>

class QThread;
class Speaker;

/// The voice of the computer, by Qt's speech plugins: speech-dispatcher on Linux. Nothing is loaded
/// before the first look(), and no call waits for the speech service.
class SystemVoice final : public Voice
{
    Q_OBJECT

public:
    explicit SystemVoice(QObject* parent = nullptr);
    ~SystemVoice() override;

    void look() override;
    void say(const QString& sentence, const QString& language, double pace) override;
    void hush() override;

private:
    std::unique_ptr<QThread> m_thread;
    Speaker* m_speaker = nullptr; ///< lives and dies on the thread
    quint64 m_turn = 0; ///< of the latest say() or hush(): what belongs to another came late
};

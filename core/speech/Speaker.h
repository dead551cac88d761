// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <memory>

class QTextToSpeech;

/// The computer's speech service, which may take its time to start: lives on a thread of its own,
/// where SystemVoice calls it.
class Speaker : public QObject
{
    Q_OBJECT

public:
    Speaker();
    ~Speaker() override;

    void look();
    /// `turn` comes back with the end, so that a late one is known for what it is.
    void say(quint64 turn, const QString& sentence, const QString& language, double pace);
    void hush();

Q_SIGNALS:
    void languagesFound(const QStringList& languages);
    void ended(quint64 turn);
    void failed(quint64 turn, const QString& detail);

private:
    void heard();
    void fail(const QString& detail);

    std::unique_ptr<QTextToSpeech> m_engine; ///< one that has voices; empty when there is none
    quint64 m_turn = 0; ///< 0: silent
    bool m_begun = false;
};

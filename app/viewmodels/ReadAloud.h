// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "speech/SpeechQueue.h"
#include "viewmodels/ChatSentences.h"
#include "viewmodels/MarkdownStream.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

class AppSettings;
class ChatModel;
class Voice;
struct MessageRow;

/// What is read aloud at this moment. A value.
struct ReadAloudState
{
    Q_GADGET
    QML_VALUE_TYPE(readAloudState)
    Q_PROPERTY(bool possible MEMBER possible)
    Q_PROPERTY(QString voices MEMBER voices)
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(QString sentence MEMBER sentence)
    Q_PROPERTY(QString place MEMBER place)
    Q_PROPERTY(QString failed MEMBER failed)
    Q_PROPERTY(QString why MEMBER why)

public:
    bool possible = false; ///< the computer has a voice for the language of the conversation
    QString voices; ///< whether it has, and what to do if not, in words
    QString message; ///< that is read; empty: silence
    QString sentence; ///< that is said now; empty while the next one is being written
    QString place; ///< "2 of 5"
    QString failed; ///< the message whose reading the voice gave up
    QString why; ///< with `failed`, in words

    bool operator==(const ReadAloudState&) const = default;
};

/// Reads replies of the tutor aloud, sentence by sentence, also while they are still being written.
/// A reply that leaves the screen's conversation falls silent, and so does a voice that does not come
/// to the end of a sentence. GUI thread.
class ReadAloud : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(ReadAloudState state READ state NOTIFY stateChanged)
    Q_PROPERTY(bool slow READ isSlow WRITE setSlow NOTIFY habitsChanged)
    Q_PROPERTY(bool byItself READ isByItself WRITE setByItself NOTIFY habitsChanged)

public:
    ReadAloud(AppSettings& settings, ChatModel& messages, Scheduler& scheduler, QObject* parent = nullptr);

    /// Who speaks; null for nobody. The voice outlives this or is taken away before.
    void setVoice(Voice* voice);
    /// Of the conversation, BCP 47.
    void setLanguage(const QString& language);
    void retranslate();
    /// Shows a given moment; the page gallery of the tests uses it.
    void present(const ReadAloudState& state);

    const ReadAloudState& state() const { return m_state; }
    bool isSlow() const;
    void setSlow(bool slow);
    /// New replies are read as they come.
    bool isByItself() const;
    void setByItself(bool byItself);

    /// Looks for voices, the first time somebody may want one; again only with `again`.
    Q_INVOKABLE void look(bool again = false);
    /// Reads this message from its beginning; silence when it is being read.
    Q_INVOKABLE void toggle(const QString& message);
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void stateChanged();
    void habitsChanged();

private:
    void begin(const MessageRow& said);
    void grow(const MessageRow& said);
    void follow();
    void noticeNew(int line);
    void sayNext();
    void giveUp(const QString& why);
    void publish();
    QString voicesText() const;
    bool kept(const char* name) const;
    void keep(const char* name, bool value);

    AppSettings& m_settings;
    ChatModel& m_messages;
    Scheduler& m_scheduler;
    QPointer<Voice> m_voice;
    QString m_language = QStringLiteral("en");
    QStringList m_languages; ///< that can be spoken
    bool m_looked = false;
    bool m_found = false; ///< the answer to the look has come
    QString m_message;
    qsizetype m_taken = 0; ///< characters of the message's text that were looked at
    MarkdownStream m_stream;
    ChatSentences m_finished;
    SpeechQueue m_queue;
    QString m_sentence;
    QString m_failed;
    QString m_why;
    ScheduledTask m_patience;
    QString m_heard; ///< the last one that was begun: a reply that was silenced stays silent
    ReadAloudState m_state;
};

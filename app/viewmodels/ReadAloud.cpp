// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ReadAloud.h"

#include "domain/LanguageName.h"
#include "speech/Voice.h"
#include "tutor/teaching/Sentences.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ChatModel.h"

#include <QJsonObject>

namespace {

const QString Key = QStringLiteral("readAloud");
constexpr double SlowPace = -0.4;

QString withoutCountry(const QString& language)
{
    return language.section(QLatin1Char('-'), 0, 0);
}

} // namespace

ReadAloud::ReadAloud(AppSettings& settings, ChatModel& messages, Scheduler& scheduler, QObject* parent)
    : QObject(parent), m_settings(settings), m_messages(messages), m_scheduler(scheduler)
{
    connect(&messages, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int, int last) {
        follow();
        noticeNew(last);
    });
    connect(&messages, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex&, const QModelIndex& last) {
        follow();
        noticeNew(last.row());
    });
    connect(&messages, &QAbstractItemModel::rowsRemoved, this, &ReadAloud::follow);
    publish();
}

void ReadAloud::setVoice(Voice* voice)
{
    stop();
    if (m_voice) {
        m_voice->disconnect(this);
    }
    m_voice = voice;
    m_looked = false;
    m_found = false;
    m_languages.clear();
    if (voice) {
        connect(voice, &Voice::languagesFound, this, [this](const QStringList& languages) {
            m_found = true;
            m_languages = languages;
            publish();
        });
        connect(voice, &Voice::ended, this, &ReadAloud::sayNext);
        connect(voice, &Voice::failed, this, [this](const Error&) { giveUp(tr("The computer's voice could not say this.")); });
    }
    publish();
}

void ReadAloud::setLanguage(const QString& language)
{
    if (language != m_language) {
        m_language = language;
        publish();
    }
}

void ReadAloud::retranslate()
{
    publish();
}

void ReadAloud::present(const ReadAloudState& state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

bool ReadAloud::isSlow() const
{
    return kept("slow");
}

void ReadAloud::setSlow(bool slow)
{
    keep("slow", slow);
}

bool ReadAloud::isByItself() const
{
    return kept("byItself");
}

void ReadAloud::setByItself(bool byItself)
{
    keep("byItself", byItself);
}

bool ReadAloud::kept(const char* name) const
{
    return m_settings.store().value(Key).toObject().value(QLatin1String(name)).toBool();
}

void ReadAloud::keep(const char* name, bool value)
{
    QJsonObject all = m_settings.store().value(Key).toObject();
    all.insert(QLatin1String(name), value);
    m_settings.store().setValue(Key, all);
    Q_EMIT habitsChanged();
}

void ReadAloud::look(bool again)
{
    if (m_voice && (!m_looked || again)) {
        m_looked = true;
        m_voice->look();
    }
}

void ReadAloud::toggle(const QString& message)
{
    const bool same = message == m_message;
    stop();
    const MessageRow* said = m_messages.find(message);
    if (!same && said && m_state.possible) {
        begin(*said);
    }
}

void ReadAloud::stop()
{
    m_failed.clear();
    m_why.clear();
    m_patience.cancel();
    if (!m_message.isEmpty()) {
        m_message.clear();
        m_sentence.clear();
        if (m_voice) {
            m_voice->hush();
        }
    }
    publish();
}

void ReadAloud::giveUp(const QString& why)
{
    const QString message = m_message;
    stop();
    m_failed = message;
    m_why = why;
    publish();
}

void ReadAloud::begin(const MessageRow& said)
{
    m_failed.clear();
    m_why.clear();
    m_message = said.message;
    m_heard = said.message;
    m_taken = 0;
    m_stream = {};
    m_finished = {};
    m_queue = {};
    m_sentence.clear();
    grow(said);
}

void ReadAloud::grow(const MessageRow& said)
{
    m_stream.append(QStringView(said.text).mid(m_taken));
    m_taken = said.text.size();
    if (!said.streaming) {
        m_stream.finish();
    }
    m_queue.append(sentencesOf(m_finished.take(m_stream.blocks(), m_stream.tail())));
    if (!said.streaming) {
        m_queue.close();
    }
    if (m_sentence.isEmpty()) {
        sayNext();
    } else {
        publish();
    }
}

/// What is read may have grown, ended or gone.
void ReadAloud::follow()
{
    if (m_message.isEmpty()) {
        return;
    }
    const MessageRow* said = m_messages.find(m_message);
    if (!said || said->state == QLatin1String("stopped") || said->text.size() < m_taken) {
        stop();
    } else if (!m_queue.isClosed() && (said->text.size() > m_taken || !said->streaming)) {
        grow(*said);
    }
}

void ReadAloud::noticeNew(int line)
{
    if (!m_state.possible || !m_message.isEmpty() || !isByItself()) {
        return;
    }
    const auto said = m_messages.data(m_messages.index(line), ChatModel::SaidRole).value<MessageRow>();
    if (!said.mine && said.streaming && said.message != m_heard) {
        begin(*m_messages.find(said.message));
    }
}

void ReadAloud::sayNext()
{
    if (m_message.isEmpty()) {
        return;
    }
    m_patience.cancel();
    const std::optional<QString> sentence = m_queue.next();
    m_sentence = sentence.value_or(QString());
    if (sentence && m_voice) {
        const double pace = isSlow() ? SlowPace : 0;
        m_patience = m_scheduler.after(SpeechQueue::longestFor(*sentence, pace),
            [this] { giveUp(tr("The computer's voice does not answer any more, so the reading has stopped.")); });
        m_voice->say(*sentence, m_language, pace);
    } else if (m_queue.isOver()) {
        m_message.clear();
    }
    publish();
}

QString ReadAloud::voicesText() const
{
    const QString language = languageName(m_language);
    if (!m_found) {
        return tr("Looking for voices");
    }
    if (m_languages.isEmpty()) {
        return tr("This computer has no voice yet. On Debian and Ubuntu the packages speech-dispatcher and "
                  "speech-dispatcher-espeak-ng bring one.");
    }
    if (!m_languages.contains(withoutCountry(m_language))) {
        return tr("This computer has voices, but none for the language of your course (%1).").arg(language);
    }
    return tr("Below every reply of the tutor is a button that reads it, one sentence at a time.");
}

void ReadAloud::publish()
{
    ReadAloudState state;
    state.possible = m_languages.contains(withoutCountry(m_language));
    state.voices = voicesText();
    state.message = m_message;
    state.sentence = m_sentence;
    state.failed = m_failed;
    state.why = m_why;
    if (!m_sentence.isEmpty()) {
        state.place = m_queue.isClosed() ? tr("%1 of %2").arg(m_queue.place()).arg(m_queue.count())
                                         : QString::number(m_queue.place());
    }
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

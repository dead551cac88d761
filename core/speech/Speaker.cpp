// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/Speaker.h"

#include <QLocale>
#include <QTextToSpeech>

#include <utility>

namespace {

/// The voice of the language's own country where there is one, else any of the language.
QLocale localeFor(const QTextToSpeech& engine, const QString& language)
{
    const QLocale wanted(language);
    const QList<QLocale> known = engine.availableLocales();
    if (known.contains(wanted)) {
        return wanted;
    }
    for (const QLocale& locale : known) {
        if (locale.language() == wanted.language()) {
            return locale;
        }
    }
    return wanted;
}

} // namespace

Speaker::Speaker() = default;
Speaker::~Speaker() = default;

void Speaker::look()
{
    const QStringList engines = QTextToSpeech::availableEngines();
    for (qsizetype i = 0; i < engines.size() && !m_engine; ++i) {
        auto engine = std::make_unique<QTextToSpeech>(engines.at(i));
        if (engine->state() != QTextToSpeech::Error && !engine->availableLocales().isEmpty()) {
            m_engine = std::move(engine);
            connect(m_engine.get(), &QTextToSpeech::stateChanged, this, &Speaker::heard);
            connect(m_engine.get(), &QTextToSpeech::errorOccurred, this,
                [this](QTextToSpeech::ErrorReason, const QString& detail) { fail(detail); });
        }
    }
    QStringList languages;
    if (m_engine) {
        const QList<QLocale> locales = m_engine->availableLocales();
        for (const QLocale& locale : locales) {
            languages.append(QLocale::languageToCode(locale.language()));
        }
        languages.removeAll(QString());
        languages.sort();
        languages.removeDuplicates();
    }
    Q_EMIT languagesFound(languages);
}

void Speaker::say(quint64 turn, const QString& sentence, const QString& language, double pace)
{
    hush();
    m_turn = turn;
    if (!m_engine) {
        fail(QStringLiteral("no engine"));
        return;
    }
    if (const QLocale locale = localeFor(*m_engine, language); m_engine->locale() != locale) {
        m_engine->setLocale(locale);
    }
    m_engine->setRate(pace);
    m_engine->say(sentence);
}

void Speaker::hush()
{
    m_begun = false;
    if (std::exchange(m_turn, 0) != 0 && m_engine) {
        m_engine->stop(QTextToSpeech::BoundaryHint::Immediate);
    }
}

void Speaker::heard()
{
    switch (m_engine->state()) {
    case QTextToSpeech::Speaking:
        m_begun = m_turn != 0;
        break;
    case QTextToSpeech::Ready:
        // The end of what was cut off comes late and before the next one begins.
        if (std::exchange(m_begun, false)) {
            Q_EMIT ended(std::exchange(m_turn, 0));
        }
        break;
    case QTextToSpeech::Paused:
        break;
    case QTextToSpeech::Error:
        fail(m_engine->errorString());
        break;
    }
}

void Speaker::fail(const QString& detail)
{
    m_begun = false;
    if (const quint64 turn = std::exchange(m_turn, 0); turn != 0) {
        Q_EMIT failed(turn, detail);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/AskPhrases.h"

#include "tutor/teaching/Sentences.h"

#include <QStringList>

#include <array>

namespace {

struct Phrase
{
    Ask ask;
    const char* english;
    const char* spanish;
    const char* valencian;
};

constexpr std::array phrases {
    Phrase {Ask::ShowAnswer, "Please show me the answer.", "Enséñame la respuesta, por favor.",
        "Mostra’m la resposta, per favor."},
    Phrase {Ask::Simpler, "Please say that again in simpler words.", "Dilo otra vez con palabras más fáciles, por favor.",
        "Torna-ho a dir amb paraules més fàcils, per favor."},
    Phrase {Ask::Explain, "Please explain that to me.", "Explícamelo, por favor.", "Explica-m’ho, per favor."},
    Phrase {Ask::Recap, "Let’s stop here. What did I learn today?", "Paremos aquí. ¿Qué he aprendido hoy?",
        "Parem ací. Què he aprés hui?"},
    Phrase {Ask::EndScene, "Let’s end the scene here. How did I do?", "Terminemos aquí la escena. ¿Qué tal lo he hecho?",
        "Acabem ací l’escena. Com ho he fet?"},
    Phrase {Ask::Hint, "A hint, please.", "Una pista, por favor.", "Una pista, per favor."},
};

/// Letters only, so that a missing comma or accent mark of an apostrophe changes nothing.
QString bare(const QString& text)
{
    return wordsOf(folded(text)).join(QLatin1Char(' '));
}

} // namespace

QString askText(Ask ask, const QString& language)
{
    for (const Phrase& phrase : phrases) {
        if (phrase.ask == ask) {
            return QString::fromUtf8(language.startsWith(QLatin1String("es")) ? phrase.spanish
                    : language.startsWith(QLatin1String("ca"))               ? phrase.valencian
                                                                             : phrase.english);
        }
    }
    return {};
}

std::optional<Ask> askOf(const QString& learnerText)
{
    const QString said = bare(learnerText);
    for (const Phrase& phrase : phrases) {
        for (const char* words : {phrase.english, phrase.spanish, phrase.valencian}) {
            if (said == bare(QString::fromUtf8(words))) {
                return phrase.ask;
            }
        }
    }
    return std::nullopt;
}

bool isGivingUp(const QString& learnerText)
{
    const QString said = bare(learnerText);
    for (const char* words : {"i don't know", "i dont know", "i do not know", "no idea", "i have no idea", "help", "help me",
             "no sé", "no se", "no lo sé", "no lo se", "ni idea", "ayuda", "no ho sé", "no ho se", "ajuda", "pista", "hint", "una pista"}) {
        if (said == QString::fromUtf8(words)) {
            return true;
        }
    }
    return said.isEmpty();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/NotesPhrases.h"

NotesPhrases notesPhrases(const QString& language)
{
    const QString base = language.section(QLatin1Char('-'), 0, 0);
    if (base == QLatin1String("es")) {
        return {QStringLiteral("Del apunte **%1** %2:"), QStringLiteral("Del vocabulario:"),
            QStringLiteral("Pruébalo con este ejercicio %1:"),
            QStringLiteral("No encuentro nada sobre eso en los apuntes de este ordenador. Pregunta con una palabra "
                           "o un tema del curso, por ejemplo «present perfect» o «put off»."),
            QStringLiteral("Soy el tutor sin conexión: busco y cito los apuntes, el vocabulario y los ejercicios del "
                           "curso. No puedo corregir textos libres, traducir frases ni conversar; para eso hace falta "
                           "un tutor en línea, que se elige en los ajustes."),
            QStringLiteral("De tus notas de «%1»:"),
            QStringLiteral("Aquí tienes lo que queda de esta charla. Está guardado en tus notas.")};
    }
    if (base == QLatin1String("ca")) {
        return {QStringLiteral("De l’apunt **%1** %2:"), QStringLiteral("Del vocabulari:"),
            QStringLiteral("Prova-ho amb aquest exercici %1:"),
            QStringLiteral("No trobe res sobre això en els apunts d’aquest ordinador. Pregunta amb una paraula o un "
                           "tema del curs, per exemple «present perfect» o «put off»."),
            QStringLiteral("Soc el tutor sense connexió: busque i cite els apunts, el vocabulari i els exercicis del "
                           "curs. No puc corregir textos lliures, traduir frases ni conversar; per a això cal un tutor "
                           "en línia, que es tria en la configuració."),
            QStringLiteral("De les teues notes de «%1»:"),
            QStringLiteral("Ací tens el que queda d’esta conversa. Està guardat en les teues notes.")};
    }
    return {QStringLiteral("From the note **%1** %2:"), QStringLiteral("From the vocabulary:"),
        QStringLiteral("Try it in this exercise %1:"),
        QStringLiteral("I find nothing about that in the notes on this computer. Ask with a word or a topic of the "
                       "course, for example “present perfect” or “put off”."),
        QStringLiteral("I am the offline tutor: I look up and quote the notes, the vocabulary and the exercises of the "
                       "course. I cannot correct free texts, translate sentences or chat; for that you need an online "
                       "tutor, which you can choose in the settings."),
        QStringLiteral("From your notes of “%1”:"),
        QStringLiteral("Here is what remains of this talk. It is kept in your notes.")};
}

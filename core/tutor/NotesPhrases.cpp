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
            QStringLiteral("Aquí tienes lo que queda de esta charla. Está guardado en tus notas."),
            QStringLiteral("La pista está en el apunte **%1** %2. ¿Qué parte se parece a este ejercicio, y por qué?"),
            QStringLiteral("Lee otra vez el ejercicio: ¿qué palabra te dice qué forma hace falta?"),
            QStringLiteral("La regla, del apunte **%1** %2:"),
            QStringLiteral("El curso no tiene un apunte sobre esto. Mira qué va antes y qué va después del hueco."),
            QStringLiteral("Una de estas dos es correcta. ¿Cuál, y por qué?"),
            QStringLiteral("Empieza por «%1…»; número de palabras: %2. ¿Cómo sigue?"),
            QStringLiteral("La respuesta del curso:"),
            QStringLiteral("Aquí solo puede juzgar una persona. Compara lo que has escrito con este consejo, o enséñaselo "
                           "a tu profesor o profesora."),
            QStringLiteral("Sí: es la respuesta del curso."), QStringLiteral("Todavía no: el curso espera otra respuesta."),
            QStringLiteral("Primero prueba una vez; después te enseño la respuesta."), QStringLiteral("Inténtalo y escribe tu respuesta.")};
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
            QStringLiteral("Ací tens el que queda d’esta conversa. Està guardat en les teues notes."),
            QStringLiteral("La pista està en l’apunt **%1** %2. Quina part s’assembla a este exercici, i per què?"),
            QStringLiteral("Llig una altra vegada l’exercici: quina paraula et diu quina forma fa falta?"),
            QStringLiteral("La regla, de l’apunt **%1** %2:"),
            QStringLiteral("El curs no té cap apunt sobre això. Mira què va abans i què va després del buit."),
            QStringLiteral("Una d’estes dos és correcta. Quina, i per què?"),
            QStringLiteral("Comença per «%1…»; nombre de paraules: %2. Com continua?"),
            QStringLiteral("La resposta del curs:"),
            QStringLiteral("Ací només pot jutjar una persona. Compara el que has escrit amb este consell, o ensenya-ho al "
                           "teu professor o professora."),
            QStringLiteral("Sí: és la resposta del curs."), QStringLiteral("Encara no: el curs espera una altra resposta."),
            QStringLiteral("Primer prova una vegada; després et mostre la resposta."), QStringLiteral("Intenta-ho i escriu la teua resposta.")};
    }
    return {QStringLiteral("From the note **%1** %2:"), QStringLiteral("From the vocabulary:"),
        QStringLiteral("Try it in this exercise %1:"),
        QStringLiteral("I find nothing about that in the notes on this computer. Ask with a word or a topic of the "
                       "course, for example “present perfect” or “put off”."),
        QStringLiteral("I am the offline tutor: I look up and quote the notes, the vocabulary and the exercises of the "
                       "course. I cannot correct free texts, translate sentences or chat; for that you need an online "
                       "tutor, which you can choose in the settings."),
        QStringLiteral("From your notes of “%1”:"),
        QStringLiteral("Here is what remains of this talk. It is kept in your notes."),
        QStringLiteral("The clue is in the note **%1** %2. Which part is like this exercise, and why?"),
        QStringLiteral("Read the exercise again: which word tells you what form is needed?"),
        QStringLiteral("The rule, from the note **%1** %2:"),
        QStringLiteral("The course has no note about this. Look at what comes before the gap and what comes after it."),
        QStringLiteral("One of these two is right. Which one, and why?"),
        QStringLiteral("It begins with “%1…”; number of words: %2. How does it go on?"),
        QStringLiteral("The course's answer:"),
        QStringLiteral("Only a person can judge this. Compare what you wrote with this advice, or show it to your teacher."),
        QStringLiteral("Yes: that is the course's answer."), QStringLiteral("Not yet: the course expects another answer."),
        QStringLiteral("Try once first; then I show you the answer."), QStringLiteral("Try it, and write your answer.")};
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What the notes tutor says around its quotations. Like a model's answer it is written in the
/// language the learner is spoken to in, which need not be the language of the interface.
struct NotesPhrases
{
    QString fromNote;     ///< %1 the note's title, %2 the citation
    QString fromCards;
    QString tryExercise;  ///< %1 the citation
    QString nothingFound;
    QString limits;
    QString fromLesson;   ///< %1 the talk the note is from
    QString recap;
    QString nudge;        ///< %1 the note's title, %2 the citation
    QString nudgeAlone;   ///< where the course has no note
    QString rule;         ///< %1 the note's title, %2 the citation
    QString noRule;
    QString choice;       ///< before two possibilities
    QString beginning;    ///< %1 how the answer begins, %2 how many words it has
    QString answer;       ///< before the solutions
    QString noAnswer;     ///< where only a person can judge
    QString right;
    QString notYet;
    QString tryFirst;     ///< the answer was asked for before a try
    QString tryAgain;     ///< what is to be done now
};

/// English for languages without phrases of their own.
NotesPhrases notesPhrases(const QString& language);

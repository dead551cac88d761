// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "tutor/TutorProvider.h"

#include <vector>

class Database;

/// The tutor that is always there: answers from the notes, cards and exercises of the installed
/// packs and the learner's own lesson notes, found by full-text search, with a citation for every
/// statement from a pack. Questions may be in English, Spanish or Valencian. It invents nothing, says
/// so when it has nothing, and says plainly that it cannot correct, translate or chat. No network, no
/// key; speaks the same events as every provider. With TutorTask::Exercise it climbs the ladder of hints
/// with the lesson's notes and the exercise's own key.
class NotesTutor
{
public:
    explicit NotesTutor(Database& database) : m_database(database) { }

    /// The whole reply as events, in order, ending with TutorFinished. `turns` is the talk so far and
    /// ends with the question; an exercise needs it.
    Async<std::vector<TutorEvent>> reply(
        const QString& question, const LearnerCard& learner, const QList<TutorTurn>& turns = {});

private:
    Database& m_database;
};

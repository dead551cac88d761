// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/LessonNotes.h"

#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/TimeText.h"
#include "viewmodels/Toasts.h"

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds UndoTime = 6s;

} // namespace

LessonNotes::LessonNotes(AppSettings& settings, Clock& clock, Scheduler& scheduler, Toasts& toasts, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock), m_scheduler(scheduler), m_toasts(toasts)
{
}

LessonNotes::~LessonNotes() = default;

void LessonNotes::attach(TutorMemory* memory)
{
    m_scope = std::make_unique<QObject>();
    m_memory = memory;
    m_notes.clear();
    m_removed.clear();
    m_error.clear();
    m_forgetting.cancel();
    m_loading = memory != nullptr;
    publish();
    if (m_memory) {
        connect(m_memory, &TutorMemory::lessonNotesChanged, m_scope.get(), [this] { read(); });
        read();
    }
}

void LessonNotes::present(const QList<LessonNoteRow>& rows)
{
    m_scope.reset();
    m_memory.clear();
    m_loading = false;
    m_rows.setRows(rows);
    Q_EMIT changed();
}

void LessonNotes::read()
{
    whenDone(m_memory->lessonNotes(), m_scope.get(), [this](const Result<QList<LessonNote>>& notes) {
        m_loading = false;
        m_error = notes.ok() ? QString() : errorSentence(notes.error());
        m_notes = notes.valueOr({});
        publish();
    });
}

void LessonNotes::publish()
{
    const QDateTime now = TimeText::local(m_clock.wall());
    QList<LessonNoteRow> rows;
    for (const LessonNote& note : std::as_const(m_notes)) {
        if (note.id.toString() != m_removed) {
            rows.append({note.id.toString(), note.title, TimeText::moment(TimeText::local(note.createdAt), now, m_settings.locale()),
                note.body, note.conversation.toString()});
        }
    }
    m_rows.setRows(rows);
    Q_EMIT changed();
}

void LessonNotes::remove(const QString& note)
{
    if (!m_memory) {
        return;
    }
    forgetRemoved();
    m_removed = note;
    publish();
    m_forgetting = m_scheduler.after(UndoTime, [this] { forgetRemoved(); });
    m_toasts.show(tr("The note was deleted."), QStringLiteral("info"), tr("Undo"), [this, note] {
        if (m_removed == note) {
            m_removed.clear();
            m_forgetting.cancel();
            publish();
        }
    });
}

void LessonNotes::forgetRemoved()
{
    m_forgetting.cancel();
    const QString gone = std::exchange(m_removed, {});
    if (m_memory && !gone.isEmpty()) {
        whenDone(m_memory->removeLessonNote(LessonNoteId(gone)), m_scope.get(), [this](const Result<void>& removed) {
            if (!removed.ok()) {
                m_error = errorSentence(removed.error());
                read();
            }
        });
    }
}

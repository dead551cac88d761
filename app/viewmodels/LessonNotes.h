// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "tutor/TutorMemory.h"
#include "viewmodels/RowModel.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;
class Toasts;

/// What stays of one talk. A value.
struct LessonNoteRow
{
    Q_GADGET
    QML_VALUE_TYPE(lessonNoteRow)
    Q_PROPERTY(QString note MEMBER note)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(QString body MEMBER body)
    Q_PROPERTY(QString conversation MEMBER conversation)

public:
    QString note;
    QString title;
    QString when;
    QString body; ///< Markdown
    QString conversation; ///< empty when it was deleted

    QString key() const { return note; }
    bool operator==(const LessonNoteRow&) const = default;
};

class LessonNoteModel : public RowModel<LessonNoteRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// The notes of past talks, to be read again. A deleted one is forgotten only when its undo has
/// passed. GUI thread.
class LessonNotes : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(LessonNoteModel* rows READ rows CONSTANT)
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)

public:
    LessonNotes(AppSettings& settings, Clock& clock, Scheduler& scheduler, Toasts& toasts, QObject* parent = nullptr);
    ~LessonNotes() override;

    void attach(TutorMemory* memory);
    void retranslate() { publish(); }
    void present(const QList<LessonNoteRow>& rows);

    LessonNoteModel* rows() { return &m_rows; }
    bool isLoading() const { return m_loading; }
    QString error() const { return m_error; }

    Q_INVOKABLE void remove(const QString& note);

Q_SIGNALS:
    void changed();

private:
    void read();
    void publish();
    void forgetRemoved();

    AppSettings& m_settings;
    Clock& m_clock;
    Scheduler& m_scheduler;
    Toasts& m_toasts;
    QPointer<TutorMemory> m_memory;
    std::unique_ptr<QObject> m_scope;
    QList<LessonNote> m_notes;
    LessonNoteModel m_rows;
    QString m_removed; ///< a note that can still be had back
    QString m_error;
    ScheduledTask m_forgetting;
    bool m_loading = false;
};

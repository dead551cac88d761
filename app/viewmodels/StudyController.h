// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/RowModel.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;
class StudyLibrary;
struct Error;

/// One unit of the library, with what waits in it.
struct UnitRow
{
    Q_GADGET
    QML_VALUE_TYPE(unitRow)
    Q_PROPERTY(QString argument MEMBER argument)
    Q_PROPERTY(QString pack MEMBER pack)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString summary MEMBER summary)
    Q_PROPERTY(int due MEMBER due)
    Q_PROPERTY(int fresh MEMBER fresh)
    Q_PROPERTY(int cards MEMBER cards)
    Q_PROPERTY(int notes MEMBER notes)
    Q_PROPERTY(int exercises MEMBER exercises)
    Q_PROPERTY(int exercisesDone MEMBER exercisesDone)

public:
    QString argument; ///< names the unit for a review or a practice: pack/unit
    QString pack;     ///< the title of its pack, the section of the list
    QString title;
    QString summary;
    int due = 0; ///< now, learning included
    int fresh = 0;
    int cards = 0;
    int exercises = 0;
    int exercisesDone = 0;
    int notes = 0;

    QString key() const { return argument; }
    bool operator==(const UnitRow&) const = default;
};

class UnitModel : public RowModel<UnitRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// A mock exam that ships with a pack.
struct MockRow
{
    Q_GADGET
    QML_VALUE_TYPE(mockRow)
    Q_PROPERTY(QString argument MEMBER argument)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString summary MEMBER summary)

public:
    QString argument;
    QString title;
    QString summary;

    QString key() const { return argument; }
    bool operator==(const MockRow&) const = default;
};

class MockModel : public RowModel<MockRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// A note of a unit, to be read.
struct NoteRow
{
    Q_GADGET
    QML_VALUE_TYPE(noteRow)
    Q_PROPERTY(QString note MEMBER note)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString text MEMBER text)

public:
    QString note;
    QString title;
    QString text; ///< in the small Markdown subset of packs

    QString key() const { return note; }
    bool operator==(const NoteRow&) const = default;
};

class NoteModel : public RowModel<NoteRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// One moment of the study page. A value.
struct StudyState
{
    Q_GADGET
    QML_VALUE_TYPE(studyState)
    Q_PROPERTY(bool loading MEMBER loading)
    Q_PROPERTY(bool empty MEMBER empty)
    Q_PROPERTY(int due MEMBER due)
    Q_PROPERTY(int fresh MEMBER fresh)
    Q_PROPERTY(int reviewed MEMBER reviewed)
    Q_PROPERTY(QString headline MEMBER headline)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(QString errorDetails MEMBER errorDetails)

public:
    bool loading = true;
    bool empty = false;
    int due = 0;
    int fresh = 0;
    int reviewed = 0;
    QString headline;
    QString detail;
    QString error;
    QString errorDetails;

    bool operator==(const StudyState&) const = default;
};

/// The units on this computer and what waits in them. GUI thread.
class StudyController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(StudyState state READ state NOTIFY stateChanged)
    Q_PROPERTY(UnitModel* units READ units CONSTANT)
    Q_PROPERTY(MockModel* mocks READ mocks CONSTANT)
    Q_PROPERTY(NoteModel* notes READ notes CONSTANT)
    Q_PROPERTY(QString notesTitle READ notesTitle NOTIFY notesChanged)
    Q_PROPERTY(int wantedNote READ wantedNote NOTIFY notesChanged)

public:
    explicit StudyController(AppSettings& settings, QObject* parent = nullptr);
    ~StudyController() override;

    void attach(StudyLibrary* library);
    /// Opening the library failed.
    void fail(const Error& error);
    void retranslate() { publish(); }
    void present(const StudyState& state, const QList<UnitRow>& units, const QList<MockRow>& mocks);

    const StudyState& state() const { return m_state; }
    UnitModel* units() { return &m_units; }
    MockModel* mocks() { return &m_mocks; }
    NoteModel* notes() { return &m_notes; }
    QString notesTitle() const { return m_notesTitle; }
    /// The line of the note that was asked for; -1 when it was only their unit.
    int wantedNote() const { return m_wantedNote; }

    /// The notes page where an item of a pack can be read (pack/unit#item); empty when it is no note of
    /// a pack here.
    Q_INVOKABLE QString notesOf(const QString& pack, const QString& item) const;
    /// Fills `notes` with those of a unit: pack/unit, or pack/unit#item to read one of them.
    Q_INVOKABLE void openNotes(const QString& argument);

Q_SIGNALS:
    void stateChanged();
    void notesChanged();

private:
    void publish();

    AppSettings& m_settings;
    QPointer<StudyLibrary> m_library;
    std::unique_ptr<QObject> m_scope;
    StudyState m_state;
    QString m_error;
    QString m_errorDetails;
    UnitModel m_units;
    MockModel m_mocks;
    NoteModel m_notes;
    QString m_notesTitle;
    int m_wantedNote = -1;
};

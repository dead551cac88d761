// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "study/Pack.h"
#include "tutor/TutorSettings.h"
#include "viewmodels/ItemForm.h"

#include <QObject>
#include <QPointer>

class AppSettings;
class PracticeSession;
class StudyLibrary;

/// One exercise in the row of dots above a practice.
struct MarkRow
{
    Q_GADGET
    QML_VALUE_TYPE(markRow)
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(QString mark MEMBER mark)
    Q_PROPERTY(bool current MEMBER current)

public:
    int number = 0;
    QString mark; ///< open, wrong, right or answered
    bool current = false;

    QString key() const { return QString::number(number); }
    bool operator==(const MarkRow&) const = default;
};

class MarkModel : public RowModel<MarkRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// One moment of a practice or a mock exam. A value.
struct PracticeState
{
    Q_GADGET
    QML_VALUE_TYPE(practiceState)
    Q_PROPERTY(QString phase MEMBER phase)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString position MEMBER position)
    Q_PROPERTY(double progress MEMBER progress)
    Q_PROPERTY(bool mock MEMBER mock)
    Q_PROPERTY(bool last MEMBER last)
    Q_PROPERTY(bool mayAsk MEMBER mayAsk)
    Q_PROPERTY(bool tutorOff MEMBER tutorOff)
    Q_PROPERTY(QString timeLeft MEMBER timeLeft)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString verdict MEMBER verdict)
    Q_PROPERTY(QString feedback MEMBER feedback)
    Q_PROPERTY(QString explanation MEMBER explanation)
    Q_PROPERTY(QString resultTitle MEMBER resultTitle)
    Q_PROPERTY(QString resultText MEMBER resultText)
    Q_PROPERTY(double resultShare MEMBER resultShare)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(QString errorDetails MEMBER errorDetails)

public:
    QString phase = QStringLiteral("loading"); ///< loading, answering, judged, finished or failed
    QString title;
    QString position; ///< "3 of 12"
    double progress = 0;
    bool mock = false;
    bool last = false;
    bool mayAsk = false; ///< the tutor can be asked about this exercise
    bool tutorOff = false; ///< it could be, were its person not sitting an exam
    QString timeLeft;
    QString tone;
    QString verdict;
    QString feedback;
    QString explanation;
    QString resultTitle;
    QString resultText;
    double resultShare = 0;
    QString error;
    QString errorDetails;

    bool operator==(const PracticeState&) const = default;
};

/// Exercises with feedback in place, or a mock exam without. GUI thread.
class PracticeController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(PracticeState state READ state NOTIFY stateChanged)
    Q_PROPERTY(ItemForm* form READ form CONSTANT)
    Q_PROPERTY(MarkModel* marks READ marks CONSTANT)

public:
    PracticeController(AppSettings& settings, Scheduler& scheduler, QObject* parent = nullptr);
    ~PracticeController() override;

    void attach(StudyLibrary* library);
    void retranslate() { publish(); }
    void present(const PracticeState& state, const QList<MarkRow>& marks);
    const PracticeState& state() const { return m_state; }
    ItemForm* form() { return &m_form; }
    MarkModel* marks() { return &m_marks; }
    /// While somebody sits an exam that does not allow it, the tutor is not offered.
    void setTutorOff(bool off);

    /// `argument`: pack/unit, pack, or pack/mock/exam.
    Q_INVOKABLE void start(const QString& argument);
    Q_INVOKABLE void check();
    Q_INVOKABLE void showSolution();
    Q_INVOKABLE void next();
    Q_INVOKABLE void goTo(int number);
    Q_INVOKABLE void tryAgain();
    Q_INVOKABLE void finish();
    Q_INVOKABLE void stop();
    /// Takes the exercise to the tutor. What was filled in stands there again after coming back.
    Q_INVOKABLE void askTutor();

Q_SIGNALS:
    void stateChanged();
    /// A talk about this exercise is wanted. `solved`: its solution has been shown.
    void tutorWanted(const std::shared_ptr<const Pack>& pack, const UnitId& unit, const ItemId& item, bool solved);

private:
    void publish();

    AppSettings& m_settings;
    QPointer<StudyLibrary> m_library;
    QPointer<PracticeSession> m_session;
    PackId m_pack;
    QString m_title;
    ItemId m_left; ///< the exercise that was filled in when the page was left for the tutor
    QJsonObject m_leftAnswer;
    bool m_tutorOff = false;
    PracticeState m_state;
    ItemForm m_form;
    MarkModel m_marks;
    ScheduledTask m_tick;
    int m_shownIndex = -1;
    bool m_shownJudged = false;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "exam/StudentExamSession.h"
#include "viewmodels/ConnectionStatus.h"
#include "viewmodels/ItemForm.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;
class RealtimeExamSessionManager;

/// One item in the palette beside the question.
struct PaletteRow
{
    Q_GADGET
    QML_VALUE_TYPE(paletteRow)
    Q_PROPERTY(QString item MEMBER item)
    Q_PROPERTY(QString section MEMBER section)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QString description MEMBER description)
    Q_PROPERTY(bool flagged MEMBER flagged)
    Q_PROPERTY(bool current MEMBER current)

public:
    QString item;
    QString section;
    QString label;       ///< its number, or "i" for a page that only informs
    QString state;       ///< unseen, seen or answered
    QString description; ///< for a screen reader
    bool flagged = false;
    bool current = false;

    QString key() const { return item; }
    bool operator==(const PaletteRow&) const = default;
};

class PaletteModel : public RowModel<PaletteRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the exam room")

public:
    using RowModel::RowModel;
};

/// One moment of the exam room, in words. A value.
struct ExamRoomState
{
    Q_GADGET
    QML_VALUE_TYPE(examRoomState)
    Q_PROPERTY(QString phase MEMBER phase)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString section MEMBER section)
    Q_PROPERTY(QString position MEMBER position)
    Q_PROPERTY(QString keptText MEMBER keptText)
    Q_PROPERTY(QString keptHint MEMBER keptHint)
    Q_PROPERTY(qint64 kept MEMBER kept)
    Q_PROPERTY(qint64 received MEMBER received)
    Q_PROPERTY(bool allReceived MEMBER allReceived)
    Q_PROPERTY(ConnectionStatus connection MEMBER connection)
    Q_PROPERTY(bool flagged MEMBER flagged)
    Q_PROPERTY(bool hasPrevious MEMBER hasPrevious)
    Q_PROPERTY(bool hasNext MEMBER hasNext)
    Q_PROPERTY(int answered MEMBER answered)
    Q_PROPERTY(int open MEMBER open)
    Q_PROPERTY(int flags MEMBER flags)
    Q_PROPERTY(QString summary MEMBER summary)
    Q_PROPERTY(QString noticeTone MEMBER noticeTone)
    Q_PROPERTY(QString noticeTitle MEMBER noticeTitle)
    Q_PROPERTY(QString notice MEMBER notice)
    Q_PROPERTY(QString coverTitle MEMBER coverTitle)
    Q_PROPERTY(QString coverText MEMBER coverText)
    Q_PROPERTY(QString coverIcon MEMBER coverIcon)
    Q_PROPERTY(QString coverAction MEMBER coverAction)
    Q_PROPERTY(QString receipt MEMBER receipt)
    Q_PROPERTY(QString receiptTitle MEMBER receiptTitle)
    Q_PROPERTY(QString receiptText MEMBER receiptText)

public:
    QString phase = QStringLiteral("opening"); ///< opening, waiting, writing, paused, locked, handingIn, handedIn, elsewhere, ended
    QString title;
    QString section;
    QString position;  ///< "Question 3 of 13"
    QString keptText;  ///< "Kept here 41 · received by the school 39"
    QString keptHint;
    qint64 kept = 0;
    qint64 received = 0;
    bool allReceived = false;
    ConnectionStatus connection;
    bool flagged = false;
    bool hasPrevious = false;
    bool hasNext = false;
    int answered = 0;
    int open = 0; ///< questions without an answer
    int flags = 0;
    QString summary;
    QString noticeTone;
    QString noticeTitle;
    QString notice;
    QString coverTitle; ///< not empty: the paper is covered by this
    QString coverText;
    QString coverIcon;
    QString coverAction;
    QString receipt;
    QString receiptTitle;
    QString receiptText;

    bool operator==(const ExamRoomState&) const = default;
};

/// The student's exam room. Every edit goes straight to the session, which keeps it before anything
/// is sent; this object only turns its snapshot into words. GUI thread.
class ExamController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(ExamRoomState state READ state NOTIFY stateChanged)
    Q_PROPERTY(PaletteModel* palette READ palette CONSTANT)
    Q_PROPERTY(ItemForm* form READ form CONSTANT)
    Q_PROPERTY(QString timeLeft READ timeLeft NOTIFY timeLeftChanged)
    Q_PROPERTY(QString timeTone READ timeTone NOTIFY timeLeftChanged)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged)

public:
    ExamController(AppSettings& settings, Scheduler& scheduler, QObject* parent = nullptr);
    ~ExamController() override;

    void attach(RealtimeExamSessionManager& exams);
    /// Leaves the room; when it returns, `exams` and its profile may go.
    void detach();
    void retranslate();
    /// Shows a given moment; the page gallery of the tests uses it.
    void present(const ExamRoomState& state, const QList<PaletteRow>& palette, const QString& timeLeft);

    const ExamRoomState& state() const { return m_state; }
    PaletteModel* palette() { return &m_palette; }
    ItemForm* form() { return &m_form; }
    QString timeLeft() const { return m_timeLeft; }
    QString timeTone() const { return m_timeTone; }
    /// The newest message of the teacher that was not put away yet.
    QString message() const { return m_message; }

    Q_INVOKABLE void enter(const QString& sitting);
    /// Leaves the room; everything is kept and can be taken up again.
    Q_INVOKABLE void leave();
    Q_INVOKABLE void tryAgain();
    Q_INVOKABLE void goTo(const QString& item);
    Q_INVOKABLE void previous();
    Q_INVOKABLE void next();
    Q_INVOKABLE void toggleFlag();
    Q_INVOKABLE void handIn();
    Q_INVOKABLE void putMessageAway();
    /// The window gained or lost the focus.
    Q_INVOKABLE void windowFocused(bool focused);
    /// How many screens the computer has, now and whenever it changes.
    void screensConnected(int count);
    /// Commits what is being typed; for closing the window.
    Q_INVOKABLE void flush();

Q_SIGNALS:
    void stateChanged();
    void timeLeftChanged();
    void messageChanged();
    /// To be spoken and shown once: 30, 15, 5 and 1 minutes left.
    void timeAnnounced(const QString& text);
    /// The paper was handed in: show the receipt.
    void handedIn();

private:
    void publish();
    void publishTime();
    void publishPalette();
    void showCurrentItem();
    void cover(ExamRoomState& state, const ExamSnapshot& now) const;
    void notice(ExamRoomState& state, const ExamSnapshot& now) const;
    qsizetype currentIndex() const;
    void step(int by);

    AppSettings& m_settings;
    Scheduler& m_scheduler;
    RealtimeExamSessionManager* m_exams = nullptr;
    std::unique_ptr<StudentExamSession> m_session;
    QPointer<StudentExamSession> m_leaving;
    QString m_sitting;
    ExamRoomState m_state;
    PaletteModel m_palette;
    ItemForm m_form;
    ItemId m_shown;
    QString m_timeLeft;
    QString m_timeTone = QStringLiteral("neutral");
    QString m_message;
    std::optional<std::chrono::seconds> m_announcedAt;
    bool m_receiptShown = false;
    int m_screens = 1;
    ScheduledTask m_retry;
};

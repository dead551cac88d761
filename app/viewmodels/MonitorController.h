// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "exam/ExamCommand.h"
#include "exam/ProctorSession.h"
#include "viewmodels/MonitorModel.h"

#include <QObject>
#include <QSet>
#include <QtQmlIntegration>

#include <memory>

class RealtimeExamSessionManager;

/// The head of the live monitor. A value.
struct MonitorHead
{
    Q_GADGET
    QML_VALUE_TYPE(monitorHead)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QString stateLabel MEMBER stateLabel)
    Q_PROPERTY(QString stateTone MEMBER stateTone)
    Q_PROPERTY(QString timeLeft MEMBER timeLeft)
    Q_PROPERTY(QString asOf MEMBER asOf)
    Q_PROPERTY(bool stale MEMBER stale)
    Q_PROPERTY(bool loading MEMBER loading)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(int students MEMBER students)
    Q_PROPERTY(int writing MEMBER writing)
    Q_PROPERTY(int shown MEMBER shown)
    Q_PROPERTY(int selected MEMBER selected)
    Q_PROPERTY(QString selectionText MEMBER selectionText)

public:
    QString title;
    QString state;
    QString stateLabel;
    QString stateTone;
    QString timeLeft;
    QString asOf;
    bool stale = true;
    bool loading = true;
    QString error;
    int students = 0;
    int writing = 0; ///< have begun and not handed in
    int shown = 0;
    int selected = 0;
    QString selectionText;

    bool operator==(const MonitorHead&) const = default;
};

/// A command being prepared: what it would do, before it is done. A value.
struct CommandPreview
{
    Q_GADGET
    QML_VALUE_TYPE(commandPreview)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString refused MEMBER refused)
    Q_PROPERTY(QString acceptText MEMBER acceptText)
    Q_PROPERTY(bool ready MEMBER ready)
    Q_PROPERTY(bool needsText MEMBER needsText)
    Q_PROPERTY(bool needsMinutes MEMBER needsMinutes)
    Q_PROPERTY(bool busy MEMBER busy)
    Q_PROPERTY(QString error MEMBER error)

public:
    QString kind; ///< empty: none is being prepared
    QString title;
    QString text;
    QString refused; ///< for whom it cannot be done, and why
    QString acceptText;
    bool ready = false;
    bool needsText = false;
    bool needsMinutes = false;
    bool busy = false;
    QString error;

    bool operator==(const CommandPreview&) const = default;
};

/// One student's details in the drawer. A value.
struct MonitorDetail
{
    Q_GADGET
    QML_VALUE_TYPE(monitorDetail)
    Q_PROPERTY(bool shown MEMBER shown)
    Q_PROPERTY(MonitorLine line MEMBER line)

public:
    bool shown = false;
    MonitorLine line;

    bool operator==(const MonitorDetail&) const = default;
};

/// The teacher's live monitor: rows in words, incident first and still under the pointer; counters
/// that filter; search; selection; and commands with a preview, a reason and an undo. GUI thread.
class MonitorController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(MonitorHead head READ head NOTIFY headChanged)
    Q_PROPERTY(MonitorModel* rows READ rows CONSTANT)
    Q_PROPERTY(MonitorCountModel* counts READ counts CONSTANT)
    Q_PROPERTY(CommandPreview preview READ preview NOTIFY previewChanged)
    Q_PROPERTY(MonitorDetail detail READ detail NOTIFY detailChanged)
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY headChanged)

public:
    static constexpr std::chrono::seconds UndoWindow {5};

    MonitorController(Clock& clock, Scheduler& scheduler, QObject* parent = nullptr);
    ~MonitorController() override;

    void attach(RealtimeExamSessionManager& exams);
    void detach();
    void retranslate();
    /// Shows given rows; the page gallery of the tests uses it.
    void present(const MonitorHead& head, const QList<MonitorLine>& lines, const QList<MonitorCount>& counts);

    const MonitorHead& head() const { return m_head; }
    MonitorModel* rows() { return &m_rows; }
    MonitorCountModel* counts() { return &m_counts; }
    const CommandPreview& preview() const { return m_preview; }
    const MonitorDetail& detail() const { return m_detail; }
    QString undoText() const { return m_undoText; }
    QString search() const { return m_search; }
    void setSearch(const QString& text);

    Q_INVOKABLE void watch(const QString& sitting);
    Q_INVOKABLE void leave();
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void openSitting();
    Q_INVOKABLE void closeSitting();

    /// Rows keep their places while the pointer is over them.
    Q_INVOKABLE void holdOrder(bool hold);
    /// Shows only this status; the same again shows all.
    Q_INVOKABLE void filterBy(const QString& status);
    Q_INVOKABLE void toggleSelected(const QString& student);
    Q_INVOKABLE void selectShown();
    Q_INVOKABLE void clearSelection();
    Q_INVOKABLE void showDetail(const QString& student);
    Q_INVOKABLE void hideDetail();

    /// Prepares extend, pause, resume, message, lock, unlock, collect or grant_takeover for the
    /// students given, separated by commas; for the selection when empty; for all when none is
    /// selected. The answer arrives in `preview`.
    Q_INVOKABLE void prepare(const QString& kind, const QString& students = {});
    Q_INVOKABLE void setMinutes(int minutes);
    Q_INVOKABLE void setMessage(const QString& text);
    Q_INVOKABLE void confirm(const QString& reason);
    Q_INVOKABLE void abandon();
    Q_INVOKABLE void undo();

Q_SIGNALS:
    void headChanged();
    void previewChanged();
    void detailChanged();
    void undoChanged();
    /// For a toast: something was done, or could not be.
    void said(const QString& text, const QString& tone);

private:
    void readRows();
    void arrange();
    void publishHead();
    void publishDetail();
    void askPreview();
    void showPreview(const CommandOutcome& outcome);
    QList<AttemptId> targetsOf(const QString& students) const;
    std::optional<WallTime> serverNow() const;
    void setPreview(const CommandPreview& preview);
    void offerUndo(qint64 command, const QString& text);

    Clock& m_clock;
    Scheduler& m_scheduler;
    RealtimeExamSessionManager* m_exams = nullptr;
    std::unique_ptr<ProctorSession> m_session;
    QHash<QString, MonitorRow> m_known;
    QStringList m_order;
    MonitorHead m_head;
    MonitorModel m_rows;
    MonitorCountModel m_counts;
    CommandPreview m_preview;
    ExamCommand m_command;
    MonitorDetail m_detail;
    QString m_detailStudent;
    QString m_search;
    QString m_filter;
    QSet<QString> m_selection;
    bool m_held = false;
    QString m_undoText;
    std::optional<qint64> m_undoCommand;
    quint64 m_previewRequest = 0;
    ScheduledTask m_tick;
    ScheduledTask m_undoEnd;
    ScheduledTask m_previewDelay;
};

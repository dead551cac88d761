// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "viewmodels/RowModel.h"

#include <QJsonObject>
#include <QObject>
#include <QtQmlIntegration>

#include <memory>

class RestClient;

/// One sitting in a teacher's list.
struct TeacherSitting
{
    Q_GADGET
    QML_VALUE_TYPE(teacherSitting)
    Q_PROPERTY(QString sitting MEMBER sitting)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString className MEMBER className)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(QString duration MEMBER duration)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QString stateLabel MEMBER stateLabel)
    Q_PROPERTY(QString stateTone MEMBER stateTone)
    Q_PROPERTY(QString counts MEMBER counts)
    Q_PROPERTY(int students MEMBER students)
    Q_PROPERTY(int started MEMBER started)
    Q_PROPERTY(int submitted MEMBER submitted)
    Q_PROPERTY(QString marking MEMBER marking)
    Q_PROPERTY(bool canOpen MEMBER canOpen)
    Q_PROPERTY(bool canWatch MEMBER canWatch)
    Q_PROPERTY(bool live MEMBER live)
    Q_PROPERTY(bool canRelease MEMBER canRelease)
    Q_PROPERTY(bool released MEMBER released)

public:
    QString sitting;
    QString title;
    QString className;
    QString when;
    QString duration;
    QString state; ///< scheduled, open, closed, released
    QString stateLabel;
    QString stateTone;
    QString counts;
    int students = 0;
    int started = 0;
    int submitted = 0;
    QString marking {}; ///< papers that wait for a mark, and what to do; empty when none do
    bool canOpen = false;
    bool canWatch = false;
    bool live = false; ///< papers are written now
    bool canRelease = false;
    bool released = false; ///< papers that came in later wait for another time

    QString key() const { return sitting; }
    bool operator==(const TeacherSitting&) const = default;
};

class TeacherSittingModel : public RowModel<TeacherSitting>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// The teacher's list of sittings: opens and releases them. Looks again every few seconds
/// while attached, because other teachers act too. GUI thread.
class SittingsController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(TeacherSittingModel* sittings READ sittings CONSTANT)
    Q_PROPERTY(bool loading READ isLoading NOTIFY stateChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY stateChanged)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged)
    Q_PROPERTY(QString errorDetails READ errorDetailsText NOTIFY stateChanged)

public:
    SittingsController(Clock& clock, Scheduler& scheduler, QObject* parent = nullptr);
    ~SittingsController() override;

    void attach(RestClient& rest);
    void detach();
    /// Makes every text again after the language changed.
    void retranslate();
    /// Shows given rows; the page gallery of the tests uses it.
    void present(const QList<TeacherSitting>& rows);

    TeacherSittingModel* sittings() { return &m_model; }
    bool isLoading() const { return m_loading; }
    bool isBusy() const { return m_busy; }
    QString error() const { return m_error; }
    QString errorDetailsText() const { return m_errorDetails; }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void openSitting(const QString& sitting);
    Q_INVOKABLE void releaseResults(const QString& sitting);

Q_SIGNALS:
    void stateChanged();
    /// The sitting is open now: watch it.
    void opened(const QString& sitting);
    /// What releasing came to, for a message that passes.
    void said(const QString& text, const QString& tone);

private:
    void act(const QString& function, const QString& sitting);
    void sayReleased(const QJsonObject& outcome);
    void publish();
    void fail(const Error& error);

    Clock& m_clock;
    Scheduler& m_scheduler;
    RestClient* m_rest = nullptr;
    TeacherSittingModel m_model;
    QJsonArray m_rows;
    bool m_loading = true;
    bool m_busy = false;
    QString m_error;
    QString m_errorDetails;
    std::unique_ptr<QObject> m_scope; ///< dies on detach, so that late answers are dropped
    ScheduledTask m_tick;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "tutor/WritingDesk.h"
#include "viewmodels/MarkingRow.h"
#include "viewmodels/WritingRow.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;
class Toasts;

/// Texts with feedback. A learner sees what was sent, what waits and what a teacher corrected; a
/// teacher sees those of their students and corrects them. GUI thread.
class WritingsController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(WritingModel* writings READ writings CONSTANT)
    Q_PROPERTY(MarkingModel* marking READ marking CONSTANT)
    Q_PROPERTY(WritingRow current READ current NOTIFY currentChanged)
    Q_PROPERTY(QString comment READ comment WRITE setComment NOTIFY markingChanged)
    Q_PROPERTY(bool canSend READ canSend NOTIFY changed)
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(bool offline READ isOffline NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QString markingError READ markingError NOTIFY markingChanged)

public:
    WritingsController(AppSettings& settings, Clock& clock, Toasts& toasts, QObject* parent = nullptr);
    ~WritingsController() override;

    void attach(WritingDesk* desk, bool teacher = false);
    void retranslate() { publish(); }
    void present(const QList<WritingRow>& rows, const WritingRow& current, const QList<MarkingRow>& marking, bool offline);

    WritingModel* writings() { return &m_rows; }
    MarkingModel* marking() { return &m_marking; }
    const WritingRow& current() const { return m_current; }
    QString comment() const { return m_comment; }
    void setComment(const QString& comment);
    /// Somebody is there to send to.
    bool canSend() const { return m_desk && m_desk->hasTeacher(); }
    bool isLoading() const { return m_loading; }
    bool isBusy() const { return m_busy; }
    bool isOffline() const { return m_offline; }
    QString error() const { return m_error; }
    QString markingError() const { return m_markingError; }

    /// Sends a text with what the tutor said of it. The id is the message's, so that the same text
    /// goes once.
    void send(const MessageId& said, const QString& brief, const QString& body, const RubricFeedback& feedback);
    bool isSent(const MessageId& said) const;

    Q_INVOKABLE void refresh();
    /// Shows one text; for a teacher, ready to be corrected.
    Q_INVOKABLE void open(const QString& writing);
    Q_INVOKABLE void setReached(const QString& criterion, const QString& reached);
    Q_INVOKABLE void setQuotes(const QString& criterion, const QString& quotes);
    Q_INVOKABLE void setStrength(const QString& criterion, const QString& strength);
    Q_INVOKABLE void setNext(const QString& criterion, const QString& next);
    /// Gives the corrected feedback to the student.
    Q_INVOKABLE void keepMarking();

Q_SIGNALS:
    void changed();
    void currentChanged();
    void markingChanged();
    /// The correction is with the student.
    void corrected();

private:
    void publish();
    void fillMarking(const Writing& writing);
    void change(const QString& criterion, QString MarkingRow::*field, const QString& value);
    WritingRow rowOf(const Writing& writing) const;
    const Writing* find(const QString& writing) const;

    AppSettings& m_settings;
    Clock& m_clock;
    Toasts& m_toasts;
    QPointer<WritingDesk> m_desk;
    std::unique_ptr<QObject> m_scope;
    QList<Writing> m_waiting;
    QList<Writing> m_sent;
    WritingModel m_rows;
    MarkingModel m_marking;
    WritingRow m_current;
    QString m_open;
    QString m_comment;
    QString m_error;
    QString m_markingError;
    bool m_teacher = false;
    bool m_loading = false;
    bool m_busy = false;
    bool m_offline = false;
};

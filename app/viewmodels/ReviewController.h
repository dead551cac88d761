// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QtQmlIntegration>

class AppSettings;
class ReviewSession;
class StudyLibrary;

/// One moment of a review session. A value.
struct ReviewState
{
    Q_GADGET
    QML_VALUE_TYPE(reviewState)
    Q_PROPERTY(QString phase MEMBER phase)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString front MEMBER front)
    Q_PROPERTY(QString back MEMBER back)
    Q_PROPERTY(QString hint MEMBER hint)
    Q_PROPERTY(QString example MEMBER example)
    Q_PROPERTY(QString exampleGloss MEMBER exampleGloss)
    Q_PROPERTY(QString cardPhase MEMBER cardPhase)
    Q_PROPERTY(QStringList intervals MEMBER intervals)
    Q_PROPERTY(int done MEMBER done)
    Q_PROPERTY(int fresh MEMBER fresh)
    Q_PROPERTY(int learning MEMBER learning)
    Q_PROPERTY(int due MEMBER due)
    Q_PROPERTY(double progress MEMBER progress)
    Q_PROPERTY(QString finishedText MEMBER finishedText)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(QString errorDetails MEMBER errorDetails)

public:
    QString phase = QStringLiteral("loading"); ///< loading, asking, revealed, finished or failed
    QString title;
    QString front;
    QString back;
    QString hint;
    QString example;
    QString exampleGloss;
    QString cardPhase;
    QStringList intervals; ///< what Again, Hard, Good and Easy lead to
    int done = 0;
    int fresh = 0;
    int learning = 0;
    int due = 0;
    double progress = 0;
    QString finishedText;
    QString error;
    QString errorDetails;

    bool operator==(const ReviewState&) const = default;
};

/// A review session on the screen: one card at a time. GUI thread.
class ReviewController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(ReviewState state READ state NOTIFY stateChanged)

public:
    ReviewController(AppSettings& settings, Clock& clock, QObject* parent = nullptr);
    ~ReviewController() override;

    void attach(StudyLibrary* library);
    void retranslate() { publish(); }
    void present(const ReviewState& state);
    const ReviewState& state() const { return m_state; }

    /// `argument`: pack/unit, pack, or empty for the first pack with something to do.
    Q_INVOKABLE void start(const QString& argument);
    Q_INVOKABLE void reveal();
    Q_INVOKABLE void rate(int rating);
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void stateChanged();

private:
    void publish();
    QString interval(std::chrono::seconds length) const;

    AppSettings& m_settings;
    Clock& m_clock;
    QPointer<StudyLibrary> m_library;
    QPointer<ReviewSession> m_session;
    QString m_title;
    ReviewState m_state;
};

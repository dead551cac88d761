// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "base/Id.h"
#include "domain/ExamMachine.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QObject>
#include <QString>

#include <chrono>
#include <optional>

/// Where one item stands, for the palette.
struct ExamItemState
{
    Q_GADGET
    Q_PROPERTY(QString item READ itemText)
    Q_PROPERTY(int section MEMBER section)
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(bool seen MEMBER seen)
    Q_PROPERTY(bool answered MEMBER answered)
    Q_PROPERTY(bool flagged MEMBER flagged)

public:
    ItemId item;
    int section = 0; ///< index into the paper's sections
    int number = 0; ///< 1, 2, 3 … over the items that ask something; 0 for the others
    bool seen = false;
    bool answered = false;
    bool flagged = false;

    QString itemText() const { return item.toString(); }
    bool operator==(const ExamItemState&) const = default;
};

/// Something a teacher said to this student, or to all.
struct ExamMessage
{
    Q_GADGET
    Q_PROPERTY(QString text MEMBER text)

public:
    qint64 command = 0;
    QString text;
    WallTime issuedAt;
    bool operator==(const ExamMessage&) const = default;
};

/// The academy's word that the attempt was handed in.
struct ExamReceipt
{
    Q_GADGET
    Q_PROPERTY(QString code MEMBER code)
    Q_PROPERTY(bool onTime MEMBER onTime)

public:
    QString code;
    WallTime submittedAt;
    bool onTime = true;
    bool operator==(const ExamReceipt&) const = default;
};

/// Everything an exam room shows, at one moment. Immutable value; comes from
/// StudentExamSession::snapshot(), which announces a new one only when something differs.
struct ExamSnapshot
{
    Q_GADGET
    Q_PROPERTY(Phase phase MEMBER phase)
    Q_PROPERTY(Connection connection MEMBER connection)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString currentItem READ currentItemText)
    Q_PROPERTY(int caret MEMBER caret)
    Q_PROPERTY(qint64 kept MEMBER kept)
    Q_PROPERTY(qint64 received MEMBER received)
    Q_PROPERTY(bool editable MEMBER editable)
    Q_PROPERTY(bool paused MEMBER paused)
    Q_PROPERTY(bool locked MEMBER locked)
    Q_PROPERTY(bool clockUncertain MEMBER clockUncertain)

public:
    /// The states of the machine, for QML and models.
    enum class Phase {
        NotStarted,
        Opening,
        Refused,
        LeaseTaken,
        Running,
        Paused,
        Locked,
        Submitting,
        Submitted,
        Expired,
        Fenced,
        Voided
    };
    Q_ENUM(Phase)

    /// What the connection chip says, from what the last calls did.
    enum class Connection { Unknown, Live, CatchingUp, Offline, NeedsSignIn };
    Q_ENUM(Connection)

    Phase phase = Phase::NotStarted;
    QString refusal; ///< the academy's code, in phase Refused
    std::optional<ExamMachine::HandIn> handIn; ///< why, in phase Submitting
    Connection connection = Connection::Unknown;
    QString title;
    QList<ExamItemState> items;
    ItemId currentItem;
    int caret = 0; ///< where writing stopped in the current item, when the attempt was taken up
    int answered = 0;
    int flagged = 0;
    int total = 0; ///< items that ask something
    qint64 kept = 0; ///< operations committed on this computer
    qint64 received = 0; ///< of them, those the academy has acknowledged
    qint64 quarantined = 0; ///< of them, those the academy refuses; kept here, visible
    bool editable = false;
    bool paused = false;
    bool locked = false;
    std::optional<std::chrono::seconds> remaining; ///< nothing until the server has spoken
    std::optional<WallTime> effectiveEnd;
    bool clockUncertain = false; ///< the machine was restarted; the next beat settles it
    QList<ExamMessage> messages;
    std::optional<ExamReceipt> receipt;
    /// Answers written here that gave way to those of another computer; until the item is changed.
    QHash<ItemId, QJsonObject> asides;
    std::optional<Error> problem; ///< the last thing that did not work, until it works
    /// The disk refuses: what is typed now is held in memory only, and the student must know.
    bool storageFailed = false;

    QString currentItemText() const { return currentItem.toString(); }
    bool operator==(const ExamSnapshot&) const = default;
};

ExamSnapshot::Phase phaseOf(const ExamMachine::State& state);

Q_DECLARE_METATYPE(ExamSnapshot)

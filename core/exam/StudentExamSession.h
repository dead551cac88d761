// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamItem.h"
#include "exam/ExamServices.h"
#include "exam/ExamSnapshot.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>

#include <memory>

/// One student writing one sitting, on the student's own computer.
///
/// Every change is committed to the local store together with its queue row before anything is
/// sent; the screen renders from there and the network catches up by itself. After a crash start()
/// has everything back at once, without a network. Nothing here blocks or asks; whatever goes wrong
/// becomes part of the snapshot. GUI thread; owned by whoever shows the exam.
class StudentExamSession : public QObject
{
    Q_OBJECT
    Q_PROPERTY(ExamSnapshot snapshot READ snapshot NOTIFY snapshotChanged)

public:
    /// Whether more of the same edit is likely to follow at once.
    enum class Edit { Typing, Complete };

    StudentExamSession(SittingId sitting, ExamServices services, QObject* parent = nullptr);
    ~StudentExamSession() override;

    const SittingId& sitting() const;
    /// Empty until the attempt is known.
    AttemptId attempt() const;
    const ExamSnapshot& snapshot() const;
    /// The sealed paper; empty until phase Running.
    const ExamPaper& paper() const;
    QJsonObject answer(const ItemId& item) const;

    /// Takes up the attempt from the local store, or asks the academy for it. Also asks again after
    /// a refusal, and for the lease when another device holds it or took it.
    void start();

    /// Keeps an answer. While typing, edits of one item are joined for at most 250 ms; anything
    /// else is committed at once. False, and nothing kept, when the attempt cannot be changed now
    /// or the payload is not an answer to this item.
    bool setAnswer(const ItemId& item, const QJsonValue& payload, Edit edit = Edit::Typing);
    bool setFlagged(const ItemId& item, bool flagged);
    /// The student looks at this item now.
    void visit(const ItemId& item);
    /// Where the caret stands in the answer of this item, to be there again after a crash.
    void setCaret(const ItemId& item, int position);
    /// How often the recording of an item has been started; counted in the log, so that neither a
    /// crash nor another device gives a play back.
    int playsUsed(const ItemId& item) const;
    bool recordPlay(const ItemId& item);
    /// Commits what is still being typed; for loss of focus, change of page, closing.
    void flush();
    /// Commits what is still being typed and stops: no beats, no edits. For a window that closes
    /// while the object lives a little longer.
    void close();
    /// The network or the academy is back: what waits for its next try tries now.
    void networkUp();
    /// Operations of this attempt left the queue, confirmed or set aside, and that is committed.
    void laneAdvanced();
    /// Hands in. Works without a network: completes by itself when there is one.
    void submit();

    /// Facts about the window and the clipboard; signals for the teacher, never a penalty.
    void reportFocus(bool focused);
    void reportPaste(const ItemId& item, int characters);
    /// How many screens the computer has; more than one is told once, and again when another comes.
    void reportScreens(int count);

Q_SIGNALS:
    /// Something other than the time left differs.
    void snapshotChanged();
    /// The academy gave the paper out, for the first time or again, and it is stored.
    void paperGiven();
    /// The whole seconds left, or their certainty, differ.
    void remainingChanged();
    /// A teacher wrote; also in the snapshot.
    void messageReceived(const ExamMessage& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

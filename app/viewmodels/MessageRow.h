// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/CorrectionRow.h"
#include "viewmodels/TalkOutcome.h"

#include <QObject>
#include <QtQmlIntegration>

/// A note, a card or an exercise that a reply rests on. A value.
struct SourceRow
{
    Q_GADGET
    QML_VALUE_TYPE(sourceRow)
    Q_PROPERTY(QString pack MEMBER pack)
    Q_PROPERTY(QString item MEMBER item)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString number MEMBER number)

public:
    QString pack;
    QString item;
    QString title;
    QString number; ///< as the reply cites it

    bool operator==(const SourceRow&) const = default;
};

/// One message as it is drawn. A value.
struct MessageRow
{
    Q_GADGET
    QML_VALUE_TYPE(messageRow)
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(bool mine MEMBER mine)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QString stateText MEMBER stateText)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString footer MEMBER footer)
    Q_PROPERTY(QString note MEMBER note)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(int sources READ sourceCount)
    Q_PROPERTY(QString concerns MEMBER concerns)
    Q_PROPERTY(bool reported MEMBER reported)
    Q_PROPERTY(bool mayReport MEMBER mayReport)
    Q_PROPERTY(QString branch MEMBER branch)
    Q_PROPERTY(QString earlier MEMBER earlier)
    Q_PROPERTY(QString later MEMBER later)
    Q_PROPERTY(bool newest MEMBER newest)
    Q_PROPERTY(bool canContinue MEMBER canContinue)
    Q_PROPERTY(bool canRetry MEMBER canRetry)
    Q_PROPERTY(bool waits MEMBER waits)
    Q_PROPERTY(bool streaming MEMBER streaming)
    Q_PROPERTY(int marks READ markCount)
    Q_PROPERTY(QString corrections MEMBER corrections)
    Q_PROPERTY(QString caution MEMBER caution)
    Q_PROPERTY(int outcomes READ outcomeCount)
    Q_PROPERTY(bool mayShowAnswer MEMBER mayShowAnswer)
    Q_PROPERTY(bool offersSimpler MEMBER offersSimpler)

public:
    QString message;
    bool mine = false;
    QString text;
    QString state;     ///< queued, connecting, thinking, writing, done, stopped, interrupted or failed
    QString stateText; ///< the same in words, while there is something to say
    QString tone;
    QString footer;    ///< model, time to the first word, tokens, cost and time, quietly
    QString note;      ///< why another tutor answered than the chosen one
    QString error;
    QList<SourceRow> sourceList; ///< what it rests on
    QString concerns;  ///< what the checks of this program found in it, in words
    bool reported = false; ///< to the teachers
    bool mayReport = false;
    QString branch;    ///< "2 of 3" when there are other words or replies in its place
    QString earlier;   ///< the one before among them; empty at the ends
    QString later;
    bool newest = false; ///< the last message of the branch
    bool canContinue = false; ///< broke off and can go on where it was
    bool canRetry = false;
    bool waits = false; ///< for its turn, or for another try: the wait can be ended
    bool streaming = false;
    QList<CorrectionRow> marked;    ///< in the learner's words, once the reply to them has ended
    QString corrections;      ///< the same in one sentence
    QString caution;          ///< what a person should hear who wrote this
    QList<TalkOutcome> outcomeList; ///< what the reply came to: reports, a recap
    bool mayShowAnswer = false; ///< the exercise was tried
    bool offersSimpler = false; ///< the last replies were too hard

    int sourceCount() const { return int(sourceList.size()); }
    Q_INVOKABLE SourceRow source(int index) const { return sourceList.value(index); }
    int markCount() const { return int(marked.size()); }
    Q_INVOKABLE CorrectionRow mark(int index) const { return marked.value(index); }
    int outcomeCount() const { return int(outcomeList.size()); }
    Q_INVOKABLE TalkOutcome outcome(int index) const { return outcomeList.value(index); }
    bool operator==(const MessageRow&) const = default;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"
#include "viewmodels/RowModel.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QtQmlIntegration>

#include <functional>
#include <memory>

class AppSettings;
class ProgressStore;
class RestClient;
class Toasts;

/// One thing a teacher decides about a paper.
struct PaperTask
{
    Q_GADGET
    QML_VALUE_TYPE(paperTask)
    Q_PROPERTY(QString task MEMBER task)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString prompt MEMBER prompt)
    Q_PROPERTY(QString answer MEMBER answer)
    Q_PROPERTY(QString counted MEMBER counted)
    Q_PROPERTY(bool done MEMBER done)
    Q_PROPERTY(bool open MEMBER open)

public:
    QString task; ///< kind, attempt and item
    QString kind; ///< mark, late or aside
    QString name; ///< the student's, as the class has it
    QString label; ///< what it is, or the points
    QString tone;
    QString prompt;
    QString answer; ///< to be marked, or what came late or from another device
    QString counted; ///< what counts now in its place
    bool done = false; ///< has points; they can be changed
    bool begun = false; ///< something was chosen or typed and not kept yet
    bool open = false; ///< unfolded

    QString key() const { return task; }
    bool operator==(const PaperTask&) const = default;
};

class PaperTaskModel : public RowModel<PaperTask>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// A criterion of the essay that is being marked.
struct BandRow
{
    Q_GADGET
    QML_VALUE_TYPE(bandRow)
    Q_PROPERTY(QString criterion MEMBER criterion)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString band MEMBER band)
    Q_PROPERTY(QString words MEMBER words)

public:
    QString criterion;
    QString name;
    QString band; ///< 0 to 5; empty: not chosen yet
    QString words;

    QString key() const { return criterion; }
    bool operator==(const BandRow&) const = default;
};

class BandModel : public RowModel<BandRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// The head of the page of papers. A value.
struct PapersState
{
    Q_GADGET
    QML_VALUE_TYPE(papersState)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString summary MEMBER summary)
    Q_PROPERTY(QString points MEMBER points)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(bool loading MEMBER loading)
    Q_PROPERTY(bool busy MEMBER busy)
    Q_PROPERTY(bool ready MEMBER ready)
    Q_PROPERTY(bool begun MEMBER begun)

public:
    QString title; ///< of the sitting
    QString summary; ///< how much waits
    QString points; ///< what the chosen bands come to
    QString error;
    bool loading = true;
    bool busy = false;
    bool ready = false; ///< every criterion has its band
    bool begun = false; ///< the unfolded mark has something that is not kept yet

    bool operator==(const PapersState&) const = default;
};

/// What is left to decide when a sitting is over: essays to mark by criteria, words that came after
/// the end, words of a second device. One of them is unfolded at a time. What is chosen or typed and
/// not kept stays on this computer until it is kept or discarded. GUI thread.
class PapersController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(PapersState state READ state NOTIFY stateChanged)
    Q_PROPERTY(PaperTaskModel* tasks READ tasks CONSTANT)
    Q_PROPERTY(BandModel* bands READ bands CONSTANT)
    Q_PROPERTY(QString comment READ comment WRITE setComment NOTIFY wordsChanged)
    Q_PROPERTY(QString toStudent READ toStudent WRITE setToStudent NOTIFY wordsChanged)

public:
    static constexpr int HighestBand = 5;

    /// What a question asks, in `language`: the member "prompt" of an item or of a mark.
    static QString promptOf(const QJsonObject& item, const QString& language);

    PapersController(AppSettings& settings, Toasts& toasts, QObject* parent = nullptr);
    ~PapersController() override;

    /// `store` and `rest` outlive the attachment; drafts are those of `user`.
    void attach(RestClient& rest, ProgressStore& store, const UserId& user);
    void detach();
    void retranslate();
    /// Shows given papers, as sitting_papers() answers; the page gallery of the tests uses it.
    void present(const QJsonObject& papers, const QString& unfolded);

    const PapersState& state() const { return m_state; }
    PaperTaskModel* tasks() { return &m_tasks; }
    BandModel* bands() { return &m_bands; }
    QString comment() const { return m_comment; } ///< for the teachers of the class
    void setComment(const QString& comment);
    QString toStudent() const { return m_toStudent; } ///< read by the student when results are out
    void setToStudent(const QString& words);

    Q_INVOKABLE void open(const QString& sitting);
    Q_INVOKABLE void refresh();
    /// Unfolds one task, or folds it again.
    Q_INVOKABLE void unfold(const QString& task);
    Q_INVOKABLE void setBand(const QString& criterion, const QString& band);
    Q_INVOKABLE void setWords(const QString& criterion, const QString& words);
    /// Keeps the bands and words of the unfolded essay and goes on to the next that waits.
    Q_INVOKABLE void keepMark();
    /// Forgets what was chosen and typed for the unfolded essay since it was kept last.
    Q_INVOKABLE void discard();
    /// Counts what came after the end, in the whole paper of this task, or leaves it for good.
    Q_INVOKABLE void decideLate(const QString& task, bool count);
    /// Counts what the second device sent, or leaves it aside for good.
    Q_INVOKABLE void decideAside(const QString& task, bool take);
    /// The answer to askedFirst().
    Q_INVOKABLE void goOn(bool yes);

Q_SIGNALS:
    void stateChanged();
    void wordsChanged();
    /// The student has this result already and would see the change: nothing happens before goOn().
    void askedFirst();

private:
    /// Where a task stands in the academy's words.
    struct Place
    {
        QString attempt;
        QString item;
        QString op;
        double max = 0;
        QJsonObject mark;
        bool released = false; ///< the student has the result
    };

    void publish();
    void addTask(const QJsonObject& paper, const QJsonObject& entry, const QString& kind);
    void fillBands();
    void publishPoints();
    QJsonObject typed() const;
    void noteTyped();
    void settle(const QString& task, const QJsonObject& sent);
    void saveDrafts();
    void saveTheRest();
    void dropStaleDrafts();
    void change(const Place& place, std::function<void()> act);
    void act(const QString& function, const QJsonObject& arguments, const QString& said, std::function<void()> done = {});
    int waiting() const;

    AppSettings& m_settings;
    Toasts& m_toasts;
    RestClient* m_rest = nullptr;
    ProgressStore* m_store = nullptr;
    UserId m_user;
    std::unique_ptr<QObject> m_scope; ///< dies on detach, so that late answers are dropped
    QString m_sitting;
    QJsonObject m_papers;
    int m_looks = 0; ///< lists asked for; an answer to an earlier one is dropped
    QString m_open;
    QHash<QString, Place> m_places;
    QList<PaperTask> m_rows;
    PaperTaskModel m_tasks;
    BandModel m_bands;
    QString m_comment;
    QString m_toStudent;
    QJsonObject m_drafts; ///< by task: sitting, criteria, comment, to_student, and seen, the marked_at it began from
    bool m_draftsRead = false;
    bool m_saving = false;
    bool m_unsaved = false;
    QString m_told; ///< the task of which somebody else's decision was told
    std::function<void()> m_asked; ///< what waits for goOn()
    PapersState m_state;
};

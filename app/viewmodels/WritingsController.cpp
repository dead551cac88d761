// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/WritingsController.h"

#include "tutor/teaching/Sentences.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/TeachingWords.h"
#include "viewmodels/TimeText.h"
#include "viewmodels/Toasts.h"

#include <algorithm>

namespace {

constexpr qsizetype TitleLength = 70;

/// What a teacher wrote, as the academy wants it; the criteria nothing is said of are left out.
QJsonArray feedbackOf(const QList<MarkingRow>& rows)
{
    QJsonArray list;
    for (const MarkingRow& row : rows) {
        if (!row.reached.isEmpty()) {
            QStringList quotes = row.quotes.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
            list.append(QJsonObject {{QStringLiteral("id"), row.criterion}, {QStringLiteral("reached"), row.reached},
                {QStringLiteral("evidence"), QJsonArray::fromStringList(quotes)}, {QStringLiteral("strength"), row.strength},
                {QStringLiteral("next"), row.next}});
        }
    }
    return list;
}

QString problemOf(const MarkingRow& row, const QString& body)
{
    if (row.reached.isEmpty()) {
        return {};
    }
    const QStringList quotes = row.quotes.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (quotes.isEmpty()) {
        return WritingsController::tr("Copy at least one quote from the text that shows it.");
    }
    for (const QString& quote : quotes) {
        if (!isQuotedFrom(quote, body)) {
            return WritingsController::tr("“%1” is not in the text.").arg(quote.simplified());
        }
    }
    return row.strength.trimmed().isEmpty() && row.next.trimmed().isEmpty()
        ? WritingsController::tr("Say what is good, or what the next step is.")
        : QString();
}

} // namespace

WritingsController::WritingsController(AppSettings& settings, Clock& clock, Toasts& toasts, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock), m_toasts(toasts)
{
}

WritingsController::~WritingsController() = default;

void WritingsController::attach(WritingDesk* desk, bool teacher)
{
    m_scope = std::make_unique<QObject>();
    m_desk = desk;
    m_teacher = teacher;
    m_waiting.clear();
    m_sent.clear();
    m_open.clear();
    m_comment.clear();
    m_error.clear();
    m_markingError.clear();
    m_marking.setRows({});
    m_busy = false;
    m_offline = false;
    m_loading = m_desk && m_desk->hasAcademy();
    if (m_desk) {
        connect(m_desk, &WritingDesk::hasTeacherChanged, m_scope.get(), [this] { Q_EMIT changed(); });
        connect(m_desk, &WritingDesk::workKept, m_scope.get(), [this] { refresh(); });
        connect(m_desk, &WritingDesk::delivered, m_scope.get(), [this] { refresh(); });
    }
    publish();
}

void WritingsController::present(
    const QList<WritingRow>& rows, const WritingRow& current, const QList<MarkingRow>& marking, bool offline)
{
    m_scope.reset();
    m_desk.clear();
    m_loading = false;
    m_offline = offline;
    m_rows.setRows(rows);
    m_marking.setRows(marking);
    m_current = current;
    m_comment = current.comment;
    Q_EMIT changed();
    Q_EMIT currentChanged();
    Q_EMIT markingChanged();
}

void WritingsController::setComment(const QString& comment)
{
    if (comment != m_comment) {
        m_comment = comment;
        Q_EMIT markingChanged();
    }
}

void WritingsController::send(const MessageId& said, const QString& brief, const QString& body, const RubricFeedback& feedback)
{
    if (!m_desk) {
        return;
    }
    whenDone(m_desk->send(WritingId(said.toString()), TutorTask::Writing, brief, body, feedback), m_scope.get(),
        [this](const Result<void>& kept) {
            if (kept.ok()) {
                m_toasts.show(tr("Your text is on its way to your teacher."), QStringLiteral("positive"));
            } else {
                m_toasts.show(errorSentence(kept.error()), QStringLiteral("danger"));
            }
        });
}

bool WritingsController::isSent(const MessageId& said) const
{
    return find(said.toString()) != nullptr;
}

const Writing* WritingsController::find(const QString& writing) const
{
    for (const QList<Writing>* list : {&m_sent, &m_waiting}) {
        for (const Writing& entry : *list) {
            if (entry.id.toString() == writing) {
                return &entry;
            }
        }
    }
    return nullptr;
}

void WritingsController::refresh()
{
    if (!m_desk || !m_desk->hasAcademy()) {
        return;
    }
    whenDone(m_desk->waiting(), m_scope.get(), [this](const Result<QList<Writing>>& waiting) {
        m_waiting = waiting.valueOr({});
        publish();
    });
    whenDone(m_desk->sent(), m_scope.get(), [this](const Result<QList<Writing>>& sent) {
        m_loading = false;
        m_offline = !sent.ok() && (sent.error().kind == ErrorKind::Offline || sent.error().kind == ErrorKind::Timeout);
        m_error = sent.ok() || m_offline ? QString() : errorSentence(sent.error());
        if (sent.ok()) {
            m_sent = *sent;
        }
        publish();
    });
}

void WritingsController::open(const QString& writing)
{
    m_open = writing;
    m_markingError.clear();
    if (const Writing* found = find(writing)) {
        fillMarking(*found);
    }
    publish();
    refresh();
}

void WritingsController::fillMarking(const Writing& writing)
{
    const RubricFeedback& from = writing.teacher ? *writing.teacher : writing.tutor;
    QList<MarkingRow> rows;
    for (const RubricCriterion& criterion : rubricFor(writing.task)) {
        MarkingRow row;
        row.criterion = criterion.id;
        row.name = criterion.name.in(m_settings.language());
        const auto said = std::ranges::find(from.criteria, criterion.id, &CriterionFeedback::criterion);
        if (said != from.criteria.end()) {
            row.reached = reachedName(said->reached);
            row.quotes = said->evidence.join(QLatin1Char('\n'));
            row.strength = said->strength;
            row.next = said->next;
        }
        rows.append(row);
    }
    m_comment = writing.comment;
    m_marking.setRows(rows);
    Q_EMIT markingChanged();
}

void WritingsController::change(const QString& criterion, QString MarkingRow::*field, const QString& value)
{
    const MarkingRow* known = m_marking.find(criterion);
    if (!known || known->*field == value) {
        return;
    }
    MarkingRow row = *known;
    row.*field = value;
    row.problem.clear();
    m_marking.putRow(row);
    m_markingError.clear();
    Q_EMIT markingChanged();
}

void WritingsController::setReached(const QString& criterion, const QString& reached)
{
    change(criterion, &MarkingRow::reached, reached);
}

void WritingsController::setQuotes(const QString& criterion, const QString& quotes)
{
    change(criterion, &MarkingRow::quotes, quotes);
}

void WritingsController::setStrength(const QString& criterion, const QString& strength)
{
    change(criterion, &MarkingRow::strength, strength);
}

void WritingsController::setNext(const QString& criterion, const QString& next)
{
    change(criterion, &MarkingRow::next, next);
}

void WritingsController::keepMarking()
{
    const Writing* writing = find(m_open);
    if (!m_desk || !writing || m_busy) {
        return;
    }
    bool fits = true;
    for (MarkingRow row : QList<MarkingRow>(m_marking.rows())) {
        row.problem = problemOf(row, writing->body);
        fits = fits && row.problem.isEmpty();
        m_marking.putRow(row);
    }
    const QJsonArray said = feedbackOf(m_marking.rows());
    m_markingError = !fits ? tr("Something is missing above.") : said.isEmpty() ? tr("Say something of at least one criterion.") : QString();
    Q_EMIT markingChanged();
    if (!m_markingError.isEmpty()) {
        return;
    }
    m_busy = true;
    Q_EMIT changed();
    whenDone(m_desk->correct(writing->id, verifyFeedback(writing->task, said, writing->body), m_comment.trimmed()), m_scope.get(),
        [this](const Result<void>& done) {
            m_busy = false;
            m_markingError = done.ok() ? QString() : errorSentence(done.error());
            Q_EMIT changed();
            Q_EMIT markingChanged();
            if (done.ok()) {
                m_toasts.show(tr("The student sees your correction now."), QStringLiteral("positive"));
                refresh();
                Q_EMIT corrected();
            }
        });
}

WritingRow WritingsController::rowOf(const Writing& writing) const
{
    const QLocale locale = m_settings.locale();
    const QDateTime now = TimeText::local(m_clock.wall());
    WritingRow row;
    row.writing = writing.id.toString();
    const QString words = (writing.brief.isEmpty() ? writing.body : writing.brief).simplified();
    row.title = words.size() > TitleLength ? words.left(TitleLength).trimmed() + QChar(u'…') : words;
    row.who = writing.studentName;
    row.when = TimeText::moment(TimeText::local(writing.createdAt), now, locale);
    row.brief = writing.brief;
    row.body = writing.body;
    row.comment = writing.comment;
    row.corrected = writing.teacher.has_value();
    row.tutor = TeachingWords::feedback(writing.task, writing.tutor, m_settings.language());
    row.tutor.title = tr("What the tutor said");
    if (writing.teacher) {
        row.teacher = TeachingWords::feedback(writing.task, *writing.teacher, m_settings.language());
        row.teacher.tip.clear();
        const QString day = TimeText::moment(TimeText::local(writing.correctedAt), now, locale);
        row.teacher.title = writing.correctedBy.isEmpty() ? tr("Corrected by your teacher") : tr("Corrected by %1").arg(writing.correctedBy);
        row.teacher.icon = QStringLiteral("user-check");
        row.teacher.notice = tr("%1. Help, not an official mark.").arg(day);
    }
    if (!writing.refused.isEmpty()) {
        row.state = tr("Your academy did not take it. It is kept on this computer: show it to your teacher.");
        row.tone = QStringLiteral("danger");
        row.icon = QStringLiteral("circle-alert");
    } else if (writing.waiting) {
        row.state = tr("Waits on this computer until the academy can be reached");
        row.tone = QStringLiteral("warning");
        row.icon = QStringLiteral("clock");
    } else if (row.corrected) {
        row.state = writing.correctedBy.isEmpty() || m_teacher ? tr("Corrected") : tr("Corrected by %1").arg(writing.correctedBy);
        row.tone = QStringLiteral("positive");
        row.icon = QStringLiteral("user-check");
    } else {
        row.state = m_teacher ? tr("Only the tutor has looked at it") : tr("With your teacher");
        row.tone = QStringLiteral("info");
        row.icon = m_teacher ? QStringLiteral("inbox") : QStringLiteral("check");
    }
    return row;
}

void WritingsController::publish()
{
    if (!m_scope) {
        return; // what present() shows stays
    }
    QList<WritingRow> rows;
    for (const Writing& writing : std::as_const(m_waiting)) {
        // The academy has it, whatever the queue has heard of that.
        if (std::ranges::find(m_sent, writing.id, &Writing::id) == m_sent.cend()) {
            rows.append(rowOf(writing));
        }
    }
    for (const Writing& writing : std::as_const(m_sent)) {
        rows.append(rowOf(writing));
    }
    m_rows.setRows(rows);
    const WritingRow* shown = m_rows.find(m_open);
    const WritingRow now = shown ? *shown : WritingRow();
    if (!(now == m_current)) {
        m_current = now;
        if (const Writing* found = find(m_open); found && m_marking.rows().isEmpty()) {
            fillMarking(*found);
        }
        Q_EMIT currentChanged();
    }
    Q_EMIT changed();
}

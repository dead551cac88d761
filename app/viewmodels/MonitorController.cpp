// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MonitorController.h"

#include "exam/RealtimeExamSessionManager.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/SittingWords.h"
#include "viewmodels/TimeText.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::array Statuses {MonitorStatus::Conflict, MonitorStatus::Offline, MonitorStatus::Degraded,
    MonitorStatus::Attention, MonitorStatus::Locked, MonitorStatus::Paused, MonitorStatus::Active,
    MonitorStatus::Waiting, MonitorStatus::NotStarted, MonitorStatus::CollectedLate, MonitorStatus::Submitted,
    MonitorStatus::Voided};

QString whyNot(const QString& code)
{
    if (code == QLatin1String("submitted") || code == QLatin1String("collected")) {
        return MonitorController::tr("already handed in");
    }
    if (code == QLatin1String("voided")) {
        return MonitorController::tr("this attempt was ended");
    }
    if (code == QLatin1String("ended")) {
        return MonitorController::tr("the time is over");
    }
    if (code == QLatin1String("already_paused")) {
        return MonitorController::tr("already paused");
    }
    if (code == QLatin1String("not_paused")) {
        return MonitorController::tr("not paused");
    }
    if (code == QLatin1String("already_locked")) {
        return MonitorController::tr("already locked");
    }
    if (code == QLatin1String("not_locked")) {
        return MonitorController::tr("not locked");
    }
    if (code == QLatin1String("no_request")) {
        return MonitorController::tr("no second device has asked");
    }
    return MonitorController::tr("not possible now");
}

struct CommandWords
{
    QString title;
    QString accept;
    QString done;
};

CommandWords commandWords(ExamCommandKind kind)
{
    switch (kind) {
    case ExamCommandKind::Extend:
        return {MonitorController::tr("Give more time"), MonitorController::tr("Give the time"), MonitorController::tr("More time was given.")};
    case ExamCommandKind::Pause:
        return {MonitorController::tr("Pause"), MonitorController::tr("Pause now"), MonitorController::tr("The exam is paused.")};
    case ExamCommandKind::Resume:
        return {MonitorController::tr("Go on"), MonitorController::tr("Go on now"), MonitorController::tr("The exam goes on.")};
    case ExamCommandKind::Message:
        return {MonitorController::tr("Send a message"), MonitorController::tr("Send"), MonitorController::tr("The message is on its way.")};
    case ExamCommandKind::Lock:
        return {MonitorController::tr("Lock the answers"), MonitorController::tr("Lock"), MonitorController::tr("The answers are locked.")};
    case ExamCommandKind::Unlock:
        return {MonitorController::tr("Unlock the answers"), MonitorController::tr("Unlock"), MonitorController::tr("The answers are unlocked.")};
    case ExamCommandKind::Collect:
        return {MonitorController::tr("Collect the papers"), MonitorController::tr("Collect"), MonitorController::tr("The papers are being collected.")};
    case ExamCommandKind::GrantTakeover:
        return {MonitorController::tr("Move to the second device"), MonitorController::tr("Move"), MonitorController::tr("The exam moves to the other device.")};
    }
    Q_UNREACHABLE();
}

bool canBeUndone(ExamCommandKind kind)
{
    return kind == ExamCommandKind::Extend || kind == ExamCommandKind::Pause || kind == ExamCommandKind::Lock;
}

} // namespace

MonitorController::MonitorController(Clock& clock, Scheduler& scheduler, QObject* parent) :
    QObject(parent),
    m_clock(clock),
    m_scheduler(scheduler)
{
}

MonitorController::~MonitorController() = default;

void MonitorController::attach(RealtimeExamSessionManager& exams)
{
    detach();
    m_exams = &exams;
}

void MonitorController::detach()
{
    leave();
    m_exams = nullptr;
}

void MonitorController::retranslate()
{
    if (m_session) {
        arrange();
    }
}

void MonitorController::present(
    const MonitorHead& head, const QList<MonitorLine>& lines, const QList<MonitorCount>& counts)
{
    m_head = head;
    m_rows.setRows(lines);
    m_counts.setRows(counts);
    Q_EMIT headChanged();
}

void MonitorController::watch(const QString& sitting)
{
    if (!m_exams || (m_session && m_session->sitting().toString() == sitting)) {
        return;
    }
    leave();
    m_session = m_exams->subscribeToExamSession(SittingId(sitting));
    if (!m_session) {
        return;
    }
    connect(m_session.get(), &ProctorSession::snapshotChanged, this, &MonitorController::publishHead);
    connect(m_session.get(), &ProctorSession::reset, this, [this] {
        m_known.clear();
        readRows();
    });
    connect(m_session.get(), &ProctorSession::rowsChanged, this, [this](const QList<MonitorRow>& rows) {
        for (const MonitorRow& row : rows) {
            m_known.insert(row.student.toString(), row);
        }
        arrange();
    });
    m_tick = m_scheduler.every(1s, [this] { arrange(); });
    m_session->start();
    publishHead();
}

void MonitorController::leave()
{
    m_tick.cancel();
    m_undoEnd.cancel();
    m_previewDelay.cancel();
    if (m_session) {
        m_session.release()->deleteLater();
    }
    m_known.clear();
    m_order.clear();
    m_selection.clear();
    m_search.clear();
    m_filter.clear();
    m_rows.setRows({});
    m_counts.setRows({});
    m_head = {};
    m_undoText.clear();
    m_undoCommand.reset();
    hideDetail();
    abandon();
    Q_EMIT undoChanged();
    Q_EMIT headChanged();
}

void MonitorController::refresh()
{
    if (m_session) {
        m_session->refresh();
    }
}

void MonitorController::openSitting()
{
    if (m_session) {
        whenDone(m_session->openSitting(), this, [this](const Result<void>& done) {
            if (!done) {
                Q_EMIT said(errorSentence(done.error()), QStringLiteral("danger"));
            }
        });
    }
}

void MonitorController::closeSitting()
{
    if (m_session) {
        whenDone(m_session->closeSitting(), this, [this](const Result<void>& done) {
            if (!done) {
                Q_EMIT said(errorSentence(done.error()), QStringLiteral("danger"));
            }
        });
    }
}

void MonitorController::setSearch(const QString& text)
{
    if (std::exchange(m_search, text) != text) {
        arrange();
    }
}

void MonitorController::holdOrder(bool hold)
{
    if (std::exchange(m_held, hold) != hold && !hold) {
        arrange();
    }
}

void MonitorController::filterBy(const QString& status)
{
    m_filter = m_filter == status ? QString() : status;
    arrange();
}

void MonitorController::toggleSelected(const QString& student)
{
    if (!m_selection.remove(student)) {
        m_selection.insert(student);
    }
    arrange();
}

void MonitorController::selectShown()
{
    for (const MonitorLine& line : m_rows.rows()) {
        m_selection.insert(line.student);
    }
    arrange();
}

void MonitorController::clearSelection()
{
    m_selection.clear();
    arrange();
}

void MonitorController::showDetail(const QString& student)
{
    m_detailStudent = student;
    publishDetail();
}

void MonitorController::hideDetail()
{
    m_detailStudent.clear();
    publishDetail();
}

void MonitorController::readRows()
{
    for (const MonitorRow& row : m_session->rows()) {
        m_known.insert(row.student.toString(), row);
    }
    arrange();
}

std::optional<WallTime> MonitorController::serverNow() const
{
    if (!m_session || !m_session->snapshot().asOf || !m_session->snapshot().age) {
        return {};
    }
    return *m_session->snapshot().asOf + *m_session->snapshot().age;
}

void MonitorController::arrange()
{
    if (!m_session) {
        return;
    }
    QStringList order;
    if (m_held) {
        // Newcomers go to the end, so that nothing moves under the pointer.
        order = m_order;
        for (auto it = m_known.cbegin(); it != m_known.cend(); ++it) {
            if (!order.contains(it.key())) {
                order.append(it.key());
            }
        }
    } else {
        order = m_known.keys();
        std::sort(order.begin(), order.end(), [this](const QString& a, const QString& b) {
            const auto left = m_known[a].order();
            const auto right = m_known[b].order();
            return left == right ? a < b : (left <=> right) < 0;
        });
    }
    m_order = order;

    const auto now = serverNow();
    QHash<int, int> counts;
    QList<MonitorLine> lines;
    for (const QString& student : order) {
        const auto row = m_known.constFind(student);
        if (row == m_known.cend()) {
            continue;
        }
        ++counts[int(row->status)];
        const bool matches = (m_filter.isEmpty() || monitorStatusName(row->status) == m_filter)
            && (m_search.isEmpty() || row->name.contains(m_search, Qt::CaseInsensitive)
                || row->group.contains(m_search, Qt::CaseInsensitive));
        if (matches) {
            lines.append(monitorLine(*row, now, m_selection.contains(student)));
        }
    }
    m_rows.setRows(lines);

    QList<MonitorCount> chips;
    for (const MonitorStatus status : Statuses) {
        const QString name = monitorStatusName(status);
        const int count = counts.value(int(status));
        if (count > 0 || m_filter == name) {
            const MonitorStatusWords words = monitorStatusWords(status);
            chips.append({name, words.label, words.icon, words.tone, count, m_filter == name});
        }
    }
    m_counts.setRows(chips);
    publishHead();
    publishDetail();
}

void MonitorController::publishHead()
{
    if (!m_session) {
        return;
    }
    const MonitorSnapshot& snapshot = m_session->snapshot();
    MonitorHead head;
    head.title = snapshot.title;
    head.state = snapshot.state;
    const SittingWords words = SittingWords::of(snapshot.state);
    head.stateLabel = words.label;
    head.stateTone = words.tone;
    head.loading = snapshot.version < 0 && !snapshot.problem;
    head.stale = snapshot.stale;
    head.students = snapshot.students;
    head.shown = m_rows.rowCount();
    head.selected = int(m_selection.size());
    head.selectionText = tr("%n selected", nullptr, head.selected);
    head.error = snapshot.problem ? errorSentence(*snapshot.problem) : QString();
    if (snapshot.age) {
        head.asOf = *snapshot.age < 2s ? tr("up to date") : tr("as of %n seconds ago", nullptr, int(snapshot.age->count()));
    }
    const auto now = serverNow();
    std::optional<std::chrono::microseconds> longest;
    for (const MonitorRow& row : std::as_const(m_known)) {
        head.writing += !row.attempt.isEmpty() && !row.submittedAt ? 1 : 0;
        const auto left = now && !row.submittedAt ? row.timeLeft(*now) : std::nullopt;
        longest = left ? std::max(longest.value_or(*left), *left) : longest;
    }
    if (longest && snapshot.state == QLatin1String("open")) {
        head.timeLeft = TimeText::clock(std::chrono::ceil<std::chrono::seconds>(*longest));
    }
    if (!(head == m_head)) {
        m_head = head;
        Q_EMIT headChanged();
    }
}

void MonitorController::publishDetail()
{
    MonitorDetail detail;
    const auto row = m_known.constFind(m_detailStudent);
    if (row != m_known.cend()) {
        detail.shown = true;
        detail.line = monitorLine(*row, serverNow(), m_selection.contains(m_detailStudent));
    }
    if (!(detail == m_detail)) {
        m_detail = detail;
        Q_EMIT detailChanged();
    }
}

QList<AttemptId> MonitorController::targetsOf(const QString& students) const
{
    QStringList wanted = students.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (wanted.isEmpty()) {
        wanted = m_selection.values();
    }
    QList<AttemptId> attempts;
    for (const QString& student : std::as_const(wanted)) {
        const auto row = m_known.constFind(student);
        if (row != m_known.cend() && !row->attempt.isEmpty()) {
            attempts.append(row->attempt);
        }
    }
    return attempts;
}

void MonitorController::prepare(const QString& kind, const QString& students)
{
    const auto known = examCommandFromName(kind);
    if (!m_session || !known) {
        return;
    }
    m_command = {};
    m_command.kind = *known;
    m_command.targets = targetsOf(students);
    if (*known == ExamCommandKind::Extend) {
        m_command.extension = 5min;
    }
    const CommandWords words = commandWords(*known);
    CommandPreview preview;
    preview.kind = kind;
    preview.title = words.title;
    preview.acceptText = words.accept;
    preview.needsMinutes = *known == ExamCommandKind::Extend;
    preview.needsText = *known == ExamCommandKind::Message;
    preview.busy = true;
    const bool somebodyMeant = !students.isEmpty() || !m_selection.isEmpty();
    if (somebodyMeant && m_command.targets.isEmpty()) {
        preview.busy = false;
        preview.error = tr("Nobody of them has started yet.");
        setPreview(preview);
        return;
    }
    setPreview(preview);
    askPreview();
}

void MonitorController::setMinutes(int minutes)
{
    m_command.extension = std::chrono::minutes(minutes);
    m_previewDelay = m_scheduler.after(150ms, [this] { askPreview(); });
}

void MonitorController::setMessage(const QString& text)
{
    m_command.text = text.trimmed();
    CommandPreview preview = m_preview;
    preview.ready = !m_command.text.isEmpty();
    setPreview(preview);
}

void MonitorController::askPreview()
{
    if (!m_session || m_preview.kind.isEmpty()) {
        return;
    }
    const quint64 request = ++m_previewRequest;
    ExamCommand asked = m_command;
    if (asked.kind == ExamCommandKind::Message && asked.text.isEmpty()) {
        asked.text = QStringLiteral("…"); // only to learn whom it would reach
    }
    whenDone(m_session->previewCommand(asked), this, [this, request](const Result<CommandOutcome>& outcome) {
        if (request != m_previewRequest || m_preview.kind.isEmpty()) {
            return;
        }
        if (outcome) {
            showPreview(*outcome);
            return;
        }
        CommandPreview preview = m_preview;
        preview.busy = false;
        preview.error = errorSentence(outcome.error());
        setPreview(preview);
    });
}

void MonitorController::showPreview(const CommandOutcome& outcome)
{
    QHash<QString, QString> names;
    for (const MonitorRow& row : std::as_const(m_known)) {
        names.insert(row.attempt.toString(), row.name);
    }
    int allowed = 0;
    QStringList refused;
    QString only;
    std::optional<WallTime> newEnd;
    for (const CommandTarget& target : outcome.targets) {
        const QString name = names.value(target.attempt.toString());
        if (target.allowed) {
            ++allowed;
            only = name;
            newEnd = target.newEnd;
        } else {
            refused.append(QStringLiteral("%1: %2").arg(name, whyNot(target.why)));
        }
    }
    CommandPreview preview = m_preview;
    preview.busy = false;
    preview.error.clear();
    if (allowed == 0) {
        preview.text = tr("There is nobody this can be done for now.");
    } else if (allowed == 1) {
        preview.text = newEnd && m_command.kind == ExamCommandKind::Extend
            ? tr("For %1. The new end is %2.").arg(only, TimeText::time(TimeText::local(*newEnd), QLocale()))
            : tr("For %1.").arg(only);
    } else {
        preview.text = tr("For %n students.", nullptr, allowed);
    }
    constexpr qsizetype MostNamed = 4;
    preview.refused = refused.mid(0, MostNamed).join(QLatin1Char('\n'));
    if (refused.size() > MostNamed) {
        preview.refused += QLatin1Char('\n') + tr("and %n more", nullptr, int(refused.size() - MostNamed));
    }
    preview.ready = allowed > 0 && (!preview.needsText || !m_command.text.isEmpty());
    setPreview(preview);
}

void MonitorController::confirm(const QString& reason)
{
    if (!m_session || m_preview.kind.isEmpty() || !m_preview.error.isEmpty()) {
        return;
    }
    m_command.reason = reason.trimmed();
    const ExamCommandKind kind = m_command.kind;
    CommandPreview preview = m_preview;
    preview.busy = true;
    setPreview(preview);
    whenDone(m_session->issueCommand(m_command), this, [this, kind](const Result<CommandOutcome>& outcome) {
        if (!outcome) {
            CommandPreview failed = m_preview;
            failed.busy = false;
            failed.error = errorSentence(outcome.error());
            setPreview(failed);
            Q_EMIT said(errorSentence(outcome.error()), QStringLiteral("danger"));
            return;
        }
        setPreview({});
        m_selection.clear();
        arrange();
        const QString done = commandWords(kind).done;
        if (outcome->command && canBeUndone(kind)) {
            offerUndo(*outcome->command, done);
        } else {
            if (kind == ExamCommandKind::Resume || kind == ExamCommandKind::Unlock || kind == ExamCommandKind::Collect) {
                // What could be taken back is history now.
                m_undoEnd.cancel();
                m_undoCommand.reset();
                m_undoText.clear();
                Q_EMIT undoChanged();
            }
            Q_EMIT said(done, QStringLiteral("positive"));
        }
    });
}

void MonitorController::abandon()
{
    ++m_previewRequest;
    setPreview({});
}

void MonitorController::offerUndo(qint64 command, const QString& text)
{
    m_undoCommand = command;
    m_undoText = text;
    m_undoEnd = m_scheduler.after(UndoWindow, [this] {
        m_undoCommand.reset();
        m_undoText.clear();
        Q_EMIT undoChanged();
    });
    Q_EMIT undoChanged();
}

void MonitorController::undo()
{
    if (!m_session || !m_undoCommand) {
        return;
    }
    const qint64 command = *std::exchange(m_undoCommand, std::nullopt);
    m_undoText.clear();
    m_undoEnd.cancel();
    Q_EMIT undoChanged();
    whenDone(m_session->undo(command), this, [this](const Result<void>& done) {
        Q_EMIT said(done ? tr("That was taken back.") : errorSentence(done.error()),
            done ? QStringLiteral("positive") : QStringLiteral("danger"));
    });
}

void MonitorController::setPreview(const CommandPreview& preview)
{
    if (!(preview == m_preview)) {
        m_preview = preview;
        Q_EMIT previewChanged();
    }
}

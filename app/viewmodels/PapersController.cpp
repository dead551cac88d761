// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/PapersController.h"

#include "store/ProgressStore.h"
#include "supabase/RestClient.h"
#include "tutor/teaching/Rubric.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/Toasts.h"

#include <QJsonArray>

#include <algorithm>

namespace {

const QString Mark = QStringLiteral("mark");
const QString Late = QStringLiteral("late");
const QString Aside = QStringLiteral("aside");

/// What the paper calls its options, pairs and sentences.
void collectNames(const QJsonValue& value, QHash<QString, QString>& names)
{
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        for (const QJsonValue& entry : list) {
            collectNames(entry, names);
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        if (object.value(QLatin1String("id")).isString() && object.value(QLatin1String("text")).isString()) {
            names.insert(object.value(QLatin1String("id")).toString(), object.value(QLatin1String("text")).toString());
        }
        for (const QJsonValue& entry : object) {
            collectNames(entry, names);
        }
    }
}

/// An answer as a person reads it.
QString answerWords(const QJsonObject& item, const QJsonValue& payload)
{
    QHash<QString, QString> names;
    collectNames(item.value(QLatin1String("options")), names);
    collectNames(item.value(QLatin1String("left")), names);
    collectNames(item.value(QLatin1String("right")), names);
    collectNames(item.value(QLatin1String("elements")), names);
    const auto named = [&names](const QJsonValue& id) { return names.value(id.toString(), id.toString()); };
    const QJsonObject answer = payload.toObject();
    if (answer.contains(QLatin1String("text"))) {
        return answer.value(QLatin1String("text")).toString();
    }
    if (answer.contains(QLatin1String("choice"))) {
        return named(answer.value(QLatin1String("choice")));
    }
    if (answer.contains(QLatin1String("value"))) {
        return answer.value(QLatin1String("value")).toBool() ? PapersController::tr("True") : PapersController::tr("False");
    }
    QStringList parts;
    const QJsonArray listed = answer.value(answer.contains(QLatin1String("order")) ? QLatin1String("order") : QLatin1String("choices")).toArray();
    for (const QJsonValue& one : listed) {
        parts.append(named(one));
    }
    const QJsonObject gaps = answer.value(QLatin1String("gaps")).toObject();
    for (const QJsonValue& gap : gaps) {
        parts.append(gap.toString());
    }
    const QJsonObject pairs = answer.value(QLatin1String("pairs")).toObject();
    for (auto pair = pairs.begin(); pair != pairs.end(); ++pair) {
        parts.append(QStringLiteral("%1 → %2").arg(named(pair.key()), named(pair.value())));
    }
    return parts.isEmpty() ? PapersController::tr("Nothing") : parts.join(QStringLiteral(" · "));
}

} // namespace

PapersController::PapersController(AppSettings& settings, Toasts& toasts, QObject* parent)
    : QObject(parent), m_settings(settings), m_toasts(toasts)
{
}

PapersController::~PapersController()
{
    m_scope.reset();
    saveTheRest();
}

QString PapersController::promptOf(const QJsonObject& item, const QString& language)
{
    const QJsonValue text = item.value(QLatin1String("prompt"));
    const QJsonObject all = text.toObject();
    for (const QString& wanted : {language, language.section(QLatin1Char('-'), 0, 0), QStringLiteral("en")}) {
        if (all.contains(wanted)) {
            return all.value(wanted).toString();
        }
    }
    return all.isEmpty() ? text.toString() : all.begin().value().toString();
}

void PapersController::attach(RestClient& rest, ProgressStore& store, const UserId& user)
{
    detach();
    m_rest = &rest;
    m_store = &store;
    m_user = user;
    m_scope = std::make_unique<QObject>();
    whenDone(store.markDrafts(user), m_scope.get(), [this](const Result<QJsonObject>& kept) {
        const QJsonObject typed = std::exchange(m_drafts, kept.valueOr({}));
        for (auto draft = typed.begin(); draft != typed.end(); ++draft) {
            m_drafts.insert(draft.key(), *draft);
        }
        m_draftsRead = true;
        if (m_unsaved) {
            saveDrafts();
        }
        publish();
        fillBands();
    });
}

void PapersController::detach()
{
    m_scope.reset();
    saveTheRest();
    m_rest = nullptr;
    m_store = nullptr;
    m_drafts = {};
    m_draftsRead = false;
    m_saving = false;
    m_unsaved = false;
    m_told.clear();
    m_asked = {};
    m_sitting.clear();
    m_papers = {};
    m_open.clear();
    m_state = {};
    publish();
}

void PapersController::retranslate()
{
    publish();
    fillBands();
}

void PapersController::present(const QJsonObject& papers, const QString& unfolded)
{
    m_papers = papers;
    m_open = unfolded;
    m_state.loading = false;
    publish();
    fillBands();
}

void PapersController::open(const QString& sitting)
{
    if (sitting != m_sitting && m_rest) {
        m_papers = {};
        m_open.clear();
        m_state = {};
        publish();
    }
    m_sitting = sitting;
    refresh();
}

void PapersController::refresh()
{
    if (!m_rest || m_sitting.isEmpty()) {
        return;
    }
    whenDone(m_rest->rpc(QStringLiteral("sitting_papers"), {{QStringLiteral("p_sitting"), m_sitting}}), m_scope.get(),
        [this, look = ++m_looks](const Result<QJsonValue>& answer) {
            if (look != m_looks) {
                return; // another list is being waited for
            }
            m_state.loading = false;
            m_state.busy = false;
            if (!answer.ok()) {
                m_state.error = errorSentence(answer.error());
                Q_EMIT stateChanged();
                return;
            }
            m_state.error.clear();
            m_papers = answer->toObject();
            publish();
            dropStaleDrafts();
            if (const QString told = std::exchange(m_told, {}); m_drafts.contains(told)) {
                QJsonObject draft = m_drafts.value(told).toObject();
                draft.insert(QStringLiteral("seen"), m_places.value(told).mark.value(QLatin1String("marked_at")));
                m_drafts.insert(told, draft);
                saveDrafts();
            }
            const PaperTask* now = m_tasks.find(m_open);
            if (!now || (now->done && !now->begun)) {
                const auto next = std::ranges::find_if(m_rows, [](const PaperTask& row) { return !row.done; });
                m_open = next == m_rows.end() ? QString() : next->task;
                publish();
            }
            fillBands();
        });
}

void PapersController::unfold(const QString& task)
{
    m_open = m_open == task ? QString() : task;
    publish();
    fillBands();
}

int PapersController::waiting() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, [](const PaperTask& row) { return !row.done; }));
}

void PapersController::addTask(const QJsonObject& paper, const QJsonObject& entry, const QString& kind)
{
    const QJsonObject item = entry.value(QLatin1String("item")).toObject();
    Place place;
    place.attempt = paper.value(QLatin1String("attempt_id")).toString();
    place.item = item.value(QLatin1String("id")).toString();
    place.op = entry.value(QLatin1String("op_id")).toString();
    place.max = item.value(QLatin1String("points")).toDouble();
    place.mark = entry;
    place.released = paper.value(QLatin1String("released_at")).isString();
    PaperTask row;
    row.kind = kind;
    row.task = kind + QLatin1Char(' ') + place.attempt + QLatin1Char(' ') + place.item;
    row.name = paper.value(QLatin1String("name")).toString();
    row.prompt = promptOf(item, m_settings.language());
    row.answer = answerWords(item, entry.value(QLatin1String("answer")));
    if (kind == Mark) {
        const QJsonValue points = entry.value(QLatin1String("points"));
        const QLocale locale = m_settings.locale();
        row.done = points.isDouble();
        row.label = row.done
            ? tr("%1 of %2 points").arg(locale.toString(points.toDouble(), 'g', 4), locale.toString(place.max, 'g', 4))
            : tr("To be marked");
        row.tone = row.done ? QStringLiteral("positive") : QStringLiteral("info");
        row.begun = m_drafts.contains(row.task);
        if (row.begun) {
            row.label = row.done ? tr("%1, changes not kept yet").arg(row.label) : tr("Begun, not kept yet");
            row.tone = QStringLiteral("warning");
        }
    } else {
        row.counted = answerWords(item, entry.value(QLatin1String("counted")));
        row.label = kind == Late ? tr("Came after the end") : tr("From another device");
        row.tone = QStringLiteral("warning");
    }
    row.open = row.task == m_open;
    m_places.insert(row.task, place);
    m_rows.append(row);
}

void PapersController::publish()
{
    m_rows.clear();
    m_places.clear();
    for (const QString& kind : {Aside, Late, Mark}) {
        const QJsonArray papers = m_papers.value(QLatin1String("papers")).toArray();
        for (const QJsonValue& paper : papers) {
            const QJsonArray entries = paper.toObject().value(kind == Mark ? QStringLiteral("open") : kind).toArray();
            for (const QJsonValue& entry : entries) {
                addTask(paper.toObject(), entry.toObject(), kind);
            }
        }
    }
    std::ranges::stable_sort(m_rows, {}, &PaperTask::done);
    m_tasks.setRows(m_rows);
    m_state.title = m_papers.value(QLatin1String("sitting")).toObject().value(QLatin1String("title")).toString();
    m_state.summary = waiting() == 0 ? tr("Nothing waits for you here.") : tr("%n thing(s) to decide", nullptr, waiting());
    publishPoints();
}

void PapersController::fillBands()
{
    const QJsonObject mark = m_places.value(m_open).mark;
    const QJsonObject words = m_drafts.contains(m_open) ? m_drafts.value(m_open).toObject() : mark;
    const QJsonObject given = words.value(QLatin1String("criteria")).toObject();
    QList<BandRow> rows;
    if (m_open.startsWith(Mark)) {
        const TutorTask task = mark.value(QLatin1String("item")).toObject().value(QLatin1String("type")) == QLatin1String("record")
            ? TutorTask::Speaking
            : TutorTask::Writing;
        for (const RubricCriterion& criterion : rubricFor(task)) {
            const QJsonObject before = given.value(criterion.id).toObject();
            const QJsonValue band = before.value(QLatin1String("band"));
            rows.append({criterion.id, criterion.name.in(m_settings.language()),
                band.isDouble() ? QString::number(band.toInt()) : QString(), before.value(QLatin1String("words")).toString()});
        }
    }
    m_bands.setRows(rows);
    m_comment = words.value(QLatin1String("comment")).toString();
    m_toStudent = words.value(QLatin1String("to_student")).toString();
    Q_EMIT wordsChanged();
    publishPoints();
}

void PapersController::publishPoints()
{
    int sum = 0;
    m_state.ready = !m_bands.rows().isEmpty();
    for (const BandRow& row : m_bands.rows()) {
        m_state.ready = m_state.ready && !row.band.isEmpty();
        sum += row.band.toInt();
    }
    m_state.begun = m_drafts.contains(m_open);
    const double max = m_places.value(m_open).max;
    const qsizetype most = std::max<qsizetype>(1, m_bands.rows().size() * HighestBand);
    const QLocale locale = m_settings.locale();
    m_state.points = !m_state.ready
        ? tr("Choose a band for every criterion.")
        : tr("%1 of %2 points").arg(locale.toString(max * sum / double(most), 'g', 4), locale.toString(max, 'g', 4));
    Q_EMIT stateChanged();
}

QJsonObject PapersController::typed() const
{
    QJsonObject criteria;
    for (const BandRow& row : m_bands.rows()) {
        QJsonObject said {{QStringLiteral("words"), row.words}};
        if (!row.band.isEmpty()) {
            said.insert(QStringLiteral("band"), row.band.toInt());
        }
        criteria.insert(row.criterion, said);
    }
    return {{QStringLiteral("criteria"), criteria}, {QStringLiteral("comment"), m_comment}, {QStringLiteral("to_student"), m_toStudent}};
}

void PapersController::noteTyped()
{
    const Place place = m_places.value(m_open);
    if (place.attempt.isEmpty()) {
        return;
    }
    const bool first = !m_drafts.contains(m_open);
    QJsonObject draft = typed();
    draft.insert(QStringLiteral("sitting"), m_sitting);
    draft.insert(QStringLiteral("seen"),
        first ? place.mark.value(QLatin1String("marked_at")) : m_drafts.value(m_open).toObject().value(QLatin1String("seen")));
    m_drafts.insert(m_open, draft);
    saveDrafts();
    if (first) {
        publish();
    }
}

/// One write at a time; what is typed meanwhile goes with the next.
void PapersController::saveDrafts()
{
    if (!m_store || !m_draftsRead || m_saving) {
        m_unsaved = true;
        return;
    }
    m_saving = true;
    m_unsaved = false;
    whenDone(m_store->saveMarkDrafts(m_user, m_drafts), m_scope.get(), [this](const Result<void>& saved) {
        m_saving = false;
        if (!saved.ok() && m_state.error.isEmpty()) {
            m_state.error = errorSentence(saved.error());
            Q_EMIT stateChanged();
        }
        if (m_unsaved) {
            saveDrafts();
        }
    });
}

/// Nobody waits for the write before.
void PapersController::saveTheRest()
{
    if (m_store && m_draftsRead && m_unsaved) {
        (void)m_store->saveMarkDrafts(m_user, m_drafts);
    }
}

/// What was begun about papers that are no longer there is of use to nobody.
void PapersController::dropStaleDrafts()
{
    const QStringList tasks = m_drafts.keys();
    for (const QString& task : tasks) {
        if (m_drafts.value(task).toObject().value(QLatin1String("sitting")) == m_sitting && !m_places.contains(task)) {
            m_drafts.remove(task);
            saveDrafts();
        }
    }
}

void PapersController::discard()
{
    m_drafts.remove(m_open);
    saveDrafts();
    publish();
    fillBands();
}

void PapersController::setComment(const QString& comment)
{
    if (comment != m_comment) {
        m_comment = comment;
        Q_EMIT wordsChanged();
        noteTyped();
    }
}

void PapersController::setToStudent(const QString& words)
{
    if (words != m_toStudent) {
        m_toStudent = words;
        Q_EMIT wordsChanged();
        noteTyped();
    }
}

void PapersController::setBand(const QString& criterion, const QString& band)
{
    const BandRow* row = m_bands.find(criterion);
    if (row && row->band != band) {
        BandRow changed = *row;
        changed.band = band;
        m_bands.putRow(changed);
        noteTyped();
        publishPoints();
    }
}

void PapersController::setWords(const QString& criterion, const QString& words)
{
    const BandRow* row = m_bands.find(criterion);
    if (row && row->words != words) {
        BandRow changed = *row;
        changed.words = words;
        m_bands.putRow(changed);
        noteTyped();
    }
}

void PapersController::keepMark()
{
    const QString task = m_open;
    const Place place = m_places.value(task);
    if (!m_state.ready || place.attempt.isEmpty()) {
        return;
    }
    change(place, [this, task, place] {
        const QJsonObject now = typed();
        const QJsonValue seen = m_drafts.contains(task) ? m_drafts.value(task).toObject().value(QLatin1String("seen"))
                                                        : place.mark.value(QLatin1String("marked_at"));
        act(QStringLiteral("mark_essay"),
            {{QStringLiteral("p_attempt"), place.attempt}, {QStringLiteral("p_item"), place.item},
                {QStringLiteral("p_criteria"), now.value(QLatin1String("criteria"))},
                {QStringLiteral("p_comment"), now.value(QLatin1String("comment"))},
                {QStringLiteral("p_to_student"), now.value(QLatin1String("to_student"))}, {QStringLiteral("p_seen"), seen}},
            tr("The mark is kept."), [this, task, now] { settle(task, now); });
    });
}

/// What was sent is kept by the academy; words typed since then are not.
void PapersController::settle(const QString& task, const QJsonObject& sent)
{
    QJsonObject left = m_drafts.value(task).toObject();
    left.remove(QLatin1String("sitting"));
    left.remove(QLatin1String("seen"));
    if (left == sent) {
        m_drafts.remove(task);
        saveDrafts();
    }
}

void PapersController::decideLate(const QString& task, bool count)
{
    const Place place = m_places.value(task);
    const QJsonObject paper {{QStringLiteral("p_attempt"), place.attempt}};
    if (count) {
        change(place, [this, paper] { act(QStringLiteral("accept_late"), paper, tr("What came late counts now.")); });
    } else {
        act(QStringLiteral("leave_late"), paper, tr("What came late does not count. It stays kept."));
    }
}

void PapersController::decideAside(const QString& task, bool take)
{
    const Place place = m_places.value(task);
    const auto decide = [this, place, take] {
        act(QStringLiteral("decide_aside"),
            {{QStringLiteral("p_attempt"), place.attempt}, {QStringLiteral("p_item"), place.item},
                {QStringLiteral("p_op"), place.op}, {QStringLiteral("p_take"), take}},
            take ? tr("The words of the other device count now.") : tr("The words of the other device stay aside."));
    };
    if (take) {
        change(place, decide);
    } else {
        decide();
    }
}

/// What changes a result that its student has already is asked first.
void PapersController::change(const Place& place, std::function<void()> act)
{
    if (!place.released) {
        act();
        return;
    }
    m_asked = std::move(act);
    Q_EMIT askedFirst();
}

void PapersController::goOn(bool yes)
{
    const auto asked = std::exchange(m_asked, {});
    if (yes && asked) {
        asked();
    }
}

void PapersController::act(
    const QString& function, const QJsonObject& arguments, const QString& said, std::function<void()> done)
{
    if (!m_rest || std::exchange(m_state.busy, true)) {
        return;
    }
    m_state.error.clear();
    Q_EMIT stateChanged();
    whenDone(m_rest->rpc(function, arguments), m_scope.get(), [this, said, done](const Result<QJsonValue>& answer) {
        if (!answer.ok()) {
            m_state.busy = false;
            m_state.error = errorSentence(answer.error());
            Q_EMIT stateChanged();
            if (answer.error().code == QLatin1String("ACADEMY_DECIDED")) {
                m_toasts.show(m_state.error, QStringLiteral("warning"));
                m_told = m_open;
                refresh();
            }
            return;
        }
        m_toasts.show(said, QStringLiteral("positive"));
        if (done) {
            done();
        }
        refresh();
    });
}

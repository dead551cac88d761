// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/PapersController.h"

#include "supabase/RestClient.h"
#include "tutor/teaching/Rubric.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"
#include "viewmodels/Toasts.h"

#include <algorithm>

namespace {

const QString Mark = QStringLiteral("mark");
const QString Late = QStringLiteral("late");
const QString Aside = QStringLiteral("aside");

QString localized(const QJsonValue& text, const QString& language)
{
    const QJsonObject all = text.toObject();
    for (const QString& wanted : {language, language.section(QLatin1Char('-'), 0, 0), QStringLiteral("en")}) {
        if (all.contains(wanted)) {
            return all.value(wanted).toString();
        }
    }
    return all.isEmpty() ? text.toString() : all.begin().value().toString();
}

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

PapersController::~PapersController() = default;

void PapersController::attach(RestClient& rest)
{
    detach();
    m_rest = &rest;
    m_scope = std::make_unique<QObject>();
}

void PapersController::detach()
{
    m_scope.reset();
    m_rest = nullptr;
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
            const QString before = m_open;
            publish();
            const PaperTask* now = m_tasks.find(m_open);
            if (!now || now->done) {
                const auto next = std::ranges::find_if(m_rows, [](const PaperTask& row) { return !row.done; });
                m_open = next == m_rows.end() ? QString() : next->task;
                publish();
            }
            if (m_open != before) {
                fillBands();
            }
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
    PaperTask row;
    row.kind = kind;
    row.task = kind + QLatin1Char(' ') + place.attempt + QLatin1Char(' ') + place.item;
    row.name = paper.value(QLatin1String("name")).toString();
    row.prompt = localized(item.value(QLatin1String("prompt")), m_settings.language());
    row.answer = answerWords(item, entry.value(QLatin1String("answer")));
    if (kind == Mark) {
        const QJsonValue points = entry.value(QLatin1String("points"));
        const QLocale locale = m_settings.locale();
        row.done = points.isDouble();
        row.label = row.done
            ? tr("%1 of %2 points").arg(locale.toString(points.toDouble(), 'g', 4), locale.toString(place.max, 'g', 4))
            : tr("To be marked");
        row.tone = row.done ? QStringLiteral("positive") : QStringLiteral("info");
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
    const QJsonObject given = mark.value(QLatin1String("criteria")).toObject();
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
    m_comment = mark.value(QLatin1String("comment")).toString();
    Q_EMIT commentChanged();
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
    const double max = m_places.value(m_open).max;
    const qsizetype most = std::max<qsizetype>(1, m_bands.rows().size() * HighestBand);
    const QLocale locale = m_settings.locale();
    m_state.points = !m_state.ready
        ? tr("Choose a band for every criterion.")
        : tr("%1 of %2 points").arg(locale.toString(max * sum / double(most), 'g', 4), locale.toString(max, 'g', 4));
    Q_EMIT stateChanged();
}

void PapersController::setComment(const QString& comment)
{
    if (comment != m_comment) {
        m_comment = comment;
        Q_EMIT commentChanged();
    }
}

void PapersController::setBand(const QString& criterion, const QString& band)
{
    if (const BandRow* row = m_bands.find(criterion)) {
        BandRow changed = *row;
        changed.band = band;
        m_bands.putRow(changed);
        publishPoints();
    }
}

void PapersController::setWords(const QString& criterion, const QString& words)
{
    if (const BandRow* row = m_bands.find(criterion)) {
        BandRow changed = *row;
        changed.words = words;
        m_bands.putRow(changed);
    }
}

void PapersController::keepMark()
{
    const Place place = m_places.value(m_open);
    if (!m_state.ready || place.attempt.isEmpty()) {
        return;
    }
    QJsonObject criteria;
    for (const BandRow& row : m_bands.rows()) {
        criteria.insert(row.criterion,
            QJsonObject {{QStringLiteral("band"), row.band.toInt()}, {QStringLiteral("words"), row.words}});
    }
    act(QStringLiteral("mark_essay"),
        {{QStringLiteral("p_attempt"), place.attempt}, {QStringLiteral("p_item"), place.item},
            {QStringLiteral("p_criteria"), criteria}, {QStringLiteral("p_comment"), m_comment},
            {QStringLiteral("p_seen"), place.mark.value(QLatin1String("marked_at"))}},
        tr("The mark is kept."));
}

void PapersController::countLate(const QString& task)
{
    act(QStringLiteral("accept_late"), {{QStringLiteral("p_attempt"), m_places.value(task).attempt}}, tr("What came late counts now."));
}

void PapersController::decideAside(const QString& task, bool take)
{
    const Place place = m_places.value(task);
    act(QStringLiteral("decide_aside"),
        {{QStringLiteral("p_attempt"), place.attempt}, {QStringLiteral("p_item"), place.item},
            {QStringLiteral("p_op"), place.op}, {QStringLiteral("p_take"), take}},
        take ? tr("The words of the other device count now.") : tr("The words of the other device stay aside."));
}

void PapersController::act(const QString& function, const QJsonObject& arguments, const QString& said)
{
    if (!m_rest || std::exchange(m_state.busy, true)) {
        return;
    }
    m_state.error.clear();
    Q_EMIT stateChanged();
    whenDone(m_rest->rpc(function, arguments), m_scope.get(), [this, said](const Result<QJsonValue>& answer) {
        if (!answer.ok()) {
            m_state.busy = false;
            m_state.error = errorSentence(answer.error());
            Q_EMIT stateChanged();
            if (answer.error().code == QLatin1String("ACADEMY_DECIDED")) {
                m_toasts.show(m_state.error, QStringLiteral("warning"));
                refresh();
            }
            return;
        }
        m_toasts.show(said, QStringLiteral("positive"));
        refresh();
    });
}

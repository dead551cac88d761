// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/StudyController.h"

#include "study/StudyLibrary.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"

StudyController::StudyController(AppSettings& settings, QObject* parent) : QObject(parent), m_settings(settings) { }

StudyController::~StudyController() = default;

void StudyController::attach(StudyLibrary* library)
{
    m_library = library;
    m_error.clear();
    m_errorDetails.clear();
    m_scope = std::make_unique<QObject>();
    if (m_library) {
        connect(m_library, &StudyLibrary::changed, m_scope.get(), [this] { publish(); });
        connect(m_library, &StudyLibrary::overviewChanged, m_scope.get(), [this] { publish(); });
    }
    publish();
}

void StudyController::fail(const Error& error)
{
    m_error = errorSentence(error);
    m_errorDetails = errorDetails(error);
    publish();
}

void StudyController::present(const StudyState& state, const QList<UnitRow>& units, const QList<MockRow>& mocks)
{
    m_scope.reset();
    m_units.setRows(units);
    m_mocks.setRows(mocks);
    m_state = state;
    Q_EMIT stateChanged();
}

QString StudyController::notesOf(const QString& pack, const QString& item) const
{
    const std::shared_ptr<const Pack> full = m_library ? m_library->pack(PackId(pack)) : nullptr;
    const PackItem* found = full ? full->item(ItemId(item)) : nullptr;
    if (!found || found->use != ItemUse::Note) {
        return {};
    }
    for (const PackUnit& unit : full->units) {
        if (unit.items.contains(found->id())) {
            return pack + QLatin1Char('/') + unit.id.toString() + QLatin1Char('#') + item;
        }
    }
    return {};
}

void StudyController::openNotes(const QString& argument)
{
    const std::shared_ptr<const Pack> pack
        = m_library ? m_library->pack(PackId(argument.section(QLatin1Char('/'), 0, 0))) : nullptr;
    const QString place = argument.section(QLatin1Char('/'), 1);
    const PackUnit* unit = pack ? pack->unit(UnitId(place.section(QLatin1Char('#'), 0, 0))) : nullptr;
    if (!unit) {
        return;
    }
    const QString language = m_settings.language();
    const QString wanted = place.section(QLatin1Char('#'), 1);
    m_wantedNote = -1;
    QList<NoteRow> rows;
    for (const ItemId& id : unit->items) {
        const PackItem* item = pack->item(id);
        if (item && item->use == ItemUse::Note) {
            m_wantedNote = id.toString() == wanted ? int(rows.size()) : m_wantedNote;
            rows.append({id.toString(), item->item.prompt.in(language), item->content.in(language)});
        }
    }
    m_notes.setRows(rows);
    m_notesTitle = unit->title.in(language);
    Q_EMIT notesChanged();
}

void StudyController::publish()
{
    StudyState state;
    state.error = m_error;
    state.errorDetails = m_errorDetails;
    state.loading = m_error.isEmpty() && (!m_library || !m_library->isOpen());
    QList<UnitRow> units;
    QList<MockRow> mocks;
    if (m_library && m_library->isOpen()) {
        const QString language = m_settings.language();
        const StudyOverview overview = m_library->overview();
        state.due = overview.dueNow;
        state.fresh = overview.newAvailable;
        state.reviewed = overview.reviewedToday;
        const QList<PackSummary> packs = m_library->packs();
        for (const PackSummary& pack : packs) {
            const QString packTitle = pack.cefr.isEmpty() ? pack.title.in(language)
                                                          : tr("%1 · %2", "pack, level").arg(pack.title.in(language), pack.cefr);
            const QList<UnitSummary> found = m_library->units(pack.id);
            for (const UnitSummary& unit : found) {
                UnitRow row;
                row.argument = pack.id.toString() + QLatin1Char('/') + unit.unit.toString();
                row.pack = packTitle;
                row.title = unit.title.in(language);
                row.due = unit.due + unit.learning;
                row.fresh = unit.newCards;
                row.cards = unit.cards;
                row.exercises = unit.exercises;
                row.exercisesDone = unit.exercisesDone;
                row.notes = unit.notes;
                QStringList parts;
                if (unit.cards > 0) {
                    parts.append(tr("%n card(s)", nullptr, unit.cards));
                }
                if (unit.exercises > 0) {
                    parts.append(tr("%1 of %2 exercises done").arg(unit.exercisesDone).arg(unit.exercises));
                }
                row.summary = parts.join(QStringLiteral(" · "));
                units.append(row);
            }
            const std::shared_ptr<const Pack> full = m_library->pack(pack.id);
            if (full) {
                for (const MockExam& exam : full->exams) {
                    MockRow row;
                    row.argument = pack.id.toString() + QStringLiteral("/mock/") + exam.id.toString();
                    row.title = exam.title.in(language);
                    qsizetype items = 0;
                    for (const MockSection& section : exam.sections) {
                        items += section.choose > 0 ? section.choose : section.items.size();
                    }
                    row.summary = tr("%n question(s)", nullptr, static_cast<int>(items));
                    if (exam.length()) {
                        row.summary += QStringLiteral(" · ")
                            + tr("%n minute(s)", nullptr, static_cast<int>(exam.length()->count() / 60));
                    }
                    mocks.append(row);
                }
            }
        }
        state.empty = units.isEmpty();
        if (state.due > 0) {
            state.headline = tr("%n card(s) to review", nullptr, state.due);
            state.detail = state.fresh > 0 ? tr("and up to %n new one(s) today", nullptr, state.fresh) : QString();
        } else if (state.fresh > 0) {
            state.headline = tr("%n new card(s) to learn", nullptr, state.fresh);
            state.detail = tr("Nothing is due for review now");
        } else {
            state.headline = tr("All reviewed for now");
            state.detail = overview.nextDue ? tr("Your cards come back when it is time") : QString();
        }
    }
    m_units.setRows(units);
    m_mocks.setRows(mocks);
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/QuirkMemory.h"

#include "tutor/ModelCatalogue.h"

#include <QJsonArray>

namespace {

const auto droppedKey = QStringLiteral("rejects");
const auto maxTokensKey = QStringLiteral("max_tokens");
const auto resumableKey = QStringLiteral("resumable");

} // namespace

TutorQuirks QuirkMemory::quirksFor(const ModelCatalogue& catalogue, const TutorSettings& tutor) const
{
    TutorQuirks quirks = catalogue.quirksFor(tutor.name(), tutor.model);
    const QJsonObject learnt = m_learnt.value({tutor.name(), tutor.model});
    const QJsonArray dropped = learnt.value(droppedKey).toArray();
    for (const QJsonValue& field : dropped) {
        if (!quirks.dropped.contains(field.toString())) {
            quirks.dropped.append(field.toString());
        }
    }
    if (learnt.value(maxTokensKey).isBool()) {
        quirks.useMaxTokens = learnt.value(maxTokensKey).toBool();
    }
    quirks.resumable = quirks.resumable || learnt.value(resumableKey).toBool();
    return quirks;
}

QJsonObject QuirkMemory::learn(const ModelCatalogue& catalogue, const TutorSettings& tutor, const TutorQuirks& quirks)
{
    const TutorQuirks known = catalogue.quirksFor(tutor.name(), tutor.model);
    QJsonArray dropped;
    for (const QString& field : quirks.dropped) {
        if (!known.dropped.contains(field)) {
            dropped.append(field);
        }
    }
    QJsonObject learnt {{droppedKey, dropped}, {resumableKey, quirks.resumable}};
    if (quirks.useMaxTokens && quirks.useMaxTokens != known.useMaxTokens) {
        learnt.insert(maxTokensKey, *quirks.useMaxTokens);
    }
    m_learnt.insert({tutor.name(), tutor.model}, learnt);
    return learnt;
}

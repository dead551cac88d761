// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

#include <QHash>
#include <QPair>

class ModelCatalogue;

/// What models were found to want otherwise than the catalogue says: fields they rejected, a server
/// that keeps its replies. Pure; whoever owns it keeps the JSON.
class QuirkMemory
{
public:
    void load(const QHash<QPair<QString, QString>, QJsonObject>& kept) { m_learnt = kept; }

    /// The catalogue's quirks with what was learnt on top.
    TutorQuirks quirksFor(const ModelCatalogue& catalogue, const TutorSettings& tutor) const;
    /// Remembers what `quirks` has beyond the catalogue's; answers what to keep.
    QJsonObject learn(const ModelCatalogue& catalogue, const TutorSettings& tutor, const TutorQuirks& quirks);

private:
    QHash<QPair<QString, QString>, QJsonObject> m_learnt;
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Rational.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QStringList>

/// One condition of a scheme: some percentage must reach a minimum.
struct PassRule
{
    enum class Metric { Total, Section, EachSection, Group, EachGroup };

    Metric metric = Metric::Total;
    QString of; ///< the section or group, for Section and Group
    Rational minimum;
    bool operator==(const PassRule&) const = default;
};

/// The pass rules of an examination as data: weighted sections, groups of sections, conditions.
/// All must hold. In a modular scheme each section is a certificate of its own.
/// Source: the rule language of the pack format.
struct PassScheme
{
    QString name;
    bool modular = false;
    QMap<QString, Rational> weights; ///< section → its share of the total
    QMap<QString, QStringList> groups; ///< group → its sections
    QList<PassRule> rules;
    bool operator==(const PassScheme&) const = default;
};

/// One condition held against a result.
struct PassFinding
{
    PassRule rule;
    QString of; ///< the section or group it was held against; empty: the total
    std::optional<Rational> percent; ///< nothing when a section has no result yet
    bool met = false;
};

struct PassVerdict
{
    bool passed = false;
    bool complete = false; ///< every section has a result
    std::optional<Rational> total;
    QList<PassFinding> findings;
    QStringList passedModules; ///< modular schemes: sections that hold on their own
};

/// Decodes a scheme; code "scheme_malformed" names what is wrong, including rules about sections
/// that do not exist and weights that are not positive.
Result<PassScheme> parsePassScheme(const QString& name, const QJsonObject& json);

/// Judges percentages per section (0 to 100), exactly.
PassVerdict judge(const PassScheme& scheme, const QMap<QString, Rational>& percentBySection);

// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/PassRules.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace {

using Metric = PassRule::Metric;

constexpr std::array metrics{
    std::pair{Metric::Total, "total"},
    std::pair{Metric::Section, "section"},
    std::pair{Metric::EachSection, "each-section"},
    std::pair{Metric::Group, "group"},
    std::pair{Metric::EachGroup, "each-group"},
};

Error malformed(const QString& detail)
{
    return Error{ErrorKind::Invalid, QStringLiteral("scheme_malformed"), detail, {}};
}

std::optional<Rational> number(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(Rational::fromDouble(value.toDouble())) : std::nullopt;
}

Result<PassRule> parseRule(const QJsonObject& json, const PassScheme& scheme)
{
    const QString name = json.value(QLatin1String("metric")).toString();
    const auto* metric = std::ranges::find_if(
        metrics, [&name](const auto& entry) { return name == QLatin1String(entry.second); });
    if (metric == metrics.end()) {
        return malformed(QStringLiteral("unknown metric ") + name);
    }
    const auto minimum = number(json.value(QLatin1String("min")));
    if (!minimum || *minimum < Rational(0) || *minimum > Rational(100)) {
        return malformed(name + QStringLiteral(": a minimum from 0 to 100 expected"));
    }
    PassRule rule{metric->first, json.value(QLatin1String("of")).toString(), *minimum};
    if (rule.metric == Metric::Section && !scheme.weights.contains(rule.of)) {
        return malformed(QStringLiteral("no section ") + rule.of);
    }
    if (rule.metric == Metric::Group && !scheme.groups.contains(rule.of)) {
        return malformed(QStringLiteral("no group ") + rule.of);
    }
    if (rule.metric == Metric::EachGroup && scheme.groups.isEmpty()) {
        return malformed(QStringLiteral("no groups"));
    }
    return rule;
}

/// The weighted mean over these sections, or nothing when one has no result.
std::optional<Rational> weightedMean(const PassScheme& scheme, const QStringList& sections,
    const QMap<QString, Rational>& percentBySection)
{
    Rational points;
    Rational weight;
    for (const QString& section : sections) {
        const auto percent = percentBySection.find(section);
        if (percent == percentBySection.end()) {
            return std::nullopt;
        }
        const Rational share = scheme.weights.value(section);
        points = points + share * *percent;
        weight = weight + share;
    }
    return points / weight;
}

} // namespace

Result<PassScheme> parsePassScheme(const QString& name, const QJsonObject& json)
{
    PassScheme scheme;
    scheme.name = name;
    scheme.modular = json.value(QLatin1String("modular")).toBool();
    const QJsonObject sections = json.value(QLatin1String("sections")).toObject();
    for (auto it = sections.begin(); it != sections.end(); ++it) {
        const auto weight = number(it.value());
        if (!weight || *weight <= Rational(0)) {
            return malformed(it.key() + QStringLiteral(": a positive weight expected"));
        }
        scheme.weights.insert(it.key(), *weight);
    }
    if (scheme.weights.isEmpty()) {
        return malformed(QStringLiteral("no sections"));
    }
    const QJsonObject groups = json.value(QLatin1String("groups")).toObject();
    for (auto it = groups.begin(); it != groups.end(); ++it) {
        QStringList members;
        const QJsonArray array = it.value().toArray();
        for (const QJsonValue& member : array) {
            if (!scheme.weights.contains(member.toString())) {
                return malformed(it.key() + QStringLiteral(": no section ") + member.toString());
            }
            members.append(member.toString());
        }
        if (members.isEmpty()) {
            return malformed(it.key() + QStringLiteral(": an empty group"));
        }
        scheme.groups.insert(it.key(), members);
    }
    const QJsonArray rules = json.value(QLatin1String("pass")).toArray();
    for (const QJsonValue& value : rules) {
        Result<PassRule> rule = parseRule(value.toObject(), scheme);
        if (!rule) {
            return rule.error();
        }
        scheme.rules.append(*rule);
    }
    if (scheme.rules.isEmpty()) {
        return malformed(QStringLiteral("no rules"));
    }
    return scheme;
}

PassVerdict judge(const PassScheme& scheme, const QMap<QString, Rational>& percentBySection)
{
    PassVerdict verdict;
    const auto hold
        = [&](const PassRule& rule, const QString& of, std::optional<Rational> percent) {
              verdict.findings.append({rule, of, percent, percent && *percent >= rule.minimum});
          };
    const QStringList all = scheme.weights.keys();
    verdict.total = weightedMean(scheme, all, percentBySection);
    verdict.complete = verdict.total.has_value();
    for (const PassRule& rule : scheme.rules) {
        switch (rule.metric) {
        case Metric::Total:
            hold(rule, {}, verdict.total);
            break;
        case Metric::Section:
            hold(rule, rule.of, weightedMean(scheme, {rule.of}, percentBySection));
            break;
        case Metric::EachSection:
            for (const QString& section : all) {
                hold(rule, section, weightedMean(scheme, {section}, percentBySection));
            }
            break;
        case Metric::Group:
            hold(rule, rule.of,
                weightedMean(scheme, scheme.groups.value(rule.of), percentBySection));
            break;
        case Metric::EachGroup:
            for (auto it = scheme.groups.begin(); it != scheme.groups.end(); ++it) {
                hold(rule, it.key(), weightedMean(scheme, it.value(), percentBySection));
            }
            break;
        }
    }
    verdict.passed = std::ranges::all_of(verdict.findings, &PassFinding::met);
    if (scheme.modular) {
        for (const QString& section : all) {
            const bool holds = percentBySection.contains(section)
                && std::ranges::none_of(verdict.findings, [&section](const PassFinding& finding) {
                       return finding.of == section && !finding.met;
                   });
            if (holds) {
                verdict.passedModules.append(section);
            }
        }
    }
    return verdict;
}

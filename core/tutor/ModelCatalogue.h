// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "tutor/TutorProvider.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// Millionths of a dollar per million tokens.
struct ModelPrice
{
    qint64 input = 0;
    qint64 output = 0;
    qint64 cachedInput = 0; ///< as input where the provider makes no difference
    qint64 cacheWrite = 0;

    bool operator==(const ModelPrice&) const = default;
};

/// How a model kept to its learners' level when somebody measured it (tests/bench/bench_level.cpp).
struct ModelCheck
{
    int inLevel = 0; ///< replies
    int of = 0; ///< all of them, at least 1
    QString on; ///< the day, ISO 8601

    bool operator==(const ModelCheck&) const = default;
};

/// What is known about one model.
struct ModelEntry
{
    QString id;
    QString name;
    QString tier; ///< small, medium or large: how good, so that a fallback is not much worse
    bool reasons = false; ///< thinks before it speaks, by default or always
    qint64 context = 0; ///< tokens; 0: not known
    qint64 largestOutput = 0;
    std::optional<ModelPrice> price; ///< empty: not known
    qint64 longPromptAbove = 0; ///< with longPromptPrice: prompts with more tokens cost that
    std::optional<ModelPrice> longPromptPrice;
    QStringList efforts; ///< values the model takes, weakest first
    QString effort; ///< the one a tutor asks for
    TutorQuirks quirks;
    std::optional<ModelCheck> check; ///< empty: nobody has measured it
};

/// A provider and the models of it that are worth offering. Others work too.
struct ProviderEntry
{
    QString id;
    QString name;
    TutorProviderKind kind = TutorProviderKind::OpenAiChat;
    TutorPlace place = TutorPlace::Cloud;
    QUrl baseUrl;
    bool needsKey = true;
    QString defaultModel;
    int requestsPerMinute = 10;
    qint64 tokensPerMinute = 0;
    TutorQuirks quirks; ///< of models that are not listed
    QList<ModelEntry> models;

    /// A server of the learner's choice: the catalogue has no address for it.
    bool hasOwnAddress() const { return place == TutorPlace::Cloud && kind == TutorProviderKind::OpenAiCompatible && baseUrl.isEmpty(); }
};

/// Providers, models, prices, peculiarities and limits: data that moves monthly, so it is a file. One
/// is shipped; an academy may give its own. A value; any thread. Source: ai-providers A1 to A5, A8.
class ModelCatalogue
{
public:
    static constexpr int Version = 1;

    /// Nobody at all.
    ModelCatalogue() = default;
    /// The one inside the program.
    static const ModelCatalogue& shipped();
    /// Invalid `catalogue_invalid` (the detail says where) or `catalogue_newer`. Unknown members are
    /// ignored, a wrong one refuses the whole file.
    static Result<ModelCatalogue> parse(QByteArrayView json);
    /// As parse(), and a provider of the shipped catalogue must stay at its host: a key that was given
    /// for one place is never sent to another. Invalid `catalogue_moves_key` otherwise. The notes
    /// tutor is always among them. On an error use what held before and say why.
    static Result<ModelCatalogue> parseFromAcademy(QByteArrayView json);

    const QString& updated() const { return m_updated; }
    const QList<ProviderEntry>& providers() const { return m_providers; }
    const ProviderEntry* provider(const QString& id) const;
    /// Also finds dated names ("gpt-6-luna-2026-10-01") under the longest entry they begin with.
    const ModelEntry* model(const QString& providerId, const QString& modelId) const;
    /// Empty when the model is not known.
    QString tierOf(const QString& providerId, const QString& modelId) const;
    TutorQuirks quirksFor(const QString& providerId, const QString& modelId) const;
    /// What this usage costs, rounded up; -1 when the price or the usage is not known. Local models
    /// and the notes cost 0.
    qint64 costMicros(const QString& providerId, const QString& modelId, const TutorUsage& usage) const;
    /// Everything needed to ask this model; the default model when `modelId` is empty. Empty for a
    /// provider that is not in the catalogue.
    std::optional<TutorSettings> settingsFor(const QString& providerId, const QString& modelId = {}) const;

private:
    QString m_updated;
    QList<ProviderEntry> m_providers;
};

/// An upper guess at the tokens of a text: three Latin letters to a token, two of another alphabet,
/// one syllable or word sign.
qint64 estimatedTokens(QStringView text);
/// The same of a request and its longest reply, made before sending.
qint64 estimatedTokens(const TutorPrompt& prompt);

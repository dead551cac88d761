// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ModelCatalogue.h"

#include "base/Log.h"
#include "wire/Json.h"

#include <QDate>
#include <QFile>
#include <QSet>

#include <array>
#include <cmath>

namespace {

constexpr std::array wires {
    std::pair {"notes", TutorProviderKind::Notes},
    std::pair {"openai-chat", TutorProviderKind::OpenAiChat},
    std::pair {"openai-responses", TutorProviderKind::OpenAiResponses},
    std::pair {"anthropic", TutorProviderKind::Anthropic},
    std::pair {"gemini", TutorProviderKind::Gemini},
    std::pair {"openai-compatible", TutorProviderKind::OpenAiCompatible},
    std::pair {"relay", TutorProviderKind::Relay},
};

constexpr std::array places {
    std::pair {"cloud", TutorPlace::Cloud},
    std::pair {"local", TutorPlace::Local},
    std::pair {"relay", TutorPlace::Relay},
};

constexpr std::array tiers {"small", "medium", "large"};

Error invalid(const QString& where, const QString& what)
{
    return Error {ErrorKind::Invalid, QStringLiteral("catalogue_invalid"), where + QStringLiteral(": ") + what, {}};
}

template <typename Table, typename Value>
bool lookUp(const Table& table, const QString& name, Value& into)
{
    for (const auto& [text, value] : table) {
        if (name == QLatin1String(text)) {
            into = value;
            return true;
        }
    }
    return false;
}

/// Reads the members of one object and remembers the first complaint.
class Members
{
public:
    Members(const QJsonObject& object, QString where) : m_object(object), m_where(std::move(where)) { }

    QString text(const char* name, const QString& fallback = {})
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        expect(value.isUndefined() || value.isString(), name, "a text");
        return value.toString(fallback);
    }
    QString neededText(const char* name)
    {
        const QString value = text(name);
        expect(!value.isEmpty(), name, "missing");
        return value;
    }
    qint64 whole(const char* name, qint64 fallback = 0)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        expect(value.isUndefined() || (value.isDouble() && value.toInteger(-1) >= 0), name, "a whole number");
        return value.toInteger(fallback);
    }
    bool truth(const char* name, bool fallback)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        expect(value.isUndefined() || value.isBool(), name, "true or false");
        return value.toBool(fallback);
    }
    /// Dollars per million tokens, as the price lists have it.
    std::optional<qint64> dollars(const char* name)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined()) {
            return std::nullopt;
        }
        expect(value.isDouble() && value.toDouble() >= 0 && value.toDouble() < 1e6, name, "an amount in dollars");
        return qint64(std::llround(value.toDouble() * 1e6));
    }
    QStringList texts(const char* name)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        expect(value.isUndefined() || value.isArray(), name, "a list");
        QStringList list;
        const QJsonArray entries = value.toArray();
        for (const QJsonValue& entry : entries) {
            expect(entry.isString(), name, "a list of texts");
            list.append(entry.toString());
        }
        return list;
    }
    QJsonObject object(const char* name)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        expect(value.isUndefined() || value.isObject(), name, "an object");
        return value.toObject();
    }
    QJsonArray list(const char* name)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        expect(value.isUndefined() || value.isArray(), name, "a list");
        return value.toArray();
    }
    bool has(const char* name) const { return m_object.contains(QLatin1String(name)); }
    void expect(bool holds, const char* name, const char* what)
    {
        if (!holds && !m_error) {
            m_error = invalid(m_where + QLatin1Char('.') + QLatin1String(name), QLatin1String(what));
        }
    }
    void adopt(const std::optional<Error>& error)
    {
        if (error && !m_error) {
            m_error = error;
        }
    }
    const std::optional<Error>& error() const { return m_error; }
    QString path(const char* name) const { return m_where + QLatin1Char('.') + QLatin1String(name); }

private:
    QJsonObject m_object;
    QString m_where;
    std::optional<Error> m_error;
};

std::optional<ModelPrice> priceFrom(Members& owner, const char* name)
{
    if (!owner.has(name)) {
        return std::nullopt;
    }
    Members in(owner.object(name), owner.path(name));
    const auto input = in.dollars("input");
    const auto output = in.dollars("output");
    in.expect(input.has_value(), "input", "missing");
    in.expect(output.has_value(), "output", "missing");
    ModelPrice price;
    price.input = input.value_or(0);
    price.output = output.value_or(0);
    price.cachedInput = in.dollars("cached").value_or(price.input);
    price.cacheWrite = in.dollars("cache_write").value_or(price.input);
    owner.adopt(in.error());
    return price;
}

TutorQuirks quirksFrom(Members& owner)
{
    Members in(owner.object("quirks"), owner.path("quirks"));
    TutorQuirks quirks;
    const QString field = in.text("max_tokens_field");
    in.expect(field.isEmpty() || field == QLatin1String("max_tokens") || field == QLatin1String("max_completion_tokens"),
        "max_tokens_field", "max_tokens or max_completion_tokens");
    if (!field.isEmpty()) {
        quirks.useMaxTokens = field == QLatin1String("max_tokens");
    }
    quirks.dropped = in.texts("rejects");
    const QString role = in.text("system_role", QStringLiteral("system"));
    quirks.developerRole = role == QLatin1String("developer");
    quirks.systemInFirstTurn = role == QLatin1String("first_turn");
    in.expect(role == QLatin1String("system") || quirks.developerRole || quirks.systemInFirstTurn, "system_role",
        "system, developer or first_turn");
    quirks.resumable = in.truth("resumable", false);
    quirks.set = in.object("set");
    owner.adopt(in.error());
    return quirks;
}

Result<ModelEntry> modelFrom(const QJsonObject& json, const QString& where)
{
    Members in(json, where);
    ModelEntry model;
    model.id = in.neededText("id");
    model.name = in.text("name", model.id);
    model.tier = in.neededText("tier");
    in.expect(std::ranges::any_of(tiers, [&](const char* tier) { return model.tier == QLatin1String(tier); }), "tier",
        "small, medium or large");
    model.reasons = in.truth("reasons", false);
    model.context = in.whole("context");
    model.largestOutput = in.whole("output");
    model.price = priceFrom(in, "price");
    if (in.has("long_prompt")) {
        Members rest(in.object("long_prompt"), in.path("long_prompt"));
        model.longPromptAbove = rest.whole("above");
        rest.expect(model.longPromptAbove > 0, "above", "missing");
        in.adopt(rest.error());
        model.longPromptPrice = priceFrom(in, "long_prompt");
    }
    model.efforts = in.texts("efforts");
    model.effort = in.text("effort");
    in.expect(model.effort.isEmpty() || model.efforts.contains(model.effort), "effort", "not one of the efforts");
    model.quirks = quirksFrom(in);
    if (in.has("checked")) {
        Members of(in.object("checked"), in.path("checked"));
        const qint64 all = of.whole("of");
        const qint64 inLevel = of.whole("in_level");
        const QString on = of.neededText("on");
        of.expect(all > 0 && all < 100'000 && inLevel <= all, "of", "how many replies there were");
        of.expect(QDate::fromString(on, Qt::ISODate).isValid(), "on", "a day");
        in.adopt(of.error());
        model.check = ModelCheck {int(inLevel), int(all), on};
    }
    if (in.error()) {
        return *in.error();
    }
    return model;
}

Result<ProviderEntry> providerFrom(const QJsonObject& json, const QString& where)
{
    Members in(json, where);
    ProviderEntry provider;
    provider.id = in.neededText("id");
    provider.name = in.text("name", provider.id);
    in.expect(lookUp(wires, in.neededText("wire"), provider.kind), "wire", "not a wire this program speaks");
    in.expect(lookUp(places, in.text("place", QStringLiteral("cloud")), provider.place), "place", "cloud, local or relay");
    provider.baseUrl = QUrl(in.text("base_url"), QUrl::StrictMode);
    const bool hasUrl = provider.kind != TutorProviderKind::Notes && provider.place != TutorPlace::Relay
        && !(provider.hasOwnAddress() && !in.has("base_url"));
    in.expect(!hasUrl || (provider.baseUrl.isValid() && !provider.baseUrl.host().isEmpty()), "base_url", "not an address");
    in.expect(!hasUrl || provider.place == TutorPlace::Local || provider.baseUrl.scheme() == QLatin1String("https"),
        "base_url", "https only");
    in.expect(provider.baseUrl.userInfo().isEmpty() && !provider.baseUrl.hasQuery(), "base_url", "no secrets here");
    provider.needsKey = in.truth("needs_key", provider.place == TutorPlace::Cloud);
    provider.requestsPerMinute = int(in.whole("requests_per_minute", 10));
    in.expect(provider.requestsPerMinute > 0 && provider.requestsPerMinute <= 10'000, "requests_per_minute", "1 to 10000");
    provider.tokensPerMinute = in.whole("tokens_per_minute");
    provider.quirks = quirksFrom(in);
    QSet<QString> seen;
    const QJsonArray models = in.list("models");
    for (qsizetype i = 0; i < models.size(); ++i) {
        const auto model = modelFrom(models.at(i).toObject(), in.path("models") + QStringLiteral("[%1]").arg(i));
        if (!model) {
            in.adopt(model.error());
            break;
        }
        in.expect(!seen.contains(model->id), "models", "the same model twice");
        seen.insert(model->id);
        provider.models.append(*model);
    }
    provider.defaultModel = in.text("default_model", provider.models.isEmpty() ? QString() : provider.models.first().id);
    if (in.error()) {
        return *in.error();
    }
    return provider;
}

qint64 priced(const ModelPrice& price, const TutorUsage& usage)
{
    const qint64 cached = std::max<qint64>(0, usage.cachedInput);
    const qint64 written = std::max<qint64>(0, usage.cacheWritten);
    const qint64 plain = std::max<qint64>(0, usage.input - cached - written);
    const qint64 sum = plain * price.input + cached * price.cachedInput + written * price.cacheWrite
        + std::max<qint64>(0, usage.output) * price.output;
    return (sum + 999'999) / 1'000'000;
}

TutorTimeouts timeoutsFor(TutorPlace place, bool reasons)
{
    switch (place) {
    case TutorPlace::Local:
        return TutorTimeouts::forLocal();
    case TutorPlace::Relay:
        return TutorTimeouts::forRelay();
    case TutorPlace::Cloud:
        break;
    }
    return reasons ? TutorTimeouts::forReasoning() : TutorTimeouts::forCloud();
}

/// What a text is at most, in sixths of a token: a third for a Latin letter, half for those of other
/// alphabets, a whole one for signs that stand for a syllable or a word.
qint64 sixthsOf(QStringView text)
{
    qint64 sixths = 0;
    for (const QChar c : text) {
        sixths += c.unicode() < 0x0370 ? 2 : c.unicode() < 0x2E80 ? 3 : 6;
    }
    return sixths;
}

} // namespace

const ModelCatalogue& ModelCatalogue::shipped()
{
    static const ModelCatalogue catalogue = [] {
        QFile file(QStringLiteral(":/tutor/catalogue.json"));
        const auto parsed = parse(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
        if (!parsed) {
            qCWarning(lcTutor) << "the shipped catalogue:" << parsed.error().detail;
        }
        return parsed.valueOr({});
    }();
    return catalogue;
}

Result<ModelCatalogue> ModelCatalogue::parse(QByteArrayView json)
{
    const auto value = parseJson(json);
    if (!value || !value->isObject()) {
        return invalid(QStringLiteral("file"), QStringLiteral("not a JSON object"));
    }
    Members in(value->toObject(), QStringLiteral("catalogue"));
    if (in.whole("version") > Version) {
        return Error {ErrorKind::Invalid, QStringLiteral("catalogue_newer"), {}, {}};
    }
    in.expect(in.whole("version") == Version, "version", "1");
    ModelCatalogue catalogue;
    catalogue.m_updated = in.text("updated");
    const QJsonArray providers = in.list("providers");
    in.expect(!providers.isEmpty(), "providers", "missing");
    for (qsizetype i = 0; i < providers.size() && !in.error(); ++i) {
        const auto provider = providerFrom(providers.at(i).toObject(), QStringLiteral("providers[%1]").arg(i));
        if (!provider) {
            return provider.error();
        }
        in.expect(!catalogue.provider(provider->id), "providers", "the same provider twice");
        catalogue.m_providers.append(*provider);
    }
    if (in.error()) {
        return *in.error();
    }
    return catalogue;
}

Result<ModelCatalogue> ModelCatalogue::parseFromAcademy(QByteArrayView json)
{
    auto catalogue = parse(json);
    if (!catalogue) {
        return catalogue;
    }
    for (const ProviderEntry& provider : catalogue->providers()) {
        const ProviderEntry* known = shipped().provider(provider.id);
        if (known && (known->baseUrl.host() != provider.baseUrl.host() || known->place != provider.place)) {
            return Error {ErrorKind::Invalid, QStringLiteral("catalogue_moves_key"), provider.id, {}};
        }
    }
    const QString notes = QStringLiteral("notes");
    if (const ProviderEntry* shippedNotes = shipped().provider(notes); shippedNotes && !catalogue->provider(notes)) {
        catalogue.value().m_providers.append(*shippedNotes);
    }
    return catalogue;
}

const ProviderEntry* ModelCatalogue::provider(const QString& id) const
{
    const auto found = std::ranges::find(m_providers, id, &ProviderEntry::id);
    return found == m_providers.end() ? nullptr : &*found;
}

const ModelEntry* ModelCatalogue::model(const QString& providerId, const QString& modelId) const
{
    const ProviderEntry* owner = provider(providerId);
    const ModelEntry* best = nullptr;
    if (!owner) {
        return best;
    }
    for (const ModelEntry& entry : owner->models) {
        const bool fits = modelId == entry.id || modelId.startsWith(entry.id + QLatin1Char('-'))
            || modelId.startsWith(entry.id + QLatin1Char(':')) || modelId.startsWith(entry.id + QLatin1Char('@'));
        if (fits && (!best || entry.id.size() > best->id.size())) {
            best = &entry;
        }
    }
    return best;
}

QString ModelCatalogue::tierOf(const QString& providerId, const QString& modelId) const
{
    const ModelEntry* entry = model(providerId, modelId);
    return entry ? entry->tier : QString();
}

TutorQuirks ModelCatalogue::quirksFor(const QString& providerId, const QString& modelId) const
{
    if (const ModelEntry* entry = model(providerId, modelId)) {
        return entry->quirks;
    }
    const ProviderEntry* owner = provider(providerId);
    return owner ? owner->quirks : TutorQuirks();
}

qint64 ModelCatalogue::costMicros(const QString& providerId, const QString& modelId, const TutorUsage& usage) const
{
    const ProviderEntry* owner = provider(providerId);
    if (owner && (owner->place == TutorPlace::Local || owner->kind == TutorProviderKind::Notes)) {
        return 0;
    }
    const ModelEntry* entry = model(providerId, modelId);
    if (!entry || !entry->price || usage.input < 0 || usage.output < 0) {
        return -1;
    }
    const bool isLong = entry->longPromptPrice && usage.input > entry->longPromptAbove;
    return priced(isLong ? *entry->longPromptPrice : *entry->price, usage);
}

std::optional<TutorSettings> ModelCatalogue::settingsFor(const QString& providerId, const QString& modelId) const
{
    const ProviderEntry* entry = provider(providerId);
    if (!entry) {
        return std::nullopt;
    }
    TutorSettings settings;
    settings.provider = entry->kind;
    settings.providerId = entry->id;
    settings.place = entry->place;
    settings.baseUrl = entry->baseUrl;
    settings.model = modelId.isEmpty() ? entry->defaultModel : modelId;
    settings.secretName = QStringLiteral("tutor:") + entry->id;
    settings.needsKey = entry->needsKey;
    settings.requestsPerMinute = entry->requestsPerMinute;
    settings.tokensPerMinute = entry->tokensPerMinute;
    const ModelEntry* known = model(providerId, settings.model);
    settings.timeouts = timeoutsFor(entry->place, known && known->reasons);
    return settings;
}

qint64 estimatedTokens(QStringView text)
{
    return (sixthsOf(text) + 5) / 6;
}

qint64 estimatedTokens(const TutorPrompt& prompt)
{
    constexpr qint64 perMessage = 8;
    qint64 sixths = sixthsOf(prompt.system);
    for (const TutorTurn& turn : prompt.turns) {
        sixths += sixthsOf(turn.text);
    }
    return sixths / 6 + perMessage * (prompt.turns.size() + 1) + prompt.maxTokens;
}

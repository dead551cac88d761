// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PackManifest.h"

#include "study/ExerciseCheck.h"
#include "study/ShapeChecker.h"

#include <QSet>

#include <cmath>

namespace {

const QRegularExpression& languagePattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z"));
    return pattern;
}

const QRegularExpression& hashPattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\A[0-9a-f]{64}\\z"));
    return pattern;
}

const QRegularExpression& itemIdPattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9._-]{1,64}\\z"));
    return pattern;
}

/// Everything of one manifest while it is being read.
class ManifestReader
{
public:
    explicit ManifestReader(const QJsonObject& json) : m_root(json, {}, m_defect) { }

    Result<Pack> read()
    {
        readHead();
        readCredits();
        readAssets();
        readStimuli();
        m_root.objects("items", true, [this](ShapeChecker& in) { readItem(in); });
        m_root.objects("decks", false, [this](ShapeChecker& in) { readUnit(in); });
        m_root.objects("exams", false, [this](ShapeChecker& in) { readExam(in); });
        if (m_defect) {
            return *m_defect;
        }
        return std::move(m_pack);
    }

private:
    void readHead();
    void readCredits();
    void readAssets();
    void readStimuli();
    void readItem(ShapeChecker& in);
    void readCommon(ShapeChecker& in, PackItem& item);
    void readUnit(ShapeChecker& in);
    void readScheduling(ShapeChecker& in, FsrsOptions& options);
    void readExam(ShapeChecker& in);
    MockSection readSection(ShapeChecker& in, QJsonObject& weights);

    QString newId(ShapeChecker& in, QSet<QString>& seen, const char* name = "id");
    void knownAsset(ShapeChecker& in, const QString& hash);

    std::optional<Error> m_defect;
    ShapeChecker m_root;
    Pack m_pack;
    QSet<QString> m_assets;
    QHash<QString, Stimulus> m_stimuli;
    QSet<QString> m_itemIds;
    QSet<QString> m_unitIds;
    QSet<QString> m_examIds;
};

QString ManifestReader::newId(ShapeChecker& in, QSet<QString>& seen, const char* name)
{
    const QString id = in.text(name);
    if (id.isEmpty()) {
        in.fail("pack_shape", QStringLiteral("an empty id"));
    }
    if (seen.contains(id)) {
        in.fail("pack_duplicate_id", id);
    }
    seen.insert(id);
    return id;
}

void ManifestReader::knownAsset(ShapeChecker& in, const QString& hash)
{
    if (!hash.isEmpty() && !m_assets.contains(hash)) {
        in.fail("pack_reference", QStringLiteral("no asset ") + hash);
    }
}

void ManifestReader::readHead()
{
    static const QRegularExpression uuid(QStringLiteral(
        "\\A[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\z"));
    static const QRegularExpression version(QStringLiteral("\\A\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}\\z"));
    m_root.only({QStringLiteral("format"), QStringLiteral("id"), QStringLiteral("version"),
        QStringLiteral("title"), QStringLiteral("targetLang"), QStringLiteral("glossLangs"),
        QStringLiteral("cefr"), QStringLiteral("license"), QStringLiteral("attribution"),
        QStringLiteral("assets"), QStringLiteral("stimuli"), QStringLiteral("items"),
        QStringLiteral("decks"), QStringLiteral("exams"), QStringLiteral("signature")});
    m_root.oneOf("format", {QStringLiteral("academy-pack/1")});
    m_pack.id = PackId(m_root.matching("id", uuid));
    m_pack.version = m_root.matching("version", version);
    m_pack.title = m_root.localized("title");
    m_pack.targetLanguage = m_root.matching("targetLang", languagePattern());
    m_pack.glossLanguages = m_root.texts("glossLangs");
    for (const QString& language : m_pack.glossLanguages) {
        if (!languagePattern().match(language).hasMatch()) {
            m_root.fail("pack_shape", QStringLiteral("glossLangs: ") + language);
        }
    }
    m_pack.cefr = m_root.oneOf("cefr",
        {QStringLiteral("preA1"), QStringLiteral("A1"), QStringLiteral("A2"), QStringLiteral("B1"),
            QStringLiteral("B2"), QStringLiteral("C1"), QStringLiteral("C2")},
        false);
    m_pack.license = m_root.text("license");
    if (m_pack.license.isEmpty()) {
        m_root.fail("pack_shape", QStringLiteral("license: missing"));
    }
}

void ManifestReader::readCredits()
{
    m_root.objects("attribution", false, [](ShapeChecker& in) {
        in.text("name");
        in.text("license");
        in.text("url", false);
        in.text("changes", false);
    });
    if (m_root.has("signature")) {
        m_root.object("signature");
    }
}

void ManifestReader::readAssets()
{
    static const QRegularExpression path(QStringLiteral("\\Amedia/[A-Za-z0-9._-]+\\z"));
    m_root.objects("assets", true, [this](ShapeChecker& in) {
        in.only({QStringLiteral("sha256"), QStringLiteral("path"), QStringLiteral("mime"),
            QStringLiteral("bytes"), QStringLiteral("durationMs"), QStringLiteral("alt"),
            QStringLiteral("transcript"), QStringLiteral("license"), QStringLiteral("credit")});
        PackAsset asset;
        in.matching("sha256", hashPattern());
        asset.sha256 = newId(in, m_assets, "sha256");
        asset.path = in.matching("path", path);
        asset.mime = in.text("mime");
        asset.bytes = in.integer("bytes", 0, qint64(1) << 40);
        in.integer("durationMs", 0, qint64(1) << 40, false);
        in.localized("alt", false);
        in.text("transcript", false);
        asset.license = in.text("license");
        asset.credit = in.text("credit", false);
        m_pack.assets.append(asset);
    });
}

void ManifestReader::readStimuli()
{
    QSet<QString> seen;
    m_root.objects("stimuli", false, [this, &seen](ShapeChecker& in) {
        Stimulus stimulus;
        stimulus.id = newId(in, seen);
        stimulus.title = in.text("title", false);
        stimulus.text = in.text("text", false);
        stimulus.asset = in.matching("asset", hashPattern(), false);
        knownAsset(in, stimulus.asset);
        if (in.has("maxPlays")) {
            stimulus.maxPlays = int(in.integer("maxPlays", 1, 1000));
        }
        stimulus.gapBetweenPlays
            = std::chrono::milliseconds(in.integer("gapBetweenPlaysMs", 0, 3'600'000, false));
        in.flag("allowPause");
        in.flag("allowSeek");
        m_stimuli.insert(stimulus.id, stimulus);
    });
}

void ManifestReader::readCommon(ShapeChecker& in, PackItem& item)
{
    in.integer("rev", 1, 1'000'000, false);
    in.oneOf("skill",
        {QStringLiteral("reading"), QStringLiteral("listening"), QStringLiteral("use"),
            QStringLiteral("writing"), QStringLiteral("speaking"), QStringLiteral("mediation"),
            QStringLiteral("vocabulary")},
        false);
    in.localized("prompt");
    in.number("points", 0, 10'000);
    in.number("penalty", 0, 10'000, false);
    item.tags = in.texts("tags");
    ShapeChecker feedback(in.object("feedback", false), in.where() + QStringLiteral(".feedback"), m_defect);
    item.feedbackCorrect = feedback.localized("correct", false);
    item.feedbackIncorrect = feedback.localized("incorrect", false);
    item.explanation = feedback.localized("explain", false);
    const QString stimulus = in.text("stimulus", false);
    if (!stimulus.isEmpty() && !m_stimuli.contains(stimulus)) {
        in.fail("pack_reference", QStringLiteral("no stimulus ") + stimulus);
    }
}

void ManifestReader::readItem(ShapeChecker& in)
{
    in.matching("id", itemIdPattern());
    newId(in, m_itemIds);
    const QString type = in.text("type");
    const bool isCard = type == QLatin1String("flashcard");
    if (!isCard && itemTypeFromName(type) == ItemType::Unknown) {
        in.fail("pack_shape", QStringLiteral("type: unknown value"));
    }
    PackItem item;
    readCommon(in, item);
    if (in.failed()) {
        return;
    }

    Result<ExamItem> decoded = parseItem(in.json());
    if (!decoded) {
        in.fail("pack_shape", decoded.error().detail);
        return;
    }
    item.item = std::move(decoded).value();
    if (item.item.stimulus) {
        item.item.stimulus = m_stimuli.value(item.item.stimulus->id);
    }
    for (const ItemOption& option : item.item.options) {
        knownAsset(in, option.asset);
    }
    if (isCard) {
        item.use = ItemUse::Card;
        item.front = in.localized("front");
        item.back = in.localized("back");
        item.example = in.text("example", false);
        item.exampleGloss = in.localized("exampleGloss", false);
        item.hint = in.text("hint", false);
    } else if (item.item.type == ItemType::Info) {
        item.use = ItemUse::Note;
        item.content = in.localized("content", false);
    } else {
        checkExercise(item.item, in);
    }
    m_pack.items.append(std::move(item));
}

void ManifestReader::readScheduling(ShapeChecker& in, FsrsOptions& options)
{
    if (!in.has("fsrs")) {
        return;
    }
    ShapeChecker fsrs(in.object("fsrs"), in.where() + QStringLiteral(".fsrs"), m_defect);
    if (fsrs.has("desiredRetention")) {
        options.desiredRetention = fsrs.number("desiredRetention", 0.7, 0.99);
    }
    if (fsrs.has("w")) {
        std::vector<double> weights;
        const QJsonArray list = fsrs.json().value(QLatin1String("w")).toArray();
        for (const QJsonValue& value : list) {
            weights.push_back(value.isDouble() ? value.toDouble() : std::nan(""));
        }
        const auto parsed = FsrsWeights::fromValues(weights);
        if (weights.size() != FsrsWeights::count || !parsed) {
            fsrs.fail("pack_shape", QStringLiteral("w: 21 numbers expected"));
        } else {
            options.weights = *parsed;
        }
    }
}

void ManifestReader::readUnit(ShapeChecker& in)
{
    PackUnit unit;
    unit.id = UnitId(newId(in, m_unitIds));
    unit.title = in.localized("title");
    readScheduling(in, unit.scheduling);
    QSet<QString> seen;
    if (!in.json().value(QLatin1String("items")).isArray()) {
        in.fail("pack_shape", QStringLiteral("items: a list expected"));
    }
    const QStringList ids = in.texts("items");
    for (const QString& id : ids) {
        if (!m_itemIds.contains(id)) {
            in.fail("pack_reference", QStringLiteral("no item ") + id);
        }
        if (seen.contains(id)) {
            in.fail("pack_duplicate_id", id);
        }
        seen.insert(id);
        unit.items.append(ItemId(id));
    }
    m_pack.units.append(unit);
}

MockSection ManifestReader::readSection(ShapeChecker& in, QJsonObject& weights)
{
    MockSection section;
    section.id = in.text("id");
    if (section.id.isEmpty() || weights.contains(section.id)) {
        in.fail("pack_duplicate_id", section.id);
    }
    section.title = in.localized("title", false);
    section.skill = in.text("skill", false);
    weights.insert(section.id, in.number("weight", 0, 1'000'000));
    if (in.has("minutes")) {
        section.length = std::chrono::seconds(std::llround(60 * in.number("minutes", 0.1, 1'440)));
    }
    section.forwardOnly
        = in.oneOf("navigation", {QStringLiteral("free"), QStringLiteral("forward-only")}, false)
        == QLatin1String("forward-only");
    const QStringList ids = in.texts("items");
    for (const QString& id : ids) {
        const PackItem* item = m_pack.item(ItemId(id));
        if (!item || item->use == ItemUse::Card) {
            in.fail("pack_reference", QStringLiteral("no exercise ") + id);
        }
        section.items.append(ItemId(id));
    }
    if (section.items.isEmpty()) {
        in.fail("pack_shape", QStringLiteral("items: at least one expected"));
    }
    section.choose = int(in.integer("choose", 1, std::max<qint64>(1, section.items.size()), false));
    return section;
}

void ManifestReader::readExam(ShapeChecker& in)
{
    MockExam exam;
    exam.id = MockExamId(newId(in, m_examIds));
    exam.title = in.localized("title");
    QJsonObject weights;
    in.objects("sections", true,
        [&](ShapeChecker& section) { exam.sections.append(readSection(section, weights)); });
    QSet<ItemId> used;
    for (const MockSection& section : exam.sections) {
        for (const ItemId& item : section.items) {
            if (used.contains(item)) {
                in.fail("pack_duplicate_id", item.toString());
            }
            used.insert(item);
        }
    }
    const Result<PassScheme> scheme = parsePassScheme(exam.id.toString(),
        {{QStringLiteral("sections"), weights}, {QStringLiteral("groups"), in.object("groups", false)},
            {QStringLiteral("pass"), in.json().value(QLatin1String("pass"))}});
    if (!scheme) {
        in.fail("pack_shape", scheme.error().detail);
    } else {
        exam.scheme = *scheme;
    }
    m_pack.exams.append(exam);
}

} // namespace

Result<Pack> parsePackManifest(const QJsonObject& json)
{
    return ManifestReader(json).read();
}

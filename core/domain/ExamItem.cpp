// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ExamItem.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <array>

namespace {

constexpr qsizetype largestText = 64 * 1024;

constexpr std::array typeNames{
    std::pair{ItemType::Choice, "choice"},
    std::pair{ItemType::Multi, "multi"},
    std::pair{ItemType::TrueFalse, "truefalse"},
    std::pair{ItemType::Cloze, "cloze"},
    std::pair{ItemType::Match, "match"},
    std::pair{ItemType::Order, "order"},
    std::pair{ItemType::GappedText, "gapped-text"},
    std::pair{ItemType::Short, "short"},
    std::pair{ItemType::Transform, "transform"},
    std::pair{ItemType::Essay, "essay"},
    std::pair{ItemType::Dictation, "dictation"},
    std::pair{ItemType::Record, "record"},
    std::pair{ItemType::Info, "info"},
};

Error malformed(const QString& detail, const QString& code = QStringLiteral("item_malformed"))
{
    return Error{ErrorKind::Protocol, code, detail, {}};
}

/// Reads the fields of one object and keeps the first complaint.
class FieldReader
{
public:
    explicit FieldReader(const QJsonObject& object) : m_object(object) { }

    QString text(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isString()) {
            complain(key, "text expected");
        }
        return value.toString();
    }
    QString id(QLatin1String key)
    {
        const QString value = text(key);
        if (value.isEmpty()) {
            complain(key, "empty id");
        }
        return value;
    }
    QString optionalText(QLatin1String key) { return present(key) ? text(key) : QString(); }
    QJsonArray array(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isArray()) {
            complain(key, "list expected");
        }
        return value.toArray();
    }
    QJsonArray optionalArray(QLatin1String key) { return present(key) ? array(key) : QJsonArray(); }
    bool optionalFlag(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (present(key) && !value.isBool()) {
            complain(key, "true or false expected");
        }
        return value.toBool();
    }
    std::optional<int> optionalCount(QLatin1String key)
    {
        if (!present(key)) {
            return std::nullopt;
        }
        const qint64 value = m_object.value(key).toInteger(-1);
        if (value < 0 || value > 1'000'000) {
            complain(key, "count expected");
            return std::nullopt;
        }
        return int(value);
    }
    Rational amount(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isDouble() || value.toDouble() < 0 || value.toDouble() > 1'000'000) {
            complain(key, "amount expected");
            return {};
        }
        return Rational::fromDouble(value.toDouble());
    }
    LocalizedText localized(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        LocalizedText result;
        if (value.isString()) {
            result.byLanguage.insert(QString(), value.toString());
        } else if (value.isObject()) {
            const QJsonObject texts = value.toObject();
            for (auto it = texts.begin(); it != texts.end(); ++it) {
                if (!it.value().isString()) {
                    complain(key, "text expected");
                }
                result.byLanguage.insert(it.key(), it.value().toString());
            }
        } else {
            complain(key, "text expected");
        }
        return result;
    }

    bool present(QLatin1String key) const
    {
        const QJsonValue value = m_object.value(key);
        return !value.isUndefined() && !value.isNull();
    }
    void complain(QLatin1String key, const char* what)
    {
        if (m_complaint.isEmpty()) {
            m_complaint = QStringLiteral("%1: %2").arg(key, QLatin1String(what));
        }
    }
    void complain(const QString& what)
    {
        if (m_complaint.isEmpty()) {
            m_complaint = what;
        }
    }
    const QString& complaint() const { return m_complaint; }

private:
    const QJsonObject& m_object;
    QString m_complaint;
};

ItemOption readOption(const QJsonValue& value, FieldReader& outer)
{
    if (value.isString()) {
        return ItemOption{value.toString(), value.toString(), {}};
    }
    const QJsonObject object = value.toObject();
    FieldReader reader(object);
    ItemOption option{
        reader.id(QLatin1String("id")), {}, reader.optionalText(QLatin1String("asset"))};
    option.text = reader.text(QLatin1String("text"));
    outer.complain(reader.complaint());
    return option;
}

QList<ItemOption> readOptions(FieldReader& reader, QLatin1String key, qsizetype least)
{
    QList<ItemOption> options;
    QSet<QString> ids;
    const QJsonArray array = reader.array(key);
    for (const QJsonValue& value : array) {
        options.append(readOption(value, reader));
        ids.insert(options.last().id);
    }
    if (options.size() < least) {
        reader.complain(key, "too few entries");
    }
    if (ids.size() != options.size()) {
        reader.complain(key, "an id occurs twice");
    }
    return options;
}

QStringList readTexts(FieldReader& reader, QLatin1String key)
{
    QStringList texts;
    const QJsonArray array = reader.optionalArray(key);
    for (const QJsonValue& value : array) {
        if (!value.isString()) {
            reader.complain(key, "texts expected");
        }
        texts.append(value.toString());
    }
    return texts;
}

QList<ItemGap> readGaps(FieldReader& reader)
{
    QList<ItemGap> gaps;
    QSet<QString> ids;
    const QJsonArray array = reader.array(QLatin1String("gaps"));
    for (const QJsonValue& value : array) {
        const QJsonObject object = value.toObject();
        FieldReader gap(object);
        gaps.append(ItemGap{gap.id(QLatin1String("id")), gap.optionalText(QLatin1String("stem")),
            readTexts(gap, QLatin1String("options"))});
        reader.complain(gap.complaint());
        ids.insert(gaps.last().id);
    }
    if (gaps.isEmpty() || ids.size() != gaps.size()) {
        reader.complain(QLatin1String("gaps"), "at least one, each with its own id");
    }
    return gaps;
}

Stimulus readStimulus(const QJsonObject& object, FieldReader& outer)
{
    FieldReader reader(object);
    Stimulus stimulus;
    stimulus.id = reader.id(QLatin1String("id"));
    stimulus.title = reader.optionalText(QLatin1String("title"));
    stimulus.text = reader.optionalText(QLatin1String("text"));
    stimulus.asset = reader.optionalText(QLatin1String("asset"));
    stimulus.maxPlays = reader.optionalCount(QLatin1String("maxPlays"));
    stimulus.gapBetweenPlays = std::chrono::milliseconds(
        reader.optionalCount(QLatin1String("gapBetweenPlaysMs")).value_or(0));
    outer.complain(reader.complaint());
    return stimulus;
}

std::optional<Stimulus> readItemStimulus(const QJsonObject& json, FieldReader& reader)
{
    const QJsonValue value = json.value(QLatin1String("stimulus"));
    if (value.isObject()) {
        return readStimulus(value.toObject(), reader);
    }
    if (value.isString() && !value.toString().isEmpty()) {
        Stimulus named;
        named.id = value.toString();
        return named;
    }
    return std::nullopt;
}

std::optional<std::chrono::seconds> seconds(const std::optional<int>& count)
{
    return count ? std::optional(std::chrono::seconds(*count)) : std::nullopt;
}

void readTypeFields(ExamItem& item, FieldReader& reader)
{
    const QLatin1String options("options");
    item.minWords = reader.optionalCount(QLatin1String("minWords"));
    item.maxWords = reader.optionalCount(QLatin1String("maxWords"));
    item.keyWord = reader.optionalText(QLatin1String("keyWord"));
    item.text = reader.optionalText(QLatin1String("text"));
    item.wordBank = readTexts(reader, QLatin1String("wordBank"));
    item.shuffle = reader.optionalFlag(QLatin1String("shuffle"));
    switch (item.type) {
    case ItemType::Choice:
    case ItemType::Multi:
    case ItemType::Order:
        item.options = readOptions(reader, options, 2);
        break;
    case ItemType::Cloze:
        reader.text(QLatin1String("text"));
        item.gaps = readGaps(reader);
        break;
    case ItemType::Match:
    case ItemType::GappedText:
        item.left = readOptions(reader, QLatin1String("left"), 1);
        item.right = readOptions(reader, QLatin1String("right"), 1);
        break;
    case ItemType::Essay:
        if (!item.minWords || !item.maxWords || *item.minWords > *item.maxWords) {
            reader.complain(QLatin1String("minWords"), "word limits expected");
        }
        break;
    case ItemType::Record:
        item.preparation = seconds(reader.optionalCount(QLatin1String("prepSeconds")));
        item.maxLength = seconds(reader.optionalCount(QLatin1String("maxSeconds")));
        if (!item.maxLength) {
            reader.complain(QLatin1String("maxSeconds"), "count expected");
        }
        break;
    case ItemType::TrueFalse:
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Dictation:
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
}

QHash<QString, Stimulus> readStimuli(const QJsonArray& array, FieldReader& outer)
{
    QHash<QString, Stimulus> stimuli;
    for (const QJsonValue& value : array) {
        const Stimulus stimulus = readStimulus(value.toObject(), outer);
        stimuli.insert(stimulus.id, stimulus);
    }
    return stimuli;
}

QSet<QString> idsOf(const QList<ItemOption>& options)
{
    QSet<QString> ids;
    for (const ItemOption& option : options) {
        ids.insert(option.id);
    }
    return ids;
}

Error badAnswer(const char* what)
{
    return Error{ErrorKind::Invalid, QStringLiteral("answer_malformed"), QLatin1String(what), {}};
}

Result<QJsonObject> parseChosen(
    const QJsonObject& payload, QLatin1String key, const QSet<QString>& known)
{
    const QJsonValue value = payload.value(key);
    if (!value.isArray()) {
        return badAnswer("list expected");
    }
    QSet<QString> seen;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& id : array) {
        if (!id.isString() || !known.contains(id.toString()) || seen.contains(id.toString())) {
            return badAnswer("unknown or repeated option");
        }
        seen.insert(id.toString());
    }
    return QJsonObject{{key, array}};
}

Result<QJsonObject> parseMap(const QJsonObject& payload, QLatin1String key,
    const QSet<QString>& knownKeys, const std::optional<QSet<QString>>& knownValues)
{
    const QJsonValue value = payload.value(key);
    if (!value.isObject()) {
        return badAnswer("object expected");
    }
    const QJsonObject map = value.toObject();
    for (auto it = map.begin(); it != map.end(); ++it) {
        const QString text = it.value().toString();
        if (!knownKeys.contains(it.key()) || !it.value().isString() || text.size() > largestText
            || (knownValues && !text.isEmpty() && !knownValues->contains(text))) {
            return badAnswer("unknown gap or part");
        }
    }
    return QJsonObject{{key, map}};
}

} // namespace

ItemType itemTypeFromName(QStringView name)
{
    const auto* found = std::ranges::find_if(
        typeNames, [name](const auto& entry) { return name == QLatin1String(entry.second); });
    return found == typeNames.end() ? ItemType::Unknown : found->first;
}

QString itemTypeName(ItemType type)
{
    const auto* found = std::ranges::find_if(
        typeNames, [type](const auto& entry) { return type == entry.first; });
    return found == typeNames.end() ? QStringLiteral("unknown") : QLatin1String(found->second);
}

QString LocalizedText::in(const QString& language) const
{
    const QString base = language.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0);
    // Who reads Valencian or Catalan reads Spanish as well, and packs for Spanish speakers are theirs too.
    const QString neighbour = base == QLatin1String("ca") ? QStringLiteral("es") : QStringLiteral("en");
    for (const QString& key : {language, base, QString(), neighbour, QStringLiteral("en")}) {
        if (const auto it = byLanguage.find(key); it != byLanguage.end()) {
            return *it;
        }
    }
    return byLanguage.isEmpty() ? QString() : byLanguage.first();
}

bool ExamItem::isClosed() const
{
    return isAnswerable() && type != ItemType::Essay && type != ItemType::Record;
}

QList<ExamItem> ExamPaper::items() const
{
    QList<ExamItem> all;
    for (const ExamSection& section : sections) {
        all.append(section.items);
    }
    return all;
}

const ExamItem* ExamPaper::find(const ItemId& wanted) const
{
    for (const ExamSection& section : sections) {
        for (const ExamItem& item : section.items) {
            if (item.id == wanted) {
                return &item;
            }
        }
    }
    return nullptr;
}

int ExamPaper::answerableCount() const
{
    int count = 0;
    for (const ExamSection& section : sections) {
        count += int(std::ranges::count_if(section.items, &ExamItem::isAnswerable));
    }
    return count;
}

Result<ExamItem> parseItem(const QJsonObject& json)
{
    FieldReader reader(json);
    ExamItem item;
    item.raw = json;
    item.id = ItemId(reader.id(QLatin1String("id")));
    item.type = itemTypeFromName(reader.text(QLatin1String("type")));
    item.skill = reader.optionalText(QLatin1String("skill"));
    item.stimulus = readItemStimulus(json, reader);
    if (item.type == ItemType::Unknown) {
        if (reader.present(QLatin1String("prompt"))) {
            item.prompt = reader.localized(QLatin1String("prompt"));
        }
    } else {
        item.prompt = reader.localized(QLatin1String("prompt"));
        if (item.isAnswerable() || reader.present(QLatin1String("points"))) {
            item.points = reader.amount(QLatin1String("points"));
        }
        readTypeFields(item, reader);
    }
    if (!reader.complaint().isEmpty()) {
        return malformed(item.id.toString() + QStringLiteral(": ") + reader.complaint());
    }
    return item;
}

Result<ExamPaper> parsePaper(const QJsonObject& json)
{
    const QString code = QStringLiteral("paper_malformed");
    FieldReader reader(json);
    ExamPaper paper;
    paper.id = ExamId(reader.id(QLatin1String("exam_id")));
    paper.title = reader.localized(QLatin1String("title")).in({});
    const QHash<QString, Stimulus> stimuli
        = readStimuli(reader.optionalArray(QLatin1String("stimuli")), reader);
    QSet<ItemId> ids;
    const QJsonArray sections = reader.array(QLatin1String("sections"));
    for (const QJsonValue& sectionValue : sections) {
        const QJsonObject object = sectionValue.toObject();
        FieldReader fields(object);
        ExamSection section;
        section.id = fields.id(QLatin1String("id"));
        if (fields.present(QLatin1String("title"))) {
            section.title = fields.localized(QLatin1String("title")).in({});
        }
        section.skill = fields.optionalText(QLatin1String("skill"));
        if (const auto minutes = fields.optionalCount(QLatin1String("minutes"))) {
            section.length = std::chrono::minutes(*minutes);
        }
        section.forwardOnly
            = fields.optionalText(QLatin1String("navigation")) == QLatin1String("forward-only");
        const QHash<QString, Stimulus> ownStimuli
            = readStimuli(fields.optionalArray(QLatin1String("stimuli")), fields);
        const QJsonArray items = fields.array(QLatin1String("items"));
        for (const QJsonValue& itemValue : items) {
            Result<ExamItem> item = parseItem(itemValue.toObject());
            if (!item) {
                return malformed(item.error().detail, code);
            }
            if (ids.contains(item->id)) {
                return malformed(item->id.toString() + QStringLiteral(": id used twice"), code);
            }
            ids.insert(item->id);
            if (item->stimulus && item->stimulus->text.isEmpty()
                && item->stimulus->asset.isEmpty()) {
                const QString& wanted = item->stimulus->id;
                item.value().stimulus
                    = ownStimuli.value(wanted, stimuli.value(wanted, *item->stimulus));
            }
            section.items.append(std::move(item).value());
        }
        if (!fields.complaint().isEmpty()) {
            return malformed(section.id + QStringLiteral(": ") + fields.complaint(), code);
        }
        paper.sections.append(std::move(section));
    }
    if (!reader.complaint().isEmpty()) {
        return malformed(reader.complaint(), code);
    }
    return paper;
}

Result<QJsonObject> parseAnswer(const ExamItem& item, const QJsonValue& payload)
{
    if (payload.isNull() || payload.isUndefined()) {
        return QJsonObject();
    }
    if (!payload.isObject() || !item.isAnswerable()) {
        return badAnswer("not an answer to this item");
    }
    const QJsonObject object = payload.toObject();
    if (object.isEmpty()) {
        return QJsonObject();
    }
    switch (item.type) {
    case ItemType::Choice: {
        const QJsonValue choice = object.value(QLatin1String("choice"));
        if (!choice.isString() || !idsOf(item.options).contains(choice.toString())) {
            return badAnswer("unknown option");
        }
        return QJsonObject{{QStringLiteral("choice"), choice}};
    }
    case ItemType::Multi:
        return parseChosen(object, QLatin1String("choices"), idsOf(item.options));
    case ItemType::Order:
        return parseChosen(object, QLatin1String("order"), idsOf(item.options));
    case ItemType::TrueFalse: {
        const QJsonValue value = object.value(QLatin1String("value"));
        if (!value.isBool()) {
            return badAnswer("true or false expected");
        }
        return QJsonObject{{QStringLiteral("value"), value}};
    }
    case ItemType::Cloze: {
        QSet<QString> gaps;
        for (const ItemGap& gap : item.gaps) {
            gaps.insert(gap.id);
        }
        return parseMap(object, QLatin1String("gaps"), gaps, std::nullopt);
    }
    case ItemType::Match:
    case ItemType::GappedText:
        return parseMap(object, QLatin1String("pairs"), idsOf(item.left), idsOf(item.right));
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Essay:
    case ItemType::Dictation:
    case ItemType::Record: {
        const QJsonValue text = object.value(QLatin1String("text"));
        if (!text.isString() || text.toString().size() > largestText) {
            return badAnswer("text expected");
        }
        return QJsonObject{{QStringLiteral("text"), text}};
    }
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
    return badAnswer("not an answer to this item");
}

bool isAnswered(const ExamItem& item, const QJsonObject& payload)
{
    const auto anyText = [](const QJsonObject& map) {
        return std::any_of(map.begin(), map.end(),
            [](const QJsonValue& value) { return !value.toString().trimmed().isEmpty(); });
    };
    switch (item.type) {
    case ItemType::Choice:
        return !payload.value(QLatin1String("choice")).toString().isEmpty();
    case ItemType::Multi:
        return !payload.value(QLatin1String("choices")).toArray().isEmpty();
    case ItemType::Order:
        return !payload.value(QLatin1String("order")).toArray().isEmpty();
    case ItemType::TrueFalse:
        return payload.value(QLatin1String("value")).isBool();
    case ItemType::Cloze:
        return anyText(payload.value(QLatin1String("gaps")).toObject());
    case ItemType::Match:
    case ItemType::GappedText:
        return anyText(payload.value(QLatin1String("pairs")).toObject());
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Essay:
    case ItemType::Dictation:
    case ItemType::Record:
        return !payload.value(QLatin1String("text")).toString().trimmed().isEmpty();
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
    return false;
}

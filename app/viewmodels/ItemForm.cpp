// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ItemForm.h"

#include "base/Random.h"
#include "domain/WordCount.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace {

const QLatin1String Choice("choice");
const QLatin1String Choices("choices");
const QLatin1String Value("value");
const QLatin1String Gaps("gaps");
const QLatin1String Pairs("pairs");
const QLatin1String Order("order");
const QLatin1String Text("text");

QString letterOf(qsizetype index)
{
    return QString(QChar(static_cast<ushort>('A' + index % 26)));
}

QStringList strings(const QJsonValue& list)
{
    QStringList found;
    const QJsonArray array = list.toArray();
    for (const QJsonValue& entry : array) {
        found.append(entry.toString());
    }
    return found;
}

/// The same order every time for one item, and never the order it was written in.
QStringList shuffled(QStringList list, const QString& seed)
{
    const QStringList original = list;
    SeededRandom random(qHash(seed, size_t {1}));
    for (qsizetype i = list.size() - 1; i > 0; --i) {
        list.swapItemsAt(i, static_cast<qsizetype>(random.below(static_cast<quint64>(i) + 1)));
    }
    if (list == original && list.size() > 1) {
        std::rotate(list.begin(), list.begin() + 1, list.end());
    }
    return list;
}

} // namespace

void ItemForm::setItem(const ExamItem& item, const QString& language, const QJsonObject& answer)
{
    const bool same = item.id == m_item.id && item == m_item && language == m_language;
    m_item = item;
    m_language = language;
    m_answer = answer;
    m_solution = {};
    m_wrong.clear();
    m_judged = false;
    if (item.stimulus) {
        m_stimulus = item.stimulus->text;
        m_stimulusTitle = item.stimulus->title;
    } else if (!same) {
        m_stimulus.clear();
        m_stimulusTitle.clear();
    }
    if (!same) {
        m_options.setRows({});
        m_targets.setRows({});
        m_segments.setRows({});
        m_pairs.setRows({});
    }
    rebuild();
    Q_EMIT itemChanged();
    Q_EMIT answerChanged();
}

void ItemForm::setAnswerLanguage(const QString& language)
{
    if (language != m_answerLanguage) {
        m_answerLanguage = language;
        Q_EMIT answerLanguageChanged();
    }
}

void ItemForm::setStimulus(const QString& title, const QString& text)
{
    if (title != m_stimulusTitle || text != m_stimulus) {
        m_stimulusTitle = title;
        m_stimulus = text;
        Q_EMIT itemChanged();
    }
}

void ItemForm::setAnswer(const QJsonObject& answer)
{
    if (answer != m_answer) {
        m_answer = answer;
        rebuild();
        Q_EMIT answerChanged();
    }
}

void ItemForm::setLocked(bool locked)
{
    if (locked != m_locked) {
        m_locked = locked;
        Q_EMIT lockedChanged();
    }
}

void ItemForm::judge(bool correct, const QStringList& wrongParts, const QJsonObject& solution)
{
    m_judged = true;
    m_correct = correct;
    m_wrong = wrongParts;
    m_solution = solution;
    rebuild();
    Q_EMIT answerChanged();
}

void ItemForm::clear()
{
    setItem({}, m_language, {});
    setStimulus({}, {});
}

QString ItemForm::kind() const
{
    return itemTypeName(m_item.type);
}

QString ItemForm::pointsLabel() const
{
    const double points = m_item.points.toDouble();
    return points == 1.0 ? tr("1 point") : tr("%1 points").arg(points);
}

QString ItemForm::instruction() const
{
    switch (m_item.type) {
    case ItemType::Choice:
        return tr("Choose one answer.");
    case ItemType::Multi:
        return tr("Choose every answer that fits.");
    case ItemType::TrueFalse:
        return tr("True or false?");
    case ItemType::Cloze:
        return tr("Fill in the gaps.");
    case ItemType::Match:
        return tr("Find what belongs together.");
    case ItemType::GappedText:
        return tr("Put the parts back into the text.");
    case ItemType::Order:
        return tr("Put the lines in order. Move them with the buttons or with Alt and the arrow keys.");
    case ItemType::Short:
        return tr("Write a short answer.");
    case ItemType::Transform:
        return tr("Say the same with the key word. Do not change it.");
    case ItemType::Essay:
        return tr("Write your text.");
    case ItemType::Dictation:
        return tr("Write what you hear.");
    case ItemType::Record:
    case ItemType::Info:
    case ItemType::Unknown:
        return {};
    }
    return {};
}

bool ItemForm::isAnswered() const
{
    return ::isAnswered(m_item, m_answer);
}

QString ItemForm::text() const
{
    return m_answer.value(Text).toString();
}

int ItemForm::words() const
{
    return countWords(text());
}

QString ItemForm::wordsLabel() const
{
    const int count = words();
    const QString counted = tr("%n word(s)", nullptr, count);
    if (m_item.minWords && count < *m_item.minWords) {
        return tr("%1 · at least %2").arg(counted).arg(*m_item.minWords);
    }
    if (m_item.maxWords && count > *m_item.maxWords) {
        return tr("%1 · at most %2").arg(counted).arg(*m_item.maxWords);
    }
    return counted;
}

QString ItemForm::textMark() const
{
    if (!m_judged || m_item.type == ItemType::Essay) {
        return {};
    }
    return m_correct ? QStringLiteral("right") : QStringLiteral("wrong");
}

QString ItemForm::truth() const
{
    const QJsonValue value = m_answer.value(Value);
    return value.isBool() ? (value.toBool() ? QStringLiteral("true") : QStringLiteral("false")) : QString();
}

QString ItemForm::truthSolution() const
{
    const QJsonValue value = m_solution.value(Value);
    return value.isBool() ? (value.toBool() ? QStringLiteral("true") : QStringLiteral("false")) : QString();
}

QString ItemForm::solutionText() const
{
    return m_judged && !m_correct ? m_solution.value(Text).toString() : QString();
}

void ItemForm::choose(const QString& option)
{
    put(Choice, option, false);
}

void ItemForm::chooseLetter(int index)
{
    if (index < 0 || index >= m_options.rowCount()) {
        return;
    }
    const QString option = m_options.rows().at(index).option;
    if (m_item.type == ItemType::Choice) {
        choose(option);
    } else if (m_item.type == ItemType::Multi) {
        toggle(option);
    }
}

void ItemForm::toggle(const QString& option)
{
    QStringList chosen = strings(m_answer.value(Choices));
    if (!chosen.removeOne(option)) {
        chosen.append(option);
    }
    QJsonArray ordered;
    for (const ItemOption& entry : std::as_const(m_item.options)) {
        if (chosen.contains(entry.id)) {
            ordered.append(entry.id);
        }
    }
    put(Choices, ordered, false);
}

void ItemForm::setTruth(bool value)
{
    put(Value, value, false);
}

void ItemForm::fillGap(const QString& gap, const QString& text)
{
    QJsonObject gaps = m_answer.value(Gaps).toObject();
    if (gaps.value(gap).toString() == text) {
        return;
    }
    gaps.insert(gap, text);
    put(Gaps, gaps, true);
}

void ItemForm::fillGapWithChoice(const QString& gap, int choice)
{
    for (const ItemGap& entry : std::as_const(m_item.gaps)) {
        if (entry.id == gap && choice >= 0 && choice < entry.options.size()) {
            QJsonObject gaps = m_answer.value(Gaps).toObject();
            gaps.insert(gap, entry.options.at(choice));
            put(Gaps, gaps, false);
        }
    }
}

void ItemForm::pair(const QString& left, const QString& right)
{
    QJsonObject pairs = m_answer.value(Pairs).toObject();
    if (right.isEmpty()) {
        pairs.remove(left);
    } else {
        pairs.insert(left, right);
    }
    put(Pairs, pairs, false);
}

void ItemForm::move(int from, int to)
{
    QStringList order = optionOrder();
    if (from < 0 || to < 0 || from >= order.size() || to >= order.size() || from == to) {
        return;
    }
    order.move(from, to);
    put(Order, QJsonArray::fromStringList(order), false);
}

void ItemForm::write(const QString& text)
{
    if (text != this->text()) {
        put(Text, text, true);
    }
}

void ItemForm::leave()
{
    Q_EMIT left();
}

void ItemForm::reportPaste(int characters)
{
    Q_EMIT pasted(characters);
}

void ItemForm::put(const QString& key, const QJsonValue& value, bool typing)
{
    if (m_locked || m_judged || m_answer.value(key) == value) {
        return;
    }
    m_answer.insert(key, value);
    rebuild();
    Q_EMIT answerChanged();
    Q_EMIT edited(m_answer, typing);
}

void ItemForm::rebuild()
{
    rebuildOptions();
    rebuildSegments();
    rebuildPairs();
}

QStringList ItemForm::optionOrder() const
{
    QStringList ids;
    for (const ItemOption& option : m_item.options) {
        ids.append(option.id);
    }
    if (m_item.type == ItemType::Order) {
        const QStringList answered = strings(m_answer.value(Order));
        if (answered.size() == ids.size()) {
            return answered;
        }
        return shuffled(ids, m_item.id.toString());
    }
    return m_item.shuffle ? shuffled(ids, m_item.id.toString()) : ids;
}

void ItemForm::rebuildOptions()
{
    const QStringList chosen = m_item.type == ItemType::Multi ? strings(m_answer.value(Choices))
                                                             : QStringList {m_answer.value(Choice).toString()};
    const QStringList right = m_item.type == ItemType::Multi ? strings(m_solution.value(Choices))
                                                            : QStringList {m_solution.value(Choice).toString()};
    const QStringList rightOrder = strings(m_solution.value(Order));
    QList<OptionRow> rows;
    const QStringList order = optionOrder();
    for (const QString& id : order) {
        const auto found = std::find_if(m_item.options.cbegin(), m_item.options.cend(),
            [&id](const ItemOption& option) { return option.id == id; });
        if (found == m_item.options.cend()) {
            continue;
        }
        OptionRow row;
        row.option = id;
        row.text = found->text;
        row.letter = m_item.type == ItemType::Order ? QString::number(rows.size() + 1) : letterOf(rows.size());
        row.chosen = chosen.contains(id);
        if (m_judged && m_item.type == ItemType::Order) {
            const bool inPlace = m_correct || (rows.size() < rightOrder.size() && rightOrder.at(rows.size()) == id);
            row.mark = inPlace ? QStringLiteral("right") : QStringLiteral("wrong");
        } else if (m_judged) {
            const bool isRight = right.contains(id) || (m_correct && row.chosen);
            row.mark = row.chosen ? (isRight ? QStringLiteral("right") : QStringLiteral("wrong"))
                                  : (isRight ? QStringLiteral("missed") : QString());
        }
        rows.append(row);
    }
    m_options.setRows(rows);
}

void ItemForm::rebuildSegments()
{
    if (m_item.type != ItemType::Cloze) {
        return;
    }
    static const QRegularExpression token(QStringLiteral(R"(\{\{([^}]+)\}\}|\n+|[^\s{]+|\{(?!\{))"));
    const QJsonObject values = m_answer.value(Gaps).toObject();
    const QJsonObject solutions = m_solution.value(Gaps).toObject();
    QList<SegmentRow> rows;
    int number = 0;
    qsizetype end = -1;
    auto matches = token.globalMatch(m_item.text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const bool touches = match.capturedStart() == end && !rows.isEmpty();
        end = match.capturedEnd();
        SegmentRow row;
        if (!match.captured(1).isEmpty()) {
            if (touches && rows.constLast().kind == QLatin1String("word")) {
                row.before = rows.takeLast().text;
            }
            const QString id = match.captured(1).trimmed();
            row.kind = QStringLiteral("gap");
            row.gap = id;
            row.number = ++number;
            row.value = values.value(id).toString();
            for (const ItemGap& gap : std::as_const(m_item.gaps)) {
                if (gap.id == id) {
                    row.stem = gap.stem;
                    row.choices = gap.options;
                }
            }
            if (m_judged) {
                row.mark = m_wrong.contains(id) ? QStringLiteral("wrong") : QStringLiteral("right");
                row.solution = m_wrong.contains(id) ? solutions.value(id).toString() : QString();
            }
        } else if (match.captured(0).startsWith(QLatin1Char('\n'))) {
            row.kind = QStringLiteral("break");
        } else if (touches && rows.constLast().kind == QLatin1String("gap")) {
            rows.last().after += match.captured(0);
            continue;
        } else {
            row.kind = QStringLiteral("word");
            row.text = match.captured(0);
        }
        row.position = static_cast<int>(rows.size());
        rows.append(row);
    }
    m_segments.setRows(rows);
}

void ItemForm::rebuildPairs()
{
    if (m_item.type != ItemType::Match && m_item.type != ItemType::GappedText) {
        return;
    }
    const QJsonObject values = m_answer.value(Pairs).toObject();
    const QJsonObject solutions = m_solution.value(Pairs).toObject();
    const auto textOf = [this](const QString& id) {
        for (const ItemOption& option : std::as_const(m_item.right)) {
            if (option.id == id) {
                return option.text;
            }
        }
        return QString();
    };
    QList<PairRow> rows;
    QStringList used;
    for (const ItemOption& left : std::as_const(m_item.left)) {
        PairRow row;
        row.leftPart = left.id;
        row.leftText = left.text;
        row.rightPart = values.value(left.id).toString();
        row.rightText = textOf(row.rightPart);
        used.append(row.rightPart);
        if (m_judged) {
            row.mark = m_wrong.contains(left.id) ? QStringLiteral("wrong") : QStringLiteral("right");
            row.solution = m_wrong.contains(left.id) ? textOf(solutions.value(left.id).toString()) : QString();
        }
        rows.append(row);
    }
    QStringList ids;
    for (const ItemOption& right : std::as_const(m_item.right)) {
        ids.append(right.id);
    }
    QList<OptionRow> targets;
    for (const QString& id : m_item.shuffle ? shuffled(ids, m_item.id.toString()) : ids) {
        OptionRow row;
        row.option = id;
        row.letter = letterOf(targets.size());
        row.text = textOf(id);
        row.chosen = used.contains(id);
        targets.append(row);
    }
    m_pairs.setRows(rows);
    m_targets.setRows(targets);
}

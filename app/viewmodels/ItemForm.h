// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamItem.h"
#include "viewmodels/RowModel.h"

#include <QJsonObject>
#include <QObject>
#include <QtQmlIntegration>

/// An option of a choice, or an element to be put in order.
struct OptionRow
{
    Q_GADGET
    QML_VALUE_TYPE(optionRow)
    Q_PROPERTY(QString option MEMBER option)
    Q_PROPERTY(QString letter MEMBER letter)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(bool chosen MEMBER chosen)
    Q_PROPERTY(QString mark MEMBER mark)

public:
    QString option;
    QString letter;
    QString text;
    bool chosen = false;
    QString mark; ///< "", right, wrong, or missed: right but not chosen

    QString key() const { return option; }
    bool operator==(const OptionRow&) const = default;
};

class OptionModel : public RowModel<OptionRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its item")

public:
    using RowModel::RowModel;
};

/// A word of a text with gaps, a gap, or the end of a paragraph.
struct SegmentRow
{
    Q_GADGET
    QML_VALUE_TYPE(segmentRow)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString before MEMBER before)
    Q_PROPERTY(QString gap MEMBER gap)
    Q_PROPERTY(QString after MEMBER after)
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(QString stem MEMBER stem)
    Q_PROPERTY(QStringList choices MEMBER choices)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QString mark MEMBER mark)
    Q_PROPERTY(QString solution MEMBER solution)

public:
    int position = 0;
    QString kind; ///< word, gap or break
    QString text;
    QString before; ///< what touches the gap: an opening bracket
    QString gap;
    QString after; ///< what touches the gap: a full stop, an ending
    int number = 0; ///< of the gap, from 1
    QString stem;
    QStringList choices; ///< empty: the gap is typed
    QString value;
    QString mark;
    QString solution;

    QString key() const { return QString::number(position); }
    bool operator==(const SegmentRow&) const = default;
};

class SegmentModel : public RowModel<SegmentRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its item")

public:
    using RowModel::RowModel;
};

/// A left part waiting for its right part.
struct PairRow
{
    Q_GADGET
    QML_VALUE_TYPE(pairRow)
    Q_PROPERTY(QString leftPart MEMBER leftPart)
    Q_PROPERTY(QString leftText MEMBER leftText)
    Q_PROPERTY(QString rightPart MEMBER rightPart)
    Q_PROPERTY(QString rightText MEMBER rightText)
    Q_PROPERTY(QString mark MEMBER mark)
    Q_PROPERTY(QString solution MEMBER solution)

public:
    QString leftPart;
    QString leftText;
    QString rightPart;
    QString rightText;
    QString mark;
    QString solution;

    QString key() const { return leftPart; }
    bool operator==(const PairRow&) const = default;
};

class PairModel : public RowModel<PairRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its item")

public:
    using RowModel::RowModel;
};

/// One item as a form: what is asked, what was answered, and how it was judged. The inputs in
/// qml/controls/items show it and call its edits; practice and the exam room listen to edited().
/// Answers have the shape of domain/ExamItem.h. GUI thread.
class ItemForm : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")
    Q_PROPERTY(QString item READ item NOTIFY itemChanged)
    Q_PROPERTY(QString kind READ kind NOTIFY itemChanged)
    Q_PROPERTY(QString prompt READ prompt NOTIFY itemChanged)
    Q_PROPERTY(QString skill READ skill NOTIFY itemChanged)
    Q_PROPERTY(QString stimulus READ stimulus NOTIFY itemChanged)
    Q_PROPERTY(QString stimulusTitle READ stimulusTitle NOTIFY itemChanged)
    Q_PROPERTY(QString passage READ passage NOTIFY itemChanged)
    Q_PROPERTY(QString keyWord READ keyWord NOTIFY itemChanged)
    Q_PROPERTY(QStringList wordBank READ wordBank NOTIFY itemChanged)
    Q_PROPERTY(int minWords READ minWords NOTIFY itemChanged)
    Q_PROPERTY(int maxWords READ maxWords NOTIFY itemChanged)
    Q_PROPERTY(QString pointsLabel READ pointsLabel NOTIFY itemChanged)
    Q_PROPERTY(QString instruction READ instruction NOTIFY itemChanged)
    Q_PROPERTY(QString answerLanguage READ answerLanguage NOTIFY answerLanguageChanged)
    Q_PROPERTY(bool locked READ isLocked NOTIFY lockedChanged)
    Q_PROPERTY(bool judged READ isJudged NOTIFY answerChanged)
    Q_PROPERTY(bool answered READ isAnswered NOTIFY answerChanged)
    Q_PROPERTY(QString text READ text NOTIFY answerChanged)
    Q_PROPERTY(int words READ words NOTIFY answerChanged)
    Q_PROPERTY(QString wordsLabel READ wordsLabel NOTIFY answerChanged)
    Q_PROPERTY(QString textMark READ textMark NOTIFY answerChanged)
    Q_PROPERTY(QString truth READ truth NOTIFY answerChanged)
    Q_PROPERTY(QString truthSolution READ truthSolution NOTIFY answerChanged)
    Q_PROPERTY(QString solutionText READ solutionText NOTIFY answerChanged)
    Q_PROPERTY(OptionModel* options READ options CONSTANT)
    Q_PROPERTY(OptionModel* targets READ targets CONSTANT)
    Q_PROPERTY(SegmentModel* segments READ segments CONSTANT)
    Q_PROPERTY(PairModel* pairs READ pairs CONSTANT)

public:
    using QObject::QObject;

    /// Shows an item with what was answered so far. Setting the same item again keeps the focus.
    void setItem(const ExamItem& item, const QString& language, const QJsonObject& answer);
    void setStimulus(const QString& title, const QString& text);
    /// What is answered in, BCP 47; empty when that is not known.
    void setAnswerLanguage(const QString& language);
    /// An answer that came from elsewhere (another device, a resumed attempt).
    void setAnswer(const QJsonObject& answer);
    void setLocked(bool locked);
    /// Marks the parts. `solution` is a full correct answer in the same shape, may be empty.
    void judge(bool correct, const QStringList& wrongParts, const QJsonObject& solution);
    void clear();

    QString item() const { return m_item.id.toString(); }
    QString kind() const;
    QString prompt() const { return m_item.prompt.in(m_language); }
    QString skill() const { return m_item.skill; }
    QString answerLanguage() const { return m_answerLanguage; }
    QString stimulus() const { return m_stimulus; }
    QString stimulusTitle() const { return m_stimulusTitle; }
    QString passage() const { return m_item.type == ItemType::Cloze ? QString() : m_item.text; }
    QString keyWord() const { return m_item.keyWord; }
    QStringList wordBank() const { return m_item.wordBank; }
    int minWords() const { return m_item.minWords.value_or(0); }
    int maxWords() const { return m_item.maxWords.value_or(0); }
    QString pointsLabel() const;
    /// How to answer this kind of item, in one short sentence.
    QString instruction() const;
    bool isLocked() const { return m_locked; }
    bool isJudged() const { return m_judged; }
    bool isAnswered() const;
    QString text() const;
    int words() const;
    QString wordsLabel() const;
    QString textMark() const;
    QString truth() const;         ///< "", true or false
    QString truthSolution() const; ///< after judging
    QString solutionText() const;  ///< after judging, for texts
    OptionModel* options() { return &m_options; }
    OptionModel* targets() { return &m_targets; }
    SegmentModel* segments() { return &m_segments; }
    PairModel* pairs() { return &m_pairs; }
    const QJsonObject& answer() const { return m_answer; }

    Q_INVOKABLE void choose(const QString& option);
    Q_INVOKABLE void chooseLetter(int index);
    Q_INVOKABLE void toggle(const QString& option);
    Q_INVOKABLE void setTruth(bool value);
    Q_INVOKABLE void fillGap(const QString& gap, const QString& text);
    Q_INVOKABLE void fillGapWithChoice(const QString& gap, int choice);
    Q_INVOKABLE void pair(const QString& left, const QString& right);
    Q_INVOKABLE void move(int from, int to);
    Q_INVOKABLE void write(const QString& text);
    Q_INVOKABLE void leave();
    Q_INVOKABLE void reportPaste(int characters);

Q_SIGNALS:
    void itemChanged();
    void answerLanguageChanged();
    void lockedChanged();
    void answerChanged();
    /// Somebody changed the answer; `typing` while more of the same is likely to follow.
    void edited(const QJsonObject& answer, bool typing);
    /// The reader left the field: what is still being typed should be kept now.
    void left();
    void pasted(int characters);

private:
    void put(const QString& key, const QJsonValue& value, bool typing);
    void rebuild();
    void rebuildOptions();
    void rebuildSegments();
    void rebuildPairs();
    QStringList optionOrder() const;

    ExamItem m_item;
    QString m_language;
    QString m_answerLanguage;
    QString m_stimulus;
    QString m_stimulusTitle;
    QJsonObject m_answer;
    QJsonObject m_solution;
    QStringList m_wrong;
    bool m_locked = false;
    bool m_judged = false;
    bool m_correct = false;
    OptionModel m_options;
    OptionModel m_targets;
    SegmentModel m_segments;
    PairModel m_pairs;
};

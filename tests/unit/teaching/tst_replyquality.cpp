// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/ReplyQuality.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

/// The gate on dialogues of our own making: what is good passes, and each fault is found by itself.
/// A judge model may later answer the same file.
class TestReplyQuality : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(qEnvironmentVariable("NEOLINGUS_SOURCE_DIR") + QStringLiteral("/tests/unit/teaching/dialogues.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_dialogues = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(m_dialogues.size() >= 30);
    }

    void repliesAreJudged_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < m_dialogues.size(); ++i) {
            QTest::newRow(qPrintable(m_dialogues[i].toObject().value(QLatin1String("id")).toString())) << i;
        }
    }
    void repliesAreJudged()
    {
        QFETCH(int, index);
        const QJsonObject dialogue = m_dialogues[index].toObject();
        const JudgedReply reply = replyOf(dialogue);
        const LevelReport level = weigh(reply);
        QStringList found;
        for (const ReplyConcern concern : concernsAbout(reply, level)) {
            found.append(concernName(concern));
        }
        QStringList expected;
        for (const QJsonValue& concern : dialogue.value(QLatin1String("expect")).toArray()) {
            expected.append(concern.toString());
        }
        found.sort();
        expected.sort();
        QVERIFY2(found == expected, qPrintable(QStringLiteral("found: %1; expected: %2; hard words %3 (%4)")
            .arg(found.join(QLatin1Char(' ')), expected.join(QLatin1Char(' ')), level.outside.join(QLatin1Char(' ')))
            .arg(level.outsideShare)));
    }

    void goodTutorsPassTheGate()
    {
        QualityTally good;
        QualityTally leaky;
        QualityTally wrong;
        for (const QJsonValue& value : m_dialogues) {
            const QJsonObject dialogue = value.toObject();
            const JudgedReply reply = replyOf(dialogue);
            const LevelReport level = weigh(reply);
            const auto concerns = concernsAbout(reply, level);
            if (dialogue.value(QLatin1String("expect")).toArray().isEmpty()) {
                good.add(reply, level, concerns);
            }
            if (reply.learner.task == TutorTask::Exercise) {
                leaky.add(reply, level, concerns);
            }
            if (concerns.contains(ReplyConcern::FalseCorrection)) {
                wrong.add(reply, level, concerns);
            }
        }
        QVERIFY(good.replies >= 15);
        QVERIFY(good.passes());
        QVERIFY(leaky.leaks == 2 && !leaky.passes());
        QVERIFY(wrong.falseCorrections > 0 && !wrong.passes());
        QVERIFY(!QualityTally().passes());
    }

private:
    static LevelReport weigh(const JudgedReply& reply)
    {
        return checkLevel(reply.shown, cefrFrom(reply.learner.level), LevelWords(QStringLiteral("en")),
            reply.turns.last().text + QLatin1Char(' ') + reply.learner.exercise.prompt);
    }

    static JudgedReply replyOf(const QJsonObject& json)
    {
        const auto text = [&json](const char* name) { return json.value(QLatin1String(name)).toString(); };
        JudgedReply reply;
        reply.learner.level = text("level");
        reply.learner.helpLanguage = text("help");
        reply.learner.correction = text("mode") == QLatin1String("exam") ? CorrectionMode::Exam
            : text("mode") == QLatin1String("accuracy")                  ? CorrectionMode::Accuracy
                                                                         : CorrectionMode::Fluency;
        if (text("task") == QLatin1String("exercise")) {
            reply.learner.task = TutorTask::Exercise;
            const QJsonObject exercise = json.value(QLatin1String("exercise")).toObject();
            reply.learner.exercise.prompt = exercise.value(QLatin1String("prompt")).toString();
            for (const QJsonValue& solution : exercise.value(QLatin1String("solutions")).toArray()) {
                reply.learner.exercise.solutions.append(solution.toString());
            }
        }
        for (const QJsonValue& turn : json.value(QLatin1String("before")).toArray()) {
            const bool tutor = turn.toArray().at(0).toString() == QLatin1String("tutor");
            reply.turns.append({tutor ? TutorRole::Tutor : TutorRole::Learner, turn.toArray().at(1).toString()});
        }
        reply.turns.append({TutorRole::Learner, text("said")});
        reply.shown = text("reply");
        reply.corrections = json.value(QLatin1String("corrections")).toArray();
        return reply;
    }

    QJsonArray m_dialogues;
};

QTEST_GUILESS_MAIN(TestReplyQuality)
#include "tst_replyquality.moc"

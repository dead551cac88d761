// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"
#include "backend/sql/OpScript.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

/// Feedback on a text: the student sends it, their teacher has the last word, nobody else sees it.
class SqlFeedbackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_db.prepare(), qPrintable(m_db.errorText())); }
    void init()
    {
        QVERIFY2(m_db.reset(), qPrintable(m_db.errorText()));
        m_id = AcademyDatabase::uuid();
        const PgAnswer sent = send(m_student, m_id, feedback(u"my  holidays"_s));
        QVERIFY2(sent.ok(), qPrintable(sent.message));
    }

    void sendingTwiceIsSendingOnce()
    {
        QVERIFY(send(m_student, m_id, feedback(u"in Rome"_s)).ok());
        QCOMPARE(m_db.fact(u"select count(*) || ' ' || (min(tutor -> 0 ->> 'id')) from public.writing_feedback"_s), u"1 task"_s);
        QVERIFY(m_db.fact(u"select tutor::text from public.writing_feedback"_s).contains(u"my  holidays"_s));
    }

    void theirTeacherHasTheLastWord()
    {
        const PgAnswer corrected = correct(AcademyDatabase::teacher(), m_id, feedback(u"in Rome"_s));
        QVERIFY2(corrected.ok(), qPrintable(corrected.message));
        const PgAnswer seen = m_db.as(m_student,
            u"select teacher -> 0 -> 'evidence' ->> 0, tutor -> 0 -> 'evidence' ->> 0, teacher_comment from public.writing_feedback"_s);
        QCOMPARE(seen.rows.size(), 1);
        QCOMPARE(seen.rows.at(0), (QStringList {u"in Rome"_s, u"my  holidays"_s, u"Well begun."_s}));
        QCOMPARE(m_db.fact(u"select count(*) from public.audit_log where action = 'correct_feedback'"_s), u"1"_s);
        QCOMPARE(m_db.as(AcademyDatabase::teacher(), u"select id from public.writing_feedback"_s).rows.size(), 1);
    }

    void nobodyElseSeesOrTouchesIt_data() { others(); }
    void nobodyElseSeesOrTouchesIt()
    {
        QFETCH(QString, who);
        QVERIFY(m_db.as(who, u"select id from public.writing_feedback"_s).rows.isEmpty());
        QCOMPARE(correct(who, m_id, feedback(u"in Rome"_s)).message, u"ACADEMY_NOT_FOUND"_s);
        QCOMPARE(m_db.call(who, u"withdraw_writing"_s, u"$1"_s, {m_id}).message, u"ACADEMY_NOT_FOUND"_s);
        QVERIFY(!send(who, m_id, feedback(u"in Rome"_s)).ok());
        QCOMPARE(m_db.fact(u"select count(*) from public.writing_feedback where teacher is null and user_id = $1"_s, {m_student}), u"1"_s);
    }

    void nobodyWritesPastTheFunctions_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("a teacher's word of one's own") << u"update public.writing_feedback set teacher = '[]'"_s;
        QTest::newRow("a row for somebody else")
            << u"insert into public.writing_feedback (id, user_id, course_id, task, brief, body, tutor) select gen_random_uuid(), user_id, course_id, task, brief, body, tutor from public.writing_feedback"_s;
        QTest::newRow("removing") << u"delete from public.writing_feedback"_s;
        QTest::newRow("the helper") << u"select academy.feedback_fault('[]', 'x')"_s;
    }
    void nobodyWritesPastTheFunctions()
    {
        QFETCH(QString, sql);
        for (const QString& who : {m_student, AcademyDatabase::teacher()}) {
            QCOMPARE(m_db.as(who, sql).sqlState, u"42501"_s);
        }
        QCOMPARE(m_db.asClaims(u"anon"_s, {{u"role"_s, u"anon"_s}}, u"select * from public.writing_feedback"_s).sqlState, u"42501"_s);
    }

    void aStudentIsNotTheirOwnTeacher()
    {
        QCOMPARE(correct(m_student, m_id, feedback(u"in Rome"_s)).message, u"ACADEMY_NOT_FOUND"_s);
    }

    void feedbackNeedsEvidence_data()
    {
        QTest::addColumn<QString>("feedback");
        QTest::newRow("a quote that is not there") << feedback(u"in Paris"_s);
        QTest::newRow("an empty quote") << feedback(u"  "_s);
        QTest::newRow("no quotes") << uR"([{"id":"task","reached":"fully","evidence":[]}])"_s;
        QTest::newRow("points") << uR"([{"id":"task","reached":"fully","evidence":["in Rome"],"score":9}])"_s;
        QTest::newRow("a grade") << uR"([{"id":"task","reached":"A+","evidence":["in Rome"]}])"_s;
        QTest::newRow("no list") << uR"({"id":"task"})"_s;
        QTest::newRow("a list of words") << uR"(["fully"])"_s;
        QTest::newRow("null inside") << uR"([null])"_s;
        QTest::newRow("evidence is a number") << uR"([{"id":"task","reached":"fully","evidence":[3]}])"_s;
    }
    void feedbackNeedsEvidence()
    {
        QFETCH(QString, feedback);
        QCOMPARE(send(m_student, AcademyDatabase::uuid(), feedback).message, u"ACADEMY_BAD_INPUT"_s);
        QCOMPARE(correct(AcademyDatabase::teacher(), m_id, feedback).message, u"ACADEMY_BAD_INPUT"_s);
    }

    void aTextIsTheirsToTakeBack()
    {
        QVERIFY(m_db.call(m_student, u"withdraw_writing"_s, u"$1"_s, {m_id}).ok());
        QCOMPARE(m_db.fact(u"select count(*) from public.writing_feedback"_s), u"0"_s);
    }

    void itCountsForNothing()
    {
        const QString before = m_db.fact(u"select coalesce(md5(string_agg(to_jsonb(t)::text, '')), '') from public.course_progress t"_s);
        QVERIFY(correct(AcademyDatabase::teacher(), m_id, feedback(u"in Rome"_s)).ok());
        QCOMPARE(m_db.fact(u"select coalesce(md5(string_agg(to_jsonb(t)::text, '')), '') from public.course_progress t"_s), before);
    }

    // Reports of the tutor's replies.

    void aReportReachesTheTeachersOfTheStudent()
    {
        const QString id = AcademyDatabase::uuid();
        const QString message = AcademyDatabase::uuid();
        const PgAnswer first = report(m_student, id, message, u"wrong"_s);
        QVERIFY2(first.ok(), qPrintable(first.message));
        QVERIFY(report(m_student, id, message, u"wrong"_s).ok());
        QVERIFY(report(m_student, AcademyDatabase::uuid(), message, u"unsafe"_s).ok());
        QCOMPARE(m_db.fact(u"select count(*) || ' ' || min(reason) from public.tutor_reports"_s), u"1 wrong"_s);
        const PgAnswer seen = m_db.as(AcademyDatabase::teacher(), u"select reply, words from public.tutor_reports"_s);
        QCOMPARE(seen.rows.size(), 1);
        QCOMPARE(seen.rows.at(0), (QStringList {u"Since ten years."_s, u"My book says no."_s}));
        QCOMPARE(m_db.as(m_student, u"select id from public.tutor_reports"_s).rows.size(), 1);
        const auto settled = [this] { return m_db.fact(u"select settled_at::text || settled_by::text from public.tutor_reports"_s); };
        QVERIFY(m_db.call(AcademyDatabase::teacher(), u"settle_report"_s, u"$1"_s, {id}).ok());
        const QString once = settled();
        QVERIFY(once.endsWith(AcademyDatabase::teacher()));
        QVERIFY(m_db.call(AcademyDatabase::teacher(), u"settle_report"_s, u"$1"_s, {id}).ok());
        QCOMPARE(settled(), once);
    }

    void nobodyElseSeesOrTouchesAReport_data() { others(); }
    void nobodyElseSeesOrTouchesAReport()
    {
        QFETCH(QString, who);
        const QString id = AcademyDatabase::uuid();
        QVERIFY(report(m_student, id, AcademyDatabase::uuid(), u"personal"_s).ok());
        QVERIFY(m_db.as(who, u"select id from public.tutor_reports"_s).rows.isEmpty());
        QCOMPARE(m_db.call(who, u"settle_report"_s, u"$1"_s, {id}).message, u"ACADEMY_NOT_FOUND"_s);
        // An id of somebody else's neither shows nor changes it.
        QCOMPARE(report(who, id, AcademyDatabase::uuid(), u"other"_s).message, u"ACADEMY_NOT_FOUND"_s);
        QCOMPARE(m_db.fact(u"select count(*) || min(reason) from public.tutor_reports where settled_at is null"_s), u"1personal"_s);
    }

    void nobodyWritesReportsPastTheFunctions_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("another reason") << u"update public.tutor_reports set reason = 'other'"_s;
        QTest::newRow("looked at by oneself") << u"update public.tutor_reports set settled_at = now()"_s;
        QTest::newRow("a row for somebody else")
            << u"insert into public.tutor_reports (id, user_id, message_id, reason, words, reply, model) select gen_random_uuid(), user_id, gen_random_uuid(), reason, words, reply, model from public.tutor_reports"_s;
        QTest::newRow("removing") << u"delete from public.tutor_reports"_s;
        QTest::newRow("all of them") << u"truncate public.tutor_reports"_s;
    }
    void nobodyWritesReportsPastTheFunctions()
    {
        QFETCH(QString, sql);
        QVERIFY(report(m_student, AcademyDatabase::uuid(), AcademyDatabase::uuid(), u"level"_s).ok());
        for (const QString& who : {m_student, AcademyDatabase::teacher()}) {
            QCOMPARE(m_db.as(who, sql).sqlState, u"42501"_s);
        }
        const QJsonObject nobody {{u"role"_s, u"anon"_s}};
        QCOMPARE(m_db.asClaims(u"anon"_s, nobody, sql).sqlState, u"42501"_s);
        QCOMPARE(m_db.asClaims(u"anon"_s, nobody, u"select * from public.tutor_reports"_s).sqlState, u"42501"_s);
        QCOMPARE(m_db.asClaims(u"anon"_s, nobody, u"select public.settle_report(gen_random_uuid())"_s).sqlState, u"42501"_s);
        QCOMPARE(m_db.asClaims(u"anon"_s, nobody,
                     u"select public.report_reply(gen_random_uuid(), gen_random_uuid(), 'wrong', '', 'x', '')"_s)
                     .sqlState,
            u"42501"_s);
    }

    void aStudentDoesNotSettleTheirOwnReport()
    {
        const QString id = AcademyDatabase::uuid();
        QVERIFY(report(m_student, id, AcademyDatabase::uuid(), u"wrong"_s).ok());
        QCOMPARE(m_db.call(m_student, u"settle_report"_s, u"$1"_s, {id}).message, u"ACADEMY_NOT_FOUND"_s);
    }

    void reportsHaveTheirLimits()
    {
        const auto refused = [this](const QString& reason, const QString& words, const QString& reply) {
            return m_db.call(m_student, u"report_reply"_s, u"gen_random_uuid(), gen_random_uuid(), $1, $2, $3, 'm'"_s, {reason, words, reply}).message;
        };
        QCOMPARE(refused(u"boring"_s, {}, u"x"_s), u"ACADEMY_BAD_INPUT"_s);
        QCOMPARE(refused(u"wrong"_s, QString(1001, u'x'), u"x"_s), u"ACADEMY_BAD_INPUT"_s);
        QCOMPARE(refused(u"wrong"_s, {}, QString()), u"ACADEMY_BAD_INPUT"_s);
        QCOMPARE(refused(u"wrong"_s, {}, QString(20001, u'x')), u"ACADEMY_BAD_INPUT"_s);
        QCOMPARE(m_db.call(m_student, u"report_reply"_s, u"null, null, 'wrong', null, 'x', null"_s).message, u"ACADEMY_BAD_INPUT"_s);
        QVERIFY(m_db.admin(u"insert into public.tutor_reports (id, user_id, message_id, reason, words, reply, model) "
                           "select gen_random_uuid(), $1, gen_random_uuid(), 'other', '', 'x', '' from generate_series(1, 50)"_s,
                        {m_student})
                    .ok());
        QCOMPARE(refused(u"wrong"_s, {}, u"x"_s), u"ACADEMY_LIMIT"_s);
        QVERIFY(report(AcademyDatabase::student(2), AcademyDatabase::uuid(), AcademyDatabase::uuid(), u"wrong"_s).ok());
    }

    // Words of marks, and what came late.

    void aStudentReadsTheWordsWhenResultsAreOut()
    {
        const QString attempt = handIn();
        QVERIFY(!attempt.isEmpty());
        QCOMPARE(mark(AcademyDatabase::otherTeacher(), attempt, u"Mine."_s).message, u"ACADEMY_NOT_FOUND"_s);
        QVERIFY(!mark(m_student, attempt, u"Mine."_s).ok());
        const PgAnswer marked = mark(AcademyDatabase::teacher(), attempt, u"Well argued."_s);
        QVERIFY2(marked.ok(), qPrintable(marked.message));
        QVERIFY2(!home(m_student).contains("Well argued"), "before the release nobody reads them");
        QVERIFY(m_db.as(m_student, u"select * from public.marks"_s).rows.isEmpty());
        QCOMPARE(m_db.as(m_student, u"select academy.words_for_student(r) from public.results r"_s).sqlState, u"42501"_s);

        QVERIFY(m_db.call(AcademyDatabase::teacher(), u"close_sitting"_s, u"$1"_s, {AcademyDatabase::sitting()}).ok());
        const PgAnswer released = m_db.call(AcademyDatabase::teacher(), u"release_results"_s, u"$1"_s, {AcademyDatabase::sitting()});
        QVERIFY2(released.ok(), qPrintable(released.message));
        const QJsonArray marks = marksOf(m_student);
        QCOMPARE(marks.size(), 1);
        const QJsonObject told = marks.first().toObject();
        QCOMPARE(told.value("words"_L1).toString(), u"Well argued."_s);
        QCOMPARE(told.value("item_id"_L1).toString(), u"w1"_s);
        QCOMPARE(told.value("points"_L1).toDouble(), 12.0);
        QCOMPARE(told.value("criteria"_L1).toObject().value("task"_L1).toObject().value("words"_L1).toString(), u"all points"_s);
        QVERIFY2(!home(m_student).contains("for colleagues"), "the note of the teachers is theirs");
        QVERIFY(!home(AcademyDatabase::student(2)).contains("Well argued"));
        QVERIFY(m_db.as(m_student, u"select * from public.marks"_s).rows.isEmpty());

        QVERIFY(mark(AcademyDatabase::teacher(), attempt, u"Better than I thought."_s).ok());
        QCOMPARE(marksOf(m_student).first().toObject().value("words"_L1).toString(), u"Better than I thought."_s);
        // A program that knows of no words for the student meant none of what it sent for them.
        QVERIFY(m_db.call(AcademyDatabase::teacher(), u"mark_essay"_s, u"$1, 'w1', $2, 'for colleagues'"_s, {attempt, Bands}).ok());
        QVERIFY(marksOf(m_student).isEmpty());
    }

    void whatCameLateIsLeftOrCounted()
    {
        const QString attempt = handIn();
        QVERIFY(!attempt.isEmpty());
        OpScript late = m_script;
        QVERIFY(m_db.push(m_student, attempt, 1, {late.text(u"w1"_s, u"later words"_s)}).ok());
        QCOMPARE(openLate().size(), 1);
        for (const QString& who : {AcademyDatabase::otherTeacher(), m_student}) {
            QCOMPARE(leaveLate(who, attempt).message, u"ACADEMY_NOT_FOUND"_s);
        }
        const PgAnswer left = leaveLate(AcademyDatabase::teacher(), attempt);
        QVERIFY2(left.ok(), qPrintable(left.message));
        QCOMPARE(left.object().value("left"_L1).toInt(), 1);
        QVERIFY2(openLate().isEmpty(), "it is not asked about again");
        QVERIFY(leaveLate(AcademyDatabase::teacher(), attempt).ok());
        QCOMPARE(m_db.fact(u"select count(*) from public.attempt_ops where branch = 'late'"_s), u"1"_s);
        QCOMPARE(m_db.fact(u"select count(*) from public.audit_log where action = 'leave_late'"_s), u"1"_s);
        QCOMPARE(m_db.call(AcademyDatabase::teacher(), u"accept_late"_s, u"$1"_s, {attempt}).message, u"ACADEMY_DECIDED"_s);

        // Newer words ask again; what was left elsewhere stays left.
        QVERIFY(m_db.push(m_student, attempt, 1, {late.text(u"u7"_s, u"in"_s)}).ok());
        QCOMPARE(openLate().size(), 1);
        const PgAnswer counted = m_db.call(AcademyDatabase::teacher(), u"accept_late"_s, u"$1"_s, {attempt});
        QVERIFY2(counted.ok(), qPrintable(counted.message));
        QCOMPARE(m_db.fact(u"select string_agg(item_id || branch, ' ' order by seq) from public.attempt_ops where body like '%later%' or item_id = 'u7'"_s),
            u"w1late u7main"_s);
        QCOMPARE(m_db.fact(u"select payload ->> 'text' from academy.attempt_items where item_id = 'w1'"_s), u"in time"_s);
        QCOMPARE(leaveLate(AcademyDatabase::teacher(), attempt).message, u"ACADEMY_DECIDED"_s);
    }

private:
    /// People who have nothing to do with what the first student wrote.
    static void others()
    {
        QTest::addColumn<QString>("who");
        QTest::newRow("another student of the class") << AcademyDatabase::student(2);
        QTest::newRow("a teacher of others") << AcademyDatabase::otherTeacher();
    }
    /// The first student sits the paper and hands in; answers the attempt.
    QString handIn()
    {
        m_script = OpScript();
        if (!m_db.openSitting().ok()) {
            return {};
        }
        const QString attempt = m_db.start(m_student, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
        const bool in = m_db.push(m_student, attempt, 1, {m_script.text(u"w1"_s, u"in time"_s)}).ok()
            && m_db.submit(m_student, attempt, 1, m_script.lastSeq(), m_script.head()).ok();
        return in ? attempt : QString();
    }
    PgAnswer mark(const QString& who, const QString& attempt, const QString& words)
    {
        return m_db.call(who, u"mark_essay"_s, u"$1, 'w1', $2, 'for colleagues', null, $3"_s, {attempt, Bands, words});
    }
    PgAnswer leaveLate(const QString& who, const QString& attempt) { return m_db.call(who, u"leave_late"_s, u"$1"_s, {attempt}); }
    QJsonArray openLate()
    {
        const QJsonArray papers = m_db.call(AcademyDatabase::teacher(), u"sitting_papers"_s, u"$1"_s, {AcademyDatabase::sitting()})
                                      .object()
                                      .value("papers"_L1)
                                      .toArray();
        return papers.first().toObject().value("late"_L1).toArray();
    }
    QByteArray home(const QString& who) { return QJsonDocument(m_db.call(who, u"student_home"_s, {}).object()).toJson(); }
    QJsonArray marksOf(const QString& who)
    {
        const QJsonArray sittings = m_db.call(who, u"student_home"_s, {}).object().value("sittings"_L1).toArray();
        for (const QJsonValue& sitting : sittings) {
            const QJsonValue marks = sitting.toObject().value("result"_L1).toObject().value("marks"_L1);
            if (marks.isArray()) {
                return marks.toArray();
            }
        }
        return {};
    }
    PgAnswer report(const QString& who, const QString& id, const QString& message, const QString& reason)
    {
        return m_db.call(who, u"report_reply"_s, u"$1, $2, $3, 'My book says no.', 'Since ten years.', 'gpt'"_s, {id, message, reason});
    }
    static QString feedback(const QString& quote)
    {
        return AcademyDatabase::json(QJsonArray {QJsonObject {{u"id"_s, u"task"_s}, {u"reached"_s, u"mostly"_s},
            {u"evidence"_s, QJsonArray {quote}}, {u"strength"_s, u"Clear."_s}, {u"next"_s, u"Say why."_s}}});
    }
    PgAnswer send(const QString& who, const QString& id, const QString& said)
    {
        return m_db.call(who, u"send_writing"_s, u"$1, $2, 'writing', 'A postcard', $3, $4"_s,
            {id, AcademyDatabase::course(), u"I spent My holidays\nin Rome."_s, said});
    }
    PgAnswer correct(const QString& who, const QString& id, const QString& said)
    {
        return m_db.call(who, u"correct_feedback"_s, u"$1, $2, 'Well begun.'"_s, {id, said});
    }

    static inline const QString Bands
        = u"{\"task\":{\"band\":4,\"words\":\"all points\"},\"order\":{\"band\":3},\"range\":{\"band\":3},\"accuracy\":{\"band\":2}}"_s;

    AcademyDatabase m_db;
    OpScript m_script;
    const QString m_student = AcademyDatabase::student(1);
    QString m_id;
};

QTEST_GUILESS_MAIN(SqlFeedbackTest)
#include "tst_sql_feedback.moc"

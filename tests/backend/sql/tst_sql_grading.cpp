// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"
#include "backend/sql/OpScript.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Marks, pass rules and results.
class SqlGradingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void marksItems_data();
    void marksItems();
    void judgesExactly_data();
    void judgesExactly();
    void thirdsAddUp();
    void wholePaper();
    void brokenKeyNeverBlocksHandIn();
    void oneUngradedPaperBlocksNobody();
    void theTeacherDecidesAboutPapers();

private:
    AcademyDatabase m_db;
};

void SqlGradingTest::initTestCase()
{
    QVERIFY2(m_db.prepare() && m_db.reset(), qPrintable(m_db.errorText()));
}

void SqlGradingTest::marksItems_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("share");
    const auto row = [](const char* name, const char* type, const char* key, const char* answer,
                         const char* share) {
        QTest::newRow(name) << QString::fromUtf8(type) << QString::fromUtf8(key)
                            << QString::fromUtf8(answer) << QString::fromUtf8(share);
    };
    row("choice right", "choice", R"({"correct":"b"})", R"({"choice":"b"})", "1");
    row("choice wrong", "choice", R"({"correct":"b"})", R"({"choice":"a"})", "0");
    row("choice none", "choice", R"({"correct":"b"})", R"({"choice":""})", "0");
    row("choice partial", "choice", R"({"credit":{"b":1,"c":0.5}})", R"({"choice":"c"})", "0.5");
    row("multi all", "multi", R"({"correct":["a","c"]})", R"({"choices":["c","a"]})", "1");
    row("multi half", "multi", R"({"correct":["a","c"]})", R"({"choices":["c"]})", "0.5");
    row("multi one wrong", "multi", R"({"correct":["a","c"]})", R"({"choices":["a","c","b"]})",
        "0.5");
    row("multi everything", "multi", R"({"correct":["a"]})", R"({"choices":["a","b","c","d"]})",
        "0");
    row("multi same twice", "multi", R"({"correct":["a","c"]})", R"({"choices":["a","a"]})", "0.5");
    row("multi credits", "multi", R"({"credit":{"a":0.25,"c":0.75}})", R"({"choices":["c"]})",
        "0.75");
    row("true", "truefalse", R"({"correct":true})", R"({"value":true})", "1");
    row("false", "truefalse", R"({"correct":true})", R"({"value":false})", "0");
    row("truth as text", "truefalse", R"({"correct":true})", R"({"value":"true"})", "0");
    row("cloze", "cloze", R"({"gaps":{"g1":[{"text":"as"},{"text":"so"}],"g2":[{"text":"your"}]}})",
        R"({"gaps":{"g1":"SO","g2":"you"}})", "0.5");
    row("cloze spaces", "cloze", R"({"gaps":{"g1":[{"text":"each other"}]}})",
        R"({"gaps":{"g1":"  each   other "}})", "1");
    row("cloze empty", "cloze", R"({"gaps":{"g1":[{"text":"x"}]}})", R"({"gaps":{"g1":" "}})", "0");
    row("match", "match", R"({"pairs":{"l1":"r2","l2":"r1","l3":"r3","l4":"r4"}})",
        R"({"pairs":{"l1":"r2","l2":"r3","l3":"r3"}})", "0.5");
    row("order", "order", R"({"order":["a","b","c","d"]})", R"({"order":["a","b","c","d"]})", "1");
    row("order rotated", "order", R"({"order":["a","b","c","d","e"]})",
        R"({"order":["e","a","b","c","d"]})", "0.75");
    row("order reversed", "order", R"({"order":["a","b","c"]})", R"({"order":["c","b","a"]})", "0");
    row("short fold", "short", R"({"accept":[{"text":"I'd rather"}]})", R"({"text":"i’d RATHER"})",
        "1");
    row("short accents kept", "short", R"({"accept":[{"text":"café"}]})", R"({"text":"cafe"})",
        "0");
    row("short accents aside", "short", R"({"accept":[{"text":"ÀGORA","match":"fold-accents"}]})",
        R"({"text":"agora"})", "1");
    row("short decomposed", "short", R"({"accept":[{"text":"café"}]})",
        "{\"text\":\"cafe\\u0301\"}", "1");
    row("short exact", "short", R"({"accept":[{"text":"B2","match":"exact"}]})", R"({"text":"b2"})",
        "0");
    row("short regex", "short",
        R"({"accept":[{"text":"wish (that )?I( had|'d) taken","match":"regex"}]})",
        R"({"text":"Wish I’d taken"})", "1");
    row("short regex whole", "short", R"({"accept":[{"text":"on","match":"regex"}]})",
        R"({"text":"on on"})", "0");
    row("transform best credit", "transform",
        R"({"accept":[{"text":"a","credit":0.5},{"text":"A","match":"exact","credit":1}]})",
        R"({"text":"A"})", "1");
    row("transform part", "transform",
        R"({"accept":[{"text":"was"},{"text":"has been","credit":0.5}]})", R"({"text":"has been"})",
        "0.5");
    row("essay waits", "essay", "null", R"({"text":"Dear Sir"})", "");
    row("essay blank", "essay", "null", R"({"text":"  "})", "0");
    row("no answer", "choice", R"({"correct":"b"})", "null", "0");
    row("strange answer", "match", R"({"pairs":{"l1":"r2"}})", R"([1,2])", "0");
    row("choices that are none", "multi", R"({"correct":["a"]})",
        R"({"choice":"x","choices":"boom"})", "0");
    row("an order that is none", "order", R"({"order":["a","b"]})", R"({"choice":"x","order":7})",
        "0");
    row("no key", "choice", "null", R"({"choice":"b"})", "0");
}

void SqlGradingTest::marksItems()
{
    QFETCH(const QString, type);
    QFETCH(const QString, key);
    QFETCH(const QString, answer);
    QFETCH(const QString, share);
    const PgAnswer marked = m_db.admin(
        u"select trim_scale(round(academy.item_share(jsonb_build_object('type', $1::text), nullif($2::jsonb, 'null'), $3::jsonb), 6))"_s,
        {type, key, answer});
    QVERIFY2(marked.ok(), qPrintable(marked.message));
    QCOMPARE(marked.value(), share);
}

void SqlGradingTest::judgesExactly_data()
{
    QTest::addColumn<QString>("sections");
    QTest::addColumn<QString>("groups");
    QTest::addColumn<QString>("rules");
    QTest::addColumn<bool>("passed");
    const QString eoi
        = u"[{\"metric\":\"each-section\",\"min\":50},{\"metric\":\"total\",\"min\":65}]"_s;
    const QString jqcv
        = u"[{\"metric\":\"section\",\"of\":\"CE\",\"min\":20},{\"metric\":\"section\",\"of\":"
          u"\"EL\",\"min\":40},"
          "{\"metric\":\"section\",\"of\":\"EIE\",\"min\":50},{\"metric\":\"section\",\"of\":\"EIO\",\"min\":50},{\"metric\":\"total\",\"min\":60}]"_s;
    const QString dele
        = u"[{\"metric\":\"each-group\",\"min\":60},{\"metric\":\"total\",\"min\":60}]"_s;
    const QString deleGroups = u"{\"G1\":[\"CL\",\"EE\"],\"G2\":[\"CA\",\"EO\"]}"_s;
    const QString delf
        = u"[{\"metric\":\"each-section\",\"min\":20},{\"metric\":\"total\",\"min\":50}]"_s;
    const QString goethe = u"[{\"metric\":\"each-section\",\"min\":60}]"_s;
    struct Part
    {
        const char* id;
        double weight;
        double score;
        double max = 100;
    };
    const auto sections = [](std::initializer_list<Part> parts) {
        QJsonArray array;
        for (const Part& part : parts) {
            array.append(QJsonObject{{u"id"_s, QLatin1String(part.id)}, {u"weight"_s, part.weight},
                {u"score"_s, part.score}, {u"max"_s, part.max}});
        }
        return AcademyDatabase::json(array);
    };
    const QString none = u"{}"_s;
    QTest::newRow("EOI mean 65, all above") << sections(
        {{"CTE", 20, 70}, {"CTO", 20, 70}, {"PCTE", 20, 65}, {"PCTO", 20, 60}, {"MED", 20, 60}})
                                            << none << eoi << true;
    QTest::newRow("EOI mean 64") << sections(
        {{"CTE", 20, 64}, {"CTO", 20, 64}, {"PCTE", 20, 64}, {"PCTO", 20, 64}, {"MED", 20, 64}})
                                 << none << eoi << false;
    QTest::newRow("EOI one below 50") << sections(
        {{"CTE", 20, 90}, {"CTO", 20, 90}, {"PCTE", 20, 90}, {"PCTO", 20, 90}, {"MED", 20, 49}})
                                      << none << eoi << false;
    QTest::newRow("DELF 66 but speaking 4/25")
        << sections({{"CO", 25, 21, 25}, {"CE", 25, 22, 25}, {"PE", 25, 19, 25}, {"PO", 25, 4, 25}})
        << none << delf << false;
    QTest::newRow("DELF exactly 50 and 5/25")
        << sections({{"CO", 25, 5, 25}, {"CE", 25, 15, 25}, {"PE", 25, 15, 25}, {"PO", 25, 15, 25}})
        << none << delf << true;
    QTest::newRow("DELE group at 59")
        << sections({{"CL", 25, 100}, {"CA", 25, 58}, {"EE", 25, 100}, {"EO", 25, 60}})
        << deleGroups << dele << false;
    QTest::newRow("JQCV exactly 60")
        << sections({{"CE", 10, 20}, {"EL", 20, 40}, {"EIE", 45, 70}, {"EIO", 25, 74}}) << none
        << jqcv << true;
    QTest::newRow("JQCV writing 49")
        << sections({{"CE", 10, 100}, {"EL", 20, 100}, {"EIE", 45, 49}, {"EIO", 25, 100}}) << none
        << jqcv << false;
    QTest::newRow("Goethe one at 59")
        << sections({{"L", 100, 60}, {"H", 100, 60}, {"S", 100, 60}, {"SP", 100, 59}}) << none
        << goethe << false;
    // Seven and three do not divide a hundred: 3/7, 4/7 and 1/2 are exactly one half.
    QTest::newRow("exactly half of sevenths")
        << sections({{"A", 1, 3, 7}, {"B", 1, 4, 7}, {"C", 1, 1, 2}}) << none
        << u"[{\"metric\":\"total\",\"min\":50}]"_s << true;
    QTest::newRow("a hair below") << sections(
        {{"A", 1, 2.999999, 7}, {"B", 1, 4, 7}, {"C", 1, 1, 2}})
                                  << none << u"[{\"metric\":\"total\",\"min\":50}]"_s << false;
}

void SqlGradingTest::judgesExactly()
{
    QFETCH(const QString, sections);
    QFETCH(const QString, groups);
    QFETCH(const QString, rules);
    QFETCH(const bool, passed);
    const PgAnswer judged = m_db.admin(
        u"select passed, findings from academy.judge($1::jsonb, $2::jsonb, $3::jsonb)"_s,
        {sections, groups, rules});
    QVERIFY2(judged.ok(), qPrintable(judged.message));
    QCOMPARE(judged.value(), passed ? u"t"_s : u"f"_s);
}

void SqlGradingTest::thirdsAddUp()
{
    QVERIFY(m_db.reset());
    QVERIFY(
        m_db.admin(
                u"update public.exams set paper = "
                u"'{\"sections\":[{\"id\":\"s\",\"title\":\"S\",\"skill\":\"use\",\"items\":["
                "{\"id\":\"a\",\"type\":\"match\",\"points\":1},{\"id\":\"b\",\"type\":\"match\",\"points\":1},{\"id\":\"c\",\"type\":\"match\",\"points\":1}]}]}'"_s)
            .ok());
    QVERIFY(
        m_db.admin(
                u"update public.exam_keys set keys = (select jsonb_object_agg(k, '{\"pairs\":{\"1\":\"x\",\"2\":\"y\",\"3\":\"z\"}}'::jsonb) from unnest(array['a','b','c']) k)"_s)
            .ok());
    QVERIFY(m_db.openSitting().ok());
    const QString user = AcademyDatabase::student(3);
    const QString attempt
        = m_db.start(user, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
    OpScript script;
    QJsonArray ops;
    for (const QString& item : {u"a"_s, u"b"_s, u"c"_s}) {
        ops.append(script.answer(item, {{u"pairs"_s, QJsonObject{{u"1"_s, u"x"_s}}}}));
    }
    QVERIFY(m_db.push(user, attempt, 1, ops).ok());
    QVERIFY(m_db.submit(user, attempt, 1, 3, script.head()).ok());
    QCOMPARE(m_db.fact(u"select score || '/' || max_score from public.results"_s), u"1/3"_s);
}

void SqlGradingTest::wholePaper()
{
    QVERIFY(m_db.reset());
    QVERIFY(m_db.openSitting().ok());
    const QString user = AcademyDatabase::student(4);
    const QString attempt
        = m_db.start(user, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
    OpScript script;
    const auto pairs = [](std::initializer_list<std::pair<QString, QJsonValue>> list) {
        return QJsonObject(list);
    };
    const QJsonArray ops{script.answer(u"r1"_s, {{u"choice"_s, u"b"_s}}),
        script.answer(u"r2"_s, {{u"choice"_s, u"c"_s}}),
        script.answer(u"r3"_s, {{u"choices"_s, QJsonArray{u"d"_s, u"a"_s, u"c"_s}}}),
        script.answer(u"r4"_s, {{u"value"_s, true}}), script.answer(u"r5"_s, {{u"value"_s, false}}),
        script.answer(u"r6"_s,
            {{u"pairs"_s,
                pairs({{u"A"_s, u"p4"_s}, {u"B"_s, u"p2"_s}, {u"C"_s, u"p1"_s},
                    {u"D"_s, u"p3"_s}})}}),
        script.answer(u"r7"_s, {{u"order"_s, QJsonArray{u"e2"_s, u"e4"_s, u"e1"_s, u"e3"_s}}}),
        script.answer(u"u1"_s,
            {{u"gaps"_s,
                pairs({{u"g1"_s, u"follow"_s}, {u"g2"_s, u"run"_s}, {u"g3"_s, u"instead"_s},
                    {u"g4"_s, u"taught"_s}, {u"g5"_s, u"tell"_s}, {u"g6"_s, u"sure"_s}})}}),
        script.answer(u"u2"_s,
            {{u"gaps"_s,
                pairs({{u"g1"_s, u"for"_s}, {u"g2"_s, u"it"_s}, {u"g3"_s, u"as"_s},
                    {u"g4"_s, u"what"_s}, {u"g5"_s, u"your"_s}})}}),
        script.answer(u"u3"_s,
            {{u"gaps"_s,
                pairs({{u"g1"_s, u"construction"_s}, {u"g2"_s, u"celebrations"_s},
                    {u"g3"_s, u"unfair"_s}, {u"g4"_s, u"millions"_s}})}}),
        script.text(u"u4"_s, u"wish I had taken"_s),
        script.text(u"u5"_s, u"long have you been working"_s),
        script.text(u"u6"_s, u"was called off"_s), script.text(u"u7"_s, u"on"_s),
        script.text(u"u8"_s, u"had"_s), script.answer(u"u9"_s, {{u"choice"_s, u"b"_s}}),
        script.answer(u"u10"_s, {{u"choices"_s, QJsonArray{u"a"_s, u"c"_s}}}),
        script.answer(u"u11"_s,
            {{u"pairs"_s,
                pairs({{u"l1"_s, u"m2"_s}, {u"l2"_s, u"m4"_s}, {u"l3"_s, u"m1"_s},
                    {u"l4"_s, u"m3"_s}})}}),
        script.text(u"w1"_s, u"Every town should keep its market."_s)};
    QVERIFY(m_db.push(user, attempt, 1, ops).ok());
    QVERIFY(m_db.submit(user, attempt, 1, script.lastSeq(), script.head()).ok());
    const QString summary
        = u"select score || '/' || max_score || ' ' || needs_marking || ' ' || coalesce(passed::text, '-') from public.results"_s;
    QCOMPARE(m_db.fact(summary), u"46/66 true -"_s);

    const QString teacher = AcademyDatabase::teacher();
    QCOMPARE(m_db.call(teacher, u"mark_item"_s, u"$1, 'w1', 21"_s, {attempt}).message,
        u"ACADEMY_BAD_INPUT"_s);
    QCOMPARE(m_db.call(teacher, u"mark_item"_s, u"$1, 'r1', 1"_s, {attempt}).message,
        u"ACADEMY_BAD_INPUT"_s);
    const PgAnswer queue
        = m_db.call(teacher, u"marking_queue"_s, u"$1"_s, {AcademyDatabase::sitting()});
    QVERIFY(queue.value().contains("Every town should keep its market."_L1));
    QVERIFY(
        m_db.call(teacher, u"mark_item"_s, u"$1, 'w1', 12.5, 'Good reasons.'"_s, {attempt}).ok());
    QCOMPARE(m_db.fact(summary), u"58.5/66 false true"_s);
    QVERIFY(m_db.call(teacher, u"mark_item"_s, u"$1, 'w1', 7"_s, {attempt}).ok());
    QCOMPARE(m_db.fact(summary), u"53/66 false false"_s);
}

void SqlGradingTest::brokenKeyNeverBlocksHandIn()
{
    QVERIFY(m_db.reset());
    QVERIFY(
        m_db.admin(
                u"update public.exam_keys set keys = keys || '{\"u7\":{\"accept\":[{\"text\":\"(((\",\"match\":\"regex\"}]}}'"_s)
            .ok());
    QVERIFY(m_db.openSitting().ok());
    const QString user = AcademyDatabase::student(5);
    const QString attempt
        = m_db.start(user, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
    OpScript script;
    QVERIFY(m_db.push(user, attempt, 1, {script.text(u"u7"_s, u"on"_s)}).ok());
    const PgAnswer handed = m_db.submit(user, attempt, 1, 1, script.head());
    QVERIFY2(handed.ok(), qPrintable(handed.message));
    QCOMPARE(handed.object().value("state"_L1).toString(), u"submitted"_s);
    QCOMPARE(m_db.fact(u"select kind from public.incidents"_s), u"grading_failed"_s);
    QVERIFY(
        m_db.admin(
                u"update public.exam_keys set keys = keys || '{\"u7\":{\"accept\":[{\"text\":\"on\"}]}}'"_s)
            .ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"grade_attempt"_s, u"$1"_s, {attempt}).ok());
    QCOMPARE(m_db.fact(u"select score from public.results"_s), u"1"_s);
}

void SqlGradingTest::oneUngradedPaperBlocksNobody()
{
    QVERIFY(m_db.reset());
    QVERIFY(m_db.openSitting().ok());
    for (int number : {5, 6}) {
        const QString user = AcademyDatabase::student(number);
        const QString attempt
            = m_db.start(user, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
        OpScript script;
        QVERIFY(m_db.push(user, attempt, 1,
                        {script.answer(u"u10"_s, {{u"choice"_s, u"x"_s}, {u"choices"_s, u"boom"_s}}),
                            script.text(u"u7"_s, number == 5 ? u"(((on"_s : u""_s)})
                    .ok());
        if (number == 6) {
            QVERIFY(m_db.submit(user, attempt, 1, 2, script.head()).ok());
        }
    }
    QCOMPARE(m_db.fact(u"select count(*) from public.results"_s), u"1"_s);
    QVERIFY(
        m_db.admin(
                u"update public.exam_keys set keys = keys || '{\"u7\":{\"accept\":[{\"text\":\"(((\",\"match\":\"regex\"}]}}'"_s)
            .ok());
    m_db.admin(u"update public.attempts set started_at = started_at - interval '2 days'"_s);
    const PgAnswer released = m_db.call(
        AcademyDatabase::teacher(), u"release_results"_s, u"$1"_s, {AcademyDatabase::sitting()});
    QVERIFY2(released.ok(), qPrintable(released.message));
    QCOMPARE(released.object().value("released"_L1).toInt(), 1);
    QCOMPARE(released.object().value("ungraded"_L1).toInt(), 1);
}

void SqlGradingTest::theTeacherDecidesAboutPapers()
{
    QVERIFY(m_db.reset());
    QVERIFY(m_db.openSitting().ok());
    const QString user = AcademyDatabase::student(5);
    const QString teacher = AcademyDatabase::teacher();
    const QString attempt
        = m_db.start(user, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
    OpScript desk;
    QVERIFY(m_db.push(user, attempt, 1, {desk.text(u"w1"_s, u"one"_s)}).ok());
    OpScript laptop = desk;
    QVERIFY(m_db.admin(u"update public.attempts set lease = 2"_s).ok());
    QVERIFY(m_db.push(user, attempt, 1, {desk.text(u"w1"_s, u"from the desk"_s)}).ok());
    QVERIFY(m_db.push(user, attempt, 2, {laptop.text(u"w1"_s, u"from the laptop"_s)}).ok());
    const auto papers = [&] {
        return m_db.call(teacher, u"sitting_papers"_s, u"$1"_s, {AcademyDatabase::sitting()})
            .object()
            .value("papers"_L1)
            .toArray();
    };
    QVERIFY2(papers().isEmpty(), "a paper that is still being written is nobody's yet");
    QVERIFY(m_db.submit(user, attempt, 2, laptop.lastSeq(), laptop.head()).ok());
    const QJsonObject paper = papers().first().toObject();
    QCOMPARE(paper.value("open"_L1).toArray().first().toObject().value("answer"_L1).toObject().value("text"_L1).toString(),
        u"from the laptop"_s);
    const QJsonObject aside = paper.value("aside"_L1).toArray().first().toObject();
    QCOMPARE(aside.value("answer"_L1).toObject().value("text"_L1).toString(), u"from the desk"_s);
    const QString op = aside.value("op_id"_L1).toString();

    QCOMPARE(m_db.call(AcademyDatabase::otherTeacher(), u"decide_aside"_s, u"$1, 'w1', $2, true"_s, {attempt, op}).message,
        u"ACADEMY_NOT_FOUND"_s);
    QVERIFY(!m_db.call(user, u"decide_aside"_s, u"$1, 'w1', $2, true"_s, {attempt, op}).ok());
    QVERIFY(m_db.call(AcademyDatabase::otherTeacher(), u"sitting_papers"_s, u"$1"_s, {AcademyDatabase::sitting()}).message
        == u"ACADEMY_NOT_FOUND"_s);
    QCOMPARE(m_db.call(teacher, u"decide_aside"_s, u"$1, 'u7', $2, true"_s, {attempt, op}).message, u"ACADEMY_NOT_FOUND"_s);
    for (int twice = 0; twice < 2; ++twice) {
        const PgAnswer taken = m_db.call(teacher, u"decide_aside"_s, u"$1, 'w1', $2, true, 'the cable'"_s, {attempt, op});
        QVERIFY2(taken.ok(), qPrintable(taken.message));
    }
    QCOMPARE(m_db.call(teacher, u"decide_aside"_s, u"$1, 'w1', $2, false"_s, {attempt, op}).message, u"ACADEMY_DECIDED"_s);
    QCOMPARE(m_db.fact(u"select count(*) from public.attempt_ops where flag = 'aside' and branch = 'main'"_s), u"1"_s);
    QCOMPARE(m_db.fact(u"select count(*) from public.attempt_ops where branch = 'fenced'"_s), u"1"_s);
    const QJsonObject after = papers().first().toObject();
    QVERIFY(after.value("aside"_L1).toArray().isEmpty());
    QCOMPARE(after.value("open"_L1).toArray().first().toObject().value("answer"_L1).toObject().value("text"_L1).toString(),
        u"from the desk"_s);

    const QString four = u"{\"task\":{\"band\":4,\"words\":\"all points\"},\"order\":{\"band\":3},\"range\":{\"band\":3},\"accuracy\":{\"band\":2}}"_s;
    for (const QString& wrong : {u"{}"_s, u"{\"task\":{\"band\":4}}"_s, QString(four).replace(u"2"_s, u"6"_s), u"[]"_s}) {
        QCOMPARE(m_db.call(teacher, u"mark_essay"_s, u"$1, 'w1', $2"_s, {attempt, wrong}).message, u"ACADEMY_BAD_INPUT"_s);
    }
    const PgAnswer marked = m_db.call(teacher, u"mark_essay"_s, u"$1, 'w1', $2, 'Good.'"_s, {attempt, four});
    QVERIFY2(marked.ok(), qPrintable(marked.message));
    QCOMPARE(marked.object().value("needs_marking"_L1).toBool(true), false);
    QCOMPARE(m_db.fact(u"select trim_scale(points) || ' ' || (criteria #>> '{task,words}') || ' ' || comment from public.marks"_s),
        u"12 all points Good."_s);

    // A colleague who has not seen that mark does not replace it.
    QVERIFY(m_db.admin(u"update public.marks set marked_by = '"_s + AcademyDatabase::otherTeacher() + u"'"_s).ok());
    QCOMPARE(m_db.call(teacher, u"mark_essay"_s, u"$1, 'w1', $2"_s, {attempt, four}).message, u"ACADEMY_DECIDED"_s);
    const QString seen = papers().first().toObject().value("open"_L1).toArray().first().toObject().value("marked_at"_L1).toString();
    QVERIFY(m_db.call(teacher, u"mark_essay"_s, u"$1, 'w1', $2, '', $3"_s, {attempt, four, seen}).ok());

    // Points given directly are no band's any more; bands given again hold.
    const auto bands = [this] { return m_db.fact(u"select trim_scale(points) || ' ' || (criteria <> '{}') from public.marks"_s); };
    QCOMPARE(bands(), u"12 true"_s);
    QVERIFY(m_db.call(teacher, u"mark_item"_s, u"$1, 'w1', 9, 'Shorter.'"_s, {attempt}).ok());
    QCOMPARE(bands(), u"9 false"_s);
    QVERIFY(m_db.call(teacher, u"mark_item"_s, u"$1, 'w1', 9, 'The same again.'"_s, {attempt}).ok());
    const auto again = [&] {
        return papers().first().toObject().value("open"_L1).toArray().first().toObject().value("marked_at"_L1).toString();
    };
    for (int twice = 0; twice < 2; ++twice) {
        QVERIFY(m_db.call(teacher, u"mark_essay"_s, u"$1, 'w1', $2, '', $3"_s, {attempt, four, again()}).ok());
        QCOMPARE(bands(), u"12 true"_s);
    }

    // The laptop goes on with its own numbers, and what comes late is other words than the mark's.
    QVERIFY(m_db.push(user, attempt, 2, {laptop.text(u"w1"_s, u"later words"_s)}).ok());
    QCOMPARE(m_db.fact(u"select branch || ' ' || chain_ok from public.attempt_ops where body like '%later words%'"_s), u"late true"_s);
    QVERIFY(m_db.call(teacher, u"accept_late"_s, u"$1"_s, {attempt}).ok());
    const QJsonObject last = papers().first().toObject().value("open"_L1).toArray().first().toObject();
    QCOMPARE(last.value("answer"_L1).toObject().value("text"_L1).toString(), u"later words"_s);
    QVERIFY2(last.value("points"_L1).isNull(), "a mark of other words stays");
}

QTEST_GUILESS_MAIN(SqlGradingTest)
#include "tst_sql_grading.moc"

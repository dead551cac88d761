// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"
#include "backend/sql/OpScript.h"

#include <QHash>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What a person may see and change of one table, as conditions that the superuser evaluates with
/// :me as the person's id. Everything else must stay hidden and unchanged.
struct TableRule
{
    QString mayRead; ///< empty: nobody
    QString mayChange{}; ///< rows whose update or delete is allowed; empty: none
};

/// A function and arguments that aim at the victim. $1 attempt, $2 sitting, $3 class, $4
/// conversation, $5 command, $6 admission, $7 exam.
struct FunctionAttack
{
    QString call;
    bool mustFail = true; ///< else it answers about the caller and must not touch the victim
};

const QString iTeachClass
    = u"exists (select from public.class_members i where i.user_id = :me and i.role = 'teacher' and i.class_id = %1)"_s;
const QString iTeachSitting = u"exists (select from public.class_members i join public.sittings s "
                              u"on s.class_id = i.class_id "
                              "where i.user_id = :me and i.role = 'teacher' and s.id = %1)"_s;
const QString iTeachAttempt
    = u"exists (select from public.class_members i join public.sittings s on s.class_id = "
      u"i.class_id "
      "join public.attempts a on a.sitting_id = s.id where i.user_id = :me and i.role = 'teacher' and a.id = %1)"_s;
const QString iOwnAttempt
    = u"exists (select from public.attempts a where a.id = %1 and a.student_id = :me)"_s;
const QString iTeachStudent
    = u"exists (select from public.class_members i join public.classes c on c.id = i.class_id "
      "join public.class_members v on v.class_id = i.class_id where i.user_id = :me and i.role = "
      "'teacher' "
      "and v.role = 'student' and v.user_id = t.user_id and c.course_id = t.course_id)"_s;
const QString iTeachCourse
    = u"exists (select from public.class_members i join public.classes c on c.id = i.class_id "
      "where i.user_id = :me and i.role = 'teacher' and c.course_id = %1)"_s;
const QString iAttendCourse
    = u"(exists (select from public.enrolments e where e.user_id = :me and e.course_id = %1) or "_s
    + iTeachCourse + u")"_s;
const QString mine = u"t.user_id = :me"_s;
const QString myConversation
    = u"exists (select from public.conversations c where c.id = t.conversation_id and c.user_id = :me)"_s;
const QString iKeepTheTutor
    = u"exists (select from public.class_members i where i.user_id = :me and i.role = 'teacher')"_s;
const QString packCourse
    = u"(select p.course_id from public.content_packs p where p.id = t.pack_id)"_s;

QHash<QString, TableRule> tableRules()
{
    return {
        {u"profiles"_s,
            {mine + u" or exists (select from public.class_members i join public.class_members v on v.class_id = i.class_id where i.user_id = :me and v.user_id = t.user_id)"_s,
                mine}},
        {u"courses"_s, {iAttendCourse.arg(u"t.id"_s), iTeachCourse.arg(u"t.id"_s)}},
        {u"classes"_s,
            {u"exists (select from public.class_members i where i.user_id = :me and i.class_id = t.id)"_s}},
        {u"class_members"_s,
            {u"exists (select from public.class_members i where i.user_id = :me and i.class_id = t.class_id)"_s}},
        {u"invitations"_s, {iTeachClass.arg(u"t.class_id"_s)}},
        {u"enrolments"_s, {mine + u" or "_s + iTeachStudent}},
        {u"content_packs"_s,
            {iAttendCourse.arg(u"t.course_id"_s), iTeachCourse.arg(u"t.course_id"_s)}},
        {u"pack_files"_s, {iAttendCourse.arg(packCourse), iTeachCourse.arg(packCourse)}},
        {u"audit_log"_s, {iTeachClass.arg(u"t.class_id"_s)}},
        {u"review_logs"_s, {mine + u" or "_s + iTeachStudent}},
        {u"study_events"_s, {mine + u" or "_s + iTeachStudent}},
        {u"course_progress"_s, {mine + u" or "_s + iTeachStudent}},
        {u"exams"_s, {iTeachCourse.arg(u"t.course_id"_s)}},
        {u"exam_keys"_s, {}},
        {u"sittings"_s,
            {u"exists (select from public.class_members i where i.user_id = :me and i.class_id = t.class_id)"_s}},
        {u"attempts"_s, {u"t.student_id = :me or "_s + iTeachSitting.arg(u"t.sitting_id"_s)}},
        {u"attempt_ops"_s,
            {iOwnAttempt.arg(u"t.attempt_id"_s) + u" or "_s
                + iTeachAttempt.arg(u"t.attempt_id"_s)}},
        {u"adjustments"_s,
            {iOwnAttempt.arg(u"t.attempt_id"_s) + u" or "_s
                + iTeachAttempt.arg(u"t.attempt_id"_s)}},
        {u"commands"_s, {iTeachSitting.arg(u"t.sitting_id"_s)}},
        {u"command_acks"_s,
            {iOwnAttempt.arg(u"t.attempt_id"_s) + u" or "_s
                + iTeachAttempt.arg(u"t.attempt_id"_s)}},
        {u"incidents"_s, {iTeachAttempt.arg(u"t.attempt_id"_s)}},
        {u"results"_s,
            {u"(t.student_id = :me and t.released_at is not null) or "_s
                + iTeachSitting.arg(u"t.sitting_id"_s)}},
        {u"marks"_s, {iTeachAttempt.arg(u"t.attempt_id"_s)}},
        {u"conversations"_s, {mine, mine}},
        {u"messages"_s, {myConversation, myConversation}},
        {u"tutor_models"_s, {u"true"_s, iKeepTheTutor}},
        {u"tutor_catalogue"_s, {u"true"_s, iKeepTheTutor}},
        {u"usage"_s, {mine}},
        {u"limits"_s, {mine + u" or t.user_id is null"_s}},
        {u"writing_feedback"_s, {mine + u" or "_s + iTeachStudent}},
        {u"tutor_reports"_s,
            {mine + u" or exists (select from public.class_members i join public.class_members v on v.class_id = i.class_id where i.user_id = :me and i.role = 'teacher' and v.role = 'student' and v.user_id = t.user_id)"_s}},
    };
}

QHash<QString, FunctionAttack> functionAttacks()
{
    return {
        {u"server_info"_s, {u"server_info()"_s, false}},
        {u"student_home"_s, {u"student_home()"_s, false}},
        {u"send_writing"_s, {u"send_writing($7, $7, 'writing', '', 'x', '[]')"_s}},
        {u"correct_feedback"_s, {u"correct_feedback($4, '[]')"_s}},
        {u"withdraw_writing"_s, {u"withdraw_writing($4)"_s}},
        {u"teacher_sittings"_s, {u"teacher_sittings()"_s, false}},
        {u"tutor_status"_s, {u"tutor_status()"_s, false}},
        {u"push_review_logs"_s,
            {u"push_review_logs('[{\"id\":\"44444444-0000-4000-8000-000000000001\",\"card_id\":\"c\",\"pack_id\":\"p\",\"rating\":4,\"reviewed_at\":\"2026-11-22T10:00:00Z\",\"user_id\":\"33333333-0000-4000-8000-000000000001\"}]')"_s,
                false}},
        {u"push_study_events"_s,
            {u"push_study_events('[{\"id\":\"44444444-0000-4000-8000-000000000002\",\"course_id\":\"11111111-0000-4000-8000-000000000001\",\"kind\":\"answer\",\"skill\":\"use\",\"correct\":true,\"happened_at\":\"2026-11-22T10:00:00Z\",\"user_id\":\"33333333-0000-4000-8000-000000000001\"}]')"_s,
                false}},
        {u"start_attempt"_s, {u"start_attempt($2, gen_random_uuid(), true)"_s, false}},
        {u"push_ops"_s, {u"push_ops($1, 1, '[]')"_s}},
        {u"beat"_s, {u"beat($1, 1, '{}')"_s}},
        {u"submit"_s, {u"submit($1, 1, 1, 'x')"_s}},
        {u"report_incident"_s, {u"report_incident($1, '[{\"kind\":\"paste\"}]')"_s}},
        {u"effective_end"_s, {u"effective_end($1)"_s}},
        {u"monitor_snapshot"_s, {u"monitor_snapshot($2)"_s}},
        {u"monitor_changes"_s, {u"monitor_changes($2, 0)"_s}},
        {u"schedule_sitting"_s, {u"schedule_sitting($7, $3, 'Mine', now(), 3600)"_s}},
        {u"open_sitting"_s, {u"open_sitting($2)"_s}},
        {u"close_sitting"_s, {u"close_sitting($2)"_s}},
        {u"issue_command"_s,
            {u"issue_command($2, gen_random_uuid(), 'extend', array[$1]::uuid[], '{\"seconds\":600}')"_s}},
        {u"undo_command"_s, {u"undo_command($5)"_s}},
        {u"grade_attempt"_s, {u"grade_attempt($1)"_s}},
        {u"mark_item"_s, {u"mark_item($1, 'w1', 20)"_s}},
        {u"marking_queue"_s, {u"marking_queue($2)"_s}},
        {u"accept_late"_s, {u"accept_late($1)"_s}},
        {u"sitting_papers"_s, {u"sitting_papers($2)"_s}},
        {u"mark_essay"_s,
            {u"mark_essay($1, 'w1', '{\"task\":{\"band\":5},\"order\":{\"band\":5},\"range\":{\"band\":5},\"accuracy\":{\"band\":5}}', '', null, 'Well done')"_s}},
        {u"decide_aside"_s, {u"decide_aside($1, 'w1', $7, true)"_s}},
        {u"leave_late"_s, {u"leave_late($1)"_s}},
        {u"report_reply"_s, {u"report_reply(gen_random_uuid(), gen_random_uuid(), 'wrong', '', 'x', '')"_s, false}},
        {u"settle_report"_s, {u"settle_report($7)"_s}},
        {u"release_results"_s, {u"release_results($2)"_s}},
        {u"create_invitation"_s, {u"create_invitation($3, 'teacher')"_s}},
        {u"accept_invitation"_s, {u"accept_invitation('00000000000000000000000000000000')"_s}},
        {u"tutor_admit"_s, {u"tutor_admit($4, 10)"_s}},
        {u"tutor_record"_s, {u"tutor_record($6, 0, 0, 'complete')"_s}},
    };
}

/// What only the academy itself may call, never a person.
const QSet<QString> academysOwn{u"tutor_record"_s};

} // namespace

/// Everything somebody might try with a token of their own or none: it must fail on every table and
/// in every function, also in those that a later migration adds without a rule here.
class SqlAttacksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyTableHasRowSecurity();
    void everyTableHasARule();
    void everyFunctionHasAnAttack();
    void functionsAreSealed();
    void helpersTellOnlyAboutTheCaller();
    void reads_data();
    void reads();
    void writes_data();
    void writes();
    void calls_data();
    void calls();
    void theStudentHerself_data();
    void theStudentHerself();
    void forgedRoles();
    void topics_data();
    void topics();
    void classmatesCannotWriteIntoEachOthersTalks();

private:
    QString bound(const QString& sql) const;
    /// Everything the victim, her teacher and her class have.
    QString fingerprint();
    PgAnswer actAs(const QString& actor, const QString& sql);

    AcademyDatabase m_db;
    QString m_attempt, m_conversation, m_command, m_admission;
    const QString m_victim = AcademyDatabase::student(1);
};

void SqlAttacksTest::initTestCase()
{
    QVERIFY2(m_db.prepare() && m_db.reset(), qPrintable(m_db.errorText()));
    // A victim with something in every table.
    QVERIFY(m_db.openSitting().ok());
    m_attempt
        = m_db.start(m_victim, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
    OpScript script;
    QVERIFY(
        m_db.push(m_victim, m_attempt, 1,
                {script.answer(u"r1"_s, {{u"choice"_s, u"b"_s}}), script.text(u"w1"_s, u"Essay"_s)})
            .ok());
    m_conversation = AcademyDatabase::uuid();
    QVERIFY(
        m_db.as(m_victim,
                u"insert into public.conversations (id, title, course_id) values ($1, 'Private', $2)"_s,
                {m_conversation, AcademyDatabase::course()})
            .ok());
    QVERIFY(
        m_db.as(m_victim,
                u"insert into public.messages (conversation_id, role, content) values ($1, 'user', 'Secret')"_s,
                {m_conversation})
            .ok());
    QVERIFY(m_db.call(m_victim, u"send_writing"_s, u"$1, $2, 'writing', '', 'A secret text', '[]'"_s,
                    {m_conversation, AcademyDatabase::course()})
                .ok());
    QVERIFY(
        m_db.call(m_victim, u"report_incident"_s, u"$1, '[{\"kind\":\"paste\"}]'"_s, {m_attempt})
            .ok());
    QVERIFY(
        m_db.call(m_victim, u"push_review_logs"_s, u"$1"_s,
                {u"[{\"id\":\"%1\",\"card_id\":\"c\",\"pack_id\":\"p\",\"rating\":3,\"reviewed_at\":\"2026-11-22T10:00:00Z\"}]"_s
                        .arg(AcademyDatabase::uuid())})
            .ok());
    QVERIFY(m_db.submit(m_victim, m_attempt, 1, 2, script.head()).ok());
    m_admission = m_db.call(m_victim, u"tutor_admit"_s, u"$1, 10"_s, {m_conversation})
                      .object()
                      .value("admission"_L1)
                      .toString();
    QVERIFY(!m_admission.isEmpty());
    QVERIFY(
        m_db.call(AcademyDatabase::teacher(), u"mark_item"_s, u"$1, 'w1', 5"_s, {m_attempt}).ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"create_invitation"_s, u"$1"_s,
                    {AcademyDatabase::evening()})
                .ok());
    const QString second = m_db.start(AcademyDatabase::student(2), AcademyDatabase::uuid())
                               .object()
                               .value("attempt_id"_L1)
                               .toString();
    m_command = QString::number(m_db.command(u"extend"_s, {{u"seconds"_s, 60}}, {second})
                                    .object()
                                    .value("command_id"_L1)
                                    .toInt());
    m_db.admin(u"insert into public.limits (user_id) values ($1)"_s, {m_victim});
    m_db.admin(u"insert into public.tutor_catalogue (body) values ('{}')"_s);
    m_db.admin(
        u"insert into public.content_packs (id, course_id, title, version) values (gen_random_uuid(), $1, 'Pack', '1.0.0')"_s,
        {AcademyDatabase::course()});
    m_db.admin(
        u"insert into public.pack_files (pack_id, path, sha256, mime, bytes) select id, 'media/a.ogg', repeat('0', 64), 'audio/ogg', 1 from public.content_packs"_s);
    m_db.admin(
        u"insert into public.tutor_reports (id, user_id, message_id, reason, words, reply, model) values (gen_random_uuid(), $1, gen_random_uuid(), 'wrong', '', 'a reply', 'a model')"_s,
        {m_victim});
    const PgAnswer empty = m_db.admin(
        u"select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind = "
        u"'r' "
        "and (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from public.%I', relname), false, true, '')))[1]::text = '0'"_s);
    QVERIFY2(empty.rows.isEmpty(), qPrintable(u"Nothing to attack in "_s + empty.value()));
}

QString SqlAttacksTest::bound(const QString& sql) const
{
    QString text = sql;
    const QStringList values{m_attempt, AcademyDatabase::sitting(), AcademyDatabase::evening(),
        m_conversation, m_command, m_admission, AcademyDatabase::exam()};
    for (qsizetype index = 0; index < values.size(); ++index) {
        text.replace(u'$' + QString::number(index + 1), u'\'' + values.at(index) + u'\'');
    }
    return text;
}

PgAnswer SqlAttacksTest::actAs(const QString& actor, const QString& sql)
{
    if (actor == "anon"_L1) {
        return m_db.asClaims(u"anon"_s, {{u"role"_s, u"anon"_s}}, sql);
    }
    return m_db.as(actor, sql);
}

QString SqlAttacksTest::fingerprint()
{
    return m_db.fact(
        u"select md5(string_agg(md5(query_to_xml(format('select * from public.%I t where "
        u"to_jsonb(t)::text like ''%%%s%%'' or to_jsonb(t)::text like ''%%%s%%'' order by 1, 2', "
        u"relname, $1, $2), true, false, '')::text), '' order by relname)) "
        "from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"_s,
        {m_victim, m_attempt});
}

void SqlAttacksTest::everyTableHasRowSecurity()
{
    const PgAnswer open = m_db.admin(
        u"select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = "
        u"c.relnamespace "
        "where n.nspname in ('public', 'academy') and c.relkind in ('r', 'p') and not c.relrowsecurity"_s);
    QVERIFY2(open.rows.isEmpty(), qPrintable(open.value()));
    // Views and materialised views would go round it.
    QCOMPARE(
        m_db.fact(
            u"select count(*) from pg_class c where c.relnamespace in ('public'::regnamespace, 'academy'::regnamespace) and c.relkind in ('v', 'm', 'f')"_s),
        u"0"_s);
    QCOMPARE(
        m_db.fact(
            u"select relrowsecurity from pg_class where oid = 'realtime.messages'::regclass"_s),
        u"t"_s);
}

void SqlAttacksTest::everyTableHasARule()
{
    QSet<QString> known;
    for (const QString& name : tableRules().keys()) {
        known << name;
    }
    QSet<QString> found;
    for (const QStringList& row :
        m_db.admin(
                u"select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"_s)
            .rows) {
        found << row.first();
    }
    QCOMPARE(found, known);
}

void SqlAttacksTest::everyFunctionHasAnAttack()
{
    QSet<QString> known;
    for (const QString& name : functionAttacks().keys()) {
        known << name;
    }
    QSet<QString> found;
    for (const QStringList& row :
        m_db.admin(u"select proname from pg_proc where pronamespace = 'public'::regnamespace"_s)
            .rows) {
        QVERIFY2(!found.contains(row.first()), qPrintable(row.first() + " has two forms"_L1));
        found << row.first();
    }
    QCOMPARE(found, known);
}

void SqlAttacksTest::functionsAreSealed()
{
    // Only server_info is anybody's.
    QCOMPARE(
        m_db.fact(
            u"select string_agg(p.proname, ' ') from pg_proc p where p.pronamespace in ('public'::regnamespace, 'academy'::regnamespace) and has_function_privilege('anon', p.oid, 'execute')"_s),
        u"server_info"_s);
    // What runs as its owner looks nowhere but where it says.
    QCOMPARE(
        m_db.fact(
            u"select count(*) from pg_proc p where p.pronamespace in ('public'::regnamespace, 'academy'::regnamespace) and p.prosecdef and not coalesce(p.proconfig, '{}') @> array['search_path=\"\"']"_s),
        u"0"_s);
    QCOMPARE(
        m_db.fact(
            u"select string_agg(p.proname, ' ' order by p.proname) from pg_proc p where p.pronamespace = 'academy'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')"_s),
        u"keeps_tutor my_classes my_conversations my_courses my_students overheard pack_course people_i_answer_for people_i_meet proctored_attempts proctored_sittings second_step_missing seen_attempts taught_classes teaches_course topic_access"_s);
    QCOMPARE(
        m_db.fact(
            u"select count(*) from pg_class c where c.relnamespace = 'academy'::regnamespace and c.relkind in ('r', 'S') and (has_table_privilege('authenticated', c.oid, 'select') or has_table_privilege('anon', c.oid, 'select'))"_s),
        u"0"_s);
    QCOMPARE(m_db.fact(u"select has_schema_privilege('anon', 'academy', 'usage')"_s), u"f"_s);
    // A table or function made later is closed until it is opened.
    m_db.admin(u"set role postgres"_s);
    m_db.admin(u"create table public.later (id int)"_s);
    m_db.admin(u"create function public.later_on() returns int language sql as 'select 1'"_s);
    m_db.admin(u"reset role"_s);
    QCOMPARE(m_db.fact(u"select has_table_privilege('authenticated', 'public.later', 'select')"_s),
        u"f"_s);
    QCOMPARE(m_db.fact(u"select has_function_privilege('anon', 'public.later_on()', 'execute')"_s),
        u"f"_s);
    m_db.admin(u"drop table public.later"_s);
    m_db.admin(u"drop function public.later_on()"_s);
}

void SqlAttacksTest::helpersTellOnlyAboutTheCaller()
{
    for (const QString& actor : {AcademyDatabase::student(40), AcademyDatabase::otherTeacher()}) {
        for (const QString& name : {u"my_classes"_s, u"taught_classes"_s, u"my_courses"_s,
                 u"people_i_meet"_s, u"people_i_answer_for"_s, u"my_students"_s,
                 u"proctored_sittings"_s, u"proctored_attempts"_s, u"seen_attempts"_s,
                 u"my_conversations"_s, u"overheard"_s}) {
            const PgAnswer answer = m_db.as(actor,
                u"select coalesce(string_agg(f::text, ' '), '') from academy.%1() f"_s.arg(name));
            QVERIFY2(answer.ok(), qPrintable(answer.message));
            for (const QString& secret :
                {m_victim, m_attempt, m_conversation, AcademyDatabase::sitting(),
                    AcademyDatabase::evening(), AcademyDatabase::course()}) {
                QVERIFY2(!answer.value().contains(secret), qPrintable(name));
            }
        }
        QCOMPARE(m_db.as(actor, u"select academy.teaches_course($1)"_s, {AcademyDatabase::course()})
                     .value(),
            u"f"_s);
    }
}

void SqlAttacksTest::reads_data()
{
    QTest::addColumn<QString>("actor");
    QTest::newRow("anon") << u"anon"_s;
    QTest::newRow("the student herself") << m_victim;
    QTest::newRow("a classmate") << AcademyDatabase::student(2);
    QTest::newRow("a student of another class") << AcademyDatabase::student(40);
    QTest::newRow("a teacher of another class") << AcademyDatabase::otherTeacher();
    QTest::newRow("the teacher") << AcademyDatabase::teacher();
    QTest::newRow("a person in no class") << AcademyDatabase::uuid();
}

void SqlAttacksTest::reads()
{
    QFETCH(const QString, actor);
    const QHash<QString, TableRule> rules = tableRules();
    for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
        const PgAnswer seen = actAs(actor,
            u"select count(*), coalesce(md5(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text)), '') from public.%1 t"_s
                .arg(rule.key()));
        if (actor == "anon"_L1 || rule->mayRead.isEmpty()) {
            QVERIFY2(seen.sqlState == "42501"_L1, qPrintable(rule.key()));
            continue;
        }
        QVERIFY2(seen.ok(), qPrintable(rule.key() + u": "_s + seen.message));
        QString condition = rule->mayRead;
        condition.replace(":me"_L1, u'\'' + actor + u'\'');
        const PgAnswer allowed = m_db.admin(
            u"select count(*), coalesce(md5(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text)), '') from public.%1 t where %2"_s
                .arg(rule.key(), condition));
        QVERIFY2(allowed.ok(), qPrintable(allowed.message));
        QVERIFY2(seen.rows == allowed.rows,
            qPrintable(
                u"%1: sees %2, may see %3"_s.arg(rule.key(), seen.value(), allowed.value())));
    }
}

void SqlAttacksTest::writes_data()
{
    reads_data();
}

void SqlAttacksTest::writes()
{
    QFETCH(const QString, actor);
    const QHash<QString, TableRule> rules = tableRules();
    for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
        QString allowed
            = rule->mayChange.isEmpty() || actor == "anon"_L1 ? u"false"_s : rule->mayChange;
        allowed.replace(":me"_L1, u'\'' + actor + u'\'');
        const QString before = m_db.fact(
            u"select coalesce(md5(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text)), '') from public.%1 t"_s
                .arg(rule.key()));
        // One column that may not be written, and each that may: as many rows as the rule allows.
        const PgAnswer columns = m_db.admin(
            u"select attname from (select attname, has_column_privilege($1, attrelid, attnum, 'update') as open, row_number() over (partition by has_column_privilege($1, attrelid, attnum, 'update') order by attnum) as place from pg_attribute where attrelid = 'public.%1'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '') c where open or place = 1"_s
                .arg(rule.key()),
            {actor == "anon"_L1 ? u"anon"_s : u"authenticated"_s});
        QVERIFY2(columns.ok() && !columns.rows.isEmpty(), qPrintable(columns.message));
        const QString mayChange
            = m_db.fact(u"select count(*) from public.%1 t where %2"_s.arg(rule.key(), allowed));
        for (const QStringList& column : columns.rows) {
            const PgAnswer changed = actAs(actor,
                u"with c as (update public.%1 set %2 = %2 returning 1) select count(*) from c"_s
                    .arg(rule.key(), column.first()));
            if (changed.ok()) {
                QVERIFY2(changed.value() == mayChange,
                    qPrintable(u"%1.%2: changed %3, may change %4"_s.arg(
                        rule.key(), column.first(), changed.value(), mayChange)));
            } else {
                QVERIFY2(changed.sqlState == "42501"_L1,
                    qPrintable(rule.key() + u": "_s + changed.message));
            }
        }
        m_db.admin(u"begin"_s);
        m_db.admin(u"select set_config('request.jwt.claims', $1, true)"_s,
            {AcademyDatabase::json(actor == "anon"_L1 ? QJsonObject{{u"role"_s, u"anon"_s}}
                                                      : AcademyDatabase::claimsOf(actor))});
        const QString mayDelete
            = m_db.fact(u"select count(*) from public.%1 t where %2"_s.arg(rule.key(), allowed));
        m_db.admin(u"set local role "_s + (actor == "anon"_L1 ? u"anon"_s : u"authenticated"_s));
        const PgAnswer deleted = m_db.admin(
            u"with d as (delete from public.%1 returning 1) select count(*) from d"_s.arg(
                rule.key()));
        if (deleted.ok()) {
            m_db.admin(u"rollback"_s);
            QVERIFY2(deleted.value() == mayDelete,
                qPrintable(rule.key() + u" deleted "_s + deleted.value()));
        } else {
            QVERIFY2(deleted.sqlState == "42501"_L1
                    || (mayDelete != "0"_L1 && deleted.sqlState == "23503"_L1),
                qPrintable(rule.key() + u": "_s + deleted.message));
        }
        QVERIFY2(
            actAs(actor, u"truncate public.%1 cascade"_s.arg(rule.key())).sqlState == "42501"_L1,
            qPrintable(rule.key()));
        // A copy of somebody's row, and an empty one.
        for (const QString& insert : {u"insert into public.%1 select * from public.%1 limit 1"_s,
                 u"insert into public.%1 default values"_s}) {
            const PgAnswer inserted = actAs(actor, insert.arg(rule.key()));
            if (inserted.ok()) {
                QVERIFY2(inserted.affected == 0 || rule.key() == "conversations"_L1,
                    qPrintable(rule.key() + u" took a row"_s));
                m_db.admin(
                    u"delete from public.conversations where title = '' and user_id::text = $1"_s,
                    {actor});
            } else {
                // Refused by privilege or policy, or, where own rows may be written, by a
                // constraint.
                const bool writable = !rule->mayChange.isEmpty();
                QVERIFY2(inserted.sqlState == "42501"_L1
                        || (writable && inserted.sqlState.startsWith("23"_L1))
                        || inserted.sqlState == "428C9"_L1,
                    qPrintable(rule.key() + u": "_s + inserted.sqlState + u' ' + inserted.message));
            }
        }
        if (rule.key() != "profiles"_L1 && rule.key() != "conversations"_L1
            && rule.key() != "messages"_L1) {
            QCOMPARE(
                m_db.fact(
                    u"select coalesce(md5(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text)), '') from public.%1 t"_s
                        .arg(rule.key())),
                before);
        }
    }
}

void SqlAttacksTest::calls_data()
{
    QTest::addColumn<QString>("actor");
    QTest::newRow("anon") << u"anon"_s;
    QTest::newRow("a classmate") << AcademyDatabase::student(3);
    QTest::newRow("a student of another class") << AcademyDatabase::student(40);
    QTest::newRow("a teacher of another class") << AcademyDatabase::otherTeacher();
}

void SqlAttacksTest::calls()
{
    QFETCH(const QString, actor);
    const QString before = fingerprint();
    QVERIFY(!before.isEmpty());
    const QHash<QString, FunctionAttack> attacks = functionAttacks();
    for (auto attack = attacks.begin(); attack != attacks.end(); ++attack) {
        const PgAnswer answer = actAs(actor, bound(u"select public."_s + attack->call));
        if ((actor == "anon"_L1 && attack.key() != "server_info"_L1)
            || academysOwn.contains(attack.key())) {
            QVERIFY2(answer.sqlState == "42501"_L1, qPrintable(attack.key()));
        } else if (attack->mustFail) {
            QVERIFY2(answer.message.startsWith("ACADEMY_NOT_FOUND"_L1),
                qPrintable(attack.key() + u": "_s + answer.message + answer.value().left(200)));
        } else if (answer.ok()) {
            QVERIFY2(!answer.value().contains(m_attempt) && !answer.value().contains(m_victim)
                    && !answer.value().contains(m_conversation),
                qPrintable(attack.key()));
        } else {
            QVERIFY2(answer.message.startsWith("ACADEMY_"_L1),
                qPrintable(attack.key() + u": "_s + answer.message));
        }
    }
    QCOMPARE(fingerprint(), before);
}

void SqlAttacksTest::theStudentHerself_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const char* name, const QString& sql) { QTest::newRow(name) << sql; };
    row("reads the keys", u"select * from public.exam_keys"_s);
    row("reads the keys through the paper's table",
        u"select paper from public.exams where id = $7"_s);
    row("raises her score", u"update public.results set score = 66"_s);
    row("writes a result",
        u"insert into public.results (attempt_id, sitting_id, student_id, score, max_score, needs_marking, graded_at) select id, sitting_id, student_id, 66, 66, false, now() from public.attempts"_s);
    row("releases it", u"select public.release_results($2)"_s);
    row("marks her essay", u"select public.mark_item($1, 'w1', 20)"_s);
    row("writes a mark",
        u"insert into public.marks (attempt_id, item_id, points, marked_by) values ($1, 'w1', 20, auth.uid())"_s);
    row("grades herself", u"select public.grade_attempt($1)"_s);
    row("gives herself time",
        u"insert into public.adjustments (attempt_id, kind, seconds, at) values ($1, 'extend', 999, now())"_s);
    row("commands time",
        u"select public.issue_command($2, gen_random_uuid(), 'extend', null, '{\"seconds\":600}')"_s);
    row("begins later", u"update public.attempts set started_at = now()"_s);
    row("reopens", u"update public.attempts set state = 'active'"_s);
    row("writes an operation past the door",
        u"insert into public.attempt_ops (attempt_id, op_id, seq, lease, branch, item_id, kind, body, prev_hash, hash) values ($1, gen_random_uuid(), 99, 1, 'main', 'r1', 'answer', '{}', '', '')"_s);
    row("changes an operation", u"update public.attempt_ops set body = '{}'"_s);
    row("removes an operation", u"delete from public.attempt_ops"_s);
    row("removes an incident", u"delete from public.incidents"_s);
    row("raises her progress", u"update public.course_progress set overall = 100"_s);
    row("calls the grader", u"select academy.grade($1)"_s);
    row("calls the fold", u"select academy.fold_progress(auth.uid(), $3, 'x')"_s);
    row("calls the lease mover", u"select academy.move_lease($1, gen_random_uuid())"_s);
    row("reads the folds", u"select * from academy.attempt_items"_s);
    row("reads the receipt key", u"select academy.setting('receipt_key')"_s);
    row("makes herself a teacher", u"update public.class_members set role = 'teacher'"_s);
    row("joins another class",
        u"insert into public.class_members (class_id, user_id, role) values ('11111111-0000-4000-8000-000000000012', auth.uid(), 'student')"_s);
    row("changes her account's role",
        u"update auth.users set raw_app_meta_data = '{\"role\":\"teacher\"}'"_s);
    row("reads passwords", u"select encrypted_password from auth.users"_s);
    row("raises her budget", u"update public.limits set tokens_per_day = 99999999"_s);
    row("forgets what she used", u"delete from public.usage"_s);
    row("says that she used nothing", u"select public.tutor_record($6, 0, 0, 'complete')"_s);
    row("gives the academy's money back", u"select academy.tutor_draw(current_date, -1, -1, true)"_s);
    row("makes the tutor free", u"update public.tutor_models set output_price = 0"_s);
    row("allows herself a dear model", u"update public.tutor_models set allowed = true"_s);
    row("adds a model",
        u"insert into public.tutor_models (provider, model, allowed) values ('openai', 'mine', true)"_s);
    row("rewrites the catalogue", u"update public.tutor_catalogue set body = '{\"models\": []}'"_s);
    row("removes the catalogue", u"delete from public.tutor_catalogue"_s);
    row("says that she asked before", u"update public.usage set question = 'x', repeats = id"_s);
    row("lets the tutor into the exam", u"update public.exams set tutor_allowed = true"_s);
    row("speaks as the monitor",
        u"select realtime.send('{}', 'delta', 'sitting:11111111-0000-4000-8000-000000000004:monitor', true) from (select public.close_sitting($2)) c"_s);
    row("turns security off", u"alter table public.results disable row level security"_s);
    row("clears the audit", u"delete from public.audit_log"_s);
}

void SqlAttacksTest::theStudentHerself()
{
    QFETCH(const QString, sql);
    const QString before = fingerprint();
    const PgAnswer answer = m_db.as(m_victim, bound(sql));
    // Through row security the exams table is empty for her; everything else is refused.
    if (answer.ok()) {
        QCOMPARE(answer.affected, 0);
    } else {
        QVERIFY2(answer.sqlState == "42501"_L1 || answer.message == "ACADEMY_NOT_FOUND"_L1,
            qPrintable(answer.sqlState + answer.message));
    }
    QCOMPARE(fingerprint(), before);
}

void SqlAttacksTest::forgedRoles()
{
    const QString student = AcademyDatabase::student(2);
    const QString sitting = AcademyDatabase::sitting();
    QJsonObject claims = AcademyDatabase::claimsOf(student);
    claims.insert(u"user_metadata"_s,
        QJsonObject{
            {u"role"_s, u"teacher"_s}, {u"app_role"_s, u"teacher"_s}, {u"is_admin"_s, true}});
    QCOMPARE(m_db.asClaims(u"authenticated"_s, claims, u"select public.student_home()"_s)
                 .object()
                 .value("profile"_L1)
                 .toObject()
                 .value("app_role"_L1)
                 .toString(),
        u"student"_s);
    // Not even a role that the academy itself gave opens a class without membership.
    claims.insert(u"app_metadata"_s, QJsonObject{{u"role"_s, u"teacher"_s}});
    for (const QString& call :
        {u"monitor_snapshot($1)"_s, u"release_results($1)"_s, u"close_sitting($1)"_s}) {
        QCOMPARE(m_db.asClaims(u"authenticated"_s, claims, u"select public."_s + call, {sitting})
                     .message,
            u"ACADEMY_NOT_FOUND"_s);
    }
    claims.insert(u"role"_s, u"service_role"_s);
    QCOMPARE(
        m_db.asClaims(u"authenticated"_s, claims, u"select count(*) from public.results"_s).value(),
        u"0"_s);
    QCOMPARE(m_db.asClaims(u"authenticated"_s, claims, u"select count(*) from public.exam_keys"_s)
                 .sqlState,
        u"42501"_s);
    // No person at all.
    QCOMPARE(m_db.asClaims(u"authenticated"_s, {{u"role"_s, u"authenticated"_s}},
                     u"select public.student_home()"_s)
                 .message,
        u"ACADEMY_FORBIDDEN"_s);
    QCOMPARE(m_db.asClaims(u"authenticated"_s, {{u"role"_s, u"authenticated"_s}},
                     u"select count(*) from public.profiles"_s)
                 .value(),
        u"0"_s);
    // A name is a person's own to choose, a row that is not theirs is not.
    QVERIFY(m_db.as(student, u"update public.profiles set display_name = 'Marc S.'"_s).ok());
    QCOMPARE(m_db.fact(u"select count(*) from public.profiles where display_name = 'Marc S.'"_s),
        u"1"_s);
    QCOMPARE(m_db.as(student, u"update public.profiles set user_id = $1"_s, {m_victim}).sqlState,
        u"42501"_s);
}

void SqlAttacksTest::topics_data()
{
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QString>("actor");
    QTest::addColumn<QString>("may"); ///< of: listen, speak, present
    const QString classmate = AcademyDatabase::student(2);
    const QString outsider = AcademyDatabase::student(40);
    const QString teacher = AcademyDatabase::teacher();
    const QString other = AcademyDatabase::otherTeacher();
    const auto row
        = [](const char* name, const QString& topic, const QString& actor, const char* may) {
              QTest::newRow(name) << topic << actor << QString::fromLatin1(may);
          };
    row("own attempt", u"attempt:$1"_s, m_victim, "listen present");
    row("a classmate's attempt", u"attempt:$1"_s, classmate, "");
    row("attempt, teacher", u"attempt:$1"_s, teacher, "listen speak present");
    row("attempt, other teacher", u"attempt:$1"_s, other, "");
    row("attempt, anon", u"attempt:$1"_s, u"anon"_s, "");
    row("monitor, teacher", u"sitting:$2:monitor"_s, teacher, "listen present");
    row("monitor, student", u"sitting:$2:monitor"_s, m_victim, "");
    row("monitor, other teacher", u"sitting:$2:monitor"_s, other, "");
    row("monitor, anon", u"sitting:$2:monitor"_s, u"anon"_s, "");
    row("room, student", u"sitting:$2:room"_s, m_victim, "listen speak present");
    row("room, teacher", u"sitting:$2:room"_s, teacher, "listen speak present");
    row("room, outsider", u"sitting:$2:room"_s, outsider, "");
    row("room, other teacher", u"sitting:$2:room"_s, other, "");
    row("own topic", u"user:"_s + m_victim, m_victim, "listen speak present");
    row("somebody's topic", u"user:"_s + m_victim, classmate, "");
    row("somebody's topic, teacher", u"user:"_s + m_victim, teacher, "");
    row("unknown topic", u"lobby"_s, teacher, "");
    row("half a topic", u"sitting:$2"_s, teacher, "");
    row("a sitting that is not", u"sitting:99999999-0000-4000-8000-000000000000:monitor"_s, teacher,
        "");
    row("nonsense id", u"attempt:xyz"_s, teacher, "");
    row("more behind it", u"attempt:$1:monitor"_s, classmate, "");
    row("a line more", u"user:"_s + m_victim + u"\nuser:"_s + classmate, classmate, "");
    row("no topic", QString(), teacher, "");
}

void SqlAttacksTest::topics()
{
    QFETCH(QString, topic);
    QFETCH(const QString, actor);
    QFETCH(const QString, may);
    topic.replace("$1"_L1, m_attempt).replace("$2"_L1, AcademyDatabase::sitting());
    const QString role = actor == "anon"_L1 ? u"anon"_s : u"authenticated"_s;
    const QJsonObject claims = actor == "anon"_L1 ? QJsonObject{{u"role"_s, u"anon"_s}}
                                                  : AcademyDatabase::claimsOf(actor);
    // What the realtime server does on a join: probe rows, then the person's eyes; all rolled back.
    const auto probe = [&](const QString& sql) {
        m_db.admin(u"begin"_s);
        m_db.admin(
            u"insert into realtime.messages (topic, extension, event, private) values ($1, 'broadcast', 'probe', true), ($1, 'presence', 'probe', true)"_s,
            {topic.isNull() ? u""_s : topic});
        m_db.admin(
            u"select set_config('request.jwt.claims', $1, true), set_config('realtime.topic', $2, true)"_s,
            {AcademyDatabase::json(claims), topic.isNull() ? u""_s : topic});
        m_db.admin(u"set local role "_s + role);
        const PgAnswer answer = m_db.admin(sql, {topic.isNull() ? u""_s : topic});
        m_db.admin(u"rollback"_s);
        return answer;
    };
    const PgAnswer seen
        = probe(u"select count(*) from realtime.messages where topic = $1 and event = 'probe'"_s);
    QVERIFY2(seen.ok(), qPrintable(seen.message));
    QCOMPARE(seen.value(), may.contains("listen"_L1) ? u"2"_s : u"0"_s);
    const QString insert
        = u"insert into realtime.messages (topic, extension, event, private) values ($1, '%1', 'x', true)"_s;
    QCOMPARE(probe(insert.arg(u"broadcast"_s)).sqlState,
        may.contains("speak"_L1) ? QString() : u"42501"_s);
    QCOMPARE(probe(insert.arg(u"presence"_s)).sqlState,
        may.contains("present"_L1) ? QString() : u"42501"_s);
    QCOMPARE(probe(insert.arg(u"persistence"_s)).sqlState, u"42501"_s);
    QCOMPARE(
        probe(
            u"with u as (update realtime.messages set event = 'y' where topic = $1 returning 1) select count(*) from u"_s)
            .value(),
        u"0"_s);
}

void SqlAttacksTest::classmatesCannotWriteIntoEachOthersTalks()
{
    const QString classmate = AcademyDatabase::student(2);
    QCOMPARE(
        m_db.as(classmate,
                u"insert into public.messages (conversation_id, role, content) values ($1, 'user', 'x')"_s,
                {m_conversation})
            .sqlState,
        u"42501"_s);
    QCOMPARE(
        m_db.as(classmate, u"insert into public.conversations (user_id, title) values ($1, 'x')"_s,
                {m_victim})
            .sqlState,
        u"42501"_s);
    QCOMPARE(
        m_db.as(classmate,
                u"insert into public.conversations (id, title) values ($1, 'x') on conflict (id) do update set title = 'x'"_s,
                {m_conversation})
            .sqlState,
        u"42501"_s);
    const QString own = AcademyDatabase::uuid();
    QVERIFY(m_db.as(classmate,
                    u"insert into public.conversations (id, title) values ($1, 'Mine')"_s, {own})
                .ok());
    // A tree does not grow out of somebody else's, not even with a known id.
    const QString theirs = m_db.fact(u"select id from public.messages limit 1"_s);
    QCOMPARE(
        m_db.as(classmate,
                u"insert into public.messages (conversation_id, parent_id, role, content) values ($1, $2, 'user', 'x')"_s,
                {own, theirs})
            .sqlState,
        u"23503"_s);
    QCOMPARE(
        m_db.as(classmate,
                u"insert into public.messages (id, conversation_id, role, content) values ($2, $1, 'user', 'x') on conflict (id) do update set conversation_id = excluded.conversation_id"_s,
                {own, theirs})
            .sqlState,
        u"42501"_s);
    QCOMPARE(m_db.as(classmate, u"update public.conversations set user_id = $1 where id = $2"_s,
                     {m_victim, own})
                 .sqlState,
        u"42501"_s);
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), u"select count(*) from public.messages"_s).value(),
        u"0"_s);
    m_db.admin(
        u"update academy.settings set value = 'true' where key = 'teachers_read_conversations'"_s);
    QCOMPARE(
        m_db.as(AcademyDatabase::teacher(),
                u"select count(*) || ' ' || (select count(*) from public.conversations) from public.messages"_s)
            .value(),
        u"1 1"_s);
    QCOMPARE(
        m_db.as(AcademyDatabase::otherTeacher(), u"select count(*) from public.messages"_s).value(),
        u"0"_s);
    QCOMPARE(m_db.as(classmate, u"select count(*) from public.messages"_s).value(), u"0"_s);
    m_db.admin(
        u"update academy.settings set value = 'false' where key = 'teachers_read_conversations'"_s);
}

QTEST_GUILESS_MAIN(SqlAttacksTest)
#include "tst_sql_attacks.moc"

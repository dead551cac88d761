-- SPDX-License-Identifier: GPL-3.0-or-later
-- A project grants everything in "public" to its API roles by default. Here everything is taken back
-- and what is meant is given by name. A later migration does the same for what it adds.

revoke all on all tables in schema public from anon, authenticated;
revoke all on all sequences in schema public from anon, authenticated;
revoke all on all functions in schema public from public, anon, authenticated;
revoke all on all functions in schema academy from public, anon, authenticated;
revoke all on all tables in schema academy from public, anon, authenticated;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke all on functions from anon, authenticated;
alter default privileges revoke execute on functions from public;

grant select on public.profiles, public.courses, public.classes, public.class_members,
    public.invitations, public.enrolments, public.content_packs, public.pack_files, public.audit_log,
    public.review_logs, public.study_events, public.course_progress, public.exams, public.sittings,
    public.attempts, public.attempt_ops, public.adjustments, public.commands, public.command_acks,
    public.incidents, public.results, public.marks, public.conversations, public.messages,
    public.usage, public.limits, public.tutor_models
    to authenticated;
grant update (display_name, locale) on public.profiles to authenticated;
grant update (title) on public.courses to authenticated;
grant insert, update, delete on public.content_packs, public.pack_files to authenticated;
grant insert, update, delete on public.conversations, public.messages to authenticated;
grant insert, update, delete on public.tutor_models to authenticated;

-- The helpers that policies call with the caller's rights.
grant usage on schema academy to authenticated;
grant execute on function
    academy.my_classes(), academy.taught_classes(), academy.my_courses(), academy.people_i_meet(),
    academy.my_students(), academy.people_i_answer_for(), academy.teaches_course(uuid),
    academy.pack_course(uuid), academy.proctored_sittings(), academy.proctored_attempts(),
    academy.seen_attempts(), academy.my_conversations(), academy.overheard(), academy.keeps_tutor(),
    academy.topic_access(text, text, boolean), academy.second_step_missing()
    to authenticated;

grant execute on function public.server_info() to anon, authenticated;
grant execute on function
    public.create_invitation(uuid, text, int), public.accept_invitation(text),
    public.push_review_logs(jsonb), public.push_study_events(jsonb),
    public.start_attempt(uuid, uuid, boolean), public.push_ops(uuid, int, jsonb),
    public.beat(uuid, int, jsonb), public.submit(uuid, int, int, text),
    public.report_incident(uuid, jsonb), public.student_home(), public.effective_end(uuid),
    public.monitor_snapshot(uuid), public.monitor_changes(uuid, bigint),
    public.schedule_sitting(uuid, uuid, text, timestamptz, int, timestamptz),
    public.open_sitting(uuid), public.close_sitting(uuid),
    public.issue_command(uuid, uuid, text, uuid[], jsonb, text, boolean), public.undo_command(bigint),
    public.grade_attempt(uuid), public.mark_item(uuid, text, numeric, text),
    public.marking_queue(uuid), public.accept_late(uuid, text), public.release_results(uuid),
    public.teacher_sittings(),
    public.tutor_status(), public.tutor_admit(uuid, int, uuid, text[], text, int)
    to authenticated;
-- The relay speaks for the academy when it settles.
grant execute on function public.tutor_record(uuid, int, int, text, int) to service_role;

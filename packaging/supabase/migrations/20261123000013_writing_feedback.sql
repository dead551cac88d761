-- SPDX-License-Identifier: GPL-3.0-or-later
-- Feedback on texts written or spoken outside of exams: first the tutor's, by criteria and with quotes
-- as evidence, then a teacher's, who has the last word. It is help and never a mark: there is no place
-- for points here, and none of it counts for progress.

create table public.writing_feedback (
    id uuid primary key,
    user_id uuid not null references auth.users (id) on delete cascade,
    course_id uuid not null references public.courses (id) on delete cascade,
    task text not null check (task in ('writing', 'speaking')),
    brief text not null check (length(brief) <= 4000),
    body text not null check (length(body) between 1 and 20000),
    -- [{id, reached: not_yet|partly|mostly|fully, evidence: [quotes], strength, next}]
    tutor jsonb not null,
    teacher jsonb,
    teacher_comment text not null default '' check (length(teacher_comment) <= 4000),
    corrected_by uuid references auth.users (id) on delete set null,
    corrected_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp()
);
create index writing_feedback_user_idx on public.writing_feedback (user_id, updated_at);
create index writing_feedback_course_idx on public.writing_feedback (course_id, updated_at);

-- For comparing a quote with the text it is from.
create function academy.folded(p_text text) returns text
language sql immutable set search_path = ''
as $$
    select lower(regexp_replace(translate(trim(p_text), '’‘“”«»', '''''""""'), '\s+', ' ', 'g'))
$$;

-- Null when it is feedback as it must be, else what is wrong with it. A criterion without a quote that
-- is in the text is not feedback, whoever says it.
create function academy.feedback_fault(p_feedback jsonb, p_body text) returns text
language plpgsql immutable set search_path = ''
as $$
declare
    v_entry jsonb;
    v_quote jsonb;
begin
    if p_feedback is null or jsonb_typeof(p_feedback) <> 'array' or jsonb_array_length(p_feedback) > 12
        or length(p_feedback::text) > 20000 then
        return 'A short list is needed.';
    end if;
    for v_entry in select e from jsonb_array_elements(p_feedback) e loop
        if jsonb_typeof(v_entry) <> 'object' or coalesce(v_entry ->> 'id', '') !~ '^[a-z_]{1,32}$'
            or coalesce(v_entry ->> 'reached', '') not in ('not_yet', 'partly', 'mostly', 'fully')
            or jsonb_typeof(v_entry -> 'evidence') is distinct from 'array'
            or jsonb_array_length(v_entry -> 'evidence') not between 1 and 5
            or exists (select from jsonb_object_keys(v_entry) k
                where k not in ('id', 'reached', 'evidence', 'strength', 'next')) then
            return 'A criterion is not as it must be.';
        end if;
        for v_quote in select q from jsonb_array_elements(v_entry -> 'evidence') q loop
            if jsonb_typeof(v_quote) <> 'string' or academy.folded(v_quote #>> '{}') = ''
                or strpos(academy.folded(p_body), academy.folded(v_quote #>> '{}')) = 0 then
                return 'A quote is not from the text.';
            end if;
        end loop;
    end loop;
    return null;
end
$$;

-- The student's text with what the tutor said of it. Sending it twice changes nothing.
create function public.send_writing(
    p_id uuid, p_course uuid, p_task text, p_brief text, p_body text, p_feedback jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_fault text;
    v_row public.writing_feedback;
begin
    if not exists (select from public.enrolments e where e.user_id = v_uid and e.course_id = p_course) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such course.');
    end if;
    v_fault := case
        when p_id is null or coalesce(p_task, '') not in ('writing', 'speaking') then 'An id and a task are needed.'
        when length(coalesce(p_body, '')) not between 1 and 20000 or length(coalesce(p_brief, '')) > 4000
            then 'The text is empty or too long.'
        else academy.feedback_fault(p_feedback, p_body) end;
    if v_fault is not null then
        perform academy.fail('ACADEMY_BAD_INPUT', v_fault);
    end if;
    if (select count(*) from public.writing_feedback w
        where w.user_id = v_uid and w.created_at > clock_timestamp() - interval '1 day') >= 100 then
        perform academy.fail('ACADEMY_LIMIT', 'Enough for a day.');
    end if;
    insert into public.writing_feedback (id, user_id, course_id, task, brief, body, tutor)
    values (p_id, v_uid, p_course, p_task, coalesce(p_brief, ''), p_body, p_feedback)
    on conflict (id) do nothing;
    select * into v_row from public.writing_feedback w where w.id = p_id and w.user_id = v_uid;
    if v_row.id is null then
        perform academy.fail('ACADEMY_NOT_FOUND', 'That id is somebody else''s.');
    end if;
    return jsonb_build_object('id', v_row.id, 'created_at', v_row.created_at, 'corrected_at', v_row.corrected_at);
end
$$;

-- A teacher of the student in this course says it better. The tutor's words stay beside it.
create function public.correct_feedback(p_id uuid, p_feedback jsonb, p_comment text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_row public.writing_feedback;
    v_fault text;
begin
    select w.* into v_row from public.writing_feedback w
    join academy.my_students() s on s.user_id = w.user_id and s.course_id = w.course_id
    where w.id = p_id for update of w;
    if v_row.id is null then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such text.');
    end if;
    v_fault := case when length(coalesce(p_comment, '')) > 4000 then 'The comment is too long.'
        else academy.feedback_fault(p_feedback, v_row.body) end;
    if v_fault is not null then
        perform academy.fail('ACADEMY_BAD_INPUT', v_fault);
    end if;
    update public.writing_feedback w
    set teacher = p_feedback, teacher_comment = coalesce(p_comment, ''), corrected_by = v_uid,
        corrected_at = clock_timestamp(), updated_at = clock_timestamp()
    where w.id = p_id returning * into v_row;
    perform academy.audit('correct_feedback', m.class_id, null, null,
        jsonb_build_object('feedback_id', p_id, 'student_id', v_row.user_id))
    from public.class_members m
    join public.class_members t on t.class_id = m.class_id and t.user_id = v_uid and t.role = 'teacher'
    join public.classes c on c.id = m.class_id and c.course_id = v_row.course_id
    where m.user_id = v_row.user_id and m.role = 'student' limit 1;
    return jsonb_build_object('id', v_row.id, 'corrected_at', v_row.corrected_at);
end
$$;

-- It is the student's text: they may take it back.
create function public.withdraw_writing(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
begin
    delete from public.writing_feedback w where w.id = p_id and w.user_id = v_uid;
    if not found then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such text.');
    end if;
end
$$;

alter table public.writing_feedback enable row level security;
create policy writing_feedback_read on public.writing_feedback for select to authenticated
    using (user_id = (select auth.uid())
        or (user_id, course_id) in (select s.user_id, s.course_id from academy.my_students() s));
create policy second_step on public.writing_feedback as restrictive to authenticated
    using ((select not academy.second_step_missing()));

revoke all on public.writing_feedback from anon, authenticated;
revoke all on function public.send_writing(uuid, uuid, text, text, text, jsonb),
    public.correct_feedback(uuid, jsonb, text), public.withdraw_writing(uuid),
    academy.folded(text), academy.feedback_fault(jsonb, text) from public, anon, authenticated;
grant select on public.writing_feedback to authenticated;
grant execute on function public.send_writing(uuid, uuid, text, text, text, jsonb),
    public.correct_feedback(uuid, jsonb, text), public.withdraw_writing(uuid) to authenticated;

-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a teacher writes to the student about an essay, read once the results are out; what came late
-- can be left as well as counted.

-- Null: the mark was given when nothing of it was meant for the student, so nothing of it is shown.
alter table public.marks add column to_student text check (length(to_student) <= 10000);

-- The words of the marks as the student reads them. The note of the teachers is not among them.
create function academy.words_for_student(p_result public.results) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object('item_id', m.item_id, 'type', i.item ->> 'type',
            'prompt', i.item -> 'prompt', 'points', m.points, 'max', (i.item ->> 'points')::numeric,
            'criteria', m.criteria, 'words', m.to_student) order by i.place), '[]')
    from public.marks m
    join public.sittings s on s.id = p_result.sitting_id
    join public.exams e on e.id = s.exam_id
    cross join lateral (select x as item, row_number() over () as place
        from jsonb_path_query(e.paper, '$.sections[*].items[*]') x) i
    where p_result.released_at is not null and m.attempt_id = p_result.attempt_id
        and m.to_student is not null and i.item ->> 'id' = m.item_id
$$;

create or replace function public.student_home() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'profile', (select jsonb_build_object('user_id', p.user_id, 'display_name', p.display_name,
                'locale', p.locale, 'app_role', academy.app_role(), 'email', auth.email())
            from public.profiles p where p.user_id = me.id),
        'courses', coalesce((select jsonb_agg(jsonb_build_object('course_id', c.id, 'title', c.title,
                'target_lang', c.target_lang, 'level', c.level, 'progress', to_jsonb(g)) order by c.title)
            from public.enrolments e
            join public.courses c on c.id = e.course_id
            left join public.course_progress g on g.course_id = c.id and g.user_id = me.id
            where e.user_id = me.id), '[]'),
        'sittings', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'title', s.title,
                'state', s.state, 'opens_at', s.opens_at, 'closes_at', s.closes_at,
                'duration_s', s.duration_s, 'class_id', c.id, 'class_name', c.name,
                'course_id', c.course_id,
                'attempt', case when a.id is not null then jsonb_build_object('id', a.id,
                    'state', a.state, 'submitted_at', a.submitted_at, 'on_time', a.on_time,
                    'receipt', a.receipt) end,
                'result', case when r.released_at is not null then academy.result_row(r)
                    || jsonb_build_object('marks', academy.words_for_student(r)) end)
                order by s.opens_at desc)
            from public.class_members m
            join public.classes c on c.id = m.class_id
            join public.sittings s on s.class_id = c.id
            left join public.attempts a on a.sitting_id = s.id and a.student_id = me.id
            left join public.results r on r.attempt_id = a.id
            where m.user_id = me.id and m.role = 'student'), '[]'),
        'server_time', clock_timestamp())
    from (select academy.caller() as id) me
$$;

-- As before, with words for the student. Who does not send any (a program that knows of none) shows
-- them nothing.
drop function public.mark_essay(uuid, text, jsonb, text, timestamptz);
create function public.mark_essay(p_attempt uuid, p_item text, p_criteria jsonb,
    p_comment text default '', p_seen timestamptz default null, p_to_student text default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
    v_max numeric;
    v_sum int;
    v_good int;
    v_row jsonb;
begin
    select count(*), sum((c.value ->> 'band')::int) into v_good, v_sum
    from jsonb_each(case when jsonb_typeof(p_criteria) = 'object' then p_criteria else '{}' end) c
    where c.key in ('task', 'order', 'flow', 'range', 'accuracy') and c.value ->> 'band' ~ '^[0-5]$'
        and length(coalesce(c.value ->> 'words', '')) <= 2000;
    if v_good <> 4 or (select count(*) from jsonb_object_keys(p_criteria)) <> 4 then
        perform academy.fail('ACADEMY_BAD_INPUT', 'Four criteria with a band from 0 to 5 are needed.');
    end if;
    if exists (select from public.marks m where m.attempt_id = p_attempt and m.item_id = p_item
        and m.marked_at is distinct from p_seen and m.marked_by is distinct from auth.uid()) then
        perform academy.fail('ACADEMY_DECIDED', 'Somebody else has marked this meanwhile.');
    end if;
    select (x ->> 'points')::numeric into v_max
    from public.sittings s join public.exams e on e.id = s.exam_id
    cross join lateral jsonb_path_query(e.paper, '$.sections[*].items[*]') x
    where s.id = v_attempt.sitting_id and x ->> 'id' = p_item;
    v_row := public.mark_item(p_attempt, p_item, round(v_max * v_sum / 20, 2), p_comment);
    update public.marks m set criteria = p_criteria, to_student = left(p_to_student, 10000)
    where m.attempt_id = p_attempt and m.item_id = p_item;
    return v_row;
end
$$;

-- The newest answer of each item that came late and that nobody has left.
create function academy.open_late(p_attempt uuid)
returns table (item_id text, op_id uuid, payload jsonb, body text, received_at timestamptz)
language sql stable set search_path = ''
as $$
    select n.* from academy.newest_answers(p_attempt, 'late') n
    where not exists (select from academy.aside_decisions d where d.attempt_id = p_attempt
        and d.item_id = n.item_id and d.op_id = n.op_id)
$$;

create or replace function public.sitting_papers(p_sitting uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_sitting public.sittings := academy.proctored_sitting(p_sitting);
begin
    -- Who was not heard of again has handed in by now.
    perform academy.collect_overdue(p_sitting);
    return (
        with item as materialized (
            select i.item, i.item ->> 'id' as id, i.place
            from public.exams e
            cross join lateral (select x as item, row_number() over () as place
                from jsonb_path_query(e.paper, '$.sections[*].items[*]') x) i
            where e.id = v_sitting.exam_id
        ), paper as materialized (
            select a.id, a.student_id, coalesce(m.roster_name, p.display_name) as name, r.released_at
            from public.attempts a
            left join public.class_members m on m.class_id = v_sitting.class_id and m.user_id = a.student_id
            left join public.profiles p on p.user_id = a.student_id
            left join public.results r on r.attempt_id = a.id
            where a.sitting_id = p_sitting and a.state in ('submitted', 'collected')
        )
        select jsonb_build_object('sitting', academy.sitting_row(v_sitting), 'papers', coalesce(jsonb_agg(
            jsonb_build_object('attempt_id', w.id, 'student_id', w.student_id, 'name', w.name,
                'released_at', w.released_at, 'open', w.open, 'late', w.late, 'aside', w.aside)
            order by w.name, w.id)
            filter (where w.open <> '[]' or w.late <> '[]' or w.aside <> '[]'), '[]'))
        from (select paper.*,
            (select coalesce(jsonb_agg(jsonb_build_object('item', i.item, 'answer', t.payload,
                    'points', k.points, 'comment', k.comment, 'criteria', k.criteria,
                    'to_student', k.to_student, 'marked_at', k.marked_at) order by i.place), '[]')
                from item i
                join academy.attempt_items t on t.attempt_id = paper.id and t.item_id = i.id and t.answered
                left join public.marks k on k.attempt_id = paper.id and k.item_id = i.id
                where academy.is_open_type(i.item ->> 'type')) as open,
            (select coalesce(jsonb_agg(jsonb_build_object('item', i.item, 'answer', n.payload,
                    'counted', t.payload, 'received_at', n.received_at) order by i.place), '[]')
                from academy.open_late(paper.id) n
                join item i on i.id = n.item_id
                join academy.attempt_items t on t.attempt_id = paper.id and t.item_id = n.item_id
                where n.payload is distinct from t.payload) as late,
            (select coalesce(jsonb_agg(jsonb_build_object('item', i.item, 'op_id', n.op_id,
                    'answer', n.payload, 'counted', t.payload, 'received_at', n.received_at) order by i.place), '[]')
                from academy.newest_answers(paper.id, 'fenced') n
                join item i on i.id = n.item_id
                join academy.attempt_items t on t.attempt_id = paper.id and t.item_id = n.item_id
                where n.payload is distinct from t.payload
                    and not exists (select from academy.aside_decisions d where d.attempt_id = paper.id
                        and d.item_id = n.item_id and d.op_id = n.op_id)) as aside
            from paper) w);
end
$$;

-- What came late does not count and is not asked about again; it stays kept. Newer words ask again.
create function public.leave_late(p_attempt uuid, p_reason text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
    v_count int;
begin
    if v_attempt.state = 'active' then
        perform academy.fail('ACADEMY_NOT_OPEN', 'This attempt is still being written.');
    end if;
    perform pg_advisory_xact_lock(hashtextextended(p_attempt::text, 18));
    insert into academy.aside_decisions (attempt_id, item_id, op_id, taken, decided_by)
    select p_attempt, n.item_id, n.op_id, false, auth.uid()
    from academy.open_late(p_attempt) n
    join academy.attempt_items t on t.attempt_id = p_attempt and t.item_id = n.item_id
    where n.payload is distinct from t.payload;
    get diagnostics v_count = row_count;
    if v_count = 0 and exists (select from public.attempt_ops o
        where o.attempt_id = p_attempt and o.branch = 'main' and o.flag = 'late') then
        perform academy.fail('ACADEMY_DECIDED', 'Somebody else has counted it meanwhile.');
    end if;
    if v_count > 0 then
        perform academy.audit('leave_late', academy.sitting_class(v_attempt.sitting_id),
            v_attempt.sitting_id, p_attempt,
            jsonb_build_object('items', v_count, 'reason', left(coalesce(p_reason, ''), 2000)));
    end if;
    return jsonb_build_object('left', v_count);
end
$$;

-- What came late counts, but for what was left; a mark that was given to other words is taken back.
create or replace function public.accept_late(p_attempt uuid, p_reason text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
    v_left text[];
    v_late record;
    v_count int;
begin
    if v_attempt.state = 'active' then
        perform academy.fail('ACADEMY_NOT_OPEN', 'This attempt is still being written.');
    end if;
    perform pg_advisory_xact_lock(hashtextextended(p_attempt::text, 18));
    select coalesce(array_agg(n.item_id), '{}') into v_left
    from academy.newest_answers(p_attempt, 'late') n
    where not exists (select from academy.open_late(p_attempt) o where o.op_id = n.op_id);
    if v_left <> '{}' and not exists (select from academy.open_late(p_attempt)) then
        perform academy.fail('ACADEMY_DECIDED', 'Somebody else has left it meanwhile.');
    end if;
    delete from public.marks m using academy.open_late(p_attempt) n, academy.attempt_items t
    where m.attempt_id = p_attempt and m.item_id = n.item_id and t.attempt_id = p_attempt
        and t.item_id = n.item_id and n.payload is distinct from t.payload;
    for v_late in select n.* from academy.open_late(p_attempt) n
        where exists (select from public.attempt_ops o where o.attempt_id = p_attempt
            and o.item_id = n.item_id and o.branch = 'main' and o.flag = 'aside')
    loop
        perform academy.append_decided(v_attempt, v_late.item_id, v_late.body,
            coalesce(v_late.payload, 'null'), 'late');
    end loop;
    update public.attempt_ops set branch = 'main', flag = 'late'
    where attempt_id = p_attempt and branch = 'late' and item_id <> all (v_left);
    get diagnostics v_count = row_count;
    perform academy.audit('accept_late', academy.sitting_class(v_attempt.sitting_id),
        v_attempt.sitting_id, p_attempt,
        jsonb_build_object('ops', v_count, 'reason', left(coalesce(p_reason, ''), 2000)));
    perform academy.refold_attempt(p_attempt);
    perform academy.grade(p_attempt);
    perform academy.touch(p_attempt, v_attempt.sitting_id);
    return jsonb_build_object('accepted', v_count) || (select academy.result_row(r)
        from public.results r where r.attempt_id = p_attempt);
end
$$;

revoke all on function academy.words_for_student(public.results), academy.open_late(uuid),
    public.mark_essay(uuid, text, jsonb, text, timestamptz, text), public.leave_late(uuid, text)
    from public, anon, authenticated;
grant execute on function public.mark_essay(uuid, text, jsonb, text, timestamptz, text),
    public.leave_late(uuid, text) to authenticated;

-- SPDX-License-Identifier: GPL-3.0-or-later
-- The teacher's side of an evening. Every action leaves an audit row.
--
-- Commands of one sitting are issued one after the other (an advisory lock, taken first), so their
-- ids become visible in order and a student's cursor never steps over one.

create function academy.proctored_sitting(p_sitting uuid) returns public.sittings
language plpgsql stable set search_path = ''
as $$
declare
    v_sitting public.sittings;
begin
    perform academy.caller();
    select * into v_sitting from public.sittings s where s.id = p_sitting;
    if not found or not academy.is_teacher(v_sitting.class_id) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such sitting.');
    end if;
    return v_sitting;
end
$$;

create function academy.sitting_row(p_sitting public.sittings) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object('id', p_sitting.id, 'title', p_sitting.title, 'state', p_sitting.state,
        'opens_at', p_sitting.opens_at, 'closes_at', p_sitting.closes_at,
        'duration_s', p_sitting.duration_s, 'opened_at', p_sitting.opened_at,
        'closed_at', p_sitting.closed_at, 'released_at', p_sitting.released_at,
        'class_id', c.id, 'class_name', c.name, 'exam_id', e.id, 'exam_title', e.title)
    from public.classes c, public.exams e
    where c.id = p_sitting.class_id and e.id = p_sitting.exam_id
$$;

create function public.schedule_sitting(
    p_exam uuid, p_class uuid, p_title text, p_opens_at timestamptz, p_duration_s int,
    p_closes_at timestamptz default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_sitting public.sittings;
begin
    if not academy.is_teacher(p_class) or not exists (
        select from public.exams e join public.classes c on c.course_id = e.course_id
        where e.id = p_exam and c.id = p_class) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such exam or class.');
    end if;
    if p_opens_at is null or p_duration_s is null or p_duration_s not between 60 and 86400
        or coalesce(length(btrim(p_title)), 0) not between 1 and 200
        or p_closes_at <= p_opens_at then
        perform academy.fail('ACADEMY_BAD_INPUT', 'A title, a beginning and a length are needed.');
    end if;
    insert into public.sittings
        (exam_id, class_id, title, opens_at, closes_at, duration_s, created_by)
    values (p_exam, p_class, btrim(p_title), p_opens_at,
        coalesce(p_closes_at, p_opens_at + make_interval(secs => p_duration_s) + interval '30 min'),
        p_duration_s, v_uid)
    returning * into v_sitting;
    perform academy.audit('schedule_sitting', p_class, v_sitting.id, null, '{}');
    return academy.sitting_row(v_sitting);
end
$$;

-- Opening by hand is the teacher's word that everybody may use the full time.
create function public.open_sitting(p_sitting uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_sitting public.sittings := academy.proctored_sitting(p_sitting);
    v_now timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended(p_sitting::text, 2));
    select * into v_sitting from public.sittings s where s.id = p_sitting for no key update;
    v_now := clock_timestamp();
    if v_sitting.state = 'scheduled' then
        update public.sittings
        set state = 'open', opened_at = v_now, opens_at = least(opens_at, v_now),
            closes_at = greatest(closes_at, v_now + make_interval(secs => duration_s) + interval '30 min')
        where id = p_sitting returning * into v_sitting;
        perform academy.audit('open_sitting', v_sitting.class_id, p_sitting, null, '{}');
    elsif v_sitting.state <> 'open' then
        perform academy.fail('ACADEMY_CLOSED', 'This sitting is over.');
    end if;
    return academy.sitting_row(v_sitting);
end
$$;

-- May this command be applied to this attempt now, and if not, why not.
create function academy.command_refusal(
    p_kind text, p_state text, p_end timestamptz, p_paused boolean, p_locked boolean,
    p_collecting boolean, p_asking uuid, p_now timestamptz) returns text
language sql immutable set search_path = ''
as $$
    select case
        when p_state <> 'active' then p_state
        when p_kind = 'extend' and p_collecting then 'collected'
        when p_kind = 'pause' and p_paused then 'already_paused'
        when p_kind = 'pause' and p_now >= p_end then 'ended'
        when p_kind = 'resume' and not p_paused then 'not_paused'
        when p_kind = 'lock' and p_locked then 'already_locked'
        when p_kind = 'unlock' and not p_locked then 'not_locked'
        when p_kind = 'collect' and p_collecting then 'collected'
        when p_kind = 'grant_takeover' and p_asking is null then 'no_request'
    end
$$;

-- Applies a command that was checked, in the transaction of the caller.
create function academy.apply_command(
    p_sitting public.sittings, p_op_id uuid, p_kind text, p_targets uuid[], p_payload jsonb,
    p_reason text, p_ledger text, p_seconds int, p_now timestamptz, p_undoes bigint) returns bigint
language plpgsql set search_path = ''
as $$
declare
    v_id bigint;
    v_target uuid;
    v_device uuid;
begin
    insert into public.commands (sitting_id, op_id, kind, payload, reason, issued_by, issued_at, undoes)
    values (p_sitting.id, p_op_id, p_kind, p_payload, p_reason, auth.uid(), p_now, p_undoes)
    returning id into v_id;
    if p_kind in ('extend', 'pause', 'resume', 'lock', 'unlock', 'collect') then
        insert into public.adjustments
            (attempt_id, kind, ledger, seconds, at, command_id, compensates, reason, created_by)
        select t, p_kind, p_ledger, p_seconds, p_now, v_id,
            (select j.id from public.adjustments j where j.command_id = p_undoes and j.attempt_id = t),
            p_reason, auth.uid()
        from unnest(p_targets) t;
    elsif p_kind = 'grant_takeover' then
        foreach v_target in array p_targets loop
            select l.asking_device into v_device from academy.attempt_live l
            where l.attempt_id = v_target;
            perform academy.move_lease(v_target, v_device);
        end loop;
    end if;
    insert into public.command_acks (command_id, attempt_id) select v_id, t from unnest(p_targets) t;
    perform academy.audit(p_kind, p_sitting.class_id, p_sitting.id, t,
        jsonb_build_object('command', v_id, 'payload', p_payload, 'reason', p_reason, 'undoes', p_undoes))
    from unnest(p_targets) t;
    perform realtime.send(jsonb_build_object('command_id', v_id, 'kind', p_kind), 'command',
        'attempt:' || t, true)
    from unnest(p_targets) t;
    update academy.attempt_live l set version = n.version
    from (select academy.next_version(p_sitting.id) as version) n
    where l.attempt_id = any (p_targets);
    perform academy.announce(p_sitting.id);
    return v_id;
end
$$;

create function public.issue_command(
    p_sitting uuid, p_op_id uuid, p_kind text, p_targets uuid[] default null,
    p_payload jsonb default '{}', p_reason text default '', p_dry_run boolean default false) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_sitting public.sittings := academy.proctored_sitting(p_sitting);
    v_payload jsonb := case when jsonb_typeof(p_payload) = 'object' then p_payload else '{}' end;
    v_reason text := left(coalesce(p_reason, ''), 2000);
    v_seconds int := 0;
    v_ledger text := 'incident';
    v_now timestamptz;
    v_id bigint;
    v_response jsonb;
    v_targets jsonb;
    v_locked uuid[];
    v_allowed uuid[];
begin
    if p_op_id is null or p_kind is null or p_kind not in
        ('extend', 'pause', 'resume', 'message', 'lock', 'unlock', 'collect', 'grant_takeover') then
        perform academy.fail('ACADEMY_BAD_INPUT', 'A command id and a known kind are needed.');
    end if;
    if p_kind = 'extend' then
        if v_payload ->> 'seconds' !~ '^[1-9]\d{0,4}$' or v_payload ->> 'seconds' is null
            or coalesce(v_payload ->> 'ledger', 'incident') not in ('incident', 'accommodation') then
            perform academy.fail('ACADEMY_BAD_INPUT', 'From 1 to 99999 seconds, and a known ledger.');
        end if;
        v_seconds := (v_payload ->> 'seconds')::int;
        v_ledger := coalesce(v_payload ->> 'ledger', 'incident');
    elsif p_kind = 'message' and coalesce(length(btrim(v_payload ->> 'text')), 0) not between 1 and 2000 then
        perform academy.fail('ACADEMY_BAD_INPUT', 'A message has 1 to 2000 characters.');
    end if;

    perform pg_advisory_xact_lock(hashtextextended(p_sitting::text, 2));
    select c.response into v_response from public.commands c
    where c.sitting_id = p_sitting and c.op_id = p_op_id;
    if found then
        return v_response;
    end if;
    -- Only what is locked here is a target: an attempt begun meanwhile is not waited for later.
    v_locked := array(select l.attempt_id from academy.attempt_live l
        where l.sitting_id = p_sitting and (p_targets is null or l.attempt_id = any (p_targets))
        order by l.attempt_id for update);
    v_now := clock_timestamp();

    select coalesce(jsonb_agg(jsonb_build_object('attempt_id', t.id, 'allowed', t.why is null,
            'why', t.why,
            'new_end', case
                when t.why is not null then t.effective_end
                when p_kind = 'extend' then t.effective_end + make_interval(secs => v_seconds)
                when p_kind = 'collect' then least(t.effective_end, v_now)
                else t.effective_end end) order by t.id), '[]'),
        array_agg(t.id order by t.id) filter (where t.why is null)
    into v_targets, v_allowed
    from (
        select a.id, c.effective_end, academy.command_refusal(p_kind, a.state, c.effective_end, c.paused,
            c.locked, c.collecting, l.asking_device, v_now) as why
        from academy.attempt_live l
        join public.attempts a on a.id = l.attempt_id
        cross join lateral academy.attempt_clock(a.id, v_now) c
        where l.attempt_id = any (v_locked)
        union all
        select u.id, null, 'not_found'
        from (select distinct u as id from unnest(p_targets) u) u
        where not u.id = any (v_locked)) t;

    v_response := jsonb_build_object('command_id', null, 'kind', p_kind, 'dry_run', p_dry_run,
        'targets', v_targets, 'server_time', v_now);
    if not coalesce(p_dry_run, false) and v_allowed is not null then
        v_id := academy.apply_command(v_sitting, p_op_id, p_kind, v_allowed, v_payload, v_reason,
            v_ledger, v_seconds, v_now, null);
        v_response := v_response || jsonb_build_object('command_id', v_id);
        update public.commands set response = v_response where id = v_id;
    end if;
    return v_response;
end
$$;

-- Takes back an extension, a pause or a lock just given, by rows that compensate it. The screen
-- offers it for five seconds; twice that allows for the way here.
create function public.undo_command(p_command bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_command public.commands;
    v_sitting public.sittings;
    v_targets uuid[];
    v_kind text;
    v_id bigint;
    v_seconds int := 0;
    v_now timestamptz;
begin
    perform academy.caller();
    select * into v_command from public.commands c where c.id = p_command;
    if not found or not academy.proctors(v_command.sitting_id) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such command.');
    end if;
    v_sitting := academy.proctored_sitting(v_command.sitting_id);
    v_kind := case v_command.kind when 'extend' then 'extend' when 'pause' then 'resume'
        when 'lock' then 'unlock' end;
    if v_kind is null or v_command.undoes is not null then
        perform academy.fail('ACADEMY_BAD_INPUT', 'This command cannot be taken back.');
    end if;
    perform pg_advisory_xact_lock(hashtextextended(v_sitting.id::text, 2));
    select * into v_command from public.commands c where c.id = p_command;
    if v_command.undone_by is not null then
        return jsonb_build_object('command_id', v_command.undone_by, 'undid', p_command);
    end if;
    perform from academy.attempt_live l
    where l.attempt_id in (select k.attempt_id from public.command_acks k where k.command_id = p_command)
    order by l.attempt_id for update;
    v_now := clock_timestamp();
    if v_now > v_command.issued_at + interval '10 s' then
        perform academy.fail('ACADEMY_CLOSED', 'It is too late to take this back.');
    end if;
    if v_kind = 'extend' then
        v_seconds := -(v_command.payload ->> 'seconds')::int;
    end if;
    select array_agg(k.attempt_id order by k.attempt_id) into v_targets
    from public.command_acks k
    join public.attempts a on a.id = k.attempt_id
    cross join lateral academy.attempt_clock(a.id, v_now) c
    where k.command_id = p_command and a.state = 'active'
        and (v_kind = 'extend' or (v_kind = 'resume' and c.paused) or (v_kind = 'unlock' and c.locked));
    if v_targets is null then
        perform academy.fail('ACADEMY_CLOSED', 'Nothing is left to take back.');
    end if;
    v_id := academy.apply_command(v_sitting, gen_random_uuid(), v_kind, v_targets,
        case when v_kind = 'extend' then jsonb_build_object('seconds', v_seconds) else '{}'::jsonb end
            || jsonb_build_object('undo', p_command),
        'undo', 'incident', v_seconds, v_now, p_command);
    update public.commands set undone_by = v_id where id = p_command;
    return jsonb_build_object('command_id', v_id, 'undid', p_command);
end
$$;

-- Attempts whose end and grace have passed are collected as they are and marked. All live rows are
-- locked before the first is touched.
create function academy.collect_overdue(p_sitting uuid, p_only uuid default null) returns int
language plpgsql set search_path = ''
as $$
declare
    v_id uuid;
    v_ids uuid[];
begin
    perform from academy.attempt_live l
    where l.sitting_id = p_sitting and (p_only is null or l.attempt_id = p_only)
    order by l.attempt_id for update;
    with overdue as (
        update public.attempts a
        set state = 'collected', collected_at = clock_timestamp(), on_time = false
        from public.sittings s
        where s.id = p_sitting and a.sitting_id = p_sitting and a.state = 'active'
            and (p_only is null or a.id = p_only)
            and clock_timestamp() > (select c.effective_end
                from academy.attempt_clock(a.id, clock_timestamp()) c) + make_interval(secs => s.grace_s)
        returning a.id)
    select array_agg(o.id) into v_ids from overdue o;
    if v_ids is null then
        return 0;
    end if;
    foreach v_id in array v_ids loop
        perform academy.grade_safely(v_id);
    end loop;
    update academy.attempt_live l set version = n.version
    from (select academy.next_version(p_sitting) as version) n
    where l.attempt_id = any (v_ids);
    perform academy.announce(p_sitting);
    return cardinality(v_ids);
end
$$;

-- Ends the sitting: nobody begins any more, and what is being written is collected.
create function public.close_sitting(p_sitting uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_sitting public.sittings := academy.proctored_sitting(p_sitting);
    v_now timestamptz;
    v_targets uuid[];
begin
    perform pg_advisory_xact_lock(hashtextextended(p_sitting::text, 2));
    select * into v_sitting from public.sittings s where s.id = p_sitting for no key update;
    if v_sitting.state = 'scheduled' then
        perform academy.fail('ACADEMY_NOT_OPEN', 'This sitting was not opened.');
    elsif v_sitting.state = 'open' then
        perform from academy.attempt_live l where l.sitting_id = p_sitting
        order by l.attempt_id for update;
        v_now := clock_timestamp();
        select array_agg(a.id order by a.id) into v_targets
        from public.attempts a cross join lateral academy.attempt_clock(a.id, v_now) c
        where a.sitting_id = p_sitting and a.state = 'active' and not c.collecting;
        update public.sittings set state = 'closed', closed_at = v_now
        where id = p_sitting returning * into v_sitting;
        perform academy.audit('close_sitting', v_sitting.class_id, p_sitting, null, '{}');
        if v_targets is not null then
            perform academy.apply_command(v_sitting, gen_random_uuid(), 'collect', v_targets, '{}',
                'close', 'incident', 0, v_now, null);
        end if;
        perform academy.collect_overdue(p_sitting);
    end if;
    return academy.sitting_row(v_sitting);
end
$$;

create function academy.proctored_attempt(p_attempt uuid) returns public.attempts
language plpgsql set search_path = ''
as $$
declare
    v_attempt public.attempts;
begin
    perform academy.caller();
    if not academy.proctors_attempt(p_attempt) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such attempt.');
    end if;
    perform from academy.attempt_live l where l.attempt_id = p_attempt for update;
    select * into v_attempt from public.attempts a where a.id = p_attempt;
    return v_attempt;
end
$$;

create function public.grade_attempt(p_attempt uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
begin
    if v_attempt.state = 'active' then
        perform academy.collect_overdue(v_attempt.sitting_id, p_attempt);
        select * into v_attempt from public.attempts a where a.id = p_attempt;
        if v_attempt.state = 'active' then
            perform academy.fail('ACADEMY_NOT_OPEN', 'This attempt is still being written.');
        end if;
    end if;
    perform academy.grade(p_attempt);
    perform academy.audit('grade_attempt', academy.sitting_class(v_attempt.sitting_id),
        v_attempt.sitting_id, p_attempt, '{}');
    return (select academy.result_row(r) from public.results r where r.attempt_id = p_attempt);
end
$$;

-- Gives an open item its points; the result is computed anew.
create function public.mark_item(
    p_attempt uuid, p_item text, p_points numeric, p_comment text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
    v_max numeric;
begin
    if v_attempt.state = 'active' then
        perform academy.fail('ACADEMY_NOT_OPEN', 'This attempt is still being written.');
    end if;
    select (i.item ->> 'points')::numeric into v_max
    from public.sittings s
    join public.exams e on e.id = s.exam_id
    cross join lateral jsonb_path_query(e.paper, '$.sections[*].items[*]') i (item)
    where s.id = v_attempt.sitting_id and i.item ->> 'id' = p_item
        and academy.is_open_type(i.item ->> 'type');
    if v_max is null or p_points is null or p_points < 0 or p_points > v_max then
        perform academy.fail('ACADEMY_BAD_INPUT', 'An open item and points within its maximum are needed.');
    end if;
    insert into public.marks as m (attempt_id, item_id, points, comment, marked_by)
    values (p_attempt, p_item, p_points, left(coalesce(p_comment, ''), 10000), auth.uid())
    on conflict (attempt_id, item_id) do update
    set points = excluded.points, comment = excluded.comment, marked_by = excluded.marked_by,
        marked_at = clock_timestamp();
    perform academy.audit('mark_item', academy.sitting_class(v_attempt.sitting_id),
        v_attempt.sitting_id, p_attempt, jsonb_build_object('item', p_item, 'points', p_points));
    perform academy.grade(p_attempt);
    return (select academy.result_row(r) from public.results r where r.attempt_id = p_attempt);
end
$$;

create function public.marking_queue(p_sitting uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_sitting public.sittings := academy.proctored_sitting(p_sitting);
begin
    return (select coalesce(jsonb_agg(jsonb_build_object('attempt_id', a.id, 'student_id', a.student_id,
            'name', p.display_name, 'item_id', i.item ->> 'id', 'max', (i.item ->> 'points')::numeric,
            'answer', t.payload, 'points', m.points, 'comment', m.comment)
            order by p.display_name, i.item ->> 'id'), '[]')
        from public.attempts a
        join public.exams e on e.id = v_sitting.exam_id
        cross join lateral jsonb_path_query(e.paper, '$.sections[*].items[*]') i (item)
        join academy.attempt_items t on t.attempt_id = a.id and t.item_id = i.item ->> 'id' and t.answered
        left join public.profiles p on p.user_id = a.student_id
        left join public.marks m on m.attempt_id = a.id and m.item_id = i.item ->> 'id'
        where a.sitting_id = p_sitting and a.state <> 'active'
            and academy.is_open_type(i.item ->> 'type'));
end
$$;

-- Takes what arrived after the end into account, as the teacher decides.
create function public.accept_late(p_attempt uuid, p_reason text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
    v_count int;
begin
    if v_attempt.state = 'active' then
        perform academy.fail('ACADEMY_NOT_OPEN', 'This attempt is still being written.');
    end if;
    update public.attempt_ops set branch = 'main', flag = 'late'
    where attempt_id = p_attempt and branch = 'late';
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

-- Shows their results to the students of a sitting; attempts still being written are not touched.
create function public.release_results(p_sitting uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_sitting public.sittings := academy.proctored_sitting(p_sitting);
    v_id uuid;
    v_released int;
    v_now timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended(p_sitting::text, 2));
    perform academy.collect_overdue(p_sitting);
    for v_id in
        select a.id from public.attempts a
        where a.sitting_id = p_sitting and a.state in ('submitted', 'collected')
            and not exists (select from public.results r where r.attempt_id = a.id)
    loop
        perform academy.grade(v_id);
    end loop;
    v_now := clock_timestamp();
    update public.results r set released_at = v_now
    where r.sitting_id = p_sitting and r.released_at is null;
    get diagnostics v_released = row_count;
    update public.sittings set state = 'released', released_at = coalesce(released_at, v_now)
    where id = p_sitting and state = 'closed';
    perform academy.audit('release_results', v_sitting.class_id, p_sitting, null,
        jsonb_build_object('released', v_released));
    return (select jsonb_build_object('released', v_released, 'results', count(*),
            'needs_marking', count(*) filter (where r.needs_marking), 'released_at', v_now)
        from public.results r where r.sitting_id = p_sitting);
end
$$;

create function public.teacher_sittings() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select coalesce(jsonb_agg(academy.sitting_row(s) || jsonb_build_object(
            'students', (select count(*) from public.class_members n
                where n.class_id = s.class_id and n.role = 'student'),
            'started', t.started, 'submitted', t.submitted, 'needs_marking', t.needs_marking)
            order by s.opens_at desc), '[]')
    from (select academy.caller() as id) me
    join public.class_members m on m.user_id = me.id and m.role = 'teacher'
    join public.sittings s on s.class_id = m.class_id
    cross join lateral (
        select count(*) as started,
            count(*) filter (where a.state in ('submitted', 'collected')) as submitted,
            count(*) filter (where r.needs_marking) as needs_marking
        from public.attempts a left join public.results r on r.attempt_id = a.id
        where a.sitting_id = s.id) t
$$;

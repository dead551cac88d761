-- SPDX-License-Identifier: GPL-3.0-or-later
-- When an attempt ends, and what the monitor is told.

-- The clock of an attempt: a pure function of when it began and of its ledger. Pauses give back the
-- time they took; an open pause keeps pushing the end ahead of the clock. "collect" ends it there.
create function academy.attempt_clock(
    p_attempt uuid, p_now timestamptz,
    out effective_end timestamptz, out paused boolean, out locked boolean, out collecting boolean)
language plpgsql stable set search_path = ''
as $$
declare
    v_start timestamptz;
    v_seconds int;
    v_shift numeric;
    v_collected timestamptz;
begin
    select a.started_at, a.base_seconds into v_start, v_seconds
    from public.attempts a where a.id = p_attempt;
    select
        coalesce(sum(case j.kind when 'extend' then j.seconds
            when 'pause' then -extract(epoch from j.at)
            when 'resume' then extract(epoch from j.at) end), 0),
        count(*) filter (where j.kind = 'pause') > count(*) filter (where j.kind = 'resume'),
        count(*) filter (where j.kind = 'lock') > count(*) filter (where j.kind = 'unlock'),
        min(j.at) filter (where j.kind = 'collect')
    into v_shift, paused, locked, v_collected
    from public.adjustments j where j.attempt_id = p_attempt;
    if paused then
        v_shift := v_shift + extract(epoch from p_now);
    end if;
    collecting := v_collected is not null;
    effective_end := least(v_start + make_interval(secs => (v_seconds + v_shift)::float8), v_collected);
end
$$;

create function public.effective_end(p_attempt uuid) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
begin
    perform academy.caller();
    if not (academy.owns_attempt(p_attempt) or academy.proctors_attempt(p_attempt)) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such attempt.');
    end if;
    return (select c.effective_end from academy.attempt_clock(p_attempt, clock_timestamp()) c);
end
$$;

-- What the student's program shows as the state of the attempt.
create function academy.attempt_state(
    p_state text, p_paused boolean, p_locked boolean, p_end timestamptz, p_now timestamptz) returns text
language sql immutable
as $$
    select case
        when p_state <> 'active' then p_state
        when p_locked then 'locked'
        when p_paused then 'paused'
        when p_now >= p_end then 'ended'
        else 'active' end
$$;

-- Rows of the monitor that are newer than p_since, or whose state changed since p_after only because
-- time went by. The first state that applies is the state.
create function academy.monitor_rows(
    p_sitting uuid, p_since bigint, p_after timestamptz, p_now timestamptz) returns setof jsonb
language plpgsql stable set search_path = ''
as $$
begin
    return query
    select jsonb_build_object(
        'attempt_id', a.id,
        'student_id', a.student_id,
        'name', coalesce(p.display_name, ''),
        'group', coalesce(m.seat_group, ''),
        'state', case
            when a.state = 'voided' then 'voided'
            when a.state = 'submitted' then 'submitted'
            when a.state = 'collected'
                or p_now > c.effective_end + make_interval(secs => s.grace_s) then 'collected_late'
            when f.conflict then 'conflict'
            when c.locked then 'locked'
            when c.paused then 'paused'
            when p_now - l.last_seen > interval '35 s' then 'offline'
            when p_now - l.last_seen > interval '15 s'
                or p_now - l.unsynced_since > interval '30 s' then 'degraded'
            when not l.focus or p_now - l.last_incident_at < interval '60 s' then 'attention'
            else 'active' end,
        'last_seen', l.last_seen,
        'rtt_ms', l.rtt_ms,
        'answered', l.answered,
        'flagged', l.flagged,
        'total', l.total,
        'items', l.items,
        'last_seq', l.top_seq,
        'acked_seq', l.acked_seq,
        'unsynced', greatest(l.top_seq - l.acked_seq, 0),
        'effective_end', c.effective_end,
        'paused', c.paused,
        'locked', c.locked,
        'submitted_at', a.submitted_at,
        'on_time', a.on_time,
        'incidents', l.incidents,
        'last_incident', l.last_incident,
        'last_incident_at', l.last_incident_at,
        'lease_conflict', f.conflict,
        'focus', l.focus,
        'item_id', l.item_id,
        'version', l.version)
    from academy.attempt_live l
    join public.attempts a on a.id = l.attempt_id
    join public.sittings s on s.id = a.sitting_id
    left join public.profiles p on p.user_id = a.student_id
    left join public.class_members m on m.class_id = s.class_id and m.user_id = a.student_id
    cross join lateral academy.attempt_clock(a.id, p_now) c
    cross join lateral (
        select l.asking_device is not null and p_now - l.asked_at < interval '2 min' as conflict) f
    where l.sitting_id = p_sitting
        and (l.version > p_since
            or (a.state = 'active' and (
                (l.last_seen + interval '15 s' > p_after and l.last_seen + interval '15 s' <= p_now)
                or (l.last_seen + interval '35 s' > p_after and l.last_seen + interval '35 s' <= p_now)
                or (l.unsynced_since + interval '30 s' > p_after
                    and l.unsynced_since + interval '30 s' <= p_now)
                or (l.last_incident_at + interval '60 s' > p_after
                    and l.last_incident_at + interval '60 s' <= p_now)
                or (l.asked_at + interval '2 min' > p_after and l.asked_at + interval '2 min' <= p_now)
                or (c.effective_end + make_interval(secs => s.grace_s) > p_after
                    and c.effective_end + make_interval(secs => s.grace_s) <= p_now))));
end
$$;

-- Called with the pulse row locked last in a transaction; see academy.sitting_pulse.
create function academy.next_version(p_sitting uuid) returns bigint
language plpgsql set search_path = ''
as $$
declare
    v_version bigint;
begin
    insert into academy.sitting_pulse as p (sitting_id, version) values (p_sitting, 1)
    on conflict (sitting_id) do update set version = p.version + 1
    returning p.version into v_version;
    return v_version;
end
$$;

-- Tells the teachers, at most once a second; what comes in between goes with the next message or with
-- the monitor's own question. "since" lets a reader see that it missed one. A message too large for
-- a small project's limit carries no rows but asks the reader to fetch them.
create function academy.announce(p_sitting uuid) returns void
language plpgsql set search_path = ''
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_pulse academy.sitting_pulse;
    v_rows jsonb;
begin
    select * into v_pulse from academy.sitting_pulse p where p.sitting_id = p_sitting;
    if v_now < v_pulse.sent_at + interval '1 s' then
        return;
    end if;
    select coalesce(jsonb_agg(r), '[]') into v_rows
    from academy.monitor_rows(p_sitting, v_pulse.sent_version, v_pulse.sent_at, v_now) r;
    perform realtime.send(
        jsonb_build_object('version', v_pulse.version, 'since', v_pulse.sent_version, 'as_of', v_now)
            || case when octet_length(v_rows::text) > 200000
                then jsonb_build_object('rows', '[]'::jsonb, 'refetch', true)
                else jsonb_build_object('rows', v_rows) end,
        'delta', 'sitting:' || p_sitting || ':monitor', true);
    update academy.sitting_pulse set sent_version = v_pulse.version, sent_at = v_now
    where sitting_id = p_sitting;
end
$$;

create function academy.monitor_answer(p_sitting uuid, p_since bigint) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_now timestamptz;
    v_version bigint;
    v_rows jsonb;
    v_sitting public.sittings;
begin
    perform academy.caller();
    if not academy.proctors(p_sitting) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such sitting.');
    end if;
    -- The version first: rows read afterwards are at least that new.
    select coalesce(max(p.version), 0) into v_version
    from academy.sitting_pulse p where p.sitting_id = p_sitting;
    v_now := clock_timestamp();
    select * into v_sitting from public.sittings s where s.id = p_sitting;
    -- A question after a version does not say when it was asked: rows that time alone has moved in
    -- the last minute are in the answer as well.
    select coalesce(jsonb_agg(r), '[]') into v_rows
    from academy.monitor_rows(p_sitting, p_since, v_now - interval '1 min', v_now) r;
    if p_since < 0 then
        select v_rows || coalesce(jsonb_agg(jsonb_build_object(
            'attempt_id', null, 'student_id', m.user_id, 'name', coalesce(p.display_name, ''),
            'group', m.seat_group, 'state', 'not_started', 'last_seen', null, 'rtt_ms', null,
            'answered', 0, 'flagged', 0, 'total', coalesce(cardinality(e.item_ids), 0),
            'items', repeat('.', coalesce(cardinality(e.item_ids), 0)), 'last_seq', 0, 'acked_seq', 0,
            'unsynced', 0, 'effective_end', null, 'paused', false, 'locked', false,
            'submitted_at', null, 'on_time', null, 'incidents', 0, 'last_incident', null,
            'last_incident_at', null, 'lease_conflict', false, 'focus', true, 'item_id', null,
            'version', 0) order by p.display_name), '[]') into v_rows
        from public.class_members m
        join public.exams e on e.id = v_sitting.exam_id
        left join public.profiles p on p.user_id = m.user_id
        where m.class_id = v_sitting.class_id and m.role = 'student'
            and not exists (select from public.attempts a
                where a.sitting_id = p_sitting and a.student_id = m.user_id);
    end if;
    return jsonb_build_object(
        'sitting', jsonb_build_object('id', v_sitting.id, 'title', v_sitting.title,
            'state', v_sitting.state, 'opens_at', v_sitting.opens_at, 'closes_at', v_sitting.closes_at,
            'duration_s', v_sitting.duration_s),
        'version', v_version,
        'as_of', v_now,
        'rows', v_rows);
end
$$;

create function public.monitor_snapshot(p_sitting uuid) returns jsonb
language sql security definer set search_path = ''
as $$ select academy.monitor_answer(p_sitting, -1) $$;

create function public.monitor_changes(p_sitting uuid, p_since bigint) returns jsonb
language sql security definer set search_path = ''
as $$ select academy.monitor_answer(p_sitting, greatest(coalesce(p_since, 0), 0)) $$;

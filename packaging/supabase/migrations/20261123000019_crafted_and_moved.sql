-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a crafted answer, a moved clock or a changed name could do to a sitting, mended.

-- A list that is no list is no answer: grading one must not fail, whoever sent it.
create or replace function academy.is_answered(p_payload jsonb) returns boolean
language sql immutable
as $$
    select case
        when p_payload is null or jsonb_typeof(p_payload) <> 'object' then false
        when exists (select from jsonb_each(p_payload) e
            where e.key in ('choices', 'order') and jsonb_typeof(e.value) <> 'array') then false
        when p_payload ? 'choice' then coalesce(p_payload ->> 'choice', '') <> ''
        when p_payload ? 'choices' then p_payload -> 'choices' <> '[]'
        when p_payload ? 'value' then jsonb_typeof(p_payload -> 'value') = 'boolean'
        when p_payload ? 'gaps' then p_payload @? '$.gaps.* ? (@ like_regex "\\S")'
        when p_payload ? 'pairs' then p_payload @? '$.pairs.* ? (@ != "" && @ != null)'
        when p_payload ? 'order' then p_payload -> 'order' <> '[]'
        when p_payload ? 'text' then coalesce(p_payload ->> 'text', '') ~ '\S'
        else false end
$$;

-- One paper that cannot be graded does not keep the others waiting; it is counted as "ungraded".
create or replace function public.release_results(p_sitting uuid) returns jsonb
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
        perform academy.grade_safely(v_id);
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
            'needs_marking', count(*) filter (where r.needs_marking), 'released_at', v_now,
            'ungraded', (select count(*) from public.attempts a
                where a.sitting_id = p_sitting and a.state in ('submitted', 'collected')
                    and not exists (select from public.results u where u.attempt_id = a.id)))
        from public.results r where r.sitting_id = p_sitting);
end
$$;

-- A last number out of this world asks for no more work than a real one.
create or replace function public.submit(
    p_attempt uuid, p_lease int, p_last_seq int, p_chain_head text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts;
    v_sitting public.sittings;
    v_live academy.attempt_live;
    v_clock record;
    v_now timestamptz;
    v_missing jsonb := '[]';
begin
    v_attempt := academy.lock_own_attempt(p_attempt);
    if v_attempt.state <> 'submitted' then
        if p_lease is null or p_lease < 1 or p_lease > v_attempt.lease or p_last_seq is null
            or p_last_seq < 0 then
            perform academy.fail('ACADEMY_BAD_INPUT', 'A lease and the last number are needed.');
        elsif p_lease < v_attempt.lease then
            perform academy.fail('ACADEMY_FENCED', 'Another device has taken over this attempt.');
        elsif v_attempt.state = 'voided' then
            perform academy.fail('ACADEMY_CLOSED', 'This attempt was voided.');
        end if;
        select * into v_live from academy.attempt_live l where l.attempt_id = p_attempt;
        select * into v_sitting from public.sittings s where s.id = v_attempt.sitting_id;
        v_now := clock_timestamp();
        select * into v_clock from academy.attempt_clock(p_attempt, v_now);
        if p_last_seq > v_live.acked_seq then
            select coalesce(jsonb_agg(n.seq order by n.seq), '[]') into v_missing
            from (select g.seq from generate_series(v_live.acked_seq + 1,
                    least(p_last_seq, v_live.acked_seq + 100000)) g (seq)
                where not exists (select from public.attempt_ops o where o.attempt_id = p_attempt
                    and o.seq = g.seq and o.branch in ('main', 'late'))
                limit 1000) n;
        end if;
        if v_missing = '[]' then
            if p_last_seq = v_live.acked_seq and lower(coalesce(p_chain_head, '')) <> v_live.chain_head then
                perform academy.note_incident(p_attempt, 'chain_broken',
                    jsonb_build_object('at', 'submit', 'head', left(p_chain_head, 64)));
            end if;
            update public.attempts
            set state = 'submitted', submitted_at = v_now,
                on_time = state = 'active'
                    and v_now <= v_clock.effective_end + make_interval(secs => v_sitting.grace_s),
                receipt = academy.receipt_code(p_attempt, v_live.chain_head, v_now)
            where id = p_attempt
            returning * into v_attempt;
            update academy.attempt_live set last_seen = v_now, unsynced_since = null
            where attempt_id = p_attempt;
            perform academy.grade_safely(p_attempt);
            perform academy.touch(p_attempt, v_attempt.sitting_id);
        end if;
    end if;
    return jsonb_build_object('receipt', v_attempt.receipt, 'state', v_attempt.state,
        'submitted_at', v_attempt.submitted_at, 'on_time', v_attempt.on_time, 'missing', v_missing,
        'server_time', clock_timestamp());
end
$$;

-- An operation that was sent before is answered as it was answered then: who did not hear that it
-- went beside the main line must not take it for counted.
create or replace function public.push_ops(p_attempt uuid, p_lease int, p_ops jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts;
    v_sitting public.sittings;
    v_live academy.attempt_live;
    v_clock record;
    v_now timestamptz;
    v_branch text;
    v_flag text;
    v_results jsonb;
    v_stored boolean;
    v_main jsonb;
    v_top int;
    v_broken int[];
    v_acked int;
    v_head text;
    v_line record;
begin
    perform academy.check_batch(p_ops, 500);
    if octet_length(p_ops::text) > 2000000 then
        perform academy.fail('ACADEMY_LIMIT', 'At most 2 MB at a time.');
    end if;
    v_attempt := academy.lock_own_attempt(p_attempt);
    if p_lease is null or p_lease < 1 or p_lease > v_attempt.lease then
        perform academy.fail('ACADEMY_BAD_INPUT', 'This lease was never granted.');
    end if;
    select * into v_live from academy.attempt_live l where l.attempt_id = p_attempt;
    select * into v_sitting from public.sittings s where s.id = v_attempt.sitting_id;
    v_now := clock_timestamp();
    select * into v_clock from academy.attempt_clock(p_attempt, v_now);
    v_branch := case
        when p_lease < v_attempt.lease then 'fenced'
        when v_attempt.state <> 'active'
            or v_now > v_clock.effective_end + make_interval(secs => v_sitting.grace_s) then 'late'
        else 'main' end;
    v_flag := case when v_clock.locked then 'locked' when v_clock.paused then 'paused' end;

    with raw as materialized (
        select o.ord, o.e ->> 'op_id' as op_text, o.e ->> 'seq' as seq_text,
            left(coalesce(o.e ->> 'item_id', ''), 64) as item_id, o.e ->> 'kind' as kind,
            coalesce(o.e ->> 'body', (o.e -> 'payload')::text, 'null') as body,
            o.e ->> 'steady_us' as steady_text, left(o.e ->> 'wall', 64) as wall,
            lower(coalesce(o.e ->> 'prev_hash', '')) as prev_hash,
            lower(coalesce(o.e ->> 'hash', '')) as hash
        from jsonb_array_elements(p_ops) with ordinality o (e, ord)
    ), valid as materialized (
        select r.ord, r.op_text, r.op_text::uuid as op_id, r.seq_text::int as seq, r.item_id, r.kind,
            r.body, case when r.steady_text ~ '^-?\d{1,18}$' then r.steady_text::bigint end as steady_us,
            r.wall, r.prev_hash, r.hash,
            row_number() over (partition by r.op_text::uuid order by r.ord) as op_rank,
            row_number() over (partition by r.seq_text::int order by r.ord) as seq_rank
        from raw r
        where case when academy.is_uuid(r.op_text) and r.seq_text ~ '^[1-9]\d{0,8}$'
                and r.kind ~ '^[a-z_]{1,32}$' and r.hash ~ '^[0-9a-f]{64}$'
                and r.prev_hash ~ '^[0-9a-f]{64}$'
                and octet_length(r.body) <= 131072
            then true else false end
    ), placed as materialized (
        -- Looked up one by one: a plan made while the table was small must not read all of it later.
        select v.*,
            case when v_branch = 'fenced' then 'fenced'
                when v.seq_rank > 1 or (select s.seq from public.attempt_ops s
                    where s.attempt_id = p_attempt and s.seq = v.seq
                        and s.branch in ('main', 'late')) is not null then 'conflict'
                else v_branch end as branch,
            encode(sha256(convert_to(concat_ws(E'\n', v.prev_hash, v.op_text, v.seq, v.item_id, v.kind,
                v.body), 'UTF8')), 'hex') = v.hash as hash_ok
        from valid v
        where v.op_rank = 1
            and (select d.op_id from public.attempt_ops d
                where d.attempt_id = p_attempt and d.op_id = v.op_id) is null
    ), linked as materialized (
        select p.*,
            case
                when p.branch = 'fenced' then null
                when not p.hash_ok then false
                when p.seq = 1 then p.prev_hash = repeat('0', 64)
                when p.seq = v_live.acked_seq + 1 then p.prev_hash = v_live.chain_head
                else p.prev_hash = coalesce(b.hash, (select s.hash from public.attempt_ops s
                    where s.attempt_id = p_attempt and s.seq = p.seq - 1
                        and s.branch in ('main', 'late'))) end as chain_ok
        from placed p
        left join placed b on b.seq = p.seq - 1 and b.branch in ('main', 'late')
    ), stored as (
        insert into public.attempt_ops (attempt_id, op_id, seq, lease, branch, item_id, kind, body,
            payload, steady_us, client_wall, prev_hash, hash, chain_ok, flag, received_at)
        select p_attempt, l.op_id, l.seq, p_lease, l.branch, l.item_id, l.kind, l.body,
            academy.try_jsonb(l.body), l.steady_us, l.wall, l.prev_hash, l.hash, l.chain_ok, v_flag, v_now
        from linked l
        returning op_id, seq, branch, chain_ok, item_id, kind, payload
    )
    select
        coalesce(jsonb_agg(jsonb_build_object('op_id', r.op_text,
            'status', case
                when v.ord is null then 'rejected'
                when s.branch = 'main' then 'accepted'
                when k.branch is null or k.branch = 'main' then 'duplicate'
                when k.branch = 'conflict' then 'rejected'
                else k.branch end,
            'code', case
                when v.ord is null then 'ACADEMY_BAD_INPUT'
                when k.branch = 'fenced' then 'ACADEMY_FENCED'
                when k.branch = 'late' then 'ACADEMY_CLOSED'
                when k.branch = 'conflict' then 'ACADEMY_SEQ_TAKEN'
                when s.op_id is null then null
                when s.chain_ok is false then 'ACADEMY_CHAIN_BROKEN'
                when v_flag is not null then 'ACADEMY_' || upper(v_flag) end) order by r.ord), '[]'),
        coalesce(bool_or(s.op_id is not null), false),
        jsonb_agg(jsonb_build_object('item_id', s.item_id, 'kind', s.kind, 'seq', s.seq,
            'payload', s.payload)) filter (where s.branch = 'main'),
        max(s.seq) filter (where s.branch in ('main', 'late')),
        array_agg(s.seq order by s.seq) filter (where s.chain_ok is false)
    into v_results, v_stored, v_main, v_top, v_broken
    from raw r
    left join valid v on v.ord = r.ord
    left join stored s on s.op_id = v.op_id and v.op_rank = 1
    cross join lateral (select coalesce(s.branch, (select d.branch from public.attempt_ops d
        where d.attempt_id = p_attempt and d.op_id = v.op_id)) as branch) k;

    v_acked := v_live.acked_seq;
    v_head := v_live.chain_head;
    if v_top is not null then
        select max(w.seq) into v_acked
        from (select o.seq, row_number() over (order by o.seq) as place
            from public.attempt_ops o
            where o.attempt_id = p_attempt and o.branch in ('main', 'late')
                and o.seq > v_live.acked_seq) w
        where w.seq = v_live.acked_seq + w.place;
        v_acked := coalesce(v_acked, v_live.acked_seq);
        if v_acked > v_live.acked_seq then
            select o.hash into v_head from public.attempt_ops o
            where o.attempt_id = p_attempt and o.seq = v_acked and o.branch in ('main', 'late');
        end if;
        -- A hole that was filled: what waited behind it can be checked now.
        if v_acked > v_top then
            with checked as (
                update public.attempt_ops o set chain_ok = (o.prev_hash = b.hash)
                from public.attempt_ops b
                where o.attempt_id = p_attempt and o.chain_ok is null and o.branch in ('main', 'late')
                    and o.seq > v_live.acked_seq
                    and b.attempt_id = p_attempt and b.seq = o.seq - 1 and b.branch in ('main', 'late')
                returning o.seq, o.chain_ok)
            select v_broken || array_agg(c.seq) filter (where not c.chain_ok) into v_broken
            from checked c;
        end if;
    end if;
    if cardinality(v_broken) > 0 then
        perform academy.note_incident(p_attempt, 'chain_broken', jsonb_build_object('seqs', to_jsonb(v_broken)));
    end if;
    if v_main is not null then
        perform academy.fold_ops(p_attempt, v_main);
        select * into v_line from academy.items_line(p_attempt);
    else
        select v_live.items as items, v_live.answered as answered, v_live.flagged as flagged into v_line;
    end if;
    if v_stored or v_branch <> 'fenced' then
        update academy.attempt_live l
        set acked_seq = v_acked, chain_head = v_head, top_seq = greatest(l.top_seq, v_top, v_acked),
            items = v_line.items, answered = v_line.answered, flagged = v_line.flagged,
            last_seen = case when v_branch = 'fenced' then l.last_seen else v_now end,
            unsynced_since = case when greatest(l.top_seq, v_top, v_acked) > v_acked
                then coalesce(l.unsynced_since, v_now) end,
            version = academy.next_version(v_attempt.sitting_id)
        where l.attempt_id = p_attempt;
        perform academy.announce(v_attempt.sitting_id);
    end if;
    return jsonb_build_object('results', v_results, 'acked_seq', v_acked, 'chain_head', v_head,
        'lease', v_attempt.lease, 'server_time', v_now, 'effective_end', v_clock.effective_end,
        'paused', v_clock.paused,
        'state', academy.attempt_state(v_attempt.state, v_clock.paused, v_clock.locked,
            v_clock.effective_end, v_now));
end
$$;

-- The school's name for a person, as it was when they joined the class: what a student calls
-- themselves later must not exchange two people on the monitor or among the papers.
alter table public.class_members add column roster_name text;
update public.class_members m set roster_name = p.display_name
from public.profiles p where p.user_id = m.user_id;

create function academy.keep_roster_name() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    new.roster_name := coalesce(nullif(btrim(new.roster_name), ''),
        (select p.display_name from public.profiles p where p.user_id = new.user_id));
    return new;
end
$$;
create trigger keep_roster_name before insert on public.class_members
    for each row execute function academy.keep_roster_name();

create function academy.audit_rename() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    perform academy.audit('renamed', m.class_id, null, null,
        jsonb_build_object('user', new.user_id, 'from', old.display_name, 'to', new.display_name))
    from public.class_members m where m.user_id = new.user_id;
    return null;
end
$$;
create trigger audit_rename after update of display_name on public.profiles
    for each row when (old.display_name is distinct from new.display_name)
    execute function academy.audit_rename();
revoke all on function academy.keep_roster_name(), academy.audit_rename() from public;

create or replace function academy.monitor_rows(
    p_sitting uuid, p_since bigint, p_after timestamptz, p_now timestamptz) returns setof jsonb
language plpgsql stable set search_path = ''
as $$
begin
    return query
    select jsonb_build_object(
        'attempt_id', a.id,
        'student_id', a.student_id,
        'name', coalesce(m.roster_name, p.display_name, ''),
        'group', coalesce(m.seat_group, ''),
        'state', case
            when a.state = 'voided' then 'voided'
            when a.state = 'submitted' then 'submitted'
            when a.state = 'collected'
                or p_now > c.effective_end + make_interval(secs => s.grace_s) then 'collected_late'
            when f.conflict then 'conflict'
            when c.locked then 'locked'
            when c.paused then 'paused'
            -- Seen in a future that is none: the clock was set back, and nothing is known since.
            when p_now - l.last_seen > interval '35 s'
                or l.last_seen - p_now > interval '5 s' then 'offline'
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

create or replace function academy.monitor_answer(p_sitting uuid, p_since bigint) returns jsonb
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
            'attempt_id', null, 'student_id', m.user_id, 'name', coalesce(m.roster_name, p.display_name, ''),
            'group', m.seat_group, 'state', 'not_started', 'last_seen', null, 'rtt_ms', null,
            'answered', 0, 'flagged', 0, 'total', coalesce(cardinality(e.item_ids), 0),
            'items', repeat('.', coalesce(cardinality(e.item_ids), 0)), 'last_seq', 0, 'acked_seq', 0,
            'unsynced', 0, 'effective_end', null, 'paused', false, 'locked', false,
            'submitted_at', null, 'on_time', null, 'incidents', 0, 'last_incident', null,
            'last_incident_at', null, 'lease_conflict', false, 'focus', true, 'item_id', null,
            'version', 0) order by coalesce(m.roster_name, p.display_name)), '[]') into v_rows
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

create or replace function public.marking_queue(p_sitting uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_sitting public.sittings := academy.proctored_sitting(p_sitting);
begin
    return (select coalesce(jsonb_agg(jsonb_build_object('attempt_id', a.id, 'student_id', a.student_id,
            'name', coalesce(n.roster_name, p.display_name), 'item_id', i.item ->> 'id', 'max', (i.item ->> 'points')::numeric,
            'answer', t.payload, 'points', m.points, 'comment', m.comment)
            order by coalesce(n.roster_name, p.display_name), i.item ->> 'id'), '[]')
        from public.attempts a
        join public.exams e on e.id = v_sitting.exam_id
        cross join lateral jsonb_path_query(e.paper, '$.sections[*].items[*]') i (item)
        join academy.attempt_items t on t.attempt_id = a.id and t.item_id = i.item ->> 'id' and t.answered
        left join public.profiles p on p.user_id = a.student_id
        left join public.class_members n on n.class_id = v_sitting.class_id and n.user_id = a.student_id
        left join public.marks m on m.attempt_id = a.id and m.item_id = i.item ->> 'id'
        where a.sitting_id = p_sitting and a.state <> 'active'
            and academy.is_open_type(i.item ->> 'type'));
end
$$;

-- A clock that was set back must not silence the monitor until it has caught up.
create or replace function academy.announce(p_sitting uuid) returns void
language plpgsql set search_path = ''
as $$
declare
    v_now timestamptz := clock_timestamp();
    v_pulse academy.sitting_pulse;
    v_rows jsonb;
begin
    select * into v_pulse from academy.sitting_pulse p where p.sitting_id = p_sitting;
    if v_now between v_pulse.sent_at - interval '5 s' and v_pulse.sent_at + interval '1 s' then
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

-- What an exam adds to progress can be turned back into its score: it waits for the release, unless
-- the sitting says otherwise.
alter table public.sittings alter column hold_progress set default true;

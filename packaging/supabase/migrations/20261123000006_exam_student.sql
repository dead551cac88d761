-- SPDX-License-Identifier: GPL-3.0-or-later
-- The student's side of an evening: start, push operations, beat, hand in, report.
--
-- Locks are always taken in one order: the attempt's live row first, the sitting's pulse last.

-- The caller's own attempt, its live row locked. Somebody else's attempt does not exist.
create function academy.lock_own_attempt(p_attempt uuid) returns public.attempts
language plpgsql set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_attempt public.attempts;
begin
    perform from academy.attempt_live l
    where l.attempt_id = p_attempt and l.student_id = v_uid for update;
    if not found then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such attempt.');
    end if;
    select * into v_attempt from public.attempts a where a.id = p_attempt;
    return v_attempt;
end
$$;

-- One character per item in paper order, with the counts: . unseen, s seen, a answered, f flagged.
create function academy.items_line(
    p_attempt uuid, out items text, out answered int, out flagged int)
language plpgsql stable set search_path = ''
as $$
begin
    select
        coalesce(string_agg(case when i.flagged then 'f' when i.answered then 'a'
            when i.seen then 's' else '.' end, '' order by i.place), ''),
        count(*) filter (where i.answered),
        count(*) filter (where i.flagged)
    into items, answered, flagged
    from academy.attempt_items i where i.attempt_id = p_attempt;
end
$$;

-- Folds operations [{item_id, kind, seq, payload}] into the answers; a later number wins whatever
-- arrives first. Items that the paper does not have are passed over.
create function academy.fold_ops(p_attempt uuid, p_ops jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
    with op as materialized (
        select o.e ->> 'item_id' as item_id, o.e ->> 'kind' as kind, (o.e -> 'seq')::int as seq,
            nullif(o.e -> 'payload', 'null') as payload
        from jsonb_array_elements(p_ops) o (e)
        where o.e ->> 'kind' in ('answer', 'flag', 'unflag', 'visit')
    ), folded as materialized (
        select op.item_id,
            (array_agg(op.payload order by op.seq desc) filter (where op.kind = 'answer'))[1] as payload,
            coalesce(max(op.seq) filter (where op.kind = 'answer'), 0) as answer_seq,
            (array_agg(op.kind order by op.seq desc) filter (where op.kind <> 'answer'
                and op.kind <> 'visit'))[1] = 'flag' as flagged,
            coalesce(max(op.seq) filter (where op.kind in ('flag', 'unflag')), 0) as flag_seq
        from op group by op.item_id
    )
    update academy.attempt_items t set
        seen = true,
        payload = case when f.answer_seq > t.answer_seq then f.payload else t.payload end,
        answered = case when f.answer_seq > t.answer_seq
            then academy.is_answered(f.payload) else t.answered end,
        answer_seq = greatest(t.answer_seq, f.answer_seq),
        flagged = case when f.flag_seq > t.flag_seq then f.flagged else t.flagged end,
        flag_seq = greatest(t.flag_seq, f.flag_seq)
    from folded f
    where t.attempt_id = p_attempt and t.item_id = f.item_id;
end
$$;

-- Makes the folds of an attempt anew from its facts.
create function academy.refold_attempt(p_attempt uuid) returns void
language plpgsql set search_path = ''
as $$
begin
    update academy.attempt_items t
    set seen = false, answered = false, payload = null, answer_seq = 0, flagged = false, flag_seq = 0
    where t.attempt_id = p_attempt;
    perform academy.fold_ops(p_attempt, coalesce((
        select jsonb_agg(jsonb_build_object('item_id', o.item_id, 'kind', o.kind, 'seq', o.seq,
            'payload', o.payload))
        from public.attempt_ops o where o.attempt_id = p_attempt and o.branch = 'main'), '[]'));
    update academy.attempt_live l
    set items = n.items, answered = n.answered, flagged = n.flagged
    from academy.items_line(p_attempt) n
    where l.attempt_id = p_attempt;
end
$$;

-- Adds incidents of the server's own and counts them; the caller holds the live row.
create function academy.note_incident(p_attempt uuid, p_kind text, p_details jsonb) returns void
language sql set search_path = ''
as $$
    insert into public.incidents (attempt_id, kind, details) values (p_attempt, p_kind, p_details);
    update academy.attempt_live
    set incidents = incidents + 1, last_incident = p_kind, last_incident_at = clock_timestamp()
    where attempt_id = p_attempt;
$$;

create function academy.touch(p_attempt uuid, p_sitting uuid) returns void
language plpgsql set search_path = ''
as $$
begin
    update academy.attempt_live set version = academy.next_version(p_sitting)
    where attempt_id = p_attempt;
    perform academy.announce(p_sitting);
end
$$;

-- Hands the attempt to another device. What the old one sent beyond a hole is set aside, so that the
-- new one goes on from the last number that is whole.
create function academy.move_lease(p_attempt uuid, p_device uuid) returns void
language plpgsql set search_path = ''
as $$
begin
    update public.attempts set lease = lease + 1, device = p_device where id = p_attempt;
    update public.attempt_ops o set branch = 'fenced'
    from academy.attempt_live l
    where l.attempt_id = p_attempt and o.attempt_id = p_attempt
        and o.branch in ('main', 'late') and o.seq > l.acked_seq;
    if found then
        perform academy.refold_attempt(p_attempt);
    end if;
    update academy.attempt_live
    set asking_device = null, asked_at = null, top_seq = acked_seq, unsynced_since = null
    where attempt_id = p_attempt;
end
$$;

create function academy.attempt_answer(p_attempt uuid) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'attempt_id', a.id,
        'lease', a.lease,
        'state', academy.attempt_state(a.state, c.paused, c.locked, c.effective_end, n.now),
        'paused', c.paused,
        'server_time', n.now,
        'started_at', a.started_at,
        'base_seconds', a.base_seconds,
        'effective_end', c.effective_end,
        'acked_seq', l.acked_seq,
        'chain_head', l.chain_head,
        'receipt', a.receipt,
        'submitted_at', a.submitted_at,
        'cmd_cursor', coalesce((select max(k.command_id) from public.command_acks k
            where k.attempt_id = a.id and k.acked_at is not null), 0),
        'paper', e.paper || jsonb_build_object('exam_id', e.id, 'title', e.title),
        'answers', coalesce((select jsonb_object_agg(i.item_id, i.payload)
            from academy.attempt_items i where i.attempt_id = a.id and i.payload is not null), '{}'),
        'flagged', coalesce((select jsonb_agg(i.item_id)
            from academy.attempt_items i where i.attempt_id = a.id and i.flagged), '[]'))
    from public.attempts a
    join academy.attempt_live l on l.attempt_id = a.id
    join public.sittings s on s.id = a.sitting_id
    join public.exams e on e.id = s.exam_id
    cross join (select clock_timestamp() as now) n
    cross join lateral academy.attempt_clock(a.id, n.now) c
    where a.id = p_attempt
$$;

-- Begins or resumes the caller's attempt and grants this device the lease. While another device was
-- heard of in the last 35 s the answer is an error body with status 409, returned and not raised:
-- the request for the lease must be kept for the teacher. With p_takeover the request also rings.
create function public.start_attempt(
    p_sitting uuid, p_device uuid, p_takeover boolean default false) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_now timestamptz;
    v_sitting public.sittings;
    v_attempt public.attempts;
    v_live academy.attempt_live;
    v_items text[];
begin
    if p_device is null then
        perform academy.fail('ACADEMY_BAD_INPUT', 'A device id is needed.');
    end if;
    select * into v_sitting from public.sittings s where s.id = p_sitting;
    if not found or not academy.is_student(v_sitting.class_id) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such sitting.');
    end if;
    perform pg_advisory_xact_lock(hashtextextended(p_sitting::text || v_uid::text, 1));
    select l.* into v_live from academy.attempt_live l
    join public.attempts a on a.id = l.attempt_id
    where a.sitting_id = p_sitting and a.student_id = v_uid for update of l;

    if not found then
        -- Against a closing that commits meanwhile.
        select * into v_sitting from public.sittings s where s.id = p_sitting for share;
        v_now := clock_timestamp();
        if v_sitting.state <> 'open' or v_now >= v_sitting.closes_at then
            perform academy.fail('ACADEMY_NOT_OPEN', 'This sitting is not open.');
        end if;
        insert into public.attempts (sitting_id, student_id, device, started_at, base_seconds)
        values (p_sitting, v_uid, p_device, v_now, greatest(1,
            least(v_sitting.duration_s, ceil(extract(epoch from v_sitting.closes_at - v_now)))::int))
        returning * into v_attempt;
        select e.item_ids into v_items from public.exams e where e.id = v_sitting.exam_id;
        insert into academy.attempt_live
            (attempt_id, sitting_id, student_id, last_seen, total, items)
        values (v_attempt.id, p_sitting, v_uid, v_now, cardinality(v_items),
            repeat('.', cardinality(v_items)));
        insert into academy.attempt_items (attempt_id, item_id, place)
        select v_attempt.id, i, place from unnest(v_items) with ordinality k (i, place);
        perform academy.touch(v_attempt.id, p_sitting);
        return academy.attempt_answer(v_attempt.id);
    end if;

    select * into v_attempt from public.attempts a where a.id = v_live.attempt_id;
    v_now := clock_timestamp();
    if v_attempt.device = p_device or v_attempt.state <> 'active' then
        update academy.attempt_live set last_seen = v_now where attempt_id = v_attempt.id;
    elsif v_live.last_seen > v_now - interval '35 s' then
        update academy.attempt_live set asking_device = p_device, asked_at = v_now
        where attempt_id = v_attempt.id;
        if p_takeover then
            perform academy.note_incident(v_attempt.id, 'takeover_request', '{}');
        end if;
        perform academy.touch(v_attempt.id, p_sitting);
        perform set_config('response.status', '409', true);
        return jsonb_build_object('code', 'PT409', 'message', 'ACADEMY_LEASE_TAKEN',
            'details', 'Another device is working on this attempt; the teacher has been asked.',
            'hint', null);
    else
        perform academy.move_lease(v_attempt.id, p_device);
        update academy.attempt_live set last_seen = v_now where attempt_id = v_attempt.id;
        perform academy.audit('lease_moved', v_sitting.class_id, p_sitting, v_attempt.id,
            jsonb_build_object('lease', v_attempt.lease + 1));
    end if;
    perform academy.touch(v_attempt.id, p_sitting);
    return academy.attempt_answer(v_attempt.id);
end
$$;

-- Stores a batch. Every operation that has an id and a number is kept, whatever else is wrong with
-- the moment or the device; the answer says for each where it went.
create function public.push_ops(p_attempt uuid, p_lease int, p_ops jsonb) returns jsonb
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
                when v.op_rank > 1 or s.op_id is null then 'duplicate'
                when s.branch = 'main' then 'accepted'
                when s.branch = 'conflict' then 'rejected'
                else s.branch end,
            'code', case
                when v.ord is null then 'ACADEMY_BAD_INPUT'
                when v.op_rank > 1 or s.op_id is null then null
                when s.branch = 'fenced' then 'ACADEMY_FENCED'
                when s.branch = 'late' then 'ACADEMY_CLOSED'
                when s.branch = 'conflict' then 'ACADEMY_SEQ_TAKEN'
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
    left join stored s on s.op_id = v.op_id and v.op_rank = 1;

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

create function public.beat(p_attempt uuid, p_lease int, p_beat jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts;
    v_clock record;
    v_now timestamptz;
    v_live academy.attempt_live;
    v_beat jsonb := case when jsonb_typeof(p_beat) = 'object' then p_beat else '{}' end;
    v_last int := case when v_beat ->> 'last_seq' ~ '^\d{1,9}$' then (v_beat ->> 'last_seq')::int else 0 end;
    v_cursor bigint := case when v_beat ->> 'cmd_cursor' ~ '^\d{1,18}$'
        then (v_beat ->> 'cmd_cursor')::bigint else 0 end;
    v_acks bigint[];
    v_commands jsonb;
begin
    v_attempt := academy.lock_own_attempt(p_attempt);
    if p_lease is null or p_lease < 1 or p_lease > v_attempt.lease then
        perform academy.fail('ACADEMY_BAD_INPUT', 'This lease was never granted.');
    elsif p_lease < v_attempt.lease then
        perform academy.fail('ACADEMY_FENCED', 'Another device has taken over this attempt.');
    end if;
    if jsonb_typeof(v_beat -> 'acks') = 'array' and v_beat -> 'acks' <> '[]' then
        v_acks := array(select a::bigint from jsonb_array_elements_text(v_beat -> 'acks') a
            where a ~ '^\d{1,18}$');
        update public.command_acks k
        set acked_at = clock_timestamp(), delivered_at = coalesce(k.delivered_at, clock_timestamp())
        where k.attempt_id = p_attempt and k.command_id = any (v_acks) and k.acked_at is null;
    end if;
    select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'payload', c.payload,
        'issued_at', c.issued_at) order by c.id), '[]') into v_commands
    from (select k.command_id from public.command_acks k
        where k.attempt_id = p_attempt and k.command_id > v_cursor
        order by k.command_id limit 50) n
    join public.commands c on c.id = n.command_id;
    if v_commands <> '[]' then
        update public.command_acks k set delivered_at = clock_timestamp()
        where k.attempt_id = p_attempt and k.command_id > v_cursor and k.delivered_at is null
            and k.command_id <= (v_commands -> -1 ->> 'id')::bigint;
    end if;
    v_now := clock_timestamp();
    select * into v_clock from academy.attempt_clock(p_attempt, v_now);
    update academy.attempt_live l
    set last_seen = v_now,
        rtt_ms = case when v_beat ->> 'rtt_ms' ~ '^\d{1,7}(\.\d+)?$'
            then (v_beat ->> 'rtt_ms')::numeric::int else l.rtt_ms end,
        focus = case when jsonb_typeof(v_beat -> 'focus') = 'boolean'
            then (v_beat -> 'focus')::boolean else l.focus end,
        item_id = left(coalesce(v_beat ->> 'item_id', l.item_id), 64),
        app_state = left(coalesce(v_beat ->> 'app_state', l.app_state), 32),
        top_seq = greatest(l.top_seq, v_last, l.acked_seq),
        unsynced_since = case when greatest(l.top_seq, v_last) > l.acked_seq
            then coalesce(l.unsynced_since, v_now) end,
        version = academy.next_version(v_attempt.sitting_id)
    where l.attempt_id = p_attempt
    returning l.* into v_live;
    perform academy.announce(v_attempt.sitting_id);
    return jsonb_build_object(
        'server_time', v_now,
        'effective_end', v_clock.effective_end,
        'state', academy.attempt_state(v_attempt.state, v_clock.paused, v_clock.locked,
            v_clock.effective_end, v_now),
        'acked_seq', v_live.acked_seq,
        'chain_head', v_live.chain_head,
        'paused', v_clock.paused,
        'commands', v_commands,
        'next_beat_ms', case when v_attempt.state <> 'active' then 30000
            when v_now - v_live.last_incident_at < interval '60 s' then 5000 else 10000 end);
end
$$;

-- A code a person can read out; bound to the attempt, its chain and the moment.
create function academy.receipt_code(p_attempt uuid, p_head text, p_at timestamptz) returns text
language sql stable set search_path = ''
as $$
    select regexp_replace(upper(substr(encode(extensions.hmac(
        convert_to(concat_ws(E'\n', p_attempt, p_head, extract(epoch from p_at)), 'UTF8'),
        decode(academy.setting('receipt_key') #>> '{}', 'hex'), 'sha256'), 'hex'), 1, 16)),
        '(.{4})(?=.)', '\1-', 'g')
$$;

-- Marks an attempt; a paper that cannot be marked must not undo the hand-in.
create function academy.grade_safely(p_attempt uuid) returns void
language plpgsql set search_path = ''
as $$
begin
    perform academy.grade(p_attempt);
exception when others then
    perform academy.note_incident(p_attempt, 'grading_failed', jsonb_build_object('error', sqlerrm));
end
$$;

create function public.submit(
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
            from (select g.seq from generate_series(v_live.acked_seq + 1, p_last_seq) g (seq)
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

-- [{id uuid, kind, at, details}]: signals for the teacher, never a penalty.
create function public.report_incident(p_attempt uuid, p_incidents jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts;
    v_accepted jsonb;
    v_count int;
    v_last text;
begin
    perform academy.check_batch(p_incidents, 100);
    v_attempt := academy.lock_own_attempt(p_attempt);
    if (select count(*) from public.incidents i where i.attempt_id = p_attempt) > 5000 then
        perform academy.fail('ACADEMY_LIMIT', 'Too many reports for one attempt.');
    end if;
    with raw as materialized (
        select o.ord, o.e ->> 'id' as id, o.e ->> 'kind' as kind,
            coalesce(o.e -> 'details', o.e -> 'payload', '{}') as details,
            coalesce(o.e ->> 'at', o.e ->> 'wall') as at
        from jsonb_array_elements(p_incidents) with ordinality o (e, ord)
        where o.e ->> 'kind' in ('focus_loss', 'paste', 'clock_jump', 'second_screen', 'chain_broken')
    ), stored as (
        insert into public.incidents (attempt_id, client_id, kind, details, client_at)
        select p_attempt, case when academy.is_uuid(r.id) then r.id::uuid end, r.kind,
            case when length(r.details::text) <= 4000 then r.details else '{}' end, left(r.at, 64)
        from raw r order by r.ord
        on conflict do nothing
        returning client_id, kind, id
    )
    select coalesce(jsonb_agg(s.client_id) filter (where s.client_id is not null), '[]'), count(*),
        (array_agg(s.kind order by s.id desc))[1]
    into v_accepted, v_count, v_last
    from stored s;
    if v_count > 0 then
        update academy.attempt_live
        set incidents = incidents + v_count, last_incident = v_last, last_incident_at = clock_timestamp()
        where attempt_id = p_attempt;
        perform academy.touch(p_attempt, v_attempt.sitting_id);
    end if;
    return jsonb_build_object('accepted', v_accepted, 'stored', v_count);
end
$$;

create function public.student_home() returns jsonb
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
                'result', case when r.released_at is not null then academy.result_row(r) end)
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

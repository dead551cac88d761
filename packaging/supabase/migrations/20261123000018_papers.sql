-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is left for a teacher when a sitting is over: essays to be marked by criteria, words that came
-- after the end, words of a second device that were kept aside.

-- {criterion: {"band": 0..5, "words": "…"}}; empty for a mark of before, or of points alone.
alter table public.marks add column criteria jsonb not null default '{}';

-- What was decided about the words of another device. A newer operation asks again.
create table academy.aside_decisions (
    attempt_id uuid not null references public.attempts (id) on delete cascade,
    item_id text not null,
    op_id uuid not null,
    taken boolean not null,
    decided_by uuid,
    decided_at timestamptz not null default clock_timestamp(),
    primary key (attempt_id, item_id, op_id)
);
alter table academy.aside_decisions enable row level security;

-- The newest answer of each item on one branch.
create function academy.newest_answers(p_attempt uuid, p_branch text)
returns table (item_id text, op_id uuid, payload jsonb, body text, received_at timestamptz)
language sql stable set search_path = ''
as $$
    select distinct on (o.item_id) o.item_id, o.op_id, nullif(o.payload, 'null'), o.body, o.received_at
    from public.attempt_ops o
    where o.attempt_id = p_attempt and o.branch = p_branch and o.kind = 'answer'
    order by o.item_id, o.lease desc, o.seq desc, o.received_at desc
$$;

-- An answer that counts by a teacher's decision: one more operation behind the others, with a number
-- that no device uses.
create function academy.append_decided(
    p_attempt public.attempts, p_item text, p_body text, p_payload jsonb, p_flag text) returns void
language plpgsql set search_path = ''
as $$
declare
    v_id uuid := gen_random_uuid();
    v_last public.attempt_ops;
    v_seq int;
    v_previous text;
begin
    select * into v_last from public.attempt_ops o
    where o.attempt_id = p_attempt.id and o.branch in ('main', 'late') order by o.seq desc limit 1;
    v_seq := greatest(1000000000, coalesce(v_last.seq, 0) + 1);
    v_previous := coalesce(v_last.hash, repeat('0', 64));
    insert into public.attempt_ops (attempt_id, op_id, seq, lease, branch, item_id, kind, body, payload,
        prev_hash, hash, chain_ok, flag)
    values (p_attempt.id, v_id, v_seq, p_attempt.lease, 'main', p_item, 'answer', p_body, p_payload,
        v_previous, encode(sha256(convert_to(concat_ws(E'\n', v_previous, v_id::text, v_seq::text,
            p_item, 'answer', p_body), 'UTF8')), 'hex'), true, p_flag);
end
$$;

create function public.sitting_papers(p_sitting uuid) returns jsonb
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
            select a.id, a.student_id, coalesce(m.roster_name, p.display_name) as name
            from public.attempts a
            left join public.class_members m on m.class_id = v_sitting.class_id and m.user_id = a.student_id
            left join public.profiles p on p.user_id = a.student_id
            where a.sitting_id = p_sitting and a.state in ('submitted', 'collected')
        )
        select jsonb_build_object('sitting', academy.sitting_row(v_sitting), 'papers', coalesce(jsonb_agg(
            jsonb_build_object('attempt_id', w.id, 'student_id', w.student_id, 'name', w.name,
                'open', w.open, 'late', w.late, 'aside', w.aside) order by w.name, w.id)
            filter (where w.open <> '[]' or w.late <> '[]' or w.aside <> '[]'), '[]'))
        from (select paper.*,
            (select coalesce(jsonb_agg(jsonb_build_object('item', i.item, 'answer', t.payload,
                    'points', k.points, 'comment', k.comment, 'criteria', k.criteria,
                    'marked_at', k.marked_at) order by i.place), '[]')
                from item i
                join academy.attempt_items t on t.attempt_id = paper.id and t.item_id = i.id and t.answered
                left join public.marks k on k.attempt_id = paper.id and k.item_id = i.id
                where academy.is_open_type(i.item ->> 'type')) as open,
            (select coalesce(jsonb_agg(jsonb_build_object('item', i.item, 'answer', n.payload,
                    'counted', t.payload, 'received_at', n.received_at) order by i.place), '[]')
                from academy.newest_answers(paper.id, 'late') n
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

-- Bands of all four criteria make the points: all five are the item's maximum. `p_seen` is when the
-- mark was given that the teacher sees, nothing when there is none: a colleague's later one stands.
create function public.mark_essay(p_attempt uuid, p_item text, p_criteria jsonb,
    p_comment text default '', p_seen timestamptz default null) returns jsonb
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
    update public.marks m set criteria = p_criteria where m.attempt_id = p_attempt and m.item_id = p_item;
    return v_row;
end
$$;

-- What a device sent that no longer held the paper counts, or does not; what was sent stays as it
-- was. A mark that was given to other words is taken back.
create function public.decide_aside(
    p_attempt uuid, p_item text, p_op uuid, p_take boolean, p_reason text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
    v_op public.attempt_ops;
    v_taken boolean;
begin
    if v_attempt.state = 'active' then
        perform academy.fail('ACADEMY_NOT_OPEN', 'This attempt is still being written.');
    end if;
    perform pg_advisory_xact_lock(hashtextextended(p_attempt::text, 18));
    select * into v_op from public.attempt_ops o where o.attempt_id = p_attempt and o.op_id = p_op
        and o.item_id = p_item and o.branch = 'fenced' and o.kind = 'answer';
    if v_op.op_id is null or p_take is null then
        perform academy.fail('ACADEMY_NOT_FOUND', 'There is no such answer aside.');
    end if;
    select d.taken into v_taken from academy.aside_decisions d
    where d.attempt_id = p_attempt and d.item_id = p_item and d.op_id = p_op;
    if v_taken <> p_take then
        perform academy.fail('ACADEMY_DECIDED', 'Somebody else has decided otherwise meanwhile.');
    elsif v_taken is not null then
        return (select academy.result_row(r) from public.results r where r.attempt_id = p_attempt);
    end if;
    insert into academy.aside_decisions (attempt_id, item_id, op_id, taken, decided_by)
    values (p_attempt, p_item, p_op, p_take, auth.uid());
    if p_take then
        perform academy.append_decided(v_attempt, p_item, v_op.body, v_op.payload, 'aside');
    end if;
    perform academy.audit('decide_aside', academy.sitting_class(v_attempt.sitting_id),
        v_attempt.sitting_id, p_attempt, jsonb_build_object('item', p_item, 'op', p_op, 'taken', p_take,
            'reason', left(coalesce(p_reason, ''), 2000)));
    if p_take then
        delete from public.marks m where m.attempt_id = p_attempt and m.item_id = p_item;
        perform academy.refold_attempt(p_attempt);
        perform academy.grade(p_attempt);
        perform academy.touch(p_attempt, v_attempt.sitting_id);
    end if;
    return (select academy.result_row(r) from public.results r where r.attempt_id = p_attempt);
end
$$;

-- What came late counts; a mark that was given to other words is taken back.
create or replace function public.accept_late(p_attempt uuid, p_reason text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts := academy.proctored_attempt(p_attempt);
    v_late record;
    v_count int;
begin
    if v_attempt.state = 'active' then
        perform academy.fail('ACADEMY_NOT_OPEN', 'This attempt is still being written.');
    end if;
    delete from public.marks m using academy.newest_answers(p_attempt, 'late') n, academy.attempt_items t
    where m.attempt_id = p_attempt and m.item_id = n.item_id and t.attempt_id = p_attempt
        and t.item_id = n.item_id and n.payload is distinct from t.payload;
    for v_late in select n.* from academy.newest_answers(p_attempt, 'late') n
        where exists (select from public.attempt_ops o where o.attempt_id = p_attempt
            and o.item_id = n.item_id and o.branch = 'main' and o.flag = 'aside')
    loop
        perform academy.append_decided(v_attempt, v_late.item_id, v_late.body,
            coalesce(v_late.payload, 'null'), 'late');
    end loop;
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

revoke all on academy.aside_decisions from public, anon, authenticated;
revoke all on function academy.newest_answers(uuid, text),
    academy.append_decided(public.attempts, text, text, jsonb, text), public.sitting_papers(uuid),
    public.mark_essay(uuid, text, jsonb, text, timestamptz),
    public.decide_aside(uuid, text, uuid, boolean, text)
    from public, anon, authenticated;
grant execute on function public.sitting_papers(uuid), public.mark_essay(uuid, text, jsonb, text, timestamptz),
    public.decide_aside(uuid, text, uuid, boolean, text) to authenticated;

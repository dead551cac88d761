-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whether the tutor may be asked stands on the paper a student is given, so that their program knows
-- it as long as it knows the attempt, also without a network.

create or replace function academy.attempt_answer(p_attempt uuid) returns jsonb
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
        'paper', e.paper || jsonb_build_object(
            'exam_id', e.id, 'title', e.title, 'tutor_allowed', e.tutor_allowed),
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

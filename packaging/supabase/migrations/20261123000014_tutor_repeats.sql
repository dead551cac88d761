-- SPDX-License-Identifier: GPL-3.0-or-later
-- A question whose answer was lost on its way may be put again, with the same request id and the very
-- same words, and is paid for once: of the tries the dearest counts. The academy's own budget counts
-- every try, for the provider does.

alter table public.usage add column question text check (length(question) <= 64);
-- The first try of the same question.
alter table public.usage add column repeats uuid references public.usage (id) on delete cascade;
create index usage_repeats_idx on public.usage (repeats) where repeats is not null;

drop index public.usage_request_idx;
create unique index usage_request_idx on public.usage (user_id, request_id)
    where request_id is not null and repeats is null
        and (settled_at is null or input_tokens + output_tokens > 0);

create or replace function academy.tutor_budget(p_user uuid, p_now timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'requests_per_minute', l.requests_per_minute,
        'tokens_per_day', l.tokens_per_day,
        'micros_per_day', l.micros_per_day,
        'requests_left', greatest(0, l.requests_per_minute - u.requests),
        'tokens_left', greatest(0, l.tokens_per_day - u.tokens),
        'micros_left', greatest(0, l.micros_per_day - u.micros),
        'minute_resets_at', coalesce(u.oldest + interval '1 min', p_now),
        'day_resets_at', (date_trunc('day', p_now at time zone 'utc') + interval '1 day') at time zone 'utc')
    from (
        select * from public.limits x where x.user_id = p_user or x.user_id is null
        order by x.user_id nulls last limit 1) l
    cross join lateral (
        select count(*) filter (where q.admitted_at > p_now - interval '1 min') as requests,
            min(q.admitted_at) filter (where q.admitted_at > p_now - interval '1 min') as oldest,
            coalesce(sum(q.tokens) filter (where today), 0) as tokens,
            coalesce(sum(q.micros) filter (where today), 0) as micros
        from (
            select min(x.admitted_at) as admitted_at,
                max(coalesce(x.input_tokens + x.output_tokens, x.estimated_tokens)) as tokens,
                max(coalesce(x.cost_micros, x.estimated_micros)) as micros
            from public.usage x
            where x.user_id = p_user and x.admitted_at > p_now - interval '25 hours'
            group by coalesce(x.repeats, x.id)) q
        cross join lateral (select academy.utc_day(q.admitted_at) = academy.utc_day(p_now) as today) d) u
$$;

-- As before, and p_question tells one question from another: whatever the relay makes of its words. A
-- request id that is known is admitted again for the same question, within ten minutes and twice at
-- most; its budget was taken the first time.
drop function public.tutor_admit(uuid, int, uuid, text[], text, int);
create function public.tutor_admit(
    p_conversation uuid, p_estimate int, p_request uuid default null, p_providers text[] default null,
    p_model text default null, p_output int default null, p_question text default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_now timestamptz;
    v_budget jsonb;
    v_model public.tutor_models;
    v_first public.usage;
    v_again boolean;
    v_output int := coalesce(p_output, p_estimate);
    v_tokens int;
    v_micros bigint;
    v_id uuid;
    v_reason text;
    v_retry timestamptz;
begin
    if p_estimate is null or p_estimate < 0 or p_estimate > 1000000 or v_output not between 0 and p_estimate
        or length(p_question) > 64 then
        perform academy.fail('ACADEMY_BAD_INPUT', 'An estimate is needed.');
    end if;
    if exists (select from public.conversations c
        where c.id = p_conversation and c.user_id <> v_uid) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such conversation.');
    end if;
    select * into v_model from public.tutor_models m
    where m.allowed and (p_providers is null or m.provider = any (p_providers))
        and (p_model is null or m.model = p_model)
    order by m.rank, m.provider, m.model limit 1;
    v_tokens := p_estimate - v_output + least(v_output, v_model.max_output_tokens);
    v_micros := academy.tutor_cost(
        v_model, p_estimate - v_output, 0, least(v_output, v_model.max_output_tokens));

    -- One request of a person at a time from here on.
    perform pg_advisory_xact_lock(hashtextextended(v_uid::text, 3));
    v_now := clock_timestamp();
    v_budget := academy.tutor_budget(v_uid, v_now);
    select * into v_first from public.usage u
    where u.user_id = v_uid and u.request_id = p_request and u.repeats is null
        and (u.settled_at is null or u.input_tokens + u.output_tokens > 0);
    v_again := v_first.question = p_question and v_first.estimated_tokens >= v_tokens
        and v_first.admitted_at > v_now - interval '10 min'
        and (select count(*) < 2 from public.usage u where u.repeats = v_first.id);
    if exists (
        select from public.attempts a
        join public.sittings s on s.id = a.sitting_id
        join public.exams e on e.id = s.exam_id and not e.tutor_allowed
        cross join lateral academy.attempt_clock(a.id, v_now) c
        where a.student_id = v_uid and a.state = 'active' and v_now < c.effective_end) then
        v_reason := 'exam_running';
    elsif v_model.model is null then
        v_reason := case when p_model is null then 'no_model' else 'model_not_allowed' end;
    elsif v_first.id is not null and v_again is not true then
        v_reason := 'duplicate';
    elsif v_first.id is null and (v_budget ->> 'requests_left')::int < 1 then
        v_reason := 'requests_per_minute';
        v_retry := (v_budget ->> 'minute_resets_at')::timestamptz;
    elsif v_first.id is null and (v_budget ->> 'tokens_left')::bigint < v_tokens then
        v_reason := 'tokens_per_day';
        v_retry := (v_budget ->> 'day_resets_at')::timestamptz;
    elsif v_first.id is null and (v_budget ->> 'micros_left')::bigint < v_micros then
        v_reason := 'money_per_day';
        v_retry := (v_budget ->> 'day_resets_at')::timestamptz;
    elsif not academy.tutor_draw(academy.utc_day(v_now), v_tokens, v_micros, false) then
        v_reason := 'academy_per_day';
        v_retry := (v_budget ->> 'day_resets_at')::timestamptz;
    end if;
    if v_reason is not null then
        return jsonb_build_object('allowed', false,
            'code', case v_reason
                when 'exam_running' then 'ACADEMY_FORBIDDEN'
                when 'model_not_allowed' then 'ACADEMY_FORBIDDEN'
                when 'no_model' then 'ACADEMY_NOT_FOUND'
                when 'duplicate' then 'ACADEMY_DUPLICATE'
                else 'ACADEMY_LIMIT' end,
            'reason', v_reason,
            'retry_after_ms', ceil(greatest(0, extract(epoch from v_retry - v_now)) * 1000),
            'budget', v_budget);
    end if;
    insert into public.usage (user_id, conversation_id, request_id, question, repeats, provider, model,
        estimated_tokens, estimated_micros, admitted_at)
    values (v_uid, p_conversation, p_request, p_question, v_first.id, v_model.provider, v_model.model,
        v_tokens, v_micros, v_now)
    returning id into v_id;
    return jsonb_build_object('allowed', true, 'admission', v_id,
        'provider', v_model.provider, 'model', v_model.model, 'parameters', v_model.parameters,
        'max_output_tokens', v_model.max_output_tokens, 'budget', academy.tutor_budget(v_uid, v_now));
end
$$;
revoke all on function public.tutor_admit(uuid, int, uuid, text[], text, int, text) from public, anon, authenticated;
grant execute on function public.tutor_admit(uuid, int, uuid, text[], text, int, text) to authenticated;

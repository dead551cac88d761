-- SPDX-License-Identifier: GPL-3.0-or-later
-- Conversations with the tutor, and how much of it a person may use. Messages form a tree, so that
-- an answer may be asked for again without losing the first. Rows are the owner's to write; what was
-- used and what is allowed are not. Every machine of a person keeps its own copy and catches up by
-- updated_at, which is therefore always this server's.

create table public.conversations (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
    course_id uuid references public.courses (id) on delete set null,
    title text not null default '' check (length(title) <= 300),
    -- Level, languages and goals it was begun with.
    learner jsonb not null default '{}' check (jsonb_typeof(learner) = 'object' and length(learner::text) <= 20000),
    -- The newest message of the branch that is shown; it may arrive after the conversation.
    head uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index conversations_user_idx on public.conversations (user_id, updated_at);
create trigger stamp_update before insert or update on public.conversations
    for each row execute function academy.stamp_update();

create table public.messages (
    id uuid primary key default gen_random_uuid(),
    conversation_id uuid not null references public.conversations (id) on delete cascade,
    parent_id uuid,
    role text not null check (role in ('system', 'user', 'assistant')),
    content text not null check (length(content) <= 200000),
    state text not null default 'complete' check (state in ('complete', 'stopped', 'interrupted', 'failed')),
    provider text not null default '' check (length(provider) <= 100),
    model text not null default '' check (length(model) <= 200),
    -- Citations, tokens, corrections: what the program keeps about it.
    details jsonb not null default '{}' check (jsonb_typeof(details) = 'object' and length(details::text) <= 100000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (conversation_id, id),
    -- A tree stays within its conversation.
    foreign key (conversation_id, parent_id) references public.messages (conversation_id, id) on delete cascade,
    check (parent_id <> id)
);
create index messages_conversation_idx on public.messages (conversation_id, created_at);
create index messages_parent_idx on public.messages (parent_id);
create index messages_updated_idx on public.messages (conversation_id, updated_at);
create trigger stamp_update before insert or update on public.messages
    for each row execute function academy.stamp_update();

-- Whether a paper may be sat with the tutor's help.
alter table public.exams add column tutor_allowed boolean not null default false;

-- What the academy's tutor may answer with, best first, and what it costs: US dollars for a million
-- tokens, which is micro-dollars for one. The relay asks for a model, the law picks it.
create table public.tutor_models (
    provider text not null check (provider in ('openai', 'anthropic', 'google', 'compatible')),
    model text not null check (length(model) between 1 and 200),
    allowed boolean not null default false,
    rank int not null default 100,
    input_price numeric(12, 6) not null default 0 check (input_price >= 0),
    cached_input_price numeric(12, 6) not null default 0 check (cached_input_price >= 0),
    output_price numeric(12, 6) not null default 0 check (output_price >= 0),
    max_output_tokens int not null default 2000 check (max_output_tokens between 1 and 32000),
    -- Members of the request in the provider's own words.
    parameters jsonb not null default '{}' check (jsonb_typeof(parameters) = 'object' and length(parameters::text) <= 4000),
    primary key (provider, model)
);
insert into public.tutor_models
    (provider, model, allowed, rank, input_price, cached_input_price, output_price, parameters)
values
    ('openai', 'gpt-6-luna', true, 10, 0.10, 0.01, 0.50, '{"reasoning_effort": "none", "verbosity": "low"}'),
    ('anthropic', 'claude-haiku-5-5', true, 20, 0.10, 0.01, 0.50,
        '{"thinking": {"type": "disabled"}, "output_config": {"effort": "low"}}'),
    ('google', 'gemini-3.5-flash-lite', true, 30, 0.30, 0.03, 2.50, '{}'),
    ('openai', 'gpt-6-sol', false, 40, 2, 0.20, 10, '{"reasoning_effort": "low", "verbosity": "low"}'),
    ('anthropic', 'claude-sonnet-5-5', false, 50, 2, 0.20, 10, '{"output_config": {"effort": "low"}}'),
    ('google', 'gemini-3.8-flash', false, 60, 0.75, 0.075, 3.75, '{"thinkingConfig": {"thinkingLevel": "low"}}');

-- One row for each time the tutor was asked: first a reservation, then what it came to. A
-- reservation that nobody settles counts in full, for somebody may have to pay for it.
create table public.usage (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    conversation_id uuid,
    request_id uuid,
    provider text not null,
    model text not null,
    estimated_tokens int not null check (estimated_tokens >= 0),
    estimated_micros bigint not null check (estimated_micros >= 0),
    input_tokens int check (input_tokens >= 0),
    cached_tokens int check (cached_tokens between 0 and input_tokens),
    output_tokens int check (output_tokens >= 0),
    cost_micros bigint check (cost_micros >= 0),
    outcome text,
    admitted_at timestamptz not null default clock_timestamp(),
    settled_at timestamptz,
    foreign key (provider, model) references public.tutor_models on update cascade
);
create index usage_user_idx on public.usage (user_id, admitted_at);
-- A request is paid for once. One that came to nothing may be made again.
create unique index usage_request_idx on public.usage (user_id, request_id)
    where request_id is not null and (settled_at is null or input_tokens + output_tokens > 0);

-- The row without a person holds for everybody else. Money is in millionths of a US dollar.
create table public.limits (
    id int generated always as identity primary key,
    user_id uuid unique references auth.users (id) on delete cascade,
    requests_per_minute int not null default 10 check (requests_per_minute >= 0),
    tokens_per_day int not null default 200000 check (tokens_per_day >= 0),
    micros_per_day bigint not null default 250000 check (micros_per_day >= 0)
);
insert into public.limits (user_id) values (null);
create unique index limits_default_idx on public.limits ((user_id is null)) where user_id is null;

-- All of the academy together, by day (UTC): its row is the lock that keeps the sum right.
create table academy.tutor_days (
    day date primary key,
    tokens bigint not null default 0,
    micros bigint not null default 0
);
alter table academy.tutor_days enable row level security;
-- Null is no limit.
insert into academy.settings (key, value) values
    ('tutor_day', '{"micros": 10000000, "tokens": null}');

create function academy.my_conversations() returns uuid[]
language sql stable security definer set search_path = ''
as $$ select array(select c.id from public.conversations c where c.user_id = auth.uid()) $$;

-- What a teacher may read of their students, where the academy's policy allows it.
create function academy.overheard() returns uuid[]
language sql stable security definer set search_path = ''
as $$
    select case when academy.setting('teachers_read_conversations') = 'true'::jsonb
        then array(select c.id from academy.my_students() s
            join public.conversations c on c.user_id = s.user_id and c.course_id = s.course_id)
        else '{}' end
$$;

-- Who looks after the tutor: whoever teaches a class here, and those the academy made its admins.
create function academy.keeps_tutor() returns boolean
language sql stable security definer set search_path = ''
as $$
    select auth.uid() is not null and (academy.app_role() = 'admin'
        or exists (select from public.class_members m where m.user_id = auth.uid() and m.role = 'teacher'))
$$;

create function academy.utc_day(p_at timestamptz) returns date
language sql immutable set search_path = ''
as $$ select (p_at at time zone 'utc')::date $$;

create function academy.tutor_cost(p_model public.tutor_models, p_input int, p_cached int, p_output int)
returns bigint
language sql immutable set search_path = ''
as $$
    select ceil((p_input - p_cached) * p_model.input_price + p_cached * p_model.cached_input_price
        + p_output * p_model.output_price)::bigint
$$;

create function academy.tutor_budget(p_user uuid, p_now timestamptz) returns jsonb
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
        select count(*) filter (where x.admitted_at > p_now - interval '1 min') as requests,
            min(x.admitted_at) filter (where x.admitted_at > p_now - interval '1 min') as oldest,
            coalesce(sum(coalesce(x.input_tokens + x.output_tokens, x.estimated_tokens)) filter (where today), 0)
                as tokens,
            coalesce(sum(coalesce(x.cost_micros, x.estimated_micros)) filter (where today), 0) as micros
        from public.usage x
        cross join lateral (select academy.utc_day(x.admitted_at) = academy.utc_day(p_now) as today) d
        where x.user_id = p_user and x.admitted_at > p_now - interval '25 hours') u
$$;

create function public.tutor_status() returns jsonb
language sql stable security definer set search_path = ''
as $$ select academy.tutor_budget(academy.caller(), clock_timestamp()) $$;

-- Takes or gives back what all of the academy may use today; false when there is not enough.
create function academy.tutor_draw(p_day date, p_tokens bigint, p_micros bigint, p_force boolean)
returns boolean
language plpgsql set search_path = ''
as $$
declare
    v_most jsonb := academy.setting('tutor_day');
    v_day academy.tutor_days;
begin
    insert into academy.tutor_days (day) values (p_day) on conflict do nothing;
    select * into v_day from academy.tutor_days d where d.day = p_day for update;
    if not p_force and (v_day.micros + p_micros > (v_most ->> 'micros')::bigint
        or v_day.tokens + p_tokens > (v_most ->> 'tokens')::bigint) then
        return false;
    end if;
    update academy.tutor_days d
    set tokens = greatest(0, d.tokens + p_tokens), micros = greatest(0, d.micros + p_micros)
    where d.day = p_day;
    return true;
end
$$;

-- May this person ask now, and which model answers? A refusal is an answer and not an error, so
-- that it can say when to ask again: {allowed:false, code, reason, retry_after_ms, budget}.
--   p_estimate   tokens of the question and the longest answer together; p_output of them the answer
--   p_request    the client's own id of this request: it is admitted once
--   p_providers  those the relay has a key for; p_model one of their models, the best when null
create function public.tutor_admit(
    p_conversation uuid, p_estimate int, p_request uuid default null, p_providers text[] default null,
    p_model text default null, p_output int default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_now timestamptz;
    v_budget jsonb;
    v_model public.tutor_models;
    v_output int := coalesce(p_output, p_estimate);
    v_tokens int;
    v_micros bigint;
    v_id uuid;
    v_reason text;
    v_retry timestamptz;
begin
    if p_estimate is null or p_estimate < 0 or p_estimate > 1000000 or v_output not between 0 and p_estimate then
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
    if exists (
        select from public.attempts a
        join public.sittings s on s.id = a.sitting_id
        join public.exams e on e.id = s.exam_id and not e.tutor_allowed
        cross join lateral academy.attempt_clock(a.id, v_now) c
        where a.student_id = v_uid and a.state = 'active' and v_now < c.effective_end) then
        v_reason := 'exam_running';
    elsif v_model.model is null then
        v_reason := case when p_model is null then 'no_model' else 'model_not_allowed' end;
    elsif exists (
        select from public.usage u where u.user_id = v_uid and u.request_id = p_request
            and (u.settled_at is null or u.input_tokens + u.output_tokens > 0)) then
        v_reason := 'duplicate';
    elsif (v_budget ->> 'requests_left')::int < 1 then
        v_reason := 'requests_per_minute';
        v_retry := (v_budget ->> 'minute_resets_at')::timestamptz;
    elsif (v_budget ->> 'tokens_left')::bigint < v_tokens then
        v_reason := 'tokens_per_day';
        v_retry := (v_budget ->> 'day_resets_at')::timestamptz;
    elsif (v_budget ->> 'micros_left')::bigint < v_micros then
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
    insert into public.usage (
        user_id, conversation_id, request_id, provider, model, estimated_tokens, estimated_micros, admitted_at)
    values (v_uid, p_conversation, p_request, v_model.provider, v_model.model, v_tokens, v_micros, v_now)
    returning id into v_id;
    return jsonb_build_object('allowed', true, 'admission', v_id,
        'provider', v_model.provider, 'model', v_model.model, 'parameters', v_model.parameters,
        'max_output_tokens', v_model.max_output_tokens, 'budget', academy.tutor_budget(v_uid, v_now));
end
$$;

-- Settles an admission once; saying it again changes nothing. No tokens at all give the reservation
-- back. For the relay, which alone knows what was used: a student could say anything.
create function public.tutor_record(
    p_admission uuid, p_input_tokens int, p_output_tokens int, p_outcome text,
    p_cached_tokens int default 0) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_usage public.usage;
    v_model public.tutor_models;
    v_cost bigint;
begin
    if coalesce(p_input_tokens, -1) < 0 or coalesce(p_output_tokens, -1) < 0
        or coalesce(p_cached_tokens, -1) not between 0 and p_input_tokens then
        perform academy.fail('ACADEMY_BAD_INPUT', 'Token counts are needed.');
    end if;
    select * into v_usage from public.usage u where u.id = p_admission for update;
    if not found then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such admission.');
    end if;
    if v_usage.settled_at is null then
        select * into v_model from public.tutor_models m
        where m.provider = v_usage.provider and m.model = v_usage.model;
        v_cost := academy.tutor_cost(v_model, p_input_tokens, p_cached_tokens, p_output_tokens);
        update public.usage u
        set input_tokens = p_input_tokens, cached_tokens = p_cached_tokens, output_tokens = p_output_tokens,
            cost_micros = v_cost, outcome = left(coalesce(p_outcome, ''), 32), settled_at = clock_timestamp()
        where u.id = p_admission;
        perform academy.tutor_draw(academy.utc_day(v_usage.admitted_at),
            p_input_tokens::bigint + p_output_tokens - v_usage.estimated_tokens,
            v_cost - v_usage.estimated_micros, true);
    end if;
    return academy.tutor_budget(v_usage.user_id, clock_timestamp());
end
$$;

alter table public.conversations enable row level security;
alter table public.messages enable row level security;
alter table public.tutor_models enable row level security;
alter table public.usage enable row level security;
alter table public.limits enable row level security;

create policy conversations_read on public.conversations for select to authenticated
    using (user_id = (select auth.uid()) or id = any ((select academy.overheard())::uuid[]));
create policy conversations_insert on public.conversations for insert to authenticated
    with check (user_id = (select auth.uid()));
create policy conversations_update on public.conversations for update to authenticated
    using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy conversations_delete on public.conversations for delete to authenticated
    using (user_id = (select auth.uid()));
create policy messages_read on public.messages for select to authenticated
    using (conversation_id = any ((select academy.my_conversations() || academy.overheard())::uuid[]));
create policy messages_insert on public.messages for insert to authenticated
    with check (conversation_id = any ((select academy.my_conversations())::uuid[]));
create policy messages_update on public.messages for update to authenticated
    using (conversation_id = any ((select academy.my_conversations())::uuid[]))
    with check (conversation_id = any ((select academy.my_conversations())::uuid[]));
create policy messages_delete on public.messages for delete to authenticated
    using (conversation_id = any ((select academy.my_conversations())::uuid[]));
create policy usage_read on public.usage for select to authenticated
    using (user_id = (select auth.uid()));
create policy limits_read on public.limits for select to authenticated
    using (user_id = (select auth.uid()) or user_id is null);
create policy tutor_models_read on public.tutor_models for select to authenticated using (true);
create policy tutor_models_insert on public.tutor_models for insert to authenticated
    with check ((select academy.keeps_tutor()));
create policy tutor_models_update on public.tutor_models for update to authenticated
    using ((select academy.keeps_tutor())) with check ((select academy.keeps_tutor()));
create policy tutor_models_delete on public.tutor_models for delete to authenticated
    using ((select academy.keeps_tutor()));

-- SPDX-License-Identifier: GPL-3.0-or-later
-- Conversations with the tutor, and how much of it a person may use. Messages form a tree, so that
-- an answer may be asked for again without losing the first. Rows are the owner's to write; what was
-- used and what is allowed are not.

create table public.conversations (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
    course_id uuid references public.courses (id) on delete set null,
    title text not null default '' check (length(title) <= 300),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index conversations_user_idx on public.conversations (user_id, updated_at);
create trigger stamp_update before update on public.conversations
    for each row execute function academy.stamp_update();

create table public.messages (
    id uuid primary key default gen_random_uuid(),
    conversation_id uuid not null references public.conversations (id) on delete cascade,
    parent_id uuid references public.messages (id) on delete cascade,
    role text not null check (role in ('system', 'user', 'assistant')),
    content text not null check (length(content) <= 200000),
    state text not null default 'complete' check (state in ('complete', 'interrupted', 'failed')),
    provider text not null default '' check (length(provider) <= 100),
    model text not null default '' check (length(model) <= 200),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index messages_conversation_idx on public.messages (conversation_id, created_at);
create index messages_parent_idx on public.messages (parent_id);
create trigger stamp_update before update on public.messages
    for each row execute function academy.stamp_update();

create table public.usage (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    conversation_id uuid,
    estimated_tokens int not null check (estimated_tokens >= 0),
    input_tokens int check (input_tokens >= 0),
    output_tokens int check (output_tokens >= 0),
    outcome text,
    provider text not null default '',
    model text not null default '',
    admitted_at timestamptz not null default clock_timestamp(),
    settled_at timestamptz
);
create index usage_user_idx on public.usage (user_id, admitted_at);

-- The row without a person holds for everybody else.
create table public.limits (
    id int generated always as identity primary key,
    user_id uuid unique references auth.users (id) on delete cascade,
    requests_per_minute int not null default 10 check (requests_per_minute >= 0),
    tokens_per_day int not null default 200000 check (tokens_per_day >= 0)
);
insert into public.limits (user_id) values (null);
create unique index limits_default_idx on public.limits ((user_id is null)) where user_id is null;

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

create function academy.tutor_budget(p_user uuid, p_now timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'requests_per_minute', l.requests_per_minute,
        'tokens_per_day', l.tokens_per_day,
        'requests_left', greatest(0, l.requests_per_minute - u.requests),
        'tokens_left', greatest(0, l.tokens_per_day - u.tokens),
        'minute_resets_at', coalesce(u.oldest + interval '1 min', p_now),
        'day_resets_at', (date_trunc('day', p_now at time zone 'utc') + interval '1 day') at time zone 'utc')
    from (
        select * from public.limits x where x.user_id = p_user or x.user_id is null
        order by x.user_id nulls last limit 1) l
    cross join lateral (
        select count(*) filter (where x.admitted_at > p_now - interval '1 min') as requests,
            min(x.admitted_at) filter (where x.admitted_at > p_now - interval '1 min') as oldest,
            -- A request that never reported back stops counting after ten minutes.
            coalesce(sum(case
                when x.settled_at is not null then coalesce(x.input_tokens, 0) + coalesce(x.output_tokens, 0)
                when x.admitted_at > p_now - interval '10 min' then x.estimated_tokens
                else 0 end) filter (where x.admitted_at
                    >= date_trunc('day', p_now at time zone 'utc') at time zone 'utc'), 0) as tokens
        from public.usage x
        where x.user_id = p_user and x.admitted_at > p_now - interval '25 hours') u
$$;

create function public.tutor_status() returns jsonb
language sql stable security definer set search_path = ''
as $$ select academy.tutor_budget(academy.caller(), clock_timestamp()) $$;

-- May this person ask now? A refusal is an answer and not an error, so that it can say when to ask
-- again: {allowed:false, code, reason, retry_after_ms, budget}.
create function public.tutor_admit(p_conversation uuid, p_estimate int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_now timestamptz;
    v_budget jsonb;
    v_id uuid;
    v_reason text;
    v_retry timestamptz;
begin
    if p_estimate is null or p_estimate < 0 or p_estimate > 1000000 then
        perform academy.fail('ACADEMY_BAD_INPUT', 'An estimate is needed.');
    end if;
    if exists (select from public.conversations c
        where c.id = p_conversation and c.user_id <> v_uid) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such conversation.');
    end if;
    perform pg_advisory_xact_lock(hashtextextended(v_uid::text, 3));
    v_now := clock_timestamp();
    v_budget := academy.tutor_budget(v_uid, v_now);
    if exists (
        select from public.attempts a cross join lateral academy.attempt_clock(a.id, v_now) c
        where a.student_id = v_uid and a.state = 'active' and v_now < c.effective_end) then
        v_reason := 'exam_running';
    elsif (v_budget ->> 'requests_left')::int < 1 then
        v_reason := 'requests_per_minute';
        v_retry := (v_budget ->> 'minute_resets_at')::timestamptz;
    elsif (v_budget ->> 'tokens_left')::int < p_estimate then
        v_reason := 'tokens_per_day';
        v_retry := (v_budget ->> 'day_resets_at')::timestamptz;
    end if;
    if v_reason is not null then
        return jsonb_build_object('allowed', false,
            'code', case when v_reason = 'exam_running' then 'ACADEMY_FORBIDDEN' else 'ACADEMY_LIMIT' end,
            'reason', v_reason,
            'retry_after_ms', ceil(greatest(0, extract(epoch from v_retry - v_now)) * 1000),
            'budget', v_budget);
    end if;
    insert into public.usage (user_id, conversation_id, estimated_tokens, admitted_at)
    values (v_uid, p_conversation, p_estimate, v_now) returning id into v_id;
    return jsonb_build_object('allowed', true, 'admission', v_id,
        'budget', academy.tutor_budget(v_uid, v_now));
end
$$;

-- Settles an admission once; saying it again changes nothing.
create function public.tutor_record(
    p_admission uuid, p_input_tokens int, p_output_tokens int, p_outcome text,
    p_provider text default '', p_model text default '') returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
begin
    if coalesce(p_input_tokens, -1) < 0 or coalesce(p_output_tokens, -1) < 0 then
        perform academy.fail('ACADEMY_BAD_INPUT', 'Token counts are needed.');
    end if;
    if not exists (select from public.usage u where u.id = p_admission and u.user_id = v_uid) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such admission.');
    end if;
    update public.usage
    set input_tokens = p_input_tokens, output_tokens = p_output_tokens,
        outcome = left(coalesce(p_outcome, ''), 32), provider = left(coalesce(p_provider, ''), 100),
        model = left(coalesce(p_model, ''), 200), settled_at = clock_timestamp()
    where id = p_admission and settled_at is null;
    return academy.tutor_budget(v_uid, clock_timestamp());
end
$$;

alter table public.conversations enable row level security;
alter table public.messages enable row level security;
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

-- SPDX-License-Identifier: GPL-3.0-or-later
-- Study facts and the progress folded from them.
--
-- review_logs and study_events are append-only sets: sending one twice changes nothing, and devices
-- merge by union. Their tallies are sums, so the order of arrival does not matter. A skill is
--     100 · (correct + 3·exam points) / (answers + 3·exam maximum + 20)
-- where a review counts a quarter of an answer for "language": evidence pulls the figure up from
-- zero, and an exam weighs three times as much as practice. The overall figure is the mean over the
-- skills of the course. All in exact decimals, shown with one.

create table public.review_logs (
    user_id uuid not null references auth.users (id) on delete cascade,
    id uuid not null,
    course_id uuid references public.courses (id) on delete set null,
    card_id text not null check (length(card_id) between 1 and 200),
    pack_id text not null check (length(pack_id) between 1 and 200),
    rating smallint not null check (rating between 1 and 4),
    reviewed_at timestamptz not null,
    elapsed_ms bigint not null default 0 check (elapsed_ms >= 0),
    device text not null default '',
    seq bigint not null default 0,
    received_at timestamptz not null default clock_timestamp(),
    primary key (user_id, id)
);
create index review_logs_card_idx on public.review_logs (user_id, card_id, reviewed_at);
create index review_logs_received_idx on public.review_logs (user_id, received_at);

create table public.study_events (
    user_id uuid not null references auth.users (id) on delete cascade,
    id uuid not null,
    course_id uuid not null references public.courses (id) on delete cascade,
    kind text not null check (kind ~ '^[a-z_]{1,32}$'),
    skill text not null,
    item_id text check (length(item_id) <= 200),
    correct boolean,
    happened_at timestamptz not null,
    payload jsonb not null default '{}',
    received_at timestamptz not null default clock_timestamp(),
    primary key (user_id, id)
);
create index study_events_course_idx on public.study_events (user_id, course_id, received_at);

create table public.course_progress (
    user_id uuid not null references auth.users (id) on delete cascade,
    course_id uuid not null references public.courses (id) on delete cascade,
    overall numeric(4, 1) not null default 0 check (overall between 0 and 100),
    skills jsonb not null default '{}',
    milestones jsonb not null default '{}',
    delta numeric(4, 1) not null default 0,
    source text not null default 'start',
    session_id uuid,
    version bigint not null default 1,
    updated_at timestamptz not null default clock_timestamp(),
    primary key (user_id, course_id)
);
create index course_progress_course_idx on public.course_progress (course_id, updated_at);
-- A narrow row that changes often: subscribers filter its updates by user and by course.
alter table public.course_progress replica identity full;

create table academy.skill_tallies (
    user_id uuid not null references auth.users (id) on delete cascade,
    course_id uuid not null references public.courses (id) on delete cascade,
    skill text not null,
    answers bigint not null default 0,
    correct bigint not null default 0,
    reviews bigint not null default 0,
    recalled bigint not null default 0,
    primary key (user_id, course_id, skill)
);
alter table academy.skill_tallies enable row level security;

-- Packs and papers name finer skills than progress does.
create function academy.progress_skill(p_skill text) returns text
language sql immutable
as $$
    select case lower(coalesce(p_skill, ''))
        when 'reading' then 'reading'
        when 'listening' then 'listening'
        when 'writing' then 'writing'
        when 'speaking' then 'speaking'
        else 'language' end
$$;

create function academy.fold_progress(
    p_user uuid, p_course uuid, p_source text, p_session uuid default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_old public.course_progress;
    v_skills jsonb;
    v_overall numeric;
    v_milestones jsonb;
    v_exams int;
    v_answers bigint;
    v_reviews bigint;
begin
    insert into public.course_progress (user_id, course_id) values (p_user, p_course)
    on conflict do nothing;
    -- Facts committed by whoever held this row are visible to the statements below.
    select * into v_old from public.course_progress
    where user_id = p_user and course_id = p_course for update;

    with exam as (
        select academy.progress_skill(s ->> 'skill') as skill,
            sum((s ->> 'score')::numeric) as points, sum((s ->> 'max')::numeric) as maximum
        from public.results r
        join public.sittings t on t.id = r.sitting_id
        join public.classes c on c.id = t.class_id
        cross join lateral jsonb_array_elements(r.per_section) s
        where r.student_id = p_user and c.course_id = p_course
            and (r.released_at is not null or not t.hold_progress)
            and not coalesce((s ->> 'needs_marking')::boolean, false)
        group by 1
    ), skill as (
        select k.name, k.place,
            coalesce(t.answers, 0) + coalesce(t.reviews, 0) / 4.0 + 3 * coalesce(e.maximum, 0) as weight,
            coalesce(t.correct, 0) + coalesce(t.recalled, 0) / 4.0 + 3 * coalesce(e.points, 0) as good
        from public.courses c
        cross join lateral unnest(c.skills) with ordinality k (name, place)
        left join academy.skill_tallies t
            on t.user_id = p_user and t.course_id = p_course and t.skill = k.name
        left join exam e on e.skill = k.name
        where c.id = p_course
    ), value as (
        select name, place, least(100, greatest(0, 100 * good / (weight + 20))) as exact from skill
    )
    select coalesce(jsonb_object_agg(name, round(exact, 1)), '{}'), coalesce(round(avg(exact), 1), 0)
    into v_skills, v_overall
    from value;

    select coalesce(sum(t.answers), 0), coalesce(sum(t.reviews), 0) into v_answers, v_reviews
    from academy.skill_tallies t where t.user_id = p_user and t.course_id = p_course;
    select count(*) into v_exams
    from public.results r
    join public.sittings t on t.id = r.sitting_id
    join public.classes c on c.id = t.class_id
    where r.student_id = p_user and c.course_id = p_course;

    v_milestones := jsonb_build_object(
        'answers', v_answers, 'reviews', v_reviews, 'exams', v_exams,
        'reached', to_jsonb(array_remove(array[
            case when v_answers >= 1 then 'first_answer' end,
            case when v_answers >= 100 then 'hundred_answers' end,
            case when v_reviews >= 1 then 'first_review' end,
            case when v_reviews >= 500 then 'five_hundred_reviews' end,
            case when v_exams >= 1 then 'first_exam' end,
            case when v_overall >= 50 then 'halfway' end], null)));

    if v_old.overall is distinct from v_overall or v_old.skills is distinct from v_skills
        or v_old.milestones is distinct from v_milestones then
        update public.course_progress
        set overall = v_overall, skills = v_skills, milestones = v_milestones,
            delta = v_overall - v_old.overall, source = p_source, session_id = p_session,
            version = v_old.version + 1, updated_at = clock_timestamp()
        where user_id = p_user and course_id = p_course;
    end if;
end
$$;

create function academy.tally_reviews() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
    v_row record;
begin
    for v_row in
        insert into academy.skill_tallies as t (user_id, course_id, skill, reviews, recalled)
        select f.user_id, f.course_id, 'language', count(*), count(*) filter (where f.rating >= 2)
        from fresh f where f.course_id is not null group by 1, 2
        on conflict (user_id, course_id, skill) do update
        set reviews = t.reviews + excluded.reviews, recalled = t.recalled + excluded.recalled
        returning t.user_id, t.course_id
    loop
        perform academy.fold_progress(v_row.user_id, v_row.course_id, 'review');
    end loop;
    return null;
end
$$;
create trigger tally_reviews after insert on public.review_logs
    referencing new table as fresh
    for each statement execute function academy.tally_reviews();

create function academy.tally_events() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
    v_row record;
begin
    for v_row in
        with folded as (
            insert into academy.skill_tallies as t (user_id, course_id, skill, answers, correct)
            select f.user_id, f.course_id, f.skill, count(*), count(*) filter (where f.correct)
            from fresh f where f.correct is not null group by 1, 2, 3
            on conflict (user_id, course_id, skill) do update
            set answers = t.answers + excluded.answers, correct = t.correct + excluded.correct
            returning t.user_id, t.course_id)
        select distinct user_id, course_id from folded
    loop
        perform academy.fold_progress(v_row.user_id, v_row.course_id, 'study');
    end loop;
    return null;
end
$$;
create trigger tally_events after insert on public.study_events
    referencing new table as fresh
    for each statement execute function academy.tally_events();

create function academy.begin_progress() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    perform academy.fold_progress(new.user_id, new.course_id, 'start');
    return new;
end
$$;
create trigger begin_progress after insert on public.enrolments
    for each row execute function academy.begin_progress();

-- Where a review counts: the course of its pack if the person is enrolled there, else their only
-- course, else nowhere (the log is kept all the same).
create function academy.review_course(p_user uuid, p_pack text) returns uuid
language sql stable security definer set search_path = ''
as $$
    select coalesce(
        (select p.course_id from public.content_packs p
            join public.enrolments e on e.course_id = p.course_id and e.user_id = p_user
            where p.id::text = lower(p_pack)),
        (select case when count(*) = 1 then (array_agg(e.course_id))[1] end
            from public.enrolments e where e.user_id = p_user))
$$;

create function academy.check_batch(p_batch jsonb, p_max int) returns void
language plpgsql stable set search_path = ''
as $$
begin
    if p_batch is null or jsonb_typeof(p_batch) <> 'array' then
        perform academy.fail('ACADEMY_BAD_INPUT', 'An array is needed.');
    elsif jsonb_array_length(p_batch) > p_max then
        perform academy.fail('ACADEMY_LIMIT', format('At most %s at a time.', p_max));
    end if;
end
$$;

create function public.push_review_logs(p_logs jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_answer jsonb;
begin
    perform academy.check_batch(p_logs, 500);
    with raw as materialized (
        select o.ord, o.e ->> 'id' as id, o.e ->> 'card_id' as card_id, o.e ->> 'pack_id' as pack_id,
            o.e ->> 'rating' as rating, academy.try_timestamp(o.e ->> 'reviewed_at') as reviewed_at,
            coalesce(o.e ->> 'elapsed_ms', '0') as elapsed_ms, coalesce(o.e ->> 'device', '') as device,
            coalesce(o.e ->> 'seq', '0') as seq
        from jsonb_array_elements(p_logs) with ordinality o (e, ord)
    ), valid as materialized (
        select distinct on (id::uuid) id::uuid as id, card_id, pack_id, rating::smallint as rating,
            reviewed_at, elapsed_ms::bigint as elapsed_ms, left(device, 200) as device,
            seq::bigint as seq
        from raw
        where case when academy.is_uuid(id) and length(card_id) between 1 and 200
                and length(pack_id) between 1 and 200 and rating ~ '^[1-4]$'
                and reviewed_at is not null and elapsed_ms ~ '^\d{1,15}$' and seq ~ '^\d{1,15}$'
            then true else false end
        order by id::uuid, ord
    ), course as materialized (
        select p.pack_id, academy.review_course(v_uid, p.pack_id) as course_id
        from (select distinct pack_id from valid) p
    ), stored as (
        insert into public.review_logs
            (user_id, id, course_id, card_id, pack_id, rating, reviewed_at, elapsed_ms, device, seq)
        select v_uid, v.id, c.course_id, v.card_id, v.pack_id, v.rating, v.reviewed_at, v.elapsed_ms,
            v.device, v.seq
        from valid v join course c using (pack_id)
        order by v.id
        on conflict do nothing
        returning id
    )
    select jsonb_build_object(
        'accepted', coalesce((select jsonb_agg(s.id) from stored s), '[]'),
        'duplicates', coalesce((select jsonb_agg(v.id) from valid v
            where v.id not in (select s.id from stored s)), '[]'),
        'rejected', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'code', 'ACADEMY_BAD_INPUT'))
            from raw r where not exists (select from valid v where v.id::text = lower(r.id))), '[]'),
        'server_time', clock_timestamp())
    into v_answer;
    return v_answer;
end
$$;

create function public.push_study_events(p_events jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_answer jsonb;
begin
    perform academy.check_batch(p_events, 500);
    with raw as materialized (
        select o.ord, o.e ->> 'id' as id, o.e ->> 'course_id' as course_id, o.e ->> 'kind' as kind,
            o.e ->> 'skill' as skill, o.e ->> 'item_id' as item_id, o.e -> 'correct' as correct,
            academy.try_timestamp(o.e ->> 'happened_at') as happened_at,
            coalesce(o.e -> 'payload', '{}') as payload
        from jsonb_array_elements(p_events) with ordinality o (e, ord)
    ), mine as materialized (
        select e.course_id from public.enrolments e where e.user_id = v_uid
    ), valid as materialized (
        select distinct on (id::uuid) id::uuid as id, course_id::uuid as course_id, kind,
            academy.progress_skill(skill) as skill, item_id,
            case jsonb_typeof(correct) when 'boolean' then correct::boolean end as correct,
            happened_at, payload
        from raw
        where case when academy.is_uuid(id) and academy.is_uuid(course_id)
                and course_id::uuid in (select m.course_id from mine m)
                and kind ~ '^[a-z_]{1,32}$' and coalesce(length(item_id), 0) <= 200
                and happened_at is not null and length(payload::text) <= 65536
            then true else false end
        order by id::uuid, ord
    ), stored as (
        insert into public.study_events
            (user_id, id, course_id, kind, skill, item_id, correct, happened_at, payload)
        select v_uid, v.id, v.course_id, v.kind, v.skill, v.item_id, v.correct, v.happened_at, v.payload
        from valid v
        order by v.id
        on conflict do nothing
        returning id
    )
    select jsonb_build_object(
        'accepted', coalesce((select jsonb_agg(s.id) from stored s), '[]'),
        'duplicates', coalesce((select jsonb_agg(v.id) from valid v
            where v.id not in (select s.id from stored s)), '[]'),
        'rejected', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'code', 'ACADEMY_BAD_INPUT'))
            from raw r where not exists (select from valid v where v.id::text = lower(r.id))), '[]'),
        'server_time', clock_timestamp())
    into v_answer;
    return v_answer;
end
$$;

alter table public.review_logs enable row level security;
alter table public.study_events enable row level security;
alter table public.course_progress enable row level security;

create policy review_logs_read on public.review_logs for select to authenticated
    using (user_id = any ((select academy.people_i_answer_for())::uuid[])
        and (user_id = (select auth.uid())
            or (user_id, course_id) in (select s.user_id, s.course_id from academy.my_students() s)));
create policy study_events_read on public.study_events for select to authenticated
    using (user_id = any ((select academy.people_i_answer_for())::uuid[])
        and (user_id = (select auth.uid())
            or (user_id, course_id) in (select s.user_id, s.course_id from academy.my_students() s)));
create policy course_progress_read on public.course_progress for select to authenticated
    using (user_id = any ((select academy.people_i_answer_for())::uuid[])
        and (user_id = (select auth.uid())
            or (user_id, course_id) in (select s.user_id, s.course_id from academy.my_students() s)));

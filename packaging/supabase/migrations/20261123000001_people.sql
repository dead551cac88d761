-- SPDX-License-Identifier: GPL-3.0-or-later
-- People, classes and courses, and who counts as what.
--
-- Schema "public" is what the REST door shows. Schema "academy" holds what only the functions here
-- use: it is not exposed, and nothing in it is granted beyond the helpers that policies need.
-- Functions run as their owner with an empty search path and check the caller themselves. A code that
-- callers can act upon travels as the message of an exception: ACADEMY_… with SQLSTATE PTxyz, which
-- the REST door turns into HTTP status xyz.

create schema academy;

create table academy.settings (
    key text primary key,
    value jsonb not null
);
alter table academy.settings enable row level security;
insert into academy.settings (key, value) values
    ('name', '"Academia Neolingus"'),
    ('teachers_read_conversations', 'false'),
    ('receipt_key', to_jsonb(encode(extensions.gen_random_bytes(32), 'hex')));

create function academy.setting(p_key text) returns jsonb
language sql stable security definer set search_path = ''
as $$ select s.value from academy.settings s where s.key = p_key $$;

create function academy.fail(p_code text, p_detail text default null) returns void
language plpgsql set search_path = ''
as $$
begin
    raise exception using
        message = p_code,
        detail = coalesce(p_detail, ''),
        errcode = case p_code
            when 'ACADEMY_BAD_INPUT' then 'PT400'
            when 'ACADEMY_FORBIDDEN' then 'PT403'
            when 'ACADEMY_NOT_FOUND' then 'PT404'
            when 'ACADEMY_LIMIT' then 'PT429'
            else 'PT409' end;
end
$$;

-- The signed-in person; an anonymous caller has no business in any function that asks.
-- Its owner may read auth.mfa_factors, on a hosted project as here; callers may not. In plpgsql, so
-- that a session plans it once.
create function academy.second_step_missing() returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (auth.jwt() ->> 'aal') is distinct from 'aal2' and exists (
        select from auth.mfa_factors f where f.user_id = auth.uid() and f.status = 'verified');
end
$$;

-- 401 and not 403: signing in again, with the code, helps, and what waits to be sent is kept until then.
create function academy.caller() returns uuid
language plpgsql stable set search_path = ''
as $$
declare
    v_uid uuid := auth.uid();
begin
    if v_uid is null then
        perform academy.fail('ACADEMY_FORBIDDEN', 'Sign in first.');
    end if;
    if academy.second_step_missing() then
        raise exception using message = 'ACADEMY_SECOND_STEP', errcode = 'PT401',
            detail = 'This account has a second factor; the token is of level aal1.';
    end if;
    return v_uid;
end
$$;

create function academy.try_jsonb(p_text text) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
    return p_text::jsonb;
exception when others then
    return null;
end
$$;

create function academy.try_timestamp(p_text text) returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
    return p_text::timestamptz;
exception when others then
    return null;
end
$$;

-- Without a search path of its own, like the other plain expressions here, so that the planner can
-- put it in place; only functions with an empty path call it.
create function academy.is_uuid(p_text text) returns boolean
language sql immutable
as $$ select p_text ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' $$;

create table public.profiles (
    user_id uuid primary key references auth.users (id) on delete cascade,
    display_name text not null check (length(display_name) between 1 and 120),
    locale text not null default 'en' check (locale ~ '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table public.courses (
    id uuid primary key default gen_random_uuid(),
    title text not null check (length(title) between 1 and 200),
    target_lang text not null,
    level text not null,
    skills text[] not null default array['reading', 'listening', 'writing', 'speaking', 'language'],
    created_at timestamptz not null default now()
);

create table public.classes (
    id uuid primary key default gen_random_uuid(),
    course_id uuid not null references public.courses (id),
    name text not null check (length(name) between 1 and 200),
    created_at timestamptz not null default now()
);
create index classes_course_idx on public.classes (course_id);

create table public.class_members (
    class_id uuid not null references public.classes (id) on delete cascade,
    user_id uuid not null references auth.users (id) on delete cascade,
    role text not null check (role in ('student', 'teacher')),
    seat_group text not null default '',
    joined_at timestamptz not null default now(),
    primary key (class_id, user_id)
);
create index class_members_user_idx on public.class_members (user_id, role);

create table public.invitations (
    id uuid primary key default gen_random_uuid(),
    class_id uuid not null references public.classes (id) on delete cascade,
    role text not null check (role in ('student', 'teacher')),
    code_hash text not null unique,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    accepted_by uuid,
    accepted_at timestamptz
);
create index invitations_class_idx on public.invitations (class_id);

create table public.enrolments (
    user_id uuid not null references auth.users (id) on delete cascade,
    course_id uuid not null references public.courses (id) on delete cascade,
    enrolled_at timestamptz not null default now(),
    primary key (user_id, course_id)
);
create index enrolments_course_idx on public.enrolments (course_id);

create table public.content_packs (
    id uuid primary key,
    course_id uuid not null references public.courses (id) on delete cascade,
    title text not null,
    version text not null check (version ~ '^\d+\.\d+\.\d+$'),
    manifest jsonb not null default '{}',
    published_at timestamptz not null default now()
);
create index content_packs_course_idx on public.content_packs (course_id);

create table public.pack_files (
    pack_id uuid not null references public.content_packs (id) on delete cascade,
    path text not null check (path !~ '(^/|\.\.)' and length(path) <= 300),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    mime text not null,
    bytes bigint not null check (bytes >= 0),
    primary key (pack_id, path)
);

create table public.audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    actor uuid,
    action text not null,
    class_id uuid,
    sitting_id uuid,
    attempt_id uuid,
    details jsonb not null default '{}'
);
create index audit_log_sitting_idx on public.audit_log (sitting_id, id);
create index audit_log_class_idx on public.audit_log (class_id, id);

-- Who counts as what. All answer only about the caller.
create function academy.is_member(p_class uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.class_members m
        where m.class_id = p_class and m.user_id = auth.uid())
$$;

create function academy.is_teacher(p_class uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.class_members m
        where m.class_id = p_class and m.user_id = auth.uid() and m.role = 'teacher')
$$;

create function academy.is_student(p_class uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.class_members m
        where m.class_id = p_class and m.user_id = auth.uid() and m.role = 'student')
$$;

create function academy.teaches_course(p_course uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.class_members m
        join public.classes c on c.id = m.class_id
        where c.course_id = p_course and m.user_id = auth.uid() and m.role = 'teacher')
$$;

-- For policies: computed once for a statement and then compared with each row, so that a table of a
-- million rows costs the caller only what is theirs. In plpgsql, so that a session plans them once: a
-- function in SQL that runs as its owner is planned anew at every call, for ten times their work.
create function academy.my_classes() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select m.class_id from public.class_members m where m.user_id = auth.uid());
end
$$;

create function academy.taught_classes() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select m.class_id from public.class_members m
        where m.user_id = auth.uid() and m.role = 'teacher');
end
$$;

create function academy.my_courses() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(
        select e.course_id from public.enrolments e where e.user_id = auth.uid()
        union
        select c.course_id from public.class_members m join public.classes c on c.id = m.class_id
        where m.user_id = auth.uid() and m.role = 'teacher');
end
$$;

create function academy.people_i_meet() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(
        select auth.uid()
        union
        select b.user_id from public.class_members a
        join public.class_members b on b.class_id = a.class_id
        where a.user_id = auth.uid());
end
$$;

-- Whom the caller teaches, and in which course.
create function academy.my_students() returns table (user_id uuid, course_id uuid)
language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
        select distinct s.user_id, c.course_id
        from public.class_members t
        join public.classes c on c.id = t.class_id
        join public.class_members s on s.class_id = t.class_id and s.role = 'student'
        where t.user_id = auth.uid() and t.role = 'teacher';
end
$$;

create function academy.people_i_answer_for() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select auth.uid() union select s.user_id from academy.my_students() s);
end
$$;

create function academy.pack_course(p_pack uuid) returns uuid
language sql stable security definer set search_path = ''
as $$ select p.course_id from public.content_packs p where p.id = p_pack $$;

-- The role for the interface. It lives in app_metadata, which no user can write; what a person may
-- do is decided by membership, never by this.
create function academy.app_role() returns text
language sql stable
as $$ select coalesce(auth.jwt() -> 'app_metadata' ->> 'role', 'student') $$;

create function academy.audit(
    p_action text, p_class uuid, p_sitting uuid, p_attempt uuid, p_details jsonb) returns void
language sql set search_path = ''
as $$
    insert into public.audit_log (actor, action, class_id, sitting_id, attempt_id, details)
    values (auth.uid(), p_action, p_class, p_sitting, p_attempt, coalesce(p_details, '{}'))
$$;

create function academy.make_profile() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    insert into public.profiles (user_id, display_name, locale)
    values (
        new.id,
        left(coalesce(
            nullif(btrim(new.raw_user_meta_data ->> 'display_name'), ''),
            nullif(btrim(new.raw_user_meta_data ->> 'name'), ''),
            nullif(split_part(coalesce(new.email, ''), '@', 1), ''),
            'Student'), 120),
        case when new.raw_user_meta_data ->> 'locale' ~ '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$'
            then new.raw_user_meta_data ->> 'locale' else 'en' end)
    on conflict (user_id) do nothing;
    return new;
end
$$;
create trigger academy_make_profile after insert on auth.users
    for each row execute function academy.make_profile();

create function academy.enrol_member() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    if new.role = 'student' then
        insert into public.enrolments (user_id, course_id)
        select new.user_id, c.course_id from public.classes c where c.id = new.class_id
        on conflict do nothing;
    end if;
    return new;
end
$$;
create trigger enrol_member after insert or update of role on public.class_members
    for each row execute function academy.enrol_member();

create function academy.stamp_update() returns trigger
language plpgsql set search_path = ''
as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end
$$;
create trigger stamp_update before update on public.profiles
    for each row execute function academy.stamp_update();

-- The code is shown once; the table keeps its hash.
create function public.create_invitation(
    p_class uuid, p_role text default 'student', p_days int default 14) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_code text := encode(extensions.gen_random_bytes(16), 'hex');
    v_row public.invitations;
begin
    if not academy.is_teacher(p_class) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such class.');
    end if;
    if p_role is null or p_role not in ('student', 'teacher') or p_days is null
        or p_days not between 1 and 365 then
        perform academy.fail('ACADEMY_BAD_INPUT', 'A role and 1 to 365 days are needed.');
    end if;
    insert into public.invitations (class_id, role, code_hash, created_by, expires_at)
    values (p_class, p_role, encode(sha256(convert_to(v_code, 'UTF8')), 'hex'), v_uid,
        clock_timestamp() + make_interval(days => p_days))
    returning * into v_row;
    perform academy.audit('create_invitation', p_class, null, null,
        jsonb_build_object('invitation', v_row.id, 'role', p_role));
    return jsonb_build_object('invitation_id', v_row.id, 'code', v_code, 'expires_at', v_row.expires_at);
end
$$;

create function public.accept_invitation(p_code text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_row public.invitations;
begin
    select * into v_row from public.invitations i
    where i.code_hash = encode(sha256(convert_to(coalesce(p_code, ''), 'UTF8')), 'hex')
    for update;
    if not found or (v_row.accepted_at is not null and v_row.accepted_by <> v_uid) then
        perform academy.fail('ACADEMY_NOT_FOUND', 'This invitation is not known or was used.');
    end if;
    if v_row.accepted_at is null then
        if v_row.expires_at < clock_timestamp() then
            perform academy.fail('ACADEMY_CLOSED', 'This invitation has run out.');
        end if;
        insert into public.class_members (class_id, user_id, role)
        values (v_row.class_id, v_uid, v_row.role)
        on conflict (class_id, user_id) do nothing;
        update public.invitations set accepted_by = v_uid, accepted_at = clock_timestamp()
        where id = v_row.id;
        perform academy.audit('accept_invitation', v_row.class_id, null, null,
            jsonb_build_object('invitation', v_row.id));
    end if;
    return jsonb_build_object('class_id', v_row.class_id, 'role', v_row.role);
end
$$;

-- For the first screen, also before anyone is signed in. The version rises with every migration that
-- changes what a client may rely on.
create function public.server_info() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'version', 1,
        'name', academy.setting('name'),
        'time', clock_timestamp())
$$;

alter table public.profiles enable row level security;
alter table public.courses enable row level security;
alter table public.classes enable row level security;
alter table public.class_members enable row level security;
alter table public.invitations enable row level security;
alter table public.enrolments enable row level security;
alter table public.content_packs enable row level security;
alter table public.pack_files enable row level security;
alter table public.audit_log enable row level security;

create policy profiles_read on public.profiles for select to authenticated
    using (user_id = any ((select academy.people_i_meet())::uuid[]));
create policy profiles_change_own on public.profiles for update to authenticated
    using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

create policy courses_read on public.courses for select to authenticated
    using (id = any ((select academy.my_courses())::uuid[]));
create policy courses_change on public.courses for update to authenticated
    using (academy.teaches_course(id)) with check (academy.teaches_course(id));

create policy classes_read on public.classes for select to authenticated
    using (id = any ((select academy.my_classes())::uuid[]));
create policy class_members_read on public.class_members for select to authenticated
    using (class_id = any ((select academy.my_classes())::uuid[]));
create policy invitations_read on public.invitations for select to authenticated
    using (class_id = any ((select academy.taught_classes())::uuid[]));
create policy enrolments_read on public.enrolments for select to authenticated
    using (user_id = any ((select academy.people_i_answer_for())::uuid[])
        and (user_id = (select auth.uid())
            or (user_id, course_id) in (select s.user_id, s.course_id from academy.my_students() s)));

create policy content_packs_read on public.content_packs for select to authenticated
    using (course_id = any ((select academy.my_courses())::uuid[]));
create policy content_packs_write on public.content_packs for all to authenticated
    using (academy.teaches_course(course_id)) with check (academy.teaches_course(course_id));
create policy pack_files_read on public.pack_files for select to authenticated
    using (academy.pack_course(pack_id) = any ((select academy.my_courses())::uuid[]));
create policy pack_files_write on public.pack_files for all to authenticated
    using (academy.teaches_course(academy.pack_course(pack_id)))
    with check (academy.teaches_course(academy.pack_course(pack_id)));

create policy audit_log_read on public.audit_log for select to authenticated
    using (class_id = any ((select academy.taught_classes())::uuid[]));

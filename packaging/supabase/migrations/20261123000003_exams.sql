-- SPDX-License-Identifier: GPL-3.0-or-later
-- Exams as they are stored. Students reach none of these tables for writing: functions do.
--
-- What travels are facts: operations and ledger rows, only ever added. What is kept beside them for
-- speed (academy.attempt_items, academy.attempt_live) is a fold of them and can be made anew.

create function academy.paper_items(p_paper jsonb) returns text[]
language sql immutable set search_path = ''
as $$
    select coalesce(array_agg(i.item ->> 'id' order by i.place), '{}')
    from (
        select item, row_number() over () as place
        from jsonb_path_query(p_paper, '$.sections[*].items[*]') item) i
    where i.item ->> 'type' not in ('info', 'flashcard')
$$;

-- A paper goes to students as it is: whatever gives an answer away belongs in exam_keys.
create function academy.paper_is_clean(p_paper jsonb) returns boolean
language sql immutable set search_path = ''
as $$
    select not (p_paper @? '$.**.accept' or p_paper @? '$.**.pairs' or p_paper @? '$.**.correct'
        or p_paper @? '$.**.credit' or p_paper @? '$.**.key' or p_paper @? '$.**.answer'
        or p_paper @? '$.**.feedback' or p_paper @? '$.sections[*].items[*].order')
$$;

create table public.exams (
    id uuid primary key default gen_random_uuid(),
    course_id uuid not null references public.courses (id),
    title text not null check (length(title) between 1 and 200),
    paper jsonb not null check (academy.paper_is_clean(paper)),
    item_ids text[] not null generated always as (academy.paper_items(paper)) stored,
    -- {"groups": {name: [section ids]}, "pass": [{"metric", "of", "min"}]}
    scheme jsonb not null default '{"pass": []}',
    created_by uuid,
    created_at timestamptz not null default now()
);
create index exams_course_idx on public.exams (course_id);

create table public.exam_keys (
    exam_id uuid primary key references public.exams (id) on delete cascade,
    keys jsonb not null check (jsonb_typeof(keys) = 'object')
);

create table public.sittings (
    id uuid primary key default gen_random_uuid(),
    exam_id uuid not null references public.exams (id),
    class_id uuid not null references public.classes (id),
    title text not null check (length(title) between 1 and 200),
    state text not null default 'scheduled' check (state in ('scheduled', 'open', 'closed', 'released')),
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    duration_s int not null check (duration_s between 60 and 86400),
    -- How long after the end answers still count, for those already on their way.
    grace_s int not null default 10 check (grace_s between 0 and 600),
    hold_progress boolean not null default false,
    opened_at timestamptz,
    closed_at timestamptz,
    released_at timestamptz,
    created_by uuid,
    created_at timestamptz not null default now(),
    check (closes_at > opens_at)
);
create index sittings_class_idx on public.sittings (class_id, opens_at);
create index sittings_exam_idx on public.sittings (exam_id);

create table public.attempts (
    id uuid primary key default gen_random_uuid(),
    sitting_id uuid not null references public.sittings (id),
    student_id uuid not null references auth.users (id),
    lease int not null default 1,
    device uuid not null,
    state text not null default 'active' check (state in ('active', 'submitted', 'collected', 'voided')),
    started_at timestamptz not null,
    base_seconds int not null check (base_seconds > 0),
    submitted_at timestamptz,
    on_time boolean,
    receipt text,
    collected_at timestamptz,
    unique (sitting_id, student_id)
);
create index attempts_student_idx on public.attempts (student_id);

-- branch: main counts. late arrived after the end. fenced came from a device that no longer holds the
-- lease. conflict claims a number that another operation has. All are kept.
-- flag: made while the attempt was paused or locked; such operations count.
create table public.attempt_ops (
    attempt_id uuid not null references public.attempts (id),
    op_id uuid not null,
    seq int not null check (seq > 0),
    lease int not null,
    branch text not null check (branch in ('main', 'late', 'fenced', 'conflict')),
    item_id text not null,
    kind text not null,
    body text not null,
    payload jsonb,
    steady_us bigint,
    client_wall text,
    prev_hash text not null,
    hash text not null,
    chain_ok boolean,
    flag text,
    received_at timestamptz not null default clock_timestamp(),
    primary key (attempt_id, op_id)
);
create unique index attempt_ops_seq_idx on public.attempt_ops (attempt_id, seq)
    where branch in ('main', 'late');

-- The ledger that the deadline is computed from. Never updated: a correction is another row.
create table public.adjustments (
    id bigint generated always as identity primary key,
    attempt_id uuid not null references public.attempts (id),
    kind text not null check (kind in ('extend', 'pause', 'resume', 'lock', 'unlock', 'collect')),
    ledger text not null default 'incident' check (ledger in ('incident', 'accommodation')),
    seconds int not null default 0,
    at timestamptz not null,
    command_id bigint,
    compensates bigint references public.adjustments (id),
    reason text not null default '',
    created_by uuid
);
create index adjustments_attempt_idx on public.adjustments (attempt_id, id);
create index adjustments_command_idx on public.adjustments (command_id);

create table public.commands (
    id bigint generated always as identity primary key,
    sitting_id uuid not null references public.sittings (id),
    op_id uuid not null,
    kind text not null check (kind in
        ('extend', 'pause', 'resume', 'message', 'lock', 'unlock', 'collect', 'grant_takeover')),
    payload jsonb not null default '{}',
    reason text not null default '',
    issued_by uuid,
    issued_at timestamptz not null,
    undoes bigint references public.commands (id),
    undone_by bigint references public.commands (id),
    response jsonb,
    unique (sitting_id, op_id)
);

-- One row for each attempt a command is meant for; ids only grow, so "after my cursor" is complete.
create table public.command_acks (
    command_id bigint not null references public.commands (id),
    attempt_id uuid not null references public.attempts (id),
    delivered_at timestamptz,
    acked_at timestamptz,
    primary key (attempt_id, command_id)
);
create index command_acks_command_idx on public.command_acks (command_id);

create table public.incidents (
    id bigint generated always as identity primary key,
    attempt_id uuid not null references public.attempts (id),
    client_id uuid,
    kind text not null check (kind in ('focus_loss', 'paste', 'clock_jump', 'second_screen',
        'chain_broken', 'takeover_request', 'grading_failed')),
    details jsonb not null default '{}',
    client_at text,
    received_at timestamptz not null default clock_timestamp(),
    unique (attempt_id, client_id)
);

create table public.results (
    attempt_id uuid primary key references public.attempts (id),
    sitting_id uuid not null references public.sittings (id),
    student_id uuid not null references auth.users (id),
    score numeric not null,
    max_score numeric not null,
    per_section jsonb not null default '[]',
    per_item jsonb not null default '{}',
    needs_marking boolean not null,
    passed boolean,
    findings jsonb not null default '[]',
    graded_at timestamptz not null,
    released_at timestamptz,
    version int not null default 1
);
create index results_sitting_idx on public.results (sitting_id);
create index results_student_idx on public.results (student_id);

-- What people gave for the items that keys cannot mark.
create table public.marks (
    attempt_id uuid not null references public.attempts (id),
    item_id text not null,
    points numeric not null check (points >= 0),
    comment text not null default '' check (length(comment) <= 10000),
    marked_by uuid not null,
    marked_at timestamptz not null default clock_timestamp(),
    primary key (attempt_id, item_id)
);

create table academy.attempt_items (
    attempt_id uuid not null references public.attempts (id),
    item_id text not null,
    place int not null,
    seen boolean not null default false,
    answered boolean not null default false,
    payload jsonb,
    answer_seq int not null default 0,
    flagged boolean not null default false,
    flag_seq int not null default 0,
    primary key (attempt_id, item_id)
) with (fillfactor = 70);
alter table academy.attempt_items enable row level security;

-- What the monitor shows of an attempt, and the receipt that is due to its student. Rewritten on
-- every beat, so it is narrow, apart from the attempts that subscribers watch, and without an index
-- on anything that changes.
create table academy.attempt_live (
    attempt_id uuid primary key references public.attempts (id),
    sitting_id uuid not null,
    student_id uuid not null,
    acked_seq int not null default 0,
    chain_head text not null default repeat('0', 64),
    top_seq int not null default 0,
    last_seen timestamptz not null,
    rtt_ms int,
    unsynced_since timestamptz,
    focus boolean not null default true,
    item_id text,
    app_state text,
    answered int not null default 0,
    flagged int not null default 0,
    total int not null default 0,
    items text not null default '',
    incidents int not null default 0,
    last_incident text,
    last_incident_at timestamptz,
    asking_device uuid,
    asked_at timestamptz,
    version bigint not null default 0
) with (fillfactor = 50);
create index attempt_live_sitting_idx on academy.attempt_live (sitting_id);
alter table academy.attempt_live enable row level security;

-- One row per sitting: the version that orders what the monitor is told, and what was sent when.
-- It is locked last and until commit, so versions become visible in their order.
create table academy.sitting_pulse (
    sitting_id uuid primary key references public.sittings (id),
    version bigint not null default 0,
    sent_version bigint not null default 0,
    sent_at timestamptz not null default '-infinity'
) with (fillfactor = 50);
alter table academy.sitting_pulse enable row level security;

create function academy.sitting_class(p_sitting uuid) returns uuid
language sql stable security definer set search_path = ''
as $$ select s.class_id from public.sittings s where s.id = p_sitting $$;

create function academy.proctors(p_sitting uuid) returns boolean
language sql stable security definer set search_path = ''
as $$ select academy.is_teacher(academy.sitting_class(p_sitting)) $$;

create function academy.proctors_attempt(p_attempt uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.attempts a where a.id = p_attempt and academy.proctors(a.sitting_id))
$$;

create function academy.owns_attempt(p_attempt uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.attempts a where a.id = p_attempt and a.student_id = auth.uid())
$$;

-- Computed once for a statement, like academy.my_classes().
create function academy.proctored_sittings() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select s.id from public.sittings s
        where s.class_id = any ((select academy.taught_classes())::uuid[]));
end
$$;

create function academy.proctored_attempts() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select a.id from public.attempts a
        where a.sitting_id = any ((select academy.proctored_sittings())::uuid[]));
end
$$;

create function academy.seen_attempts() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return academy.proctored_attempts()
        || array(select a.id from public.attempts a where a.student_id = auth.uid());
end
$$;

alter table public.exams enable row level security;
alter table public.exam_keys enable row level security;
alter table public.sittings enable row level security;
alter table public.attempts enable row level security;
alter table public.attempt_ops enable row level security;
alter table public.adjustments enable row level security;
alter table public.commands enable row level security;
alter table public.command_acks enable row level security;
alter table public.incidents enable row level security;
alter table public.results enable row level security;
alter table public.marks enable row level security;

-- exam_keys has no policy at all: only functions read it.
create policy exams_read on public.exams for select to authenticated
    using (academy.teaches_course(course_id));
create policy sittings_read on public.sittings for select to authenticated
    using (class_id = any ((select academy.my_classes())::uuid[]));
create policy attempts_read on public.attempts for select to authenticated
    using (student_id = (select auth.uid())
        or sitting_id = any ((select academy.proctored_sittings())::uuid[]));
create policy attempt_ops_read on public.attempt_ops for select to authenticated
    using (attempt_id = any ((select academy.seen_attempts())::uuid[]));
create policy adjustments_read on public.adjustments for select to authenticated
    using (attempt_id = any ((select academy.seen_attempts())::uuid[]));
create policy commands_read on public.commands for select to authenticated
    using (sitting_id = any ((select academy.proctored_sittings())::uuid[]));
create policy command_acks_read on public.command_acks for select to authenticated
    using (attempt_id = any ((select academy.seen_attempts())::uuid[]));
create policy incidents_read on public.incidents for select to authenticated
    using (attempt_id = any ((select academy.proctored_attempts())::uuid[]));
create policy results_read on public.results for select to authenticated
    using ((student_id = (select auth.uid()) and released_at is not null)
        or sitting_id = any ((select academy.proctored_sittings())::uuid[]));
create policy marks_read on public.marks for select to authenticated
    using (attempt_id = any ((select academy.proctored_attempts())::uuid[]));

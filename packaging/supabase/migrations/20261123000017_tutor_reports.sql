-- SPDX-License-Identifier: GPL-3.0-or-later
-- Replies of the tutor that a learner finds wrong or unsuitable. The reply's own words come along,
-- because a teacher may not read the talk it stood in; nothing else of it does.

create table public.tutor_reports (
    id uuid primary key,
    user_id uuid not null references auth.users (id) on delete cascade,
    -- The message as the learner's programs name it; it may be gone, or never have reached this academy.
    message_id uuid not null,
    reason text not null check (reason in ('wrong', 'level', 'unsuitable', 'unsafe', 'personal', 'other')),
    words text not null check (length(words) <= 1000),
    reply text not null check (length(reply) between 1 and 20000),
    model text not null check (length(model) <= 200),
    settled_by uuid references auth.users (id) on delete set null,
    settled_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    unique (user_id, message_id)
);
create index tutor_reports_user_idx on public.tutor_reports (user_id, created_at);

-- Sending it twice changes nothing, and a message is reported once.
create function public.report_reply(
    p_id uuid, p_message uuid, p_reason text, p_words text, p_reply text, p_model text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_row public.tutor_reports;
begin
    if p_id is null or p_message is null
        or coalesce(p_reason, '') not in ('wrong', 'level', 'unsuitable', 'unsafe', 'personal', 'other')
        or length(coalesce(p_words, '')) > 1000 or length(coalesce(p_reply, '')) not between 1 and 20000
        or length(coalesce(p_model, '')) > 200 then
        perform academy.fail('ACADEMY_BAD_INPUT', 'A reply and a reason are needed.');
    end if;
    -- One report of a person at a time, so that the count holds.
    perform pg_advisory_xact_lock(hashtextextended(v_uid::text, 17));
    select * into v_row from public.tutor_reports r where r.user_id = v_uid and (r.id = p_id or r.message_id = p_message);
    if v_row.id is null then
        if (select count(*) from public.tutor_reports r
            where r.user_id = v_uid and r.created_at > clock_timestamp() - interval '1 day') >= 50 then
            perform academy.fail('ACADEMY_LIMIT', 'Enough for a day.');
        end if;
        insert into public.tutor_reports (id, user_id, message_id, reason, words, reply, model)
        values (p_id, v_uid, p_message, p_reason, coalesce(p_words, ''), p_reply, coalesce(p_model, ''))
        on conflict (id) do nothing returning * into v_row;
        if v_row.id is null then
            perform academy.fail('ACADEMY_NOT_FOUND', 'That id is somebody else''s.');
        end if;
    end if;
    return jsonb_build_object('id', v_row.id, 'created_at', v_row.created_at);
end
$$;

-- A teacher of the student has looked at it; the first one's name stays.
create function public.settle_report(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_uid uuid := academy.caller();
    v_row public.tutor_reports;
begin
    select r.* into v_row from public.tutor_reports r
    where r.id = p_id and r.user_id in (select s.user_id from academy.my_students() s) for update of r;
    if v_row.id is null then
        perform academy.fail('ACADEMY_NOT_FOUND', 'No such report.');
    end if;
    if v_row.settled_at is null then
        update public.tutor_reports r set settled_by = v_uid, settled_at = clock_timestamp()
        where r.id = p_id returning * into v_row;
    end if;
    return jsonb_build_object('id', v_row.id, 'settled_at', v_row.settled_at);
end
$$;

alter table public.tutor_reports enable row level security;
create policy tutor_reports_read on public.tutor_reports for select to authenticated
    using (user_id = (select auth.uid()) or user_id in (select s.user_id from academy.my_students() s));
create policy second_step on public.tutor_reports as restrictive to authenticated
    using ((select not academy.second_step_missing()));

revoke all on public.tutor_reports from anon, authenticated;
revoke all on function public.report_reply(uuid, uuid, text, text, text, text), public.settle_report(uuid)
    from public, anon, authenticated;
grant select on public.tutor_reports to authenticated;
grant execute on function public.report_reply(uuid, uuid, text, text, text, text), public.settle_report(uuid) to authenticated;

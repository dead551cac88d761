-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who may join which private channel, and which tables subscribers may watch.
--
--   attempt:<id>           its student and the teachers of the class listen; teachers speak
--   sitting:<id>:monitor   teachers of the class listen; only the database speaks
--   sitting:<id>:room      the class listens and speaks (presence, typing)
--   user:<id>              that person's own devices
-- Any other topic is nobody's.

create function academy.topic_access(p_topic text, p_extension text, p_write boolean) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_parts text[] := regexp_match(p_topic,
        '^(attempt|user|sitting):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?::(monitor|room))?$');
    v_uid uuid := auth.uid();
    v_id uuid;
begin
    if v_parts is null or v_uid is null or p_extension not in ('broadcast', 'presence') then
        return false;
    end if;
    v_id := v_parts[2]::uuid;
    case v_parts[1] || ':' || coalesce(v_parts[3], '')
    when 'user:' then
        return v_id = v_uid;
    when 'attempt:' then
        return academy.proctors_attempt(v_id)
            or (academy.owns_attempt(v_id) and (not p_write or p_extension = 'presence'));
    when 'sitting:monitor' then
        return academy.proctors(v_id) and (not p_write or p_extension = 'presence');
    when 'sitting:room' then
        return academy.is_member(academy.sitting_class(v_id));
    else
        return false;
    end case;
end
$$;

create policy academy_listen on realtime.messages for select to authenticated
    using (academy.topic_access((select realtime.topic()), extension, false));
create policy academy_speak on realtime.messages for insert to authenticated
    with check (academy.topic_access((select realtime.topic()), extension, true));

do $$
begin
    if not exists (select from pg_publication where pubname = 'supabase_realtime') then
        create publication supabase_realtime;
    end if;
end
$$;
alter publication supabase_realtime add table
    public.course_progress, public.sittings, public.attempts, public.results;

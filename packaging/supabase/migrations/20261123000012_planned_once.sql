-- SPDX-License-Identifier: GPL-3.0-or-later
-- What policies ask for once per statement, planned once per session. A function in SQL that runs as
-- its owner is planned anew at every call, which for these costs ten times their work: every change
-- that realtime shows to somebody asks one or two of them. The answers are those of the functions
-- they replace.

create or replace function academy.my_classes() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select m.class_id from public.class_members m where m.user_id = auth.uid());
end
$$;

create or replace function academy.taught_classes() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select m.class_id from public.class_members m
        where m.user_id = auth.uid() and m.role = 'teacher');
end
$$;

create or replace function academy.my_courses() returns uuid[]
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

create or replace function academy.people_i_meet() returns uuid[]
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

create or replace function academy.my_students() returns table (user_id uuid, course_id uuid)
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

create or replace function academy.people_i_answer_for() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select auth.uid() union select s.user_id from academy.my_students() s);
end
$$;

create or replace function academy.proctored_sittings() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select s.id from public.sittings s
        where s.class_id = any ((select academy.taught_classes())::uuid[]));
end
$$;

create or replace function academy.proctored_attempts() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(select a.id from public.attempts a
        where a.sitting_id = any ((select academy.proctored_sittings())::uuid[]));
end
$$;

create or replace function academy.seen_attempts() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return academy.proctored_attempts()
        || array(select a.id from public.attempts a where a.student_id = auth.uid());
end
$$;

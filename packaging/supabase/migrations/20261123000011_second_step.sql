-- SPDX-License-Identifier: GPL-3.0-or-later
-- The second step. Who has a verified second factor is served with tokens of level aal2 only; a
-- password alone, or a token from before the factor, sees no row and may call nothing. Who has none
-- is served as before.
--
-- Tables ask through restrictive policies, as the documentation of Supabase shows; functions through
-- academy.caller(). A table that a later migration adds needs such a policy of its own.

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
grant execute on function academy.second_step_missing() to authenticated;

-- 401 and not 403: signing in again, with the code, helps, and what waits to be sent is kept until then.
create or replace function academy.caller() returns uuid
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

do $$
declare
    v_table regclass;
begin
    for v_table in
        select c.oid from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
    loop
        execute format('create policy second_step on %s as restrictive to authenticated '
            'using ((select not academy.second_step_missing()))', v_table);
    end loop;
end
$$;
create policy academy_second_step on realtime.messages as restrictive to authenticated
    using ((select not academy.second_step_missing()));

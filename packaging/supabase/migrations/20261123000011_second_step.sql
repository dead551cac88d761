-- SPDX-License-Identifier: GPL-3.0-or-later
-- The second step. Who has a verified second factor is served with tokens of level aal2 only; a
-- password alone, or a token from before the factor, sees no row and may call nothing. Who has none
-- is served as before.
--
-- Tables ask through restrictive policies, as the documentation of Supabase shows; functions through
-- academy.caller(). A table that a later migration adds needs such a policy of its own.

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

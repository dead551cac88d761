-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the program should know about models beyond what it was built with: prices, limits and
-- peculiarities, in the shape of the program's own catalogue. One row for the academy. Everybody who
-- is signed in reads it; who looks after the tutor writes it.

create table public.tutor_catalogue (
    id boolean primary key default true check (id),
    body jsonb not null check (jsonb_typeof(body) = 'object' and length(body::text) <= 500000)
);

alter table public.tutor_catalogue enable row level security;
create policy second_step on public.tutor_catalogue as restrictive to authenticated
    using ((select not academy.second_step_missing()));
create policy tutor_catalogue_read on public.tutor_catalogue for select to authenticated using (true);
create policy tutor_catalogue_insert on public.tutor_catalogue for insert to authenticated
    with check ((select academy.keeps_tutor()));
create policy tutor_catalogue_update on public.tutor_catalogue for update to authenticated
    using ((select academy.keeps_tutor())) with check ((select academy.keeps_tutor()));
create policy tutor_catalogue_delete on public.tutor_catalogue for delete to authenticated
    using ((select academy.keeps_tutor()));

revoke all on public.tutor_catalogue from anon, authenticated;
grant select, insert, update, delete on public.tutor_catalogue to authenticated;

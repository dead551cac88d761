-- SPDX-License-Identifier: GPL-3.0-or-later
-- What cases/live.mjs asks about: a table whose every change is heard, and topics of its own.
create table public.probe_notes (
    id int primary key, owner uuid not null default auth.uid(), word text, seats int, at timestamptz default now());
alter table public.probe_notes enable row level security;
create policy own on public.probe_notes using (owner = auth.uid()) with check (owner = auth.uid());
grant all on public.probe_notes to authenticated;
alter publication supabase_realtime add table public.probe_notes;
create policy probe_topics on realtime.messages for all to authenticated
    using (realtime.topic() like 'probe:%') with check (realtime.topic() like 'probe:%');
notify pgrst, 'reload schema';

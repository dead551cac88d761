-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tables that the conversations are about: one of each kind that matters to Realtime.

create type mood as enum ('happy', 'sad');
create table todos (
    id bigint primary key, user_id uuid, title text, done boolean, priority int, amount numeric, meta jsonb,
    tags text[], blob bytea, due timestamptz, inserted_at timestamptz);
alter table todos enable row level security;
create policy own_todos on todos for select to authenticated using (user_id = (select auth.uid()));
create table notes (id int primary key, body text, room text);
alter table notes replica identity full;
create table notes_rls_full (id int primary key, owner uuid, body text);
alter table notes_rls_full replica identity full;
alter table notes_rls_full enable row level security;
create policy own_notes on notes_rls_full for select to authenticated using (owner = (select auth.uid()));
create table docs (id int primary key, owner uuid, body text);
create table flt (id int primary key, s text, n int, d timestamptz, b boolean, u uuid);
create table alltypes (
    id bigint primary key, i2 smallint, i4 int, big bigint, f4 real, f8 double precision, num numeric, b boolean,
    t text, vc varchar(20), ch char(5), j json, jb jsonb, u uuid, d date, tm time, ttz timetz, ts timestamp,
    tstz timestamptz, iv interval, "by" bytea, ia int[], ta text[], jba jsonb[], m mood, ip inet, r int4range,
    pt point, bits bit(4), mon money, "Camel Col" text);
create table nopk (v text);
create table secretcol (id int primary key, pub text, secret text);
create table toast (id int primary key, big text, n int);
alter table toast alter column big set storage external;
create table "Camel Table" (id int primary key, "weird, col" text);
create schema other;
create table other.things (id int primary key, v text);

grant usage on schema other to anon, authenticated, service_role;
grant all on todos, notes, notes_rls_full, docs, flt, alltypes, nopk, toast, "Camel Table", other.things
    to anon, authenticated, service_role;
revoke all on secretcol from anon, authenticated;
grant select (id, pub) on secretcol to anon, authenticated;
alter default privileges in schema other grant all on tables to anon, authenticated, service_role;
alter publication supabase_realtime add table todos, notes, notes_rls_full, flt, alltypes, nopk, secretcol, toast,
    "Camel Table", other.things;

-- The first person may use room:42 and listen to readonly:1, and everybody to documents of their own.
create policy rooms_read on realtime.messages for select to authenticated using (
    (realtime.topic() in ('room:42', 'readonly:1')
        and (select auth.uid()) = '11111111-1111-4111-8111-111111111111')
    or realtime.topic() = 'docs:' || (select auth.uid())::text);
create policy rooms_write on realtime.messages for insert to authenticated with check (
    realtime.topic() = 'room:42' and (select auth.uid()) = '11111111-1111-4111-8111-111111111111');

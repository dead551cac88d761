-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where applied migrations are recorded, as the Supabase command line records them.

set local client_min_messages = warning;

create schema if not exists supabase_migrations authorization postgres;

create table if not exists supabase_migrations.schema_migrations (
    version text not null primary key,
    statements text[],
    name text
);
create table if not exists supabase_migrations.seed_files (
    path text not null primary key,
    hash text not null
);
alter table supabase_migrations.schema_migrations owner to postgres;
alter table supabase_migrations.seed_files owner to postgres;

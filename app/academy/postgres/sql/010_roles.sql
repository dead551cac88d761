-- SPDX-License-Identifier: GPL-3.0-or-later
-- The roles a Supabase project has before its first migration. Run as the cluster's superuser on an
-- empty database. Every file of this directory is one transaction and may be run again.
--
-- "postgres" is the role that migrations run as. Where the cluster was created with it as its
-- superuser it stays one; hosted projects give it less, so no migration may rely on that.

set local client_min_messages = warning;

do $$
begin
    if not exists (select from pg_roles where rolname = 'postgres') then
        create role postgres login createdb createrole replication bypassrls inherit;
    end if;
    if not exists (select from pg_roles where rolname = 'anon') then
        create role anon nologin noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'authenticated') then
        create role authenticated nologin noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'service_role') then
        create role service_role nologin noinherit bypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'authenticator') then
        create role authenticator login noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then
        create role supabase_auth_admin login noinherit createrole;
    end if;
    if not exists (select from pg_roles where rolname = 'supabase_realtime_admin') then
        create role supabase_realtime_admin nologin noinherit;
    end if;
end
$$;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres;
grant supabase_realtime_admin to postgres;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';

create schema if not exists extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role, supabase_auth_admin;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated, service_role, postgres;

-- What hosted Supabase grants on the schema that migrations fill.
grant usage, create on schema public to postgres;
grant usage on schema public to anon, authenticated, service_role;
do $$
declare
    owner text;
begin
    execute format('grant create, connect, temporary on database %I to postgres', current_database());
    execute format('alter database %I set search_path = "$user", public, extensions',
        current_database());
    -- Only the first time: migrations may have narrowed what new objects are granted since.
    if to_regnamespace('supabase_migrations') is null then
        foreach owner in array array['postgres', current_user::text] loop
            execute format('alter default privileges for role %I in schema public
                grant all on tables to postgres, anon, authenticated, service_role', owner);
            execute format('alter default privileges for role %I in schema public
                grant all on sequences to postgres, anon, authenticated, service_role', owner);
            execute format('alter default privileges for role %I in schema public
                grant all on functions to postgres, anon, authenticated, service_role', owner);
        end loop;
    end if;
end
$$;

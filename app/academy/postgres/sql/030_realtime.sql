-- SPDX-License-Identifier: GPL-3.0-or-later
-- The database side of Realtime: private-channel policies attach to realtime.messages, and
-- functions of the project broadcast by inserting into it.
--
-- Hosted projects partition the table by day to drop old rows cheaply; here it is one table with the
-- same columns, key and checks, and realtime.forget_messages() removes what was delivered.

set local client_min_messages = warning;

create schema if not exists realtime;
grant usage on schema realtime to anon, authenticated, service_role, postgres;
grant all on schema realtime to supabase_realtime_admin with grant option;

create table if not exists realtime.messages (
    topic text not null,
    extension text not null,
    payload jsonb,
    event text,
    private boolean default false,
    updated_at timestamp not null default now(),
    inserted_at timestamp not null default now(),
    id uuid not null default gen_random_uuid(),
    binary_payload bytea,
    primary key (id, inserted_at),
    constraint messages_payload_exclusive check (payload is null or binary_payload is null)
);
-- Broadcasts that reached everybody before they were stored (persist); only a replay shows them.
alter table realtime.messages add column if not exists skip_broadcast boolean not null default false;
create index if not exists messages_inserted_at_topic_index
    on realtime.messages (inserted_at desc, topic) where extension = 'broadcast' and private;
alter table realtime.messages owner to supabase_realtime_admin;
alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;
grant all on realtime.messages to postgres;

create or replace function realtime.topic() returns text
language sql stable
as $$
    select nullif(current_setting('realtime.topic', true), '')
$$;

create or replace function realtime.send(
    payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql
as $$
declare
    message_id uuid := gen_random_uuid();
    body jsonb := payload;
begin
    -- A broadcast that fails must not undo the work it announces.
    begin
        if jsonb_typeof(payload) = 'object' and not payload ? 'id' then
            body := payload || jsonb_build_object('id', message_id);
        end if;
        perform set_config('realtime.topic', topic, true);
        insert into realtime.messages (id, payload, event, topic, private, extension)
        values (message_id, body, event, topic, private, 'broadcast');
    exception when others then
        raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
    end;
end
$$;

create or replace function realtime.send_binary(
    payload bytea, event text, topic text, private boolean default true) returns void
language plpgsql
as $$
begin
    begin
        perform set_config('realtime.topic', topic, true);
        insert into realtime.messages (binary_payload, event, topic, private, extension)
        values (payload, event, topic, private, 'broadcast');
    exception when others then
        raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
    end;
end
$$;

create or replace function realtime.broadcast_changes(
    topic_name text, event_name text, operation text, table_name text, table_schema text,
    new record, old record, level text default 'ROW') returns void
language plpgsql
as $$
declare
    body jsonb;
begin
    if level = 'STATEMENT' then
        raise exception 'function can only be triggered for each row, not for each statement';
    end if;
    body := case operation
        when 'INSERT' then jsonb_build_object('record', to_jsonb(new), 'old_record', null)
        when 'UPDATE' then jsonb_build_object('record', to_jsonb(new), 'old_record', to_jsonb(old))
        when 'DELETE' then jsonb_build_object('record', null, 'old_record', to_jsonb(old))
    end;
    if body is null then
        raise exception 'Unexpected operation type: %', operation;
    end if;
    perform realtime.send(
        body || jsonb_build_object('operation', operation, 'schema', table_schema, 'table', table_name),
        event_name, topic_name);
end
$$;

-- Removes broadcasts older than the given age; the academy calls it from time to time.
create or replace function realtime.forget_messages(older_than interval default '3 days') returns bigint
language sql
as $$
    with gone as (
        delete from realtime.messages
        where inserted_at < localtimestamp - older_than
        returning 1)
    select count(*) from gone
$$;
revoke execute on function realtime.forget_messages(interval) from public;

do $$
begin
    if not exists (select from pg_publication where pubname = 'supabase_realtime') then
        create publication supabase_realtime;
    end if;
    if not exists (select from pg_publication where pubname = 'supabase_realtime_messages_publication') then
        create publication supabase_realtime_messages_publication
            for table realtime.messages with (publish = 'insert');
    end if;
end
$$;
alter publication supabase_realtime owner to postgres;

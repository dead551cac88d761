// SPDX-License-Identifier: GPL-3.0-or-later
// What the official realtime client can do besides the everyday: every kind of change and filter, leaving,
// heartbeats, tokens of one's own, bytes, and messages that are kept and heard again.
import { fileURLToPath } from 'node:url';
import { createClient, postgresChangesFilter } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { mustSubscribe, studentId, subscribed, watching } from '../support/academy.mjs';
import { runSqlFile } from '../support/database.mjs';
import { equal, Inbox, pause, test, truthy } from '../support/suite.mjs';

const notes = { event: '*', schema: 'public', table: 'probe_notes' };
let prepared;

/** Students, once the probe's table is there and REST has read of it. */
async function people(academy, ...numbers) {
  prepared ??= (async () => {
    await runSqlFile(academy, fileURLToPath(new URL('../support/live_probe.sql', import.meta.url)));
    const client = academy.client();
    for (let tries = 0; (await client.from('probe_notes').select('id').limit(1)).error; tries += 1) {
      truthy(tries < 100, 'the schema is read again');
      await pause(100);
    }
  })();
  await prepared;
  return Promise.all(numbers.map((number) => academy.student(number)));
}

let last = 0;
async function note(client, fields = {}) {
  const row = { id: (last += 1), word: 'hello', seats: 3, ...fields };
  equal((await client.from('probe_notes').insert(row)).error, null, 'insert');
  return row;
}

async function listening(client, topic, config) {
  const inbox = new Inbox();
  const channel = client.channel(topic, { config });
  channel.on('broadcast', { event: '*' }, inbox.push);
  await mustSubscribe(channel);
  return { channel, inbox };
}

test('live: a row comes, changes and goes', async (academy) => {
  const [client, other] = await people(academy, 21, 22);
  const mine = await watching(client, 'mine', notes);
  const theirs = await watching(other, 'theirs', notes);
  const row = await note(client);
  const came = await mine.changes.next('the insert');
  equal([came.eventType, came.new.id, came.new.owner, came.new.seats, came.old, came.errors],
    ['INSERT', row.id, studentId(21), 3, {}, null], 'insert');
  await client.from('probe_notes').update({ seats: 4 }).eq('id', row.id);
  const changed = await mine.changes.next('the update');
  equal([changed.eventType, changed.new.seats, changed.old], ['UPDATE', 4, { id: row.id }], 'update');
  await client.from('probe_notes').delete().eq('id', row.id);
  const gone = await mine.changes.next('the delete');
  equal([gone.eventType, gone.new, gone.old], ['DELETE', {}, { id: row.id }], 'delete');
  equal((await theirs.changes.next('of a row that is gone')).eventType, 'DELETE', 'who may see it cannot be asked any more');
  equal(theirs.changes.rest, [], 'nothing before');
});

test('live: each kind of change has its own listeners', async (academy) => {
  const [client] = await people(academy, 21);
  const system = new Inbox();
  const heard = { INSERT: new Inbox(), UPDATE: new Inbox(), DELETE: new Inbox() };
  const channel = client.channel('kinds').on('system', {}, system.push);
  for (const [event, inbox] of Object.entries(heard)) {
    channel.on('postgres_changes', { ...notes, event }, inbox.push);
  }
  await mustSubscribe(channel);
  await system.next('the confirmation');
  // One after the other: nobody may see a row that is gone, so what happened to it just before is not heard either.
  const row = await note(client);
  equal((await heard.INSERT.next('the insert')).new.id, row.id, 'insert');
  await client.from('probe_notes').update({ seats: 4 }).eq('id', row.id);
  equal((await heard.UPDATE.next('the update')).new.seats, 4, 'update');
  await client.from('probe_notes').delete().eq('id', row.id);
  equal((await heard.DELETE.next('the delete')).old.id, row.id, 'delete');
  equal(Object.values(heard).map(({ rest }) => rest), [[], [], []], 'each at its own listener only');
});

test('live: every filter of the builder', async (academy) => {
  const [client] = await people(academy, 21);
  const where = postgresChangesFilter;
  const fits = {
    eq: where().eq('word', 'a,b (c)'), neq: where().neq('seats', 3), gt: where().gt('seats', 6), gte: where().gte('seats', 7),
    lt: where().lt('seats', 8), lte: where().lte('seats', 7), in: where().in('word', ['x', 'a,b (c)']), like: where().like('word', 'a,b%'),
    ilike: where().ilike('word', 'A,B%'), match: where().match('word', '^a.b'), imatch: where().imatch('word', '^A'),
    is: where().not('word', 'is', null), isDistinct: where().isDistinct('seats', 3), not: where().not('seats', 'eq', 3),
    and: where().eq('seats', 7).like('word', '%c)'),
  };
  const misses = {
    eq: where().eq('word', 'a,b'), neq: where().neq('seats', 7), in: where().in('word', ['x', 'a,b', '(c)']), ilike: where().ilike('word', 'b%'),
    is: where().is('word', null), isDistinct: where().isDistinct('seats', 7), and: where().eq('seats', 7).eq('word', 'x'),
  };
  const channel = client.channel('filters');
  const heard = new Inbox();
  const wrong = new Inbox();
  Object.entries(fits).forEach(([name, filter]) => channel.on('postgres_changes', { ...notes, filter: filter.build() }, () => heard.push(name)));
  Object.entries(misses).forEach(([name, filter]) => channel.on('postgres_changes', { ...notes, filter: filter.build() }, () => wrong.push(name)));
  const system = new Inbox();
  await mustSubscribe(channel.on('system', {}, system.push));
  equal((await system.next('the confirmation')).message, 'Subscribed to PostgreSQL', 'filters');
  await note(client, { word: 'a,b (c)', seats: 7 });
  for (const name of Object.keys(fits)) {
    await heard.next(`${name} fits`, (entry) => entry === name);
  }
  equal([heard.rest, wrong.rest], [[], []], 'each once, and no other');
});

test('live: a join that waits for the database is confirmed by it', async (academy) => {
  const [client] = await people(academy, 21);
  const changes = new Inbox();
  const channel = client.channel('waiting', { config: { postgres_changes_options: { wait: true } } }).on('postgres_changes', notes, changes.push);
  await mustSubscribe(channel);
  const row = await note(client);
  equal((await changes.next('at once')).new.id, row.id, 'no change is missed');
  const refused = await subscribed(client.channel('nowhere', { config: { postgres_changes_options: { wait: true } } })
    .on('postgres_changes', { ...notes, table: 'nope' }, () => {}));
  equal(refused.status, 'CHANNEL_ERROR', 'a table nobody publishes');
});

test('live: channels are listed, left and removed', async (academy) => {
  const client = academy.client();
  const { realtime } = client;
  truthy(realtime.endpointURL().startsWith(`${academy.url.replace('http', 'ws')}/realtime/v1/websocket?`), realtime.endpointURL());
  const [first, second] = [client.channel('first'), client.channel('second')];
  await mustSubscribe(first);
  await mustSubscribe(second);
  equal([client.getChannels().map(({ topic }) => topic), realtime.connectionState(), realtime.isConnected()],
    [['realtime:first', 'realtime:second'], 'open', true], 'both');
  equal(await first.unsubscribe(), 'ok', 'unsubscribe');
  equal(first.state, 'closed', 'left');
  equal(await client.removeChannel(second), 'ok', 'removeChannel');
  equal(client.getChannels(), [], 'none');
  await mustSubscribe(client.channel('first'));
  equal(await client.removeAllChannels(), ['ok'], 'removeAllChannels');
  realtime.disconnect();
  realtime.connect();
  await mustSubscribe(client.channel('third'));
  equal(realtime.isConnected(), true, 'connect after disconnect');
});

test('live: heartbeats', async (academy) => {
  const { realtime } = academy.client();
  const heard = new Inbox();
  realtime.onHeartbeat(heard.push);
  realtime.connect();
  for (let tries = 0; !realtime.isConnected(); tries += 1) {
    truthy(tries < 100, 'connected');
    await pause(50);
  }
  await realtime.sendHeartbeat();
  await heard.next('sent', (status) => status === 'sent');
  await heard.next('answered', (status) => status === 'ok');
});

test('live: a token of one\'s own, by option and by hand', async (academy) => {
  const token = academy.token({ role: 'authenticated', aud: 'authenticated', sub: studentId(23), exp: Math.floor(Date.now() / 1000) + 600 });
  const config = { config: { private: true } };
  const asked = createClient(academy.url, academy.anonKey, { accessToken: async () => token, realtime: { transport: WebSocket } });
  try {
    await asked.realtime.setAuth();
    equal((await subscribed(asked.channel(`user:${studentId(23)}`, config))).status, 'SUBSCRIBED', 'accessToken');
  } finally {
    asked.realtime.disconnect();
  }
  const client = academy.client();
  equal((await subscribed(client.channel(`user:${studentId(23)}`, config))).status, 'CHANNEL_ERROR', 'without one');
  await client.removeAllChannels();
  await client.realtime.setAuth(token);
  equal((await subscribed(client.channel(`user:${studentId(23)}`, config))).status, 'SUBSCRIBED', 'setAuth');
});

test('live: bytes by socket and over HTTP', async (academy) => {
  const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
  const listener = await listening(academy.client(), 'bytes');
  const sender = await listening(academy.client(), 'bytes', { broadcast: { ack: true } });
  equal(await sender.channel.send({ type: 'broadcast', event: 'raw', payload: bytes.buffer }), 'ok', 'ack');
  equal(new Uint8Array((await listener.inbox.next('by socket')).payload), bytes, 'by socket');
  equal(await academy.client().channel('bytes').httpSend('raw', bytes), { success: true }, 'httpSend');
  equal(new Uint8Array((await listener.inbox.next('over HTTP')).payload), bytes, 'over HTTP');
});

test('live: a private room over HTTP, for those who may', async (academy) => {
  const [speaker, listener] = await people(academy, 21, 22);
  const { inbox } = await listening(listener, 'probe:http', { private: true });
  equal(await speaker.channel('probe:http', { config: { private: true } }).httpSend('hello', { n: 1 }), { success: true }, 'httpSend');
  equal((await inbox.next('the message')).payload, { n: 1 }, 'payload');
  const refused = await speaker.channel('elsewhere', { config: { private: true } }).httpSend('hello', {}).then(() => null, (error) => error);
  equal(refused?.message, 'Unauthorized', 'a topic without policy');
});

test('live: who is in a private room', async (academy) => {
  const [alice, bob] = await people(academy, 21, 22);
  const enter = async (client, key) => {
    const events = new Inbox();
    const channel = client.channel('probe:people', { config: { private: true, presence: { key } } });
    channel.on('presence', { event: 'join' }, events.push).on('presence', { event: 'leave' }, events.push);
    await mustSubscribe(channel);
    return { channel, events };
  };
  const [first, second] = [await enter(alice, 'alice'), await enter(bob, 'bob')];
  equal(await first.channel.track({ name: 'Alice' }), 'ok', 'track');
  equal((await second.events.next('alice')).newPresences[0].name, 'Alice', 'join');
  await first.channel.untrack();
  equal((await second.events.next('alice leaves', ({ event }) => event === 'leave')).key, 'alice', 'leave');
});

test('live: messages are kept and heard again', async (academy) => {
  const [speaker, late] = await people(academy, 21, 22);
  const since = Date.now() - 1_000;
  const { channel } = await listening(speaker, 'probe:kept', { private: true, broadcast: { ack: true } });
  equal(await channel.send({ type: 'broadcast', event: 'first', payload: { n: 1 }, persist: true }), 'ok', 'send');
  equal(await channel.send({ type: 'broadcast', event: 'gone', payload: { n: 0 } }), 'ok', 'not kept');
  equal(await channel.send({ type: 'broadcast', event: 'second', payload: { n: 2 }, persist: { ttl: 60 } }), 'ok', 'with a time to live');
  const { inbox } = await listening(late, 'probe:kept', { private: true, broadcast: { replay: { since, limit: 10 } } });
  const first = await inbox.next('the first');
  const second = await inbox.next('the second');
  equal([first.event, first.payload, first.meta.replayed, second.event, second.payload],
    ['first', { n: 1 }, true, 'second', { n: 2 }], 'in order');
  equal(inbox.rest, [], 'nothing else');
  const system = new Inbox();
  await mustSubscribe(speaker.channel('probe:ready', { config: { private: true, broadcast: { replication_ready: true } } }).on('system', {}, system.push));
  const ready = await system.next('replication_ready');
  equal([ready.status, ready.message], ['ok', 'Replication connection established'], 'replication_ready');
});

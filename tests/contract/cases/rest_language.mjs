// SPDX-License-Identifier: GPL-3.0-or-later
// Every method of the official client that reads or writes through REST, on tables of every kind.
import { fileURLToPath } from 'node:url';
import { runSqlFile } from '../support/database.mjs';
import { equal, pause, test, truthy } from '../support/suite.mjs';

const script = fileURLToPath(new URL('../../backend/academy/rest_probe.sql', import.meta.url));
let prepared;

/** The probe's tables, made once per academy, behind its back as a migration would. */
async function probe(academy, options) {
  prepared ??= (async () => {
    await runSqlFile(academy, script);
    const client = academy.client();
    for (let tries = 0; (await client.from('probe_rooms').select('id').limit(1)).error; tries += 1) {
      truthy(tries < 100, 'the schema is read again');
      await pause(100);
    }
  })();
  await prepared;
  return academy.student(1, options);
}

async function rows(query, expected, what) {
  const { data, error } = await query;
  equal(error, null, `${what}: error`);
  equal(data, expected, what);
}

const ids = (...list) => list.map((id) => ({ id }));

test('rest language: every filter of the builder', async (academy) => {
  const client = await probe(academy);
  const rooms = () => client.from('probe_rooms').select('id').order('id');
  const bookings = () => client.from('probe_bookings').select('id').order('id');
  await rows(rooms().eq('name', 'Aula 1'), ids(1), 'eq');
  await rows(rooms().neq('seats', 10), ids(2, 4), 'neq');
  await rows(rooms().gt('seats', 10), ids(2), 'gt');
  await rows(rooms().gte('seats', 10), ids(1, 2), 'gte');
  await rows(rooms().lt('seats', 10), ids(4), 'lt');
  await rows(rooms().lte('seats', 10), ids(1, 4), 'lte');
  await rows(rooms().like('name', 'Aula%'), ids(1, 2), 'like');
  await rows(rooms().likeAllOf('name', ['Aula%', '%2']), ids(2), 'likeAllOf');
  await rows(rooms().likeAnyOf('name', ['Aula%', 'Bib%']), ids(1, 2, 3), 'likeAnyOf');
  await rows(rooms().ilike('name', '%AULA%'), ids(1, 2), 'ilike');
  await rows(rooms().ilikeAllOf('name', ['%AULA%', '%1']), ids(1), 'ilikeAllOf');
  await rows(rooms().ilikeAnyOf('name', ['%AULA%', 'bib%']), ids(1, 2, 3), 'ilikeAnyOf');
  await rows(rooms().regexMatch('name', '^Aula [12]$'), ids(1, 2), 'regexMatch');
  await rows(rooms().regexIMatch('name', '^biblio'), ids(3), 'regexIMatch');
  await rows(rooms().is('seats', null), ids(3), 'is');
  await rows(rooms().isDistinct('seats', 10), ids(2, 3, 4), 'isDistinct');
  await rows(rooms().in('name', ['Aula 1', 'Biblioteca', 'a,(b)']), ids(1, 3), 'in');
  await rows(rooms().notIn('id', [1, 2]), ids(3, 4), 'notIn');
  await rows(rooms().contains('tags', ['big']), ids(1), 'contains, array');
  await rows(rooms().contains('facts', { floor: 1 }), ids(1, 4), 'contains, JSON');
  await rows(bookings().contains('nights', '[2,3)'), ids(1), 'contains, range');
  await rows(rooms().containedBy('tags', ['big', 'light', 'odd']), ids(1, 3, 4), 'containedBy');
  await rows(bookings().rangeGt('nights', '[9,10)'), ids(3), 'rangeGt');
  await rows(bookings().rangeGte('nights', '[5,9)'), ids(2, 3), 'rangeGte');
  await rows(bookings().rangeLt('nights', '[5,6)'), ids(1), 'rangeLt');
  await rows(bookings().rangeLte('nights', '[1,9)'), ids(1, 2), 'rangeLte');
  await rows(bookings().rangeAdjacent('nights', '[9,20)'), ids(2, 3), 'rangeAdjacent');
  await rows(bookings().overlaps('nights', '[4,6)'), ids(1, 2), 'overlaps, range');
  await rows(rooms().overlaps('tags', ['dark', 'light']), ids(1, 2), 'overlaps, array');
  await rows(rooms().textSearch('name', 'biblioteca', { config: 'spanish' }), ids(3), 'textSearch');
  await rows(rooms().textSearch('name', 'aula 1', { type: 'plain' }), ids(1), 'textSearch, plain');
  await rows(rooms().textSearch('name', 'aula 2', { type: 'phrase' }), ids(2), 'textSearch, phrase');
  await rows(rooms().textSearch('name', 'biblioteca or 2', { type: 'websearch' }), ids(2, 3), 'textSearch, websearch');
  await rows(rooms().match({ name: 'Aula 1', seats: 10 }), ids(1), 'match');
  await rows(rooms().not('seats', 'is', null), ids(1, 2, 4), 'not');
  await rows(rooms().or('id.eq.1,and(seats.gte.20,name.like.*2)'), ids(1, 2), 'or');
  await rows(rooms().filter('facts->>floor', 'eq', '2'), ids(2), 'filter');
});

test('rest language: relations, aliases, spread, order and limit inside them', async (academy) => {
  const client = await probe(academy);
  await rows(client.from('probe_guests').select('name, room:probe_rooms(name)').eq('name', 'Ana'),
    [{ name: 'Ana', room: { name: 'Aula 1' } }], 'to-one');
  await rows(client.from('probe_rooms').select('id, guests:probe_guests(name)').eq('id', 1)
    .order('name', { referencedTable: 'guests', ascending: false }).limit(1, { referencedTable: 'guests' }),
  [{ id: 1, guests: [{ name: 'Bea' }] }], 'to-many');
  await rows(client.from('probe_guests').select('name, probe_skills(name)').eq('name', 'Bea'),
    [{ name: 'Bea', probe_skills: [{ name: 'writing' }] }], 'many-to-many');
  await rows(client.from('probe_rooms').select('id, probe_guests!inner(name)').eq('probe_guests.name', 'Ana'),
    [{ id: 1, probe_guests: [{ name: 'Ana' }] }], 'inner');
  await rows(client.from('probe_rooms').select('id, probe_guests(name)').eq('id', 1)
    .or('name.eq.Ana,name.eq.Zoe', { referencedTable: 'probe_guests' }), [{ id: 1, probe_guests: [{ name: 'Ana' }] }], 'or inside');
  await rows(client.from('probe_guests').select('name, ...probe_rooms(room:name)').eq('name', 'Ana'),
    [{ name: 'Ana', room: 'Aula 1' }], 'spread');
  await rows(client.from('probe_bookings').select('id, spare:probe_rooms!probe_bookings_backup(name)').eq('id', 1),
    [{ id: 1, spare: { name: 'Aula 2' } }], 'hint');
  await rows(client.from('probe_rooms').select('id, probe_guests()').is('probe_guests', null).order('id'),
    ids(2, 3, 4), 'rows without any');
  await rows(client.from('probe_bookings').select('id, probe_rooms!room_id(name)').order('probe_rooms(name)', { nullsFirst: true }).limit(1),
    [{ id: 3, probe_rooms: null }], 'order by a relation');
  const { error, status } = await client.from('probe_bookings').select('id, probe_rooms(name)');
  equal([status, error.code, error.details.length], [300, 'PGRST201', 2], 'an ambiguous relation');
  await rows(client.from('probe_rooms').select('id, probe_label, floor:facts->floor, seats::text').eq('id', 1),
    [{ id: 1, probe_label: 'Aula 1!', floor: 1, seats: '10' }], 'computed, JSON and cast');
  await rows(client.schema('probe_api').from('things').select().eq('id', 1), [{ id: 1, name: 'thing' }], 'schema');
});

test('rest language: shapes of the answer', async (academy) => {
  const client = await probe(academy);
  const rooms = () => client.from('probe_rooms').select('id,seats').order('id');
  await rows(rooms().eq('id', 1).single(), { id: 1, seats: 10 }, 'single');
  await rows(rooms().eq('id', 0).maybeSingle(), null, 'maybeSingle on nothing');
  await rows(rooms().eq('id', 1).maybeSingle(), { id: 1, seats: 10 }, 'maybeSingle');
  const many = await rooms().maybeSingle();
  equal([many.status, many.error.code, many.error.details], [406, 'PGRST116', 'Results contain 4 rows, application/vnd.pgrst.object+json requires 1 row'], 'maybeSingle on many');
  const several = await rooms().single();
  equal([several.status, several.error.code, several.error.details], [406, 'PGRST116', 'The result contains 4 rows'], 'single on many');
  await rows(rooms().limit(2).csv(), 'id,seats\n1,10\n2,20', 'csv');
  await rows(rooms().eq('id', 3).stripNulls(), [{ id: 3 }], 'stripNulls');
  await rows(rooms().range(1, 2), [{ id: 2, seats: 20 }, { id: 3, seats: null }], 'range');
  for (const count of ['exact', 'planned', 'estimated']) {
    const answer = await client.from('probe_rooms').select('id', { count }).limit(1);
    truthy(answer.count > 0 && answer.data.length === 1, `count ${count}: ${answer.count}`);
  }
  const head = await client.from('probe_rooms').select('*', { count: 'exact', head: true });
  equal([head.status, head.data, head.count], [200, null, 4], 'head');
  const controller = new AbortController();
  controller.abort();
  const aborted = await rooms().abortSignal(controller.signal);
  truthy(aborted.error, 'abortSignal');
  const thrown = await rooms().eq('colour', 1).throwOnError().then(() => null, (error) => error);
  equal([thrown.code, thrown.message], ['42703', 'column probe_rooms.colour does not exist'], 'throwOnError');
  await rows(rooms().eq('id', 1).retry(false).setHeader('x-client-info', 'contract'), [{ id: 1, seats: 10 }], 'retry and setHeader');
  await rows(rooms().eq('id', 1).returns().overrideTypes(), [{ id: 1, seats: 10 }], 'returns and overrideTypes, which only types see');
  const plan = await rooms().explain();
  equal([plan.status, plan.error.code], [406, 'PGRST107'], 'explain, as on hosted projects');
  const map = await rooms().geojson();
  equal([map.status, map.error.code], [406, 'PGRST107'], 'geojson without PostGIS');
});

test('rest language: writes', async (academy) => {
  const client = await probe(academy);
  const skills = () => client.from('probe_skills');
  const inserted = await skills().insert([{ id: 70, name: 'a' }, { id: 71, name: 'b' }], { count: 'exact' }).select();
  equal([inserted.status, inserted.count, inserted.data.length], [201, 2, 2], 'insert');
  const defaults = await client.from('probe_rooms').insert([{ id: 70, name: 'x' }, { id: 71, name: 'y', seats: 3 }], { defaultToNull: false }).select('seats').order('id');
  equal([defaults.error, defaults.data], [null, [{ seats: 10 }, { seats: 3 }]], 'insert with defaults');
  const nulls = await client.from('probe_rooms').insert([{ id: 72, name: 'z' }, { id: 73, name: 'w', seats: 3 }]).select('seats').order('id');
  equal([nulls.error, nulls.data], [null, [{ seats: null }, { seats: 3 }]], 'insert with nulls');
  const merged = await client.from('probe_rooms').upsert({ name: 'x', seats: 4 }, { onConflict: 'name' }).select('id,seats').single();
  equal([merged.status, merged.data], [200, { id: 70, seats: 4 }], 'upsert');
  const ignored = await skills().upsert({ id: 70, name: 'c' }, { ignoreDuplicates: true }).select();
  equal([ignored.status, ignored.data], [201, []], 'upsert that ignores');
  const updated = await skills().update({ name: 'd' }, { count: 'exact' }).in('id', [70, 71]).select('id').order('id');
  equal([updated.status, updated.count, updated.data], [200, 2, ids(70, 71)], 'update');
  const limited = await skills().delete().in('id', [70, 71]).maxAffected(1);
  equal([limited.status, limited.error.code], [400, 'PGRST124'], 'maxAffected');
  const dry = await skills().delete().in('id', [70, 71]).select('id').rollback();
  equal(dry.data.length, 2, 'rollback');
  const everything = await skills().delete();
  equal([everything.status, everything.error.code], [400, '21000'], 'delete without a filter');
  const deleted = await skills().delete({ count: 'exact' }).in('id', [70, 71]);
  equal([deleted.status, deleted.count, deleted.data], [204, 2, null], 'delete');
  equal((await client.from('probe_rooms').delete().gte('id', 70)).status, 204, 'delete the rooms');
  const wrong = await skills().insert({ colour: 1 });
  equal([wrong.status, wrong.error.code], [400, 'PGRST204'], 'an unknown column');
});

test('rest language: functions by POST, GET and HEAD', async (academy) => {
  const client = await probe(academy);
  await rows(client.rpc('probe_add', { a: 40, b: 2 }), 42, 'a scalar');
  await rows(client.rpc('probe_add', { a: 40 }, { get: true }), 41, 'a default, by GET');
  await rows(client.rpc('probe_list', { items: ['a', 'b'] }, { get: true }), 2, 'an array by GET');
  await rows(client.rpc('probe_total', { numbers: [1, 2, 3] }), 6, 'variadic');
  await rows(client.rpc('probe_numbers', { n: 3 }), [1, 2, 3], 'a set of scalars');
  await rows(client.rpc('probe_over', { least_seats: 1 }).select('id').lt('seats', 20).order('id').limit(1), ids(1), 'rows, filtered');
  await rows(client.rpc('probe_pair'), [{ a: 1, b: 'one' }], 'a table');
  const nothing = await client.rpc('probe_void');
  equal([nothing.status, nothing.data, nothing.error], [204, null, null], 'void');
  const counted = await client.rpc('probe_numbers', { n: 5 }, { count: 'exact', head: true });
  truthy(counted.error === null && counted.count === 5, `count by HEAD: ${counted.status} ${counted.count}`);
  const spare = await client.rpc('probe_two', { a: 1 });
  equal([spare.status, spare.error.code], [300, 'PGRST203'], 'an ambiguous function');
  const raised = await client.rpc('probe_raise', { state: 'PT409', message: 'ACADEMY_FENCED' });
  equal([raised.status, raised.error.message, raised.error.details, raised.error.hint], [409, 'ACADEMY_FENCED', 'a detail', 'a hint'], 'a refusal');
  const missing = await client.rpc('probe_ad', {});
  equal([missing.status, missing.error.code, missing.error.hint], [404, 'PGRST202', 'Perhaps you meant to call the function public.probe_add'], 'a near miss');
});

test('rest language: the description of the root endpoint', async (academy) => {
  const client = await probe(academy);
  const spec = await client.rest.getOpenApiSpec();
  equal(spec.error, null, 'error');
  truthy(spec.data.definitions.probe_rooms.properties.seats, 'a column');
});

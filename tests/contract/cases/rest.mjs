// SPDX-License-Identifier: GPL-3.0-or-later
import { courseId, studentId } from '../support/academy.mjs';
import { equal, test, truthy } from '../support/suite.mjs';

test('rest: create, read, update, upsert and delete one\'s own rows', async (academy) => {
  const client = await academy.student(1);
  const id = crypto.randomUUID();
  const created = await client.from('conversations').insert({ id, title: 'First' }).select().single();
  equal(created.error, null, 'insert');
  equal([created.status, created.data.user_id, created.data.title], [201, studentId(1), 'First'], 'inserted row');
  const read = await client.from('conversations').select('id,title', { count: 'exact' }).eq('id', id);
  equal([read.data, read.count], [[{ id, title: 'First' }], 1], 'read');
  const updated = await client.from('conversations').update({ title: 'Second' }).eq('id', id).select('title');
  equal(updated.data, [{ title: 'Second' }], 'update');
  const upserted = await client.from('conversations').upsert({ id, title: 'Third' }).select('title').single();
  equal(upserted.data, { title: 'Third' }, 'upsert');
  const deleted = await client.from('conversations').delete().eq('id', id);
  equal([deleted.error, deleted.status], [null, 204], 'delete');
  equal((await client.from('conversations').select().eq('id', id)).data, [], 'after the delete');
});

test('rest: row-level security hides and protects the rows of others', async (academy) => {
  const [mine, theirs] = await Promise.all([academy.student(1), academy.student(2)]);
  const id = crypto.randomUUID();
  equal((await mine.from('conversations').insert({ id, title: 'Mine' })).error, null, 'insert');
  equal((await theirs.from('conversations').select().eq('id', id)).data, [], 'read by another');
  equal((await theirs.from('conversations').update({ title: 'x' }).eq('id', id).select()).data, [], 'update by another');
  const forged = await theirs.from('conversations').insert({ title: 'x', user_id: studentId(1) });
  equal([forged.status, forged.error.code], [403, '42501'], 'insert for another');
  const anonymous = await academy.client().from('conversations').select();
  equal(anonymous.error.code, '42501', 'read by anon');
});

test('rest: single() on no row has the official error', async (academy) => {
  const client = await academy.student(1);
  const { error, status } = await client.from('conversations').select().eq('id', crypto.randomUUID()).single();
  equal([status, error.code, error.details], [406, 'PGRST116', 'The result contains 0 rows'], 'error');
});

test('rest: filters, order, limit and embedded count', async (academy) => {
  const client = await academy.teacher();
  const { data, error, count } = await client.from('course_progress').select('user_id,overall', { count: 'exact' })
    .eq('course_id', courseId).in('user_id', [studentId(1), studentId(2), studentId(3)])
    .order('user_id', { ascending: false }).range(0, 1);
  equal(error, null, 'error');
  equal(data.map((row) => row.user_id), [studentId(3), studentId(2)], 'order and range');
  equal(count, 3, 'count');
});

test('rest: functions answer scalars and objects, and raise stable codes', async (academy) => {
  const client = await academy.student(1);
  const info = await client.rpc('server_info');
  equal(info.error, null, 'server_info');
  truthy(Number.isInteger(info.data.version), 'schema version');
  const refused = await client.rpc('start_attempt', { p_sitting: crypto.randomUUID(), p_device: crypto.randomUUID() });
  truthy(refused.status >= 400 && refused.status < 500, `a client error, was ${refused.status}`);
  truthy(refused.error.message.startsWith('ACADEMY_'), `a stable code, was ${refused.error.message}`);
  const unknown = await client.rpc('no_such_function');
  equal([unknown.status, unknown.error.code], [404, 'PGRST202'], 'unknown function');
});

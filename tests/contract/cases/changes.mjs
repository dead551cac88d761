// SPDX-License-Identifier: GPL-3.0-or-later
import { courseId, mustSubscribe, studentId, study, watching } from '../support/academy.mjs';
import { equal, Inbox, pause, test, truthy } from '../support/suite.mjs';

const progress = { event: '*', schema: 'public', table: 'course_progress' };

for (const vsn of ['2.0.0', '1.0.0']) {
  test(`changes: with a filter, vsn ${vsn}`, async (academy) => {
    const [teacher, first, second] = await Promise.all([academy.teacher({ realtime: { vsn } }), academy.student(1), academy.student(2)]);
    const { changes, ready } = await watching(teacher, 'progress', { ...progress, filter: `user_id=eq.${studentId(1)}` });
    equal([ready.status, ready.message], ['ok', 'Subscribed to PostgreSQL'], 'ready');
    await study(second);
    await study(first);
    const change = await changes.next('the change');
    equal([change.eventType, change.schema, change.table, change.errors], ['UPDATE', 'public', 'course_progress', null], 'change');
    equal([change.new.user_id, change.new.course_id], [studentId(1), courseId], 'row');
    truthy(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(change.commit_timestamp), `commit_timestamp ${change.commit_timestamp}`);
    truthy(typeof change.new.overall === 'number' && typeof change.new.skills.reading === 'number', 'numbers and nested json');
    await pause(200);
    equal(changes.rest, [], 'the other student passed the filter');
  });
}

test('changes: row-level security decides who hears of a row', async (academy) => {
  const [first, second, outsider] = await Promise.all([academy.student(1), academy.student(2), academy.signedIn('other@neolingus.demo')]);
  const at = await Promise.all([first, second, outsider, academy.client()].map((client) => watching(client, 'mine', progress)));
  await study(first);
  equal((await at[0].changes.next('at the owner')).new.user_id, studentId(1));
  await pause(300);
  equal(at[1].changes.rest, [], 'another student');
  equal(at[2].changes.rest, [], 'a teacher of another class');
  // A role that may not even read the key learns that something happened, and nothing else.
  equal(at[3].changes.rest.map(({ new: row, errors }) => [row, errors]), [[{}, ['Error 401: Unauthorized']]], 'anon');
});

test('changes: inserts, updates and deletes of a binding each', async (academy) => {
  const student = await academy.student(3);
  const inserts = new Inbox();
  const updates = new Inbox();
  const channel = student.channel('split')
    .on('postgres_changes', { ...progress, event: 'INSERT' }, inserts.push)
    .on('postgres_changes', { ...progress, event: 'UPDATE' }, updates.push);
  const system = new Inbox();
  channel.on('system', {}, system.push);
  await mustSubscribe(channel);
  await system.next('the confirmation');
  await study(student);
  equal((await updates.next('the update')).eventType, 'UPDATE');
  equal(inserts.rest, [], 'inserts');
});

test('changes: select limits the columns and keeps the key', async (academy) => {
  const student = await academy.student(4);
  const { changes } = await watching(student, 'narrow', { ...progress, select: ['overall'] });
  await study(student);
  const change = await changes.next('the change');
  equal(Object.keys(change.new).sort(), ['course_id', 'overall', 'user_id'], 'columns');
});

test('changes: filters only the database can judge', async (academy) => {
  const student = await academy.student(5);
  const yes = await watching(student, 'yes', { ...progress, filter: 'source=like.stu%,overall=gte.0.5,updated_at=gt.2020-01-01' });
  const no = await watching(student, 'no', { ...progress, filter: 'source=not.match.^stu' });
  await study(student);
  equal((await yes.changes.next('the change')).new.user_id, studentId(5));
  await pause(200);
  equal(no.changes.rest, [], 'the opposite');
});

test('changes: bindings that cannot work are told so and the channel stays', async (academy) => {
  const student = await academy.student(1);
  const told = async (name, filter) => {
    const { channel, ready } = await watching(student, name, filter);
    equal(ready.status, 'error', name);
    equal(channel.state, 'joined', `${name} stays joined`);
    return ready.message;
  };
  truthy((await told('no table', { ...progress, table: 'nope' })).startsWith(
    'Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect parameters: [event: *, schema: public, table: nope, filters: [], select: nil]'), 'no table');
  truthy((await told('unpublished', { ...progress, table: 'profiles' })).startsWith('Unable to subscribe'), 'unpublished');
  truthy((await told('no column', { ...progress, filter: 'nocol=eq.1' })).endsWith('invalid column for filter nocol'), 'no column');
  truthy((await told('bad value', { ...progress, filter: 'user_id=eq.abc' })).endsWith('invalid input syntax for type uuid: "abc"'), 'bad value');
  equal(await told('bad operator', { ...progress, filter: 'user_id=zz.1' }), 'Error parsing `filter` params: ["zz", "1"]', 'bad operator');
});

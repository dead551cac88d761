// SPDX-License-Identifier: GPL-3.0-or-later
import { mustSubscribe, pause, sittingId, subscribed } from '../support/academy.mjs';
import { equal, Inbox, test, truthy } from '../support/suite.mjs';

async function privately(client, topic) {
  const inbox = new Inbox();
  const channel = client.channel(topic, { config: { private: true } });
  channel.on('broadcast', { event: '*' }, inbox.push);
  await mustSubscribe(channel);
  return inbox;
}

test('database: a command reaches its student, a beat the monitor, and nobody else', async (academy) => {
  const [teacher, first, second] = await Promise.all([academy.teacher(), academy.student(1), academy.student(2, { realtime: { vsn: '1.0.0' } })]);
  const opened = await teacher.rpc('open_sitting', { p_sitting: sittingId });
  equal(opened.error, null, 'open_sitting');
  const started = await Promise.all([first, second].map((student) =>
    student.rpc('start_attempt', { p_sitting: sittingId, p_device: crypto.randomUUID() })));
  equal(started.map(({ error }) => error), [null, null], 'start_attempt');
  const attempts = started.map(({ data }) => data.attempt_id);
  const monitor = await privately(teacher, `sitting:${sittingId}:monitor`);
  const atFirst = await privately(first, `attempt:${attempts[0]}`);
  const atSecond = await privately(second, `attempt:${attempts[1]}`);
  equal((await subscribed(first.channel(`attempt:${attempts[1]}`, { config: { private: true } }))).status, 'CHANNEL_ERROR', 'another\'s attempt');

  const command = (targets, text) => teacher.rpc('issue_command', {
    p_sitting: sittingId, p_op_id: crypto.randomUUID(), p_kind: 'message', p_targets: targets, p_payload: { text }, p_reason: 'contract',
  });
  equal((await command([attempts[0]], 'hello')).error, null, 'issue_command');
  const nudge = await atFirst.next('the command');
  equal([nudge.event, nudge.payload.kind], ['command', 'message'], 'nudge');
  truthy(nudge.meta?.id, 'the id of the message');
  equal(atSecond.rest, [], 'the other student');
  equal((await command([attempts[1]], 'hello')).error, null, 'issue_command');
  equal((await atSecond.next('the command, vsn 1.0.0')).payload.kind, 'message', 'vsn 1.0.0');

  await pause(1_100); // The monitor hears at most once a second, and the attempts have just begun.
  const beat = await first.rpc('beat', {
    p_attempt: attempts[0], p_lease: started[0].data.lease,
    p_beat: { last_seq: 0, unsynced: 0, rtt_ms: 12, focus: true, answered: 1, flagged: 0, total: 12, cmd_cursor: 0, acks: [] },
  });
  equal(beat.error, null, 'beat');
  const delta = await monitor.next('the delta', ({ event }) => event === 'delta');
  truthy(Array.isArray(delta.payload.rows) && Number.isInteger(delta.payload.version), 'rows and version');
});

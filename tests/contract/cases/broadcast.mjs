// SPDX-License-Identifier: GPL-3.0-or-later
import { mustSubscribe, pause, sittingId, studentId, subscribed } from '../support/academy.mjs';
import { equal, Inbox, test, truthy } from '../support/suite.mjs';

async function listening(client, topic, config) {
  const inbox = new Inbox();
  const channel = client.channel(topic, config && { config });
  channel.on('broadcast', { event: '*' }, inbox.push);
  await mustSubscribe(channel);
  return { channel, inbox };
}

for (const vsn of ['2.0.0', '1.0.0']) {
  test(`broadcast: with acknowledgement, vsn ${vsn}`, async (academy) => {
    const listener = await listening(academy.client({ realtime: { vsn } }), 'hall');
    const sender = await listening(academy.client({ realtime: { vsn } }), 'hall', { broadcast: { ack: true } });
    equal(await sender.channel.send({ type: 'broadcast', event: 'greeting', payload: { text: 'Grüße 😀', n: 1 } }), 'ok', 'ack');
    const { event, payload } = await listener.inbox.next('the broadcast');
    equal([event, payload], ['greeting', { text: 'Grüße 😀', n: 1 }], 'message');
    equal(sender.inbox.rest, [], 'no echo without self');
  });
}

test('broadcast: between the versions, with self', async (academy) => {
  const old = await listening(academy.client({ realtime: { vsn: '1.0.0' } }), 'mixed');
  const young = await listening(academy.client(), 'mixed', { broadcast: { self: true } });
  await young.channel.send({ type: 'broadcast', event: 'a', payload: { from: 2 } });
  equal((await old.inbox.next('at the old client')).payload, { from: 2 });
  equal((await young.inbox.next('at itself')).payload, { from: 2 });
  await old.channel.send({ type: 'broadcast', event: 'b', payload: { from: 1 } });
  equal((await young.inbox.next('at the young client')).payload, { from: 1 });
});

test('broadcast: order is kept over many messages', async (academy) => {
  const listener = await listening(academy.client(), 'stream');
  const sender = await listening(academy.client(), 'stream');
  for (let n = 0; n < 300; n += 1) {
    sender.channel.send({ type: 'broadcast', event: 'n', payload: { n } });
  }
  for (let n = 0; n < 300; n += 1) {
    equal((await listener.inbox.next(`message ${n}`)).payload.n, n, 'order');
  }
});

test('broadcast: over HTTP, one message and a batch', async (academy) => {
  const listener = await listening(academy.client(), 'notice');
  const sender = academy.client().channel('notice');
  equal(await sender.httpSend('single', { by: 'http' }), { success: true }, 'httpSend');
  const single = await listener.inbox.next('the single message');
  equal([single.event, single.payload], ['single', { by: 'http' }]);
  const send = (body, headers = { apikey: academy.anonKey }) => fetch(`${academy.url}/realtime/v1/api/broadcast`,
    { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const batch = await send({ messages: [{ topic: 'notice', event: 'b1', payload: { n: 1 } }, { topic: 'notice', event: 'b2', payload: { n: 2 } }] });
  equal([batch.status, await batch.text()], [202, ''], 'batch');
  equal((await listener.inbox.next('b1')).event, 'b1');
  equal((await listener.inbox.next('b2')).event, 'b2');
  const blank = await send({ messages: [{ topic: 'notice', payload: {} }] });
  equal([blank.status, await blank.json()], [422, { errors: { messages: [{ event: ["can't be blank"] }] } }], 'no event');
  equal((await send({})).status, 422, 'no messages');
  const nobody = await send({ messages: [] }, {});
  equal([nobody.status, await nobody.json()], [401, { message: 'Unauthorized' }], 'no key');
});

test('private: its owner and the class may join, others and anon may not', async (academy) => {
  const [owner, other] = await Promise.all([academy.student(1), academy.student(2)]);
  const topic = `user:${studentId(1)}`;
  const config = { config: { private: true } };
  equal((await subscribed(owner.channel(topic, config))).status, 'SUBSCRIBED', 'owner');
  const denied = await subscribed(other.channel(topic, config));
  equal(denied.status, 'CHANNEL_ERROR', 'another student');
  truthy(denied.error.message.includes(`Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`),
    `the reason, was ${denied.error.message}`);
  equal((await subscribed(academy.client().channel(topic, config))).status, 'CHANNEL_ERROR', 'anon');
  equal((await subscribed(owner.channel('nobody:knows', config))).status, 'CHANNEL_ERROR', 'a topic without policy');
});

test('private: what may not be sent vanishes, even with acknowledgement', async (academy) => {
  const [teacher, student] = await Promise.all([academy.teacher(), academy.student(1)]);
  const room = `sitting:${sittingId}:room`;
  const monitor = `sitting:${sittingId}:monitor`;
  const atTeacher = await listening(teacher, room, { private: true });
  const atStudent = await listening(student, room, { private: true, broadcast: { ack: true } });
  equal(await atStudent.channel.send({ type: 'broadcast', event: 'typing', payload: {} }), 'ok', 'allowed to speak');
  equal((await atTeacher.inbox.next('the message')).event, 'typing');
  equal((await subscribed(student.channel(monitor, { config: { private: true } }))).status, 'CHANNEL_ERROR', 'monitor');
  const impatient = await academy.teacher({ realtime: { timeout: 1_000 } });
  const mute = impatient.channel(monitor, { config: { private: true, broadcast: { ack: true, self: true } } });
  const heard = new Inbox();
  mute.on('broadcast', { event: 'forged' }, heard.push);
  await mustSubscribe(mute);
  equal(await mute.send({ type: 'broadcast', event: 'forged', payload: {} }), 'timed out', 'not allowed to speak');
  equal(heard.rest, [], 'nothing came');
});

test('private: public and private rooms of one name are two rooms', async (academy) => {
  const student = await academy.student(1);
  const topic = `user:${studentId(1)}`;
  const open = await listening(academy.client(), topic);
  const closed = await listening(student, topic, { private: true, broadcast: { ack: true } });
  const answer = await fetch(`${academy.url}/realtime/v1/api/broadcast/${encodeURIComponent(topic)}/events/e?private=true`,
    { method: 'POST', headers: { apikey: academy.anonKey, 'content-type': 'application/json' }, body: '{}' });
  equal([answer.status, await answer.json()], [403, { message: 'Unauthorized' }], 'private over HTTP as anon');
  await closed.channel.send({ type: 'broadcast', event: 'secret', payload: {} });
  await pause(200);
  equal(open.inbox.rest, [], 'the public room');
});

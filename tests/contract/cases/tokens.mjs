// SPDX-License-Identifier: GPL-3.0-or-later
import { mustSubscribe, studentId, study, watching } from '../support/academy.mjs';
import { equal, Inbox, pause, test, truthy } from '../support/suite.mjs';

const progress = { event: '*', schema: 'public', table: 'course_progress' };
const claims = (number, lifetime) => ({
  role: 'authenticated', aud: 'authenticated', sub: studentId(number), exp: Math.floor(Date.now() / 1000) + lifetime,
});

test('tokens: a refreshed token keeps live channels alive', async (academy) => {
  const [student, other] = await Promise.all([academy.student(1), academy.student(1)]);
  const heard = new Inbox();
  const room = student.channel(`user:${studentId(1)}`, { config: { private: true } });
  room.on('broadcast', { event: '*' }, heard.push);
  await mustSubscribe(room);
  const { changes, system } = await watching(student, 'progress', progress);
  const before = (await student.auth.getSession()).data.session.access_token;
  await pause(1_100); // Tokens of one second are equal; the next one differs.
  const { data, error } = await student.auth.refreshSession();
  equal(error, null, 'refresh');
  truthy(data.session.access_token !== before, 'another token');
  await student.realtime.setAuth();
  equal((await system.next('the renewed subscription')).message, 'Subscribed to PostgreSQL');
  const speaker = other.channel(`user:${studentId(1)}`, { config: { private: true, broadcast: { ack: true } } });
  await mustSubscribe(speaker);
  equal(await speaker.send({ type: 'broadcast', event: 'after', payload: {} }), 'ok', 'ack');
  equal((await heard.next('a broadcast after the refresh')).event, 'after');
  await study(student);
  equal((await changes.next('a change after the refresh')).new.user_id, studentId(1));
  equal(student.realtime.channels.map(({ state }) => state), ['joined', 'joined'], 'channels');
});

test('tokens: an expiring token ends its channel at that second and nothing else', async (academy) => {
  const socket = await academy.socket();
  const join = (topic, token) => socket.say(['1', '1', `realtime:${topic}`, 'phx_join', { config: {}, access_token: token }]);
  join('short', academy.token(claims(1, 2)));
  await socket.inbox.next('the join');
  join('long', academy.token(claims(1, 3600)));
  await socket.inbox.next('the join');
  const started = Date.now();
  equal(await socket.inbox.next('the warning'), ['1', null, 'realtime:short', 'system',
    { message: 'Token has expired 0 seconds ago', status: 'error', extension: 'system', channel: 'short' }]);
  equal(await socket.inbox.next('the close'), ['1', '1', 'realtime:short', 'phx_close', {}]);
  truthy(Date.now() - started < 3_000, 'in time');
  socket.say(['1', '2', 'realtime:long', 'presence', { event: 'track', payload: {} }]);
  equal((await socket.inbox.next('the other channel'))[4].status, 'ok', 'the other channel');
  socket.close();
});

test('tokens: refused at the join, with the code clients look for', async (academy) => {
  const socket = await academy.socket();
  const reason = async (token) => {
    socket.say(['1', '1', 'realtime:t', 'phx_join', { config: {}, access_token: token }]);
    const [, , , , { status, response }] = await socket.inbox.next('the answer');
    equal(status, 'error', 'status');
    return response.reason;
  };
  truthy(/^InvalidJWTToken: Token has expired (60|61) seconds ago$/.test(await reason(academy.token(claims(1, -60)))), 'expired');
  equal(await reason('garbage'), 'MalformedJWT: The token provided is not a valid JWT');
  equal(await reason(`${academy.anonKey.slice(0, -4)}AAAA`), 'JwtSignatureError: Failed to validate JWT signature');
  equal(await reason(academy.token({ sub: studentId(1), exp: 4_000_000_000 })), 'InvalidJWTToken: Fields `role` and `exp` are required in JWT');
  socket.close();
});

test('tokens: a token of another person changes what a channel may see', async (academy) => {
  const socket = await academy.socket();
  const say = (event, payload) => socket.say(['1', '1', 'realtime:who', event, payload]);
  const [first, second] = await Promise.all([academy.student(6), academy.student(7)]);
  say('phx_join', { config: { postgres_changes: [progress] }, access_token: academy.token(claims(6, 3600)) });
  const system = ([, , , event]) => event === 'system';
  const change = ([, , , event]) => event === 'postgres_changes';
  await socket.inbox.next('the confirmation', system);
  say('access_token', { access_token: academy.token(claims(7, 3600)) });
  await socket.inbox.next('the second confirmation', system);
  await study(first);
  await study(second);
  const [, , , , payload] = await socket.inbox.next('the change', change);
  equal(payload.data.record.user_id, studentId(7), 'the second person\'s row');
  socket.close();
});

test('tokens: losing the right to a private topic ends the channel', async (academy) => {
  const socket = await academy.socket();
  const topic = `user:${studentId(1)}`;
  socket.say(['1', '1', `realtime:${topic}`, 'phx_join', { config: { private: true }, access_token: academy.token(claims(1, 3600)) }]);
  equal((await socket.inbox.next('the join'))[4].status, 'ok', 'join');
  socket.say(['1', '2', `realtime:${topic}`, 'access_token', { access_token: academy.token(claims(2, 3600)) }]);
  equal((await socket.inbox.next('the reason'))[4].message, `You do not have permissions to read from this Channel topic: ${topic}`);
  equal((await socket.inbox.next('the close'))[3], 'phx_close');
  socket.close();
});

// SPDX-License-Identifier: GPL-3.0-or-later
// What official clients of other languages rely on and supabase-js hides: raw frames.
import { equal, test, truthy } from '../support/suite.mjs';

const reply = (joinRef, ref, topic, response, status = 'ok') => [joinRef, ref, topic, 'phx_reply', { status, response }];

test('protocol: heartbeats are answered, also with a null ref', async (academy) => {
  const socket = await academy.socket();
  socket.say([null, '26', 'phoenix', 'heartbeat', {}]);
  equal(await socket.inbox.next('a reply'), reply(null, '26', 'phoenix', {}));
  socket.say([null, null, 'phoenix', 'heartbeat', {}]);
  equal(await socket.inbox.next('a reply'), reply(null, null, 'phoenix', {}));
  socket.close();
});

test('protocol: vsn 1.0.0 frames are objects without join_ref', async (academy) => {
  const socket = await academy.socket({ vsn: '1.0.0' });
  socket.say({ topic: 'realtime:v1', event: 'phx_join', ref: '1', join_ref: '1', payload: { config: { presence: { enabled: true } } } });
  equal(await socket.inbox.next('the reply'),
    { ref: '1', topic: 'realtime:v1', event: 'phx_reply', payload: { status: 'ok', response: { postgres_changes: [] } } });
  equal(await socket.inbox.next('the state'), { ref: null, topic: 'realtime:v1', event: 'presence_state', payload: {} });
  socket.say({ topic: 'realtime:v1', event: 'phx_leave', ref: '2', join_ref: '1', payload: {} });
  equal((await socket.inbox.next('the reply')).ref, '2', 'reply first');
  equal(await socket.inbox.next('the close'), { ref: '1', topic: 'realtime:v1', event: 'phx_close', payload: {} });
  socket.close();
});

test('protocol: nonsense is ignored and the socket stays open', async (academy) => {
  const socket = await academy.socket();
  socket.send('{nope');
  socket.send('[1,2]');
  socket.send('');
  socket.say(Buffer.from([9, 9, 9]));
  socket.say([null, '17', 'phoenix', 'heartbeat', {}]);
  equal(await socket.inbox.next('a reply'), reply(null, '17', 'phoenix', {}));
  socket.close();
});

test('protocol: a push to a topic nobody joined', async (academy) => {
  const socket = await academy.socket();
  socket.say(['4', '4', 'realtime:never', 'broadcast', { type: 'broadcast', event: 'e', payload: {} }]);
  equal(await socket.inbox.next('a reply'), reply(null, '4', 'realtime:never', { reason: 'unmatched topic' }, 'error'));
  socket.close();
});

test('protocol: a binary broadcast reaches vsn 2.0.0 as binary and vsn 1.0.0 as text', async (academy) => {
  const [sender, second, first] = await Promise.all([academy.socket(), academy.socket(), academy.socket({ vsn: '1.0.0' })]);
  for (const socket of [sender, second]) {
    socket.say(['1', '1', 'realtime:chat-room', 'phx_join', { config: {} }]);
  }
  first.say({ topic: 'realtime:chat-room', event: 'phx_join', ref: '1', payload: { config: {} } });
  await Promise.all([sender, second, first].map((socket) => socket.inbox.next('the join')));
  const text = (value) => Buffer.from(value);
  sender.say(Buffer.concat([Buffer.from([3, 1, 1, 18, 10, 0, 1]), text('1'), text('2'), text('realtime:chat-room'),
    text('user-event'), text('{"a": 9007199254740993}')]));
  equal(await second.inbox.next('the binary frame'), Buffer.concat([Buffer.from([4, 18, 10, 0, 1]), text('realtime:chat-room'),
    text('user-event'), text('{"a": 9007199254740993}')]), 'kind 4');
  const message = await first.inbox.next('the text frame');
  equal([message.event, message.payload.type, message.payload.event], ['broadcast', 'broadcast', 'user-event'], 'text');
  [sender, second, first].forEach((socket) => socket.close());
});

test('protocol: refused handshakes say why', async (academy) => {
  const refused = async (query) => {
    const { status, body } = await academy.refusedHandshake(new URLSearchParams(query).toString());
    return [status, body && JSON.parse(body).error];
  };
  equal(await refused({ vsn: '2.0.0' }), [401, 'API key is missing'], 'no key');
  equal(await refused({ apikey: 'nonsense' }), [401, 'The token provided is not a valid JWT'], 'garbage');
  equal(await refused({ apikey: academy.token({ role: 'anon', exp: 1_000_000_000 }) }), [401, 'Token has expired'], 'expired');
  equal(await refused({ apikey: academy.token({ exp: 4_000_000_000 }) }),
    [401, 'Fields `role` and `exp` are required in JWT'], 'no role');
  const forged = `${academy.anonKey.slice(0, -4)}AAAA`;
  equal(await refused({ apikey: forged }), [401, 'Failed to validate JWT signature'], 'forged');
  equal(await refused({ apikey: academy.anonKey, vsn: '3.0.0' }), [403, ''], 'unknown version');
});

test('protocol: publishable keys and every path official clients use', async (academy) => {
  for (const path of ['/realtime/v1/websocket', '/realtime/v1/socket/websocket']) {
    const response = await fetch(academy.url + path, { headers: { apikey: academy.publishableKey } });
    truthy(response.status >= 400, `a plain GET on ${path} is no socket`);
  }
  const socket = await academy.socket({ apikey: academy.publishableKey });
  socket.say([null, '1', 'phoenix', 'heartbeat', {}]);
  equal(await socket.inbox.next('a reply'), reply(null, '1', 'phoenix', {}));
  socket.close();
});

test('protocol: a frame beyond 5 MB ends the connection with 1009', async (academy) => {
  const socket = await academy.socket();
  socket.on('error', () => {});
  socket.send(Buffer.alloc(5_100_000, 'x'));
  truthy([1009, 1006].includes(await socket.closed), 'close code');
});

// SPDX-License-Identifier: GPL-3.0-or-later
// --like-hosted: the delays and limits that clients of hosted projects meet.
import { Academy } from '../support/academy.mjs';
import { equal, test, truthy } from '../support/suite.mjs';

test('hosted: a refused join takes 5 s and holds its socket up, the sixth presence message ends the channel', async ({ program }) => {
  const academy = await Academy.start(program, ['--like-hosted']);
  try {
    const socket = await academy.socket();
    const started = Date.now();
    socket.say(['1', '1', 'realtime:nobody', 'phx_join', { config: { private: true } }]);
    socket.say(['2', '2', 'realtime:open', 'phx_join', { config: { presence: { key: 'k' } } }]);
    const refusal = await socket.inbox.next('the refusal');
    truthy(refusal[4].response.reason.startsWith('Unauthorized: '), 'the reason');
    truthy(Date.now() - started >= 5_000, 'the delay');
    equal((await socket.inbox.next('the second join'))[0], '2', 'the other join came after it');
    for (let n = 0; n < 6; n += 1) {
      socket.say(['2', '3', 'realtime:open', 'presence', { type: 'presence', event: 'track', payload: { n } }]);
    }
    const system = await socket.inbox.next('the limit', ([, , , event]) => event === 'system');
    equal(system[4].message, 'Client presence rate limit exceeded', 'message');
    await socket.inbox.next('the close', ([, , , event]) => event === 'phx_close');
    socket.close();
  } finally {
    await academy.stop();
  }
});

// SPDX-License-Identifier: GPL-3.0-or-later
// The last case: it ends the academy.
import { equal, test, within } from '../support/suite.mjs';

test('shutdown: SIGTERM closes sockets with 1012 and ends with exit code 0', async (academy) => {
  const socket = await academy.socket();
  socket.say(['1', '1', 'realtime:last', 'phx_join', { config: {} }]);
  await socket.inbox.next('the join');
  const code = academy.stop();
  equal(await within(5_000, socket.closed, 'the close'), 1012, 'close code');
  equal(await code, 0, 'exit code');
});

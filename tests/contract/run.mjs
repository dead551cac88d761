// SPDX-License-Identifier: GPL-3.0-or-later
// node run.mjs PROGRAM [PATTERN]: plays every case whose name contains PATTERN against a fresh demo
// academy and exits with 1 when one of them fails.
import { Academy } from './support/academy.mjs';
import { runAll } from './support/suite.mjs';

const [program, pattern] = process.argv.slice(2);
if (!program) {
  console.error('usage: node run.mjs PROGRAM [PATTERN]');
  process.exit(2);
}
const rooms = ['auth', 'accounts', 'identities', 'closed', 'rest', 'rest_language', 'protocol', 'broadcast', 'presence',
  'changes', 'live', 'database', 'tokens', 'latency', 'hosted', 'shutdown'];
for (const room of rooms) {
  await import(`./cases/${room}.mjs`);
}
const academy = await Academy.start(program);
const failed = await runAll(academy, pattern);
const code = academy.process.exitCode ?? (await academy.stop());
if (failed > 0) {
  console.log(`${failed} not ok`);
}
process.exit(failed > 0 || code !== 0 ? 1 : 0);

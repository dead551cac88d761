// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the real program with a data directory of its own and makes official clients for it.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { Inbox, pause, within } from './suite.mjs';

export const password = 'neolingus-demo';
export const courseId = '11111111-0000-4000-8000-000000000001';
export const sittingId = '11111111-0000-4000-8000-000000000004';
export const teacherId = '22222222-0000-4000-8000-000000000001';
export const studentId = (number) => `33333333-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The secret of every demo academy; it protects nothing. */
const demoSecret = 'super-secret-jwt-token-with-at-least-32-characters-long';

export class Academy {
  #clients = [];

  static async start(program, more = []) {
    const academy = new Academy();
    academy.program = program;
    academy.home = await mkdtemp(join(tmpdir(), 'academy-'));
    // The database server drops root and must still reach its directory.
    await chmod(academy.home, 0o755);
    const portFile = join(academy.home, 'port.json');
    const data = join(academy.home, 'data');
    academy.process = spawn(program, ['--data', data, '--demo', '--port', '0', '--port-file', portFile, ...more]);
    academy.said = '';
    academy.process.stderr.on('data', (text) => (academy.said += text));
    academy.ended = once(academy.process, 'exit');
    const ready = new Promise((resolve, reject) => {
      academy.process.stdout.on('data', (text) => String(text).includes('Academy ready') && resolve());
      academy.ended.then(([code]) => reject(new Error(`the academy ended with ${code}: ${academy.said}`)));
    });
    await within(180_000, ready, 'the start of the academy');
    const facts = JSON.parse(await readFile(portFile, 'utf8'));
    academy.url = facts.url;
    academy.anonKey = facts.anon_key;
    academy.serviceKey = facts.service_role_key;
    academy.publishableKey = facts.publishable_key;
    return academy;
  }

  /** SIGTERM; the exit code. */
  async stop() {
    this.process.kill('SIGTERM');
    const [code] = await within(20_000, this.ended, 'the end of the academy');
    await rm(this.home, { recursive: true, force: true });
    return code;
  }

  client({ key = this.anonKey, realtime = {}, ...options } = {}) {
    const client = createClient(this.url, key, {
      auth: { persistSession: false, autoRefreshToken: false },
      realtime: { transport: WebSocket, ...realtime },
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  /** A client signed in with the demo password. */
  async signedIn(email, options) {
    const client = this.client(options);
    const { error } = await client.auth.signInWithPassword({ email, password });
    if (error) {
      throw error;
    }
    await client.realtime.setAuth();
    return client;
  }

  student(number, options) {
    return this.signedIn(`student${String(number).padStart(2, '0')}@neolingus.demo`, options);
  }

  teacher(options) {
    return this.signedIn('teacher@neolingus.demo', options);
  }

  async endClients() {
    const leaving = this.#clients.splice(0);
    await Promise.allSettled(leaving.map((client) => client.removeAllChannels()));
    leaving.forEach((client) => client.realtime.disconnect());
  }

  /** A token of the academy's own making, for lifetimes nobody would grant. */
  token(claims) {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
    return `${content}.${createHmac('sha256', demoSecret).update(content).digest('base64url')}`;
  }

  /** A socket without a client library: send() takes a value or bytes, `inbox` holds what came. */
  async socket({ vsn = '2.0.0', apikey = this.anonKey } = {}) {
    const query = new URLSearchParams({ apikey, vsn });
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/realtime/v1/websocket?${query}`);
    socket.inbox = new Inbox();
    socket.on('message', (data, isBinary) => socket.inbox.push(isBinary ? data : JSON.parse(data)));
    socket.closed = once(socket, 'close').then(([code]) => code);
    await within(5_000, once(socket, 'open'), 'the handshake');
    socket.say = (value) => socket.send(Buffer.isBuffer(value) ? value : JSON.stringify(value));
    return socket;
  }

  /** The status and body of a refused handshake. */
  refusedHandshake(query) {
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/realtime/v1/websocket?${query}`);
    socket.on('error', () => {});
    return new Promise((resolve, reject) => {
      socket.on('open', () => reject(new Error('the handshake was not refused')));
      socket.on('unexpected-response', async (_, response) => {
        let body = '';
        for await (const chunk of response) {
          body += chunk;
        }
        resolve({ status: response.statusCode, body });
      });
    });
  }
}

/** Subscribes and resolves with the first decisive status. */
export function subscribed(channel) {
  const outcome = new Promise((resolve) => {
    channel.subscribe((status, error) => resolve({ status, error }));
  });
  return within(15_000, outcome, `the join of ${channel.topic}`);
}

export async function mustSubscribe(channel) {
  const { status, error } = await subscribed(channel);
  if (status !== 'SUBSCRIBED') {
    throw new Error(`${channel.topic} is ${status}: ${error?.message}`);
  }
  return channel;
}

/** A channel on postgres_changes that is live: joined and confirmed by the database. */
export async function watching(client, name, ...filters) {
  const system = new Inbox();
  const changes = new Inbox();
  const channel = client.channel(name);
  channel.on('system', {}, system.push);
  filters.forEach((filter) => channel.on('postgres_changes', filter, changes.push));
  await mustSubscribe(channel);
  const ready = await system.next('the confirmation of the database', (entry) => entry.extension === 'postgres_changes');
  return { channel, system, changes, ready };
}

/** Makes one row of course_progress change, as the signed-in student. */
export async function study(client, skill = 'reading') {
  const event = {
    id: crypto.randomUUID(), course_id: courseId, kind: 'practice', skill, item_id: 'contract',
    correct: true, happened_at: new Date().toISOString(), payload: {},
  };
  const { error } = await client.rpc('push_study_events', { p_events: [event] });
  if (error) {
    throw new Error(error.message);
  }
}

export { pause };

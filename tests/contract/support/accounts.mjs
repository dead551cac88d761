// SPDX-License-Identifier: GPL-3.0-or-later
// What an application's people do outside the client: read their mail, look at their authenticator app,
// walk through a page in their browser.
import { createHmac } from 'node:crypto';
import { within } from './suite.mjs';

/** What a call of the client brought; it must have worked. */
export const good = ({ data, error }, what) => {
  if (error) {
    throw new Error(`${what}: ${error.code} ${error.message}`);
  }
  return data;
};

/** The status and code of a refusal. */
export const code = ({ error }) => [error?.status, error?.code];

/** The newest mail the academy would have sent to an address. */
export async function lastMail(academy, address) {
  const answer = await fetch(`${academy.url}/mail/messages?to=${encodeURIComponent(address)}`);
  const [newest] = await answer.json();
  if (!newest) {
    throw new Error(`no mail for ${address}`);
  }
  return newest;
}

/** The six digits an authenticator app shows for a secret, `steps` half minutes from now. */
export function totp(secret, steps = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Where a browser is sent, without going there. */
export async function redirectOf(url, init = {}) {
  const answer = await within(10_000, fetch(url, { redirect: 'manual', ...init }), `the answer of ${url}`);
  const location = answer.headers.get('location');
  if (!location) {
    throw new Error(`${url} answered ${answer.status} without a way on: ${await answer.text()}`);
  }
  return new URL(location);
}

/** Signs in on the page that stands for a provider; returns where the browser goes then. */
export async function signInOnPage(page, email, password) {
  const body = new URLSearchParams({ flow: page.searchParams.get('flow'), email, password });
  return redirectOf(page.origin + page.pathname, { method: 'POST', body });
}

let people = 0;
/** An address nobody else uses. */
export const newAddress = () => `person${(people += 1)}-${Date.now()}@example.org`;

/** A storage of its own for a client that keeps its session. */
export class Shelf {
  #items = new Map();
  getItem = (key) => this.#items.get(key) ?? null;
  setItem = (key, value) => void this.#items.set(key, value);
  removeItem = (key) => void this.#items.delete(key);
}

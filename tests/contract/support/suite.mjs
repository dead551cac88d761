// SPDX-License-Identifier: GPL-3.0-or-later
// A test suite in a page: named cases, one line of result each, and promises with a time limit.
import { isDeepStrictEqual, inspect } from 'node:util';

const cases = [];

/** Registers a case; `run` gets the running academy. One that starts an academy of its own may take longer. */
export function test(name, run, { limit = 30_000 } = {}) {
  cases.push({ name, run, limit });
}

/** Runs every registered case in order; returns how many failed. */
export async function runAll(academy, pattern) {
  let failed = 0;
  for (const { name, run, limit } of cases.filter(({ name }) => name.includes(pattern ?? ''))) {
    const started = performance.now();
    try {
      await within(limit, run(academy), 'the case');
      console.log(`ok ${name} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${name}`);
      console.log(`  ${String(error?.stack ?? error).replaceAll('\n', '\n  ')}`);
    } finally {
      await academy.endClients();
    }
  }
  return failed;
}

export function equal(actual, expected, what = 'value') {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`${what}: expected ${inspect(expected, { depth: 9 })}, got ${inspect(actual, { depth: 9 })}`);
  }
}

export function truthy(actual, what) {
  if (!actual) {
    throw new Error(`${what}: got ${inspect(actual)}`);
  }
  return actual;
}

/** The promise's value, or a failure that says what did not happen in time. */
export function within(milliseconds, promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Collects what arrives; a waiting reader gets the first entry that fits. */
export class Inbox {
  #entries = [];
  #waiting = [];

  push = (entry) => {
    const reader = this.#waiting.findIndex(({ fits }) => fits(entry));
    if (reader >= 0) {
      this.#waiting.splice(reader, 1)[0].resolve(entry);
    } else {
      this.#entries.push(entry);
    }
  };

  next(what, fits = () => true) {
    const known = this.#entries.findIndex(fits);
    if (known >= 0) {
      return Promise.resolve(this.#entries.splice(known, 1)[0]);
    }
    return within(10_000, new Promise((resolve) => this.#waiting.push({ fits, resolve })), what);
  }

  /** What has arrived and was not taken. */
  get rest() {
    return this.#entries;
  }
}

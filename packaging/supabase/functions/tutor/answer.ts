// SPDX-License-Identifier: GPL-3.0-or-later
// One answer: asks the provider, passes its events on, counts them, and settles whatever happens.
import type { Access, Environment } from "./environment.ts";
import { readEvents } from "./events.ts";
import { Failure } from "./failure.ts";
import { type Admission, settle } from "./law.ts";
import type { LearnerStream } from "./stream.ts";
import { nothing, type Tally, type Tokens } from "./tally.ts";
import { upstreamFailure } from "./upstream_failure.ts";
import type { Ask, Json, Wire } from "./wires/wire.ts";

export interface Work {
  wire: Wire;
  ask: Ask;
  access: Access;
  admission: Admission;
  tally: Tally;
}

export async function answer(work: Work, learner: LearnerStream, environment: Environment) {
  const late = AbortSignal.timeout(environment.longestMs);
  let last = "";
  let outcome: string;
  let tokens: Tokens;
  try {
    await pass(work, learner, AbortSignal.any([late, learner.left]));
    outcome = work.tally.isFinished ? "complete" : "interrupted";
    tokens = work.tally.tokens();
  } catch (thrown) {
    if (learner.left.aborted) {
      // The provider was at work until then, whether or not it had begun to speak.
      outcome = "left";
      tokens = work.tally.tokens();
    } else {
      const failure = failureOf(thrown, late);
      console.error(`${work.admission.provider}: ${failure.code}`);
      last = failure.event();
      outcome = failure.code;
      tokens = work.tally.hasSpoken || late.aborted ? work.tally.tokens() : nothing;
    }
  }
  // Neither waits for the other: a slow academy keeps no answer open, a learner who does not read
  // keeps nothing unsettled.
  await Promise.all([learner.end(last), settle(work.admission, tokens, outcome, environment)]);
}

async function pass({ wire, ask, access, tally }: Work, learner: LearnerStream, signal: AbortSignal) {
  const { url, headers, body } = wire.request(ask, access);
  const reply = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(body),
    // A key must not follow to wherever a redirect points.
    redirect: "error",
    signal,
  });
  if (
    !reply.ok || reply.body === null || !reply.headers.get("content-type")?.startsWith("text/event-stream")
  ) {
    throw upstreamFailure(reply.ok ? 0 : reply.status, reply.headers, parse(await reply.text()));
  }
  // A learner who reads nothing holds an event back for ever.
  const over = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  over.catch(() => {});
  for await (const { name, data } of readEvents(reply.body)) {
    const event = data === null || data === "[DONE]" ? null : parse(data);
    if (data === "[DONE]") {
      await Promise.race([learner.pass(name, data), over]);
    } else if (event === null) {
      learner.alive();
    } else if (wire.read(event, tally)) {
      throw upstreamFailure(0, null, event);
    } else {
      await Promise.race([learner.pass(name, data!), over]);
    }
    signal.throwIfAborted();
  }
}

/** What is not an object of JSON is nobody's event: a proxy's page, half a line. */
function parse(text: string): Json | null {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

function failureOf(thrown: unknown, late: AbortSignal): Failure {
  if (thrown instanceof Failure) {
    return thrown;
  }
  return new Failure(late.aborted ? "upstream_timeout" : "upstream_unreachable");
}

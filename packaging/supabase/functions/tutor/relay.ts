// SPDX-License-Identifier: GPL-3.0-or-later
// One request from the first look to the answer that begins. What can be refused is refused here, with
// a real status; from then on failures are events of the stream.
import { answer } from "./answer.ts";
import { identify } from "./caller.ts";
import type { Environment } from "./environment.ts";
import { Failure } from "./failure.ts";
import { admit, Refused } from "./law.ts";
import { systemPrompt } from "./prompt.ts";
import { readQuestion } from "./question.ts";
import { LearnerStream } from "./stream.ts";
import { estimateTokens, Tally } from "./tally.ts";
import { wires } from "./wires/wires.ts";

// Hosted functions end with their answer unless told of what is still to be done.
declare const EdgeRuntime: { waitUntil(work: Promise<unknown>): void } | undefined;

const cors = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, apikey, content-type, x-client-info, x-client-request-id",
  "access-control-expose-headers": "x-upstream-format, x-request-id, retry-after",
};

export async function relay(request: Request, environment: Environment): Promise<Response> {
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { ...cors, "access-control-allow-methods": "POST" } });
  }
  try {
    return await begin(request, environment);
  } catch (thrown) {
    const failure = thrown instanceof Failure ? thrown : new Failure("academy_unavailable");
    if (!(thrown instanceof Failure)) {
      console.error("a request failed:", thrown instanceof Error ? thrown.name : "unknown");
    }
    return failure.response({ ...cors, ...(failure instanceof Refused ? failure.headers : {}) });
  }
}

async function begin(request: Request, environment: Environment): Promise<Response> {
  if (request.method !== "POST") {
    throw new Failure("method");
  }
  const caller = await identify(request, environment);
  const question = await readQuestion(request);
  const system = systemPrompt(question.plan);
  const tally = new Tally(estimateTokens([system, ...question.turns.map(({ content }) => content)]));
  const admission = await admit(question, tally.estimatedInput, caller, environment);
  const wire = wires[admission.provider];
  const access = environment.providers.get(admission.provider)!;
  const ask = {
    model: admission.model,
    system,
    turns: question.turns,
    maxTokens: admission.maxTokens,
    alias: caller.alias,
    parameters: admission.parameters,
  };
  const learner = new LearnerStream(request.signal, environment.commentMs);
  const work = answer({ wire, ask, access, admission, tally }, learner, environment);
  if (typeof EdgeRuntime !== "undefined") {
    EdgeRuntime.waitUntil(work);
  }
  return new Response(learner.readable, {
    headers: {
      ...cors,
      ...admission.headers,
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-upstream-format": wire.format,
      "x-request-id": admission.id,
    },
  });
}

// SPDX-License-Identifier: GPL-3.0-or-later
// A provider that says much to a learner who reads nothing: the answer ends in its time and is settled.
import { answer } from "../../../packaging/supabase/functions/tutor/answer.ts";
import { LearnerStream } from "../../../packaging/supabase/functions/tutor/stream.ts";
import { Tally } from "../../../packaging/supabase/functions/tutor/tally.ts";
import { wires } from "../../../packaging/supabase/functions/tutor/wires/wires.ts";

const chunk = new TextEncoder().encode(
  'data: {"choices":[{"delta":{"content":"word "}}]}\n\n',
);
let recorded: Record<string, unknown> | null = null;
let isLeft = false;

globalThis.fetch = (url, options) => {
  if (String(url).includes("/rpc/tutor_record")) {
    recorded = JSON.parse(String(options?.body));
    return Promise.resolve(Response.json({}));
  }
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += 1;
      if (sent <= 100) {
        controller.enqueue(chunk);
      }
    },
    cancel() {
      isLeft = true;
    },
  });
  return Promise.resolve(
    new Response(body, { headers: { "content-type": "text/event-stream" } }),
  );
};

const learner = new LearnerStream(new AbortController().signal, 10_000, 200);
const environment = {
  academyUrl: "http://academy",
  anonKey: "",
  serviceKey: "",
  providers: new Map(),
  commentMs: 10_000,
  longestMs: 300,
};
const ask = {
  model: "m",
  system: "",
  turns: [],
  maxTokens: 10,
  alias: "",
  parameters: {},
};
const admission = {
  id: "1",
  provider: "openai" as const,
  model: "m",
  parameters: {},
  maxTokens: 10,
  headers: {},
};
const work = {
  wire: wires.openai,
  ask,
  access: { url: "http://provider", key: "" },
  admission,
  tally: new Tally(7),
};

const late = setTimeout(() => {
  console.error("the answer never ended");
  Deno.exit(1);
}, 20_000);
await answer(work, learner, environment);
clearTimeout(late);
const wanted = recorded as Record<string, unknown> | null;
if (
  wanted?.p_outcome !== "upstream_timeout" || wanted.p_input_tokens !== 7 ||
  !isLeft
) {
  console.error("settled as", recorded, isLeft);
  Deno.exit(1);
}

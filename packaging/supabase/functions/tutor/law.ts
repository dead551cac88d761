// SPDX-License-Identifier: GPL-3.0-or-later
// What may be asked and what it cost is decided in SQL; this carries the questions there.
import type { Caller } from "./caller.ts";
import type { Environment, ProviderName } from "./environment.ts";
import { type Code, Failure } from "./failure.ts";
import type { Question } from "./question.ts";
import type { Tokens } from "./tally.ts";

interface Budget {
  requests_per_minute: number;
  requests_left: number;
  minute_resets_at: string;
  tokens_per_day: number;
  tokens_left: number;
  day_resets_at: string;
}

export interface Admission {
  id: string;
  provider: ProviderName;
  model: string;
  parameters: Record<string, unknown>;
  maxTokens: number;
  /** What the learner is told about their budget, as OpenAI words it. */
  headers: Record<string, string>;
}

const refusals: Record<string, Code> = {
  exam_running: "exam_running",
  no_model: "not_configured",
  model_not_allowed: "model_not_allowed",
  duplicate: "duplicate",
  requests_per_minute: "rate_limited",
  tokens_per_day: "quota_student",
  money_per_day: "quota_student",
  academy_per_day: "quota_academy",
};

/** A refusal that knows the budget behind it. */
export class Refused extends Failure {
  constructor(code: Code, retryAfterMs: number | null, readonly headers: Record<string, string>) {
    super(code, retryAfterMs);
  }
}

/** Asks, as the caller, whether they may; reserves what the answer can cost. */
export async function admit(
  question: Question,
  inputTokens: number,
  caller: Caller,
  environment: Environment,
): Promise<Admission> {
  const answer = await call("tutor_admit", caller.token, environment.anonKey, environment, {
    p_conversation: question.conversation,
    p_estimate: inputTokens + question.maxTokens,
    p_output: question.maxTokens,
    p_request: question.request,
    p_providers: [...environment.providers.keys()],
    p_model: question.model,
    p_question: question.digest,
  });
  const headers = rateHeaders(answer.budget as Budget);
  if (answer.allowed !== true) {
    const wait = Number(answer.retry_after_ms);
    throw new Refused(
      refusals[String(answer.reason)] ?? "academy_unavailable",
      answer.retry_after_ms === null || !Number.isFinite(wait) ? null : wait,
      headers,
    );
  }
  return {
    id: String(answer.admission),
    provider: answer.provider as ProviderName,
    model: String(answer.model),
    parameters: answer.parameters as Record<string, unknown>,
    maxTokens: Math.min(question.maxTokens, Number(answer.max_output_tokens)),
    headers,
  };
}

/** Says what it came to. Never fails: what cannot be said stays reserved in full. */
export async function settle(
  admission: Admission,
  tokens: Tokens,
  outcome: string,
  environment: Environment,
) {
  for (const wait of [0, 500, 2000]) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      await call("tutor_record", environment.serviceKey, environment.serviceKey, environment, {
        p_admission: admission.id,
        p_input_tokens: tokens.input,
        p_cached_tokens: tokens.cached,
        p_output_tokens: tokens.output,
        p_outcome: outcome,
      });
      return;
    } catch {
      console.error("the usage of an answer could not be recorded");
    }
  }
}

const longestCallMs = 10_000;

async function call(
  name: string,
  token: string,
  apikey: string,
  environment: Environment,
  body: unknown,
): Promise<Record<string, unknown>> {
  let answer: Response;
  let result: Record<string, unknown>;
  try {
    answer = await fetch(`${environment.academyUrl}/rest/v1/rpc/${name}`, {
      method: "POST",
      headers: { apikey, authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(longestCallMs),
    });
    result = await answer.json();
  } catch {
    throw new Failure("academy_unavailable");
  }
  if (answer.ok) {
    return result;
  }
  switch (result.message) {
    case "ACADEMY_NOT_FOUND":
      throw new Failure("conversation_not_found");
    case "ACADEMY_SECOND_STEP":
      throw new Failure("second_step");
    case "ACADEMY_BAD_INPUT":
      throw new Failure("bad_request");
    default:
      throw new Failure(
        answer.status === 401 || answer.status === 403 ? "unauthorized" : "academy_unavailable",
      );
  }
}

function rateHeaders(budget: Budget): Record<string, string> {
  const until = (time: string) => `${Math.max(0, (Date.parse(time) - Date.now()) / 1000).toFixed(3)}s`;
  return {
    "x-ratelimit-limit-requests": String(budget.requests_per_minute),
    "x-ratelimit-remaining-requests": String(budget.requests_left),
    "x-ratelimit-reset-requests": until(budget.minute_resets_at),
    "x-ratelimit-limit-tokens": String(budget.tokens_per_day),
    "x-ratelimit-remaining-tokens": String(budget.tokens_left),
    "x-ratelimit-reset-tokens": until(budget.day_resets_at),
  };
}

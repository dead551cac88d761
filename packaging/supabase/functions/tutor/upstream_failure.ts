// SPDX-License-Identifier: GPL-3.0-or-later
// A provider's error as one of ours. Its words stay here.
import { type Code, Failure } from "./failure.ts";
import type { Json } from "./wires/wire.ts";

const named = new Set(["code", "type", "status", "reason", "error_code", "quotaId"]);

const money = /insufficient_quota|credit_balance|spend_limit|usage_limit|billing|PerDay/i;
// Anthropic's limits of one's own making are 400s. Others say the same of a minute, with 429.
const moneyInWords = /credit balance is too low|(usage|spend) limit/i;
const crowded = /overloaded|slow_down|unavailable|RESOURCE_EXHAUSTED|rate_limit/i;
const locked = /invalid_api_key|API_KEY_INVALID|authentication|permission|PERMISSION_DENIED/i;
const full = /context_length|exceed_context|prompt is too long/i;

const longestWaitMs = 24 * 3600 * 1000;

/** From the status (0 inside a stream), the answer's headers and its JSON body, where it had one. */
export function upstreamFailure(status: number, headers: Headers | null, body: Json): Failure {
  const words = JSON.stringify(body ?? null);
  return new Failure(codeOf(status, codesIn(body).join(" "), words), waitOf(headers, words));
}

/** What an error is called, without its prose: that names pages about billing for any reason. */
function codesIn(value: Json): string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    named.has(key) && typeof inner === "string" ? [inner] : codesIn(inner)
  );
}

function codeOf(status: number, codes: string, words: string): Code {
  if (status === 402 || money.test(codes) || (status !== 429 && moneyInWords.test(words))) {
    return "quota_academy";
  }
  if (status === 401 || status === 403 || locked.test(codes)) {
    return "upstream_misconfigured";
  }
  if (full.test(words)) {
    return "context_full";
  }
  if (status === 404) {
    return "upstream_misconfigured";
  }
  if (status === 429 || status === 503 || status === 529 || crowded.test(codes)) {
    return "upstream_overloaded";
  }
  if (status === 0 || status === 408 || status === 409 || status >= 500) {
    return "upstream_failed";
  }
  return "upstream_rejected";
}

function waitOf(headers: Headers | null, words: string): number | null {
  const told = [
    Number(headers?.get("retry-after-ms") || NaN),
    Number(headers?.get("retry-after") || NaN) * 1000,
    Number(/"retryDelay":"([\d.]+)s"/.exec(words)?.[1] ?? NaN) * 1000,
  ].find((wait) => wait >= 0 && wait <= longestWaitMs);
  return told === undefined ? null : Math.ceil(told);
}

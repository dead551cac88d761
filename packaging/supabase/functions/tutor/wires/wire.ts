// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay knows about a provider's format: how to ask, and where usage and errors stand in the
// answer. Everything else passes untouched, for the learner's program reads it.
import type { Access } from "../environment.ts";
import type { Turn } from "../question.ts";
import type { Tally } from "../tally.ts";

export interface Ask {
  model: string;
  system: string;
  turns: Turn[];
  maxTokens: number;
  alias: string;
  /** Members of the request that the academy's price list adds. */
  parameters: Record<string, unknown>;
}

export interface UpstreamRequest {
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

// deno-lint-ignore no-explicit-any
export type Json = any;

export interface Wire {
  /** The x-upstream-format that tells the learner's program which decoder to use. */
  format: string;
  request(ask: Ask, access: Access): UpstreamRequest;
  /** Counts an event; true when it is an error. */
  read(event: Json, tally: Tally): boolean;
}

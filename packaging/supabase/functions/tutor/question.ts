// SPDX-License-Identifier: GPL-3.0-or-later
// The body of a request, read with limits.
import { digestOf } from "./digest.ts";
import { Failure } from "./failure.ts";

export interface Turn {
  role: "user" | "assistant";
  content: string;
}

export interface Question {
  conversation: string | null;
  request: string | null;
  model: string | null;
  /** How the lesson goes, as the learner's program says; data, see prompt.ts. */
  plan: string;
  turns: Turn[];
  maxTokens: number;
  /** The same for the same words, for telling a question that is put again from another one. */
  digest: string;
}

const bytesAtMost = 512 * 1024;
const turnsAtMost = 200;
const charactersAtMost = 60_000;
const planAtMost = 24_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function readQuestion(request: Request): Promise<Question> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesAtMost) {
    throw new Failure("too_large");
  }
  const text = await request.text();
  if (text.length > bytesAtMost) {
    throw new Failure("too_large");
  }
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Failure("bad_request");
  }
  if (typeof body !== "object" || body === null || !Array.isArray(body.messages)) {
    throw new Failure("bad_request");
  }
  const turns = body.messages.map(turn);
  const plan = optionalText(body.plan) ?? "";
  const length = turns.reduce((sum, { content }) => sum + content.length, 0);
  if (turns.length > turnsAtMost || length > charactersAtMost || plan.length > planAtMost) {
    throw new Failure("too_large");
  }
  const maxTokens = body.max_tokens ?? 800;
  if (turns.at(-1)?.role !== "user" || !Number.isInteger(maxTokens) || Number(maxTokens) < 1) {
    throw new Failure("bad_request");
  }
  return {
    conversation: id(optionalText(body.conversation)),
    request: id(request.headers.get("x-client-request-id")),
    model: optionalText(body.model) || null,
    plan,
    turns,
    maxTokens: Number(maxTokens),
    digest: await digestOf(text),
  };
}

function turn(value: unknown): Turn {
  const { role, content } = (value ?? {}) as Record<string, unknown>;
  if ((role !== "user" && role !== "assistant") || typeof content !== "string" || content.trim() === "") {
    throw new Failure("bad_request");
  }
  return { role, content };
}

function optionalText(value: unknown): string | null {
  if (value !== undefined && value !== null && typeof value !== "string") {
    throw new Failure("bad_request");
  }
  return value ?? null;
}

function id(value: string | null): string | null {
  if (value !== null && value !== "" && !uuid.test(value)) {
    throw new Failure("bad_request");
  }
  return value || null;
}

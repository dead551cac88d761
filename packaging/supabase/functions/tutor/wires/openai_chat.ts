// SPDX-License-Identifier: GPL-3.0-or-later
// OpenAI Chat Completions, and the many servers that speak it too.
import type { Access } from "../environment.ts";
import type { Tally } from "../tally.ts";
import type { Ask, Json, UpstreamRequest, Wire } from "./wire.ts";

function headersOf(access: Access): Record<string, string> {
  return access.key === "" ? {} : { authorization: `Bearer ${access.key}` };
}

function messagesOf(ask: Ask, systemRole: string) {
  return [{ role: systemRole, content: ask.system }, ...ask.turns];
}

/** xAI counts reasoning beside the completion; its total tells. */
function outputOf(usage: Json): number | undefined {
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  return reasoning > 0 && total === input + output + reasoning ? output + reasoning : output;
}

function read(chunk: Json, tally: Tally): boolean {
  if (chunk.error !== undefined && chunk.error !== null) {
    return true;
  }
  for (const choice of chunk.choices ?? []) {
    const delta = choice?.delta ?? {};
    for (const text of [delta.content, delta.refusal, delta.reasoning, delta.reasoning_content]) {
      tally.say(text);
    }
    tally.isFinished ||= typeof choice?.finish_reason === "string";
  }
  const usage = chunk.usage ?? chunk.x_groq?.usage;
  if (usage) {
    tally.input = usage.prompt_tokens ?? tally.input;
    tally.cached = usage.prompt_tokens_details?.cached_tokens ?? tally.cached;
    tally.output = outputOf(usage) ?? tally.output;
    tally.isFinal = true;
  }
  return false;
}

export const openAi: Wire = {
  format: "openai-chat",
  request(ask: Ask, access: Access): UpstreamRequest {
    return {
      url: `${access.url}/chat/completions`,
      headers: headersOf(access),
      body: {
        max_completion_tokens: ask.maxTokens,
        safety_identifier: ask.alias,
        ...ask.parameters,
        model: ask.model,
        messages: messagesOf(ask, "developer"),
        stream: true,
        stream_options: { include_usage: true, include_obfuscation: false },
        store: false,
      },
    };
  },
  read,
};

export const openAiCompatible: Wire = {
  format: "openai-compatible",
  request(ask: Ask, access: Access): UpstreamRequest {
    return {
      url: `${access.url}/chat/completions`,
      headers: headersOf(access),
      body: {
        max_tokens: ask.maxTokens,
        ...ask.parameters,
        model: ask.model,
        messages: messagesOf(ask, "system"),
        stream: true,
        stream_options: { include_usage: true },
      },
    };
  },
  read,
};

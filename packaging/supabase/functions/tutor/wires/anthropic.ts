// SPDX-License-Identifier: GPL-3.0-or-later
// Anthropic Messages.
import type { Access } from "../environment.ts";
import type { Tally } from "../tally.ts";
import type { Ask, Json, UpstreamRequest, Wire } from "./wire.ts";

function count(usage: Json, tally: Tally) {
  if (!usage) {
    return;
  }
  if (typeof usage.input_tokens === "number") {
    tally.cached = usage.cache_read_input_tokens ?? 0;
    tally.input = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + tally.cached;
  }
  tally.output = usage.output_tokens ?? tally.output;
}

export const anthropic: Wire = {
  format: "anthropic",
  request(ask: Ask, access: Access): UpstreamRequest {
    return {
      url: `${access.url}/messages`,
      headers: { "x-api-key": access.key, "anthropic-version": "2023-06-01" },
      body: {
        metadata: { user_id: ask.alias },
        ...ask.parameters,
        model: ask.model,
        max_tokens: ask.maxTokens,
        system: ask.system,
        messages: ask.turns,
        stream: true,
      },
    };
  },
  read(event: Json, tally: Tally): boolean {
    switch (event.type) {
      case "error":
        return true;
      case "message_start":
        count(event.message?.usage, tally);
        return false;
      case "content_block_delta":
        tally.say(event.delta?.text);
        tally.say(event.delta?.thinking);
        return false;
      case "message_delta":
        count(event.usage, tally);
        tally.isFinal = true;
        return false;
      case "message_stop":
        tally.isFinished = true;
        return false;
      default:
        return false;
    }
  },
};

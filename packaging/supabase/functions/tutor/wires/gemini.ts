// SPDX-License-Identifier: GPL-3.0-or-later
// Google streamGenerateContent.
import type { Access } from "../environment.ts";
import type { Tally } from "../tally.ts";
import type { Ask, Json, UpstreamRequest, Wire } from "./wire.ts";

export const gemini: Wire = {
  format: "gemini",
  request(ask: Ask, access: Access): UpstreamRequest {
    return {
      url: `${access.url}/models/${encodeURIComponent(ask.model)}:streamGenerateContent?alt=sse`,
      headers: { "x-goog-api-key": access.key },
      body: {
        systemInstruction: { parts: [{ text: ask.system }] },
        contents: ask.turns.map(({ role, content }) => ({
          role: role === "user" ? "user" : "model",
          parts: [{ text: content }],
        })),
        generationConfig: { ...ask.parameters, maxOutputTokens: ask.maxTokens },
      },
    };
  },
  read(chunk: Json, tally: Tally): boolean {
    if (chunk.error) {
      return true;
    }
    for (const candidate of chunk.candidates ?? []) {
      for (const part of candidate?.content?.parts ?? []) {
        tally.say(part?.text);
      }
      tally.isFinished ||= typeof candidate?.finishReason === "string";
    }
    tally.isFinished ||= typeof chunk.promptFeedback?.blockReason === "string";
    const usage = chunk.usageMetadata;
    if (usage) {
      tally.input = usage.promptTokenCount ?? tally.input;
      tally.cached = usage.cachedContentTokenCount ?? tally.cached;
      tally.output = (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0);
      tally.isFinal = tally.isFinished;
    }
    return false;
  },
};

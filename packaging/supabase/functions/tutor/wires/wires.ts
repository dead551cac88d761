// SPDX-License-Identifier: GPL-3.0-or-later
import type { ProviderName } from "../environment.ts";
import { anthropic } from "./anthropic.ts";
import { gemini } from "./gemini.ts";
import { openAi, openAiCompatible } from "./openai_chat.ts";
import type { Wire } from "./wire.ts";

export const wires: Record<ProviderName, Wire> = {
  openai: openAi,
  anthropic,
  google: gemini,
  compatible: openAiCompatible,
};

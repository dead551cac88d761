// SPDX-License-Identifier: GPL-3.0-or-later
// What the function is told by its surroundings. Keys live here and in the requests to their providers.

export type ProviderName = "openai" | "anthropic" | "google" | "compatible";

/** Where a provider is and what opens it. */
export interface Access {
  url: string;
  key: string;
}

export interface Environment {
  academyUrl: string;
  anonKey: string;
  serviceKey: string;
  providers: Map<ProviderName, Access>;
  /** Between two signs of life to the learner. */
  commentMs: number;
  /** For a whole answer: below the time a hosted function may run. */
  longestMs: number;
}

const usual: [ProviderName, string, string][] = [
  ["openai", "OPENAI", "https://api.openai.com/v1"],
  ["anthropic", "ANTHROPIC", "https://api.anthropic.com/v1"],
  ["google", "GOOGLE", "https://generativelanguage.googleapis.com/v1beta"],
];

interface Variables {
  get(name: string): string | undefined;
}

export function readEnvironment(variables: Variables): Environment {
  const text = (name: string) => (variables.get(name) ?? "").trim();
  const url = (name: string) => text(name).replace(/\/+$/, "");
  const seconds = (name: string, otherwise: number) => (Number(text(name)) || otherwise) * 1000;

  const providers = new Map<ProviderName, Access>();
  for (const [provider, name, home] of usual) {
    const key = text(`TUTOR_${name}_KEY`);
    if (key !== "") {
      providers.set(provider, { url: url(`TUTOR_${name}_URL`) || home, key });
    }
  }
  // A server of the academy's own need not have a key.
  if (url("TUTOR_COMPATIBLE_URL") !== "") {
    providers.set("compatible", { url: url("TUTOR_COMPATIBLE_URL"), key: text("TUTOR_COMPATIBLE_KEY") });
  }
  return {
    academyUrl: url("SUPABASE_URL"),
    anonKey: text("SUPABASE_ANON_KEY"),
    serviceKey: text("SUPABASE_SERVICE_ROLE_KEY"),
    providers,
    commentMs: seconds("TUTOR_COMMENT_SECONDS", 10),
    longestMs: seconds("TUTOR_LONGEST_SECONDS", 140),
  };
}

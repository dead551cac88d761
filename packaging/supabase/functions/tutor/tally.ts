// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer comes to, counted while it passes. Providers say so at the end, if they get that far.

export interface Tokens {
  input: number;
  cached: number;
  output: number;
}

const charactersPerToken = 4;

/** Rather too many than too few. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / (charactersPerToken - 1)) + 16;
}

export class Tally {
  input: number | null = null;
  cached = 0;
  output = 0;
  /** The provider's last word on what it used has come. */
  isFinal = false;
  /** The provider said that the answer is complete. */
  isFinished = false;
  #characters = 0;

  constructor(readonly estimatedInput: number) {}

  say(text: unknown) {
    if (typeof text === "string") {
      this.#characters += text.length;
    }
  }

  get hasSpoken(): boolean {
    return this.#characters > 0;
  }

  tokens(): Tokens {
    const input = this.input ?? this.estimatedInput;
    const heard = Math.ceil(this.#characters / charactersPerToken);
    return {
      input,
      cached: Math.min(this.cached, input),
      output: this.isFinal ? this.output : Math.max(this.output, heard),
    };
  }
}

export const nothing: Tokens = { input: 0, cached: 0, output: 0 };

// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer comes to, counted while it passes. Providers say so at the end, if they get that far.

export interface Tokens {
  input: number;
  cached: number;
  output: number;
}

/** What a text is at most, in sixths of a token: a third for a Latin letter, half for those of other
 * alphabets, a whole one for signs that stand for a syllable or a word. */
function sixthsOf(text: string): number {
  let sixths = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    sixths += unit < 0x0370 ? 2 : unit < 0x2e80 ? 3 : 6;
  }
  return sixths;
}

/** Of a whole question. Rather too many than too few. */
export function estimateTokens(texts: string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + sixthsOf(text), 0) / 6) + 16;
}

export class Tally {
  input: number | null = null;
  cached = 0;
  output = 0;
  /** The provider's last word on what it used has come. */
  isFinal = false;
  /** The provider said that the answer is complete. */
  isFinished = false;
  #sixths = 0;

  constructor(readonly estimatedInput: number) {}

  say(text: unknown) {
    if (typeof text === "string") {
      this.#sixths += sixthsOf(text);
    }
  }

  get hasSpoken(): boolean {
    return this.#sixths > 0;
  }

  tokens(): Tokens {
    const input = this.input ?? this.estimatedInput;
    const heard = Math.ceil(this.#sixths / 6);
    return {
      input,
      cached: Math.min(this.cached, input),
      output: this.isFinal ? this.output : Math.max(this.output, heard),
    };
  }
}

export const nothing: Tokens = { input: 0, cached: 0, output: 0 };

// SPDX-License-Identifier: GPL-3.0-or-later
// The answer's stream to the learner: begins at once, shows signs of life, knows when nobody reads it.

const encoder = new TextEncoder();

export class LearnerStream {
  readonly readable: ReadableStream<Uint8Array>;
  /** Aborts when the learner has gone. */
  readonly left: AbortSignal;
  #writer: WritableStreamDefaultWriter<Uint8Array>;
  #controller!: TransformStreamDefaultController<Uint8Array>;
  #comments: ReturnType<typeof setInterval>;
  #number = 0;

  /** What is not read `graceMs` after the end is given up. */
  constructor(client: AbortSignal, commentMs: number, private readonly graceMs = 10_000) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(
      { start: (controller) => void (this.#controller = controller) },
      new CountQueuingStrategy({ highWaterMark: 4 }),
      new CountQueuingStrategy({ highWaterMark: 4 }),
    );
    const gone = new AbortController();
    this.readable = readable;
    this.left = gone.signal;
    this.#writer = writable.getWriter();
    this.#writer.closed.catch(() => gone.abort());
    client.addEventListener("abort", () => gone.abort());
    if (client.aborted) {
      gone.abort();
    }
    this.#comments = setInterval(() => this.alive(), commentMs);
    this.#write(": open\n\n");
  }

  /** A comment, unless others still wait to be read. */
  alive() {
    if ((this.#writer.desiredSize ?? 0) > 0) {
      this.#write(": alive\n\n");
    }
  }

  /** An event of the provider, as it came, with a number of ours. Waits for a slow reader. */
  pass(name: string, data: string): Promise<void> {
    this.#number += 1;
    const lines = data.split("\n").map((line) => `data: ${line}\n`).join("");
    return this.#write(`id: ${this.#number}\n${name === "" ? "" : `event: ${name}\n`}${lines}\n`);
  }

  async end(last: string) {
    clearInterval(this.#comments);
    const giveUp = setTimeout(() => this.#controller.error("nobody reads"), this.graceMs);
    if (last !== "") {
      await this.#write(last);
    }
    await this.#writer.close().catch(() => {});
    clearTimeout(giveUp);
  }

  #write(text: string): Promise<void> {
    return this.#writer.write(encoder.encode(text)).catch(() => {});
  }
}

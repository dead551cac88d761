// SPDX-License-Identifier: GPL-3.0-or-later
// Server-sent events out of bytes, by the WHATWG rules as far as providers use them.

export interface SseEvent {
  name: string;
  /** Null for a comment. */
  data: string | null;
}

const longestEvent = 8 * 1024 * 1024;

export async function* readEvents(bytes: ReadableStream<Uint8Array>): AsyncGenerator<SseEvent> {
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  let rest = "";
  let name = "";
  let data: string[] = [];
  const take = function* (line: string): Generator<SseEvent> {
    if (line === "") {
      if (data.length > 0) {
        yield { name, data: data.join("\n") };
      }
      name = "";
      data = [];
    } else if (line.startsWith(":")) {
      yield { name: "", data: null };
    } else if (/^data(:|$)/.test(line)) {
      data.push(line.replace(/^data:? ?/, ""));
    } else if (line.startsWith("event:")) {
      name = line.replace(/^event: ?/, "");
    }
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      if (rest.length > longestEvent) {
        throw new Error("an event is too long");
      }
      // A CR at the end may be half of a CRLF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        yield* take(line);
      }
      if (done) {
        // Some providers leave out the last empty line.
        yield* take(rest.replace(/\r$/, ""));
        yield* take("");
        return;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

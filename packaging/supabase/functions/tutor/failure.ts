// SPDX-License-Identifier: GPL-3.0-or-later
// What a learner is told when something fails: always these words, never the provider's.

type Class =
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "invalid"
  | "limit"
  | "busy"
  | "server";

interface Kind {
  status: number;
  class: Class;
  retryable: boolean;
  message: string;
}

const kinds = {
  unauthorized: { status: 401, class: "unauthorized", retryable: false, message: "Sign in first." },
  second_step: {
    status: 401,
    class: "unauthorized",
    retryable: false,
    message: "Confirm who you are first.",
  },
  bad_request: { status: 400, class: "invalid", retryable: false, message: "The question cannot be read." },
  too_large: { status: 413, class: "invalid", retryable: false, message: "The question is too long." },
  method: { status: 405, class: "invalid", retryable: false, message: "Questions are posted." },
  conversation_not_found: {
    status: 404,
    class: "not_found",
    retryable: false,
    message: "No such conversation.",
  },
  exam_running: {
    status: 403,
    class: "forbidden",
    retryable: false,
    message: "The tutor is off during the exam.",
  },
  model_not_allowed: {
    status: 403,
    class: "forbidden",
    retryable: false,
    message: "The academy does not offer this model.",
  },
  duplicate: { status: 409, class: "conflict", retryable: false, message: "This request was made before." },
  rate_limited: { status: 429, class: "limit", retryable: true, message: "Too many questions in a minute." },
  quota_student: {
    status: 429,
    class: "limit",
    retryable: false,
    message: "The learner's budget for today is used.",
  },
  quota_academy: { status: 429, class: "limit", retryable: false, message: "The academy's budget is used." },
  not_configured: {
    status: 503,
    class: "server",
    retryable: false,
    message: "The academy has set up no tutor.",
  },
  academy_unavailable: {
    status: 503,
    class: "server",
    retryable: true,
    message: "The academy does not answer.",
  },
  upstream_overloaded: { status: 503, class: "busy", retryable: true, message: "The tutor is overloaded." },
  upstream_failed: { status: 502, class: "server", retryable: true, message: "The tutor failed." },
  upstream_unreachable: {
    status: 502,
    class: "server",
    retryable: true,
    message: "The tutor cannot be reached.",
  },
  upstream_timeout: { status: 504, class: "server", retryable: true, message: "The tutor took too long." },
  upstream_rejected: {
    status: 502,
    class: "invalid",
    retryable: false,
    message: "The tutor refused the question.",
  },
  upstream_misconfigured: {
    status: 503,
    class: "server",
    retryable: false,
    message: "The academy's tutor is not set up right.",
  },
  context_full: {
    status: 413,
    class: "invalid",
    retryable: false,
    message: "The conversation is too long for the tutor.",
  },
} satisfies Record<string, Kind>;

export type Code = keyof typeof kinds;

export class Failure extends Error {
  constructor(readonly code: Code, readonly retryAfterMs: number | null = null) {
    super(code);
  }

  get status(): number {
    return kinds[this.code].status;
  }

  toJSON() {
    const kind = kinds[this.code];
    return {
      class: kind.class,
      code: this.code,
      message_safe: kind.message,
      retry_after_ms: this.retryAfterMs,
      retryable: kind.retryable,
    };
  }

  /** As an answer of its own, before the first byte of a stream. */
  response(headers: Record<string, string>): Response {
    const all = new Headers({ ...headers, "content-type": "application/json; charset=utf-8" });
    if (this.retryAfterMs !== null) {
      all.set("retry-after", String(Math.ceil(this.retryAfterMs / 1000)));
    }
    return new Response(JSON.stringify(this), { status: this.status, headers: all });
  }

  /** As the last event of a stream that has begun. */
  event(): string {
    return `event: error\ndata: ${JSON.stringify(this)}\n\n`;
  }
}

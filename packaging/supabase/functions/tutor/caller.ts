// SPDX-License-Identifier: GPL-3.0-or-later
// Who is asking: the auth server says so.
import { digestOf } from "./digest.ts";
import type { Environment } from "./environment.ts";
import { Failure } from "./failure.ts";

export interface Caller {
  token: string;
  /** Stands for the person in a provider's abuse reports; says nothing about them. */
  alias: string;
}

export async function identify(request: Request, environment: Environment): Promise<Caller> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) {
    throw new Failure("unauthorized");
  }
  let answer: Response;
  try {
    answer = await fetch(`${environment.academyUrl}/auth/v1/user`, {
      headers: { apikey: environment.anonKey, authorization: `Bearer ${token}` },
      signal: request.signal,
    });
  } catch {
    throw new Failure("academy_unavailable");
  }
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Failure(answer.status < 500 && answer.status !== 429 ? "unauthorized" : "academy_unavailable");
  }
  const { id } = await answer.json();
  return { token, alias: await digestOf(`neolingus ${environment.academyUrl} ${id}`) };
}

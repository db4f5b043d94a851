import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { type AdmitCall, keyObjectName, type Verdict } from "../../src/core/access/key-authority.ts";
import { askKeyObject } from "../../src/core/access/key-object-client.ts";
import { callCharges, type KeyCharges, type LimitedSurface } from "../../src/core/limits/key-limits.ts";
import { ledgerOf } from "../../src/core/limits/ledger-object.ts";
import type { Answer, Workspace } from "../support/fixtures.ts";

export type TestKey = Awaited<ReturnType<Workspace["key"]>>;

/** A key's object, or one of them. */
export const keyObject = (keyId: number, shard = 0) => env.KEY_OBJECT.getByName(keyObjectName(keyId, shard));

export const ledgerObject = (workspace: Workspace) => ledgerOf(env, workspace.id, "live");

const counted = (calls: number): KeyCharges => ({ "key.monthly_api_calls": calls, "key.daily_api_calls": calls });

/** Asks the key's object to let a call of a surface in, as the Worker does. */
export async function ask(
  workspace: Workspace,
  key: TestKey,
  surface: LimitedSurface,
  changes: Partial<AdmitCall> = {},
): Promise<Verdict> {
  const { verdict } = await askKeyObject(env, surface, {
    ref: { keyId: key.id, familyId: key.id, workspaceId: workspace.id, environment: "live" },
    charges: callCharges(surface),
    ip: "192.0.2.1",
    idempotencyKey: null,
    requestId: crypto.randomUUID(),
    knownVersion: null,
    ...changes,
  });
  return verdict;
}

/** Uses up allowances of the key and its workspace at once, without touching a bucket. */
export async function useUp(
  workspace: Workspace,
  key: TestKey,
  calls: number,
  charges: KeyCharges = {},
): Promise<void> {
  const verdict = await ask(workspace, key, "content", {
    charges: { ...counted(calls), ...charges },
  });
  expect(verdict.kind).toBe("admitted");
}

export const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

export const countOf = (answers: Answer[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;

export interface ListedLimit {
  name: string;
  remaining: number;
  limit: number;
}

/** Reads the headers of a limited answer, holding them to their formats and to each other. */
export function limitsOf({ headers }: Answer, now: number): ListedLimit[] {
  const items = (name: string, pattern: RegExp) =>
    (headers.get(name) ?? "").split(", ").map((item) => {
      const match = pattern.exec(item);
      if (!match) throw new Error(`${name} does not parse: ${item}`);
      return match.slice(1);
    });
  const figures = items("RateLimit", /^"([a-z_]+)";r=(\d+);t=(\d+)$/);
  const policies = items("RateLimit-Policy", /^"([a-z_]+)";q=(\d+);w=([1-9]\d*)$/);
  expect(policies.map(([name]) => name)).toEqual(figures.map(([name]) => name));
  const listed = figures.map(([name = "", remaining], index) => ({
    name,
    remaining: Number(remaining),
    limit: Number(policies[index]?.[1]),
  }));
  for (const { remaining, limit } of listed) expect(remaining).toBeLessThanOrEqual(limit);
  const [first] = listed;
  expect(headers.get("X-RateLimit-Limit")).toBe(String(first?.limit));
  expect(headers.get("X-RateLimit-Remaining")).toBe(String(first?.remaining));
  expect(headers.get("X-RateLimit-Reset")).toBe(String(Math.ceil(now / 1000) + Number(figures[0]?.[2])));
  return listed;
}

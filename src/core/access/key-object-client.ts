import type { Env } from "../../env.ts";
import { callObject } from "../call-object.ts";
import type { LimitFigure } from "../limit-figure.ts";
import type { LimitedSurface } from "../limits/key-limits.ts";
import { MAX_SHARDS } from "../limits/shards.ts";
import type { CommitListener } from "../work/unit-of-work.ts";
import { type AdmitCall, keyObjectName, type Release, type Verdict } from "./key-authority.ts";
import type { KeyObject } from "./key-object.ts";
import type { UseState } from "./key-use.ts";
import type { KeyRef } from "../keys/policy.ts";

const objectOf = (env: Env, familyId: number, shard: number): DurableObjectStub<KeyObject> =>
  env.KEY_OBJECT.getByName(keyObjectName(familyId, shard));

/** How many objects share a key's calls, as last heard from one of them; and whose turn it is. */
const shardHints = new Map<number, number>();
const MAX_HINTS = 10_000;
let turn = 0;

/**
 * Asks the key's object to let a call in. A key of a very fast tier is spread over several objects on the Platform API:
 * they are asked in turn, and a call is denied only after each of them has denied it.
 */
export async function askKeyObject(env: Env, surface: LimitedSurface, call: Omit<AdmitCall, "shard">): Promise<Answer> {
  const { keyId } = call.ref;
  // Calls with one idempotency key meet at one object, which holds its lock.
  const first = call.idempotencyKey === null ? turn++ : hashOf(call.idempotencyKey);
  const hint = surface === "platform" ? (shardHints.get(keyId) ?? 1) : 1;
  let answer = await askInTurn(env, call, first, hint);
  const shards = surface === "platform" ? (answer.verdict.shards ?? 1) : 1;
  if (shards !== hint) {
    if (shardHints.size >= MAX_HINTS) shardHints.delete(shardHints.keys().next().value as number);
    shardHints.set(keyId, shards);
    // The hint was old. What this object admitted counts; otherwise the objects there really are decide.
    if (answer.verdict.kind === "limited") answer = await askInTurn(env, call, first, shards);
  }
  return shards > 1 ? { ...answer, verdict: wholeKey(answer.verdict, shards) } : answer;
}

interface Answer {
  verdict: Verdict;
  shard: number;
}

/** The answer of the first of a key's objects that does not deny the call for its own share of a limit. */
async function askInTurn(env: Env, call: Omit<AdmitCall, "shard">, first: number, shards: number): Promise<Answer> {
  for (let asked = 1; ; asked += 1) {
    const shard = (first + asked) % shards;
    const question = JSON.stringify({ ...call, shard } satisfies AdmitCall);
    const answer = await callObject<string>(() => objectOf(env, call.ref.familyId, shard).admitJson(question));
    const verdict = JSON.parse(answer) as Verdict;
    const isShare = verdict.kind === "limited" && isShared(verdict.deniedBy) && verdict.shards === shards;
    if (!isShare || asked >= shards) return { verdict, shard };
  }
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (hash * 31 + text.charCodeAt(i)) >>> 0;
  return hash;
}

/** Of all limits of a key the one whose rate its objects divide among themselves. */
const isShared = ({ scope, name }: LimitFigure): boolean => scope === "key" && name === "requests_per_minute";

/** One object's share of a key, shown as the whole: the shares of the limit are equal, what remains is an estimate. */
function wholeKey(verdict: Verdict, shards: number): Verdict {
  if (verdict.kind !== "admitted" && verdict.kind !== "limited") return verdict;
  const whole = (it: LimitFigure): LimitFigure =>
    isShared(it) ? { ...it, limit: it.limit * shards, remaining: it.remaining * shards } : it;
  const figures = verdict.figures.map(whole);
  return verdict.kind === "limited"
    ? { ...verdict, figures, deniedBy: whole(verdict.deniedBy) }
    : { ...verdict, figures };
}

/** Frees the idempotency key of a call that came to nothing, and gives back its charge when one is named. */
export const releaseCall = (env: Env, familyId: number, shard: number, at: Release) =>
  callObject<LimitFigure[] | null>(() => objectOf(env, familyId, shard).release(at));

interface Counts {
  today: number;
  month: number;
}

/** Calls of today and this month of a key and those it has replaced, over all their objects, also those that share its calls no longer. */
export async function countsOf(env: Env, { familyId }: KeyRef): Promise<Counts> {
  const counts = await askAll(env, familyId, (object) => object.counts());
  const sum = { today: 0, month: 0 };
  for (const count of counts) {
    sum.today += count?.today ?? 0;
    sum.month += count?.month ?? 0;
  }
  return sum;
}

/** The latest use of a key, as its objects know it at this moment; `null` when it was not used for a while. */
export async function lastUseOf(
  env: Env,
  { keyId, familyId }: Pick<KeyRef, "keyId" | "familyId">,
): Promise<UseState | null> {
  const uses = await askAll(env, familyId, (object) => object.lastUse(keyId));
  return uses.reduce((latest, use) => (use && use.at > (latest?.at ?? 0) ? use : latest), null);
}

/**
 * Tells every object of a key's family that a commit is about to change it, and that it is done. From the commit on, the next
 * call sees the change, however stale KV, an isolate or the object itself was. Without the objects there is no commit.
 */
export function keyChange(env: Env, familyId: number): CommitListener {
  const changeId = crypto.randomUUID();
  return {
    before: async () => void (await askAll(env, familyId, (object) => object.beginChange(changeId))),
    after: async () => void (await askAll(env, familyId, (object) => object.endChange(changeId))),
  };
}

/** Has every object of a key's family forget all it holds: for keys that are purged. Can be repeated. */
export async function forgetKey(env: Env, familyId: number): Promise<void> {
  await askAll(env, familyId, (object) => object.forget());
}

/** Asks every object that the calls of a key's family may be spread over. */
function askAll<Answer>(
  env: Env,
  familyId: number,
  ask: (object: DurableObjectStub<KeyObject>) => PromiseLike<Answer>,
): Promise<Answer[]> {
  const shards = Array.from({ length: MAX_SHARDS }, (_, shard) => shard);
  return Promise.all(shards.map((shard) => callObject<Answer>(() => ask(objectOf(env, familyId, shard)))));
}

import { beforeAll, expect, it } from "vitest";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let other: { id: number; headers: Record<string, string> };
const posts: number[] = [];

const send = (method: string, path: string, body?: unknown, as = headers) =>
  call(method, `/api/v1${path}`, { headers: as, ...(body !== undefined && { body }) });

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  other = await workspace.key();
  for (const title of ["One", "Two"]) posts.push((await send("POST", "/posts", { title })).body.data.id);
  await send("PATCH", `/posts/${posts[0]}`, { title: "Uno" });
  await send("PATCH", `/posts/${posts[0]}`, { title: "Eins" }, other.headers);
  await send("DELETE", `/posts/${posts[1]}`);
});

/** The entries a query chooses, oldest first, as deed and thing. */
async function entries(query: string): Promise<string[]> {
  const { body, text } = await send("GET", `/audit-log?sort=created_at&${query}`);
  expect(body.data, text).toHaveLength(body.meta.total);
  return body.data.map((it: { action: string; target_id: string }) => `${it.action} ${it.target_id}`);
}

it("the audit log is filtered by deed, by thing and by key, and by several of them together", async () => {
  const [one, two] = posts;
  expect(await entries("action=post.updated")).toEqual([`post.updated ${one}`, `post.updated ${one}`]);
  expect(await entries("target_type=post")).toHaveLength(5);
  expect(await entries(`target_id=${two}`)).toEqual([`post.created ${two}`, `post.deleted ${two}`]);
  expect(await entries(`target_type=post&target_id=${one}&action=post.created`)).toEqual([`post.created ${one}`]);
  expect(await entries(`key_id=${other.id}`)).toEqual([`post.updated ${one}`]);
  expect(await entries(`key_id=${other.id}&action=post.deleted`)).toEqual([]);
  expect(await entries("target_type=nothing")).toEqual([]);
});

it("links of the filtered audit log keep the filter", async () => {
  const { links } = (await send("GET", `/audit-log?target_type=post&per_page=2`)).body;
  expect(links.next).toContain("target_type=post");
});

it("filters of the audit log refuse what no entry can have", async () => {
  for (const query of ["action=", "action=a%20b", "target_id=%00", "key_id=abc", "key_id=0", "target=post"]) {
    const { status, body } = await send("GET", `/audit-log?${query}`);
    expect([query, status, Object.keys(body.errors ?? {})]).toEqual([query, 422, [query.split("=")[0]]]);
  }
});

import { z } from "@hono/zod-openapi";
import { expect, it } from "vitest";
import { contentEndpoint } from "../../src/content/define.ts";
import { ANONYMOUS, callerOf } from "../../src/core/access/caller.ts";
import type { Ctx } from "../../src/core/work/context.ts";
import { DomainError } from "../../src/core/errors.ts";
import { policyOf } from "../core/access/support/policy.ts";
import { makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();

/** An endpoint below a site with a check of its own; answers what `authorise` says, and who asked the check. */
function belowSite(path: string) {
  const asked: string[] = [];
  const endpoint = contentEndpoint({
    method: "get",
    path,
    operationId: "testOnly",
    tag: "Test",
    summary: "A test's own",
    scope: "sites:read",
    params: z.object({ siteId: z.string() }),
    success: { status: 204, description: "Nothing" },
    authorise: async (_, { siteId }) => {
      asked.push(siteId);
      if (siteId === "site_refused") throw new DomainError("forbidden", "The endpoint's own word.");
    },
    handle: async () => ({}),
  });
  return {
    asked,
    authorise: async (ctx: Ctx, siteId: string) => endpoint.authorise?.(ctx, { siteId }, () => new URLSearchParams()),
  };
}

const limitedTo = async (siteIds: string[]): Promise<Ctx> => {
  const { id, ctx } = await makeWorkspace(clock);
  return { ...ctx, caller: callerOf(policyOf({ workspaceId: id, siteIds })) };
};

it("an endpoint below a site keeps its own check, which is asked after the surface's", async () => {
  const { asked, authorise } = belowSite("/sites/{siteId}/things");
  const ctx = await limitedTo(["site_own", "site_refused"]);
  await expect(authorise(ctx, "site_foreign")).rejects.toMatchObject({ code: "not_found" });
  expect(asked).toEqual([]);
  await authorise(ctx, "site_own");
  await expect(authorise(ctx, "site_refused")).rejects.toThrow("The endpoint's own word.");
  expect(asked).toEqual(["site_own", "site_refused"]);
});

it("an endpoint above the sites keeps its own check too", async () => {
  const { asked, authorise } = belowSite("/things");
  await authorise(await limitedTo([]), "site_foreign");
  expect(asked).toEqual(["site_foreign"]);
});

it("whoever has no key is refused every site before the endpoint is asked", async () => {
  const { asked, authorise } = belowSite("/sites/{siteId}/things");
  const { ctx } = await makeWorkspace(clock);
  const anonymous = { ...ctx, caller: ANONYMOUS };
  await expect(authorise(anonymous, "site_own")).rejects.toMatchObject({ code: "not_found" });
  expect(asked).toEqual([]);
});

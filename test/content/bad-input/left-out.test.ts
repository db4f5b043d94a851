import { describe, expect, it } from "vitest";
import { DomainError } from "../../../src/core/errors.ts";
import { allRoutes } from "../../../src/core/http/registry.ts";
import { parseWith } from "../../../src/core/http/validate.ts";
import { call, makeWorkspace, TestClock } from "../../support/fixtures.ts";

/** What a part of a request is refused for, field by field. */
function refusalsOf(read: () => unknown): Record<string, string[]> {
  try {
    read();
    return {};
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.details.fields ?? {};
  }
}

describe("what is left out", () => {
  it("a field that is left out is required, in whatever words it says what is wrong with it, in every body and query", () => {
    const wrong = allRoutes().flatMap(({ endpoint, template }) =>
      [endpoint.body, endpoint.query].flatMap((schema) => {
        const refused = schema ? refusalsOf(() => parseWith(schema, {}, "whole")) : {};
        return Object.entries(refused)
          .filter(([name, said]) => name !== "whole" && said.some((it) => it !== "is required"))
          .map(([name, said]) => `${endpoint.method} ${template} ${name}: ${said}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("a field of an entry of a list that is left out is required; one that is wrong, or null, is told what it must be", async () => {
    const clock = new TestClock();
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    const site = await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } });
    const body = { customerName: "Ada", customerEmail: "ada", items: [{ quantity: 1 }, { productId: null }] };
    const { body: answer } = await call("POST", `/v1/sites/${site.body.data.id}/shop/orders`, { headers, body });
    expect(answer.error.details.fields).toMatchObject({
      customerEmail: "must be an email address",
      "items.0.productId": "is required",
      "items.1.productId": "must be the id of a product",
    });
  });
});

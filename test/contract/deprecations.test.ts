import { describe, expect, it } from "vitest";
import { checkDeprecations, DEPRECATIONS, deprecationHeaders } from "../../src/core/http/deprecations.ts";
import { OPERATIONS } from "../support/registry.ts";

const entry = {
  operationId: "listPages",
  announced: "2026-05-26",
  sunset: "2026-08-24",
  link: "https://developers.optimocms.com/migrate/pages",
};
const known = new Set(["listPages"]);

describe("the deprecation registry", () => {
  it("the deprecation registry starts with 90 days of notice and not with a day less", () => {
    expect(() => checkDeprecations([entry], known)).not.toThrow();
    expect(() => checkDeprecations([{ ...entry, sunset: "2026-08-23" }], known)).toThrow("89 days");
    expect(() => checkDeprecations([{ ...entry, sunset: "2026-05-01" }], known)).toThrow("listPages");
  });

  it("the deprecation registry does not start with a date that is none or an operation nobody has", () => {
    expect(() => checkDeprecations([{ ...entry, sunset: "soon" }], known)).toThrow("listPages");
    expect(() => checkDeprecations([{ ...entry, announced: "" }], known)).toThrow("listPages");
    expect(() => checkDeprecations([{ ...entry, operationId: "listPagse" }], known)).toThrow("listPagse");
  });

  it("the deprecation registry counts days over a change of the clocks", () => {
    expect(() => checkDeprecations([{ ...entry, announced: "2026-09-01", sunset: "2026-11-30" }], known)).not.toThrow();
  });

  it("the deprecation registry gives Deprecation, Sunset as an HTTP date, and the Link to the migration", () => {
    expect(deprecationHeaders([entry], "listPages")).toEqual({
      Deprecation: "true",
      Sunset: "Mon, 24 Aug 2026 00:00:00 GMT",
      Link: '<https://developers.optimocms.com/migrate/pages>; rel="deprecation"',
    });
  });

  it("the deprecation registry gives nothing to operations that stay", () => {
    expect(deprecationHeaders([entry], "createPage")).toEqual({});
    expect(deprecationHeaders([], "listPages")).toEqual({});
  });

  it("the deprecation registry holds today's entries to the same rules", () => {
    const operations = new Set(OPERATIONS.map(({ endpoint }) => endpoint.operationId));
    expect(() => checkDeprecations(DEPRECATIONS, operations)).not.toThrow();
  });
});

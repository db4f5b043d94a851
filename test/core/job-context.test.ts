import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { jobContext } from "../../src/core/work/job-context.ts";

const originFor = (vars: { API_HOSTS: string; API_ORIGIN?: string }): string =>
  jobContext({ ...env, ...vars }, { workspaceId: 1, environment: "live" }, "job:test", 0).origin;

describe("links in what no request has asked for", () => {
  it("lead to the first of the domains the API is reached under", () => {
    expect(originFor({ API_HOSTS: " api.example.com, www.example.com" })).toBe("https://api.example.com");
  });

  it("lead to the development server where one runs", () => {
    expect(originFor({ API_HOSTS: "", API_ORIGIN: "http://127.0.0.1:8787" })).toBe("http://127.0.0.1:8787");
  });
});

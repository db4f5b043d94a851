import { expect, it } from "vitest";
import { parseXml } from "./xml.ts";

/** Goes away when the file is compiled, so that the lines of what runs are not the lines of what was written. */
interface Erased {
  line: number;
  column: number;
}

function placeOf(call: () => unknown): Erased {
  try {
    call();
  } catch (error) {
    const [, line, column] = /source-lines\.test\.ts:(\d+):(\d+)/.exec((error as Error).stack ?? "") ?? [];
    return { line: Number(line), column: Number(column) };
  }
  throw new Error("The call was to fail");
}

it("a stack trace names the lines of the sources, not those of what was compiled of them", () => {
  expect(placeOf(() => parseXml("<a></b>"))).toEqual({ line: 21, column: 24 });
});

import { TestClock } from "../../support/fixtures.ts";

/** The one clock of all suites of an entry: whatever time one takes, the next begins there. */
export const clock = new TestClock();

import { app } from "../../src/app.ts";
export { KeyObject } from "../../src/core/access/key-object.ts";
export { IpObject } from "../../src/core/limits/ip-object.ts";
export { LedgerObject } from "../../src/core/limits/ledger-object.ts";
export { SchedulerObject } from "../../src/core/scheduler.ts";
export default { fetch: app.fetch };

import { GENERATE_JOB } from "./content/ai/job.ts";
import { PUBLISH_JOB } from "./content/deployments/job.ts";
import { EXPORT_JOB, IMPORT_JOB } from "./content/archive/jobs.ts";
import { registerJobs } from "./content/jobs/kind.ts";
import { CAMPAIGN_JOB } from "./content/push/campaigns/job.ts";
import { RESET_JOB } from "./platform/archives/reset.ts";

/** Every kind of job there is. What is not here is not carried out. */
export const JOB_KINDS: readonly unknown[] = [
  PUBLISH_JOB,
  GENERATE_JOB,
  EXPORT_JOB,
  IMPORT_JOB,
  RESET_JOB,
  CAMPAIGN_JOB,
];

registerJobs(...JOB_KINDS);

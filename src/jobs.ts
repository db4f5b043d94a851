import { GENERATE_JOB } from "./content/ai/job.ts";
import { PUBLISH_JOB } from "./content/deployments/job.ts";
import { EXPORT_JOB, IMPORT_JOB } from "./content/archive/jobs.ts";
import { registerJobs } from "./content/jobs/kind.ts";
import { RESET_JOB } from "./platform/archives/reset.ts";

/** Every kind of job there is. What is not here is not carried out. */
registerJobs(PUBLISH_JOB, GENERATE_JOB, EXPORT_JOB, IMPORT_JOB, RESET_JOB);

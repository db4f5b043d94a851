import { PUBLISH_JOB } from "./content/deployments/job.ts";
import { registerJobs } from "./content/jobs/kind.ts";

/** Every kind of job there is. What is not here is not carried out. */
registerJobs(PUBLISH_JOB);

import { basename } from "node:path";
import { migrationFiles } from "./migrations.ts";

/** `src/content/health/newest.generated.ts`: the migration without which this version does not work. */
export const newestMigrationFile =
  (): string => `// Written by \`npm run generate\` from the files in migrations/. Not to be edited.

/** The name of the newest migration this version was made with, as the database's list of those applied has it. */
export const NEWEST_MIGRATION = ${JSON.stringify(basename(migrationFiles().at(-1) as string))};
`;

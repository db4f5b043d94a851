// `npm run migrate:local`: makes the tables of the local database, for a plain `wrangler dev`. `npm run dev` does it itself.
import { migrate } from "./dev/migrate.ts";
import { readSettings } from "./dev/settings.ts";

const { stateDir } = readSettings(process.env);
try {
  await migrate(stateDir);
  console.log(`The tables of the database in ${stateDir} are up to date.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

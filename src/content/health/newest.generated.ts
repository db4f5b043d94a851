// Written by `npm run generate` from the files in migrations/. Not to be edited.

/** The name of the newest migration this version was made with, as the database's list of those applied has it. */
export const NEWEST_MIGRATION = "0057_add_reasons_of_reservations.sql";

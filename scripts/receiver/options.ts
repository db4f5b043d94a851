import { parseArgs } from "node:util";

export const HELP = `
Receives webhooks on this machine, checks their signatures and prints them.

  npm run receiver -- [options]

  --secret <whsec_…>  checks signatures with this secret; repeat it while a secret is being rotated
  --status <code>     answers this status instead of 200
  --delay <ms>        waits before it answers
  --fail <n>          fails the first n attempts of each webhook-id, with 500 or the --status given
  --help              prints this

  PORT                the port on 127.0.0.1, 8788 unless set
  WEBHOOK_SECRET      the secret, where no --secret is given; several are separated by spaces
`;

export interface Options {
  port: number;
  /** None: signatures are not checked. */
  secrets: string[];
  /** What a failing answer carries. */
  status: number;
  delayMs: number;
  /** How many attempts of each webhook-id fail. */
  failures: number;
  help: boolean;
}

const SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/;
const MAX_DELAY_MS = 3_600_000;

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new Error(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
}

function secretsOf(given: string[] | undefined, env: NodeJS.ProcessEnv): string[] {
  const secrets = given ?? env.WEBHOOK_SECRET?.split(/\s+/).filter(Boolean) ?? [];
  if (secrets.every((it) => SECRET.test(it))) return secrets;
  throw new Error('A secret is "whsec_" followed by base64.');
}

/** Reads the command line and the environment; throws what is wrong with them. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { values } = parseArgs({
    args,
    options: {
      secret: { type: "string", multiple: true },
      status: { type: "string" },
      delay: { type: "string", default: "0" },
      fail: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { secret, status, delay, fail, help } = values;
  return {
    port: wholeNumber("PORT", env.PORT || "8788", 1, 65_535),
    secrets: secretsOf(secret, env),
    status: wholeNumber("--status", status ?? "500", 200, 599),
    delayMs: wholeNumber("--delay", delay, 0, MAX_DELAY_MS),
    failures: fail === undefined ? (status === undefined ? 0 : Infinity) : wholeNumber("--fail", fail, 0, 1_000),
    help,
  };
}

import fc from "fast-check";

/** A schema of the description. */
export type Schema = Record<string, unknown> & {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  readOnly?: boolean;
  /** One over a whole number: 0.001. */
  multipleOf?: number;
};

export type Resolve = (name: string) => Schema;

/** A schema itself, where it is only named. */
export const resolved = (schema: Schema, resolve: Resolve): Schema =>
  schema.$ref
    ? resolved({ ...schema, $ref: undefined, ...resolve(schema.$ref.split("/").at(-1) as string) }, resolve)
    : schema;

export const typesOf = ({ type }: Schema): string[] => (Array.isArray(type) ? type : type ? [type] : []);

const moment = fc.date({ min: new Date("2026-11-21"), max: new Date("2090-01-01"), noInvalidDate: true });

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  "date-time": moment.map((it) => it.toISOString()),
  date: moment.map((it) => it.toISOString().slice(0, 10)),
  email: fc.emailAddress(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6().filter((it) => !it.includes(".")),
};

const bound = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);

const NO_NUL = "^[^\\u0000]*$";
const CROISSANT = "🥐";

/** Whether a text keeps to what a schema says of texts; lengths are counted in code points, as JSON Schema counts. */
export function fits(schema: Schema, text: string): boolean {
  const length = [...text].length;
  const isLong = length <= bound(schema.maxLength, Number.POSITIVE_INFINITY) && length >= bound(schema.minLength, 0);
  return isLong && new RegExp(String(schema.pattern ?? ""), "u").test(text);
}

function text(schema: Schema): fc.Arbitrary<string> {
  const isFit = (it: string) => fits(schema, it);
  const format = FORMATS[String(schema.format)];
  if (format) return format.filter(isFit);
  const [min, max] = [bound(schema.minLength, 0), bound(schema.maxLength, 10_000)];
  const longest = CROISSANT.repeat(Math.min(max, 10_000));
  const extremes = isFit(longest) ? [fc.constant(longest)] : [];
  const isFree = schema.pattern === undefined || schema.pattern === NO_NUL;
  const usual = isFree
    ? fc.string({ unit: "grapheme", minLength: min, maxLength: Math.min(max, min + 30) })
    : fc.stringMatching(new RegExp(String(schema.pattern), "u"));
  return fc.oneof({ weight: 9, arbitrary: usual.filter(isFit) }, ...extremes);
}

/** Of each group of names of which an object has exactly one, the one it has. */
export function groupsOf({ allOf = [] }: Schema): string[][] {
  return allOf.map(({ oneOf = [] }) => oneOf.flatMap(({ required = [] }) => required)).filter((it) => it.length > 0);
}

function object(schema: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties: rest } = schema;
  const names = Object.keys(properties).filter((name) => !properties[name]?.readOnly);
  const own = Object.fromEntries(names.map((name) => [name, valid(properties[name] as Schema, resolve)]));
  const groups = groupsOf(schema);
  const chosen = fc.tuple(...groups.map((group) => fc.constantFrom(...group)));
  const known = chosen.chain((kept) => {
    const left = Object.fromEntries(
      Object.entries(own).filter(([name]) => kept.includes(name) || !groups.flat().includes(name)),
    );
    return fc.record(left, { requiredKeys: [...required, ...kept] as never[] });
  });
  const more =
    typeof rest === "object"
      ? fc.dictionary(
          text({ maxLength: 20, ...schema.propertyNames }).filter((it) => it !== "__proto__" && !names.includes(it)),
          valid(rest, resolve),
          { maxKeys: 3 },
        )
      : fc.constant({});
  const whole = fc.tuple(known, more).map(([a, b]) => ({ ...b, ...a }));
  return whole.filter((it) => Object.keys(it).length >= bound(schema.minProperties, 0));
}

/** Numbers with as many decimals as a schema takes. */
function stepped(step: number, min: number, max: number): fc.Arbitrary<number> {
  const steps = Math.round(1 / step);
  return fc.integer({ min: Math.ceil(min * steps), max: Math.floor(max * steps) }).map((it) => it / steps);
}

function typed(type: string, schema: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  const min = bound(schema.minimum, -1_000);
  const max = bound(schema.maximum, 1_000);
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "number":
      return schema.multipleOf ? stepped(schema.multipleOf, min, max) : fc.double({ min, max, noNaN: true });
    case "integer":
      return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
    case "array": {
      const size = { minLength: bound(schema.minItems, 0), maxLength: Math.min(bound(schema.maxItems, 3), 3) };
      const items = valid(schema.items ?? {}, resolve);
      return schema.uniqueItems ? fc.uniqueArray(items, size) : fc.array(items, size);
    }
    case "object":
      return object(schema, resolve);
    default:
      return text(schema);
  }
}

/** How deep values of `Json` are tried. */
const PLAIN = fc.oneof(fc.constantFrom(null, true, 0, -1.5), fc.string({ unit: "grapheme", maxLength: 20 }));
const JSON_VALUE = fc.oneof(
  PLAIN,
  fc.array(PLAIN, { maxLength: 2 }),
  fc.dictionary(fc.stringMatching(/^\w{1,9}$/), PLAIN),
);

/** Values that a schema of the description allows, of every form it names. */
export function valid(given: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  if (given.$ref?.endsWith("/Json")) return JSON_VALUE;
  const schema = resolved(given, resolve);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return fc.oneof(...forms.map((it) => valid(it, resolve)));
  const types = typesOf(schema).length > 0 ? typesOf(schema) : ["string"];
  return fc.oneof(...types.map((type) => typed(type, schema, resolve)));
}

import { z } from "@hono/zod-openapi";
import { invalid } from "./errors.ts";

type Shape = z.ZodRawShape;

/** What a body holds once every field that was left out has its default; those we make ourselves may still be missing. */
export type Filled<Fields extends Shape, Made extends keyof Fields> = {
  [Name in Exclude<keyof Fields, Made>]: z.output<Fields[Name]>;
} & { [Name in Made]?: z.output<Fields[Name]> };

type CreateShape<Fields extends Shape, Optional extends keyof Fields> = {
  [Name in keyof Fields]: Name extends Optional ? z.ZodOptional<Fields[Name]> : Fields[Name];
};

const optionals = new WeakMap<object, z.ZodType>();

/** A field that may be left out; of one field it is made once, whatever bodies have it. */
function optional<Field extends Shape[string]>(field: Field): z.ZodOptional<Field> {
  const made = optionals.get(field) ?? z.optional(field);
  optionals.set(field, made);
  return made as z.ZodOptional<Field>;
}

/** The same fields, each of which may be left out. */
export const optionalFields = <Fields extends Shape>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, optional(field)])) as {
    [Name in keyof Fields]: z.ZodOptional<Fields[Name]>;
  };

/** A body that changes something: any of the fields, at least one of them. */
export const changeSchema = <Fields extends Shape>(name: string, fields: Fields, example: object) =>
  z
    .strictObject(optionalFields(fields))
    .refine((value) => Object.keys(value).length > 0, "names no field to change")
    .openapi(name, { example, minProperties: 1 });

/**
 * The bodies that create and change a resource, of fields named once. A field has a default, or is made by the service
 * when it is left out (`made`), or is required. `fill` gives a body the defaults: what POST stores of a field nobody
 * sent, and what PUT resets it to.
 */
export function bodiesOf<
  Fields extends Shape,
  Defaults extends { [Name in keyof Fields]?: z.output<Fields[Name]> },
  Made extends keyof Fields = never,
  Changeable extends Shape = Fields,
>({
  label,
  fields,
  defaults,
  made = [],
  changeable,
  shown,
  examples,
}: {
  /** `Product` names the schemas `CreateProduct` and `UpdateProduct`. */
  label: string;
  fields: Fields;
  defaults: Defaults & { [Name in keyof Defaults]: Name extends keyof Fields ? unknown : never };
  made?: readonly Made[];
  /** What can be changed later, where that is not what can be said at first. */
  changeable?: Changeable;
  /** The resource as GET shows it, where PUT replaces it: what is no field of a body is read-only there. */
  shown?: z.ZodObject;
  examples: { create: object; update: object };
}) {
  const isOptional = (name: string) => name in defaults || made.includes(name as unknown as Made);
  const shape = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, isOptional(name) ? optional(field) : field]),
  ) as CreateShape<Fields, (keyof Defaults & keyof Fields) | Made>;
  const readOnly = Object.entries(shown?.shape ?? {}).filter(([name]) => !(name in fields));
  const create = z.strictObject(shape);
  const replace = z.strictObject({
    ...shape,
    ...Object.fromEntries(readOnly.map(([name, field]) => [name, z.optional(field).meta({ readOnly: true })])),
  }) as unknown as typeof create;
  const names = Object.keys(fields);
  return {
    create: create.openapi(`Create${label}`, { example: examples.create }),
    /** Takes what GET gave: read-only fields too, as they are. */
    replace: replace.openapi(`Replace${label}`, { example: examples.create }),
    /** The read-only fields a body holds. */
    readOnly: (body: object): object => picked(body, (name) => !names.includes(name)),
    update: changeSchema(`Update${label}`, changeable ?? (fields as unknown as Changeable), examples.update),
    fill: (body: object) => {
      const written = picked(body, (name) => names.includes(name));
      return filled(structuredClone(defaults), written) as unknown as Filled<Fields, Made>;
    },
  };
}

const picked = (body: object, isWanted: (name: string) => boolean): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => isWanted(name)));

/** Refuses read-only fields that are not what is stored: whoever sends them expects them to be changed. */
export function requireAsStored(stored: object, sent: object): void {
  for (const [name, value] of Object.entries(sent)) {
    if (value === undefined || JSON.stringify(value) === JSON.stringify(stored[name as never])) continue;
    throw invalid(name, "is read-only: leave it out, or send it as it is stored");
  }
}

/** A field that is named and has no value was left out, too. */
function filled(defaults: object, body: object): object {
  const sent = Object.entries(body).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(sent) };
}

/** How a body that has exactly one of these fields is described. */
export const exactlyOne = (...names: string[]): Record<string, unknown> => ({
  oneOf: names.map((name) => ({ required: [name] })),
});

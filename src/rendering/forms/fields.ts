import { flagOf, itemsOf, numberOf, type Props, textOf, textsOf } from "../text/props.ts";
import {
  FIELD_TYPES,
  type FieldOption,
  type FieldType,
  type FormField,
  MAX_FIELDS,
  MAX_FILES_BYTES,
  MAX_OPTIONS,
  MOST_CHARACTERS,
} from "./definition.ts";

/** What answers are stored under; names of ours begin with `_`. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

const isType = (type: string): type is FieldType => (FIELD_TYPES as readonly string[]).includes(type);
const OFFERS: readonly FieldType[] = ["select", "radio", "checkboxes"];
const TEXTS: readonly FieldType[] = ["text", "email", "tel", "textarea"];

/** A name made of a label: `Your name` is `your_name`. */
function nameOf(label: string): string {
  const plain = label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  return plain.slice(0, 64).replace(/_+$/, "");
}

/** The first name that is not taken: `day`, `day-2`. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const base = (NAME.test(wanted) ? wanted : "") || "field";
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base.slice(0, 60)}-${n}`;
    if (!taken.has(name)) return name;
  }
}

function optionsOf(props: Props): FieldOption[] {
  const listed = itemsOf(props, "options").map((it) => {
    const label = textOf(it, "label");
    const value = textOf(it, "value") || label;
    return { value, label: label || value };
  });
  const chosen = textsOf(props, "choices").map((it) => ({ value: it.trim(), label: it.trim() }));
  const all = new Map([...listed, ...chosen].filter(({ value }) => value !== "").map((it) => [it.value, it]));
  return [...all.values()].slice(0, MAX_OPTIONS);
}

const within = (value: number | null, most: number): number | undefined =>
  value !== null && value >= 1 ? Math.min(Math.floor(value), most) : undefined;

const dayOf = (props: Props, name: string): string | undefined => {
  const day = textOf(props, name).trim();
  return DAY.test(day) ? day : undefined;
};

/** What belongs to a kind of field alone. */
function ofType(props: Props, type: FieldType): Partial<FormField> {
  if (OFFERS.includes(type)) return { options: optionsOf(props) };
  if (TEXTS.includes(type)) return { maxLength: within(numberOf(props, "maxLength"), MOST_CHARACTERS) };
  if (type === "number") return { min: numberOf(props, "min") ?? undefined, max: numberOf(props, "max") ?? undefined };
  if (type === "date") return { min: dayOf(props, "earliest"), max: dayOf(props, "latest") };
  if (type === "hidden") return { value: textOf(props, "value") };
  if (type !== "file") return {};
  const accept = textsOf(props, "accept")
    .map((it) => it.trim().replace(/^\./, "").toLowerCase())
    .filter((it) => /^[a-z0-9]{1,10}$/.test(it));
  return {
    ...(accept.length > 0 && { accept: [...new Set(accept)] }),
    maxBytes: within(numberOf(props, "maxBytes"), MAX_FILES_BYTES),
  };
}

const isThere = ([, value]: [string, unknown]): boolean => value !== undefined && value !== "";

/** The fields of a form as its owner has described them. What asks for nothing is left out. */
export function fieldsOf(props: Props): FormField[] {
  const taken = new Set<string>();
  return itemsOf(props, "fields")
    .slice(0, MAX_FIELDS)
    .flatMap((entry) => {
      const said = textOf(entry, "type").trim().toLowerCase() || "text";
      const label = textOf(entry, "label").trim();
      const named = textOf(entry, "name").trim();
      if (!isType(said) || (label === "" && named === "")) return [];
      const own = ofType(entry, said);
      if (OFFERS.includes(said) && own.options?.length === 0) return [];
      const name = freeName(NAME.test(named) ? named : nameOf(label), taken);
      taken.add(name);
      // Consent that need not be given is a checkbox.
      const required = flagOf(entry, "required") ?? said === "consent";
      const field = { name, type: said, label: label || name, required, help: textOf(entry, "help"), ...own };
      return [Object.fromEntries(Object.entries(field).filter(isThere)) as unknown as FormField];
    });
}

/**
 * The one shape of values from both databases (their drivers differ: int8 as text or number, dates as a Date at local or UTC
 * midnight, bytea as Buffer or Uint8Array).
 *
 * int8 → number (throws beyond 2^53), numeric → text, date → `YYYY-MM-DD`, timestamptz → ISO text in UTC, timestamp and
 * interval → PostgreSQL's text, bytea → Uint8Array, json → parsed.
 */

/** Type numbers (OIDs) of pg_type.dat and, beside each, of its array. */
const OID = {
  bytea: [17, 1001],
  int8: [20, 1016],
  date: [1082, 1182],
  timestamp: [1114, 1115],
  timestamptz: [1184, 1185],
  interval: [1186, 1187],
  numeric: [1700, 1231],
} as const;

type Parser = (text: string) => unknown;

const asText: Parser = (text) => text;

const BY_NAME: Readonly<Record<keyof typeof OID, Parser>> = {
  bytea: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  int8: (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new Error(`整数 ${text} 超出可精确表示的范围`);
    return value;
  },
  date: asText,
  timestamp: asText,
  timestamptz: (text) => {
    const instant = new Date(text);
    // infinity and -infinity have no ISO form.
    return Number.isNaN(instant.getTime()) ? text : instant.toISOString();
  },
  interval: asText,
  numeric: asText,
};

const NAMES = Object.keys(OID) as (keyof typeof OID)[];

/** Parsers by type number. Both drivers give text (bytea in hex, see {@link SESSION}). */
export const VALUE_PARSERS: Readonly<Record<number, Parser>> = Object.fromEntries(
  NAMES.map((name) => [OID[name][0], BY_NAME[name]]),
);

/** The element's parser by the array's type number, for a driver that does not find it by itself. */
export const ELEMENT_PARSERS: Readonly<Record<number, Parser>> = Object.fromEntries(
  NAMES.map((name) => [OID[name][1], BY_NAME[name]]),
);

/** What every session is set to, whatever the cluster or the role says: else the same value has another text. */
const SESSION = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
} as const;

/** One statement that puts a fresh session into the common state. `more` are settings of one database only. */
export function sessionStatement(more: Readonly<Record<string, string>> = {}): string {
  const settings = Object.entries({ ...SESSION, ...more });
  return `select ${settings.map(([name, value]) => `set_config('${name}', '${value}', false)`).join(', ')}`;
}

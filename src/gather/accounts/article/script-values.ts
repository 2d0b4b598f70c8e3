/**
 * Values that a page's own scripts assign, read without running anything: `var ct = "1600308000";`, `d.ct = xml ? f('ct') :
 * '1600308000';`, `ct: '1600308000'`. Only what stands in an inline script, outside its strings and comments, is an assignment: an
 * article may print whatever it likes, and a title may read `var ct = "1"`. One pass, linear in the length.
 */
export class ScriptValues {
  readonly #values = new Map<string, string[]>();

  constructor(html: string, names: readonly string[]) {
    const wanted = new Set(names);
    for (const script of inlineScripts(html)) readScript(script, wanted, this.#values);
  }

  /**
   * The value of `name` that has the given form. Null when there is none, and when scripts contradict each other: then the page
   * cannot be believed.
   */
  one(name: string, form: RegExp): string | null {
    const fitting = new Set((this.#values.get(name) ?? []).filter((value) => form.test(value)));
    return fitting.size === 1 ? [...fitting][0]! : null;
  }
}

/** Scripts and characters looked at; a page of WeChat's has about thirty scripts, and the fields stand in the first ones. */
const SCRIPTS_MAX = 200;
const SCRIPT_MAX = 400_000;
const VALUES_MAX = 20;
/** Strings of one right-hand side: `"" || htmlDecode("…")` has two, a ternary three. */
const STRINGS_MAX = 6;
const STRING_MAX = 2000;

function* inlineScripts(html: string): Generator<string> {
  const open = /<!--|<(script|textarea|title|style|noscript)\b[^<>]*>/gi;
  for (let count = 0; count < SCRIPTS_MAX; count += 1) {
    const match = open.exec(html);
    if (!match) return;
    const name = match[1]?.toLowerCase();
    const end = endOf(html, name, open.lastIndex);
    if (end === null) return;
    if (name === 'script' && !/\ssrc\s*=/i.test(match[0]))
      yield html.slice(open.lastIndex, Math.min(end, open.lastIndex + SCRIPT_MAX));
    open.lastIndex = end;
  }
}

/** Where the element or comment that begins before `from` ends; null = never. */
function endOf(html: string, name: string | undefined, from: number): number | null {
  if (name === undefined) {
    const end = html.indexOf('-->', from);
    return end < 0 ? null : end + 3;
  }
  const close = new RegExp(`</${name}`, 'gi');
  close.lastIndex = from;
  return close.exec(html)?.index ?? null;
}

const NAME = /[A-Za-z_$][\w$]{0,60}/y;
const SPACE = /[ \t\r\n]{0,50}/y;

function readScript(
  script: string,
  wanted: ReadonlySet<string>,
  values: Map<string, string[]>,
): void {
  for (let at = 0; at < script.length; ) {
    const beyond = pastTrivia(script, at);
    if (beyond > at) {
      at = beyond;
      continue;
    }
    NAME.lastIndex = at;
    const name = NAME.exec(script)?.[0];
    if (name === undefined) {
      at += 1;
      continue;
    }
    at += name.length;
    const start = wanted.has(name) ? afterAssignment(script, at) : null;
    if (start === null) continue;
    const known = values.get(name) ?? [];
    const [value, end] = rightHandSide(script, start, name);
    if (value !== null && known.length < VALUES_MAX) values.set(name, [...known, value]);
    at = end;
  }
}

/** Behind the string or comment that begins here; `at` when there is none. */
function pastTrivia(script: string, at: number): number {
  const sign = script[at]!;
  if (sign === '"' || sign === "'" || sign === '`') return endOfString(script, at);
  if (sign !== '/') return at;
  if (script[at + 1] === '/') return lineEnd(script, at);
  if (script[at + 1] !== '*') return at;
  const end = script.indexOf('*/', at + 2);
  return end < 0 ? script.length : end + 2;
}

function lineEnd(script: string, at: number): number {
  const end = script.indexOf('\n', at);
  return end < 0 ? script.length : end;
}

/** A quoted string ends with its line at the latest: so a quote in a regular expression spoils one line only. */
function endOfString(script: string, start: number): number {
  const quote = script[start];
  for (let at = start + 1; at < script.length; at += 1) {
    const sign = script[at];
    if (sign === '\\') at += 1;
    else if (sign === quote || (sign === '\n' && quote !== '`')) return at + 1;
  }
  return script.length;
}

/** Behind `=` or `:`; null when the name is only compared or read. */
function afterAssignment(script: string, from: number): number | null {
  SPACE.lastIndex = from;
  const at = from + (SPACE.exec(script)?.[0].length ?? 0);
  if (script[at] === ':') return at + 1;
  return script[at] === '=' && script[at + 1] !== '=' && script[at + 1] !== '>' ? at + 1 : null;
}

/** The first string of the right-hand side that is neither empty nor the name itself, and where the side ends. */
function rightHandSide(script: string, start: number, name: string): [string | null, number] {
  let value: string | null = null;
  let strings = 0;
  let at = start;
  for (; at < script.length && strings < STRINGS_MAX; ) {
    const sign = script[at]!;
    if (sign === ';' || sign === ',' || sign === '}' || (sign === '\n' && value !== null)) break;
    const beyond = pastTrivia(script, at);
    if (beyond === at) {
      at += 1;
      continue;
    }
    if (sign !== '/') {
      const text = readString(script.slice(at + 1, Math.min(beyond - 1, at + STRING_MAX)));
      if (text !== '' && text !== name) value ??= text;
      strings += 1;
    }
    at = beyond;
  }
  return [value, at];
}

function readString(raw: string): string {
  return raw
    .replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gi, (_all, hex, wide, other) =>
      hex || wide ? String.fromCharCode(Number.parseInt(hex ?? wide, 16)) : escaped(other),
    )
    .trim();
}

const escaped = (sign: string): string => (/[nrt]/.test(sign) ? ' ' : sign);

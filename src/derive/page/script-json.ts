const VALUES_MAX = 20;
const LENGTH_MIN = 12;
const LENGTH_MAX = 1_000_000;
const STARTS_MAX = 200;

/** JSON values of a text: the whole text, or what is assigned or passed in a script (`window.__DATA__={…}`, `render([…])`). */
export function readJson(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed.length > LENGTH_MAX * 4) return [];
  if (/^[[{]/.test(trimmed)) {
    const whole = parse(trimmed);
    if (whole !== undefined) return [whole];
  }
  const values: unknown[] = [];
  let starts = 0;
  let scanned = 0;
  for (const match of text.matchAll(/(?:[=(,]|JSON\.parse\(\s{0,3}['"`])\s{0,10}(?=[{[])/g)) {
    if (match.index < scanned || ++starts > STARTS_MAX || values.length >= VALUES_MAX) continue;
    const start = match.index + match[0].length;
    const end = endOfValue(text, start);
    if (end === null) continue;
    if (end - start < LENGTH_MIN) continue;
    const value = parse(text.slice(start, end));
    if (value === undefined) continue;
    values.push(value);
    scanned = end;
  }
  return values;
}

function parse(text: string): unknown {
  for (const each of [text, looseJson(text)]) {
    if (each === null) continue;
    try {
      return JSON.parse(each) as unknown;
    } catch {
      // Not JSON in this reading.
    }
  }
  return undefined;
}

/** Script objects that are nearly JSON: names without quotes, single quotes, a comma too many; null when they hold code. */
function looseJson(text: string): string | null {
  if (text.length > 200_000 || !/title|name|headline|subject|bt/i.test(text)) return null;
  const tokens =
    /"(?:[^"\\\n]|\\.){0,20000}"|'(?:[^'\\\n]|\\.){0,20000}'|[A-Za-z_$][\w$]{0,60}|-?\d[\d.eE+-]{0,30}|[{}[\],:]|\s+|./g;
  let result = '';
  let significant = '';
  for (const [token] of text.matchAll(tokens)) {
    if (/^\s/.test(token)) continue;
    if (token === '}' || token === ']') result = result.replace(/,$/, '');
    const written = looseToken(token, significant);
    if (written === null) return null;
    result += written;
    significant = token;
  }
  return result;
}

function looseToken(token: string, previous: string): string | null {
  if (token.startsWith('"') || /^[-\d]/.test(token) || /^[{}[\],:]$/.test(token)) return token;
  if (token.startsWith("'"))
    return JSON.stringify(token.slice(1, -1).replace(/\\(['"/\\])/g, '$1'));
  if (!/^[A-Za-z_$]/.test(token)) return null;
  if (previous === '{' || previous === ',') return JSON.stringify(token);
  return /^(?:true|false|null)$/.test(token) ? token : token === 'undefined' ? 'null' : null;
}

/** Index behind the balanced value that begins at `start`, strings respected; null when it never closes. */
function endOfValue(text: string, start: number): number | null {
  let depth = 0;
  let quote = '';
  const end = Math.min(text.length, start + LENGTH_MAX);
  for (let at = start; at < end; at += 1) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote || (character === '\n' && quote !== '`')) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

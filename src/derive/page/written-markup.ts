/** Markup that scripts write. Nothing is run: only the strings of calls that write are put together. */

const PIECES_MAX = 500;
const ARGUMENT_MAX = 20_000;
const CALLS =
  /(?:document\.write(?:ln)?|\.(?:html|text|append|prepend|after|before))\s{0,3}\(|\.\s{0,3}(?:(?:inner|outer)(?:HTML|Text)|textContent)\s{0,3}\+?=/g;

/** What document.write(ln), innerHTML and jQuery's html/append would put on the page; percent-encoding undone. */
export function writtenMarkup(script: string): string {
  const pieces: string[] = [];
  for (const match of script.matchAll(CALLS)) {
    if (pieces.length >= PIECES_MAX) break;
    const start = match.index + match[0].length;
    pieces.push(unescapeMarkup(stringsOf(script, start, match[0].endsWith('('))));
  }
  return pieces.join('');
}

/** All strings of an expression, joined: until its bracket closes (a call) or its statement ends (an assignment). */
function stringsOf(code: string, start: number, isCall: boolean): string {
  let joined = '';
  let depth = isCall ? 1 : 0;
  const end = Math.min(code.length, start + ARGUMENT_MAX);
  for (let at = start; at < end; at += 1) {
    const character = code[at]!;
    if (character === '"' || character === "'" || character === '`') {
      const close = endOfString(code, at, end);
      joined += code
        .slice(at + 1, close)
        .replace(/\\(u[\da-f]{4}|x[\da-f]{2}|[\s\S])/gi, unescapeCharacter);
      at = close;
    } else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth <= 0 && isCall) break;
    } else if (!isCall && depth <= 0 && character === ';') break;
  }
  return joined;
}

function endOfString(code: string, start: number, end: number): number {
  const quote = code[start];
  for (let at = start + 1; at < end; at += 1) {
    if (code[at] === '\\') at += 1;
    else if (code[at] === quote) return at;
  }
  return end;
}

function unescapeCharacter(_all: string, code: string): string {
  if (/^[ux][\da-f]/i.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return code === 'n' || code === 'r' || code === 't' ? ' ' : code;
}

/** `%3Cspan%20id=…%3E` as escape() and encodeURIComponent() write it. */
export function unescapeMarkup(text: string): string {
  if (!/%(?:3c|u[\da-f]{4})/i.test(text)) return text;
  const wide = text.replace(/%u([\da-f]{4})/gi, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  try {
    return decodeURIComponent(wide);
  } catch {
    return wide.replace(/%([2-7][\da-f])/gi, (_all, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
}

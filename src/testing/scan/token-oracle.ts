import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { Token, Tokenizer, TokenizerMode } from 'parse5';
import { MarkupReader, TOKEN } from '../../derive/scan/markup-reader.ts';
import { codeOf } from '../../derive/scan/name-code.ts';

/** Attributes that are compared: those that the scanner reads, and one that it passes over. */
const COMPARED = [
  'href',
  'src',
  'srcset',
  'action',
  'content',
  'name',
  'rel',
  'alt',
  'title',
  'onclick',
  'http-equiv',
  'style',
];

export type MarkupEvent = readonly [
  kind: 'open' | 'close' | 'text',
  code: number | string,
  attributes?: string,
];

const RAW_MODES: Readonly<Record<string, Tokenizer['state']>> = {
  script: TokenizerMode.SCRIPT_DATA,
  plaintext: TokenizerMode.PLAINTEXT,
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
  ...Object.fromEntries(
    ['style', 'xmp', 'iframe', 'noembed', 'noframes'].map((name) => [name, TokenizerMode.RAWTEXT]),
  ),
};

/** The page as parse5's tokenizer reads it, every element in HTML content (no tree). */
export function oracleEvents(html: string): MarkupEvent[] {
  const events: MarkupEvent[] = [];
  let raw = '';
  const text = (token: Token.CharacterToken): void => say(events, token.chars);
  const tokenizer = new Tokenizer(
    {},
    {
      onStartTag: (token) => {
        const known = (name: string): string | null => Token.getTokenAttr(token, name);
        events.push(['open', codeOf(token.tagName), attributes(known)]);
        raw = token.tagName;
        tokenizer.state = RAW_MODES[raw] ?? tokenizer.state;
      },
      onEndTag: (token) => {
        events.push(['close', codeOf(token.tagName)]);
        raw = '';
      },
      onCharacter: text,
      onWhitespaceCharacter: text,
      onNullCharacter: text,
      onComment: () => undefined,
      onDoctype: () => undefined,
      onEof: () => undefined,
    },
  );
  tokenizer.write(html, true);
  return events.map(foldText);
}

/** The same from the scanner's reader. */
export function readerEvents(html: string): MarkupEvent[] {
  const events: MarkupEvent[] = [];
  const reader = new MarkupReader(html);
  const decoded = new Set([codeOf('title'), codeOf('textarea')]);
  for (let token = reader.next(); token !== TOKEN.end; token = reader.next()) {
    const span = html.slice(reader.start, reader.end);
    if (token === TOKEN.text) say(events, decodeHTML(span));
    else if (token === TOKEN.raw) say(events, decoded.has(reader.tag) ? decodeHTML(span) : span);
    else if (token === TOKEN.close) events.push(['close', reader.tag]);
    else {
      const known = (name: string): string | null => {
        const value = reader.value(codeOf(name));
        return value === null ? null : decodeHTMLAttribute(value);
      };
      events.push(['open', reader.tag, attributes(known)]);
    }
  }
  return events.map(foldText);
}

function attributes(known: (name: string) => string | null): string {
  const pairs = COMPARED.map((name) => [name, known(name)] as const).filter(
    ([, value]) => value !== null,
  );
  return pairs.map(([name, value]) => `${name}=${folded(value ?? '')}`).join('\n');
}

function say(events: MarkupEvent[], chars: string): void {
  const last = events.at(-1);
  if (last?.[0] === 'text') events[events.length - 1] = ['text', `${last[1]}${chars}`];
  else if (chars !== '') events.push(['text', chars]);
}

const foldText = (event: MarkupEvent): MarkupEvent =>
  event[0] === 'text' ? ['text', folded(String(event[1]))] : event;

/** The standard's preprocessing of line ends and its treatment of NUL, which the scanner leaves to whoever uses the value. */
const folded = (text: string): string => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');

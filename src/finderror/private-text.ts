/** A span of a text that tells who somebody is or how to reach him. */
interface PrivateSpan {
  readonly start: number;
  readonly end: number;
}

/** Digits as people write them, full-width ones too. */
const D = '[0-9０-９]';
const NOT_IN_NUMBER = { before: `(?<![0-9０-９A-Za-z/_.=])`, after: `(?![0-9０-９A-Za-z_])` };
const numbers = (pattern: string): RegExp =>
  new RegExp(`${NOT_IN_NUMBER.before}(?:${pattern})${NOT_IN_NUMBER.after}`, 'gu');

/** What is never published: identity numbers, mobile numbers, bank cards, mail addresses, accounts of messengers. */
const NEVER: readonly RegExp[] = [
  numbers(`${D}{17}[0-9０-９XxＸｘ]|${D}{15}`),
  numbers(`(?:[+＋]?86[- ]?)?[1１][3-9３-９]${D}(?:[- ]?${D}{4}){2}`),
  numbers(`${D}{4}(?:[- ]?${D}{4}){3}(?:[- ]?${D}{1,3})?`),
  /[\w.+-]{1,64}[@＠][\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gu,
  /(?:QQ|微信|威信|[vV][xX])(?:群|号|号码)?[:：是为 ]{0,3}[A-Za-z0-9][\w-]{4,19}/gu,
];

/** What is covered besides, until somebody decides otherwise: telephones, how people call themselves, where they live. */
const USUALLY: readonly RegExp[] = [
  numbers(`[0０]${D}{2,3}[- ]?${D}{7,8}`),
  /(?<=我叫|我名叫|姓名(?:是|为|[:：])|联系人(?:是|为|[:：]))\s{0,2}[\u3400-\u9fff]{2,4}/gu,
  /(?<=住在|住址(?:是|为|[:：])|家住)\s{0,2}[\u3400-\u9fff\d]{4,30}/gu,
];

function spansOf(text: string, patterns: readonly RegExp[]): PrivateSpan[] {
  return patterns
    .flatMap((pattern) =>
      [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
        ...{ start: index, end: index + found.length },
      })),
    )
    .sort((a, b) => a.start - b.start);
}

/** What of a text may not be published, as it stands there; an office's own telephone may. */
export const privateParts = (text: string): string[] =>
  spansOf(text, NEVER).map(({ start, end }) => text.slice(start, end));

/** The text with everything private covered but the first character, as a proposal to whoever publishes it. */
export function coverPrivate(text: string): string {
  let covered = '';
  let done = 0;
  for (const { start, end } of spansOf(text, [...NEVER, ...USUALLY])) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    covered += `${text.slice(done, from)}${text.slice(from, from + 1)}****`;
    done = end;
  }
  return covered + text.slice(done);
}

/** A name as it may be published: the family name, or nobody's. */
export function coverName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '网民' : `${first}**`;
}

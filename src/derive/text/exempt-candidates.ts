import type { Candidate } from './candidate.ts';
import type { ReadableText, ZoneKind } from './readable-text.ts';

/**
 * Leaves out what is not the office's own wording: code, addresses, what citizens wrote, quoted wordings of which the sentence
 * itself says that they are wrong. Wrong names and personal data stay wrong whoever wrote them.
 */
export function exemptCandidates(
  readable: ReadableText,
  candidates: readonly Candidate[],
): Candidate[] {
  const { text } = readable;
  const zone = (wanted: ZoneKind): Uint8Array =>
    coverage(
      readable.zones.filter(({ kind }) => kind === wanted),
      readable,
    );
  const [code, quotes] = [zone('code'), zone('quote')];
  const addresses = coverage(
    [...text.matchAll(ADDRESS)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
    readable,
  );
  const letters = coverage(letterSpans(text), readable);
  return candidates.filter((one) => {
    if (isIn(addresses, one) || (isIn(code, one) && !GRAVE.has(one.class))) return false;
    if (GRAVE.has(one.class)) return !isCalledWrong(text, one);
    if (isIn(letters, one) || isIn(quotes, one)) return false;
    return !(MINOR.has(one.class) && isQuoted(text, one)) && !isCalledWrong(text, one);
  });
}

const GRAVE = new Set(['protectedName', 'personalData', 'internalMark']);
/** Classes that a quotation excuses: an old wording, a slip of the person quoted. */
const MINOR = new Set(['expression', 'typo', 'repeated']);
const ADDRESS =
  /(?:https?:\/\/|www\.)[\w\-./?%&=#:~+@,;]{3,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gi;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Marks the units of the text that the spans cover: asked for each of thousands of places. */
export function coverage(spans: readonly Span[], { text }: ReadableText): Uint8Array {
  const covered = new Uint8Array(text.length);
  for (const { start, end } of spans) covered.fill(1, start, end);
  return covered;
}

const isIn = (covered: Uint8Array, { start, end }: Candidate): boolean =>
  covered[start] === 1 && covered[end - 1] === 1;

/** Longest quotation in which a closing mark is looked for. */
const QUOTE_MAX = 60;

function isQuoted(text: string, one: Candidate): boolean {
  const before = text.slice(Math.max(0, one.start - QUOTE_MAX), one.start);
  const after = text.slice(one.end, one.end + QUOTE_MAX);
  const opened = before.lastIndexOf('“') > before.lastIndexOf('”');
  return opened && after.indexOf('”') >= 0 && !before.slice(before.lastIndexOf('“')).includes('\n');
}

const CALLED_WRONG =
  /^[”’」》]?(?:[，,]?(?:是|系|属|为)[^，。；]{0,6}(?:错误|误写|错写|笔误|错别字|不规范)|(?:应|应该|应当)(?:改)?(?:为|写作|写成|是))/;
const MISTAKEN_FOR = /(?:误写|错写|误作|写成|误为|错成|误将|错将|把)(?:成|为)?[“‘「《]?$/;

function isCalledWrong(text: string, one: Candidate): boolean {
  const before = text.slice(Math.max(0, one.start - 8), one.start);
  return CALLED_WRONG.test(text.slice(one.end, one.end + 24)) || MISTAKEN_FOR.test(before);
}

const LETTER =
  /(?:^|\n)(?:来信|留言|咨询|投诉|建议|信件|提问|网民|网友)(?:内容|正文|留言|提问|来信|咨询)[:：\n]/g;
const REPLY =
  /\n(?:[\u3400-\u9fff]{0,12})?(?:回复|答复|办理结果|处理结果|反馈|回应)(?:内容|意见|结果|单位|时间|情况)?[:：\n]/g;
/** Longest letter that is exempt when no reply ends it. */
const LETTER_MAX = 5000;

/** What citizens wrote: from its label to the label of the reply. */
function letterSpans(text: string): Span[] {
  const spans: Span[] = [];
  let reply = -1;
  for (const match of text.matchAll(LETTER)) {
    const start = match.index + match[0].length;
    if (start <= (spans.at(-1)?.end ?? -1)) continue;
    // Remembered, since a page of letters without replies would be searched to its end for each.
    if (reply < start - 1) {
      REPLY.lastIndex = start - 1;
      reply = REPLY.exec(text)?.index ?? text.length;
    }
    // A label on a line of its own is as often an entry of the menu (咨询留言): then only a reply makes a letter of what follows.
    const isReplied = reply < text.length && reply <= start + LETTER_MAX;
    if (match[0].endsWith('\n') && !isReplied) continue;
    spans.push({ start, end: Math.min(reply, start + LETTER_MAX) });
  }
  return spans;
}

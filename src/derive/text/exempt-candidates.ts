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
  const calledWrong = coverage(
    candidates.filter((one) => isCalledWrong(text, one)),
    readable,
  );
  return candidates.filter((one) => {
    // Another suspicion inside a wording that the sentence calls wrong is the same wording.
    if (isIn(calledWrong, one)) return false;
    if (isIn(addresses, one) || (isIn(code, one) && !GRAVE.has(one.class))) return false;
    if (GRAVE.has(one.class)) return true;
    if (isIn(letters, one) || isIn(quotes, one)) return false;
    return !(MINOR.has(one.class) && isQuoted(text, one));
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

/** What follows a wording that the sentence calls wrong: “…”系笔误, …应为…, “…”已更正为…. */
const CALLED_WRONG =
  /^[”’」》]?(?:[，,]?(?:是|系|属|为)[^，。；\n]{0,14}(?:错误|误写|错写|笔误|错别字|不规范|之误)|(?:应|应该|应当)(?:改)?(?:为|写作|写成|是)|(?:一词|字样)?[，,]?(?:应|应当|须|均|已|全部|统一){0,2}(?:更正|改正|修改|订正|纠正|改)(?:为|成))/;
/** What stands before it: 误写为“…”, 而不是“…”, 错误写法：…. A bare 把 says nothing: 要把扫黑除恶进行到底. */
const MISTAKEN_FOR =
  /(?:(?:误写|错写|误作|写成|写作|误为|误用|错成|误将|错将|误把|错把)(?:成|为)?|不是(?=[“‘「])|(?<![\u3400-\u9fff])误[:：]|错误[:：]|错误(?:写法|表述|用法|用词|示例)(?:是|为|如)?[:：]?)[“‘「《]?$/;
/** A day may be spoken of because there is none: 2023年不存在2月30日. */
const SAID_NOT_TO_BE = /(?:不存在|没有|并无)[“‘「]?$/;
/** Heading of a list that sets wrong wordings beside the right ones. */
const CORRECTIONS =
  /错别字|正误|勘误|更正|易错|误写|错误(?:写法|表述|用法|用词)|正确(?:写法|表述|用法)/;
/** How far above an entry the heading of its list is looked for, in UTF-16 units. */
const LIST_MAX = 3000;
const BETWEEN = /^[”’」》]?[\s|→—>＞－\-（(：:，,、；;]{1,4}[“‘「《]?/;

function isCalledWrong(text: string, one: Candidate): boolean {
  const before = text.slice(Math.max(0, one.start - 10), one.start);
  if (CALLED_WRONG.test(text.slice(one.end, one.end + 28)) || MISTAKEN_FOR.test(before))
    return true;
  if (one.class === 'date' && SAID_NOT_TO_BE.test(before)) return true;
  return isSetRight(text, one);
}

/** Whether a list of corrections names the right wording directly after the wrong one. */
function isSetRight(text: string, { start, end, suggestion }: Candidate): boolean {
  if (suggestion === '') return false;
  const between = BETWEEN.exec(text.slice(end, end + 8))?.[0];
  if (between === undefined || !text.startsWith(suggestion, end + between.length)) return false;
  return CORRECTIONS.test(text.slice(Math.max(0, start - LIST_MAX), start));
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

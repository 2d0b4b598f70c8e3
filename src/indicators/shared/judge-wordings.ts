import type { RecordedFact } from '../../domain/fact.ts';
import type { PageTextFinding, SiteText } from '../../domain/facts/text-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { evidenceOf, suspected, undetermined } from './evidence.ts';

/** Wordings named in the reason; all of them are in the evidence. */
const NAMED_MAX = 3;

/**
 * 严重表述错误 is what people say it is (DESIGN law 6): the machine shows which wordings it suspects, and where. Where nobody looked
 * at words, or not at all of them, nothing is said. `unchecked` is Chinese: what was not looked at.
 */
export function judgeWordings(
  fact: RecordedFact<SiteText> | undefined,
  key: 'site.text' | 'account.text',
  unchecked: string,
): Judgement {
  if (fact?.state !== 'observed')
    return undetermined(fact?.state === 'unobserved' ? `没能检查文字：${fact.reason}` : unchecked, [
      key,
    ]);
  const text = fact.value;
  const [first, ...rest] = firstOfPages(text).map(({ finding, more }) =>
    evidenceOf(fact, finding.url, wordsOf(finding, more), finding.snapshot),
  );
  if (first) return suspected(reasonOf(text), [first, ...rest]);
  if (!text.complete || text.pagesRead === 0)
    return undetermined(
      `没有看到疑似严重表述错误，但没有查完：${text.incompleteReason ?? '原因不明'}`,
      [key],
    );
  return { status: 'met', note: scopeOf(text) };
}

const isSuspected = ({ severity }: PageTextFinding): boolean => severity === 'veto';

/** The surest of each page, with how many more stand there: a page is opened once, and shows the rest. */
function firstOfPages({ findings }: SiteText): { finding: PageTextFinding; more: number }[] {
  const pages = Map.groupBy(findings.filter(isSuspected), ({ url }) => url);
  return [...pages.values()].map(([first, ...rest]) => ({ finding: first!, more: rest.length }));
}

function wordsOf({ text, suggestion, reason, excerpt }: PageTextFinding, more: number): string {
  const change = suggestion === '' ? `“${text}”` : `“${text}”（应为“${suggestion}”）`;
  const others = more > 0 ? `，本页另有 ${more} 处` : '';
  return `${change}${others}：${reason}。上下文：${excerpt}`;
}

function reasonOf(text: SiteText): string {
  const all = text.findings.filter(isSuspected);
  const named = [...new Set(all.map((one) => `“${one.text}”`))].slice(0, NAMED_MAX).join('、');
  const unread = text.complete ? '' : `（没有查完：${text.incompleteReason ?? '原因不明'}）`;
  return `有 ${all.length} 处疑似严重表述错误（${named}${all.length > NAMED_MAX ? '等' : ''}）${unread}，要由人认定：对照证据看原页面，是的录入这一问题并由另一人确认；不是的驳回并写明理由，以后不再提示的可记入“忽略”。`;
}

const scopeOf = ({ pagesRead, lexicons }: SiteText): string =>
  `查了 ${pagesRead} 页文字，没有词库（${lexicons.join('、')}）所列的疑似严重表述错误`;

import type { ProvinceCase } from '../read-case.ts';
import { drawFrom } from '../sites/draw.ts';
import type { DraftAccount } from './plan-accounts.ts';
import type { DraftSite } from './plan-sites.ts';
import { labelOf, plantableRules } from './problem-rules.ts';
import type { HistoryEntry } from './province-plan.ts';
import { seedOf } from './seed-of.ts';

const CHANGED_MAX = 3;
const CLOSED_MAX = 3;

type Draft = DraftSite | DraftAccount;

const isSite = (subject: Draft): subject is DraftSite => 'siteCode' in subject;

/** The previous round's failing subjects: the case's repeat offenders, others mended, failing otherwise now, or closed. */
export function planHistory(source: ProvinceCase, subjects: readonly Draft[]): HistoryEntry[] {
  const draw = drawFrom(seedOf(source.period, 'history'), 'history');
  const failing = subjects.filter((subject) => subject.rules.length > 0);
  const repeated = repeatOffenders(source, failing);
  const others = failing.filter((subject) => !repeated.some((each) => each.subject === subject));
  const changed = draw.some(others, CHANGED_MAX).flatMap((subject) => {
    const rule = plantableRules(kindOf(subject)).find(
      (each) => !subject.rules.includes(each) && !/guide/.test(each),
    );
    return rule === undefined ? [] : [{ subject, problem: labelOf(rule) }];
  });
  const closed = draw.some(
    subjects.filter((subject) => subject.status !== '正常'),
    CLOSED_MAX,
  );
  const sound = subjects.filter(
    (subject) => subject.status === '正常' && subject.rules.length === 0 && !subject.trapped,
  );
  // Most of what a bulletin named is mended by the next.
  const mended = draw.some(sound, repeated.length + changed.length + closed.length + 3);
  const former = [...closed, ...mended].map((subject) => {
    const rules = plantableRules(kindOf(subject)).filter((rule) => !/guide/.test(rule));
    return { subject, problem: labelOf(draw.pick(rules)) };
  });
  return subjects.flatMap((subject) =>
    [...repeated, ...changed, ...former].filter((each) => each.subject === subject).map(entryOf),
  );
}

interface Named {
  readonly subject: Draft;
  readonly problem: string;
}

function repeatOffenders(source: ProvinceCase, failing: readonly Draft[]): Named[] {
  const left = new Set(failing);
  return source.repeatOffenders.flatMap(({ row, name }) => {
    const subject = [...left].find((each) => each.row === row && each.name === name);
    if (!subject) return [];
    left.delete(subject);
    return [{ subject, problem: labelOf(subject.rules[0]!) }];
  });
}

const kindOf = (subject: Draft): 'site' | 'account' => (isSite(subject) ? 'site' : 'account');

function entryOf({ subject, problem }: Named): HistoryEntry {
  const identity = isSite(subject)
    ? { siteCode: subject.siteCode }
    : { platform: subject.platform, accountId: subject.accountId };
  return {
    kind: kindOf(subject),
    unit: subject.row,
    name: subject.name,
    ...identity,
    problems: [problem],
  };
}

/** The period before, in the words of the period itself. */
export function previousPeriod(period: string): string {
  const match = /^(\d{4})([QH-])(\d{1,2})$/.exec(period);
  if (!match) return '上一次';
  const [year, kind, number] = [Number(match[1]), match[2]!, Number(match[3])];
  const last = kind === 'Q' ? 4 : kind === 'H' ? 2 : 12;
  const [beforeYear, before] = number > 1 ? [year, number - 1] : [year - 1, last];
  return `${beforeYear}${kind}${kind === '-' ? String(before).padStart(2, '0') : before}`;
}

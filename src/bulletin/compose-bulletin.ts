import type { PercentStyle } from '../domain/ruleset.ts';
import type { FrozenRound } from '../inspection/index.ts';
import { formatPassRate, formatRatio } from '../scoring/index.ts';
import type { Bulletin, Issue, OrderedUnitRow } from './bulletin.ts';
import { TO_FILL } from './bulletin.ts';
import { composeTables, inPrintOrder } from './compose-tables.ts';
import { composeText, type RichParagraph, type TextFacts } from './compose-text.ts';
import type { Place } from './place.ts';
import { plainOf } from './rich-text.ts';

/** Units that hold at least this share of the failing accounts are named with it (湘政务函〔2020〕25号 names 25.71 %). */
export const SHARE_NAMED_PERCENT = 20;

/**
 * The whole bulletin from a frozen round: counts first, then rows, then the text written from both. Pure.
 * Percentages are computed from counts in the ruleset's style, never stored.
 */
export function composeBulletin(frozen: FrozenRound, issue: Issue, place: Place): Bulletin {
  return composeWithRefs(frozen, issue, place).bulletin;
}

export interface ComposedBulletin {
  readonly bulletin: Bulletin;
  /** The same paragraphs as in the bulletin's text, each figure with the rows that it counts. */
  readonly paragraphs: readonly RichParagraph[];
}

/** The bulletin, and its text with what stands behind each figure: for who looks at it before it is printed. */
export function composeWithRefs(frozen: FrozenRound, issue: Issue, place: Place): ComposedBulletin {
  const { round } = frozen;
  const { percent } = round.ruleset;
  const tables = composeTables(frozen);
  const { sitesTotal, accountsTotal } = tables;
  const reviewWaived = waiversOf(frozen);
  const replay = round.clock === 'replay';
  const facts = {
    title: titleOf(frozen, place),
    documentNumber: issue.documentNumber ?? TO_FILL,
    issuer: issue.issuer ?? TO_FILL,
    issuedOn: issue.issuedOn ?? TO_FILL,
    period: round.period,
    periodLabel: round.label,
    samplingWindow: round.window,
    rectificationDeadline: issue.rectificationDeadline ?? TO_FILL,
    contact: issue.contact ?? TO_FILL,
    printed: {
      sitePassRate: formatPassRate(sitesTotal.failing, sitesTotal.checked, percent),
      accountPassRate: formatPassRate(accountsTotal.failing, accountsTotal.checked, percent),
      shareOfFailingAccounts: sharesOf(tables.accountsByUnit, accountsTotal.failing, percent),
    },
    coverage: round.coverage,
    replay,
    reviewWaived,
    // What was left undetermined is not in the bulletin at all: that is a note for who signs, and no reason not to.
    isDraft: round.reviewWaived !== null || replay,
    ...tables,
  };
  const order: TextFacts['order'] = (failing) => inPrintOrder(frozen, failing);
  const { paragraphs, ...text } = composeText({ ...facts, order }, frozen, issue, place);
  const plain = paragraphs.map(({ style, author, runs }) => ({
    style,
    author,
    text: plainOf(runs),
  }));
  const { recipients, annexTitles } = text;
  const bulletin = { ...facts, text: { recipients, paragraphs: plain, annexTitles } };
  return { bulletin, paragraphs };
}

/** Both waivers of `round freeze` make a draft; their reasons stand together. */
function waiversOf({ round }: FrozenRound): string | null {
  const reasons = [round.reviewWaived, round.undeterminedWaived].filter(
    (reason) => reason !== null,
  );
  return reasons.length === 0 ? null : [...new Set(reasons)].join('；');
}

function titleOf({ round }: FrozenRound, { whole }: Place): string {
  const { sites, accounts } = round.coverage;
  const sampled = sites.mode === 'sample' || accounts.mode === 'sample';
  return `关于${round.label}${whole}政府网站与政务新媒体${sampled ? '抽查' : '检查'}情况的通报`;
}

function sharesOf(
  rows: readonly OrderedUnitRow[],
  total: number,
  percent: PercentStyle,
): Record<string, string> {
  const named = rows.filter(
    (row) => row.failing > 0 && row.failing * 100 >= total * SHARE_NAMED_PERCENT,
  );
  return Object.fromEntries(
    named.map((row) => [row.unit, formatRatio(row.failing, total, percent)]),
  );
}

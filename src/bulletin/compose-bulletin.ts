import type { PercentStyle } from '../domain/ruleset.ts';
import type { FrozenRound } from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import { renderSentence } from '../lib/pure/template/render-sentence.ts';
import { formatPassRate, formatRatio } from '../scoring/index.ts';
import type { Bulletin, Issue, OrderedUnitRow } from './bulletin.ts';
import { TO_FILL } from './bulletin.ts';
import { composeTables } from './compose-tables.ts';
import type { Place } from './place.ts';
import { plainOf } from './rich-text.ts';
import { buildContext } from './template/build-context.ts';
import {
  composeText,
  type FreeBlock,
  lostBlocks,
  plainParagraphs,
  type RichParagraph,
} from './template/compose-text.ts';
import { FOUNDING } from './template/founding.ts';
import { type RenderedAnnex, renderAnnexes } from './template/render-annexes.ts';
import type { Template } from './template/template.ts';
import type { TextFacts } from './template/values.ts';

/** How a bulletin is put together: by which template, and with which words of the office between the computed parts. */
export interface Plan {
  readonly template: Template;
  readonly free: readonly FreeBlock[];
}

const FOUNDING_PLAN: Plan = { template: FOUNDING, free: [] };

/**
 * The whole bulletin from a frozen round: counts first, then rows, then the text written from both. Pure.
 * Percentages are computed from counts in the ruleset's or the template's style, never stored.
 * Throws {@link UserError} `bulletin.template.no-source` when a count would be printed of which nobody said where it comes from, and
 * `bulletin.block.lost` when the office wrote something after a part that the template does not have.
 */
export function composeBulletin(
  frozen: FrozenRound,
  issue: Issue,
  place: Place,
  plan: Plan = FOUNDING_PLAN,
): Bulletin {
  const composed = composeWithRefs(frozen, issue, place, plan);
  const { missing, lost } = composed;
  if (lost.length > 0)
    throw new UserError(
      'bulletin.block.lost',
      `模板“${plan.template.name}”里没有插入段所在的段落：请去掉这些插入段，在别处重写，或换回原来的模板。`,
      { family: 'state', details: lost },
    );
  if (missing.length > 0)
    throw new UserError(
      'bulletin.template.no-source',
      `模板“${plan.template.name}”要印的数没有来历：请在 figures 里逐个写明数目和来源，或换一个模板。`,
      { field: 'figures', details: missing },
    );
  return composed.bulletin;
}

export interface ComposedBulletin {
  readonly bulletin: Bulletin;
  /** The same paragraphs as in the bulletin's text, each figure with the rows that it counts. */
  readonly paragraphs: readonly RichParagraph[];
  readonly annexes: readonly RenderedAnnex[];
  /** Counts that stand as 待填 because nobody gave a source: then nothing is built. */
  readonly missing: readonly string[];
  /** The office's blocks whose place the template does not have, in words: then nothing is built. */
  readonly lost: readonly string[];
}

/** The bulletin, and its text with what stands behind each figure: for who looks at it before it is printed. */
export function composeWithRefs(
  given: FrozenRound,
  issue: Issue,
  place: Place,
  { template, free }: Plan = FOUNDING_PLAN,
): ComposedBulletin {
  const frozen = inStyleOf(given, template);
  const { percent } = frozen.round.ruleset;
  const facts = composeFacts(frozen, issue, template);
  const missing = new Set<string>();
  const context = buildContext(facts, frozen, issue, place, template, (field) =>
    missing.add(field),
  );
  const title = plainOf(renderSentence(template.title, context));
  const paragraphs = composeText(template, context, issue, free);
  const annexes = renderAnnexes(template, context, percent);
  const bulletin: Bulletin = {
    ...facts,
    title,
    text: {
      recipients: place.recipients,
      paragraphs: plainParagraphs(paragraphs),
      annexTitles: annexes.map((annex) => annex.title),
    },
    ...(template.id === FOUNDING.id && template.sha256 === FOUNDING.sha256
      ? {}
      : {
          template: {
            ...{ id: template.id, name: template.name },
            ...{ sha256: template.sha256, percent: template.percent },
          },
          annexes: annexes.map(({ of: _, refs: __, ...table }) => table),
        }),
    ...(issue.figures === undefined || issue.figures.length === 0
      ? {}
      : { figures: issue.figures }),
  };
  const lost = lostBlocks(template, free).map(
    ({ after, text }) => `插入段“${text.slice(0, 20)}”所在的“${after}”不在这个模板里`,
  );
  return { bulletin, paragraphs, annexes, missing: [...missing], lost };
}

/** The round with the template's own way to print percentages, if it has one. */
function inStyleOf(frozen: FrozenRound, { percent }: Template): FrozenRound {
  if (percent === null) return frozen;
  const { round } = frozen;
  return { ...frozen, round: { ...round, ruleset: { ...round.ruleset, percent } } };
}

function composeFacts(frozen: FrozenRound, issue: Issue, template: Template): TextFacts {
  const { round } = frozen;
  const { percent } = round.ruleset;
  const tables = composeTables(frozen);
  const { sitesTotal, accountsTotal } = tables;
  const replay = round.clock === 'replay';
  return {
    title: '',
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
      shareOfFailingAccounts: sharesOf(
        tables.accountsByUnit,
        accountsTotal.failing,
        percent,
        template.limits.sharePercent,
      ),
    },
    coverage: round.coverage,
    replay,
    reviewWaived: waiversOf(frozen),
    // What was left undetermined is not in the bulletin at all: that is a note for who signs, and no reason not to.
    isDraft: round.reviewWaived !== null || replay,
    ...tables,
  };
}

/** Both waivers of `round freeze` make a draft; their reasons stand together. */
function waiversOf({ round }: FrozenRound): string | null {
  const reasons = [round.reviewWaived, round.undeterminedWaived].filter(
    (reason) => reason !== null,
  );
  return reasons.length === 0 ? null : [...new Set(reasons)].join('；');
}

function sharesOf(
  rows: readonly OrderedUnitRow[],
  total: number,
  percent: PercentStyle,
  fromPercent: number,
): Record<string, string> {
  const named = rows.filter((row) => row.failing > 0 && row.failing * 100 >= total * fromPercent);
  return Object.fromEntries(
    named.map((row) => [row.unit, formatRatio(row.failing, total, percent)]),
  );
}

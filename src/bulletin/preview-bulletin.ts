import { type Actor, isInScope } from '../domain/actor.ts';
import type { Subject } from '../domain/subject.ts';
import {
  type FrozenRound,
  listStandingFindings,
  readReviewedRound,
  type StandingFinding,
} from '../inspection/index.ts';
import { listUnits } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { annexTables } from './annex-tables.ts';
import type { Bulletin } from './bulletin.ts';
import { type ComposedBulletin, composeWithRefs, type Plan } from './compose-bulletin.ts';
import {
  type FindingIds,
  type FoundRows,
  findingIds,
  findingKey,
  findRows,
  identityOf,
} from './find-rows.ts';
import { type CountOwn, withOwnFigures } from './own-figures.ts';
import { placeOf } from './place.ts';
import { keptPlan, readPlan } from './plan.ts';
import { assertWholeRegister, readNewest, type SignedBuild } from './read-access.ts';
import { findMismatches } from './reconcile.ts';
import type { Rich, RowsRef } from './rich-text.ts';
import type { RichParagraph } from './template/compose-text.ts';
import type { TemplateDeps } from './template/read-templates.ts';

export interface PreviewParagraph {
  readonly author: 'platform' | 'office';
  readonly runs: Rich;
  /** The template's block, after which the office may put words of its own; null of the office's own words. */
  readonly key: string | null;
  /** The office's block that it is, or null. */
  readonly blockId: number | null;
}

export interface PreviewSection {
  /** Empty for what stands before the first heading. */
  readonly heading: string;
  readonly paragraphs: readonly PreviewParagraph[];
}

export interface PreviewAnnex {
  readonly title: string;
  readonly columns: readonly { readonly head: string; readonly group: string | null }[];
  readonly rows: readonly {
    readonly cells: readonly string[];
    /** For each cell, the rows behind its figure. */
    readonly refs: readonly (RowsRef | null)[];
    readonly findingIds: readonly number[];
  }[];
  readonly hasTotal: boolean;
  readonly note: string;
}

/** A bulletin to be looked at: what would be printed now, or what was signed. */
export interface BulletinPreview {
  readonly period: string;
  readonly title: string;
  readonly number: string;
  readonly issuer: string;
  readonly issuedOn: string;
  readonly recipients: string;
  readonly isDraft: boolean;
  readonly whyDraft: string | null;
  readonly isSigned: boolean;
  readonly sections: readonly PreviewSection[];
  readonly annexes: readonly PreviewAnnex[];
  readonly template: { readonly id: string; readonly name: string };
  readonly reconciled: boolean;
  readonly problems: readonly string[];
}

/** Throws {@link UserError} `bulletin.unknown` for who may only read what is signed, `round.unknown`, `round.not-reviewing`. */
export async function previewBulletin(
  deps: { store: Store; countOwn?: CountOwn | undefined } & TemplateDeps,
  actor: Actor,
  period: string,
  wanted?: string,
): Promise<BulletinPreview> {
  const { store } = deps;
  const { frozen, newest } = await readSubject(store, actor, period);
  const kept = newest?.build.issue ?? {};
  const plan = await planOf(deps, frozen.round.period, newest, wanted ?? kept.template);
  const at = new Date().toISOString();
  const issue =
    newest?.isSigned === true
      ? kept
      : await withOwnFigures(deps.countOwn, { issue: kept, plan, round: frozen.round, at });
  const composed = composeWithRefs(frozen, issue, placeOf(frozen.roots), plan);
  const isSigned = newest?.isSigned ?? false;
  // What was signed is shown as it was signed, whatever the register says by now.
  const bulletin = isSigned && newest ? newest.build.content : composed.bulletin;
  const paragraphs = isSigned ? asPrinted(bulletin, composed.paragraphs) : composed.paragraphs;
  const problems = [
    ...findMismatches(bulletin, frozen.round.ruleset, composed.bulletin),
    ...(isSigned ? [] : composed.missing.map((each) => `没有来历：${each}`)),
    ...(isSigned ? [] : composed.lost),
  ];
  const ids = findingIds(visible(actor, frozen, await breachesOf(store, frozen)));
  const why = whyDraft(frozen);
  return {
    period: frozen.round.period,
    title: bulletin.title,
    number: bulletin.documentNumber,
    issuer: bulletin.issuer,
    issuedOn: bulletin.issuedOn,
    recipients: bulletin.text.recipients,
    isDraft: why !== null,
    whyDraft: why,
    isSigned,
    sections: sectionsOf(paragraphs),
    template: { id: plan.template.id, name: plan.template.name },
    annexes: annexesOf(bulletin, composed, frozen, ids),
    reconciled: problems.length === 0,
    problems,
  };
}

/** What was signed keeps its template; before that the wanted one, with the blocks as they stand now. */
async function planOf(
  deps: { store: Store } & TemplateDeps,
  period: string,
  newest: SignedBuild | null,
  wanted: string | undefined,
): Promise<Plan> {
  return newest?.isSigned === true
    ? { ...keptPlan(newest.build), free: [] }
    : readPlan(deps, period, wanted);
}

/** The rows behind a figure of the preview, in print order; what is not published stays within the actor's scope. */
export async function previewRows(
  { store }: { store: Store },
  actor: Actor,
  period: string,
  ref: RowsRef,
): Promise<FoundRows> {
  const { frozen } = await readSubject(store, actor, period);
  const undetermined =
    ref.rows === 'undetermined'
      ? await listStandingFindings(store, frozen.round.id, 'undetermined')
      : [];
  const found = findRows(
    {
      frozen,
      breached: findingIds(visible(actor, frozen, await breachesOf(store, frozen))),
      undetermined: findingIds(undetermined),
      below: await unitsBelow(store, ref.unitId),
    },
    ref,
  );
  if (actor.scope === 'all' || PUBLISHED.has(ref.rows)) return found;
  const rows = found.rows.filter((row) => isInScope(actor.scope, row.sponsorId));
  return { rows, subjects: new Set(rows.map((row) => `${row.kind}:${row.subjectId}`)).size };
}

/** Named in the annexes for everybody to read. */
const PUBLISHED = new Set<RowsRef['rows']>(['failing-sites', 'failing-accounts', 'repeat']);

async function readSubject(
  store: Store,
  actor: Actor,
  period: string,
): Promise<{ frozen: FrozenRound; newest: SignedBuild | null }> {
  const newest = await readNewest(store, period);
  if (!newest?.isSigned) assertWholeRegister(actor, period);
  return { frozen: await readReviewedRound(store, period), newest };
}

const breachesOf = (store: Store, { round }: FrozenRound): Promise<StandingFinding[]> =>
  listStandingFindings(store, round.id, 'breached');

/** Findings are opened by their id only inside one's own scope. */
function visible(
  actor: Actor,
  { failing }: FrozenRound,
  findings: readonly StandingFinding[],
): readonly StandingFinding[] {
  if (actor.scope === 'all') return findings;
  const own = new Set(
    failing
      .filter(({ subject }) => isInScope(actor.scope, subject.sponsorId))
      .map(({ subject }) => `${subject.kind}:${subject.id}`),
  );
  return findings.filter(({ kind, subjectId }) => own.has(`${kind}:${subjectId}`));
}

async function unitsBelow(
  store: Store,
  asked: number | undefined,
): Promise<(unitId: number) => ReadonlySet<number>> {
  const units = asked === undefined ? [] : await listUnits(store.db);
  return (unitId) => {
    const below = new Set([unitId]);
    // Each pass goes one level down; it ends when a pass finds nobody new, so at the latest after as many as there are units.
    for (let size = 0; size !== below.size; ) {
      size = below.size;
      for (const unit of units)
        if (unit.parentId !== null && below.has(unit.parentId)) below.add(unit.id);
    }
    return below;
  };
}

function whyDraft({ round }: FrozenRound): string | null {
  const reasons = [
    ...(round.state === 'reviewing' ? ['批次还在审核，没有冻结，内容可能变化'] : []),
    ...(round.clock === 'replay' ? ['本期是补采批次'] : []),
    ...(round.reviewWaived === null ? [] : [`本期免除了审核（${round.reviewWaived}）`]),
  ];
  return reasons.length === 0 ? null : `${reasons.join('；')}。`;
}

/** The signed paragraphs; figures keep their rows where the words are the same as they would be written today. */
function asPrinted(
  { text }: Bulletin,
  composed: readonly RichParagraph[],
): readonly RichParagraph[] {
  const known = new Map(
    composed.map((each) => [each.runs.map((run) => run.text).join(''), each.runs]),
  );
  return text.paragraphs.map(({ style, author, text: words }) => ({
    style,
    author,
    runs: known.get(words) ?? [{ text: words }],
    key: null,
  }));
}

function sectionsOf(paragraphs: readonly RichParagraph[]): PreviewSection[] {
  const sections: { heading: string; paragraphs: PreviewSection['paragraphs'][number][] }[] = [
    { heading: '', paragraphs: [] },
  ];
  for (const { style, author, runs, key, blockId = null } of paragraphs) {
    if (style === 'heading1')
      sections.push({ heading: runs.map((run) => run.text).join(''), paragraphs: [] });
    else sections.at(-1)?.paragraphs.push({ author, runs, key, blockId });
  }
  return sections;
}

function annexesOf(
  bulletin: Bulletin,
  composed: ComposedBulletin,
  frozen: FrozenRound,
  ids: FindingIds,
): PreviewAnnex[] {
  const subjects = new Map(
    frozen.failing.map(({ subject }) => [`${subject.kind}:${identityOf(subject)}`, subject]),
  );
  const idsOf = (subject: Subject | undefined, rules: readonly string[]): number[] =>
    subject === undefined
      ? []
      : rules.flatMap((rule) => ids.get(findingKey(subject.kind, subject.id, rule)) ?? []);
  const listed: Readonly<Record<string, readonly (readonly number[])[]>> = {
    failingSites: bulletin.failingSites.map((row) =>
      idsOf(subjects.get(`site:${row.siteCode}`), row.rules),
    ),
    failingAccounts: bulletin.failingAccounts.map((row) =>
      idsOf(subjects.get(`account:${row.platform}:${row.accountId}`), row.rules),
    ),
  };
  return annexTables(bulletin).map((table, index) => {
    const live = composed.annexes[index];
    // The rows behind a figure are those of today's composition: only where it prints the same.
    const refs =
      live && JSON.stringify(live.rows) === JSON.stringify(table.rows) ? live.refs : null;
    const own = live === undefined ? undefined : listed[live.of];
    return {
      title: table.title,
      columns: table.columns.map(({ head, group }) => ({ head, group: group ?? null })),
      rows: table.rows.map((cells, at) => ({
        cells,
        refs: refs?.[at] ?? cells.map(() => null),
        findingIds: own?.[at] ?? [],
      })),
      hasTotal: table.hasTotal,
      note: table.note,
    };
  });
}

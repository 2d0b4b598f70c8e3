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
import { composeWithRefs } from './compose-bulletin.ts';
import type { RichParagraph } from './compose-text.ts';
import {
  type FindingIds,
  type FoundRows,
  findingIds,
  findingKey,
  findRows,
  identityOf,
} from './find-rows.ts';
import { placeOf } from './place.ts';
import { assertWholeRegister, readNewest, type SignedBuild } from './read-access.ts';
import { findMismatches } from './reconcile.ts';
import type { Rich, RowsRef } from './rich-text.ts';

export interface PreviewSection {
  /** Empty for what stands before the first heading. */
  readonly heading: string;
  readonly paragraphs: readonly { readonly author: 'platform' | 'office'; readonly runs: Rich }[];
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
  readonly reconciled: boolean;
  readonly problems: readonly string[];
}

/** Throws {@link UserError} `bulletin.unknown` for who may only read what is signed, `round.unknown`, `round.not-reviewing`. */
export async function previewBulletin(
  { store }: { store: Store },
  actor: Actor,
  period: string,
): Promise<BulletinPreview> {
  const { frozen, newest } = await readSubject(store, actor, period);
  const composed = composeWithRefs(frozen, newest?.build.issue ?? {}, placeOf(frozen.roots));
  const isSigned = newest?.isSigned ?? false;
  // What was signed is shown as it was signed, whatever the register says by now.
  const bulletin = isSigned && newest ? newest.build.content : composed.bulletin;
  const paragraphs = isSigned ? asPrinted(bulletin, composed.paragraphs) : composed.paragraphs;
  const problems = findMismatches(bulletin, frozen.round.ruleset);
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
    annexes: annexesOf(bulletin, frozen, ids),
    reconciled: problems.length === 0,
    problems,
  };
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
  }));
}

function sectionsOf(paragraphs: readonly RichParagraph[]): PreviewSection[] {
  const sections: { heading: string; paragraphs: PreviewSection['paragraphs'][number][] }[] = [
    { heading: '', paragraphs: [] },
  ];
  for (const { style, author, runs } of paragraphs) {
    if (style === 'heading1')
      sections.push({ heading: runs.map((run) => run.text).join(''), paragraphs: [] });
    else sections.at(-1)?.paragraphs.push({ author, runs });
  }
  return sections;
}

function annexesOf(bulletin: Bulletin, frozen: FrozenRound, ids: FindingIds): PreviewAnnex[] {
  const subjects = new Map(
    frozen.failing.map(({ subject }) => [`${subject.kind}:${identityOf(subject)}`, subject]),
  );
  const idsOf = (subject: Subject | undefined, rules: readonly string[]): number[] =>
    subject === undefined
      ? []
      : rules.flatMap((rule) => ids.get(findingKey(subject.kind, subject.id, rule)) ?? []);
  const listed = [
    null,
    bulletin.failingSites.map((row) => idsOf(subjects.get(`site:${row.siteCode}`), row.rules)),
    null,
    bulletin.failingAccounts.map((row) =>
      idsOf(subjects.get(`account:${row.platform}:${row.accountId}`), row.rules),
    ),
  ];
  return annexTables(bulletin).map((table, index) => ({
    title: table.title,
    columns: table.columns.map(({ head, group }) => ({ head, group: group ?? null })),
    rows: table.rows.map((cells, at) => ({
      cells,
      refs: cells.map((_, column) =>
        listed[index] === null
          ? unitCellRef(index === 0 ? 'sites' : 'accounts', cells, column)
          : null,
      ),
      findingIds: listed[index]?.[at] ?? [],
    })),
    hasTotal: table.hasTotal,
    note: table.note,
  }));
}

/** 序号, 单位, running, checked, failing, share: the total's row counts all units. */
function unitCellRef(
  rows: 'sites' | 'accounts',
  [order, unit]: readonly string[],
  column: number,
): RowsRef | null {
  const of = order === '' || unit === undefined ? {} : { printRow: unit };
  if (column === 2) return { rows, ...of };
  if (column === 3) return { rows, checked: true, ...of };
  return column > 3 ? { rows: `failing-${rows}`, ...of } : null;
}

import { type Actor, isInScope } from '../domain/actor.ts';
import {
  type FindingEvidence,
  type RowEvidence,
  type RowReference,
  readEvidence,
} from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Archive, ArchiveReading, Nearness } from '../store/archive/archive.ts';
import type { OpenDeps } from './evidence-deps.ts';

/** One archived body behind a finding, opened: with its bytes, or why there are none. */
export interface OpenedRecord {
  /** SHA-256 (hex) of the body, as fact or evidence names it. */
  readonly payload: string;
  readonly reading: ArchiveReading;
  /** The record of the page that the finding is about, when the body itself was kept with another page. */
  readonly revisit: Extract<ArchiveReading, { state: 'whole' }> | null;
}

export interface OpenedFinding extends FindingEvidence {
  readonly records: readonly OpenedRecord[];
  /** Bodies beyond {@link RECORDS_MAX} that were not opened. */
  readonly recordsLeftOut: number;
}

export interface OpenedRow extends Omit<RowEvidence, 'findings'> {
  readonly findings: readonly OpenedFinding[];
}

/** Bodies opened per finding: a fact names at most a hundred. */
const RECORDS_MAX = 200;

/** Opens a row down to the bytes; each body is read once, whichever findings name it. */
export async function openRow(
  deps: OpenDeps,
  reference: RowReference,
  asked: { readonly period: string | null; readonly rule: string | null },
): Promise<OpenedRow> {
  const row = await readEvidence(deps.store, reference, asked);
  const opened = new Map<string, OpenedRecord>();
  const findings: OpenedFinding[] = [];
  for (const finding of row.findings) {
    const named = finding.payloads.slice(0, RECORDS_MAX);
    for (const payload of named) {
      const near = { roundId: row.round.id, urls: urlsOf(finding, payload) };
      if (!opened.has(payload)) opened.set(payload, await openRecord(deps.archive, payload, near));
    }
    findings.push({
      ...finding,
      records: named.map((payload) => opened.get(payload)!),
      recordsLeftOut: finding.payloads.length - named.length,
    });
  }
  return { ...row, findings };
}

/**
 * The same for somebody who may see the subject's unit. Throws {@link UserError} `evidence.row.unknown` for what is outside his
 * scope, in the words of what does not exist.
 */
export async function openRowFor(
  deps: OpenDeps,
  { scope }: Pick<Actor, 'scope'>,
  reference: RowReference,
  asked: { readonly period: string | null; readonly rule: string | null },
): Promise<OpenedRow> {
  if (scope === 'all') return openRow(deps, reference, asked);
  const unknown = new UserError('evidence.row.unknown', '没有这一行，或还没有判定；请核对。');
  try {
    const { subject } = await readEvidence(deps.store, reference, asked);
    if (!isInScope(scope, subject.subject.sponsorId)) throw unknown;
  } catch (error) {
    // Which of several subjects bear a name, or that a round lacks one, tells about others' rows too.
    if (error instanceof UserError && error.code.startsWith('evidence.row')) throw unknown;
    throw error;
  }
  return openRow(deps, reference, asked);
}

/** Where the inspected subject gave this body; the same body may have come from elsewhere too. */
function urlsOf(finding: FindingEvidence, payload: string): readonly string[] {
  return finding.pages.filter((page) => page.snapshot === payload).map((page) => page.url);
}

async function openRecord(
  archive: Archive,
  payload: string,
  near: Nearness,
): Promise<OpenedRecord> {
  const reading = await archive.read(payload, near);
  if (reading.state !== 'whole' || near.urls.includes(reading.place.url))
    return { payload, reading, revisit: null };
  for (const url of near.urls) {
    for (const place of await archive.find(payload, url)) {
      if (place.kind !== 'revisit' || place.roundId !== near.roundId) continue;
      const revisit = await archive.readPlace(place);
      if (revisit.state === 'whole') return { payload, reading, revisit };
    }
  }
  return { payload, reading, revisit: null };
}

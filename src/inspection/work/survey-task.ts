import { z } from 'zod';
import { SITE_FINDINGS_MAX } from '../../derive/text/page-findings.ts';
import { observed, unobserved } from '../../domain/fact.ts';
import type { Site } from '../../domain/subject.ts';
import { CONTROL_URLS, ControlTargets } from '../../gather/probe/control-targets.ts';
import {
  carryRecords,
  type Examined,
  examineSite,
  FAILING_BODIES_MAX,
  FailingBodies,
  linkBrowser,
} from '../../survey/index.ts';
import { insertFacts, type NewFact } from '../fact.repository.ts';
import { inspectionDb, inTransaction } from '../inspection-db.ts';
import { recordFact } from '../record-facts.ts';
import { findRoundSubjects, type RoundSubject } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { isWalkedWhole } from '../whole-sites.ts';
import { leaveAlone, untilQuiet } from './leave-alone.ts';
import type { RoundContext } from './round-context.ts';
import type { NewTask } from './task.repository.ts';

/** Time for the walk: half an hour and a second an address (four times the pace), a night at the most. */
const WALK_MS = { least: 30 * 60_000, perPage: 1_000, most: 10 * 3_600_000 } as const;
const WALK_BYTES = 8 * 1024 ** 3;
/** Failing and outside links, and addresses that the walk had no budget for: as many requests again as it had, within two hours. */
const PROBE_REQUESTS_MIN = 2_000;
const PROBE_MS = 2 * 3_600_000;
/** A fault that passes is over by then; a simulated world has none that lasts. */
const LATER = { ruledMs: 1_000, outsideMs: 30_000 } as const;
/** Requests of one site under way at once; the pace of its address holds them back. */
const AT_ONCE = 8;

/** A worker that is at one site for longer counts as lost: the walk, its links, and time to sum up. */
export const SURVEY_EXPIRES_SECONDS = (WALK_MS.most + PROBE_MS) / 1_000 + 3 * 3_600;

const SurveyPayload = z.object({ subjectId: z.number().int() });

/** The sites of a round that are walked whole, one task each. */
export function planSurveys(
  round: Pick<Round, 'wholeSites'>,
  sites: readonly RoundSubject[],
): NewTask[] {
  return sites
    .filter(({ subject }) => isWalkedWhole(round, subject as Site))
    .map(({ subject }) => ({
      key: String(subject.id).padStart(9, '0'),
      payload: { subjectId: subject.id },
      startAfter: null,
    }));
}

/** Walks a whole site once, and keeps what it says of links and words as facts. A walk that was interrupted goes on. */
export async function surveyRoundSite(
  context: RoundContext,
  payload: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { subjectId } = SurveyPayload.parse(payload);
  const { deps, round, now } = context;
  const found = (
    await findRoundSubjects(inspectionDb(deps.store), round.id, 'site', [subjectId])
  )[0];
  if (!found) return;
  const site = found.subject as Site;
  const windows = await leaveAlone(context, site);
  const intake = deps.archive.begin(round.id);
  const bodies = new FailingBodies(intake);
  const examined = await untilQuiet(windows, now, signal, (stop) =>
    examine(context, { site, bodies }, stop),
  );
  const facts = await factsOf(context, site, { ...examined, bodies }, (payloads) =>
    carryRecords(deps.archive, intake, round.id, payloads),
  );
  await intake.settle();
  await inTransaction(deps.store, async (trx) => {
    await intake.index(trx);
    await insertFacts(trx, { roundId: round.id, kind: 'site', subjectId }, facts);
  });
}

async function examine(
  { deps, round, outside, now, surveyTools, browser }: RoundContext,
  { site: { id: subjectId, homeUrl }, bodies }: { site: Site; bodies: FailingBodies },
  signal: AbortSignal,
): Promise<Examined> {
  const { pages, lexicons } = await surveyTools();
  const { store, archive, userAgent } = deps;
  // Asked only about hosts outside the resolve rules: without a line nobody can tell whether they are there.
  const controls = new ControlTargets(outside, CONTROL_URLS);
  const { pagesPerSite } = round.wholeSites;
  const milliseconds = Math.min(WALK_MS.most, WALK_MS.least + pagesPerSite * WALK_MS.perPage);
  const requests = Math.max(PROBE_REQUESTS_MIN, pagesPerSite);
  return examineSite(
    {
      ...{ store, archive, fetcher: outside, pages, now, userAgent },
      isOwnLineDown: () => controls.isOwnFault('dns'),
    },
    {
      ...{ homeUrl, roundId: round.id, subjectId, lexicons, later: LATER, atOnce: AT_ONCE },
      budget: { requests: pagesPerSite, bytes: WALK_BYTES, milliseconds },
      ...{ ...linkBrowser(browser, outside), bodies },
      probeBudget: { requests, milliseconds: PROBE_MS },
    },
    signal,
  );
}

/** `carry` brings records into the round's archive and returns those that are there afterwards. */
async function factsOf(
  { now }: RoundContext,
  { id: subjectId }: Site,
  { links, text, bodies }: Examined & { readonly bodies: FailingBodies },
  carry: (payloads: ReadonlySet<string>) => Promise<ReadonlySet<string>>,
): Promise<NewFact[]> {
  const origin = { subjectId, gatheredAt: now() };
  // Whoever may see the site may open what these name (open-payload.ts): they stand in no other table of rounds.
  const linkOrigin = {
    ...{ ...origin, gatherer: 'survey/links' },
    ...{ snapshots: bodies.snapshots, snapshotsMax: FAILING_BODIES_MAX },
  };
  const facts: NewFact[] = [
    links.pages === 0
      ? recordFact('site.links', unobserved('首页没有读到，没有链接可查'), linkOrigin)
      : recordFact('site.links', observed(links), linkOrigin),
  ];
  if (text === null) return facts;
  const textOrigin = { ...origin, gatherer: 'survey/text', snapshotsMax: SITE_FINDINGS_MAX };
  if (text.pagesRead === 0)
    return [
      ...facts,
      recordFact('site.text', unobserved('首页没有读到，没有文字可查'), textOrigin),
    ];
  const kept = await carry(new Set(text.findings.flatMap(({ snapshot }) => snapshot ?? [])));
  const findings = text.findings.map((finding) =>
    finding.snapshot === null || kept.has(finding.snapshot)
      ? finding
      : { ...finding, snapshot: null },
  );
  const snapshots = [...new Set(findings.flatMap(({ snapshot }) => snapshot ?? []))];
  return [
    ...facts,
    recordFact('site.text', observed({ ...text, findings }), { ...textOrigin, snapshots }),
  ];
}

import type { Actor } from '../domain/actor.ts';
import { listPublishable } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';
import { type BuildHead, listBuilds, newestBuilds } from './bulletin.repository.ts';
import { SIGNATURES_NEEDED } from './check-signing.ts';
import { correctedPeriods, listCorrections } from './correction/correction.repository.ts';
import { filesFor } from './read-access.ts';
import { listSignatures, type Signature } from './signature.repository.ts';

/** How far the bulletin of a period has come. */
export type BulletinState = 'none' | 'draft' | 'awaitingSecond' | 'signed';

export function bulletinState(build: BuildHead | undefined, signatures: number): BulletinState {
  if (build === undefined) return 'none';
  if (signatures === 0) return 'draft';
  return signatures < SIGNATURES_NEEDED ? 'awaitingSecond' : 'signed';
}

export interface ListPage {
  readonly limit: number;
  readonly offset: number;
}

const shown = ({ by, at }: Signature): { by: string; at: Instant } => ({ by, at });

/** Periods whose round was judged, newest first; for who sees a part of the register only those that were published. */
export async function listBulletins(store: Store, actor: Actor, page: ListPage) {
  const onlyIssued = actor.scope !== 'all';
  const { items, total } = await listPublishable(store.db, { ...page, onlyIssued });
  const periods = items.map(({ period }) => period);
  const builds = new Map(
    (await newestBuilds(store.db, periods)).map((build) => [build.period, build]),
  );
  const signatures = await listSignatures(
    store.db,
    [...builds.values()].map(({ id }) => id),
  );
  const corrected = await correctedPeriods(store.db, periods);
  return {
    total,
    items: items.map(({ period, label, state }) => {
      const build = builds.get(period);
      const under = signatures.filter((each) => each.bulletinId === build?.id);
      return {
        period,
        label,
        roundState: state,
        state: bulletinState(build, under.length),
        isDraft: build?.isDraft ?? null,
        number: build?.documentNumber ?? null,
        builtAt: build?.builtAt ?? null,
        builtBy: build?.builtBy ?? null,
        sha256: build?.sha256 ?? null,
        files: filesFor(actor, build?.files ?? []),
        signatures: under.map(shown),
        isCorrected: corrected.has(period),
      };
    }),
  };
}

/** Every build of a period that the actor may read, newest first. */
export async function listArchive(store: Store, actor: Actor, period: string, page: ListPage) {
  // Who reads only what was published finds the newest build, which is the signed one.
  const scoped = actor.scope !== 'all';
  const found = await listBuilds(store.db, period, scoped ? { limit: 1, offset: 0 } : page);
  const signatures = await listSignatures(
    store.db,
    found.items.map(({ id }) => id),
  );
  const corrections = (await listCorrections(store.db, period)).filter(
    ({ issuedAt }) => issuedAt !== null,
  );
  const items = found.items.map((build, index) => ({
    id: build.id,
    sha256: build.sha256,
    builtAt: build.builtAt,
    builtBy: build.builtBy,
    number: build.documentNumber,
    isDraft: build.isDraft,
    isNewest: index === 0 && (scoped || page.offset === 0),
    files: filesFor(actor, build.files).map((name) => ({
      name,
      sha256: build.fileHashes?.[name] ?? null,
    })),
    signatures: signatures.filter((each) => each.bulletinId === build.id).map(shown),
    corrections: corrections
      .filter(({ bulletinId }) => bulletinId === build.id)
      .map(({ id, documentNumber, issuedOn }) => ({ id, documentNumber, issuedOn })),
  }));
  return { items, total: scoped ? items.length : found.total };
}

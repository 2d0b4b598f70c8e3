import { randomUUID } from 'node:crypto';
import { personOf } from '../../domain/acting.ts';
import type { Actor } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import {
  type ExpectedCounts,
  RegisterRefusal,
  type RegistryDeps,
  tryImport,
} from '../import-registry.ts';
import { findMap } from '../maps/column-map.repository.ts';
import type { ColumnMap } from '../maps/column-map.ts';
import type { RegisterFile, SheetReading } from '../read-register-files.ts';
import type { ChangedRow } from '../register-changes.ts';
import type { RowError } from '../register-rows.ts';
import { type RegistryDb, registryDb, registryIsEmpty } from '../registry.repository.ts';
import type { RegistryPolicy } from '../registry-policy.ts';
import { emptyCounts } from '../save-register.ts';
import type { ImportState } from '../tables.ts';
import { insertChanges, listChanges } from './import-changes.repository.ts';
import {
  deleteDraft,
  findDraft,
  insertDraft,
  listDrafts,
  type StoredDraft,
  sweepDrafts,
} from './import-draft.repository.ts';
import { sniffUpload, type UploadKind } from './sniff-upload.ts';
import { whyReview } from './why-review.ts';

/** What importing through the console needs. */
export interface ImportDeps extends RegistryDeps {
  readonly registry: RegistryPolicy;
}

/** What an import would do, or why it cannot: kept as it was found. */
export interface DraftPreview {
  readonly id: string;
  readonly files: readonly {
    readonly name: string;
    readonly kind: UploadKind;
    readonly rows: number;
  }[];
  readonly counts: ExpectedCounts;
  readonly errors: readonly PreviewError[];
  /** Errors beyond those listed. */
  readonly errorsLeftOut: number;
  readonly warnings: readonly string[];
  /** How the headers were understood. */
  readonly sheets: readonly SheetReading[];
  /** Changed rows that can be looked through. */
  readonly changed: number;
  /** Why a second person has to approve it; empty = the sender confirms it himself. */
  readonly whyReview: readonly string[];
}

/** A draft as somebody sees it now. */
export interface ImportPreview extends DraftPreview {
  readonly state: ImportState;
  readonly expiresAt: Instant;
  readonly mapName: string | null;
  readonly sentBy: string;
  readonly isOwn: boolean;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly reason: string | null;
}

/** One faulty cell; row 0 = the file as a whole. */
export interface PreviewError {
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

const LIFE_MS = 3_600_000;
const ERRORS_MAX = 500;
const WARNINGS_MAX = 200;

/** Whose draft it is: nobody else finds it until it is sent to be approved. */
export const ownerOf = ({ userId, login }: Actor): string =>
  userId === null ? `login:${login}` : `user:${userId}`;

const unknown = (): UserError =>
  new UserError('registry.import.unknown', '没有这份导入草稿；草稿一小时后失效，请重新上传。');

/**
 * Tries an import without writing to the register, and keeps the bytes as a draft that its owner may confirm, or send to a second person,
 * within an hour. Throws {@link UserError} `registry.import.type`, `registry.import.busy`, `identity.forbidden`, `column-map.unknown`.
 */
export async function previewImport(
  deps: ImportDeps,
  actor: Actor,
  input: {
    readonly files: readonly RegisterFile[];
    /** Name of a saved column map; null = by the headers that we know. */
    readonly map?: string | null;
    readonly now: Instant;
  },
): Promise<ImportPreview> {
  assertSeesAll(actor);
  const { files, now } = input;
  const names = files.map(({ name }) => name);
  if (files.length === 0 || new Set(names).size < names.length)
    throw new UserError('registry.import.files', '请上传名录文件，名称不能重复。', {
      field: 'files',
    });
  const kinds = files.map(({ name, bytes }) => sniffUpload(name, bytes));
  const named = input.map ?? null;
  const map = named === null ? null : await findMap(registryDb(deps.store.db), named);
  const isFirst = await registryIsEmpty(deps.store);
  const tried = await tryFiles(deps, actor, { files, map, now });
  const preview: DraftPreview = {
    id: randomUUID(),
    files: files.map(({ name }, index) => ({
      ...{ name, kind: kinds[index]! },
      rows: tried.rows.find((each) => each.name === name)?.rows ?? 0,
    })),
    counts: tried.counts,
    errors: tried.errors.slice(0, ERRORS_MAX),
    errorsLeftOut: Math.max(0, tried.errors.length - ERRORS_MAX),
    warnings: tried.warnings.slice(0, WARNINGS_MAX),
    ...{ sheets: tried.sheets, changed: tried.changed.length },
    whyReview: whyReview(deps.registry, { ...tried, isFirst }),
  };
  const state = tried.errors.length === 0 ? 'drafted' : 'faulty';
  const expiresAt = new Date(Date.parse(now) + LIFE_MS).toISOString();
  await deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    await sweepDrafts(db, now);
    await insertDraft(db, deps.sealing, {
      ...{ owner: ownerOf(actor), sentBy: personOf(actor), preview, state, map },
      ...{ createdAt: now, expiresAt },
      // A faulty import is never confirmed: its bytes are not kept.
      files: state === 'drafted' ? files : [],
    });
    await insertChanges(db, preview.id, tried.changed);
    await recordAudit(trx, {
      actor: actor.name,
      action: 'import.create',
      subject: `import:${preview.id}`,
      detail: { files: preview.files, errors: tried.errors.length, map: named },
      before: null,
      after: { state },
    });
  });
  return readImport(deps, actor, preview.id, now);
}

interface Tried {
  readonly counts: ExpectedCounts;
  readonly rows: readonly { readonly name: string; readonly rows: number }[];
  readonly errors: readonly PreviewError[];
  readonly warnings: readonly string[];
  readonly changed: readonly ChangedRow[];
  readonly sheets: readonly SheetReading[];
}

async function tryFiles(
  deps: RegistryDeps,
  actor: Actor,
  {
    files,
    map,
    now,
  }: {
    readonly files: readonly RegisterFile[];
    readonly map: ColumnMap | null;
    readonly now: Instant;
  },
): Promise<Tried> {
  const none = {
    counts: { units: emptyCounts(), sites: emptyCounts(), accounts: emptyCounts() },
    ...{ changed: [], sheets: [] },
  };
  try {
    const input = { files, map, today: shanghaiDate(now) };
    const { result, changed, sheets } = await tryImport(deps, actor.name, input);
    const { units, sites, accounts, rows, warnings } = result;
    return { counts: { units, sites, accounts }, rows, errors: [], warnings, changed, sheets };
  } catch (error) {
    if (error instanceof RegisterRefusal) {
      const { rows, warnings, sheets } = error;
      return { ...none, rows, errors: error.errors.map(cellError), warnings, sheets };
    }
    // A file that cannot be read at all is the sender's to mend, as a cell is.
    if (!(error instanceof UserError)) throw error;
    const message = [error.message, ...error.details].join(' ');
    const whole = { file: '', sheet: '', row: 0, column: '', message };
    return { ...none, rows: [], errors: [whole], warnings: [] };
  }
}

const cellError = ({ place, column, message }: RowError): PreviewError => ({
  file: place.file,
  sheet: place.sheet,
  row: place.row,
  column,
  message,
});

/**
 * A draft as it stands: one's own, or one that was sent to be approved. Throws {@link UserError} `registry.import.unknown`.
 */
export async function readImport(
  deps: StoreDeps,
  actor: Actor,
  id: string,
  now: Instant,
): Promise<ImportPreview> {
  return viewOf(await seenDraft(registryDb(deps.store.db), actor, id), actor, now);
}

/** Imports that wait for a second person, and one's own of late. Throws {@link UserError} `identity.forbidden`. */
export async function listImports(
  deps: StoreDeps,
  actor: Actor,
  now: Instant,
): Promise<ImportPreview[]> {
  assertSeesAll(actor);
  const drafts = await listDrafts(registryDb(deps.store.db), ownerOf(actor));
  return drafts.map((draft) => viewOf(draft, actor, now));
}

/** What was only drafted is its owner's alone. */
export async function seenDraft(db: RegistryDb, actor: Actor, id: string): Promise<StoredDraft> {
  const draft = await findDraft(db, id);
  const isPrivate = draft?.state === 'drafted' || draft?.state === 'faulty';
  const isSeen = draft?.owner === ownerOf(actor) || (!isPrivate && actor.scope === 'all');
  if (draft === null || !isSeen) throw unknown();
  return draft;
}

export function viewOf(draft: StoredDraft, actor: Actor, now: Instant): ImportPreview {
  const { preview, expiresAt, map, sentBy, decidedBy, decidedAt, reason } = draft;
  const isOpen = draft.state === 'drafted' || draft.state === 'waiting' || draft.state === 'faulty';
  return {
    ...preview,
    ...{ expiresAt, mapName: map?.name ?? null, sentBy: sentBy.name, decidedBy, decidedAt, reason },
    state: isOpen && expiresAt <= now ? 'expired' : draft.state,
    isOwn: draft.owner === ownerOf(actor),
  };
}

/** One page of the rows that a draft would change. Throws {@link UserError} `registry.import.unknown`. */
export async function readChanges(
  { store }: StoreDeps,
  actor: Actor,
  id: string,
  asked: Parameters<typeof listChanges>[2] & Parameters<typeof listChanges>[3],
): Promise<Awaited<ReturnType<typeof listChanges>>> {
  const db = registryDb(store.db);
  await seenDraft(db, actor, id);
  return listChanges(db, id, asked, asked);
}

/** Throws away a draft. Throws {@link UserError} `registry.import.unknown`. */
export async function discardImport(deps: StoreDeps, actor: Actor, id: string): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    const draft = await findDraft(db, id);
    if (draft === null || !(await deleteDraft(db, ownerOf(actor), id))) throw unknown();
    await recordAudit(trx, {
      actor: actor.name,
      action: 'import.discard',
      subject: `import:${id}`,
      detail: {},
      before: { state: draft.state },
      after: null,
    });
  });
}

/** An import can move any unit's rows: only for who sees the whole register. */
export function assertSeesAll({ scope }: Actor): void {
  if (scope === 'all') return;
  throw new UserError('identity.forbidden', '导入会改动全部名录，只有全部名录范围的人能做。', {
    details: ['registry.import'],
  });
}

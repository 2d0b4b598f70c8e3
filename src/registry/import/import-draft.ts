import { randomUUID } from 'node:crypto';
import type { Actor } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import {
  type ExpectedCounts,
  importRegistry,
  RegisterRefusal,
  type RegistryDeps,
} from '../import-registry.ts';
import type { RegisterFile } from '../read-register-files.ts';
import type { RowError } from '../register-rows.ts';
import { registryDb } from '../registry.repository.ts';
import { emptyCounts } from '../save-register.ts';
import {
  deleteDraft,
  deleteDraftFiles,
  findDraft,
  insertDraft,
  readDraftFiles,
  settleDraft,
  sweepDrafts,
} from './import-draft.repository.ts';
import { sniffUpload, type UploadKind } from './sniff-upload.ts';

/** What an import would do, or why it cannot. */
export interface ImportPreview {
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
  readonly state: 'ready' | 'faulty' | 'done' | 'expired';
  readonly expiresAt: Instant;
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

/** Whose draft it is: nobody else finds it. */
const ownerOf = ({ userId, login }: Actor): string =>
  userId === null ? `login:${login}` : `user:${userId}`;

const unknown = (): UserError =>
  new UserError('registry.import.unknown', '没有这份导入草稿；草稿一小时后失效，请重新上传。');

/**
 * Tries an import without writing to the register, and keeps the bytes as a draft that its owner may confirm within an hour.
 * Throws {@link UserError} `registry.import.type`, `registry.import.busy`, `identity.forbidden`.
 */
export async function previewImport(
  deps: RegistryDeps,
  actor: Actor,
  input: { readonly files: readonly RegisterFile[]; readonly now: Instant },
): Promise<ImportPreview> {
  assertSeesAll(actor);
  const { files, now } = input;
  const names = files.map(({ name }) => name);
  if (files.length === 0 || new Set(names).size < names.length)
    throw new UserError('registry.import.files', '请上传名录文件，名称不能重复。', {
      field: 'files',
    });
  const kinds = files.map(({ name, bytes }) => sniffUpload(name, bytes));
  const tried = await tryImport(deps, actor, files, now);
  const preview: ImportPreview = {
    id: randomUUID(),
    files: files.map(({ name }, index) => ({
      ...{ name, kind: kinds[index]! },
      rows: tried.rows.find((each) => each.name === name)?.rows ?? 0,
    })),
    counts: tried.counts,
    errors: tried.errors.slice(0, ERRORS_MAX),
    errorsLeftOut: Math.max(0, tried.errors.length - ERRORS_MAX),
    warnings: tried.warnings.slice(0, WARNINGS_MAX),
    state: tried.errors.length === 0 ? 'ready' : 'faulty',
    expiresAt: new Date(Date.parse(now) + LIFE_MS).toISOString(),
  };
  await deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    await sweepDrafts(db, now);
    // A faulty import is never confirmed: its bytes are not kept.
    const kept = preview.state === 'ready' ? files : [];
    await insertDraft(db, deps.sealing, {
      owner: ownerOf(actor),
      preview,
      createdAt: now,
      files: kept,
    });
    await recordAudit(trx, {
      actor: actor.name,
      action: 'import.create',
      subject: `import:${preview.id}`,
      detail: { files: preview.files, errors: tried.errors.length },
      before: null,
      after: { state: preview.state },
    });
  });
  return preview;
}

interface Tried {
  readonly counts: ExpectedCounts;
  readonly rows: readonly { readonly name: string; readonly rows: number }[];
  readonly errors: readonly PreviewError[];
  readonly warnings: readonly string[];
}

async function tryImport(
  deps: RegistryDeps,
  actor: Actor,
  files: readonly RegisterFile[],
  now: Instant,
): Promise<Tried> {
  const none = { units: emptyCounts(), sites: emptyCounts(), accounts: emptyCounts() };
  try {
    const input = { files, dryRun: true, today: shanghaiDate(now) };
    const { units, sites, accounts, rows, warnings } = await importRegistry(
      deps,
      actor.name,
      input,
    );
    return { counts: { units, sites, accounts }, rows, errors: [], warnings };
  } catch (error) {
    if (error instanceof RegisterRefusal) {
      const { rows, warnings } = error;
      return { counts: none, rows, errors: error.errors.map(cellError), warnings };
    }
    // A file that cannot be read at all is the sender's to mend, as a cell is.
    if (!(error instanceof UserError)) throw error;
    const message = [error.message, ...error.details].join(' ');
    const whole = { file: '', sheet: '', row: 0, column: '', message };
    return { counts: none, rows: [], errors: [whole], warnings: [] };
  }
}

const cellError = ({ place, column, message }: RowError): PreviewError => ({
  file: place.file,
  sheet: place.sheet,
  row: place.row,
  column,
  message,
});

/** The owner's draft. Throws {@link UserError} `registry.import.unknown`. */
export async function readImport(
  deps: RegistryDeps,
  actor: Actor,
  id: string,
  now: Instant,
): Promise<ImportPreview> {
  const draft = await findDraft(registryDb(deps.store.db), ownerOf(actor), id);
  if (draft === null) throw unknown();
  const isExpired = draft.state !== 'done' && draft.preview.expiresAt <= now;
  return { ...draft.preview, state: isExpired ? 'expired' : draft.state };
}

/**
 * Imports exactly the bytes that were previewed, once. Throws {@link UserError} `registry.import.state` where there is nothing to
 * confirm, `registry.import.changed` where the register changed so that the import would do something else.
 */
export async function confirmImport(
  deps: RegistryDeps,
  actor: Actor,
  id: string,
  now: Instant,
): Promise<ImportPreview> {
  assertSeesAll(actor);
  const preview = await readImport(deps, actor, id, now);
  if (preview.state !== 'ready') throw notReady(preview.state);
  const files = await openFiles(deps, id);
  if (files.length !== preview.files.length) throw notReady('done');
  await importRegistry(deps, actor.name, {
    ...{ files, dryRun: false, today: shanghaiDate(now), expected: preview.counts },
    finish: async (db) => {
      if (!(await settleDraft(db, id))) throw notReady('done');
      await deleteDraftFiles(db, id);
    },
  });
  return { ...preview, state: 'done' };
}

/** What was sealed under a key that is no more cannot be confirmed any more. */
async function openFiles({ store, sealing }: RegistryDeps, id: string): Promise<RegisterFile[]> {
  try {
    return await readDraftFiles(registryDb(store.db), sealing, id);
  } catch (error) {
    if (error instanceof UserError && error.code === 'secret.foreign') throw notReady('rekeyed');
    throw error;
  }
}

const WHY_NOT = {
  faulty: '这次导入有错误，改正后请重新上传。',
  done: '这次导入已经完成，不能再做一次。',
  expired: '预览已超过一小时，请重新上传。',
  rekeyed: '预览之后本安装换了密钥，请重新上传。',
} as const;

function notReady(state: keyof typeof WHY_NOT): UserError {
  return new UserError('registry.import.state', WHY_NOT[state], { family: 'state' });
}

/** Throws away a draft. Throws {@link UserError} `registry.import.unknown`. */
export async function discardImport(deps: RegistryDeps, actor: Actor, id: string): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    const draft = await findDraft(db, ownerOf(actor), id);
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
function assertSeesAll({ scope }: Actor): void {
  if (scope === 'all') return;
  throw new UserError('identity.forbidden', '导入会改动全部名录，只有全部名录范围的人能做。', {
    details: ['registry.import'],
  });
}

import { isSamePerson, personOf } from '../../domain/acting.ts';
import type { Actor } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { importRegistry, type RegistryDeps } from '../import-registry.ts';
import type { RegisterFile } from '../read-register-files.ts';
import { registryDb } from '../registry.repository.ts';
import type { ImportState } from '../tables.ts';
import {
  assertMayWait,
  deleteDraftFiles,
  moveDraft,
  readDraftFiles,
  type StoredDraft,
} from './import-draft.repository.ts';
import { assertSeesAll, type ImportPreview, ownerOf, seenDraft, viewOf } from './import-draft.ts';

/** Two people are seldom in the office on the same day; after a week the register is another one. */
const WAITING_MS = 7 * 86_400_000;

/**
 * Imports exactly the bytes that were previewed, once, by who uploaded them. Throws {@link UserError} `registry.import.state` where there
 * is nothing to confirm, `registry.import.review` where a second person has to, `registry.import.changed` where the register changed so
 * that the import would do something else.
 */
export async function confirmImport(
  deps: RegistryDeps,
  actor: Actor,
  id: string,
  now: Instant,
): Promise<ImportPreview> {
  const draft = await draftIn(deps, actor, { id, now, wanted: 'drafted' });
  if (draft.preview.whyReview.length > 0)
    throw new UserError(
      'registry.import.review',
      `这次导入要由第二个人批准：${draft.preview.whyReview.join('；')}。请点“提交批准”。`,
      { family: 'state' },
    );
  return applyDraft(deps, actor, draft, now);
}

/** Sends a draft to a second person. Throws {@link UserError} `registry.import.state`, `registry.import.busy`. */
export async function submitImport(
  deps: RegistryDeps,
  actor: Actor,
  id: string,
  now: Instant,
): Promise<ImportPreview> {
  const draft = await draftIn(deps, actor, { id, now, wanted: 'drafted' });
  const expiresAt = new Date(Date.parse(now) + WAITING_MS).toISOString();
  await deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    await assertMayWait(db, ownerOf(actor));
    if (!(await moveDraft(db, { id, from: 'drafted', to: 'waiting', expiresAt })))
      throw notIn('waiting');
    await recordAudit(trx, {
      ...{ actor: actor.name, action: 'import.submit', subject: `import:${id}` },
      detail: { why: draft.preview.whyReview },
      before: { state: 'drafted' },
      after: { state: 'waiting' },
    });
  });
  return viewOf(await seenDraft(registryDb(deps.store.db), actor, id), actor, now);
}

/** Approves and imports what somebody else sent. Of two who approve at once one does. Throws as {@link confirmImport} does, and `registry.import.own`. */
export async function approveImport(
  deps: RegistryDeps,
  actor: Actor,
  id: string,
  now: Instant,
): Promise<ImportPreview> {
  const draft = await draftIn(deps, actor, { id, now, wanted: 'waiting' });
  assertSecond(draft, actor);
  return applyDraft(deps, actor, draft, now);
}

/** Refuses what somebody else sent, with the reason; its bytes go. Throws {@link UserError} `registry.import.state`, `registry.import.own`. */
export async function refuseImport(
  deps: RegistryDeps,
  actor: Actor,
  id: string,
  { reason, now }: { readonly reason: string; readonly now: Instant },
): Promise<ImportPreview> {
  const draft = await draftIn(deps, actor, { id, now, wanted: 'waiting' });
  assertSecond(draft, actor);
  await deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    const decided = { by: actor.name, at: now, reason };
    if (!(await moveDraft(db, { id, from: 'waiting', to: 'refused', decided })))
      throw notIn('applied');
    await deleteDraftFiles(db, id);
    await recordAudit(trx, {
      ...{ actor: actor.name, action: 'import.refuse', subject: `import:${id}` },
      detail: { reason, sentBy: draft.sentBy.name },
      before: { state: 'waiting' },
      after: { state: 'refused' },
    });
  });
  return viewOf(await seenDraft(registryDb(deps.store.db), actor, id), actor, now);
}

async function draftIn(
  { store }: RegistryDeps,
  actor: Actor,
  asked: { readonly id: string; readonly now: Instant; readonly wanted: ImportState },
): Promise<StoredDraft> {
  assertSeesAll(actor);
  const draft = await seenDraft(registryDb(store.db), actor, asked.id);
  const { state } = viewOf(draft, actor, asked.now);
  if (state !== asked.wanted) throw notIn(state);
  return draft;
}

/** What one person put together another one looks at: who uploaded it does not decide on it. */
function assertSecond({ sentBy }: StoredDraft, actor: Actor): void {
  if (!isSamePerson(sentBy, personOf(actor))) return;
  throw new UserError('registry.import.own', '自己上传的导入要由另一个人批准或退回。', {
    family: 'state',
  });
}

async function applyDraft(
  deps: RegistryDeps,
  actor: Actor,
  draft: StoredDraft,
  now: Instant,
): Promise<ImportPreview> {
  const { preview, map, sentBy } = draft;
  const { id } = preview;
  const files = await openFiles(deps, id);
  if (files.length !== preview.files.length) throw notIn('applied');
  const decided = { by: actor.name, at: now, reason: null };
  await importRegistry(deps, actor.name, {
    ...{ files, map, dryRun: false, today: shanghaiDate(now), expected: preview.counts },
    trace: { draft: id, sentBy: sentBy.name },
    claim: async (db) => {
      if (!(await moveDraft(db, { id, from: draft.state, to: 'applied', decided })))
        throw notIn('applied');
      await deleteDraftFiles(db, id);
    },
  });
  return viewOf(await seenDraft(registryDb(deps.store.db), actor, id), actor, now);
}

/** What was sealed under a key that is no more cannot be confirmed any more. */
async function openFiles({ store, sealing }: RegistryDeps, id: string): Promise<RegisterFile[]> {
  try {
    return await readDraftFiles(registryDb(store.db), sealing, id);
  } catch (error) {
    if (error instanceof UserError && error.code === 'secret.foreign') throw notIn('rekeyed');
    throw error;
  }
}

const WHY_NOT = {
  drafted: '这次导入还没有提交批准。',
  faulty: '这次导入有错误，改正后请重新上传。',
  waiting: '这次导入已提交，在等另一个人批准。',
  applied: '这次导入已经办完，不能再办一次；请刷新。',
  refused: '这次导入已被退回，请改正后重新上传。',
  expired: '这份导入已过期，请重新上传。',
  rekeyed: '预览之后本安装换了密钥，请重新上传。',
} as const;

function notIn(state: keyof typeof WHY_NOT): UserError {
  return new UserError('registry.import.state', WHY_NOT[state], { family: 'state' });
}

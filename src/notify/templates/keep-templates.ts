import { type Acting, assertMay, isSamePerson, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type NotifyDb, notifyDb } from '../notify-db.ts';
import { faultWords } from './in-force.ts';
import {
  forceOf,
  subjectOf,
  type TemplateVersion,
  VERSIONS_MAX,
  versionsOf,
  WORDS_ABILITY,
} from './read-templates.ts';
import { compileTemplate, type TemplateContent } from './template.ts';

/**
 * Keeps new words of a kind as its next version; nothing is worded by it yet. Throws {@link UserError} `template.unknown`,
 * `template.broken` naming every place, `template.too-many`, `identity.forbidden`.
 */
export async function saveTemplate(
  { store }: StoreDeps,
  acting: Acting,
  given: {
    readonly kind: string;
    readonly content: TemplateContent;
    readonly note: string;
    readonly at: Instant;
  },
): Promise<{ readonly version: number }> {
  assertMay(acting, WORDS_ABILITY);
  const { kind, content, note, at } = given;
  assertSound(kind, content);
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, 'notice-templates');
    const db = notifyDb(trx);
    const [newest] = await versionsOf(db, kind);
    const version = (newest?.version ?? 0) + 1;
    if (version > VERSIONS_MAX)
      throw new UserError(
        'template.too-many',
        `一种文书最多保存 ${VERSIONS_MAX} 个版本，请用已有的版本。`,
        { family: 'state' },
      );
    const by = personOf(acting);
    await db
      .insertInto('notice_template_version')
      .values({
        ...{ kind, version, note, content: JSON.stringify(content) },
        ...{ made_by: by.name, made_by_id: by.userId, made_at: at },
      })
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'template.save', subject: `template:${kind}` },
      detail: { version, note },
      ...{ before: newest ? { ...newest.content } : null, after: { ...content } },
    });
    return { version };
  });
}

/**
 * Puts a version of a kind in force, also an earlier one; null = the program's own words again. Whoever wrote a version cannot put it in
 * force. `insteadOf` is the entry that was in force for whoever decides: another one decided meanwhile is not overruled unseen. Throws
 * {@link UserError} `template.unknown`, `template.version`, `template.broken`, `template.same-person`, `template.changed`,
 * `template.holds`, `identity.forbidden`.
 */
export async function putTemplateInForce(
  { store }: StoreDeps,
  acting: Acting,
  given: {
    readonly kind: string;
    readonly version: number | null;
    readonly insteadOf: number | null;
    readonly reason: string;
    readonly at: Instant;
  },
): Promise<void> {
  assertMay(acting, WORDS_ABILITY);
  const { kind, version, insteadOf, reason, at } = given;
  subjectOf(kind);
  await store.transaction(async (trx) => {
    await lockInTransaction(trx, 'notice-templates');
    const db = notifyDb(trx);
    const [held] = await forceOf(db, kind);
    if ((held?.id ?? null) !== insteadOf)
      throw new UserError('template.changed', '有人刚改过启用的版本；请刷新后再定。', {
        family: 'state',
      });
    if ((held?.version ?? null) === version)
      throw new UserError('template.holds', '现在用的就是这个版本。', { family: 'state' });
    const chosen = version === null ? null : await versionToPut(db, kind, version, acting);
    const by = personOf(acting);
    await db
      .insertInto('notice_template_force')
      .values({
        ...{ kind, version_id: chosen?.id ?? null, reason, at },
        ...{ by_name: by.name, by_id: by.userId },
      })
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'template.put', subject: `template:${kind}` },
      detail: { reason },
      ...{ before: { version: held?.version ?? null }, after: { version } },
    });
  });
}

async function versionToPut(
  db: NotifyDb,
  kind: string,
  version: number,
  acting: Acting,
): Promise<TemplateVersion> {
  const chosen = (await versionsOf(db, kind)).find((each) => each.version === version);
  if (chosen === undefined)
    throw new UserError('template.version', '没有这个版本。', { field: 'version' });
  if (isSamePerson({ name: chosen.by, userId: chosen.byId }, personOf(acting)))
    throw new UserError(
      'template.same-person',
      '写这个版本的人不能自己启用，请由另一个人核对后启用。',
      { family: 'state' },
    );
  // The program may have changed since it was saved.
  assertSound(kind, chosen.content);
  return chosen;
}

function assertSound(kind: string, content: TemplateContent): void {
  const compiled = compileTemplate(subjectOf(kind), content);
  if (!('faults' in compiled)) return;
  throw new UserError('template.broken', '模板写得不对，没有保存，也不能启用。', {
    ...{ field: 'content', details: compiled.faults.map(faultWords) },
  });
}

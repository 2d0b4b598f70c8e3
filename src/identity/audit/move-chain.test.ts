import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { copyStore } from '../../store/transfer/copy-store.ts';
import { restoreBackup } from '../../store/transfer/restore-backup.ts';
import { writeBackup } from '../../store/transfer/write-backup.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { parseKeys } from './audit-keys.ts';
import { AuditTrail, holdAuditTrail } from './audit-trail.ts';
import { recordAudit } from './record-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const opened: TemporaryStore[] = [];
async function open(): Promise<TemporaryStore> {
  const each = await temporaryStore();
  opened.push(each);
  return each;
}
afterEach(async () => {
  for (const each of opened.splice(0)) await each.remove();
});

const io = { signal: new AbortController().signal, onProgress: () => undefined };

async function filled(): Promise<TemporaryStore> {
  const from = await open();
  await sql`insert into audit (actor, action, detail) values ('旧', 'data.copy', '{"数": 1.50}')`.execute(
    from.store.db,
  );
  for (let index = 0; index < 5; index += 1)
    await from.store.transaction((trx) =>
      recordAudit(trx, {
        ...{ actor: '甲', action: 'registry.import', detail: { index, 半: 0.1 } },
        before: { a: 'α\u2028"' },
      }),
    );
  expect(await verifyAudit(from.audit)).toMatchObject({ ok: true, rows: 6 });
  return from;
}

describe('the chain stays what it was', () => {
  it('in a copy to another database, and goes on there', async () => {
    const [from, to] = [await filled(), await open()];
    holdAuditTrail(from.audit);
    await copyStore(from.store, to.store, io, (trx) =>
      recordAudit(trx, { actor: '甲', action: 'data.copy', detail: {} }),
    );
    expect(await verifyAudit(to.audit)).toMatchObject({ ok: true, rows: 7 });
    expect(await verifyAudit(from.audit)).toMatchObject({ ok: true, rows: 6 });
    await expect(sql`delete from audit`.execute(to.store.db)).rejects.toThrow('append-only');
  });

  it.each([
    ['the same key', '5'],
    ['another key, of an installation of its own', '6'],
  ])('in a backup restored under %s', async (_name, digit) => {
    const [from, to] = [await filled(), await open()];
    const file = join(from.folder, '备份.tar');
    const evidence = (each: TemporaryStore) => ({
      ...each,
      evidenceDir: join(each.folder, '证据'),
    });
    const made = { program: 'test', createdAt: '2026-11-24T00:00:00.000Z' };
    await writeBackup(evidence(from), file, made, io);
    const trail = new AuditTrail(to.audit.settings, parseKeys(digit.repeat(64), '测试'));
    holdAuditTrail(trail);
    await restoreBackup(file, evidence(to), io, (trx) =>
      recordAudit(trx, { actor: '甲', action: 'data.restore', detail: {} }),
    );
    await trail.anchor('恢复了备份');
    // The rows that the old key chained are proved by whoever has it.
    const both = parseKeys(`${digit.repeat(64)} ${'5'.repeat(64)}`, '测试');
    expect(await verifyAudit(new AuditTrail(to.audit.settings, both))).toMatchObject({
      ok: true,
      rows: 7,
      anchored: 7,
    });
    const alone = await verifyAudit(trail);
    expect(alone.ok).toBe(digit === '5');
  });

  it('where an older backup is restored over a longer chain, the anchors begin anew', async () => {
    const one = await filled();
    const reset = new AuditTrail(one.audit.settings, one.audit.keys);
    await reset.anchors.add({ position: 99, hash: 'x', keyId: 'y' }, reset.keys.current, '2026');
    expect((await verifyAudit(reset)).firstBroken?.why).toMatch('记得有 99 行');
    await reset.anchor('恢复了备份');
    expect(await verifyAudit(reset)).toMatchObject({ ok: true, anchored: 6 });
  });

  it('whoever lacks the key leaves no anchor that those who hold it would find broken', async () => {
    const one = await filled();
    await new AuditTrail(one.audit.settings, parseKeys('6'.repeat(64), '测试')).anchor();
    expect(await verifyAudit(one.audit)).toMatchObject({ ok: true, rows: 6, firstBroken: null });
  });
});

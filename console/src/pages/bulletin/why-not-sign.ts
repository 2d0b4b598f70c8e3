import type { BulletinItem, Preview } from './bulletin-types.ts';

interface Signer {
  readonly login: string;
  readonly name: string;
}

/** Whether a signature is this person's: written 张三（zhangsan）. */
export function isSignedBy(by: string, { login, name }: Signer): boolean {
  return by === name || by.endsWith(`（${login}）`);
}

/** Why this person cannot sign now, or null. A bulletin takes two different persons. Pure. */
export function whyNotSign(
  item: Pick<BulletinItem, 'state' | 'signatures' | 'sha256'>,
  preview: Pick<Preview, 'isDraft' | 'whyDraft' | 'reconciled'>,
  signer: Signer,
  mayNot: string | null,
): string | null {
  if (mayNot !== null) return mayNot;
  if (item.state === 'signed') return '已由两人签发';
  if (preview.isDraft) return `草案不能签发：${preview.whyDraft ?? '原因未说明'}`;
  if (item.state === 'none' || item.sha256 === null) return '还没有生成通报文件，请先生成';
  if (!preview.reconciled) return '正文与附件的数字不一致，不能签发';
  if (item.signatures.some(({ by }) => isSignedBy(by, signer)))
    return '您已经签过，须由另一个人签第二个名';
  return null;
}

/** Why this person cannot take his signature back, or null: only before the second one. */
export function whyNotUnsign(
  item: Pick<BulletinItem, 'state' | 'signatures'>,
  signer: Signer,
): string | null {
  if (item.state === 'signed') return '第二人已签，不能撤回';
  return item.signatures.some(({ by }) => isSignedBy(by, signer)) ? null : '您还没有签';
}

import type { WalkedPage } from '../../domain/walk.ts';
import type { WalkResult } from '../walk/walk-tally.ts';

/** Whether a visit says that there may be a page whose words nobody saw: a 404 has none, a wall may hide some. */
export const isUnread = ({ outcome, kind }: Pick<WalkedPage, 'outcome' | 'kind'>): boolean =>
  (outcome === 'blocked' || outcome === 'failed') && (kind === 'page' || kind === 'frame');

/** Why not every page of a site was read, in Chinese; null = all were. `unread` counts {@link isUnread} and what was cut or not read to its end. */
export function whyNotAllRead(
  { complete, hitLimits }: Pick<WalkResult, 'complete' | 'hitLimits'>,
  unread: number,
): string | null {
  if (!complete) return hitLimits[0] ?? '网站没有走遍';
  return unread === 0 ? null : `有 ${unread} 个网页没有读到或没有读完（被拦截、没有应答、过大）`;
}

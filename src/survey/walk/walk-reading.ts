import { digestPage, type PageBytes, type PageDigest } from '../../derive/scan/digest-page.ts';
import type { FetchedPage } from '../../domain/crawl.ts';
import type { LinkWords, PageNotes } from '../../domain/walk.ts';
import { sha256Hex } from '../../lib/node/http/create-fetcher.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';

/** What a walk learns from a page's bytes, wherever they were read. */
export interface WalkReading extends Omit<PageDigest, 'html' | 'text' | 'metas'> {
  /** Only where the page was read in this thread. */
  readonly html?: string;
  readonly text?: string;
  readonly textLength: number;
  /** SHA-256 (hex) of the body; null when the reading failed. */
  readonly snapshot: string | null;
  readonly packedLinks?: Uint8Array;
  readonly member?: Uint8Array;
  readonly terms?: readonly string[] | null;
  readonly notes?: PageNotes | null;
  readonly linkWords?: LinkWords | null;
  /** Chinese; why it was not read to the end. */
  readonly reason?: string;
}

export const pageBytes = ({ body, headers, url, fetchedAt }: FetchedPage): PageBytes => ({
  body,
  contentType: headers['content-type'] ?? '',
  url,
  today: shanghaiDate(fetchedAt),
});

/** Reads a page here and now. */
export async function readInline(page: PageBytes): Promise<WalkReading> {
  const { metas: _metas, ...digest } = digestPage(page);
  return { ...digest, textLength: digest.text.length, snapshot: sha256Hex(page.body) };
}

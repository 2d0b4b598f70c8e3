import type { RowReference } from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';

const SITE_CODE = /^(\d{10}|bm\d{8})$/i;
const FINDING_ID = /^#?(\d{1,9})$/;
const WORDS_MAX = 300;

/**
 * What a person may write for a row of a bulletin: a finding's number (`17`, `#17`), a site code, `平台:账号ID` (either
 * colon), or an account id or name that means one subject only. Throws {@link UserError} `evidence.row`.
 */
export function parseRow(text: string): RowReference {
  const words = text.trim();
  const finding = FINDING_ID.exec(words);
  if (finding) return { by: 'finding', id: Number(finding[1]) };
  if (SITE_CODE.test(words)) return { by: 'site', siteCode: words.toLowerCase() };
  const colon = /[:：]/.exec(words);
  const [platform, accountId] = colon
    ? [words.slice(0, colon.index).trim(), words.slice(colon.index + 1).trim()]
    : ['', ''];
  if (words.length > 0 && words.length <= WORDS_MAX && !/^\d+$/.test(words)) {
    if (!colon) return { by: 'words', words };
    if (platform !== '' && accountId !== '') return { by: 'account', platform, accountId };
  }
  throw new UserError(
    'evidence.row',
    `“${words.slice(0, 60)}”认不出是哪一行：请写问题编号（如 17）、网站标识码，或“平台:账号ID”。`,
    { field: 'row' },
  );
}

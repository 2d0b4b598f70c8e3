import { titleLines } from '../../documents/gb9704.ts';
import type { AnnexTable, OfficialDocument } from '../../documents/official-document.ts';
import { chineseDate } from '../../lib/pure/dates.ts';
import { wordsOf } from '../../notify/index.ts';
import type { Letter, ShownFinding } from './letter.ts';
import { CONTEST_LETTER, contestLetterValues } from './letter-words.ts';

/** The letter in the form of an official document (GB/T 9704), with the table of its findings and where their evidence is. */
export function letterDocument(
  letter: Letter,
  findings: readonly ShownFinding[],
  /** Address of the console, so that a printed letter leads to the evidence; null = only its path. */
  origin: string | null,
): OfficialDocument {
  const { title, paragraphs } =
    letter.words ?? wordsOf(CONTEST_LETTER, contestLetterValues(letter));
  return {
    ...{ draftNotice: null, issuer: letter.issuer, documentNumber: letter.number },
    ...{ title, titleLines: titleLines(title), recipients: `${letter.unitName}：` },
    blocks: paragraphs.map(({ lead, text }) => ({ kind: 'body', lead, text })),
    signedOn: chineseDate(letter.shownOn),
    annexes: [table(findings, origin)],
  };
}

function table(findings: readonly ShownFinding[], origin: string | null): AnnexTable {
  return {
    title: '待核对的问题清单',
    columns: [
      { head: '序号', width: 6, isCount: true },
      { head: '网站或账号', width: 20 },
      { head: '问题', width: 16 },
      { head: '依据', width: 18 },
      { head: '看到的位置和内容', width: 24 },
      { head: '证据', width: 16 },
    ],
    rows: findings.map((each, at) => [
      String(at + 1),
      `${each.name}\n（${each.identity === '' ? each.place : each.identity}）`,
      ...[each.label, each.clause],
      [each.locator, each.excerpt].filter((text) => text !== '').join('\n'),
      `问题 ${each.findingId}\n${origin ?? ''}${evidencePath(each)}`,
    ]),
    ...{ hasTotal: false, note: '' },
  };
}

export const evidencePath = ({ findingId }: Pick<ShownFinding, 'findingId'>): string =>
  `/findings/${findingId}`;

import { titleLines } from '../../documents/gb9704.ts';
import type { AnnexTable, OfficialDocument } from '../../documents/official-document.ts';
import { chineseDate } from '../../lib/pure/dates.ts';
import type { Letter, ShownFinding } from './letter.ts';

/** Where an objection is lodged, and evidence is looked at. */
const WHERE = '登录巡鉴平台，在“问题”中打开';

/** The letter in the form of an official document (GB/T 9704), with the table of its findings and where their evidence is. */
export function letterDocument(
  letter: Letter,
  findings: readonly ShownFinding[],
  /** Address of the console, so that a printed letter leads to the evidence; null = only its path. */
  origin: string | null,
): OfficialDocument {
  const title = `关于${letter.label}政府网站与政务新媒体检查发现问题征求意见的函`;
  const deadline = `${chineseDate(letter.deadlineOn)}${letter.provisional ? '（暂定，以当年公布的节假日安排为准）' : ''}`;
  const body = (lead: string, text: string): OfficialDocument['blocks'][number] => ({
    ...{ kind: 'body', lead, text },
  });
  return {
    ...{ draftNotice: null, issuer: letter.issuer, documentNumber: letter.number },
    ...{ title, titleLines: titleLines(title), recipients: `${letter.unitName}：` },
    blocks: [
      body(
        '',
        `在${letter.label}检查中，初步发现你单位的网站和政务新媒体有${findings.length}件问题（清单附后）。结果公布以前，请核对：`,
      ),
      body('一、核对证据。', `清单列出了每件问题的位置和摘录；${WHERE}相应编号，可看存档的原文。`),
      body(
        '二、提出异议。',
        `对其中任何一件有异议的，请在${deadline}以前${WHERE}相应编号，写明事实和理由提出申辩，可以附佐证材料。`,
      ),
      body(
        '三、期满以后。',
        '到期没有提出的，按无异议办理；此后、公布以前提出的，注明逾期，照样答复。',
      ),
    ],
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

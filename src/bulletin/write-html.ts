import { chineseDate, isCalendarDate } from '../lib/pure/dates.ts';
import { type AnnexTable, annexTables } from './annex-tables.ts';
import type { Bulletin } from './bulletin.ts';

const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { font-family: "仿宋_GB2312","FangSong","STFangsong","AR PL SungtiL GB","Noto Serif CJK SC",serif; font-size: 16pt; line-height: 28.95pt; margin: 0; text-align: justify; }
.head { color: #f00; text-align: center; font: 700 30pt/44pt "方正小标宋简体","Noto Serif CJK SC",serif; margin: 6pt 0 10pt; }
.number { text-align: center; border-bottom: 1.5pt solid #f00; padding-bottom: 6pt; margin-bottom: 29pt; }
h1 { text-align: center; font: 700 22pt/34pt "方正小标宋简体","Noto Serif CJK SC",serif; margin: 0 0 29pt; }
p { margin: 0; text-indent: 2em; } p.flush { text-indent: 0; } p.sign { text-align: right; padding-right: 2em; text-indent: 0; }
.level1 { font-family: "黑体","SimHei","Noto Sans CJK SC",sans-serif; } .level2 { font-family: "楷体_GB2312","KaiTi","LXGW WenKai","Noto Serif CJK SC",serif; }
.draft { color: #f00; text-align: center; text-indent: 0; border: 1pt solid #f00; margin-bottom: 8pt; }
.annex { break-before: page; } .annex h2 { text-align: center; font: 700 20pt/32pt "方正小标宋简体","Noto Serif CJK SC",serif; margin: 14pt 0; }
table { border-collapse: collapse; width: 100%; font-size: 11pt; line-height: 16pt; } thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: 0.75pt solid #000; padding: 3pt 4pt; text-align: center; vertical-align: middle; overflow-wrap: anywhere; }
th { font-family: "黑体","Noto Sans CJK SC",sans-serif; font-weight: 400; } .note { font-size: 11pt; text-indent: 0; }
`;

/** The bulletin as one self-contained page for printing. Names come from registers and pages: everything is escaped. */
export function writeHtml(bulletin: Bulletin): string {
  const issued = isCalendarDate(bulletin.issuedOn)
    ? chineseDate(bulletin.issuedOn)
    : bulletin.issuedOn;
  const parts = [
    bulletin.isDraft ? '<p class="draft">草案：未经两人审核或为补采批次，不能签发</p>' : '',
    `<div class="head">${escapeHtml(bulletin.issuer)}</div><div class="number">${escapeHtml(bulletin.documentNumber)}</div>`,
    `<h1>${escapeHtml(bulletin.title).replace(/(全省|全市|全州|全县)/, '<br>$1')}</h1><p class="flush">${escapeHtml(bulletin.text.recipients)}</p>`,
    ...bulletin.text.paragraphs.map((paragraph) =>
      paragraph.style === 'heading1'
        ? `<p class="level1">${escapeHtml(paragraph.text)}</p>`
        : `<p>${themed(paragraph.text)}</p>`,
    ),
    '<br>',
    ...bulletin.text.annexTitles.map(
      (title, index) =>
        `<p>${index === 0 ? '附件：' : '　　　'}${index + 1}.${escapeHtml(title)}</p>`,
    ),
    `<br><p class="sign">${escapeHtml(bulletin.issuer)}</p><p class="sign">${escapeHtml(issued)}　</p>`,
    ...annexTables(bulletin).map((annex, index) => annexHtml(annex, index)),
  ];
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(bulletin.title)}</title><style>${STYLE}</style></head><body>${parts.join('\n')}</body></html>`;
}

function themed(text: string): string {
  const match = /^(（[一二三四五六]）[^。]*。)(.*)$/s.exec(text);
  return match
    ? `<span class="level2">${escapeHtml(match[1]!)}</span>${escapeHtml(match[2]!)}`
    : escapeHtml(text);
}

function annexHtml(annex: AnnexTable, index: number): string {
  const grouped = annex.columns.some((column) => column.group !== undefined);
  const first = annex.columns.map((column, at) => {
    if (column.group === undefined)
      return `<th${grouped ? ' rowspan="2"' : ''}>${escapeHtml(column.head)}</th>`;
    const span = annex.columns.filter((each) => each.group === column.group).length;
    return annex.columns[at - 1]?.group === column.group
      ? ''
      : `<th colspan="${span}">${escapeHtml(column.group)}</th>`;
  });
  const second = grouped
    ? `<tr>${annex.columns.map((column) => (column.group === undefined ? '' : `<th>${escapeHtml(column.head)}</th>`)).join('')}</tr>`
    : '';
  const rows = annex.rows.map((cells, at) => {
    const isTotal = annex.hasTotal && at === annex.rows.length - 1;
    const printed = isTotal
      ? [`<td colspan="2">${escapeHtml(cells[1]!)}</td>`, ...cells.slice(2).map(td)]
      : cells.map(td);
    return `<tr>${printed.join('')}</tr>`;
  });
  const widths = annex.columns.map((column) => `<col style="width:${column.width}em">`).join('');
  return `<section class="annex"><p class="flush level1">附件${index + 1}</p><h2>${escapeHtml(annex.title)}</h2><table><colgroup>${widths}</colgroup><thead><tr>${first.join('')}</tr>${second}</thead><tbody>${rows.join('')}</tbody></table>${annex.note === '' ? '' : `<p class="note">${escapeHtml(annex.note)}</p>`}</section>`;
}

const td = (text: string): string => `<td>${escapeHtml(text).replaceAll('\n', '<br>')}</td>`;

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

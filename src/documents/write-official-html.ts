import { escapeHtml } from '../lib/pure/html-text.ts';
import {
  CHARACTER_POINTS,
  HEAD_DROP_MM,
  headPoints,
  LINE_POINTS,
  PAGE_MM,
  POINTS,
  signatureIndents,
  TYPE_AREA_MM,
  tablePoints,
} from './gb9704.ts';
import {
  type AnnexTable,
  bodyRows,
  type HeadCell,
  headRows,
  type OfficialBlock,
  type OfficialDocument,
  printable,
} from './official-document.ts';

/** The standard's font first, then what Windows, macOS and Linux have that comes nearest (there is no free simplified 仿宋). */
const FAMILIES = {
  body: '"仿宋_GB2312","FangSong","STFangsong","AR PL SungtiL GB","Noto Serif CJK SC","Source Han Serif SC",serif',
  title:
    '"方正小标宋简体","FZXiaoBiaoSong-B05S","STZhongsong","Noto Serif CJK SC","Source Han Serif SC",serif',
  level1: '"黑体","SimHei","STHeiti","Noto Sans CJK SC","Source Han Sans SC",sans-serif',
  level2:
    '"楷体_GB2312","KaiTi","STKaiti","LXGW WenKai","AR PL KaitiM GB","Noto Serif CJK SC",serif',
  page: '"宋体","SimSun","STSong","Noto Serif CJK SC",serif',
} as const;

const { top, right, bottom, left } = PAGE_MM;
const PAGE_NUMBER = `content: "— " counter(page) " —"; font: ${POINTS.page}pt ${FAMILIES.page}; vertical-align: top; padding-top: 5mm;`;
/** Two characters of the body. */
const INDENT = 2 * CHARACTER_POINTS;
const STYLE = `
@page { size: A4; margin: ${top}mm ${right}mm ${bottom}mm ${left}mm; }
@page :right { @bottom-right { ${PAGE_NUMBER} padding-right: 1em; } }
@page :left { @bottom-left { ${PAGE_NUMBER} padding-left: 1em; } }
body { font: ${POINTS.body}pt/${LINE_POINTS}pt ${FAMILIES.body}; margin: 0; text-align: justify; line-break: strict; }
p, .level1 { letter-spacing: ${(CHARACTER_POINTS - POINTS.body).toFixed(2)}pt; }
p { margin: 0; text-indent: ${INDENT}pt; orphans: 2; widows: 2; }
.head { color: #f00; text-align: center; letter-spacing: normal; text-indent: 0; font-family: ${FAMILIES.title}; font-weight: 700; line-height: 1; padding-top: ${HEAD_DROP_MM}mm; }
.number { text-align: center; text-indent: 0; border-bottom: 1.5pt solid #f00; padding: ${2 * LINE_POINTS}pt 0 4mm; margin-bottom: ${2 * LINE_POINTS}pt; }
h1, .annex h2 { text-align: center; font: 700 ${POINTS.title}pt/36pt ${FAMILIES.title}; margin: 0; }
h1 { margin-bottom: ${LINE_POINTS}pt; } .annex h2 { margin: ${LINE_POINTS}pt 0 8pt; }
p.flush { text-indent: 0; }
.level1 { font: 400 ${POINTS.body}pt/${LINE_POINTS}pt ${FAMILIES.level1}; break-after: avoid; margin: 0; text-indent: ${INDENT}pt; } .level2 { font-family: ${FAMILIES.level2}; }
.end { break-inside: avoid; }
.list { text-indent: 0; padding-left: 5em; } .list.first { text-indent: -3em; margin-top: ${LINE_POINTS}pt; }
.sign { text-align: right; text-indent: 0; } .sign.by { margin-top: ${2 * LINE_POINTS}pt; }
.annex { break-before: page; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; line-height: 17pt; }
thead { display: table-header-group; } tr { break-inside: avoid; height: 24pt; }
th, td { border: 0.5pt solid #000; padding: 1.5pt 2pt; text-align: center; vertical-align: middle; overflow-wrap: anywhere; }
table.short td, table.short th { text-wrap: balance; }
th { font-family: ${FAMILIES.level1}; font-weight: 400; }
.note { letter-spacing: normal; font-size: ${POINTS.note}pt; text-indent: 0; margin-top: 4pt; }
.watermark { position: fixed; top: 95mm; left: 0; right: 0; text-align: center; text-indent: 0; font: 120pt/1 ${FAMILIES.level1}; color: #f00; opacity: 0.08; transform: rotate(-35deg); }
@media screen {
  body { max-width: ${TYPE_AREA_MM}mm; margin: 0 auto; padding: 12mm 5mm 20mm; color: #111; background: #fff; }
  .head { padding-top: 8mm; overflow-wrap: anywhere; }
  .annex { border-top: 1px dashed #999; margin-top: 12mm; padding-top: 6mm; overflow-x: auto; }
  tr { height: auto; }
}
@media screen and (max-width: 600px) {
  body { font-size: 13pt; line-height: 1.8; } h1, .annex h2 { font-size: 16pt; line-height: 1.5; }
  .head { font-size: 22pt !important; } .level1 { font-size: 13pt; line-height: 1.8; } table { min-width: 150mm; }
  .watermark { font-size: 60pt; }
}
`;

/**
 * The document as one self-contained page, for publication and for printing: no script, no address of anything outside.
 * Names come from registers and pages: everything is escaped.
 */
export function writeOfficialHtml(official: OfficialDocument): string {
  const body = [
    draft(official),
    ...head(official),
    ...official.blocks.map(block),
    closing(official),
    ...official.annexes.map(annexSection),
  ].join('\n');
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(official.title)}</title><style>${STYLE}${draftStyle(official)}</style></head><body><article>${body}</article></body></html>`;
}

function draft({ draftNotice }: OfficialDocument): string {
  return draftNotice === null ? '' : '<div class="watermark">草　案</div>';
}

/** The notice stands in the upper margin of every page. As a CSS string it can close neither the string nor the style element. */
function draftStyle({ draftNotice }: OfficialDocument): string {
  if (draftNotice === null) return '';
  const quoted = printable(draftNotice)
    .replaceAll('\n', ' ')
    .replace(/["\\<>&]/g, (character) => `\\${character.codePointAt(0)?.toString(16)} `);
  return `@page { @top-center { content: "${quoted}"; color: #f00; font: ${POINTS.draft}pt ${FAMILIES.level1}; } }`;
}

function head({ issuer, documentNumber, titleLines, recipients }: OfficialDocument): string[] {
  return [
    `<p class="head" style="font-size:${headPoints(issuer)}pt">${safe(issuer)}</p>`,
    `<p class="number">${safe(documentNumber)}</p>`,
    `<h1>${titleLines.map(safe).join('<br>')}</h1>`,
    `<p class="flush">${safe(recipients)}</p>`,
  ];
}

function block({ kind, lead, text }: OfficialBlock): string {
  if (kind === 'heading') return `<h2 class="level1">${safe(text)}</h2>`;
  const leading = lead === '' ? '' : `<span class="level2">${safe(lead)}</span>`;
  return `<p>${leading}${safe(text)}</p>`;
}

function closing({ annexes, issuer, signedOn }: OfficialDocument): string {
  const indents = signatureIndents(issuer, signedOn);
  const list = annexes.map(
    (annex, index) =>
      `<p class="list${index === 0 ? ' first' : ''}">${index === 0 ? '附件：' : ''}${index + 1}.${safe(annex.title)}</p>`,
  );
  const signed = `<p class="sign by" style="padding-right:${indents.issuer}em">${safe(issuer)}</p><p class="sign" style="padding-right:${indents.date}em">${safe(signedOn)}</p>`;
  // The signature never stands alone on a page: the last annex goes with it.
  return `${list.slice(0, -1).join('')}<div class="end">${list.slice(-1).join('')}${signed}</div>`;
}

/** Balancing the lines of a cell is a third of the time that a browser takes to print thousands of rows. */
const LONG_ROWS = 500;
const isLong = ({ rows }: AnnexTable): boolean => rows.length > LONG_ROWS;

/** Whether printing it takes a browser so long that what only helps the reader's eye or ear is left out. */
export const isLongDocument = ({ annexes }: OfficialDocument): boolean => annexes.some(isLong);

function annexSection(annex: AnnexTable, index: number): string {
  const total = annex.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = annex.columns.map(
    (column) => `<col style="width:${((column.width / total) * 100).toFixed(2)}%">`,
  );
  const rows = (of: HeadCell[][], tag: 'th' | 'td'): string =>
    of.map((cells) => `<tr>${cells.map((each) => cell(each, tag)).join('')}</tr>`).join('');
  const note = annex.note === '' ? '' : `<p class="note">${safe(annex.note)}</p>`;
  return `<section class="annex"><p class="level1 flush">附件${index + 1}</p><h2>${safe(annex.title)}</h2><table${isLong(annex) ? '' : ' class="short"'} style="font-size:${tablePoints(annex.columns.length)}pt"><colgroup>${widths.join('')}</colgroup><thead>${rows(headRows(annex), 'th')}</thead><tbody>${rows(bodyRows(annex), 'td')}</tbody></table>${note}</section>`;
}

function cell({ text, columnSpan, rowSpan }: HeadCell, tag: 'th' | 'td'): string {
  const spans =
    (columnSpan > 1 ? ` colspan="${columnSpan}"` : '') +
    (rowSpan > 1 ? ` rowspan="${rowSpan}"` : '');
  const scope = tag === 'th' ? ` scope="${columnSpan > 1 ? 'colgroup' : 'col'}"` : '';
  return `<${tag}${scope}${spans}>${safe(text).replaceAll('\n', '<br>')}</${tag}>`;
}

const safe = (text: string): string => escapeHtml(printable(text));

import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  type IParagraphOptions,
  LineRuleType,
  NumberFormat,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import { annexTable } from './docx-table.ts';
import { fillDocxTables } from './fill-docx-tables.ts';
import {
  CHARACTER_POINTS,
  FONTS,
  HEAD_DROP_MM,
  headPoints,
  LINE_POINTS,
  PAGE_MM,
  POINTS,
  signatureIndents,
} from './gb9704.ts';
import {
  type AnnexTable,
  type OfficialBlock,
  type OfficialDocument,
  printable,
} from './official-document.ts';

const TWIPS_PER_MM = 1440 / 25.4;
const LINE_TWIPS = Math.round(LINE_POINTS * 20);
/** One character of the body in twips: indents in characters alone are not drawn by LibreOffice. */
const CHARACTER_TWIPS = CHARACTER_POINTS * 20;
/** Between body characters, so that a line takes 28: a character grid would say the same, but LibreOffice does not keep to it. */
const BODY_SPACING_TWIPS = CHARACTER_TWIPS - POINTS.body * 20;
const RED = 'FF0000';
/** The page number's dash stands 7 mm below the type area (7.5). */
const FOOTER_MM = 22;
const HEADER_MM = 15;

interface RunStyle {
  readonly font?: string;
  readonly points?: number;
  readonly color?: string;
}

/** The document as a .docx in the layout of GB/T 9704. Fonts are named, not embedded. */
export async function writeOfficialDocx(official: OfficialDocument): Promise<Uint8Array> {
  const document = new Document({
    creator: '巡鉴',
    title: official.title,
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(PAGE_MM.width), height: twips(PAGE_MM.height) },
            margin: {
              top: twips(PAGE_MM.top),
              bottom: twips(PAGE_MM.bottom),
              left: twips(PAGE_MM.left),
              right: twips(PAGE_MM.right),
              header: twips(HEADER_MM),
              footer: twips(FOOTER_MM),
            },
            pageNumbers: { start: 1, formatType: NumberFormat.DECIMAL },
          },
        },
        headers: { default: draftHeader(official), even: draftHeader(official) },
        footers: {
          default: pageFooter(AlignmentType.RIGHT),
          even: pageFooter(AlignmentType.LEFT),
        },
        children: [
          ...head(official),
          ...official.blocks.map(block),
          ...closing(official),
          ...official.annexes.flatMap(annexPage),
        ],
      },
    ],
  });
  return fillDocxTables(new Uint8Array(await Packer.toBuffer(document)), official.annexes);
}

function twips(millimetres: number): number {
  return Math.round(millimetres * TWIPS_PER_MM);
}

function run(text: string, style: RunStyle = {}): TextRun {
  const { font = FONTS.body, points = POINTS.body, color } = style;
  return new TextRun({
    text: printable(text),
    size: points * 2,
    ...(points === POINTS.body ? { characterSpacing: BODY_SPACING_TWIPS } : {}),
    font: { ascii: FONTS.latin, hAnsi: FONTS.latin, eastAsia: font },
    ...(color === undefined ? {} : { color }),
  });
}

function line(children: readonly TextRun[], options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.BOTH,
    autoSpaceEastAsianText: false,
    spacing: { line: LINE_TWIPS, lineRule: LineRuleType.EXACT },
    ...options,
    children,
  });
}

const blank = (): Paragraph => line([]);

/** Odd pages right, even pages left, one character in. */
function pageFooter(alignment: typeof AlignmentType.RIGHT | typeof AlignmentType.LEFT): Footer {
  const style = { size: POINTS.page * 2, font: FONTS.page } as const;
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: POINTS.page * 20, right: POINTS.page * 20 },
        children: [
          new TextRun({ ...style, text: '— ' }),
          new TextRun({ ...style, children: [PageNumber.CURRENT] }),
          new TextRun({ ...style, text: ' —' }),
        ],
      }),
    ],
  });
}

function draftHeader({ draftNotice }: OfficialDocument): Header {
  const children =
    draftNotice === null
      ? []
      : [run(draftNotice, { font: FONTS.level1, points: POINTS.draft, color: RED })];
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children })] });
}

function head({ issuer, documentNumber, titleLines, recipients }: OfficialDocument): Paragraph[] {
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      // As high as its characters: what a font adds above them would push the mark down.
      spacing: {
        before: twips(HEAD_DROP_MM),
        line: headPoints(issuer) * 20,
        lineRule: LineRuleType.EXACT,
      },
      children: [run(issuer, { font: FONTS.title, points: headPoints(issuer), color: RED })],
    }),
    blank(),
    blank(),
    line([run(documentNumber)], {
      alignment: AlignmentType.CENTER,
      // 4 mm between number and line (7.2.7); Word takes points.
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 11 } },
    }),
    blank(),
    blank(),
    ...titleLines.map((text) =>
      line([run(text, { font: FONTS.title, points: POINTS.title })], {
        alignment: AlignmentType.CENTER,
        spacing: { line: 36 * 20, lineRule: LineRuleType.EXACT },
      }),
    ),
    blank(),
    line([run(recipients)]),
  ];
}

function block({ kind, lead, text }: OfficialBlock): Paragraph {
  const indent = { firstLine: 2 * CHARACTER_TWIPS };
  if (kind === 'heading')
    return line([run(text, { font: FONTS.level1 })], { indent, keepNext: true });
  const leading = lead === '' ? [] : [run(lead, { font: FONTS.level2 })];
  return line([...leading, run(text)], { indent });
}

/** The list of annexes, then signature and date: these never stand alone on a page, the last annex goes with them. */
function closing({ annexes, issuer, signedOn }: OfficialDocument): Paragraph[] {
  const indents = signatureIndents(issuer, signedOn);
  const list = annexes.map((annex, index) =>
    line([run(`${index === 0 ? '附件：' : ''}${index + 1}.${annex.title}`)], {
      indent: {
        left: 5 * CHARACTER_TWIPS,
        ...(index === 0 ? { hanging: 3 * CHARACTER_TWIPS } : {}),
      },
      keepNext: index === annexes.length - 1,
    }),
  );
  const signed = (text: string, right: number, keepNext: boolean): Paragraph =>
    line([run(text)], {
      alignment: AlignmentType.RIGHT,
      indent: { right: Math.round(right * CHARACTER_TWIPS) },
      keepNext,
    });
  return [
    blank(),
    ...list,
    line([], { keepNext: true }),
    line([], { keepNext: true }),
    signed(issuer, indents.issuer, true),
    signed(signedOn, indents.date, false),
  ];
}

function annexPage(annex: AnnexTable, index: number): (Paragraph | Table)[] {
  return [
    line([run(`附件${index + 1}`, { font: FONTS.level1 })], { pageBreakBefore: true }),
    blank(),
    line([run(annex.title, { font: FONTS.title, points: POINTS.title })], {
      alignment: AlignmentType.CENTER,
      spacing: { line: 36 * 20, lineRule: LineRuleType.EXACT, after: 160 },
    }),
    annexTable(annex, index),
    ...(annex.note === ''
      ? []
      : [line([run(annex.note, { points: POINTS.note })], { spacing: { before: 80 } })]),
  ];
}

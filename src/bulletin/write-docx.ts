import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  LineRuleType,
  NumberFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  VerticalMergeType,
  WidthType,
} from 'docx';
import { chineseDate, isCalendarDate } from '../lib/pure/dates.ts';
import { type AnnexTable, annexTables } from './annex-tables.ts';
import type { Bulletin } from './bulletin.ts';

/** GB/T 9704-2012: A4, 天头37mm、订口28mm、版心156×225mm; 3号=16pt, 2号=22pt; 22 lines a page at 28.95 pt. */
const MM = 56.7;
const PAGE = {
  width: Math.round(210 * MM),
  height: Math.round(297 * MM),
  top: Math.round(37 * MM),
  bottom: Math.round(35 * MM),
  left: Math.round(28 * MM),
  right: Math.round(26 * MM),
} as const;
const LINE = Math.round(28.95 * 20);
const FONTS = {
  body: '仿宋_GB2312',
  title: '方正小标宋简体',
  level1: '黑体',
  level2: '楷体_GB2312',
} as const;
const SIZE = { body: 32, title: 44, small: 24, head: 60, page: 28 } as const;
const RED = 'FF0000';
/** Two characters of 16 pt, in twips: LibreOffice does not draw firstLineChars alone. */
const INDENT = 640;

type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType];

interface LineStyle {
  readonly font?: string;
  readonly size?: number;
  readonly align?: Alignment;
  readonly indent?: number;
  readonly color?: string;
  readonly pageBreakBefore?: boolean;
  readonly bold?: boolean;
}

function line(text: string, style: LineStyle = {}): Paragraph {
  const font = style.font ?? FONTS.body;
  return new Paragraph({
    alignment: style.align ?? AlignmentType.BOTH,
    spacing: { line: LINE, lineRule: LineRuleType.EXACT },
    indent: { firstLine: style.indent ?? 0 },
    pageBreakBefore: style.pageBreakBefore ?? false,
    children: [
      new TextRun({
        text,
        size: style.size ?? SIZE.body,
        bold: style.bold ?? false,
        font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: font },
        ...(style.color ? { color: style.color } : {}),
      }),
    ],
  });
}

/** The bulletin as a .docx in official-document layout. */
export async function writeDocx(bulletin: Bulletin): Promise<Uint8Array> {
  const document = new Document({
    creator: '巡鉴',
    title: bulletin.title,
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: {
              top: PAGE.top,
              bottom: PAGE.bottom,
              left: PAGE.left,
              right: PAGE.right,
              footer: Math.round(28 * MM),
            },
            pageNumbers: { start: 1, formatType: NumberFormat.DECIMAL },
          },
        },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          ...head(bulletin),
          ...text(bulletin),
          ...closing(bulletin),
          ...annexTables(bulletin).flatMap((annex, index) => annexPage(annex, index)),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function pageNumber(): Paragraph {
  const run = {
    size: SIZE.page,
    font: { ascii: '宋体', hAnsi: '宋体', eastAsia: '宋体' },
  } as const;
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new TextRun({ ...run, text: '— ' }),
      new TextRun({ ...run, children: [PageNumber.CURRENT] }),
      new TextRun({ ...run, text: ' —' }),
    ],
  });
}

function head(bulletin: Bulletin): Paragraph[] {
  const draft = bulletin.isDraft
    ? [
        line('（草案：未经两人审核或为补采批次，不能签发）', {
          align: AlignmentType.CENTER,
          font: FONTS.level1,
          color: RED,
        }),
      ]
    : [];
  const title = bulletin.title.replace(/^(关于.*?)(全省|全市|全州|全县)/, '$1\n$2').split('\n');
  return [
    ...draft,
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 300, after: 300 },
      children: [
        new TextRun({
          text: bulletin.issuer,
          size: SIZE.head,
          color: RED,
          font: { ascii: FONTS.title, hAnsi: FONTS.title, eastAsia: FONTS.title },
        }),
      ],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { line: LINE, lineRule: LineRuleType.EXACT, after: 200 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 8 } },
      children: [
        new TextRun({
          text: bulletin.documentNumber,
          size: SIZE.body,
          font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: FONTS.body },
        }),
      ],
    }),
    line(''),
    ...title.map((part) =>
      line(part, { font: FONTS.title, size: SIZE.title, align: AlignmentType.CENTER }),
    ),
    line(''),
    line(bulletin.text.recipients),
  ];
}

function text(bulletin: Bulletin): Paragraph[] {
  return bulletin.text.paragraphs.map((paragraph) => {
    if (paragraph.style === 'heading1')
      return line(paragraph.text, { font: FONTS.level1, indent: INDENT });
    if (paragraph.style === 'heading2')
      return line(paragraph.text, { font: FONTS.level2, indent: INDENT });
    return themed(paragraph.text);
  });
}

/** `（一）个别单位整改落实不到位。` leads its paragraph in 楷体. */
function themed(content: string): Paragraph {
  const match = /^(（[一二三四五六]）[^。]*。)(.*)$/s.exec(content);
  if (!match) return line(content, { indent: INDENT });
  const run = (part: string, font: string): TextRun =>
    new TextRun({
      text: part,
      size: SIZE.body,
      font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: font },
    });
  return new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: { line: LINE, lineRule: LineRuleType.EXACT },
    indent: { firstLine: INDENT },
    children: [run(match[1]!, FONTS.level2), run(match[2]!, FONTS.body)],
  });
}

function closing(bulletin: Bulletin): Paragraph[] {
  const issued = isCalendarDate(bulletin.issuedOn)
    ? chineseDate(bulletin.issuedOn)
    : bulletin.issuedOn;
  return [
    line(''),
    ...bulletin.text.annexTitles.map((title, index) =>
      line(`${index === 0 ? '附件：' : '　　　'}${index + 1}.${title}`, { indent: INDENT }),
    ),
    line(''),
    line(`${bulletin.issuer}　　`, { align: AlignmentType.RIGHT }),
    line(`${issued}　　　　`, { align: AlignmentType.RIGHT }),
  ];
}

function annexPage(annex: AnnexTable, index: number): (Paragraph | Table)[] {
  return [
    line(`附件${index + 1}`, { font: FONTS.level1, pageBreakBefore: true }),
    line(''),
    line(annex.title, { font: FONTS.title, size: SIZE.title, align: AlignmentType.CENTER }),
    line(''),
    annexTable(annex),
    ...(annex.note === '' ? [] : [line(annex.note, { size: SIZE.small })]),
  ];
}

function annexTable(annex: AnnexTable): Table {
  const total = annex.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = annex.columns.map((column) =>
    Math.round((column.width / total) * (PAGE.width - PAGE.left - PAGE.right)),
  );
  const rows = annex.rows.map(
    (cells, index) =>
      new TableRow({
        cantSplit: true,
        children: bodyCells(cells, widths, annex.hasTotal && index === annex.rows.length - 1),
      }),
  );
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: widths,
    rows: [...headRows(annex, widths), ...rows],
  });
}

function headRows(annex: AnnexTable, widths: readonly number[]): TableRow[] {
  const grouped = annex.columns.some((column) => column.group !== undefined);
  const first: TableCell[] = [];
  const second: TableCell[] = [];
  annex.columns.forEach((column, index) => {
    const width = widths[index]!;
    if (column.group === undefined) {
      first.push(
        cell(column.head, width, {
          bold: true,
          ...(grouped ? { verticalMerge: VerticalMergeType.RESTART } : {}),
        }),
      );
      if (grouped) second.push(cell('', width, { verticalMerge: VerticalMergeType.CONTINUE }));
      return;
    }
    const isFirst = annex.columns[index - 1]?.group !== column.group;
    const span = annex.columns.filter((each) => each.group === column.group).length;
    if (isFirst) first.push(cell(column.group, width * span, { bold: true, columnSpan: span }));
    second.push(cell(column.head, width, { bold: true }));
  });
  const rows = [new TableRow({ tableHeader: true, children: first })];
  if (grouped) rows.push(new TableRow({ tableHeader: true, children: second }));
  return rows;
}

function bodyCells(
  cells: readonly string[],
  widths: readonly number[],
  isTotal: boolean,
): TableCell[] {
  if (!isTotal) return cells.map((content, index) => cell(content, widths[index]!));
  return [
    cell(cells[1]!, widths[0]! + widths[1]!, { columnSpan: 2, bold: true }),
    ...cells.slice(2).map((content, index) => cell(content, widths[index + 2]!, { bold: true })),
  ];
}

interface CellStyle {
  readonly bold?: boolean;
  readonly columnSpan?: number;
  readonly verticalMerge?: (typeof VerticalMergeType)[keyof typeof VerticalMergeType];
}

function cell(content: string, width: number, style: CellStyle = {}): TableCell {
  const { bold = false, ...shape } = style;
  return new TableCell({
    ...shape,
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 60, right: 60 },
    children: content.split('\n').map(
      (part) =>
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [
            new TextRun({
              text: part,
              size: SIZE.small,
              bold,
              font: {
                ascii: 'Times New Roman',
                hAnsi: 'Times New Roman',
                eastAsia: bold ? FONTS.level1 : FONTS.body,
              },
            }),
          ],
        }),
    ),
  });
}

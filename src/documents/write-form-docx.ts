import {
  AlignmentType,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  VerticalMergeType,
  WidthType,
} from 'docx';
import { FONTS, PAGE_MM, TYPE_AREA_MM } from './gb9704.ts';
import { printable } from './official-document.ts';

/** A form (报表) to print: sections of names and values under a title. Empty notice = none. */
export interface FormDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly notice: string;
  readonly sections: readonly {
    readonly title: string;
    readonly rows: readonly (readonly [name: string, value: string])[];
  }[];
}

const TWIPS_PER_MM = 1440 / 25.4;
const AREA = Math.round(TYPE_AREA_MM * TWIPS_PER_MM);
/** Section, name, value. */
const WIDTHS = [0.18, 0.42, 0.4].map((share) => Math.round(share * AREA));
const HALF_POINTS = { title: 44, subtitle: 32, cell: 24 };
const CELL_MARGINS = { top: 60, bottom: 60, left: 100, right: 100 };

/** Writes a form as .docx: A4 with the margins of official documents, one table, each section's name beside its rows. */
export async function writeFormDocx(form: FormDocument): Promise<Uint8Array> {
  const page = {
    size: { width: mm(PAGE_MM.width), height: mm(PAGE_MM.height) },
    margin: {
      ...{ top: mm(PAGE_MM.top), bottom: mm(PAGE_MM.bottom) },
      ...{ left: mm(PAGE_MM.left), right: mm(PAGE_MM.right) },
    },
  };
  const document = new Document({
    sections: [{ properties: { page }, children: [...headOf(form), tableOf(form)] }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const mm = (length: number): number => Math.round(length * TWIPS_PER_MM);

function headOf({ title, subtitle, notice }: FormDocument): Paragraph[] {
  const line = (text: string, font: string, size: number): Paragraph =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 120 },
      children: [new TextRun({ text: printable(text), size, font: fontOf(font) })],
    });
  return [
    line(title, FONTS.title, HALF_POINTS.title),
    line(subtitle, FONTS.body, HALF_POINTS.subtitle),
    ...(notice === '' ? [] : [line(notice, FONTS.body, HALF_POINTS.cell)]),
  ];
}

const fontOf = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name });

function tableOf({ sections }: FormDocument): Table {
  return new Table({
    width: { size: AREA, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: WIDTHS,
    rows: sections.flatMap(({ title, rows }) =>
      rows.map(
        ([name, value], at) =>
          new TableRow({
            cantSplit: true,
            children: [
              cell(at === 0 ? title : '', 0, {
                verticalMerge: at === 0 ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE,
              }),
              cell(name, 1),
              cell(value, 2),
            ],
          }),
      ),
    ),
  });
}

function cell(
  text: string,
  column: number,
  merge: {
    readonly verticalMerge?: (typeof VerticalMergeType)[keyof typeof VerticalMergeType];
  } = {},
): TableCell {
  const run = new TextRun({
    text: printable(text),
    size: HALF_POINTS.cell,
    font: fontOf(FONTS.body),
  });
  return new TableCell({
    ...merge,
    width: { size: WIDTHS[column]!, type: WidthType.DXA },
    margins: CELL_MARGINS,
    verticalAlign: VerticalAlign.CENTER,
    children: [new Paragraph({ children: [run] })],
  });
}

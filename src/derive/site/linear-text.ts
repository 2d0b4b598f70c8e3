import type { AnyNode, Element } from 'domhandler';

/** Stands where an inline element begins or ends: `<b>办理地点</b>政务大厅` has no space between its words. */
export const SEAM = '\ue000';

/** One run of text between block boundaries, with what its mark-up says of it. An empty cell gives an empty run. */
export interface TextRun {
  /** Without seams. */
  readonly text: string;
  /** Words between gaps and seams, in order. */
  readonly words: readonly string[];
  /** Innermost block tag (`p`, `td`, `th`, `dt`, `h3` …). */
  readonly tag: string;
  /** A heading, `th`, `dt`, or a block that is wholly bold. */
  readonly heading: boolean;
  /** Holds a picture (a flow chart has no text). */
  readonly image: boolean;
}

const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'select',
  'option',
  'head',
  'title',
  'svg',
  'button',
]);
const HEADINGS = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'th',
  'dt',
  'legend',
  'summary',
  'caption',
]);
const BOLD = new Set(['b', 'strong']);
/** Runs of one page; a guide has a few hundred. */
const MAX_RUNS = 5000;

/** Cells that mean something when they are empty. */
const CELLS = new Set(['td', 'dd']);

interface OpenRun {
  text: string;
  cell: boolean;
  boldLength: number;
  image: boolean;
  tag: string;
  heading: boolean;
}

/** Text of `root` as runs in reading order, split at blocks and line breaks; elements in `skip` are left out. */
export function linearText(root: AnyNode, skip: ReadonlySet<AnyNode>): readonly TextRun[] {
  const runs: TextRun[] = [];
  let open: OpenRun | null = null;
  const close = (): void => {
    if (open) pushRun(runs, open);
    open = null;
  };
  const run = (tag: string, heading: boolean): OpenRun => {
    open ??= { text: '', cell: false, boldLength: 0, image: false, tag, heading };
    return open;
  };
  const visit = (
    node: AnyNode,
    tag: string,
    heading: boolean,
    bold: boolean,
    depth: number,
  ): void => {
    if (skip.has(node) || depth > 300) return;
    if (node.type === 'text') {
      const current = run(tag, heading);
      current.text += node.data;
      if (bold) current.boldLength += node.data.replace(/\s+/gu, '').length;
      return;
    }
    if (!('children' in node)) return;
    const name = 'name' in node ? node.name : '';
    if (SILENT.has(name)) return;
    if (name === 'br') {
      close();
      return;
    }
    if (name === 'img') {
      run(tag, heading).image = true;
      return;
    }
    const block = BLOCKS.has(name);
    if (block) close();
    else if (name !== '') run(tag, heading).text += SEAM;
    if (CELLS.has(name)) run(name, name === 'th').cell = true;
    const inner = block ? name : tag;
    const isHeading = block ? HEADINGS.has(name) : heading;
    for (const child of node.children) {
      visit(child, inner, isHeading, bold || BOLD.has(name), depth + 1);
    }
    if (block) close();
    else if (name !== '') run(tag, heading).text += SEAM;
  };
  visit(root, 'body', false, false, 0);
  close();
  return runs;
}

function pushRun(runs: TextRun[], open: OpenRun): void {
  const words = open.text.split(/[\s\u3000\u00a0\ue000]+/u).filter((word) => word !== '');
  const text = open.text
    .replaceAll(SEAM, '')
    .replace(/[\s\u3000\u00a0]+/gu, ' ')
    .trim();
  if ((text === '' && !open.image && !open.cell) || runs.length >= MAX_RUNS) return;
  const bold = open.boldLength > 0 && open.boldLength >= text.replaceAll(' ', '').length;
  runs.push({ text, words, tag: open.tag, heading: open.heading || bold, image: open.image });
}

export function isElement(node: AnyNode): node is Element {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

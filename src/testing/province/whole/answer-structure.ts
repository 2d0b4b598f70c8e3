import iconv from 'iconv-lite';
import { drawFrom } from '../sites/draw.ts';
import type { ListItem } from '../sites/list-items.ts';
import { listOf, type SiteModel } from '../sites/site-model.ts';
import type { SiteRequest, SiteResponse } from '../sites/site-plan.ts';
import { escapeHtml } from '../sites/words.ts';
import { writePage } from '../sites/write-page.ts';
import { type PlannedForm, structureOf } from './plan-structure.ts';
import { NOTHING_FOUND } from './structure-words.ts';

const GB = ['gbk', 'gbkHeader', 'gbkSaysUtf8', 'gbkBare'];
const RESULTS_MAX = 10;

/** What the structure of a whole site answers: its search as a page, its forms as files. Null = neither. */
export function answerStructure(
  model: SiteModel,
  { path, method }: SiteRequest,
): SiteResponse | { readonly text: string } | null {
  const structure = structureOf(model);
  if (!structure || method === 'POST') return null;
  if (path.startsWith('/search?')) {
    if (structure.search === 'broken') return plain(500, 'text/html', '<h1>HTTP Status 500</h1>');
    return { text: writeResults(model, soughtIn(model, path), structure.search === 'works') };
  }
  const form = structure.forms.flat().find((each) => each.path === path);
  return form ? answerForm(form) : null;
}

/** The words of a query, in the charset in which the site's own pages send them. */
function soughtIn(model: SiteModel, path: string): string {
  const raw = /[?&]q=([^&]*)/.exec(path)?.[1] ?? '';
  const bytes = Buffer.from(
    raw
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    'latin1',
  );
  return iconv.decode(bytes, GB.includes(model.traits.charset) ? 'gb18030' : 'utf-8').trim();
}

function writeResults(model: SiteModel, sought: string, works: boolean): string {
  const draw = drawFrom(model.plan.seed, 'whole/search');
  const found = works
    ? model.sections
        .flatMap((section): readonly ListItem[] => listOf(model, section))
        .filter(({ title, href }) => href === null && title.includes(sought))
        .slice(0, RESULTS_MAX)
    : [];
  const said = escapeHtml(sought);
  const nothing = draw.pick(NOTHING_FOUND).replace('{q}', said);
  const rows = found.map(
    ({ title, path, date }) =>
      `<li><a href="${model.origin}${path}">${escapeHtml(title).replace(said, `<em>${said}</em>`)}</a><span>${date}</span></li>`,
  );
  const list =
    rows.length === 0
      ? `<div class="none">${nothing}</div>`
      : `<p>搜索“${said}”，共 ${rows.length} 条结果</p><ul class="result">${rows.join('\n')}</ul>`;
  return writePage(model, { title: `站内搜索-${model.plan.name}` }, `<div class="w">${list}</div>`);
}

function plain(status: number, type: string, body: string | Buffer): SiteResponse {
  const bytes = Buffer.from(body);
  const headers = { 'content-type': type, 'content-length': String(bytes.length) };
  return { status, headers, body: bytes, chunked: false };
}

const HEADS: Readonly<Record<string, string>> = {
  doc: 'd0cf11e0a1b11ae1',
  xls: 'd0cf11e0a1b11ae1',
  wps: 'd0cf11e0a1b11ae1',
  docx: '504b030414000600',
  pdf: '255044462d312e34',
};
const WORD_PAGE =
  '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"></head><body><p>申请人</p></body></html>';

function answerForm({ path, state }: PlannedForm): SiteResponse {
  const ending = path.split('.').at(-1)!;
  const type = ending === 'pdf' ? 'application/pdf' : 'application/octet-stream';
  switch (state) {
    case 'gone':
      return plain(404, 'text/html', '<h1>404 Not Found</h1>');
    case 'emptyFile':
      return plain(200, type, '');
    case 'errorPage':
      return plain(200, 'text/html', '<html><body>对不起，您访问的文件不存在</body></html>');
    case 'wordPage':
      return plain(200, 'application/msword', WORD_PAGE);
    default:
      return plain(
        200,
        type,
        Buffer.concat([Buffer.from(HEADS[ending]!, 'hex'), Buffer.alloc(600)]),
      );
  }
}

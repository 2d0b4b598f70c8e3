import { writeSitemap } from '../whole/write-sitemap.ts';
import { writeFiguresPage, writeLeaderPage, writeLeadersPage } from '../whole/write-structure.ts';
import { ARTICLES_PER_SECTION, articleId, pagePath } from './address.ts';
import type { TextKind } from './encode-answer.ts';
import type { Section } from './section.ts';
import { listOf, type SiteModel } from './site-model.ts';
import { writeFooterScript } from './write-footer.ts';
import { INNER_HOME, writeFrontPage, writeInnerHome, writeTopFrame } from './write-home.ts';
import {
  writeBoardPage,
  writeMailPage,
  writeMeetingPage,
  writeMessagePage,
  writePetitionPage,
  writeThanks,
} from './write-interaction.ts';
import {
  framePath,
  LIST_UNIT_BASE,
  PAGE_SIZE,
  recordsPath,
  writeEmptyPage,
  writeFramePage,
  writeHubPage,
  writeListPage,
  writeNextRecords,
  writeQueryPage,
  writeRecordsFile,
} from './write-lists.ts';
import { writeBare, writePage } from './write-page.ts';
import { writeGuidePage, writeGuidesPage } from './write-services.ts';
import { writeArticle, writeNote, writeSinglePage } from './write-texts.ts';

/** A page before it is encoded. */
export interface PageText {
  readonly text: string;
  readonly kind: TextKind;
}

/** How many list pages a path is tried against: no list of an ordinary site is longer. */
const MAX_LIST_PAGES = 4;

const listPages = (section: Section): number =>
  Math.max(MAX_LIST_PAGES, Math.ceil(section.count / PAGE_SIZE));

const html = (text: string | null): PageText | null =>
  text === null ? null : { text, kind: 'html' };

function writeSection(model: SiteModel, section: Section): string | null {
  switch (section.mode) {
    case 'list':
      return writeListPage(model, section, 1);
    case 'empty':
      return writeEmptyPage(model, section);
    case 'hub':
      return writeHubPage(model, section);
    case 'single':
      return writeSinglePage(model, section);
    case 'query':
      return writeQueryPage(model, section);
    case 'mail':
      return writeMailPage(model, section);
    case 'board':
      return writeBoardPage(model, section);
    case 'petition':
      return writePetitionPage(model, section);
    case 'meeting':
      return writeMeetingPage(model, section);
    case 'guides':
      return writeGuidesPage(model, section);
    case 'leaders':
      return writeLeadersPage(model, section);
    case 'figures':
      return writeFiguresPage(model, section);
    case 'gone':
      return null;
  }
}

function routeArticle(model: SiteModel, path: string): PageText | null {
  const id = articleId(model.traits.system, path);
  if (id === null || id < 0) return null;
  const section = model.sections[Math.floor(id / ARTICLES_PER_SECTION)];
  const item = section && listOf(model, section)[id % ARTICLES_PER_SECTION];
  return section && item?.path === path ? html(writeArticle(model, section, item)) : null;
}

/** Later list pages, frames, data files, guides and messages: whatever hangs below one section. */
function routeBelow(model: SiteModel, section: Section, path: string): PageText | null {
  if (section.mode === 'list') {
    for (let number = 2; number <= listPages(section); number += 1) {
      if (pagePath(model.traits.system, section, number) === path) {
        return html(writeListPage(model, section, number));
      }
    }
    if (section.form === 'frame' && framePath(section) === path) {
      return html(writeFramePage(model, section));
    }
    if (section.form === 'source' && recordsPath(section) === path) {
      return { text: writeRecordsFile(model, section), kind: 'json' };
    }
    return null;
  }
  if (!path.startsWith(section.folder)) return null;
  const rest = path.slice(section.folder.length);
  const guide = /^bszn_(\d{1,2})\.html$/.exec(rest);
  if (section.mode === 'guides' && guide) {
    return html(writeGuidePage(model, section, Number(guide[1]) - 1));
  }
  const leader = /^ld_(\d)\.html$/.exec(rest);
  if (section.mode === 'leaders' && leader) {
    return html(writeLeaderPage(model, section, Number(leader[1]) - 1));
  }
  if (rest === 'submit') return html(writeThanks(model, section));
  const message = /^ly_(\d{1,2})\.html$/.exec(rest);
  if (section.mode === 'board' && message) {
    return html(writeMessagePage(model, section, Number(message[1])));
  }
  return null;
}

/** Where a jpage list asks for its further records; the column is in the query. */
export const NEXT_RECORDS = '/module/web/jpage/dataproxy.jsp';

function routeNextRecords(model: SiteModel, target: string): PageText | null {
  const index = Number(/[?&]columnid=(\d{1,7})/.exec(target)?.[1] ?? 0) - LIST_UNIT_BASE;
  const section = model.sections[index];
  if (section?.mode !== 'list' || model.traits.system !== 'jcms') return null;
  return { text: writeNextRecords(model, section), kind: 'html' };
}

function routeFixed(model: SiteModel, path: string): PageText | null {
  if (path === '/') return html(writeFrontPage(model));
  if (path === INNER_HOME) return html(writeInnerHome(model));
  if (path.startsWith(NEXT_RECORDS)) return routeNextRecords(model, path);
  if (path === '/top.html') return html(writeTopFrame(model));
  if (path === '/assets/js/footer.js') return { text: writeFooterScript(model), kind: 'script' };
  if (path === '/search') {
    return html(writePage(model, { title: '站内搜索' }, '<div class="w">共查询出 0 条</div>'));
  }
  if (path.endsWith('.js')) return { text: '/* */', kind: 'script' };
  if (path.endsWith('.css')) return { text: 'body{margin:0}', kind: 'css' };
  if (path === '/sitemap.xml') {
    const text = writeSitemap(model);
    return text === null ? null : { text, kind: 'xml' };
  }
  if (path === '/robots.txt') return { text: 'User-agent: *\nAllow: /\n', kind: 'plain' };
  return html(writeNote(model, path));
}

/** The page at `path` (without query), or null when the site has none there. */
export function routePage(model: SiteModel, path: string): PageText | null {
  const fixed = routeFixed(model, path);
  if (fixed) return fixed;
  const plain = path.endsWith('/index.html') ? path.slice(0, -'index.html'.length) : path;
  const own = model.sections.find((section) => section.path === path || section.path === plain);
  if (own) return html(writeSection(model, own));
  for (const section of model.sections) {
    const below = routeBelow(model, section, path);
    if (below) return below;
  }
  return routeArticle(model, path);
}

/** What the site says of an address that it does not know. */
export function writeMissing(model: SiteModel): string {
  const body =
    '<body><h1>404</h1><p>您访问的页面不存在或已被删除。</p><p><a href="/">返回首页</a></p></body>';
  return writeBare(model, { title: '页面不存在' }, '', body);
}

/** A page that only links lead to. */
export function writeExplanation(model: SiteModel): string {
  const { name, sponsor } = model.plan;
  const body = `<div class="w"><h1>有关情况说明</h1><p>${sponsor}就有关事项说明如下：办理时间、办理地点和所需材料以窗口公布的为准，如有变化另行通知。</p></div>`;
  return writePage(model, { title: `有关情况说明-${name}` }, body);
}

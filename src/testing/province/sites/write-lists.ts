import { pagePath } from './address.ts';
import { type ListSetting, writeList, writeRecords } from './list-forms.ts';
import type { ListItem } from './list-items.ts';
import type { EmptyForm, Section } from './section.ts';
import { childrenOf, listOf, type SiteModel } from './site-model.ts';
import type { ListForm } from './traits.ts';
import { writeBare, writeSectionPage } from './write-page.ts';

export const PAGE_SIZE = 15;

/** Lists are numbered on from here in scripts. */
export const LIST_UNIT_BASE = 227_800;

const SCRIPTED: readonly ListForm[] = ['island', 'array', 'json', 'jsonMillis', 'source', 'frame'];

/** The file beside a list that holds its records or its frame. */
export const recordsPath = (section: Section): string =>
  `${section.folder}ds_8f${section.index}.json`;
export const framePath = (section: Section): string =>
  `${section.folder}list_${section.index}.html`;

function settingOf(model: SiteModel, section: Section, form: ListForm, own = true): ListSetting {
  const relative = own && model.traits.system === 'trs' && model.origin === '';
  return {
    form,
    base: relative ? section.folder : null,
    dateForm: model.traits.dateForm,
    origin: model.origin,
    org: model.plan.sponsor,
    total: section.count,
    unit: LIST_UNIT_BASE + section.index,
    elsewhere: form === 'source' ? `8f${section.index}` : framePath(section),
  };
}

/** The first items of a section as a block of another page; several blocks share the page, so no page-wide scripts. */
export function writeBlock(
  model: SiteModel,
  section: Section,
  count: number,
  form?: ListForm,
): string {
  const fixed = model.traits.forms.find((entry) => !SCRIPTED.includes(entry)) ?? 'span';
  const dated = fixed === 'articleOnly' ? 'span' : fixed;
  const chosen = form ?? (section.pace === 'report' ? 'span' : dated);
  return writeList(
    listOf(model, section).slice(0, count),
    settingOf(model, section, chosen, false),
  );
}

function writePager(model: SiteModel, section: Section, pages: number, current: number): string {
  const folder = section.path;
  switch (model.traits.system) {
    case 'trs':
      return `<div class="page"><script>createPageHTML(${pages}, ${current - 1}, "index", "html");</script></div>`;
    case 'array':
    case 'json':
      return `<div class="page"><script>var countnum=${section.count};var countPage=${pages};showPage(countPage,${current});</script></div>`;
    default: {
      const numbers = Array.from({ length: pages }, (_, at) => at + 1);
      const links = numbers.map((number) =>
        number === current
          ? `<b>${number}</b>`
          : `<a href="${pagePath(model.traits.system, section, number)}">${number}</a>`,
      );
      return `<div class="page" data-base="${folder}">共${section.count}条 ${links.join(' ')}</div>`;
    }
  }
}

/** Page `number` (from 1) of a list section, or null when there is no such page. */
export function writeListPage(model: SiteModel, section: Section, number: number): string | null {
  const items = listOf(model, section);
  const pages = Math.ceil(items.length / PAGE_SIZE);
  if (number > pages) return null;
  const shown = items.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE);
  const list = writeList(shown, settingOf(model, section, section.form));
  return writeSectionPage(model, section, `${list}\n${writePager(model, section, pages, number)}`);
}

const firstPage = (model: SiteModel, section: Section): ListItem[] =>
  listOf(model, section).slice(0, PAGE_SIZE);

/** The data file of a `source` list. */
export const writeRecordsFile = (model: SiteModel, section: Section): string =>
  writeRecords(firstPage(model, section), model.origin, 'text');

/** The inner page of a `frame` list. */
export function writeFramePage(model: SiteModel, section: Section): string {
  const list = writeList(firstPage(model, section), settingOf(model, section, 'span'));
  return writeBare(model, { title: section.name, section }, '', `<body>\n${list}\n</body>`);
}

/** The second page of a jpage list, as its data interface gives it. */
export const writeNextRecords = (model: SiteModel, section: Section): string =>
  writeList(listOf(model, section).slice(PAGE_SIZE), settingOf(model, section, 'island'));

const EMPTY: Readonly<Record<EmptyForm, string>> = {
  bare: '<ul class="list"></ul>',
  none: '<div class="list"><p>暂无内容</p></div>',
  building: '<div class="list">栏目正在建设中……</div>',
  updating: '<ul class="list"><li>信息更新中</li></ul>',
  island: `<div id="227854" class="default_pgContainer"><script type="text/xml"><datastore>
<totalrecord>0</totalrecord><totalpage>0</totalpage><nextgroup></nextgroup><recordset></recordset>
</datastore></script></div>`,
  json: '<div id="list0" class="list"></div>\n<script>window.__DATA__={"code":200,"totalCount":0,"list":[]};</script>',
  paged:
    '<ul class="list"></ul>\n<div class="page"><script>var countnum=0;var countPage=0;showPage(countPage,1);</script></div>',
};

/** A section that has its place, and nothing in it. */
export function writeEmptyPage(model: SiteModel, section: Section): string {
  return writeSectionPage(model, section, EMPTY[section.empty]);
}

/** The entry page of a group: the newest items of its lists, one block each. */
export function writeHubPage(model: SiteModel, section: Section): string {
  const lists = childrenOf(model, section).filter((child) => child.mode === 'list');
  const blocks = lists
    .slice(0, 6)
    .map(
      (child) =>
        `<div class="block"><h3><a href="${child.path}">${child.name}</a> <a class="more" href="${child.path}">更多&gt;&gt;</a></h3>\n${writeBlock(model, child, 5)}</div>`,
    );
  return writeSectionPage(model, section, blocks.join('\n'));
}

/** A search page that was asked nothing: its empty answer is no neglect. */
export function writeQueryPage(model: SiteModel, section: Section): string {
  const content = `<form action="${section.path}" method="get" class="query">
标题：<input name="title"> 文号：<input name="number"> 发布机构：<input name="org"><button>检索</button></form>
<div class="result">共查询出 0 条</div>`;
  return writeSectionPage(model, section, content);
}

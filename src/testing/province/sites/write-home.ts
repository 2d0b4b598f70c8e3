import type { Section } from './section.ts';
import { childrenOf, listOf, type SiteModel, topSections } from './site-model.ts';
import type { ListForm } from './traits.ts';
import { writeBlock } from './write-lists.ts';
import { writeBare, writePage } from './write-page.ts';

/** Where the real home page is on sites whose `/` only leads there. */
export const INNER_HOME = '/index.html';

const more = (section: Section): string =>
  `<a class="more" href="${section.path}">更多&gt;&gt;</a>`;

const block = (model: SiteModel, section: Section, count: number, form?: ListForm): string =>
  `<div class="block"><h3><a href="${section.path}">${section.name}</a>${more(section)}</h3>\n${writeBlock(model, section, count, form)}</div>`;

/** Lists behind tabs: all but the first are hidden until clicked. */
function writeTabs(model: SiteModel, sections: readonly Section[], count: number): string {
  if (!model.traits.hiddenTabs) {
    return sections.map((section) => block(model, section, count)).join('\n');
  }
  const heads = sections.map(
    (section, at) =>
      `<li${at === 0 ? ' class="on"' : ''}><a href="${section.path}">${section.name}</a></li>`,
  );
  const panels = sections.map(
    (section, at) =>
      `<div class="panel"${at === 0 ? '' : ' style="display:none"'}>\n${writeBlock(model, section, count)}</div>`,
  );
  return `<div class="tabs"><ul class="tabhead">${heads.join('')}</ul>\n${panels.join('\n')}</div>`;
}

function writeSlider(model: SiteModel, section: Section | undefined): string {
  if (!section) return '';
  const slides = listOf(model, section)
    .filter((item) => item.date <= model.plan.monitoredOn && item.href === null)
    .slice(0, 4)
    .map(
      (item, at) =>
        `<li><a href="${model.origin}${item.path}" title="${item.title}"><img src="/assets/images/slide${at}.jpg" alt="${item.title}"></a></li>`,
    );
  return `<div class="slider"><ul>${slides.join('\n')}</ul></div>`;
}

const FRIENDS = [
  ['中国政府网', 'http://www.gov.cn/'],
  ['国家发展改革委', 'https://www.ndrc.gov.cn/'],
  ['人民网', 'http://www.people.com.cn/'],
  ['新华网', 'http://www.xinhuanet.com/'],
] as const;

function writeFriends(): string {
  const options = FRIENDS.map(([name, url]) => `<option value="${url}">${name}</option>`);
  return `<div class="friends"><select onchange="window.open(this.value)"><option>友情链接</option>${options.join('')}</select></div>`;
}

function writePictures(model: SiteModel): string {
  const hub = model.sections.find((section) => section.slug === 'ztzl');
  if (!hub) return '';
  const pictures = childrenOf(model, hub).map(
    (child) =>
      `<a href="${child.path}"><img src="/assets/images/zt_${child.slug}.jpg" alt="${child.name}"></a>`,
  );
  return `<div class="pics"><h3><a href="${hub.path}">${hub.name}</a></h3>${pictures.join('\n')}</div>`;
}

function writeEntries(model: SiteModel): string {
  const groups = topSections(model).filter(
    (section) => section.mode === 'guides' || section.mode === 'meeting',
  );
  return groups
    .map((group) => {
      const links = childrenOf(model, group).map(
        (child) => `<a href="${child.path}">${child.name}</a>`,
      );
      return `<div class="entries"><h3><a href="${group.path}">${group.name}</a></h3>${links.join(' ')}</div>`;
    })
    .join('\n');
}

/** A list form of the publishing system that is written by script: one block of the home page may use it. */
function scriptedForm(model: SiteModel): ListForm | undefined {
  if (model.plan.seed % 3 !== 0) return undefined;
  return model.traits.forms.find(
    (form) => form === 'island' || form === 'array' || form === 'json',
  );
}

/** The home page with its news. */
function writeContent(model: SiteModel): string {
  const shown = model.sections.filter((section) => section.onHome);
  const news = shown.filter((section) => section.pace === 'news');
  const notices = shown.filter((section) => section.pace === 'notice');
  const others = shown.filter((section) => section.pace !== 'news' && section.pace !== 'notice');
  const wide = model.plan.isPortal ? 12 : 9;
  const scripted = scriptedForm(model);
  const [lead, ...rest] = others;
  const body = `<div class="w clearfix">
${writeSlider(model, news[0] ?? notices[0])}
<div class="col">${writeTabs(model, news, wide)}</div>
<div class="col">${notices.map((section) => block(model, section, 8)).join('\n')}</div>
${lead ? block(model, lead, 8, scripted) : ''}
<div class="cols">${rest
    .slice(0, wide - 3)
    .map((section) => block(model, section, 6))
    .join('\n')}</div>
${writeEntries(model)}
${writePictures(model)}
${writeFriends()}
</div>`;
  return writePage(model, { title: model.plan.name }, body);
}

/** A home page that only leads to the sections. */
function writeNavigation(model: SiteModel): string {
  const groups = topSections(model).map((section) => {
    const children = childrenOf(model, section).map(
      (child) => `<a href="${child.path}">${child.name}</a>`,
    );
    return `<div class="entry"><a href="${section.path}"><img src="/assets/images/${section.slug}.png" alt=""><p>${section.name}</p></a><div class="more">${children.join('\n')}</div></div>`;
  });
  const body = `<div class="w clearfix"><div class="banner"><img src="/assets/images/banner.jpg" alt="${model.plan.name}"></div>
${groups.join('\n')}\n${writeFriends()}\n</div>`;
  return writePage(model, { title: model.plan.name }, body);
}

/** The page with the site's own matter: at `/`, or where `/` leads. */
export const writeInnerHome = (model: SiteModel): string =>
  model.traits.home === 'navigation' ? writeNavigation(model) : writeContent(model);

/** What `/` answers; on a `redirect` site it is never asked for. */
export function writeFrontPage(model: SiteModel): string {
  const subject = { title: model.plan.name };
  const fallback = `<p><a href="${INNER_HOME}">进入${model.plan.name}</a></p>`;
  switch (model.traits.home) {
    case 'refresh': {
      const head = `<meta http-equiv="refresh" content="0;url=${INNER_HOME}">`;
      return writeBare(model, subject, head, `<body>${fallback}</body>`);
    }
    case 'location': {
      const head = `<script type="text/javascript">window.location.href='${INNER_HOME}';</script>`;
      return writeBare(
        model,
        subject,
        head,
        `<body>${model.plan.seed % 2 === 0 ? fallback : ''}</body>`,
      );
    }
    case 'frameset': {
      const frames = `<frameset rows="0,*" frameborder="no" border="0"><frame src="/top.html" name="top"><frame src="${INNER_HOME}" name="main"><noframes><body>${fallback}</body></noframes></frameset>`;
      return writeBare(model, subject, '', frames);
    }
    default:
      return writeInnerHome(model);
  }
}

/** The empty upper frame of a frameset home page. */
export const writeTopFrame = (model: SiteModel): string =>
  writeBare(model, { title: model.plan.name }, '', '<body></body>');

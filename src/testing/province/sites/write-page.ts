import type { Section } from './section.ts';
import { childrenOf, type SiteModel, topSections, trailOf } from './site-model.ts';
import { escapeHtml } from './words.ts';
import { writeFooter } from './write-footer.ts';
import { type PageSubject, writeTags } from './write-tags.ts';

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const;

const LATE_SCRIPT = Array.from(
  { length: 40 },
  (_, at) =>
    `function menu${at}(o){var m=document.getElementById("m"+o);if(m){m.style.display="block";}}`,
).join('\n');

/** The declaration of the page's charset, as the site makes it: rightly, wrongly, late or not at all. */
function charsetTag(model: SiteModel): string {
  switch (model.traits.charset) {
    case 'utf8':
    case 'utf8Bom':
    case 'utf8Late':
    case 'gbkSaysUtf8':
      return '<meta charset="utf-8">';
    case 'utf8SaysGb':
      return '<META http-equiv="Content-Type" content="text/html; charset=gb2312">';
    case 'gbk':
      return '<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />';
    case 'gbkHeader':
    case 'gbkBare':
      return '<script type="text/javascript" src="/assets/js/jquery.js" charset="utf-8"></script>';
  }
}

/** A clock in the header: it always says today. */
function writeClock(model: SiteModel): string {
  if (model.traits.clock === 'none') return '';
  if (model.traits.clock === 'script') {
    return `<div id="time"><script>var d=new Date();document.write(d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日");</script></div>`;
  }
  const [year, month, day] = model.plan.monitoredOn.split('-').map(Number);
  const weekday = WEEKDAYS[new Date(`${model.plan.monitoredOn}T00:00:00Z`).getUTCDay()];
  return `<div id="time">${year}年${month}月${day}日 星期${weekday}</div>`;
}

const link = (section: Section): string => `<a href="${section.path}">${section.name}</a>`;

function navEntry(model: SiteModel, section: Section): string {
  if (model.traits.nav === 'image') {
    return `<li><a href="${section.path}"><img src="/assets/images/nav_${section.slug}.png" alt="${section.name}"></a></li>`;
  }
  const children = childrenOf(model, section);
  if (model.traits.nav === 'flat' || children.length === 0) return `<li>${link(section)}</li>`;
  const menu = children.map((child) => `<dd>${link(child)}</dd>`).join('');
  return `<li>${link(section)}<dl class="sub" style="display:none">${menu}</dl></li>`;
}

function writeHeader(model: SiteModel): string {
  const entries = topSections(model).map((section) => navEntry(model, section));
  return `<div class="header"><div class="w">
<a class="logo" href="/"><img src="/assets/images/logo.png" alt="${model.plan.name}"></a>${writeClock(model)}
<form class="search" action="/search" method="get"><input type="text" name="q" placeholder="请输入关键词"><button type="submit">搜索</button></form>
${model.plan.seed % 4 === 0 ? '<div class="hot">热词：暂无</div>' : ''}</div></div>
<div class="nav"><ul class="w clearfix"><li><a href="/">首页</a></li>
${entries.join('\n')}
</ul></div>`;
}

interface Shell {
  readonly header: string;
  readonly footer: string;
}

/** Header and foot are the same on every page of a site. */
const shells = new WeakMap<SiteModel, Shell>();

function shellOf(model: SiteModel): Shell {
  const known = shells.get(model);
  if (known) return known;
  const shell = { header: writeHeader(model), footer: writeFooter(model) };
  shells.set(model, shell);
  return shell;
}

const STYLE = `body{margin:0;font:14px/1.8 "Microsoft YaHei",SimSun;color:#333}.w{width:1200px;margin:0 auto}
.clearfix:after{content:"";display:block;clear:both}.nav{background:#1d5ea8}.nav li{float:left;padding:0 18px}
.nav a{color:#fff}.list li{line-height:34px;border-bottom:1px dashed #ddd}.list span{float:right;color:#999}
.footer{background:#eee;text-align:center;padding:20px 0}.crumb{padding:12px 0;color:#666}.side{float:left;width:220px}
.main{float:right;width:950px}.tab{border-collapse:collapse}.tab td,.tab th{border:1px solid #ddd;padding:6px}`;

const DOCTYPES: Readonly<Record<string, string>> = {
  vsb: '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">',
  aspx: '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n<html>',
};

/** A bare page of the site: head and body only, for frames and jumps. `before` stands ahead of the charset. */
export function writeBare(
  model: SiteModel,
  subject: PageSubject,
  head: string,
  body: string,
  before = '',
): string {
  const opening = DOCTYPES[model.traits.system] ?? '<!DOCTYPE html>\n<html lang="zh-CN">';
  return `${opening}
<head>${before}
${charsetTag(model)}
<title>${escapeHtml(subject.title)}</title>
${writeTags(model, subject)}
${head}
</head>
${body}
</html>`;
}

/** A whole page: head, header, navigation, `body`, footer. */
export function writePage(model: SiteModel, subject: PageSubject, body: string): string {
  const head = `<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/assets/css/base.css">
<style>${STYLE}</style>
<script type="text/javascript" src="/assets/js/jquery.js" charset="gb2312"></script>`;
  const { header, footer } = shellOf(model);
  const inner = `<body>\n${header}\n${body}\n${footer}\n</body>`;
  const late = `\n<script type="text/javascript">\n${LATE_SCRIPT}\n</script>`;
  return writeBare(model, subject, head, inner, model.traits.charset === 'utf8Late' ? late : '');
}

/** The page frame of a section: path, menu of its group, and `content`. */
export function writeSectionPage(model: SiteModel, section: Section, content: string): string {
  const trail = trailOf(model, section);
  const group = trail[0]!;
  const menu = childrenOf(model, group)
    .map((child) => `<li${child === section ? ' class="CurrChnlCls"' : ''}>${link(child)}</li>`)
    .join('\n');
  const side =
    menu === ''
      ? ''
      : `<div class="side"><h3>${group.name}</h3><ul class="menu">${menu}</ul></div>`;
  const crumb = `<div class="crumb">当前位置：<a href="/">首页</a> &gt; ${trail.map(link).join(' &gt; ')}</div>`;
  const body = `<div class="w clearfix">${crumb}\n${side}<div class="main">\n<h2>${section.name}</h2>\n${content}\n</div></div>`;
  return writePage(model, { title: `${section.name}-${model.plan.name}`, section }, body);
}

/** Frames of page in the styles of several publishing systems (page-patterns §6), so that one body is seen in each of them. */
export interface PageFrame {
  readonly style: string;
  readonly wrap: (title: string, body: string) => string;
}

const MENU: readonly (readonly [name: string, path: string])[] = [
  ['首页', '/'],
  ['新闻动态', '/xwdt/'],
  ['政务公开', '/zwgk/'],
  ['通知公告', '/tzgg/'],
  ['重点项目', '/zdxm/'],
  ['办事服务', '/bsfw/'],
  ['互动交流', '/hdjl/'],
];
const items = (tag: string): string =>
  MENU.map(([name, path]) => `<${tag}><a href="${path}">${name}</a></${tag}>`).join('');
const FOOT =
  '主办单位：甲县人民政府办公室　网站标识码：4399990001　湘ICP备05000001号　湘公网安备 43010202000001号';

export const PAGE_FRAMES: readonly PageFrame[] = [
  {
    style: 'TRS',
    wrap: (title, body) =>
      `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}_甲县人民政府</title><meta name="SiteName" content="甲县人民政府"></head><body><div class="header"><div class="nav"><ul>${items('li')}</ul></div></div><div class="position">当前位置：<a href="/">首页</a> &gt; ${title}</div><div class="main"><h2>${title}</h2>${body}</div><div class="footer">${FOOT}</div></body></html>`,
  },
  {
    style: '大汉',
    wrap: (title, body) =>
      `<html><head><title>${title}</title></head><body><table class="top"><tr>${items('td')}</tr></table><div id="barrierfree_container"><table width="100%"><tr><td class="bt_title">${title}</td></tr><tr><td>${body}</td></tr></table></div><table id="foot"><tr><td>${FOOT}</td></tr></table></body></html>`,
  },
  {
    style: '博达',
    wrap: (title, body) =>
      `<HTML><HEAD><TITLE>${title}-甲县人民政府</TITLE><META Name="keywords" Content="甲县"></HEAD><BODY><div class="menu">${items('span')}</div><div class="ny_right"><div class="ny_tit">${title}</div><form name="_newscontent_fromname">${body}</form></div><div class="copyright">${FOOT}</div></BODY></HTML>`,
  },
  {
    style: '新点',
    wrap: (title, body) =>
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head><body><header class="ewb-header"><nav class="ewb-nav">${items('p')}</nav></header><section class="ewb-container"><aside class="ewb-side"><dl><dt>${title}</dt></dl></aside><article class="ewb-main">${body}</article></section><footer class="ewb-footer">${FOOT}</footer></body></html>`,
  },
];

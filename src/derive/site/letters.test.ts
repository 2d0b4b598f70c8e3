import { describe, expect, test } from 'vitest';
import type { ChannelView } from '../../domain/site-facts.ts';
import { crawl, factValue, html, list } from './test-sites.ts';

/** A letter's own page; without a reply the place for it is missing altogether, as on real sites. */
const letter = (title: string, asked: string, replied: string | null): string =>
  html(
    title,
    `<h2>${title}</h2><div>留言时间：${asked}</div><div>留言内容：请问手续怎么办理，需要带什么材料？</div>${
      replied ? `<div>答复时间：${replied}</div><div>答复内容：您好，请携带身份证办理。</div>` : ''
    }`,
  );

const row = (at: number, title: string, date: string): string =>
  `<li><a href="/hd/m${at}.html">${title}</a><span>${date}</span></li>`;

function read(channel: string, letters: readonly (readonly [string, string, string | null])[]) {
  const pages: Record<string, string> = {
    '/': html(
      '某局',
      `<ul class="nav">${['/xw/工作动态', '/tz/通知公告', '/zc/政策文件', `/hd/${channel}`]
        .map((entry) => `<li><a href="${entry.slice(0, 4)}">${entry.slice(4)}</a></li>`)
        .join('')}</ul>${list('/xw/', ['2020-09-16', '2020-09-10', '2020-09-09'])}`,
    ),
    '/hd/': html(
      channel,
      `<ul class="list">${letters.map(([title, date], at) => row(at, title, date)).join('')}</ul><a href="/hd/write.html">我要写信</a>`,
    ),
    '/hd/write.html': html('我要写信', '<form><textarea name="content"></textarea></form>'),
  };
  letters.forEach(([title, asked, replied], at) => {
    pages[`/hd/m${at}.html`] = letter(title, asked, replied);
  });
  return crawl(pages);
}

const told = (view: ChannelView): unknown =>
  view.messages.map(({ title, askedOn, repliedOn }) => [title, askedOn, repliedOn]);

describe.each(['互动交流', '领导信箱'])(
  'letters in a plain list of titles and dates on %s',
  (channel) => {
    test('the letters tell whether they were answered', () => {
      const view = factValue(
        read(channel, [
          ['反映道路积水问题', '2020-08-01', '2020-08-04'],
          ['咨询摊位办理问题', '2020-05-06', null],
          ['建议增设公厕站点', '2020-04-20', '2020-04-25'],
        ]).channels,
      );
      expect(new Set(told(view) as unknown[])).toEqual(
        new Set([
          ['反映道路积水问题', '2020-08-01', '2020-08-04'],
          ['咨询摊位办理问题', '2020-05-06', null],
          ['建议增设公厕站点', '2020-04-20', '2020-04-25'],
        ]),
      );
      expect(view.unreadMessages).toBe(0);
    });
    test('a site whose letters never show a reply is not accused', () => {
      const view = factValue(
        read(channel, [
          ['反映道路积水问题', '2020-05-01', null],
          ['咨询摊位办理问题', '2020-05-06', null],
        ]).channels,
      );
      expect([view.messages, view.unreadMessages]).toEqual([[], 2]);
    });
  },
);

test('news and polls on the page of a group are no letters', () => {
  const crawled = read('互动交流', [
    ['关于公开征集民生建议的公告', '2020-05-01', null],
    ['我局召开年度工作总结大会', '2020-05-06', null],
  ]);
  expect(crawled.asked.filter(({ role }) => role === 'message')).toEqual([]);
  expect(factValue(crawled.channels).unreadMessages).toBe(0);
});

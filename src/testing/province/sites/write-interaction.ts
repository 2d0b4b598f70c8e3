import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';
import { drawFrom } from './draw.ts';
import type { Section } from './section.ts';
import { childrenOf, type SiteModel } from './site-model.ts';
import type { SitePlan } from './site-plan.ts';
import { questionAt } from './words.ts';
import { writeBlock } from './write-lists.ts';
import { writePage, writeSectionPage } from './write-page.ts';

/** A published message of a citizen. */
export interface Message {
  readonly id: number;
  readonly title: string;
  readonly askedOn: CalendarDate;
  /** Null while nobody answered. */
  readonly repliedOn: CalendarDate | null;
}

/** The last days on which unanswered messages stand, in days before the monitoring date. */
function openAges(plan: SitePlan): number[] {
  const draw = drawFrom(plan.seed, 'open-messages');
  if (plan.problems.includes('site.veto.interaction.unanswered')) {
    return Array.from({ length: draw.int(1, 3) }, () => draw.int(105, 340));
  }
  const ages: number[] = [];
  // Recent ones are not overdue yet, and those older than a year no longer count.
  if (draw.chance(0.35)) ages.push(draw.int(1, 70));
  if (draw.chance(0.3)) ages.push(draw.int(385, 600));
  return ages;
}

/** The messages of a board, newest first. */
export function messagesOf(plan: SitePlan): Message[] {
  const draw = drawFrom(plan.seed, 'messages');
  const open = openAges(plan).map((age) => ({ age, open: true }));
  const answered = Array.from({ length: draw.int(8, 12) }, (_, at) => ({
    age: 9 + at * 42 + draw.int(0, 30),
    open: false,
  }));
  const start = draw.int(0, 16);
  return [...open, ...answered]
    .sort((a, b) => a.age - b.age)
    .map((entry, at): Message => {
      const askedOn = addDays(plan.monitoredOn, -entry.age);
      const repliedOn = entry.open ? null : addDays(askedOn, draw.int(1, 7));
      return { id: at + 1, title: questionAt(start + at), askedOn, repliedOn };
    });
}

const OPEN_WORDS = ['未回复', '待回复', '办理中', '受理中'] as const;

const openWord = (plan: SitePlan): string => OPEN_WORDS[plan.seed % OPEN_WORDS.length]!;

const messagePath = (section: Section, message: Message): string =>
  `${section.folder}ly_${message.id}.html`;

function writeInline(plan: SitePlan, message: Message): string {
  const answer =
    message.repliedOn === null
      ? `<dd>回复状态：${openWord(plan)}</dd>`
      : `<dd>答复单位：${plan.sponsor}　答复时间：${message.repliedOn}</dd><dd>答复内容：您好！您反映的问题已收悉，经核实，现答复如下：相关工作已按规定办理，感谢您的关注。</dd>`;
  return `<dl class="msg"><dt>${message.title}</dt><dd>留言时间：${message.askedOn}</dd><dd>留言内容：${message.title}，请有关部门答复，谢谢。</dd>${answer}</dl>`;
}

function writeMessages(model: SiteModel, section: Section, messages: readonly Message[]): string {
  const { plan } = model;
  const link = (message: Message): string =>
    `<a href="${messagePath(section, message)}">${message.title}</a>`;
  switch (model.traits.board) {
    case 'table': {
      const lines = messages.map((message) => {
        const state = message.repliedOn === null ? openWord(plan) : '已回复';
        return `<tr><td>${message.id}</td><td>${link(message)}</td><td>${message.askedOn}</td><td>${message.repliedOn ?? ''}</td><td>${state}</td></tr>`;
      });
      return `<table class="tab"><tr><th>序号</th><th>标题</th><th>来信时间</th><th>答复时间</th><th>状态</th></tr>\n${lines.join('\n')}</table>`;
    }
    case 'inline':
      return messages.map((message) => writeInline(plan, message)).join('\n');
    default: {
      const lines = messages.map((message) => {
        const state = message.repliedOn === null ? openWord(plan) : '已回复';
        return `<li><em>[${state}]</em> ${link(message)}<span>${message.askedOn}</span></li>`;
      });
      return `<ul class="list">${lines.join('\n')}</ul>`;
    }
  }
}

/** The board: published messages, and on most sites the way to write a new one. */
export function writeBoardPage(model: SiteModel, section: Section): string {
  const list = writeMessages(model, section, messagesOf(model.plan));
  return writeSectionPage(model, section, `${list}\n${writeForm(section)}`);
}

/** One message with its answer, or null when there is no such number. */
export function writeMessagePage(model: SiteModel, section: Section, id: number): string | null {
  const { plan } = model;
  const message = messagesOf(plan).find((entry) => entry.id === id);
  if (!message) return null;
  // The office's own handling lines carry dates that are neither question nor answer.
  const handed = addDays(message.askedOn, 1);
  const handling =
    model.traits.board === 'detail'
      ? `<p>转办时间：${handed} 09:51:46</p><p>转办意见：请于${addDays(handed, 15)}前给予回复</p>`
      : '';
  const answer =
    message.repliedOn === null
      ? `<p>回复状态：${openWord(plan)}</p>`
      : `<p>答复单位：${plan.sponsor}</p><p>答复时间：${message.repliedOn} 15:20</p><p>答复内容：您好！来信收悉。经研究，您反映的事项已按有关规定办理，感谢您对我们工作的支持。</p>`;
  const body = `<div class="w"><h1>${message.title}</h1>
<p>留言时间：${message.askedOn} 10:12</p><p>留言内容：${message.title}，请有关部门予以答复。</p>
${handling}${answer}
<p><a href="${section.path}">返回列表</a></p></div>`;
  return writePage(model, { title: `${message.title}-${section.name}`, section }, body);
}

function writeForm(section: Section): string {
  return `<form class="mail" method="post" action="${section.folder}submit">
<p>姓名：<input type="text" name="username"></p><p>联系方式：<input type="text" name="contact"></p>
<p>标题：<input type="text" name="title"></p><p>内容：<textarea name="content" rows="8" cols="60"></textarea></p>
<p>验证码：<input type="text" name="code"><img src="/assets/images/code.png"></p>
<p><button type="submit">提交</button></p></form>`;
}

/** A page on which anybody can write to the office. */
export function writeMailPage(model: SiteModel, section: Section): string {
  const rules = `<p>欢迎您通过“${section.name}”提出咨询、意见和建议，我们将尽快予以答复。请如实填写以下内容。</p>`;
  return writeSectionPage(model, section, `${rules}\n${writeForm(section)}`);
}

/** Petitions and discipline have channels of their own: not the way to ask or suggest. */
export function writePetitionPage(model: SiteModel, section: Section): string {
  const discipline = section.slug === 'jjjb';
  const content = discipline
    ? '<p>受理对党组织、党员违反党纪和监察对象不依法履职等行为的检举控告。</p><p>举报电话：12388</p><p>来信请寄：纪委监委信访室</p>'
    : '<p>信访事项请通过国家信访局网上信访平台提出。</p><p><a href="http://www.gjxfj.gov.cn/" target="_blank">进入网上信访大厅</a></p>';
  return writeSectionPage(model, section, content);
}

/** The entry page of the interaction group. */
export function writeMeetingPage(model: SiteModel, section: Section): string {
  const children = childrenOf(model, section);
  const entries = children.map((child) => `<li><a href="${child.path}">${child.name}</a></li>`);
  const lists = children.filter((child) => child.mode === 'list');
  const blocks = lists.map(
    (child) => `<h3><a href="${child.path}">${child.name}</a></h3>\n${writeBlock(model, child, 5)}`,
  );
  return writeSectionPage(
    model,
    section,
    `<ul class="entry">${entries.join('')}</ul>\n${blocks.join('\n')}`,
  );
}

/** What a sent form is answered with; nothing is kept. */
export const writeThanks = (model: SiteModel, section: Section): string =>
  writeSectionPage(model, section, '<p>提交成功，我们将尽快答复。</p>');

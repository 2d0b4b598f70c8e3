import { drawFrom } from '../sites/draw.ts';
import type { Section } from '../sites/section.ts';
import type { SiteModel } from '../sites/site-model.ts';
import { writePage, writeSectionPage } from '../sites/write-page.ts';
import { type PlannedFigures, type PlannedLeader, structureOf } from './plan-structure.ts';
import { FORM_LABELS, TO_FILE, TO_READING } from './structure-words.ts';

const leaderPath = (section: Section, at: number): string => `${section.folder}ld_${at + 1}.html`;

const told = ({ life, duties }: PlannedLeader): string =>
  [life === null ? '' : `<p>${life}</p>`, duties === null ? '' : `<p>${duties}</p>`].join('\n');

/** The page of the leaders, in the form that the site has. */
export function writeLeadersPage(model: SiteModel, section: Section): string {
  const { leaders, leaderForm } = structureOf(model)!;
  const name = (each: PlannedLeader, at: number): string =>
    leaderForm === 'blocks' ? each.name : `<a href="${leaderPath(section, at)}">${each.name}</a>`;
  switch (leaderForm) {
    case 'blocks':
      return writeSectionPage(
        model,
        section,
        leaders
          .map(
            (each, at) =>
              `<div class="person"><h4>${name(each, at)}</h4><p class="post">${each.post}</p>\n${told(each)}</div>`,
          )
          .join('\n'),
      );
    case 'cards':
      return writeSectionPage(
        model,
        section,
        `<ul class="people">${leaders
          .map(
            (each, at) =>
              `<li><img src="/assets/images/ld${at}.jpg" alt=""><p>${name(each, at)}</p><span>${each.post}</span></li>`,
          )
          .join('\n')}</ul>`,
      );
    case 'table': {
      const rows = leaders.map(
        (each, at) =>
          `<tr><td>${name(each, at)}</td><td>${each.post}</td><td>${each.duties ?? ''}</td></tr>`,
      );
      return writeSectionPage(
        model,
        section,
        `<table class="tab"><tr><th>姓名</th><th>职务</th><th>工作安排</th></tr>\n${rows.join('\n')}</table>`,
      );
    }
  }
}

/** The page of one leader (`at` from 0), or null. */
export function writeLeaderPage(model: SiteModel, section: Section, at: number): string | null {
  const { leaders, leaderForm } = structureOf(model)!;
  const leader = leaders[at];
  if (!leader || leaderForm === 'blocks') return null;
  const body = `<div class="w"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="${section.path}">${section.name}</a></div>
<h1>${leader.name}</h1>
<p>${leader.post}</p>
${told(leader)}</div>`;
  return writePage(model, { title: `${leader.name}-${model.plan.name}`, section }, body);
}

const monthWords = (month: string): string =>
  `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`;

/** A page of figures: a table, a sentence, or boxes with a number each. */
export function writeFiguresPage(model: SiteModel, section: Section): string {
  const figures = structureOf(model)!.figures.find((each) => each.section === section)!;
  return writeSectionPage(model, section, writeFigures(model, section, figures));
}

function writeFigures(
  model: SiteModel,
  section: Section,
  { about, month }: PlannedFigures,
): string {
  const draw = drawFrom(model.plan.seed, `whole/figures/${section.slug}`);
  const total = draw.int(60, 900);
  const done = total - draw.int(0, 20);
  const [all, settled] = about === 'service' ? ['受理总数', '办结数'] : ['收到留言', '已回复'];
  const when = monthWords(month);
  const thing = about === 'service' ? '事项' : '来信';
  return draw.pick([
    `<table class="tab"><caption>${when}${section.name}</caption><tr><th>${all}</th><td>${total}件</td></tr><tr><th>${settled}</th><td>${done}件</td></tr></table>`,
    `<h3>${when}${section.name}</h3><p>${when}，共受理${thing}${total}件，办结${done}件，办结率${((done / total) * 100).toFixed(1)}%。</p>`,
    `<p>统计时间：${month.slice(0, 7)}</p><ul class="boxes"><li>${all}<em>${total}</em></li><li>${settled}<em>${done}</em></li></ul>`,
  ]);
}

/** Lines by which an article leads to its counterpart, as HTML; none when it does not. */
export function writeCounterpart(model: SiteModel, articleId: number): string[] {
  const draw = drawFrom(model.plan.seed, `whole/counterpart/${articleId}`);
  return (structureOf(model)?.pairs ?? []).flatMap(
    ({ policy, reading, policyLinks, readingLinks }) => {
      const isPolicy = policy.id === articleId && policyLinks;
      const isReading = reading.id === articleId && readingLinks;
      if (!isPolicy && !isReading) return [];
      const other = isPolicy ? reading : policy;
      const words = draw.pick(isPolicy ? TO_READING : TO_FILE);
      const link = (text: string): string =>
        `<a href="${model.origin}${other.path}" target="_blank">${text}</a>`;
      // Some write the other's title, some only the words that lead to it.
      return words.endsWith('：') ? `${words}${link(other.title)}` : link(words);
    },
  );
}

/** The forms that a guide offers (`at` from 0), as HTML; '' when it has none. */
export function writeForms(model: SiteModel, at: number): string {
  const forms = structureOf(model)?.forms[at] ?? [];
  if (forms.length === 0) return '';
  const label = drawFrom(model.plan.seed, `whole/forms/${at}`).pick(FORM_LABELS);
  const links = forms.map(({ name, path, state }) =>
    state === 'unlinked' ? `<a href="#">${name}</a>` : `<a href="${path}">${name}</a>`,
  );
  return `<div class="download"><h4>${label}</h4>\n${links.join('<br>\n')}</div>`;
}

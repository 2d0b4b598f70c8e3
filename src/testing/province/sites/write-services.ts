import { writeForms } from '../whole/write-structure.ts';
import { type Guide, guidePath, guidesOf, sharedGuidesOf, sharedHost } from './plan-guides.ts';
import type { Section } from './section.ts';
import type { SiteModel } from './site-model.ts';
import type { SitePlan } from './site-plan.ts';
import type { GuideForm } from './traits.ts';
import { writePage, writeSectionPage } from './write-page.ts';

type GuideWriter = (lines: Guide['lines']) => string;

const NUMERALS = '一二三四五六七八九十';
const ordinal = (at: number): string => (at < 10 ? NUMERALS[at]! : `十${NUMERALS[at - 10]}`);

const GUIDE_WRITERS: Readonly<Record<GuideForm, GuideWriter>> = {
  table: (lines) =>
    `<table class="tab">${lines.map(([label, text]) => `<tr><th>${label}</th><td>${text}</td></tr>`).join('\n')}</table>`,
  tablePairs: (lines) => {
    const pairs = lines.flatMap((_line, at) => (at % 2 === 0 ? [lines.slice(at, at + 2)] : []));
    const cells = pairs.map((pair) =>
      pair.map(([label, text]) => `<td class="t">${label}</td><td>${text}</td>`).join(''),
    );
    return `<table class="tab">${cells.map((cell) => `<tr>${cell}</tr>`).join('\n')}</table>`;
  },
  definition: (lines) =>
    `<dl>${lines.map(([label, text]) => `<dt>${label}</dt><dd>${text}</dd>`).join('\n')}</dl>`,
  headings: (lines) => lines.map(([label, text]) => `<h3>${label}</h3>\n<p>${text}</p>`).join('\n'),
  numbered: (lines) =>
    lines
      .map(
        ([label, text], at) =>
          `<p><strong>${ordinal(at)}、${label}</strong></p>\n<p>　　${text}</p>`,
      )
      .join('\n'),
  labels: (lines) =>
    lines.map(([label, text]) => `<p><span class="lb">${label}：</span>${text}</p>`).join('\n'),
};

export const writeGuideBody = (guide: Guide, form: GuideForm): string =>
  `<div class="guide">\n${GUIDE_WRITERS[form](guide.lines)}\n</div>`;

/** Some sites call each guide by its full name; those with poor guides do, so that nobody takes them for news. */
const guideSuffix = (plan: SitePlan): string =>
  plan.seed % 3 === 0 || plan.problems.some((rule) => rule.includes('guide')) ? '办事指南' : '';

/** The service section: a list of guides, or the way to the shared platform. */
export function writeGuidesPage(model: SiteModel, section: Section): string {
  const { plan } = model;
  const shared = sharedHost(plan);
  const guides = shared === null ? guidesOf(plan) : sharedGuidesOf(plan.siteCode);
  if (shared !== null) {
    const base = `http://${shared}/site/${plan.siteCode}/`;
    const links = guides.map(
      (guide, at) =>
        `<li><a href="${base}item_${at + 1}.html" target="_blank">${guide.title}</a></li>`,
    );
    const content = `<p><a href="${base}" target="_blank">进入一体化政务服务平台办理</a></p>\n<ul class="svc">${links.join('\n')}</ul>`;
    return writeSectionPage(model, section, content);
  }
  const suffix = guideSuffix(plan);
  const links = guides.map(
    (guide, at) => `<li><a href="${guidePath(section, at)}">${guide.title}${suffix}</a></li>`,
  );
  const content = `<h3>办事指南</h3>\n<ul class="svc">${links.join('\n')}</ul>`;
  return writeSectionPage(model, section, content);
}

/** One guide (`at` from 0) of a site's own, or null. */
export function writeGuidePage(model: SiteModel, section: Section, at: number): string | null {
  const guide = guidesOf(model.plan)[at];
  if (!guide || sharedHost(model.plan) !== null) return null;
  const body = `<div class="w"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="${section.path}">${section.name}</a></div>
<h1>${guide.title}${guideSuffix(model.plan)}</h1>
${writeGuideBody(guide, model.traits.guide)}${writeForms(model, at)}</div>`;
  return writePage(
    model,
    { title: `${guide.title}${guideSuffix(model.plan)}-${model.plan.name}`, section },
    body,
  );
}

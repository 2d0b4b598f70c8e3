import type { SiteModel } from '../sites/site-model.ts';
import { escapeHtml } from '../sites/words.ts';
import { plantedIn } from './plan-planted.ts';
import type { Planted } from './planted.ts';

const byArticle = new WeakMap<SiteModel, Map<number, Planted[]>>();

function plantedAt(model: SiteModel, articleId: number): readonly Planted[] {
  let known = byArticle.get(model);
  if (!known) {
    known = Map.groupBy(plantedIn(model), (each) => each.articleId) as Map<number, Planted[]>;
    byArticle.set(model, known);
  }
  return known.get(articleId) ?? [];
}

/** Lines of an article that carry what is planted there, as HTML. */
export function writePlanted(model: SiteModel, articleId: number): string[] {
  return plantedAt(model, articleId).map(({ target, words, sentence }) => {
    if (target === null) return escapeHtml(sentence);
    if (target.endsWith('.jpg')) return `<img src="${target}" alt="${escapeHtml(words)}">`;
    return `${sentence}<a href="${escapeHtml(target)}" target="_blank">${escapeHtml(words)}</a>`;
  });
}

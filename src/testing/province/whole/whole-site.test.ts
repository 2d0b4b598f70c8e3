import { describe, expect, it } from 'vitest';
import { listOf } from '../sites/site-model.ts';
import { pathsOf, planFor, seeds, visit } from '../sites/test-plans.ts';
import { plantedIn } from './plan-planted.ts';
import { FAULT_KINDS, FAULTS, TRAPS } from './planted.ts';
import { truthOf } from './truth.ts';

const grown = (seed: number, pages: number) => visit(planFor(seed, [], { whole: { pages } }));

/** Every path that links lead to from the home page on; list pages that only a script names are given by the model. */
function walk(visited: ReturnType<typeof grown>): Set<string> {
  const { model } = visited;
  const waiting = ['/', ...model.sections.map((section) => section.path)];
  const seen = new Set(waiting);
  for (const section of model.sections)
    for (const item of listOf(model, section)) if (!seen.has(item.path)) waiting.push(item.path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (/\.(?:png|jpg|gif|js|css|pdf|doc)$/.test(path)) continue;
    for (const next of pathsOf(visited.read(path).text, path, model.plan.host))
      if (!seen.has(next)) {
        seen.add(next);
        if (!/[?]id=|^\/attach\//.test(next)) waiting.push(next);
      }
  }
  return seen;
}

describe('a grown site', () => {
  it.each([
    ['a few hundred pages', 300],
    ['two thousand', 2000],
  ])('has about as many articles as asked: %s', (_name, pages) => {
    const { model } = grown(3, pages);
    const articles = model.sections.reduce((sum, each) => sum + listOf(model, each).length, 0);
    expect(articles).toBeGreaterThan(pages * 0.7);
    expect(articles).toBeLessThan(pages * 1.4);
  });

  it('an ordinary site carries nothing', () => {
    expect(plantedIn(visit(planFor(3)).model)).toEqual([]);
  });

  it.each(seeds(1, 6))('every kind stands in an article that is served (seed %i)', (seed) => {
    const visited = grown(seed, 300);
    const rows = truthOf(visited.model).filter(({ by }) => by !== 'inspect');
    expect(new Set(rows.map((row) => row.kind))).toEqual(new Set([...FAULT_KINDS, ...TRAPS]));
    const reached = walk(visited);
    for (const row of rows) {
      const { status, text } = visited.read(row.page);
      expect(status).toBe(200);
      expect(text).toContain(row.words.replaceAll('&', '&amp;'));
      if (row.target !== null) expect(reached).toContain(row.target);
    }
  });

  it('answers at planted addresses as the kind says', () => {
    const { site, model } = grown(4, 300);
    const statusOf = (kind: string, method = 'GET', times = 1): number => {
      const target = plantedIn(model).find((each) => each.kind === kind)!.target!;
      let status = 0;
      for (let at = 0; at < times; at += 1) {
        const answer = site.handle({ method, path: target, headers: {} });
        status = typeof answer === 'string' ? 0 : answer.status;
      }
      return status;
    };
    expect([statusOf('deadPage'), statusOf('deadFile'), statusOf('deadPicture')]).toEqual([
      404, 404, 404,
    ]);
    expect([statusOf('broken'), statusOf('soft404'), statusOf('lyingFile')]).toEqual([
      500, 200, 200,
    ]);
    expect([statusOf('toHome'), statusOf('moved'), statusOf('wall')]).toEqual([302, 301, 403]);
    expect([statusOf('headRefused', 'HEAD'), statusOf('headRefused')]).toEqual([405, 200]);
    expect([statusOf('botsOnly', 'HEAD'), statusOf('botsOnly')]).toEqual([404, 200]);
    expect([statusOf('busyOnce'), statusOf('busyOnce')]).toEqual([503, 200]);
  });

  it('serves no name of a kind', () => {
    const { site, model } = grown(2, 200);
    const words = [...FAULT_KINDS, ...TRAPS, ...Object.values(FAULTS)].filter(
      (word) => word.length > 5,
    );
    for (const { target, articleId } of plantedIn(model)) {
      const page = truthOf(model).find((row) => row.target === target)?.page;
      for (const path of [target, page]) {
        if (!path) continue;
        const answer = site.handle({ method: 'GET', path, headers: {} });
        if (typeof answer === 'string') continue;
        const served = `${path} ${JSON.stringify(answer.headers)} ${answer.body.toString('latin1')}`;
        expect(words.filter((word) => served.includes(word))).toEqual([]);
      }
      expect(articleId).toBeGreaterThanOrEqual(0);
    }
  });
});

import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { listOf, type SiteModel } from '../sites/site-model.ts';
import { planFor, seeds, visit } from '../sites/test-plans.ts';
import { FORM_STATES, structureOf } from './plan-structure.ts';
import { structureTruth } from './structure-truth.ts';

const grown = (seed: number) => visit(planFor(seed, [], { whole: { pages: 150 } }));
const MANY = seeds(1, 40);

const leadersPage = (model: SiteModel): string =>
  model.sections.find(({ mode }) => mode === 'leaders')!.path;

it('every kind of fault arises, and sites without it', () => {
  const kinds = MANY.map((seed) => structureTruth(grown(seed).model).map(({ kind }) => kind));
  for (const kind of [
    ...(['leaderLife', 'leaderDuties', 'policyUnlinked', 'readingUnlinked', 'search'] as const),
    ...(['figuresOld', 'guideElements', 'formBroken', 'formUnlinked', 'formWordPage'] as const),
    ...(['repeatedSection', 'misnamedSection', 'staleSection', 'emptySection'] as const),
  ]) {
    const sites = kinds.filter((own) => own.includes(kind)).length;
    expect([kind, sites > 0, sites < MANY.length]).toEqual([kind, true, true]);
  }
});

it('an ordinary site has none of it', () => {
  expect(structureOf(visit(planFor(3)).model)).toBeNull();
  expect(structureTruth(visit(planFor(3)).model)).toEqual([]);
});

it.each(seeds(1, 12))('the pages show what was planned (seed %i)', (seed) => {
  const { model, read } = grown(seed);
  const { leaders, leaderForm, pairs } = structureOf(model)!;
  const list = leadersPage(model);
  leaders.forEach(({ name, life, duties }, at) => {
    const own = leaderForm === 'blocks' ? list : `${list}ld_${at + 1}.html`;
    const { text } = read(own);
    expect([name, text.includes(name)]).toEqual([name, true]);
    if (life !== null) expect(text).toContain(life);
    if (duties !== null) expect(text).toContain(duties);
  });
  const links = ({ path }: { path: string }, to: { path: string }): boolean =>
    read(path).text.includes(`${to.path}"`);
  for (const { policy, reading, policyLinks, readingLinks } of pairs)
    expect([links(policy, reading), links(reading, policy)]).toEqual([policyLinks, readingLinks]);
});

it.each(seeds(1, 12))('the search finds what it should (seed %i)', (seed) => {
  const { model, site, read } = grown(seed);
  const { search } = structureOf(model)!;
  const item = listOf(model, model.sections.find(({ slug }) => slug === 'tzgg')!)[0]!;
  const charset = model.traits.charset.startsWith('gbk') ? 'gb18030' : 'utf-8';
  const words = [...iconv.encode(item.title, charset)].map(
    (byte) => `%${byte.toString(16).padStart(2, '0')}`,
  );
  const path = `/search?q=${words.join('')}`;
  if (search === 'broken')
    return expect(site.handle({ method: 'GET', path, headers: {} })).toMatchObject({ status: 500 });
  const { text } = read(path);
  expect(text.includes(`${item.path}"`)).toBe(search === 'works');
});

it('forms answer as they were planned', () => {
  const seen = new Map<string, { status: number; bytes: number }>();
  for (const seed of MANY) {
    const { model, site } = grown(seed);
    for (const { path, state } of structureOf(model)!.forms.flat()) {
      const answer = site.handle({ method: 'GET', path, headers: {} });
      if (typeof answer !== 'string')
        seen.set(state, { status: answer.status, bytes: answer.body.length });
    }
  }
  expect([...seen.keys()].sort()).toEqual([...FORM_STATES].sort());
  expect([seen.get('gone')?.status, seen.get('emptyFile')?.bytes]).toEqual([404, 0]);
  expect(seen.get('opens')?.bytes).toBeGreaterThan(500);
});

it.each(seeds(1, 8))('a repeated section shows what the other one shows (seed %i)', (seed) => {
  const { model } = grown(seed);
  for (const section of model.sections.filter(({ repeats }) => repeats)) {
    const source = model.sections.find(({ slug }) => slug === section.repeats!.slug)!;
    const titles = (of: typeof section): string[] =>
      listOf(model, of)
        .slice(0, 20)
        .map(({ title }) => title);
    expect(titles(section)).toEqual(titles(source));
  }
});

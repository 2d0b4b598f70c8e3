import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/source-files.ts';
import { WholeSites } from './whole-sites.ts';

const CASE = join(ROOT, 'test/cases/sound-2022h1.json');
let sites: WholeSites;
beforeAll(async () => {
  sites = await WholeSites.serve(CASE, 120);
});
afterAll(() => sites.close());

describe('whole sites of the simulated province', () => {
  it.each([0, 1, 2])('site %i: everything planted is found, no trap is accused', async (at) => {
    const { missed, wrong } = await sites.examine(sites.hosts(3)[at]!);
    expect({ missed, wrong }).toEqual({ missed: [], wrong: [] });
  });
  it.each([0, 1, 2])('site %i: its structure is seen as it is', async (at) => {
    const { missed, wrong, kinds } = await sites.inspect(sites.hosts(3)[at]!);
    expect({ missed, wrong }).toEqual({ missed: [], wrong: [] });
    expect(kinds.length).toBeGreaterThan(4);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteLinks } from '../../src/domain/facts/link-facts.ts';
import type { SiteText } from '../../src/domain/facts/text-facts.ts';
import { ROOT } from '../../tools/source-files.ts';
import { WholeSites } from './whole-sites.ts';

const CASE = join(ROOT, 'test/cases/sound-2022h1.json');
const SCRIPT = new URL('../../src/testing/rounds/survey-round-until-killed.ts', import.meta.url)
  .pathname;
const PAGES = 120;
const SITES = 3;

type Facts = Readonly<
  Record<
    string,
    {
      readonly 'site.links': { readonly value: SiteLinks };
      readonly 'site.text': { readonly value: SiteText; readonly snapshots: readonly string[] };
    }
  >
>;

let sites: WholeSites;
let hosts: readonly string[];
let whole: Facts;
const folders: string[] = [];
/** Where the killed round is. */
let killed: string | undefined;

beforeAll(async () => {
  sites = await WholeSites.serve(CASE, PAGES);
  hosts = sites.hosts(SITES);
  whole = (await survey(await newFolder()))!;
});
afterAll(async () => {
  await sites.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 全站批次-'));
  folders.push(folder);
  return folder;
}

/** Runs the surveys of a round to the end, or kills them once so many pages are kept: then null. */
async function survey(folder: string, killAt = Number.POSITIVE_INFINITY): Promise<Facts | null> {
  const child = spawn(process.execPath, [SCRIPT, folder, String(sites.port), ...hosts], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let last = '';
  for await (const line of createInterface(child.stdout)) {
    last = line;
    const kept = /^pages (\d+)$/.exec(line);
    if (kept && Number(kept[1]) >= killAt) child.kill('SIGKILL');
  }
  const [code] = await ended;
  if (code === null) return null;
  expect(code).toBe(0);
  return JSON.parse(last) as Facts;
}

/** What the facts say, apart from times. */
const saying = (facts: Facts) =>
  Object.entries(facts).map(([host, { 'site.links': links, 'site.text': text }]) => ({
    host,
    links: {
      ...links.value,
      failing: links.value.failing.map(({ looks: _looks, ...link }) => link),
    },
    text: { ...text.value, checkedAt: '' },
    snapshots: text.snapshots,
  }));

describe('whole sites of the simulated province in a round', () => {
  it.each([0, 1, 2])('site %i: everything planted is found, no trap is accused', (at) => {
    const host = hosts[at]!;
    const { 'site.links': links, 'site.text': text } = whole[host]!;
    expect(links.value.complete).toBe(true);
    // Planted walls hide their pages' words from us: nobody may say that all were read.
    expect(text.value.incompleteReason).toContain('没有读到');
    const said = { links: links.value.failing, texts: text.value.findings };
    const { missed, wrong, kinds } = sites.scoreOf(host, said);
    expect({ missed, wrong }).toEqual({ missed: [], wrong: [] });
    expect(kinds.length).toBeGreaterThan(3);
  });

  it.each([PAGES, PAGES * 2])('are killed when %i pages are kept', async (pages) => {
    killed ??= await newFolder();
    expect(await survey(killed, pages)).toBeNull();
  });

  it('and come to the same after that', async () => {
    const resumed = await survey(killed!);
    expect(saying(resumed!)).toEqual(saying(whole));
  });
});

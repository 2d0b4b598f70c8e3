import { readdir, readFile } from 'node:fs/promises';

/**
 * Official prose that is right: notices, policies, news, leaders, guides, questions, law, economy, society, plans, replies, culture.
 * Written for this repository; people and places are made up. No sentence stands twice.
 */
export async function readCleanText(): Promise<{ readonly name: string; readonly text: string }[]> {
  const folder = new URL('./', import.meta.url);
  const names = (await readdir(folder)).filter((name) => /^clean-.*\.txt$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  );
}

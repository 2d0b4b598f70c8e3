import { expect, it } from 'vitest';
import { receivedResponse } from '../../testing/received-response.ts';
import { PagePool } from './page-pool.ts';

const TERMS = ['知书', '通知书', '公示'];

it('each thread finds the terms of the pool, by the automaton that they share', async () => {
  await using pages = new PagePool({ threads: 2, terms: TERMS });
  const read = (word: string) =>
    pages.read({
      walk: pages.beginWalk(),
      seed: 1,
      url: 'http://www.x.gov.cn/',
      contentType: 'text/html',
      today: '2020-09-17',
      response: receivedResponse({ body: `<p>${word}</p>` }),
      pack: false,
      visit: null,
    });
  // Both at once, so that each thread has one.
  const readings = await Promise.all(['送达通知书', '无此词', '公示'].map(read));
  expect(readings.map(({ terms }) => terms)).toEqual([['通知书', '知书'], [], ['公示']]);
});

import { expect, it } from 'vitest';
import { storableJson } from './storable-json.ts';

it('drops NUL and mends half a pair, and leaves the rest', () => {
  const text = JSON.parse(
    storableJson({ title: `通\u0000知${'😀'.slice(0, 1)}😀`, count: 1 }),
  ) as unknown;
  expect(text).toEqual({ title: '通知\uFFFD😀', count: 1 });
});

import { expect, it } from 'vitest';
import { readCharacters } from './characters.ts';

const TABLE = `# 字	音	部件	笔顺	五笔
支	zhi	十,又	文	fcu
去	qu	土,厶	云	fcu
云	yun	二,厶	去	fcu
运	yun	云,辶		fcp
险	xian	阝,佥		bwgi
`;

it('characters are brought together by sound, by shape, and else by their Wubi codes', () => {
  const characters = readCharacters(TABLE);
  expect(characters.confusion('去', '支')).toBe('wubi');
  // A key apart, and a sound: the sound says more.
  expect(characters.confusion('运', '云')).toBe('sound');
  expect(characters.confusion('运', '去')).toBe('wubi');
  expect(characters.confusion('去', '云')).toBe('shape');
  expect(characters.confusion('险', '支')).toBe(null);
  expect(characters.confusion('支', '支')).toBe(null);
});

it('rows for ordinary typos hold what is heard or seen alike only', () => {
  const row = readCharacters(TABLE).row('支'.charCodeAt(0));
  expect(String.fromCharCode(...row.units)).toBe('文');
});

import { expect, it } from 'vitest';
import { findConjunctions } from './find-conjunctions.ts';

it.each([
  ['既使遇到困难，也要按期完成整改任务。', '即使'],
  ['既使存在困难，各单位也必须按时报送。', '即使'],
  ['我们不能松懈，既便成绩很好。又一次会议随后召开。', '即便'],
  ['既使下雨，工地也不停工。', '即使'],
  ['本次活动既将开始；又有新的安排。', '即将'],
])('%s: %s', (text, right) => {
  expect(findConjunctions(text).map(({ suggestion }) => suggestion)).toEqual([right]);
});

it.each([
  '既使企业得到实惠，又使群众感到方便。',
  '既使群众受益，也让企业减负。',
  '既使企业降低了成本，也提高了办事效率。',
  '既将矛盾化解在基层，也密切了干群关系。',
  '既便于群众办事，也便于监督。',
  '既便民利企，提高了效率。',
  '既使用中文，也使用民族文字。',
  '既将矛盾化解在基层，又将服务送到门口。',
  '既将成本降下来，还要把质量提上去，还将继续推进。',
  '即使遇到困难，也要完成。',
])('%s is right', (text) => {
  expect(findConjunctions(text)).toEqual([]);
});

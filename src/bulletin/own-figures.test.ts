import { describe, expect, it } from 'vitest';
import type { Issue } from './bulletin.ts';
import { type CountedDays, withOwnFigures } from './own-figures.ts';
import { FOUNDING } from './template/founding.ts';
import { readTemplate } from './template/read-templates.ts';

const LIAONING = await readTemplate({ templateDirs: ['templates'] }, 'liaoning-city');
const round = { window: ['2023-10-08', '2023-12-15'] as const };
const at = '2023-12-19T17:00:00.000Z';
const KEPT = new Map([
  ['findError.received', 434],
  ['accountability.talked', 5],
  ['replyTest.other', 3],
]);

async function figures(issue: Issue, template = LIAONING) {
  const asked: CountedDays[] = [];
  const countOwn = async (days: CountedDays) => {
    asked.push(days);
    return KEPT;
  };
  const counted = { issue, plan: { template, free: [] }, round, at };
  return { asked, issue: await withOwnFigures(countOwn, counted) };
}

const source = '平台记录：2023-10-08 至 2023-12-15，2023-12-20 统计';

describe('the platform’s own counts', () => {
  it('are those of the round’s window that the template names, with the day of counting', async () => {
    const { asked, issue } = await figures({});
    expect(asked).toEqual([{ from: '2023-10-08', to: '2023-12-15', today: '2023-12-20' }]);
    expect(issue.figures).toEqual([
      { name: 'findError.received', count: 434, source },
      { name: 'accountability.talked', count: 5, source },
    ]);
  });

  it('give way to the office’s, of one subject as a whole', async () => {
    const onTime = { name: 'findError.onTime', count: 7, source: '国家平台导出' };
    const { issue } = await figures({ figures: [onTime] });
    expect(issue.figures).toEqual([onTime, { name: 'accountability.talked', count: 5, source }]);
  });

  it('of an earlier build are counted anew', async () => {
    const earlier = { name: 'findError.received', count: 1, source: '平台记录：昨天' };
    const { issue } = await figures({ figures: [earlier] });
    expect(issue.figures?.[0]).toEqual({ name: 'findError.received', count: 434, source });
  });

  it('are not asked for by a template that names none, nor where nobody keeps any', async () => {
    const { asked, issue } = await figures({ contact: '办公室' }, FOUNDING);
    expect([asked, issue]).toEqual([[], { contact: '办公室' }]);
    const counted = { issue: {}, plan: { template: LIAONING, free: [] }, round, at };
    expect(await withOwnFigures(undefined, counted)).toEqual({});
  });
});

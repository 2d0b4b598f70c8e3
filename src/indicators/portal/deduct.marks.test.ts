import { markedPage, marks } from '../../testing/facts/guideline-views.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { portalMarks } from './deduct.marks.ts';

const missing = { state: 'missing', value: null } as const;
const unsure = { state: 'unsure', value: null, reason: '页脚由脚本写出' } as const;

describePortalRule(portalMarks, [
  [
    'two elements',
    {
      'site.marks': marks([
        markedPage({ 联系方式: missing, ICP备案号: { ...missing, state: 'defective' } }),
      ]),
    },
    { status: 'breached', occurrences: 2 },
  ],
  [
    'the error entry is another rule’s',
    { 'site.marks': marks([markedPage({ 我为政府网站找错: missing })]) },
    { status: 'met' },
  ],
  [
    'one missing, one not seen',
    { 'site.marks': marks([markedPage({ 联系方式: missing, 主办单位: unsure })]) },
    { status: 'breached', occurrences: 1, unseen: 1 },
  ],
  [
    'not seen',
    { 'site.marks': marks([markedPage({ 主办单位: unsure })]) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'only other pages were read',
    { 'site.marks': marks([markedPage({ 主办单位: missing }, { role: 'section' })]) },
    { status: 'undetermined' },
  ],
]);

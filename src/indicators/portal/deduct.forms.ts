import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf, notApplicable } from '../shared/evidence.ts';
import {
  ANY_NUMBER,
  charge,
  PART_TWO,
  PORTAL_FACTS,
  withPortalFact,
} from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const portalForms = defineIndicator({
  id: 'portal.deduct.forms',
  clause: `${PART_TWO} 表格样表`,
  title: {
    met: '办事指南所列表格、样表都能下载',
    breached: '办事指南所列表格、样表未提供或不能下载（一份记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'subject.register', 'site.guideForms'],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) => {
    const register = facts['subject.register'];
    if (register?.state === 'observed' && !register.value.hasService)
      return notApplicable('没有对外服务职能');
    return withPortalFact(
      { facts, parameters },
      { key: 'site.guideForms', what: '表格、样表' },
      (fact) => {
        const { guides, complete, incompleteReason } = fact.value;
        const forms = guides.flatMap((guide) => guide.forms.map((form) => ({ guide, form })));
        const poor = forms.filter(
          ({ form }) => form.state === 'broken' || form.state === 'missing',
        );
        const unknown = forms.filter(({ form }) => form.state === 'unobserved');
        const isUnread = guides.length === 0 && !complete;
        return charge({
          evidence: poor.map(({ guide, form }) =>
            evidenceOf(
              fact,
              form.url ?? guide.url,
              `“${guide.title}”的“${form.name}”${form.state === 'missing' ? '没有提供' : `打不开：${form.reason ?? '原因不明'}`}`,
              guide.snapshot,
            ),
          ),
          unseen: isUnread ? ANY_NUMBER : unknown.length,
          unseenReason: isUnread
            ? `没有看到办事指南：${incompleteReason ?? '原因不明'}`
            : unknown.length > 0
              ? `有 ${unknown.length} 份表格没能下载核对`
              : '',
          missing: ['site.guideForms'],
        });
      },
      // Without a guide of its own the site offers no forms that could fail.
      () => ({ status: 'met', note: '本站没有自己的办事指南' }),
    );
  },
});

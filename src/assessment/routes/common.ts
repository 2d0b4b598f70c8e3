/** What the routes of the yearly assessment share. */
export const TAGS = ['年度考核'];
export const PATH = '/api/v1/assessments';
export const UNIT = `${PATH}/:id/units/:unitId` as const;
export const now = (): string => new Date().toISOString();
export const REFUSED = {
  'assessment.unknown': '没有这次考核、这个单位，或看不到',
  'assessment.closed': '已经公布或撤销',
  'assessment.state': '这个单位现在不能这样办',
  'assessment.changed': '看过之后别人办过',
} as const;

/**
 * The part of a route's description that lists its refusals: code and when. What every route may answer (signed out, forbidden,
 * a bad request) is told once, in the API's own description.
 */
export function describeRefusals(codes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(codes).map(([code, when]) => `- \`${code}\`：${when}`);
  return lines.length === 0 ? '' : `错误代码：\n\n${lines.join('\n')}`;
}

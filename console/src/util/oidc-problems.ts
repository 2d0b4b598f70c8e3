/** Why the way through the identity provider ended at this page, and what to do; by the code in the address. */
const WORDS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  'oidc.off': ['本平台没有开启统一身份登录。', '请用用户名和密码登录。'],
  'oidc.unavailable': [
    '统一身份服务没有应答。',
    '请稍后再试；急用时可以用用户名和密码登录，并告诉系统管理员。',
  ],
  'oidc.metadata': [
    '统一身份服务的信息与本平台的设置不符。',
    '请告诉系统管理员；现在可以用用户名和密码登录。',
  ],
  'oidc.state': [
    '这次登录已过期或已用过。',
    '每次登录要在十分钟内、在同一个浏览器里完成；请重新开始。',
  ],
  'oidc.denied': ['您在统一身份那里取消了登录，或没有同意。', '要登录请重新开始。'],
  'oidc.refused': ['统一身份服务拒绝了这次登录。', '请再试一次；仍然不行请告诉系统管理员。'],
  'oidc.token': ['统一身份服务的回答没有通过核验。', '请再试一次；仍然不行请告诉系统管理员。'],
  'oidc.clock': [
    '统一身份服务与本平台的时钟相差太多。',
    '请系统管理员校对两边的时间；现在可以用用户名和密码登录。',
  ],
  'oidc.claim': [
    '统一身份服务没有给出用来认人的那一项。',
    '请系统管理员核对 XUNJIAN_OIDC_CLAIM 和 XUNJIAN_OIDC_SCOPE。',
  ],
  'oidc.unlinked': [
    '您的统一身份还没有绑定本平台的账户。',
    '请先用用户名和密码登录，在“我的账户”里绑定；还没有账户的，请找本单位的系统管理员。',
  ],
  'oidc.disabled': ['您的账户已停用。', '请找本单位的系统管理员。'],
  'oidc.taken': [
    '这个统一身份已经绑定了另一个账户。',
    '请确认在统一身份那里登录的是您本人；要换绑，请先解除那个账户的绑定。',
  ],
  'oidc.linked-already': ['您的账户已经绑定了另一个统一身份。', '要换绑，请先解除现在的绑定。'],
  'identity.locked': ['输错次数太多，已锁定。', '请稍后再试，或请安全保密管理员解锁。'],
  'identity.signed-out': ['登录已失效。', '请重新登录后再绑定。'],
};

/** What went wrong and what to do next; a code that is not ours gets words of its own. */
export function oidcProblem(code: string): readonly [what: string, next: string] {
  return Object.hasOwn(WORDS, code)
    ? WORDS[code]!
    : ['统一身份登录没有成功。', '请再试一次；仍然不行请告诉系统管理员。'];
}

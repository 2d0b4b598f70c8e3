import { type Command, type CommandContext, defineCommand } from '../cli/command.ts';
import { ROLES, type Role } from '../domain/actor.ts';
import { UserError } from '../lib/pure/errors.ts';
import { ROLE_WORDS } from './abilities.ts';
import { type IdentityDeps, identityDb } from './identity-db.ts';
import {
  addUser,
  changeUser,
  grantRoles,
  offerPassword,
  offerSignIn,
  unlockUser,
} from './manage-users.ts';
import { findUnitByName, findUserByLogin, listUsers } from './user.repository.ts';
import type { User } from './user.ts';

/** What the commands of the machine's owner need. */
interface IdentityCommandDeps {
  readonly identity: IdentityDeps;
}
type Context = CommandContext<IdentityCommandDeps>;

const LOGIN = { name: '登录名', min: 1, max: 1 } as const;
const NONE = { name: '', min: 0, max: 0 } as const;
const ROLE_HELP = ROLES.map((role) => `${role}（${ROLE_WORDS[role]}）`).join('、');

async function userOf(context: Context): Promise<User> {
  const login = context.args.positionals[0] ?? '';
  const user = await findUserByLogin(identityDb(context.deps.identity.store.db), login);
  if (user === null) throw new UserError('user.unknown', `没有登录名为 ${login} 的用户。`);
  return user;
}

function rolesOf(context: Context): Role[] {
  return context.args.many('role').map((name) => {
    const role = ROLES.find((known) => known === name || ROLE_WORDS[known] === name);
    if (role === undefined)
      throw new UserError('user.role', `没有“${name}”这个角色；可用的有：${ROLE_HELP}。`, {
        field: 'role',
      });
    return role;
  });
}

const OWNER = { userId: null } as const;
const linkText = (secret: string): string => `/api/v1/session/link?token=${secret}`;

function show(context: Context, user: User): void {
  const roles = user.roles.map((role) => ROLE_WORDS[role]).join('、');
  context.out.result(
    {
      id: user.id,
      login: user.login,
      name: user.name,
      unit: user.unitName,
      roles: user.roles,
      state: user.state,
    },
    `${user.login}\t${user.name}\t${user.unitName ?? '（全部）'}\t${roles}\t${user.state === 'active' ? '正常' : '已停用'}`,
  );
}

const add = defineCommand<IdentityCommandDeps>({
  words: ['user', 'add'],
  summary: '新建用户，并给出设密码的一次性链接',
  positionals: LOGIN,
  options: {
    name: { kind: 'text', value: '姓名', help: '姓名', required: true },
    unit: { kind: 'text', value: '单位', help: '名录里的单位名称；不写就不属于任何单位' },
    role: { kind: 'many', value: '角色', help: ROLE_HELP },
  },
  needs: 'store',
  run: async (context) => {
    const { identity } = context.deps;
    const named = context.args.text('unit');
    const unit =
      named === undefined ? null : await findUnitByName(identityDb(identity.store.db), named);
    if (named !== undefined && unit === null)
      throw new UserError('user.unit', `名录里没有（或不止一个）叫“${named}”的单位。`, {
        field: 'unit',
      });
    const user = await addUser(identity, context.actor, {
      login: context.args.positionals[0] ?? '',
      name: context.args.text('name') ?? '',
      unitId: unit?.id ?? null,
      roles: rolesOf(context),
    });
    const secret = await offerPassword(identity, context.actor, user.id);
    context.out.result(
      { id: user.id, login: user.login, link: linkText(secret) },
      `已建立 ${user.login}。请本人在 24 小时内打开设密码的链接：<服务地址>${linkText(secret)}`,
    );
    return 0;
  },
});

const list = defineCommand<IdentityCommandDeps>({
  words: ['user', 'list'],
  summary: '列出用户',
  positionals: NONE,
  options: {},
  needs: 'store',
  run: async (context) => {
    const { identity } = context.deps;
    const now = context.now();
    for (const user of await listUsers(identityDb(identity.store.db), { now })) show(context, user);
    return 0;
  },
});

function changing(
  word: string,
  summary: string,
  change: (context: Context, user: User) => Promise<User>,
): Command<IdentityCommandDeps> {
  return defineCommand<IdentityCommandDeps>({
    words: ['user', word],
    summary,
    positionals: LOGIN,
    options: {},
    needs: 'store',
    run: async (context) => {
      show(context, await change(context, await userOf(context)));
      return 0;
    },
  });
}

const disable = changing('disable', '停用用户，登录立即失效', ({ deps, actor }, { id }) =>
  changeUser(deps.identity, { name: actor, ...OWNER }, id, { state: 'disabled' }),
);
const enable = changing('enable', '恢复停用的用户', ({ deps, actor }, { id }) =>
  changeUser(deps.identity, { name: actor, ...OWNER }, id, { state: 'active' }),
);
const unlock = changing('unlock', '解除锁定', ({ deps, actor }, { id }) =>
  unlockUser(deps.identity, actor, id),
);

const grant = defineCommand<IdentityCommandDeps>({
  words: ['user', 'grant'],
  summary: '设定用户的全部角色',
  positionals: LOGIN,
  options: { role: { kind: 'many', value: '角色', help: ROLE_HELP } },
  needs: 'store',
  run: async (context) => {
    const { id } = await userOf(context);
    const actor = { name: context.actor, ...OWNER };
    show(context, await grantRoles(context.deps.identity, actor, id, rolesOf(context)));
    return 0;
  },
});

function linking(
  word: string,
  summary: string,
  make: (context: Context, user: User) => Promise<string>,
): Command<IdentityCommandDeps> {
  return defineCommand<IdentityCommandDeps>({
    words: ['user', word],
    summary,
    positionals: LOGIN,
    options: {},
    needs: 'store',
    run: async (context) => {
      const link = linkText(await make(context, await userOf(context)));
      context.out.result({ link }, `<服务地址>${link}`);
      return 0;
    },
  });
}

const resetPassword = linking(
  'reset-password',
  '给出设密码的一次性链接',
  ({ deps, actor }, { id }) => offerPassword(deps.identity, actor, id),
);
const link = linking('link', '给出登录的一次性链接（一小时内有效）', ({ deps, actor }, { id }) =>
  offerSignIn(deps.identity, actor, id),
);

export const identityCommands: readonly Command<IdentityCommandDeps>[] = [
  add,
  list,
  grant,
  disable,
  enable,
  unlock,
  resetPassword,
  link,
];

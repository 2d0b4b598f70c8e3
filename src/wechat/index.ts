/** The door of wechat: accounts that authorised our third-party platform. */
export { wechatCommands } from './commands.ts';
export { keepAuthorisations } from './keep-authorisations.ts';
export { resealWechat } from './reseal-wechat.ts';
export { registerWechatRoutes } from './routes.ts';
export type { WechatDeps, WechatPlatform } from './wechat-db.ts';

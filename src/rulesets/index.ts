/** The door of the rulesets. */
export { rulesetCommands } from './commands.ts';
export { loadRuleset, type RulesetDeps } from './load-ruleset.ts';
export { registerRulesetRoutes } from './routes.ts';
export { readShipped } from './shipped-files.ts';

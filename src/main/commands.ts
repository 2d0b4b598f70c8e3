import { join } from 'node:path';
import { assessmentCommands, yearlyCommands } from '../assessment/index.ts';
import { bulletinCommands } from '../bulletin/index.ts';
import type { Command } from '../cli/command.ts';
import { allowKitCommand } from '../courtesy/index.ts';
import { collectCommand, discoverCommand } from '../discovery/index.ts';
import { dutyCommands } from '../duty/index.ts';
import { evidenceCommands } from '../evidence/index.ts';
import { findErrorCommands } from '../finderror/index.ts';
import { auditCommands, identityCommands } from '../identity/index.ts';
import { inspectionCommands, pageCommand, siteInspectCommand } from '../inspection/index.ts';
import { lifecycleCommands } from '../lifecycle/index.ts';
import { matrixCommands } from '../matrix/index.ts';
import { notifyCommands } from '../notify/index.ts';
import { contestCommands, rectificationCommands } from '../rectification/index.ts';

import { registryCommands } from '../registry/index.ts';
import { readShipped, rulesetCommands } from '../rulesets/index.ts';
import { selfCheckCommands } from '../selfcheck/index.ts';
import { sourceCommands } from '../sources/index.ts';
import {
  siteLinksCommand,
  siteRenderCommand,
  siteSurveyCommand,
  siteTextCommand,
} from '../survey/index.ts';
import { wechatCommands } from '../wechat/index.ts';
import { wordingCommands } from '../wording/index.ts';
import type { AppDeps } from './app-deps.ts';
import { PACKAGE_ROOT, readConfig } from './config.ts';
import { configCommands } from './config-command.ts';
import { dataCommands } from './data-commands.ts';
import { keyCommand } from './key-command.ts';
import { workdayCommand } from './workday-command.ts';

/** Every command, in the order of the help text. Dependencies of a feature are a part of the app's. */
export const COMMANDS: readonly Command<AppDeps>[] = [
  ...(registryCommands as readonly Command<AppDeps>[]),
  ...(lifecycleCommands as readonly Command<AppDeps>[]),
  ...(matrixCommands as readonly Command<AppDeps>[]),
  ...(notifyCommands as readonly Command<AppDeps>[]),
  ...(findErrorCommands as readonly Command<AppDeps>[]),
  ...(inspectionCommands as readonly Command<AppDeps>[]),
  ...(bulletinCommands as readonly Command<AppDeps>[]),
  ...(rectificationCommands as readonly Command<AppDeps>[]),
  ...(contestCommands as readonly Command<AppDeps>[]),
  ...(assessmentCommands as readonly Command<AppDeps>[]),
  ...(yearlyCommands as readonly Command<AppDeps>[]),
  ...(dutyCommands as readonly Command<AppDeps>[]),
  ...(selfCheckCommands as readonly Command<AppDeps>[]),
  ...(rulesetCommands as readonly Command<AppDeps>[]),
  ...(sourceCommands as readonly Command<AppDeps>[]),
  ...dataCommands,
  ...(evidenceCommands as readonly Command<AppDeps>[]),
  ...(identityCommands as readonly Command<AppDeps>[]),
  ...(auditCommands as readonly Command<AppDeps>[]),
  pageCommand as Command<AppDeps>,
  siteLinksCommand(readConfig) as Command<AppDeps>,
  siteSurveyCommand(() => readConfig().userAgent) as Command<AppDeps>,
  siteRenderCommand(readConfig) as Command<AppDeps>,
  siteTextCommand(() => readConfig().userAgent) as Command<AppDeps>,
  siteInspectCommand({
    loadRuleset: async (id) => (await readShipped(join(PACKAGE_ROOT, 'rulesets'), id)).ruleset,
    settings: readConfig,
  }) as Command<AppDeps>,
  discoverCommand(() => readConfig().userAgent) as Command<AppDeps>,
  collectCommand as Command<AppDeps>,
  ...(wordingCommands as readonly Command<AppDeps>[]),
  allowKitCommand(() => readConfig().crawler) as Command<AppDeps>,
  ...(wechatCommands as readonly Command<AppDeps>[]),
  keyCommand,
  workdayCommand,
  ...configCommands,
];

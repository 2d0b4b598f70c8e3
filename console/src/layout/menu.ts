import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  BookOutlined,
  CommentOutlined,
  ContainerOutlined,
  DiffOutlined,
  ExperimentOutlined,
  FileDoneOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  GlobalOutlined,
  HomeOutlined,
  IdcardOutlined,
  MobileOutlined,
  ProfileOutlined,
  RadarChartOutlined,
  ReadOutlined,
  ReconciliationOutlined,
  ScheduleOutlined,
  SendOutlined,
  SettingOutlined,
  SolutionOutlined,
  TableOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  ToolOutlined,
  TrophyOutlined,
  UploadOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Ability } from '../api/types.ts';

export interface MenuEntry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly words: string;
  readonly icon: ComponentType;
  /** Shown to whoever has it; null = to everybody. */
  readonly ability: Ability | null;
}

export interface MenuGroup {
  readonly words: string | null;
  readonly entries: readonly MenuEntry[];
}

/** The side menu in the order of the work: register → round → findings → bulletin → rules, then the system. */
export const MENU: readonly MenuGroup[] = [
  {
    words: null,
    entries: [{ to: '/', words: '首页', icon: HomeOutlined, ability: null }],
  },
  {
    words: '名录',
    entries: [
      { to: '/units', words: '单位', icon: ApartmentOutlined, ability: 'registry.read' },
      { to: '/sites', words: '政府网站', icon: GlobalOutlined, ability: 'registry.read' },
      { to: '/accounts', words: '政务新媒体', icon: MobileOutlined, ability: 'registry.read' },
      { to: '/matrix', words: '账号矩阵', icon: TableOutlined, ability: 'registry.read' },
      { to: '/alerts', words: '账号提醒', icon: AlertOutlined, ability: 'alert.read' },
      { to: '/account-cases', words: '账号事项', icon: SolutionOutlined, ability: 'case.read' },
      { to: '/upkeep', words: '每月维护', icon: ScheduleOutlined, ability: 'upkeep.read' },
      {
        to: '/discovered',
        words: '系统外账号',
        icon: RadarChartOutlined,
        ability: 'discovery.read',
      },
      { to: '/register-diff', words: '报送系统比对', icon: DiffOutlined, ability: 'registry.edit' },
      { to: '/import', words: '导入名录', icon: UploadOutlined, ability: 'registry.import' },
    ],
  },
  {
    words: '检查',
    entries: [
      { to: '/rounds', words: '批次', icon: ProfileOutlined, ability: 'round.read' },
      { to: '/findings', words: '问题', icon: FileSearchOutlined, ability: 'finding.read' },
      { to: '/bulletins', words: '通报', icon: FileDoneOutlined, ability: 'bulletin.read' },
      { to: '/rectification', words: '整改', icon: ToolOutlined, ability: 'rectification.read' },
      {
        to: '/self-checks',
        words: '市级自查',
        icon: ReconciliationOutlined,
        ability: 'selfcheck.read',
      },
      { to: '/find-errors', words: '找错留言', icon: CommentOutlined, ability: 'finderror.read' },
      { to: '/assessments', words: '年度考核', icon: TrophyOutlined, ability: 'assessment.read' },
      { to: '/yearly-forms', words: '年度报表', icon: ContainerOutlined, ability: 'yearly.read' },
      { to: '/rulesets', words: '规则', icon: BankOutlined, ability: 'ruleset.read' },
      { to: '/lexicons', words: '词库', icon: BookOutlined, ability: 'ruleset.read' },
      {
        to: '/notice-templates',
        words: '文书模板',
        icon: FileTextOutlined,
        ability: 'rectification.open',
      },
    ],
  },
  {
    words: '责任',
    entries: [
      { to: '/duty', words: '责任人员', icon: IdcardOutlined, ability: 'duty.read' },
      { to: '/duty/regulations', words: '制度库', icon: ReadOutlined, ability: 'duty.read' },
      { to: '/duty/trainings', words: '培训记录', icon: ExperimentOutlined, ability: 'duty.read' },
      { to: '/duty/load', words: '负担与成效', icon: BarChartOutlined, ability: 'duty.read' },
      { to: '/duty/measures', words: '问责措施', icon: WarningOutlined, ability: 'duty.read' },
    ],
  },
  {
    words: '系统',
    entries: [
      { to: '/system/users', words: '用户与角色', icon: TeamOutlined, ability: 'user.read' },
      { to: '/system/audit', words: '操作记录', icon: AuditOutlined, ability: 'audit.read' },
      { to: '/system/jobs', words: '任务', icon: ThunderboltOutlined, ability: 'system.read' },
      { to: '/system/health', words: '运行状况', icon: BellOutlined, ability: 'system.read' },
      { to: '/system/channels', words: '通知的发送', icon: SendOutlined, ability: 'system.read' },
      { to: '/system/settings', words: '设置', icon: SettingOutlined, ability: 'system.read' },
    ],
  },
];

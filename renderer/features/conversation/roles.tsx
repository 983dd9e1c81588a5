import { IconBulb, IconHelpHexagon, IconSettings, IconSparkles, IconTool, IconUser, type TablerIcon } from '@tabler/icons-react';
import type { Block, BlockKind } from './blocks.ts';

/** How the kinds of steps are told apart: an icon and a name beside the colour. */
export const roles: Readonly<Record<BlockKind, { readonly name: string; readonly icon: TablerIcon }>> = {
  system: { name: 'System', icon: IconSettings },
  user: { name: 'User', icon: IconUser },
  reasoning: { name: 'Reasoning', icon: IconBulb },
  assistant: { name: 'Assistant', icon: IconSparkles },
  tool: { name: 'Tool call', icon: IconTool },
  unknown: { name: 'Unknown item', icon: IconHelpHexagon },
};

export function roleName(block: Block): string {
  return block.kind === 'tool' && !block.called ? 'Output' : roles[block.kind].name;
}

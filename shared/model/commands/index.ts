export { type CommandView, jqCommand, pandasCommand, rollscopeCommand, type ViewCommand } from './commands.ts';

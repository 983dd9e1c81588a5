import { lazy } from 'react';

const loadReader = async () => ({ default: (await import('../features/conversation/Reader.tsx')).Reader });
const loadProblems = async () => ({ default: (await import('../features/problems/ProblemsLens.tsx')).ProblemsLens });
const loadGroups = async () => ({ default: (await import('../features/groups/GroupsLens.tsx')).GroupsLens });
const loadGroupsRail = async () => ({ default: (await import('../features/groups/GroupsRail.tsx')).GroupsRail });
const loadExport = async () => ({ default: (await import('../features/export/ExportLens.tsx')).ExportLens });
const loadOpen = async () => ({ default: (await import('../features/open/OpenScreen.tsx')).OpenScreen });

/** What is not on screen when a file opens, in scripts of its own, so that the first rows wait for less. */
export const Reader = lazy(loadReader);
export const ProblemsLens = lazy(loadProblems);
export const GroupsLens = lazy(loadGroups);
export const GroupsRail = lazy(loadGroupsRail);
export const ExportLens = lazy(loadExport);
export const OpenScreen = lazy(loadOpen);

/** Fetches them while nothing else is going on; then each shows at once. */
export function loadAhead(): void {
  for (const load of [loadReader, loadGroups, loadGroupsRail, loadProblems, loadExport]) {
    // Whoever needs it asks again, and says why it fails.
    load().catch(() => undefined);
  }
}

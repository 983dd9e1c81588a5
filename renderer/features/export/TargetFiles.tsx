import type { TargetInfo } from '#shared/model/target.ts';
import css from './TargetFiles.module.css';

/** What every export has, whatever its target. */
const always = [
  { name: 'recipe.json', about: 'Makes the same bytes again.' },
  { name: 'report.md', about: 'Every rollout left out, and why.' },
  { name: 'manifest.json', about: 'Counts, checks, and a sha256 of each file.' },
] as const;

/** The files of an export, and the command that trains with them. */
export function TargetFiles({ target: { files, command } }: { target: TargetInfo }) {
  return (
    <pre className={css.files}>
      {[...files, ...always].map(({ name, about }) => (
        <div key={name} className={css.file}>
          <span>{name}</span>
          <span className={css.about}>{about}</span>
        </div>
      ))}
      {command !== '' && <div className={css.command}>{command}</div>}
    </pre>
  );
}

/** CSS modules: every class is there, or the build has a bug that the eye finds. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module '*.css';

export declare const root: string;
export declare const alias: {
  find: RegExp;
  replacement: string;
}[];

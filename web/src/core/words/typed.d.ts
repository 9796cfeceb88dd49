/** Keys checked by the compiler: each app adds its ko.json to NaraeWords. */
import type core from "./ko.json";

declare global {
  /**
   * An app adds itself in src/apps/<name>/words.d.ts:
   * `import type ko from "./words/ko.json"; declare global { interface NaraeWords { chat: typeof ko } }`
   */
  interface NaraeWords {
    core: typeof core;
  }
}

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "core";
    resources: NaraeWords;
    returnNull: false;
  }
}

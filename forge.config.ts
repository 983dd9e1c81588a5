import { MakerDeb } from '@electron-forge/maker-deb';
import { MakerZIP } from '@electron-forge/maker-zip';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import { VitePlugin } from '@electron-forge/plugin-vite';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { FuseV1Options, FuseVersion } from '@electron/fuses';

/** A folder with Electron's zip, for machines that cannot download it. */
const electronZipDir = process.env['ROLLSCOPE_ELECTRON_ZIP_DIR'];

const config: ForgeConfig = {
  packagerConfig: {
    asar: true,
    executableName: 'rollscope',
    appCategoryType: 'public.app-category.developer-tools',
    ...(electronZipDir === undefined ? {} : { electronZipDir }),
  },
  makers: [
    new MakerZIP({}, ['linux', 'darwin', 'win32']),
    new MakerDeb({ options: { name: 'rollscope', bin: 'rollscope', categories: ['Development', 'Science'] } }),
  ],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'electron/main.ts', config: 'vite.main.config.ts', target: 'main' },
        { entry: 'electron/preload.ts', config: 'vite.preload.config.ts', target: 'preload' },
        { entry: 'electron/engine-worker.ts', config: 'vite.worker.config.ts', target: 'main' },
        { entry: 'electron/scan-thread.ts', config: 'vite.scan.config.ts', target: 'main' },
        { entry: 'electron/cli/index.ts', config: 'vite.cli.config.ts', target: 'main' },
      ],
      renderer: [{ name: 'main_window', config: 'vite.renderer.config.ts' }],
    }),
    // The packaged binary is the app and nothing else: no Node for whoever can set a variable or a flag, no code but ours.
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
    }),
  ],
};

export default config;

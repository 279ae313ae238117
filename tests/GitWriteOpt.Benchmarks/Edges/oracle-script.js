// Prints "importer<TAB>target" for every import that TypeScript's own scanner and resolution find, inside the worktree.
'use strict';
const fs = require('fs'), path = require('path'), ts = require('typescript');
const { execFileSync } = require('child_process');
const root = fs.realpathSync(process.argv[2]);
const tracked = execFileSync('git', ['-C', root, 'ls-files', '-z'], { maxBuffer: 1 << 28 }).toString().split('\0').filter(Boolean);
const all = new Set(tracked);
const configs = new Map();
function options(folder) {
  if (!configs.has(folder)) {
    const file = ts.findConfigFile(folder, ts.sys.fileExists);
    const read = file && file.startsWith(root) ? ts.getParsedCommandLineOfConfigFile(file, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} }) : undefined;
    configs.set(folder, { ...(read ? read.options : {}), allowJs: true, resolveJsonModule: true, moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext });
  }
  return configs.get(folder);
}
for (const name of tracked.filter(n => /\.[cm]?[jt]sx?$/.test(n))) {
  const file = path.join(root, name);
  let text;
  try { text = fs.readFileSync(file, 'utf8'); } catch { continue; }
  for (const found of ts.preProcessFile(text, true, true).importedFiles) {
    const to = ts.resolveModuleName(found.fileName, file, options(path.dirname(file)), ts.sys).resolvedModule;
    let target = to && path.relative(root, to.resolvedFileName);
    if (!target && found.fileName.startsWith('.')) {
      // What is no module to TypeScript (an image, a style, a Vue file) is where its name says.
      target = path.relative(root, path.resolve(path.dirname(file), found.fileName.split('?')[0]));
    }
    if (target && all.has(target) && target !== name) console.log(name + '\t' + target);
  }
}

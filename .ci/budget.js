'use strict';
// node .ci/budget.js build LOG: the clean build of the addon took at most 4 minutes.
// node .ci/budget.js size: each prebuilt addon has at most 5.5 MB.
const fs = require('node:fs');
const path = require('node:path');

const [what, file] = process.argv.slice(2);
if (what === 'build') {
  const match = /addon built in (\d+) s/.exec(fs.readFileSync(file, 'utf8'));
  console.log(match ? match[0] : 'no build time in ' + file);
  process.exit(match && Number(match[1]) <= 240 ? 0 : 1);
}

const addons = fs
  .readdirSync('prebuilds', { recursive: true })
  .filter((name) => name.endsWith('.node'))
  .map((name) => path.join('prebuilds', name));
for (const addon of addons) console.log(`${addon}: ${fs.statSync(addon).size} bytes`);
process.exit(addons.length > 0 && addons.every((addon) => fs.statSync(addon).size <= 5.5e6) ? 0 : 1);
